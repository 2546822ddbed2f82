"""A page that was read before somebody's own other page stored something newer, and that goes on late."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import contextmanager
from typing import Any

import pytest

from scorecards.interviewing.typed import Typed, TypedText
from scorecards.record.model import Verdict
from scorecards.store import NotAllowedError, Store, cards, debriefs, live, rounds

from ..small_round import draft, keep, rating, submit

FIRST = "zed-first-ada"


@contextmanager
def held_before_it_writes(
    monkeypatch: pytest.MonkeyPatch, module: Any, check: str
) -> Iterator[tuple[threading.Event, threading.Event]]:
    """The first change to reach this check stops there, as on a replica that hangs, until it is released."""
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
