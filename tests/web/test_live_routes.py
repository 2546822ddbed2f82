"""The web routes of the live interview: who is let in, what is refused, and with which words."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from interview_kit import wiring
from interview_kit.web import routes
from scorecards.store import DatabaseError, Store, open_database
from tests.scorecards.small_round import draft, keep, submit

CARD = "zed-first-ada"
APP = Starlette(routes=routes.ROUTES)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A round in which Ada and Bo each owe a scorecard for Zed, in the store that the routes use."""
    store = Store(open_database(str(tmp_path / "kept.db")))
    keep(store, draft("ada"), draft("bo"))
    monkeypatch.setattr(wiring, "store", lambda: store)
    return store


def ask(path: str, body: Any = None, *, method: str = "POST") -> tuple[int, Any]:
    """Status and answer of one request, sent through the application itself."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent: list[dict[str, Any]] = []
    messages = [{"type": "http.request", "body": data, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "headers": [],
        "query_string": b"",
        "root_path": "",
    }
    asyncio.run(APP(scope, receive, send))
    text = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], json.loads(text) if text.startswith(b"{") else text.decode()


def told(store: Store, viewer: str = "ada", **values: Any) -> tuple[int, Any]:
    message = {"tab": "one"} | values
    return ask("/live/tell", {"pass": store.live.sign(f"zed-first-{viewer}", viewer), "told": message})


def test_a_word_is_stored_and_answered_with_its_version(kept: Store) -> None:
    status, answer = told(kept, entries=[{"question_id": "DRF-01", "evidence": "a word", "ticks": ["a"]}])
    assert status == 200
    assert (answer["ratings"][0]["version"], answer["ratings"][0]["evidence"]) == (1, "a word")
    assert answer["proposals"]["DRF-01"]["level"] in (1, 2)
    assert kept.cards.get("ada", CARD).rating("DRF-01").evidence == "a word"


@pytest.mark.parametrize("signed", ["", "x", "zed-first-ada.ada.9999999999.0", "é" * 50])
def test_without_a_good_pass_nothing_is_told(kept: Store, signed: str) -> None:
    status, answer = ask("/live/tell", {"pass": signed, "told": {"tab": "one"}})
    assert status == 401
    assert "what you typed stays in this tab" in answer["reason"]


def test_a_pass_for_one_scorecard_opens_no_other(kept: Store) -> None:
    """The scorecard is the one in the pass; a message cannot name another."""
    told(kept, entries=[{"question_id": "DRF-01", "evidence": "Ada's"}])
    _, answer = told(kept, viewer="bo")
    assert "Ada's" not in json.dumps(answer)


def test_a_pass_altered_to_name_another_person_is_refused(kept: Store) -> None:
    signed = kept.live.sign(CARD, "ada").replace("ada.", "bo.")
    assert ask("/live/tell", {"pass": signed, "told": {"tab": "one"}})[0] == 401


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"tab": ""}, "told.tab"),
        ({"wish": "steal"}, "told.wish"),
        ({"count": -1}, "told.count"),
        ({"entries": {}}, "told: entries"),
        ({"stranger": 1}, "told.stranger"),
    ],
)
def test_an_envelope_that_makes_no_sense_is_refused_by_its_place(
    kept: Store, values: Any, where: str
) -> None:
    status, answer = told(kept, **values)
    assert status == 400
    assert answer["reason"].startswith(where)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ({"question_id": "DRF-02", "level": 5}, "level: "),
        ({"question_id": "nonsense"}, "question_id: "),
        ({"question_id": "DRF-02", "secret": 1}, "secret: "),
        ({"question_id": "DRF-02", "evidence": "x" * 100_001}, "evidence: "),
        ({"question_id": "OPS-77"}, "OPS-77 is not in this interview's plan."),
        ("words", ""),
        (None, ""),
    ],
)
def test_an_entry_that_makes_no_sense_is_named_and_the_good_ones_are_stored(
    kept: Store, bad: Any, reason: str
) -> None:
    good = {"question_id": "DRF-01", "evidence": "kept"}
    status, answer = told(kept, entries=[bad, good], moments=[{"id": "a", "ago": 0, "kind": "begun"}])
    assert status == 200
    assert kept.cards.get("ada", CARD).rating("DRF-01").evidence == "kept"
    assert [one.kind for one in kept.cards.get("ada", CARD).moments] == ["begun"]
    (refused,) = answer["refused"]
    assert (refused["what"], refused["place"]) == ("entry", 0)
    assert refused["reason"].startswith(reason)


@pytest.mark.parametrize(
    "bad",
    [
        {"id": "b", "ago": 0, "kind": "exploded"},
        {"id": "é", "ago": 0, "kind": "opened"},
        {"id": "b", "ago": "soon", "kind": "opened"},
        {"id": "b", "ago": 0, "kind": "opened", "question_id": "OPS-77"},
        7,
    ],
)
def test_a_moment_that_makes_no_sense_is_named_and_the_others_are_stored(kept: Store, bad: Any) -> None:
    good = [{"id": "a", "ago": 0, "kind": "begun"}, {"id": "c", "ago": -3, "kind": "paused"}]
    status, answer = told(kept, moments=[good[0], bad, good[1]], entries=["bad"])
    assert status == 200
    assert [one.kind for one in kept.cards.get("ada", CARD).moments] == ["begun", "paused"]
    assert [(one["what"], one["place"]) for one in answer["refused"]] == [("entry", 0), ("moment", 1)]


@pytest.mark.parametrize("name", ["lone_surrogate", "moment_8_days"])
def test_messages_that_once_were_blocked_whole_are_stored(kept: Store, name: str) -> None:
    raw = (Path(__file__).parent / "told" / f"{name}.json").read_text("ascii")
    body = raw.replace("<pass>", kept.live.sign(CARD, "ada")).replace("SHP-01", "DRF-01").encode()
    status, answer = ask("/live/tell", body)
    assert (status, answer["refused"]) == (200, [])
    stored = {"lone_surrogate": "ok \ufffd", "moment_8_days": "x"}[name]
    assert kept.cards.get("ada", CARD).rating("DRF-01").evidence == stored
    assert len(kept.cards.get("ada", CARD).moments) == (name == "moment_8_days")


def test_half_a_character_in_raw_bytes_costs_only_itself(kept: Store) -> None:
    signed = kept.live.sign(CARD, "ada").encode()
    entry = b'{"question_id": "DRF-01", "evidence": "before \xf0\x9f after\x00"}'.replace(b"\x00", b"\\u0000")
    body = b'{"pass": "' + signed + b'", "told": {"tab": "one", "entries": [' + entry + b"]}}"
    assert ask("/live/tell", body)[0] == 200
    assert kept.cards.get("ada", CARD).rating("DRF-01").evidence == "before \ufffd after"


@pytest.mark.parametrize("deep", [b"[" * 200_000, b'{"a":' * 100_000])
def test_a_body_that_nests_without_end_is_refused(kept: Store, deep: bytes) -> None:
    assert ask("/live/tell", deep)[0] == 400


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff\xfe", b'{"pass": 3}'])
def test_a_body_that_is_no_message_is_refused(kept: Store, body: bytes) -> None:
    assert ask("/live/tell", body)[0] == 400


def test_too_large_a_body_is_refused_before_it_is_read(kept: Store) -> None:
    assert ask("/live/tell", b"x" * (routes.MAX_BYTES + 1))[0] == 413


def test_a_database_that_is_away_says_so(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> None:
        raise DatabaseError("The database does not answer: gone. Try again.")

    monkeypatch.setattr(kept.live, "tell", away)
    status, answer = told(kept)
    assert (status, answer["reason"]) == (503, "The database does not answer: gone. Try again.")


def test_a_window_opens_closes_and_stays_closed(kept: Store) -> None:
    signed = kept.live.sign(CARD, "ada")
    path = ask("/live/window", {"pass": signed, "open": True})[1]["path"]
    window = kept.live.window_id(path.removeprefix("c/"))
    assert window is not None
    assert kept.live.seen([window])[window] is not None
    assert ask("/live/window", {"pass": signed, "open": False}) == (200, {"path": None})
    assert kept.live.seen([window])[window] is None


def test_no_window_opens_on_a_submitted_scorecard(kept: Store) -> None:
    submit(kept, "ada", CARD)
    status, answer = ask("/live/window", {"pass": kept.live.sign(CARD, "ada"), "open": True})
    assert (status, answer["reason"]) == (409, "This scorecard is submitted; the interview is over.")


def test_an_unknown_asset_is_not_found() -> None:
    assert ask("/c/assets/../../wiring.py", method="GET")[0] == 404
    assert ask("/c/assets/secrets.txt", method="GET")[0] == 404


def test_a_rehearsal_answers_with_the_level_that_the_ticks_propose(kept: Store) -> None:
    """Every signal up to level 3 ticked: 3; the same with a red flag that limits: less."""
    question = wiring.bank().by_id["SEC-01"]
    ticks = [signal.id for signal in question.signals if signal.level <= 3]
    capped = next(flag.id for flag in question.red_flags if flag.effect != "note")
    levels = []
    for flags in ([], [capped]):
        rating = {"question_id": "SEC-01", "ticks": ticks, "red_flags": flags}
        body = {"pass": kept.live.sign("rehearsal", "ada"), "rating": rating}
        status, answer = ask("/live/rehearse", body)
        assert status == 200
        levels.append(answer["level"])
    assert levels[0] == 3 > levels[1]


@pytest.mark.parametrize(("question", "signed", "status"), [("SEC-01", "", 401), ("SEC-999", "ada", 404)])
def test_a_rehearsal_needs_a_pass_and_a_question(
    kept: Store, question: str, signed: str, status: int
) -> None:
    body = {
        "pass": kept.live.sign("rehearsal", signed) if signed else "forged",
        "rating": {"question_id": question},
    }
    assert ask("/live/rehearse", body)[0] == status
