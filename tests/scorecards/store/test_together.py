"""What people do at the very same moment: the order is one or the other, and nothing is lost. On both databases."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import text

from scorecards.interviewing.message import Entry, Told
from scorecards.interviewing.typed import Typed, TypedText
from scorecards.record.model import Verdict
from scorecards.store import (
    DatabaseError,
    NotAllowedError,
    NotFoundError,
    SaveError,
    Store,
    cards,
    debriefs,
    live,
    open_database,
    postgresql,
    rounds,
)
from scorecards.store.audit import note

from ..small_round import draft, keep, rate, rating, submit

FIRST = "zed-first-ada"


@contextmanager
def halfway(
    monkeypatch: pytest.MonkeyPatch, action: str
) -> Iterator[tuple[threading.Event, threading.Event]]:
    """A change of this kind stops when all but its last row is written, until it is told to go on."""
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


# A page that was read before somebody's own other page stored something newer, and that goes on late


@contextmanager
def held_before_it_writes(
    monkeypatch: pytest.MonkeyPatch, module: Any, check: str
) -> Iterator[tuple[threading.Event, threading.Event]]:
    """The first change to come to this check stops there, as on a replica that hangs, until it is told to go on."""
    real, reached, go = getattr(module, check), threading.Event(), threading.Event()

    def waits(*told: Any) -> Any:
        if not reached.is_set():
            reached.set()
            assert go.wait(20)
        return real(*told)

    monkeypatch.setattr(module, check, waits)
    yield reached, go
    go.set()


def one_after_the_other(
    monkeypatch: pytest.MonkeyPatch,
    where: tuple[Any, str],
    newer: Callable[[], Any],
    late: Callable[[], Any],
) -> tuple[Future[Any], Future[Any]]:
    """Both pages had read the same; the newer stops halfway, the late one comes meanwhile and has to wait."""
    with ThreadPoolExecutor(2) as threads, held_before_it_writes(monkeypatch, *where) as (reached, go):
        one = threads.submit(newer)
        assert reached.wait(20)
        other = threads.submit(late)
        with pytest.raises(FutureTimeout):
            other.result(0.4)
        go.set()
        one.exception(30)
        other.exception(30)
    return one, other


@pytest.fixture
def rated(store: Store) -> Store:
    keep(store, draft("ada", {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}))
    return store


def test_a_recommendation_pressed_on_what_is_no_longer_shown_replaces_nothing(rated, monkeypatch) -> None:
    one, other = one_after_the_other(
        monkeypatch,
        (cards, "put_choice"),
        lambda: rated.cards.recommend("ada", FIRST, "no", base=0),
        lambda: rated.cards.recommend("ada", FIRST, "yes", base=0),
    )
    assert one.result() == ("no", 1, "stored")
    assert other.result() == ("no", 1, "clash")
    assert rated.cards.get("ada", FIRST).content.verdict.recommendation == "no"


def test_a_recommendation_that_came_back_to_what_it_was_is_newer_all_the_same(rated) -> None:
    for choice, base in (("yes", 0), ("no", 1), (None, 2)):
        rated.cards.recommend("ada", FIRST, choice, base=base)
    assert rated.cards.recommend("ada", FIRST, "yes", base=0) == (None, 3, "clash")


def test_a_recommendation_leaves_the_words_that_are_stored_meanwhile(rated, monkeypatch) -> None:
    """The press was made on a page that had read other words."""
    typed = Typed(tab="w", entries={"reason": TypedText(text="newest", count=2)})
    one, other = one_after_the_other(
        monkeypatch,
        (live, "put_words"),
        lambda: rated.live.keep_words("ada", FIRST, typed),
        lambda: rated.cards.recommend("ada", FIRST, "yes", base=0),
    )
    assert (one.exception(), other.exception()) == (None, None)
    verdict = rated.cards.get("ada", FIRST).content.verdict
    assert (verdict.recommendation, verdict.reason) == ("yes", "newest")


def test_a_whole_recommendation_stored_at_once_is_newer_than_what_was_read_before(rated) -> None:
    rated.cards.save_verdict("ada", FIRST, Verdict(recommendation="no", reason="newest"))
    assert rated.cards.recommend("ada", FIRST, "yes", base=0).outcome == "clash"
    typed = Typed(tab="w", entries={"reason": TypedText(text="older", count=1)})
    assert rated.live.keep_words("ada", FIRST, typed)["reason"].outcome == "clash"
    assert rated.cards.get("ada", FIRST).content.verdict.reason == "newest"


@pytest.fixture
def voting(store: Store) -> Store:
    """The first votes are open, the second are out."""
    keep(store, draft("ada"), draft("bo"))
    for who in ("ada", "bo"):
        submit(store, who, f"zed-first-{who}")
        store.debriefs.vote(who, "zed", 1, "yes", "First.")
    return store


def second_votes(store: Store) -> list[tuple[str, str]]:
    votes = store.rounds.record("ada", "r1").debrief("zed").votes
    return [(vote.choice, vote.reason) for vote in votes if vote.turn == 2]


def test_a_vote_sealed_on_what_is_no_longer_shown_replaces_nothing(voting, monkeypatch) -> None:
    one, other = one_after_the_other(
        monkeypatch,
        (debriefs, "vote_row"),
        lambda: voting.debriefs.vote("ada", "zed", 2, "no", "newest", over=0),
        lambda: voting.debriefs.vote("ada", "zed", 2, "yes", "older", over=0),
    )
    assert one.exception() is None
    with pytest.raises(NotAllowedError, match="on another page"):
        other.result()
    assert second_votes(voting) == [("no", "newest")]


def test_a_vote_sealed_twice_by_one_press_is_one_vote(voting) -> None:
    for _ in range(2):
        voting.debriefs.vote("ada", "zed", 2, "no", "once", over=0)
    assert second_votes(voting) == [("no", "once")]


def test_an_amendment_made_on_what_is_no_longer_shown_replaces_nothing(voting, monkeypatch) -> None:
    def amend(level: int) -> Any:
        changed = [rating("DRF-01", level)]
        return voting.cards.amend("ada", FIRST, changed, None, f"Level {level}.", after=0)

    one, other = one_after_the_other(
        monkeypatch, (cards.rules, "why_not_amend"), lambda: amend(4), lambda: amend(2)
    )
    assert one.exception() is None
    with pytest.raises(NotAllowedError, match="on another page"):
        other.result()
    assert voting.cards.get("ada", FIRST).rating("DRF-01").level == 4


def test_settings_made_on_what_is_no_longer_shown_replace_nothing(store, monkeypatch) -> None:
    """The closing words among them."""
    keep(store, draft("ada"))
    seen = store.rounds.get("lea", "r1")

    def change(words: str) -> Any:
        return store.rounds.change("lea", seen.model_copy(update={"closing_words": words}), seen=seen)

    one, other = one_after_the_other(
        monkeypatch, (rounds, "statuses_of"), lambda: change("newest"), lambda: change("older")
    )
    assert one.exception() is None
    with pytest.raises(NotAllowedError, match="since you opened them"):
        other.result()
    assert store.rounds.get("lea", "r1").closing_words == "newest"


# PostgreSQL alone: what it refuses, and how it is said


@pytest.fixture
def impatient(postgres, run_on_postgres, monkeypatch) -> Iterator[Any]:
    """A PostgreSQL database whose limits are short."""
    for name, seconds in (("STATEMENT", 1.0), ("LOCK", 0.5), ("IDLE", 0.8), ("POOL", 0.5)):
        monkeypatch.setattr(postgresql, f"{name}_SECONDS", seconds)
    run_on_postgres("CREATE DATABASE impatient")
    database = open_database(postgres("impatient"))
    yield database
    database.close()
    run_on_postgres("DROP DATABASE impatient WITH (FORCE)")


def test_a_person_who_waits_too_long_for_anothers_change_is_told_so_and_may_try_again(impatient) -> None:
    store = Store(impatient)
    keep(store, draft("ada"))
    with impatient.writing() as connection:
        connection.execute(text("SELECT id FROM scorecards FOR UPDATE"))
        with pytest.raises(SaveError, match="Somebody else's change of the same takes long"):
            rate(store, "ada", FIRST, rating("DRF-01"))
    assert rate(store, "ada", FIRST, rating("DRF-01")).version == 1


def test_a_statement_that_takes_too_long_is_given_up(impatient) -> None:
    with pytest.raises(DatabaseError, match="took too long"), impatient.reading() as connection:
        connection.execute(text("SELECT pg_sleep(5)"))


def test_a_change_that_nobody_goes_on_with_lets_the_others_go_on(impatient) -> None:
    def forgets() -> None:
        with impatient.writing() as connection:
            connection.execute(text("SELECT id FROM rounds FOR UPDATE"))
            time.sleep(1.5)
            connection.execute(text("SELECT 1"))

    with pytest.raises(SaveError):
        forgets()
    assert Store(impatient).office.health()["database"] == "postgresql"


def test_of_two_that_wait_for_each_other_one_goes_on_and_the_other_is_told(impatient, monkeypatch) -> None:
    keep(Store(impatient), draft("ada"), draft("bo"))
    both = threading.Barrier(2)

    def locks(first: str, second: str) -> None:
        with impatient.writing() as connection:
            connection.execute(text("SET LOCAL lock_timeout = '8s'"))
            connection.execute(text("SET LOCAL statement_timeout = '8s'"))
            connection.execute(text("SELECT id FROM scorecards WHERE id = :id FOR UPDATE"), {"id": first})
            both.wait(10)
            connection.execute(text("SELECT id FROM scorecards WHERE id = :id FOR UPDATE"), {"id": second})

    with ThreadPoolExecutor(2) as threads:
        ends = [
            threads.submit(locks, "zed-first-ada", "zed-first-bo"),
            threads.submit(locks, "zed-first-bo", "zed-first-ada"),
        ]
        faults = [fault for end in ends if (fault := end.exception(20))]
    assert [type(fault) for fault in faults] == [SaveError]
    assert "changed the same at the same moment" in str(faults[0])


def test_when_all_connections_are_taken_the_next_is_told_and_comes_later(impatient) -> None:
    taken = [impatient.engine.connect() for _ in range(30)]
    with pytest.raises(DatabaseError, match="More people"):
        Store(impatient).people.all()
    for connection in taken:
        connection.close()
    assert Store(impatient).people.all() == ()


def test_a_connection_that_the_server_ended_is_replaced_before_anybody_uses_it(
    impatient, run_on_postgres
) -> None:
    Store(impatient).people.all()
    run_on_postgres("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'impatient'")
    assert Store(impatient).people.all() == ()
