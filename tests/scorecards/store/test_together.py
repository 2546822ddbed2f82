"""What people do at the very same moment: the order is one or the other, and nothing is lost. On both databases."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from scorecards.interviewing.message import Entry, Told
from scorecards.store import NotAllowedError, NotFoundError, Store
from scorecards.store.audit import note

from ..small_round import draft, keep, rate, rating, submit

FIRST = "zed-first-ada"


@contextmanager
def halfway(
    monkeypatch: pytest.MonkeyPatch, action: str
) -> Iterator[tuple[threading.Event, threading.Event]]:
    """A change of this kind stops when all but its last row is written, until it is released."""
    reached, go = threading.Event(), threading.Event()

    def waits(connection: Any, viewer: Any, what: Any, **told: Any) -> None:
        if what == action:
            reached.set()
            assert go.wait(20)
        note(connection, viewer, what, **told)

    noting = [one for name, one in sys.modules.items() if name.startswith("scorecards.store.")]
    for module in noting:
        if getattr(module, "note", None) is note:
            monkeypatch.setattr(module, "note", waits)
    yield reached, go
    go.set()


def together(
    monkeypatch: pytest.MonkeyPatch, action: str, first: Callable[[], Any], second: Callable[[], Any]
) -> tuple[Future[Any], Future[Any]]:
    """The second begins while the first is under way; it has to wait, and both end."""
    with ThreadPoolExecutor(2) as threads, halfway(monkeypatch, action) as (reached, go):
        one = threads.submit(first)
        assert reached.wait(20)
        other = threads.submit(second)
        time.sleep(0.4)
        assert not other.done()
        go.set()
        one.exception(30)
        other.exception(30)
    return one, other


def settings(store: Store, **changes: Any) -> Any:
    stored = store.rounds.get("lea", "r1")
    return store.rounds.change("lea", stored.model_copy(update=changes))


def heavier(store: Store) -> Any:
    """Drift twice as heavy."""
    targets = store.rounds.get("lea", "r1").targets
    return (targets[0].model_copy(update={"weight": 2.0}), *targets[1:])


def test_weights_are_not_changed_while_the_first_scorecard_is_being_submitted(store, monkeypatch) -> None:
    keep(store, draft("ada"))
    targets = heavier(store)
    one, other = together(
        monkeypatch,
        "submitted",
        lambda: submit(store, "ada", FIRST),
        lambda: settings(store, targets=targets, weights_reason="The role."),
    )
    assert one.exception() is None
    assert isinstance(other.exception(), NotAllowedError)
    assert {target.weight for target in store.rounds.get("lea", "r1").targets} == {1.0}


def test_an_interview_is_not_dismissed_while_its_scorecard_is_being_submitted(store, monkeypatch) -> None:
    kept = keep(store, draft("ada"))
    one, other = together(
        monkeypatch,
        "submitted",
        lambda: submit(store, "ada", FIRST),
        lambda: store.interviews.dismiss("lea", kept.interviews[0].id, "Fell ill."),
    )
    assert one.exception() is None
    assert isinstance(other.exception(), NotAllowedError)


def test_nothing_is_saved_into_a_round_that_is_being_closed(store, monkeypatch) -> None:
    keep(store, draft("ada"))
    one, other = together(
        monkeypatch,
        "round_closed",
        lambda: store.rounds.close("lea", "r1"),
        lambda: rate(store, "ada", FIRST, rating("DRF-01")),
    )
    assert one.exception() is None
    assert isinstance(other.exception(), NotAllowedError)


def test_an_interviewer_whose_first_word_is_on_its_way_is_not_taken_out(store, monkeypatch) -> None:
    kept = keep(store, draft("ada"))
    entry = Entry(question_id="DRF-01", base=0, evidence="The first word.")
    begun = [{"id": "m1", "ago": 0, "kind": "begun"}]
    one, other = together(
        monkeypatch,
        "begun",
        lambda: store.live.tell(
            "ada", FIRST, Told.model_validate({"tab": "w", "entries": [entry], "moments": begun})
        ),
        lambda: store.interviews.assign("lea", kept.interviews[0].id, ["bo"]),
    )
    assert one.exception() is None
    assert isinstance(other.exception(), NotAllowedError)
    assert store.cards.get("ada", FIRST).rating("DRF-01").evidence == "The first word."


def test_a_person_who_is_taken_out_first_records_nothing_then(store, monkeypatch) -> None:
    kept = keep(store, draft("ada"))
    entry = Entry(question_id="DRF-01", base=0, evidence="Too late.")
    one, other = together(
        monkeypatch,
        "assigned",
        lambda: store.interviews.assign("lea", kept.interviews[0].id, ["bo"]),
        lambda: store.live.tell("ada", FIRST, Told(tab="w", entries=(entry,))),
    )
    assert one.exception() is None
    assert isinstance(other.exception(), NotFoundError)


def test_one_scorecard_is_withdrawn_once(store, monkeypatch) -> None:
    keep(store, draft("ada"))
    submit(store, "ada", FIRST)
    one, other = together(
        monkeypatch,
        "withdrawn",
        lambda: store.cards.withdraw("lea", FIRST, "Knew them."),
        lambda: store.cards.withdraw("lea", FIRST, "Knew them."),
    )
    assert one.exception() is None
    assert isinstance(other.exception(), NotAllowedError)


def test_two_candidates_added_at_once_get_codes_of_their_own(store, monkeypatch) -> None:
    keep(store)
    together(
        monkeypatch,
        "candidates_added",
        lambda: store.candidates.add("lea", "r1", ["Yan"]),
        lambda: store.candidates.add("lea", "r1", ["Xue"]),
    )
    codes = [one.code for one in store.rounds.record("lea", "r1").candidates]
    assert len(codes) == len(set(codes)) == 3
