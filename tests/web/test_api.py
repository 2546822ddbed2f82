"""The JSON routes for other systems: what a token opens, what it never does, and that the description tells it all."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest
from jsonschema import Draft202012Validator
from starlette.applications import Starlette
from starlette.routing import Route

from interview_kit import wiring
from interview_kit.web import api
from interview_kit.web.openapi import description
from scorecards.record.model import Verdict
from scorecards.record.recommendations import MEANINGS, Greenhouse, Merge, Recommendation
from scorecards.store import DatabaseError, Store, open_database
from tests.scorecards.small_round import card, draft, keep, rating, save_all, submit

APP = Starlette(routes=api.API_ROUTES)
BASE = "/api/rounds/r1"


class Got(NamedTuple):
    status: int
    body: Any
    headers: dict[str, str]


def get(path: str, token: str | None = None, *, method: str = "GET", **headers: str) -> Got:
    """One request through the application itself."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    told = headers | ({"authorization": f"Bearer {token}"} if token is not None else {})
    path, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "headers": [(key.replace("_", "-").encode(), value.encode()) for key, value in told.items()],
        "query_string": query.encode(),
        "root_path": "",
        "scheme": "http",
        "server": ("127.0.0.1", 80),
    }
    asyncio.run(APP(scope, receive, send))
    text = b"".join(message.get("body", b"") for message in sent[1:])
    answered = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
    return Got(sent[0]["status"], json.loads(text) if text.startswith(b"{") else text, answered)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    opened = Store(open_database(str(tmp_path / "kept.db")))
    monkeypatch.setattr(wiring, "store", lambda: opened)
    monkeypatch.setattr(api, "pace", api.Pace(api.PER_MINUTE))
    return opened


@pytest.fixture
def token(store: Store) -> str:
    """The lead's token for a round in which Ada has submitted, and Bo owes a scorecard, both on Zed."""
    keep(store, card("ada", {"DRF-01": 3, "SEC-01": "not_asked"}), draft("bo"), candidates=("zed", "yan"))
    return store.tokens.make("lea", "r1", "Greenhouse")


def fits(body: Any, name: str) -> bool:
    schema = {"$ref": f"#/components/schemas/{name}", "components": description()["components"]}
    return not list(Draft202012Validator(schema).iter_errors(body))


# What is told


def test_the_round_is_told(token: str) -> None:
    got = get(BASE, token)
    assert got.status == 200
    assert fits(got.body, "RoundOut")
    assert (got.body["name"], got.body["scorecards_due"], got.body["scorecards_submitted"]) == (
        "Senior engineer",
        1,
        1,
    )


def test_candidates_are_told_with_who_has_submitted(token: str) -> None:
    got = get(f"{BASE}/candidates", token)
    assert fits(got.body, "CandidatePage")
    assert [(one["code"], one["scorecards_submitted"]) for one in got.body["items"]] == [
        ("C-02", 0),
        ("C-01", 1),
    ]


def test_a_scorecard_is_told_in_the_words_of_greenhouse_and_of_merge(token: str) -> None:
    got = get(f"{BASE}/scorecards/zed-first-ada", token)
    assert fits(got.body, "ScorecardOut")
    told = got.body
    assert (told["recommendation"], told["overall_recommendation"], told["merge_overall_recommendation"]) == (
        "yes",
        "yes",
        "YES",
    )
    by_question = {one["question_id"]: one for one in told["ratings"]}
    assert by_question["DRF-01"]["level"] == 3
    assert (by_question["SEC-01"]["level"], by_question["SEC-01"]["state"]) == (None, "not_asked")


def test_every_recommendation_has_its_word_elsewhere() -> None:
    elsewhere = {(one.greenhouse, one.merge) for one in MEANINGS.values()}
    assert set(MEANINGS) == set(get_args(Recommendation))
    assert {greenhouse for greenhouse, _ in elsewhere} == set(get_args(Greenhouse))
    assert {merge for _, merge in elsewhere} == set(get_args(Merge))
    assert (MEANINGS["strong_no"].greenhouse, MEANINGS["strong_no"].merge) == (
        "definitely_not",
        "DEFINITELY_NO",
    )


def test_every_recommendation_stands_in_the_table_of_the_docs() -> None:
    docs = (Path(__file__).parents[2] / "docs/api.md").read_text("utf-8")
    rows = [f"| {one.name} | `{one.greenhouse}` | `{one.merge}` |" for one in MEANINGS.values()]
    assert [row for row in rows if row not in docs] == []


def test_nothing_computed_is_told(token: str) -> None:
    every = json.dumps([get(path, token).body for path in (BASE, f"{BASE}/candidates", f"{BASE}/scorecards")])
    names = set(re.findall(r'"(\w+)":', every))
    assert not {name for name in names if re.search(r"score$|mean|rank|group|proposed|coverage|place", name)}


def test_a_withdrawn_scorecard_is_told_as_withdrawn_and_without_its_words(store: Store, token: str) -> None:
    store.cards.withdraw("lea", "zed-first-ada", "Knew the candidate.")
    told = get(f"{BASE}/scorecards/zed-first-ada", token).body
    assert (told["state"], told["withdrawn_reason"], told["recommendation"], told["ratings"]) == (
        "withdrawn",
        "Knew the candidate.",
        None,
        [],
    )


def test_an_amended_scorecard_is_told_as_it_stands_with_the_time(store: Store, token: str) -> None:
    before = get(f"{BASE}/scorecards/zed-first-ada", token).body["updated_at"]
    save = [rating("DRF-01", 4), *(rating(key, 4) for key in ("DRF-02", "SEC-01", "SEC-02"))]
    store.cards.amend("ada", "zed-first-ada", save, None, "Read it again.")
    told = get(f"{BASE}/scorecards/zed-first-ada", token).body
    assert told["amendments"] == 1
    assert told["updated_at"] > before
    assert {one["question_id"]: one["level"] for one in told["ratings"]}["DRF-01"] == 4


# Blindness


def test_a_draft_is_told_to_nobody_not_even_to_its_author(store: Store) -> None:
    keep(store, draft("lea"), lead="lea")
    save_all(store, "lea", "zed-first-lea")
    token = store.tokens.make("lea", "r1", "x")
    assert get(f"{BASE}/scorecards", token).body["items"] == []
    assert get(f"{BASE}/scorecards/zed-first-lea", token).status == 404


def test_a_lead_who_owes_a_scorecard_is_blind_through_the_token_too(store: Store) -> None:
    keep(store, card("ada", {"DRF-01": 3}), draft("lea"), lead="lea", panel=["ada", "lea"])
    token = store.tokens.make("lea", "r1", "x")
    got = get(f"{BASE}/scorecards", token).body
    assert (got["items"], got["hidden"]) == ([], 1)
    assert get(f"{BASE}/scorecards/zed-first-ada", token).status == 404
    submit(store, "lea", "zed-first-lea")
    assert [one["id"] for one in get(f"{BASE}/scorecards", token).body["items"]] == [
        "zed-first-ada",
        "zed-first-lea",
    ]


@pytest.mark.parametrize(("blindness", "seen"), [("own", 1), ("all", 0), ("open", 1)])
def test_blindness_is_that_of_the_round(store: Store, blindness: str, seen: int) -> None:
    keep(store, card("ada", {"DRF-01": 3}), draft("bo"), blindness=blindness)
    token = store.tokens.make("lea", "r1", "x")
    assert len(get(f"{BASE}/scorecards", token).body["items"]) == seen


# Who is let in


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Basic {token}",
        "Bearer {token}x",
        "Bearer ik_" + "A" * 43,
        "{token}",
    ],
)
def test_without_a_good_token_every_path_answers_alike(token: str, header: str) -> None:
    answers = [
        get(path, authorization=header.format(token=token))
        for path in (BASE, "/api/rounds/none", f"{BASE}/scorecards/zed-first-ada", f"{BASE}/candidates")
    ]
    assert {got.status for got in answers} == {401}
    assert len({json.dumps(got.body) for got in answers}) == 1
    assert answers[0].headers["www-authenticate"] == "Bearer"


def test_a_token_in_the_address_is_none(token: str) -> None:
    assert get(f"{BASE}?token={token}&access_token={token}").status == 401


def test_a_token_opens_no_other_round_and_does_not_tell_whether_there_is_one(
    store: Store, token: str
) -> None:
    keep(store, *(), id="r2", candidates=())
    there, nowhere = get("/api/rounds/r2", token), get("/api/rounds/r3", token)
    assert (there.status, there.body) == (nowhere.status, nowhere.body) == (404, {"reason": api._NOTHING})


def test_a_token_opens_no_scorecard_of_another_round(store: Store, token: str) -> None:
    other = card("ada", {"DRF-01": 3}, candidate="xi", round_id="r2")
    keep(store, other, id="r2", candidates=("xi",))
    assert get(f"{BASE}/scorecards/{other.id}", token).status == 404
    assert other.id not in json.dumps(get(f"{BASE}/scorecards", token).body)


def test_a_revoked_token_opens_nothing(store: Store, token: str) -> None:
    (kept,) = store.tokens.of("lea", "r1")
    store.tokens.revoke("lea", kept.id)
    assert get(BASE, token).status == 401


def test_the_token_of_a_deleted_round_opens_nothing(store: Store, token: str) -> None:
    store.rounds.delete("lea", "r1")
    assert get(BASE, token).status == 401


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", [BASE, f"{BASE}/candidates", f"{BASE}/scorecards"])
def test_nothing_is_written_through_these_routes(token: str, method: str, path: str) -> None:
    assert get(path, token, method=method).status == 405


@pytest.mark.parametrize(
    "path", ["/api/", "/api/rounds", f"{BASE}/people", "/api/../app.py", "/api/openapi.yaml"]
)
def test_any_other_path_below_is_nothing(token: str, path: str) -> None:
    got = get(path, token)
    assert (got.status, got.headers["content-type"]) == (404, "application/json")


# Pages, fingerprints, pace


def test_pages_follow_one_another_without_a_gap_or_a_double(store: Store) -> None:
    people = [f"c{number:02d}" for number in range(7)]
    keep(store, *(card("ada", {"DRF-01": 3}, candidate=who) for who in people), candidates=people)
    token = store.tokens.make("lea", "r1", "x")
    for what in ("candidates", "scorecards"):
        path, found = f"{BASE}/{what}?limit=3", []
        while path:
            body = get(path, token).body
            found += [one["id"] for one in body["items"]]
            path = body["next"]
        assert len(found) == len(set(found)) == 7
        assert found == sorted(found)


def test_one_candidates_scorecards_are_asked_for(store: Store) -> None:
    both = [card("ada", {"DRF-01": 3}, candidate=who) for who in ("zed", "yan")]
    keep(store, *both, candidates=("zed", "yan"))
    token = store.tokens.make("lea", "r1", "x")
    body = get(f"{BASE}/scorecards?candidate_id=yan&limit=1", token).body
    assert ([one["candidate_id"] for one in body["items"]], body["next"]) == (["yan"], None)


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=101", "limit=-1", "limit=x", "limit=", "limit=1e2", "after=a/b", "after=" + "x" * 65],
)
def test_a_parameter_that_makes_no_sense_is_named(token: str, query: str) -> None:
    got = get(f"{BASE}/scorecards?{query}", token)
    assert got.status == 400
    assert got.body["reason"].startswith(query.partition("=")[0])


def test_an_answer_that_has_not_changed_is_not_sent_again(store: Store, token: str) -> None:
    first = get(f"{BASE}/scorecards", token)
    etag = first.headers["etag"]
    again = get(f"{BASE}/scorecards", token, if_none_match=f'W/"x", W/{etag}')
    assert (again.status, again.body) == (304, b"")
    submit(store, "bo", "zed-first-bo")
    assert get(f"{BASE}/scorecards", token, if_none_match=etag).status == 200


def test_no_shared_cache_keeps_an_answer(token: str) -> None:
    got = get(BASE, token)
    assert got.headers["cache-control"] == "private, no-cache"
    assert got.headers["vary"] == "Authorization"


def test_too_many_requests_are_told_to_wait(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "pace", api.Pace(2))
    assert [get(BASE, token).status for _ in range(3)] == [200, 200, 429]
    assert 1 <= int(get(BASE, token).headers["retry-after"]) <= 31


def test_the_pace_of_one_token_leaves_others_alone_and_recovers() -> None:
    at = [0.0]
    pace = api.Pace(2, lambda: at[0])
    assert [pace.wait("a"), pace.wait("a"), pace.wait("a"), pace.wait("b")] == [0, 0, 31, 0]
    # two a minute: one more after 30 seconds
    at[0] = 31.0
    assert (pace.wait("a"), pace.wait("a") > 0) == (0, True)


def test_a_database_that_is_away_says_so(store: Store, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> None:
        raise DatabaseError("The database does not answer: gone. Try again.")

    monkeypatch.setattr(store.rounds, "record", away)
    assert get(BASE, token).status == 503


# The description


def test_the_description_needs_no_token_and_tells_every_route() -> None:
    got = get("/api/openapi.json")
    assert got.status == 200
    routes = {route.path for route in api.API_ROUTES if isinstance(route, Route) and route.include_in_schema}
    assert set(got.body["paths"]) == routes - {"/api/openapi.json"}
    assert all(set(told) == {"get"} for told in got.body["paths"].values())


def test_the_description_is_openapi_whose_references_hold() -> None:
    told = description()
    assert told["openapi"] == "3.1.0"
    references = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(told)))
    assert references <= set(told["components"]["schemas"])
    for schema in told["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_parameter_of_a_path_is_described() -> None:
    for path, told in description()["paths"].items():
        described = {one["name"] for one in told["get"]["parameters"] if one["in"] == "path"}
        assert described == set(re.findall(r"{(\w+)}", path))


def test_operations_have_names_of_their_own() -> None:
    names = [told["get"]["operationId"] for told in description()["paths"].values()]
    assert len(set(names)) == len(names)


def test_every_status_that_is_answered_is_described(token: str) -> None:
    told = set(description()["paths"]["/api/rounds/{round_id}"]["get"]["responses"])
    assert {"200", "304", "400", "401", "404", "429", "503"} == told
    assert fits(get(BASE).body, "ReasonOut")


def test_no_decision_is_told_with_its_reason(store: Store) -> None:
    keep(store, draft("ada"))
    save_all(store, "ada", "zed-first-ada")
    store.cards.save_verdict(
        "ada", "zed-first-ada", Verdict(recommendation="no_decision", reason="Sound broke off.")
    )
    store.cards.submit("ada", "zed-first-ada")
    told = get(f"{BASE}/scorecards/zed-first-ada", store.tokens.make("lea", "r1", "x")).body
    assert (told["overall_recommendation"], told["recommendation_reason"]) == (
        "no_decision",
        "Sound broke off.",
    )
