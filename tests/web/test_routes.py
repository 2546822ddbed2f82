"""The web routes of the live interview: who is let in, what is refused, and with which words."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse

from interview_kit import wiring
from interview_kit.serving import open_to_others
from interview_kit.web import routes
from interview_kit.web.middleware import (
    POLICY,
    OnlyWhatIsNeeded,
    OwnPagesOnly,
    SafeHeaders,
    SecureCookies,
    inline_scripts,
    own_host,
    own_origin,
    without_dialogs,
)
from scorecards.outside.settings import Settings
from scorecards.store import DatabaseError, Store, open_database
from tests.scorecards.small_round import draft, keep, submit

CARD = "zed-first-ada"
SIGN_IN = {
    "OIDC_METADATA_URL": "https://id.example/.well-known/openid-configuration",
    "OIDC_CLIENT_ID": "kit",
    "OIDC_CLIENT_SECRET": "a secret",
    "COOKIE_SECRET": "c" * 32,
    "PUBLIC_URL": "https://kit.example",
}
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


def test_streamlits_dialogs_are_switched_off_and_nothing_else() -> None:
    told_ = {"allowedOrigins": [], "blockErrorDialogs": False}
    assert json.loads(without_dialogs(json.dumps(told_).encode())) == told_ | {"blockErrorDialogs": True}
    assert without_dialogs(b"not json") == b"not json"


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


@pytest.mark.parametrize("path", ["/healthz", "/c/nothing", "/live/tell"])
def test_every_answer_says_what_a_page_may_do(path: str) -> None:
    """Nothing from another host, nothing in a frame of another page; an answer's own headers stay."""

    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    answer = PlainTextResponse("x", headers={"referrer-policy": "same-origin"})
    asyncio.run(SafeHeaders(answer)({"type": "http", "path": path}, receive, send))
    headers = dict(sent[0]["headers"])
    assert headers[b"referrer-policy"] == b"same-origin"
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert b"frame-ancestors 'none'" in headers[b"content-security-policy"]
    assert b"http" not in headers[b"content-security-policy"]


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.0.0.2"])
def test_the_kit_listens_on_this_machine(host: str) -> None:
    assert open_to_others(Settings(INTERVIEW_KIT_HOST=host)) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "::", "kit.example.org", ""])
def test_without_sign_in_the_kit_listens_nowhere_else_and_says_why(host: str) -> None:
    assert "nobody signs in" in (open_to_others(Settings(INTERVIEW_KIT_HOST=host)) or "")


def test_with_a_sign_in_it_listens_where_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SIGN_IN.items():
        monkeypatch.setenv(f"INTERVIEW_KIT_{name}", value)
    assert open_to_others(Settings(INTERVIEW_KIT_HOST="0.0.0.0")) is None


def through(middleware: Any, *headers: tuple[str, str], host: str = "127.0.0.1:8501") -> list[dict[str, Any]]:
    """What this middleware sends of an answer with these headers."""
    sent: list[dict[str, Any]] = []

    async def receive() -> Any:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    answer = PlainTextResponse("x")
    answer.raw_headers.extend((name.encode(), value.encode()) for name, value in headers)
    scope = {"type": "http", "path": "/", "headers": [(b"host", host.encode())]}
    asyncio.run(middleware(answer)(scope, receive, send))
    return sent


def test_over_https_every_cookie_is_marked_for_https_alone() -> None:
    sent = through(SecureCookies, ("set-cookie", "a=1; Path=/"), ("set-cookie", "b=2; secure"))
    cookies = [value for name, value in sent[0]["headers"] if name == b"set-cookie"]
    assert cookies == [b"a=1; Path=/; Secure", b"b=2; secure"]


@pytest.mark.parametrize("https", [True, False])
def test_over_https_the_browser_is_told_to_stay_there(https: bool) -> None:
    sent = through(lambda app: SafeHeaders(app, https=https))
    assert (b"strict-transport-security" in dict(sent[0]["headers"])) is https


PUBLIC = "https://kit.example.org"


@pytest.mark.parametrize(
    ("origin", "host", "scheme"),
    [
        ("http://127.0.0.1:8501", "127.0.0.1:8501", "http"),
        ("http://127.0.0.1:8501", "127.0.0.1:8501", "ws"),
        ("http://localhost:8501", "localhost:8501", "ws"),
        ("http://[::1]:8501", "[::1]:8501", "ws"),
        ("http://192.168.1.7:8501", "192.168.1.7:8501", "ws"),
        ("http://127.0.0.1", "127.0.0.1:80", "ws"),
        ("https://kit.example.org", "kit.example.org", "ws"),
        ("https://kit.example.org", "kit.example.org:443", "wss"),
        ("https://kit.example.org", "KIT.example.org", "http"),
    ],
)
def test_a_page_that_was_loaded_from_where_it_asks_is_the_kits_own(
    origin: str, host: str, scheme: str
) -> None:
    assert own_origin(origin, host, scheme, PUBLIC)


@pytest.mark.parametrize(
    ("origin", "host", "scheme"),
    [
        ("http://evil.test", "127.0.0.1:8501", "ws"),
        ("http://127.0.0.1:9000", "127.0.0.1:8501", "ws"),
        ("http://localhost:9000", "127.0.0.1:8501", "ws"),
        ("http://localhost:8501", "127.0.0.1:8501", "ws"),
        ("http://127.0.0.1", "127.0.0.1:8501", "ws"),
        ("https://127.0.0.1:8501", "127.0.0.1:8501", "ws"),
        ("http://kit.example.org", "kit.example.org", "ws"),
        ("https://kit.example.org:8443", "kit.example.org", "wss"),
        ("https://kit.example.org", "kit.example.org:8443", "ws"),
        ("http://127.0.0.1.evil.test", "127.0.0.1:8501", "ws"),
        ("http://127.0.0.1@evil.test", "127.0.0.1:8501", "ws"),
        ("http://evil.test@127.0.0.1:8501", "127.0.0.1:8501", "ws"),
        ("http://192.168.1.8:8501", "192.168.1.7:8501", "ws"),
        ("http://127.0.0.1:8501/", "127.0.0.1:8501", "ws"),
        ("null", "127.0.0.1:8501", "ws"),
        ("", "127.0.0.1:8501", "ws"),
        ("file://", "127.0.0.1:8501", "ws"),
        ("http://[", "127.0.0.1:8501", "ws"),
        ("http://127.0.0.1:99999", "127.0.0.1:99999", "ws"),
    ],
)
def test_a_page_of_another_origin_is_not(origin: str, host: str, scheme: str) -> None:
    """Not one on another port of this machine either: to a browser that is the same site, with the same cookies."""
    assert not own_origin(origin, host, scheme, PUBLIC)


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8501", "localhost:8501", "[::1]:8501", "192.168.1.7:8501", "kit.example.org"]
)
def test_the_kit_answers_under_its_own_names(host: str) -> None:
    assert own_host(host, ["kit.example.org"])


@pytest.mark.parametrize(
    "host",
    ["evil.test", "evil.test:8501", "localhost.evil.test:8501", "", "127.0.0.1@evil.test", "evil.test@127.0.0.1",
     "127.0.0.1/x", "[", "kit.example.org.evil.test"],
)  # fmt: skip
def test_the_kit_answers_under_no_other_name(host: str) -> None:
    """Not even one that leads to this machine, so that page and socket have the same."""
    assert not own_host(host, ["kit.example.org"])


def asked(kind: str = "http", method: str = "GET", path: str = "/", **told: str) -> str:
    """What comes of a request with these headers: a status, 'closed', or 'Streamlit' where it was let through."""
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    async def streamlit(*_: Any) -> None:
        sent.append({"type": "Streamlit"})

    headers = [(b"host", b"127.0.0.1:8501")]
    headers += [(name.replace("_", "-").encode(), value.encode()) for name, value in told.items()]
    scope = {"type": kind, "path": path, "method": method, "headers": headers}
    scope["scheme"] = "ws" if kind == "websocket" else "http"
    asyncio.run(OwnPagesOnly(streamlit)(scope, receive, send))
    if sent[0]["type"] == "http.response.start":
        return str(sent[0]["status"])
    return {"websocket.close": "closed"}.get(sent[0]["type"], sent[0]["type"])


@pytest.mark.parametrize(
    "origin", ["http://evil.test", "http://127.0.0.1:9000", "http://localhost:8501", "null"]
)
def test_streamlit_is_not_asked_about_a_page_of_another_site(origin: str) -> None:
    """It would ask a server on the internet for the address of this machine, and answer nobody meanwhile."""
    assert asked("websocket", origin=origin) == "closed"
    for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS"):
        assert asked(method=method, origin=origin) == "403"


def test_a_socket_needs_an_origin_and_a_plain_request_does_not() -> None:
    """Every browser says one for a socket; so a program that opens one has to say the kit's."""
    assert asked("websocket") == "closed"
    assert asked("websocket", origin="http://127.0.0.1:8501") == "Streamlit"
    assert asked(method="POST") == asked() == "Streamlit"


@pytest.mark.parametrize("site", ["same-site", "cross-site"])
def test_without_an_origin_the_browsers_fetch_site_header_counts(site: str) -> None:
    assert asked(method="POST", sec_fetch_site=site) == "403"
    assert asked(path="/media/x.csv", sec_fetch_site=site) == "403"
    assert asked(path="/library", sec_fetch_site=site) == "Streamlit"


def test_a_link_from_another_site_still_leads_to_the_kit() -> None:
    """The sign-in's provider leads back by one."""
    assert asked(path="/oauth2callback", origin="null", sec_fetch_mode="navigate") == "Streamlit"
    assert asked(path="/media/x.csv", origin="null", sec_fetch_mode="navigate") == "403"


@pytest.mark.parametrize("name", ["access-control-allow-origin", "Access-Control-Allow-Credentials"])
def test_no_answer_lets_another_page_read_it(name: str) -> None:
    sent = through(SafeHeaders, (name, "http://localhost:9000"))
    assert name.lower() not in {one.decode().lower() for one, _ in sent[0]["headers"]}


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/metrics/", "/_stcore/script-health-check", "/_stcore/agent/mcp",
             "/_stcore/agent/interact", "/_stcore/agent/openapi.json", "/_stcore", "/_stcore/", "/_stcore/later"],
)  # fmt: skip
def test_streamlit_routes_that_no_page_uses_are_not_there(path: str) -> None:
    assert status_of(OnlyWhatIsNeeded, path) == 404


@pytest.mark.parametrize(
    "path",
    ["/", "/healthz", "/_stcore/health", "/_stcore/host-config", "/_stcore/upload_file/a/b", "/media/x"],
)
def test_what_pages_ask_for_is_there(path: str) -> None:
    assert status_of(OnlyWhatIsNeeded, path) == 200


def status_of(middleware: Any, path: str) -> int:
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "path": path, "headers": [], "method": "GET"}
    asyncio.run(middleware(PlainTextResponse("x"))(scope, receive, send))
    return int(sent[0]["status"])


def test_no_text_becomes_a_script() -> None:
    """Neither written into the page nor made into a function; what the page of Streamlit has itself is named."""
    scripts = next(part for part in POLICY.split("; ") if part.startswith("script-src "))
    assert "unsafe-inline" not in scripts
    assert "'unsafe-eval'" not in scripts
    assert scripts.count("'sha256-") == 1


def test_a_script_is_named_by_its_digest() -> None:
    assert inline_scripts("<script>alert(1)</script><script src='x'></script>") == [
        "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"
    ]
