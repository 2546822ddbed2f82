"""A debrief under many hands: votes at the same time, and acts in any order."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from random import Random
from threading import Barrier
from typing import Any

import pytest

from scorecards.record.model import Debrief
from scorecards.record.seals import broken_seals
from scorecards.store import OPERATOR, NotAllowedError, Store

from ..debriefs import drafted
from ..small_round import PLAN, card, draft, keep, submit

SENIOR = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}
ADA, BO = card("ada", SENIOR), card("bo", SENIOR)
PANEL = ("ada", "bo", "cy", "dee")


def debrief_of(store: Store, viewer: Any = OPERATOR, candidate: str = "zed") -> Debrief:
    return store.rounds.record(viewer, "r1").debrief(candidate)


# Many at once


def at_once(*do: Callable[[], object]) -> list[str]:
    """Everybody starts together; what each was told, nothing where it was taken."""
    start = Barrier(len(do))

    def run(one: Callable[[], object]) -> str:
        start.wait()
        try:
            one()
        except NotAllowedError as refused:
            return str(refused)
        return ""

    with ThreadPoolExecutor(len(do)) as pool:
        return list(pool.map(run, do))


CROWD = tuple(f"p{n}" for n in range(8))
TRIES = tuple(f"c{n}" for n in range(8))


@pytest.fixture
def crowd(store: Store) -> Store:
    """Eight people who all met each of eight candidates."""
    cards = [card(who, SENIOR, candidate=candidate) for who in CROWD for candidate in TRIES]
    keep(store, *cards, panel=CROWD, candidates=TRIES)
    return store


def test_of_votes_at_the_same_moment_none_is_lost_and_the_turn_opens_once(crowd) -> None:
    for candidate in TRIES:
        said = at_once(*(partial(crowd.debriefs.vote, who, candidate, 1, "yes", who) for who in CROWD))
        found = debrief_of(crowd, candidate=candidate)
        assert said == [""] * len(CROWD)
        assert [(one.person_id, one.reason) for one in found.votes] == [(who, who) for who in CROWD]
        assert [(one.turn, one.by) for one in found.openings] == [(1, None)]


def test_an_opening_and_the_last_vote_at_the_same_moment_leave_one_opening(crowd) -> None:
    """Whichever comes first: a vote is in before the opening, or refused and named absent."""
    for candidate in TRIES:
        for who in CROWD[:-1]:
            crowd.debriefs.vote(who, candidate, 1, "yes", "")
        vote_said, opening_said = at_once(
            partial(crowd.debriefs.vote, CROWD[-1], candidate, 1, "no", ""),
            partial(crowd.debriefs.open_votes, "lea", candidate, 1, "Now."),
        )
        found = debrief_of(crowd, candidate=candidate)
        assert len(found.openings) == 1
        assert (vote_said == "") != (opening_said == "")
        assert (CROWD[-1] in found.openings[0].absent) is (found.vote(CROWD[-1], 1) is None)


def test_of_one_persons_votes_at_the_same_moment_one_stands(crowd) -> None:
    at_once(*(partial(crowd.debriefs.vote, "p0", "c0", 1, "yes", str(n)) for n in range(8)))
    assert len(debrief_of(crowd, candidate="c0").votes) == 1


def test_of_decisions_at_the_same_moment_one_is_first_and_the_others_are_told(crowd) -> None:
    said = at_once(*[partial(crowd.debriefs.decide, "lea", "c0", drafted())] * 4)
    assert sorted(said)[:1] == [""]
    assert all("opened again" in one for one in sorted(said)[1:])
    assert len(debrief_of(crowd, candidate="c0").decisions) == 1


def test_decisions_opened_again_at_the_same_moment_are_all_kept_in_one_chain(crowd) -> None:
    crowd.debriefs.decide("lea", "c0", drafted())
    again = [drafted(reopened_because=f"Again {n}.") for n in range(4)]
    said = at_once(*(partial(crowd.debriefs.decide, "lea", "c0", one) for one in again))
    found = debrief_of(crowd, candidate="c0")
    assert said == [""] * 4
    assert {one.reopened_because for one in found.decisions[1:]} == {one.reopened_because for one in again}
    assert broken_seals(found) == ()


# Whatever people do


CHOICES = ("strong_no", "no", "yes", "strong_yes")
EVERYBODY = (*PANEL, "lea")


def steps(store: Store, lot: Random) -> list[Callable[[], object]]:
    """Everything that anybody could try next; most of it is refused."""
    who, turn = lot.choice(EVERYBODY), lot.choice((1, 2))
    statuses = store.rounds.statuses("lea", "r1")
    card_id = lot.choice([status.card_id for status in statuses])
    sitting = lot.choice([status.interview_id for status in statuses])
    desk = store.debriefs
    return [
        *[partial(desk.vote, who, "zed", turn, lot.choice(CHOICES), f"{who} {lot.random()}")] * 8,
        *[partial(desk.open_votes, lot.choice((who, "lea")), "zed", turn, lot.choice(("", "Now.")))] * 2,
        partial(
            desk.decide,
            lot.choice((who, "lea")),
            "zed",
            drafted(departure_reason="So.", reopened_because="So."),
        ),
        *[partial(finish, store, card_id)] * 2,
        partial(store.cards.withdraw, "lea", card_id, "Knew the candidate."),
        partial(store.interviews.schedule, "lea", "zed", "extra", PLAN, [who]),
        partial(store.interviews.dismiss, "lea", sitting, "Fell ill."),
        partial(store.interviews.undo_dismissal, "lea", sitting, "Came after all."),
    ]


def finish(store: Store, card_id: str) -> None:
    """Its author submits the scorecard, if it is a draft."""
    status = next(one for one in store.rounds.statuses("lea", "r1") if one.card_id == card_id)
    if status.due:
        submit(store, status.interviewer_id, card_id)


@pytest.mark.parametrize(("mode", "seed"), [("own", 7), ("all", 7), ("open", 4)])
def test_whatever_people_do_in_whatever_order_sealed_votes_stay_sealed_and_open_ones_stay(
    store, mode, seed
) -> None:
    lot = Random(seed)
    keep(store, ADA, draft("bo"), draft("dee"), panel=(*PANEL, "lea"), blindness=mode)
    before = debrief_of(store)
    for _ in range(40):
        with suppress(NotAllowedError):
            lot.choice(steps(store, lot))()
        now = debrief_of(store)
        what_is_open_stays(before, now)
        what_is_sealed_is_nobody_elses(store, now, mode)
        before = now


def what_is_open_stays(before: Debrief, now: Debrief) -> None:
    for opening in before.openings:
        assert now.opening(opening.turn) == opening
        assert [one for one in now.votes if one.turn == opening.turn] == [
            one for one in before.votes if one.turn == opening.turn
        ]
    assert now.decisions[: len(before.decisions)] == before.decisions
    assert broken_seals(now) == ()


def what_is_sealed_is_nobody_elses(store: Store, now: Debrief, mode: str) -> None:
    due = {status.interviewer_id for status in store.rounds.statuses("lea", "r1") if status.due}
    for viewer in EVERYBODY:
        shown = debrief_of(store, viewer)
        others = [one for one in shown.votes if one.person_id != viewer]
        assert all(now.opening(one.turn) for one in others)
        if viewer in due or (mode == "all" and due):
            assert (others, shown.openings, shown.decisions) == ([], (), ())
