"""Webhooks: set by the lead, told once per submission by whichever replica comes first, tried again until it works."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from sqlalchemy import insert, select

from interview_kit.web import courier
from interview_kit.web.courier import Courier, send
from scorecards.outside.webhook import WAITS, is_signed
from scorecards.record.model import now
from scorecards.store import Database, NotAllowedError, NotFoundError, Store
from scorecards.store import tables as t
from scorecards.store.hooks import LEASE_SECONDS, Delivery

from ..small_round import draft, keep, submit

CARD = "zed-first-ada"
OWN = {"127.0.0.1"}
PUBLIC = "https://example.org/hook"


class Receiver:
    """A real HTTP server on loopback that keeps what it gets and answers as it is told."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        self.drip = False
        self.answering = threading.Event()
        self.answering.set()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((dict(self.headers.items()), body))
                receiver.answering.wait(60)
                if receiver.drip:
                    for _ in range(40):
                        self.wfile.write(b"H")
                        self.wfile.flush()
                        time.sleep(0.1)
                    return
                self.send_response(receiver.answers.pop(0) if receiver.answers else 204)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook?a=b"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


@contextmanager
def receiving() -> Iterator[Receiver]:
    running = Receiver()
    yield running
    running.answering.set()
    running.server.shutdown()
    running.server.server_close()


def deliveries(database: Database) -> list[Any]:
    with database.reading() as connection:
        return list(connection.execute(select(t.deliveries).order_by(t.deliveries.c.made_at)).all())


def hooked(store: Store, url: str = PUBLIC) -> str:
    """A round whose submissions are told; gives the secret."""
    keep(store, draft("ada"), draft("bo"))
    return store.hooks.set("lea", "r1", url, OWN)


# Setting


def test_a_round_tells_nobody_unless_its_lead_says_so(store: Store, database: Database) -> None:
    keep(store, draft("ada"))
    submit(store, "ada", CARD)
    assert deliveries(database) == []
    assert store.hooks.of("lea", "r1") is None


@pytest.mark.parametrize("act", ["set", "remove", "of"])
@pytest.mark.parametrize(("who", "error"), [("ada", NotAllowedError), ("stranger", NotFoundError)])
def test_only_the_lead_sees_and_sets_the_webhook(
    store: Store, act: str, who: str, error: type[Exception]
) -> None:
    hooked(store)
    with pytest.raises(error):
        getattr(store.hooks, act)(who, "r1", *([PUBLIC] if act == "set" else []))


def test_an_address_of_ones_own_network_is_not_set(store: Store) -> None:
    keep(store, draft("ada"))
    with pytest.raises(NotAllowedError, match="not public"):
        store.hooks.set("lea", "r1", "https://169.254.169.254/latest")
    assert store.hooks.of("lea", "r1") is None


def test_set_again_it_has_another_secret_and_forgets_what_waits(store: Store, database: Database) -> None:
    first = hooked(store)
    submit(store, "ada", CARD)
    assert store.hooks.set("lea", "r1", PUBLIC) != first
    assert deliveries(database) == []


def test_taken_away_it_tells_nothing_any_more(store: Store, database: Database) -> None:
    hooked(store)
    submit(store, "ada", CARD)
    store.hooks.remove("lea", "r1")
    submit(store, "bo", "zed-first-bo")
    assert (deliveries(database), store.hooks.claim()) == ([], None)


def test_with_its_round_the_webhook_goes(store: Store, database: Database) -> None:
    hooked(store)
    submit(store, "ada", CARD)
    store.rounds.delete("lea", "r1")
    assert (deliveries(database), store.hooks.claim()) == ([], None)


# The outbox


def test_a_submission_is_told_once_with_ids_and_the_code(store: Store, database: Database) -> None:
    hooked(store)
    submit(store, "ada", CARD)
    (row,) = deliveries(database)
    told = json.loads(row.body)
    assert (told["scorecard_id"], told["candidate_code"], told["event"]) == (
        CARD,
        "C-01",
        "scorecard.submitted",
    )
    assert not [word for word in ("Zed", "Ada", "Went back") if word in row.body]


def test_a_refused_submission_tells_nothing(store: Store, database: Database) -> None:
    hooked(store)
    with pytest.raises(NotAllowedError):
        store.cards.submit("ada", CARD)
    assert deliveries(database) == []


def test_what_is_not_stored_is_not_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outbox and submission are one transaction."""
    hooked(store)

    def fails(*_: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("scorecards.store.cards.tell_submitted", fails)
    with pytest.raises(RuntimeError):
        submit(store, "ada", CARD)
    assert store.cards.get("ada", CARD).state == "draft"


def test_many_replicas_claim_every_delivery_once(database: Database) -> None:
    store = Store(database)
    authors = [f"p{number:02d}" for number in range(24)]
    keep(store, *(draft(who) for who in authors), panel=authors)
    store.hooks.set("lea", "r1", PUBLIC)
    for who in authors:
        submit(store, who, f"zed-first-{who}")
    replicas = [Store(Database(database.engine)) for _ in range(6)]

    def drain(replica: Store) -> list[str]:
        found = []
        for _ in range(100):
            if (one := replica.hooks.claim()) is not None:
                found.append(one.id)
            elif len(found) > 30:
                break
        return found

    if database.engine.dialect.name == "sqlite":
        # SQLite has one process: its replicas are threads with one lock.
        replicas = [store] * 6
    with ThreadPoolExecutor(6) as pool:
        claimed = [one for found in pool.map(drain, replicas) for one in found]
    assert len(claimed) == len(set(claimed)) == 24


def test_what_was_claimed_and_never_settled_comes_up_again(store: Store) -> None:
    hooked(store)
    submit(store, "ada", CARD)
    first = store.hooks.claim()
    assert store.hooks.claim() is None
    again = store.hooks.claim(now() + timedelta(seconds=LEASE_SECONDS + 1))
    assert first is not None
    assert again is not None
    assert (again.id, again.tries) == (first.id, 2)


def test_a_fault_waits_longer_each_time_and_is_given_up_in_the_end(store: Store) -> None:
    hooked(store)
    submit(store, "ada", CARD)
    at = now()
    for wait in WAITS:
        claimed = store.hooks.claim(at)
        assert claimed is not None
        store.hooks.settle(claimed, "The receiver answered 500.", at)
        assert store.hooks.claim(at + timedelta(seconds=wait - 1)) is None
        at += timedelta(seconds=wait)
    last = store.hooks.claim(at)
    assert last is not None
    store.hooks.settle(last, "The receiver answered 500.", at)
    hook = store.hooks.of("lea", "r1")
    assert hook is not None
    assert (hook.delivered, hook.waiting, hook.given_up) == (0, 0, 1)
    assert hook.fault == "The receiver answered 500."
    assert store.hooks.claim(at + timedelta(days=365)) is None


# The courier


def test_the_receiver_gets_a_signed_message_once(store: Store, receiver: Receiver) -> None:
    secret = hooked(store, receiver.url)
    submit(store, "ada", CARD)
    carrier = Courier(store, OWN)
    assert [carrier.carry(), carrier.carry()] == [True, False]
    ((headers, body),) = receiver.got
    assert is_signed(
        secret, headers["Interview-Kit-Timestamp"], body, headers["Interview-Kit-Signature"], time.time()
    )
    assert headers["Idempotency-Key"] == headers["Interview-Kit-Delivery"] == json.loads(body)["id"]
    assert "Cookie" not in headers
    hook = store.hooks.of("lea", "r1")
    assert hook is not None
    assert (hook.delivered, hook.waiting, hook.fault) == (1, 0, "")


def test_a_receiver_that_was_down_gets_it_later_with_the_same_key(
    store: Store, database: Database, receiver: Receiver
) -> None:
    hooked(store, receiver.url)
    submit(store, "ada", CARD)
    receiver.answers = [503, 200]
    for moment in (now(), now() + timedelta(seconds=WAITS[0] + 1)):
        claimed = store.hooks.claim(moment)
        assert claimed is not None
        store.hooks.settle(claimed, send(claimed, OWN), moment)
    keys = [headers["Idempotency-Key"] for headers, _ in receiver.got]
    assert len(keys) == 2
    assert keys[0] == keys[1]
    assert deliveries(database)[0].delivered_at is not None


def delivery(url: str) -> Delivery:
    return Delivery("d1", url, "secret", "{}", 1)


def test_a_redirect_is_a_fault_and_is_not_followed(receiver: Receiver) -> None:
    receiver.answers = [302]
    assert send(delivery(receiver.url), OWN) == "The receiver answered 302. Redirects are not followed."
    assert len(receiver.got) == 1


def test_nobody_listening_is_a_fault() -> None:
    assert (
        send(delivery("http://127.0.0.1:9/"), OWN)
        == "The receiver cannot be reached: ConnectionRefusedError."
    )


def test_a_receiver_without_encryption_where_it_is_due_is_a_fault(receiver: Receiver) -> None:
    fault = send(delivery(receiver.url.replace("http:", "https:")), OWN)
    assert fault is not None
    assert fault.startswith("The receiver's certificate is not good")
    assert receiver.got == []


def test_a_receiver_that_drips_its_answer_is_cut_off(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courier, "TRY_SECONDS", 0.3)
    receiver.drip = True
    began = time.monotonic()
    assert send(delivery(receiver.url), OWN) is not None
    assert time.monotonic() - began < 2


def test_a_host_that_is_no_longer_allowed_is_not_reached(store: Store, receiver: Receiver) -> None:
    hooked(store, receiver.url)
    submit(store, "ada", CARD)
    Courier(store).carry()
    assert receiver.got == []
    hook = store.hooks.of("lea", "r1")
    assert hook is not None
    assert "INTERVIEW_KIT_WEBHOOK_HOSTS" in hook.fault


def test_the_thread_carries_by_itself(
    store: Store, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courier, "LOOK_EVERY", 0.05)
    hooked(store, receiver.url)
    carrier = Courier(store, OWN)
    carrier.start()
    submit(store, "ada", CARD)
    for _ in range(200):
        if receiver.got:
            break
        time.sleep(0.05)
    carrier.stop()
    assert len(receiver.got) == 1


def two_rounds(store: Store, database: Database, slow: Receiver, quick: Receiver, many: int) -> None:
    """Many messages for one receiver, and after them one for another."""
    keep(store, draft("ada"), draft("bo"))
    keep(store, draft("ada", round_id="r2", candidate="yan"), id="r2", candidates=("yan",))
    store.hooks.set("lea", "r1", slow.url, OWN)
    store.hooks.set("lea", "r2", quick.url, OWN)
    with database.writing() as connection:
        for place in range(many + 1):
            at = f"2026-01-01T00:00:{place:02d}.000000Z"
            due = {"id": f"d{place:02d}", "body": "{}", "made_at": at, "tries": 0, "next_at": at}
            connection.execute(
                insert(t.deliveries).values(due | {"round_id": "r1" if place < many else "r2"})
            )


def test_a_receiver_that_does_not_answer_holds_up_no_other(
    store: Store, database: Database, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though everything for it was due before; and it is not asked twice at once either."""
    monkeypatch.setattr(courier, "LOOK_EVERY", 0.05)
    with receiving() as slow:
        slow.answering.clear()
        two_rounds(store, database, slow, receiver, 30)
        carrier = Courier(store, OWN)
        carrier.start()
        until(lambda: receiver.got and slow.got)
        until(lambda: sum(one.delivered_at is not None for one in deliveries(database)) == 1)
        assert len(slow.got) == 1
        slow.answering.set()
        until(lambda: len(slow.got) == 30)
        carrier.stop()
    assert len(receiver.got) == 1
    assert all(one.delivered_at is not None for one in deliveries(database))


def until(wanted: Callable[[], object]) -> None:
    """Wait until this is so, at most 20 seconds."""
    for _ in range(400):
        if wanted():
            return
        time.sleep(0.05)
    raise AssertionError("It did not come to that within 20 seconds.")


def test_no_more_tries_run_at_once_than_allowed(
    store: Store, database: Database, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courier, "LOOK_EVERY", 0.05)
    monkeypatch.setattr(courier, "TRIES_AT_ONCE", 1)
    with receiving() as slow:
        slow.answering.clear()
        two_rounds(store, database, slow, receiver, 2)
        carrier = Courier(store, OWN)
        carrier.start()
        until(lambda: slow.got)
        assert not carrier._begin()
        assert receiver.got == []
        slow.answering.set()
        until(lambda: receiver.got)
        carrier.stop()
