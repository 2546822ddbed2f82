"""Other people's interviews, asked for by address and through Streamlit's own socket, past every button."""

from __future__ import annotations

import asyncio
import http.client
import inspect
import json
import logging
import os
import urllib.request
from collections.abc import Iterator
from typing import NamedTuple

import pytest
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime import websocket_session_manager

from interview_kit import serving
from scorecards.interviewing.message import Told
from scorecards.record.model import Person
from scorecards.store import Store, open_database
from tests.attack.session import PATH, Session, rubbish, run, text_of, widgets_in
from tests.browser.conftest import Server
from tests.scorecards.debriefed import debriefed
from tests.scorecards.small_round import card, draft, record

pytestmark = pytest.mark.browser
SCREENS = ("", "prepare", "interview", "submit", "debrief", "compare", "library", "sign_in", "administration")
NOTE, REASON, ROUND, CANDIDATE = "word-of-adas-note", "word-of-adas-reason", "name-of-the-round", "Zed Unseen"
# Every id of the round, wherever a screen might take one.
QUERIES = (
    "round=theirs",
    "round=theirs&candidate=zed",
    "round=theirs&interview=zed-first",
    "card=zed-first-ada",
    "card=zed-first-bo&question=DRF-01",
    "round=theirs&card=zed-first-ada&candidate=zed&interview=zed-first&question=DRF-01",
    "round=' OR 1=1 --&card=%00&candidate[]=zed&round=theirs&embed=true&embed_options=show_toolbar",
)


class Theirs(NamedTuple):
    """A round that the attacker has no business in, on a running server."""

    server: Server
    store: Store


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theirs]:
    folder = tmp_path_factory.mktemp("theirs")
    store = Store(open_database(str(folder / "interviews.db")))
    ada = card("ada", {"DRF-01": 3, "SEC-01": 2}, round_id="theirs")
    ratings = tuple(one.model_copy(update={"evidence": NOTE}) for one in ada.content.ratings)
    verdict = ada.content.verdict.model_copy(update={"reason": REASON})
    said = ada.content.model_copy(update={"ratings": ratings, "verdict": verdict})
    whole = record(
        ada.model_copy(update={"content": said}), draft("bo", round_id="theirs"), id="theirs", name=ROUND
    )
    named = tuple(one.model_copy(update={"name": CANDIDATE}) for one in whole.candidates)
    strangers = (*whole.people, Person(id="eve", name="Eve"))
    store.imports.add(debriefed(whole.model_copy(update={"candidates": named, "people": strangers})))
    server = Server(folder / "interviews.db")
    server.start()
    yield Theirs(server, store)
    server.kill()


async def everything_told(port: int, person: str, screens: tuple[str, ...] = SCREENS) -> str:
    """Every byte that somebody is sent who opens every screen with every id."""
    heard = []
    for query in QUERIES:
        async with Session(port, person) as session:
            for screen in screens:
                heard += await session.run(screen, query)
    return text_of(heard)


# Addresses


@pytest.mark.parametrize("person", ["eve", "", "eve' OR '1'='1", "x" * 3000])
def test_a_stranger_is_sent_no_word_of_a_round_by_any_address(theirs: Theirs, person: str) -> None:
    """Not in the page, and not in what the page is made of."""
    told = run(everything_told(theirs.server.port, person))
    assert [one for one in (NOTE, REASON, ROUND, CANDIDATE, "Labels come late") if one in told] == []
    assert "stException" not in told
    assert "Traceback" not in told


def test_a_person_who_owes_a_scorecard_is_sent_nobody_elses_by_any_address(theirs: Theirs) -> None:
    told = run(everything_told(theirs.server.port, "bo"))
    assert [one for one in (NOTE, REASON) if one in told] == []
    assert CANDIDATE in told


def test_its_author_is_sent_what_the_others_are_not(theirs: Theirs) -> None:
    """Without this the tests above would pass on a server that sends nothing."""
    told = run(everything_told(theirs.server.port, "ada", ("debrief",)))
    assert [one for one in (NOTE, REASON, CANDIDATE) if one not in told] == []


@pytest.mark.parametrize("person", ["eve", "bo", "ada", ""])
def test_the_administration_is_drawn_for_no_one_else(theirs: Theirs, person: str) -> None:
    """Its address says what the page is and shows nothing of it."""

    async def ask() -> str:
        async with Session(theirs.server.port, person) as session:
            return text_of(await session.run("administration"))

    told = run(ask())
    assert [
        one for one in ("Audit log", "Whose sessions", "Whose name", "Save administrators") if one in told
    ] == []


# Streamlit's socket


def test_a_press_on_a_button_that_was_never_shown_does_nothing(theirs: Theirs) -> None:
    """Eve and Bo send what the lead's browser would, for every widget that the lead's screens have."""
    before = theirs.store.rounds.record("lea", "theirs")

    async def attack() -> None:
        ids: set[str] = set()
        for screen in ("", "debrief", "prepare"):
            async with Session(theirs.server.port, "lea") as session:
                ids |= {*widgets_in(await session.run(screen, "round=theirs&candidate=zed"))}
        assert len(ids) > 40
        pressed = [WidgetState(id=one, trigger_value=True) for one in sorted(ids)]
        for person in ("eve", "bo", ""):
            for screen in ("", "debrief", "prepare"):
                async with Session(theirs.server.port, person) as session:
                    told = text_of(await session.run(screen, "round=theirs&candidate=zed", pressed))
                    assert NOTE not in told

    run(attack())
    assert theirs.store.rounds.record("lea", "theirs") == before


@pytest.mark.parametrize("screen", ["debrief", "submit", "interview", ""])
def test_rubbish_in_ones_own_widgets_stores_nothing_and_tells_nothing(theirs: Theirs, screen: str) -> None:
    """Whatever a browser is said to hold: at most its own page says that it failed."""
    before = theirs.store.rounds.record("ada", "theirs")

    async def attack() -> str:
        heard = []
        query = "round=theirs&candidate=zed&card=zed-first-bo"
        async with Session(theirs.server.port, "bo") as session:
            ids = widgets_in(await session.run(screen, query))
        for turn in zip(*(rubbish(one) for one in ids), strict=True):
            async with Session(theirs.server.port, "bo") as session:
                heard += await session.run(screen, query, turn)
        return text_of(heard)

    told = run(attack())
    assert NOTE not in told
    assert "/scorecards/store/" not in told
    assert theirs.store.rounds.record("ada", "theirs").cards == before.cards
    assert json.load(urllib.request.urlopen(f"{theirs.server.url}/healthz", timeout=5))["status"] == "ok"


def other_messages() -> list[bytes]:
    """What the protocol knows besides running a page, and what it does not."""
    found = [b"", b"\x00", os.urandom(1000), b"\xff" * 100_000, b"\x0a" * 10_000_000]
    for name in ("clear_cache", "debug_disconnect_websocket", "debug_shutdown_runtime", "stop_script"):
        if name in BackMsg.DESCRIPTOR.fields_by_name:
            message = BackMsg()
            setattr(message, name, True)
            found.append(message.SerializeToString())
    for values in ({"fragment_id": "x"}, {"page_script_hash": "../app"}, {"page_name": "../../app"}):
        message = BackMsg()
        for key, value in values.items():
            setattr(message.rerun_script, key, value)
        found.append(message.SerializeToString())
    return found


def test_whatever_is_sent_to_the_socket_the_server_goes_on(theirs: Theirs) -> None:
    async def attack() -> None:
        for message in other_messages():
            async with Session(theirs.server.port, "eve") as session:
                try:
                    await session.socket.send(message)
                    assert NOTE not in text_of(await session.told(0.7))
                except (TimeoutError, websockets.ConnectionClosed):
                    pass

    run(attack())
    assert json.load(urllib.request.urlopen(f"{theirs.server.url}/healthz", timeout=5))["status"] == "ok"
    assert NOTE in run(everything_told(theirs.server.port, "ada", ("debrief",)))


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://evil.test", "127.0.0.1"),
        ("https://127.0.0.1.evil.test", "127.0.0.1"),
        ("null", "127.0.0.1"),
        ("http://evil.test:8501", "evil.test:8501"),
        ("http://evil.test", "evil.test"),
        ("http://127.0.0.1:1", "127.0.0.1"),
        ("http://localhost", "127.0.0.1"),
    ],
)
@pytest.mark.parametrize("path", [PATH, "/c/x/live"])
def test_a_page_of_another_site_opens_no_socket(theirs: Theirs, origin: str, host: str, path: str) -> None:
    """Also where it made its own name lead to this machine."""
    assert handshake(theirs.server.port, path, origin, host) == 403


def test_the_kits_own_page_opens_one(theirs: Theirs) -> None:
    host = f"127.0.0.1:{theirs.server.port}"
    assert handshake(theirs.server.port, PATH, f"http://{host}", host) == 101


def handshake(port: int, path: str, origin: str, host: str) -> int:
    """The status with which a socket is opened or refused."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.putrequest("GET", path, skip_host=True)
    for name, value in {
        "Host": host,
        "Origin": origin,
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
        "Sec-WebSocket-Protocol": "streamlit",
    }.items():
        connection.putheader(name, value)
    connection.endheaders()
    status = connection.getresponse().status
    connection.close()
    return status


def test_the_number_of_a_session_stands_in_no_log() -> None:
    """Who has it goes on with the session: a person who reads logs is not told, though Streamlit would."""
    words = "Session with id %s is already connected!"
    assert words in inspect.getsource(websocket_session_manager)
    log = logging.getLogger(websocket_session_manager.__name__)
    line = logging.LogRecord(log.name, logging.WARNING, "", 0, words, ("its number",), None)
    assert serving.app
    assert not log.filter(line)


def test_a_made_up_session_is_a_new_one(theirs: Theirs) -> None:
    """The number of a session is told to its own browser alone; any other one gives nothing."""

    async def attack() -> str:
        async with Session(theirs.server.port, "ada") as hers:
            heard = await hers.run("debrief", "round=theirs")
            number = next(
                one.new_session.initialize.session_id
                for one in heard
                if one.WhichOneof("type") == "new_session"
            )
            told = ""
            for guess in (
                number[:-1],
                number.upper()[:-2] + "00",
                "",
                "..",
                "00000000-0000-4000-8000-000000000000",
            ):
                async with Session(theirs.server.port, "eve", session_id=guess) as session:
                    told += text_of(await session.run("debrief", "round=theirs"))
            return told

    told = run(attack())
    assert NOTE not in told
    assert CANDIDATE not in told


# The kit's own routes


@pytest.mark.parametrize("path", ["/live/tell", "/live/window", "/live/rehearse"])
@pytest.mark.parametrize("person", ["ada", "eve"])
@pytest.mark.parametrize(
    ("origin", "status"), [("http://evil.test", 403), ("http://127.0.0.1:1", 403), ("null", 403), ("", 401)]
)
def test_a_cookie_alone_writes_nothing(
    theirs: Theirs, path: str, person: str, origin: str, status: int
) -> None:
    """A page of another site can make a browser send it: it is not answered. And without the pass it is nothing."""
    body = json.dumps(
        {"pass": f"zed-first-ada.{person}.9999999999.{'0' * 64}"}
        | {
            "/live/tell": {"told": {"tab": "t"}},
            "/live/window": {"open": True},
            "/live/rehearse": {"rating": {"question_id": "DRF-01"}},
        }[path]
    )
    connection = http.client.HTTPConnection("127.0.0.1", theirs.server.port, timeout=120)
    headers = {
        "Cookie": f"interview_kit_person={person}",
        "Content-Type": "text/plain",
        "Origin": origin or theirs.server.url,
    }
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    assert answer.status == status
    assert answer.getheader("Access-Control-Allow-Origin") is None
    connection.close()


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_file_is_taken_for_no_session_that_does_not_exist(theirs: Theirs, method: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", theirs.server.port, timeout=120)
    connection.request(method, "/_stcore/upload_file/a-session/a-file", b"x" * 1000)
    assert connection.getresponse().status in (400, 401, 403, 404, 405)
    connection.close()


def test_a_candidates_window_reads_nothing_that_is_sent_to_it(theirs: Theirs) -> None:
    """Guessed addresses end at once; a true one follows the interview whatever its page sends."""
    token = theirs.store.live.open_window("bo", "zed-first-bo")

    async def ask(address: str, *sent: str | bytes) -> list[dict]:
        here = f"127.0.0.1:{theirs.server.port}"
        ours = websockets.Origin(f"http://{here}")
        async with websockets.connect(f"ws://{here}/c/{address}/live", origin=ours) as socket:
            for message in sent:
                await socket.send(message)
            return [json.loads(await asyncio.wait_for(socket.recv(), 5))]

    for guess in ("x", "..", "0" * 24, f"{token}0", token[:-1], token.upper()):
        assert run(ask(guess))[0]["state"] == "ended"
    theirs.store.live.tell("bo", "zed-first-bo", Told(tab="t", wish="take"))
    told = run(ask(token, "x" * 100_000, b"\xff" * 1000, '{"state": "ended", "card": "zed-first-ada"}'))
    assert told == [{"state": "waiting", "card": "", "exhibits": []}]
    theirs.store.live.close_windows("bo", "zed-first-bo")
    assert run(ask(token))[0]["state"] == "ended"
