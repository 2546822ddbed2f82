"""The votes of a debrief: who casts one, who opens them, who speaks when, and who moved."""

from typing import Any

import pytest

from scorecards.debriefing.debrief import (
    awaited,
    movement,
    speaking_order,
    steps,
    voters,
    why_not_open,
    why_not_vote,
)
from scorecards.record.model import (
    Debrief,
    Recommendation,
    Scorecard,
    Turn,
)

from ..debriefs import debrief, decision, vote
from ..small_round import card, draft, record

SENIOR = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}
ADA, BO = card("ada", SENIOR), card("bo", SENIOR)
SUBMIT_FIRST = ["Submit your own scorecard for this candidate first."]
STRANGER = ["You are neither the lead of this round, nor on its panel, nor an observer of it."]
LEAD_ONLY = ["Only the round's lead can do this."]
CLOSED = ["The round is closed: nothing in it changes until its lead opens it again."]
ONE_OUT = ["1 scorecard is still out for this candidate."]
NOT_MET = ["A vote rests on having met the candidate: you have no submitted scorecard here."]
FINAL = ["Your first vote is final: what others recorded can be read since."]
EMPTY = debrief()


# Who takes part


def test_voters_are_those_who_have_submitted() -> None:
    whole = record(card("bo", SENIOR), ADA, draft("cy"))
    assert voters(whole.statuses) == ("ada", "bo")


def test_somebody_who_met_the_candidate_twice_votes_once() -> None:
    whole = record(ADA, card("ada", SENIOR, slot="second"))
    assert voters(whole.statuses) == ("ada",)


def test_somebody_whose_scorecard_is_withdrawn_has_no_vote() -> None:
    whole = record(ADA, card("bo", SENIOR, state="withdrawn"))
    assert voters(whole.statuses) == ("ada",)


def test_votes_are_awaited_of_voters_and_of_those_who_owe_a_scorecard() -> None:
    whole = record(ADA, BO, draft("cy"))
    assert awaited(EMPTY, whole.statuses, 1) == ("ada", "bo", "cy")


def test_a_person_who_has_voted_is_awaited_no_more() -> None:
    whole = record(ADA, BO, draft("cy"))
    assert awaited(debrief(vote("ada")), whole.statuses, 1) == ("bo", "cy")


def test_a_first_vote_is_no_second_one() -> None:
    whole = record(ADA, BO)
    held = debrief(vote("ada"), vote("bo"), vote("bo", turn=2), openings=(1,))
    assert awaited(held, whole.statuses, 2) == ("ada",)


def test_an_abstention_is_a_vote() -> None:
    assert awaited(debrief(vote("ada", "no_decision")), record(ADA).statuses, 1) == ()


def test_nobody_waits_for_a_dismissed_interview() -> None:
    whole = record(ADA, draft("bo", slot="second"), dismissed=["zed-second"])
    assert awaited(EMPTY, whole.statuses, 1) == ("ada",)


# Voting


class Asked:
    """Ada's and Bo's scorecards are in, Cy's is out; the lead does not interview. What is told changes it."""

    def __init__(self, *cards: Scorecard, held: Debrief = EMPTY, **told: Any):
        self.whole = record(*(cards or (ADA, BO, draft("cy"))), **told)
        self.held = held


VOTING: dict[str, tuple[Asked, str, Turn, list[str]]] = {
    "a person who has submitted": (Asked(), "ada", 1, []),
    "changing a sealed vote before anyone else has submitted": (
        Asked(ADA, draft("bo"), held=debrief(vote("ada"))), "ada", 1, []),
    "changing a first vote after others could be read": (
        Asked(held=debrief(vote("ada"))), "ada", 1, FINAL),
    "changing a first vote after a decision": (
        Asked(ADA, draft("bo"), held=debrief(vote("ada"), decisions=(decision(),))), "ada", 1, FINAL),
    "changing a first vote after others could be read, of a scorecard since withdrawn": (
        Asked(ADA, card("bo", SENIOR, state="withdrawn"), held=debrief(vote("ada"))), "ada", 1, FINAL),
    "changing a sealed second vote": (
        Asked(held=debrief(vote("ada", turn=2), openings=(1,))), "ada", 2, []),
    "a person who votes again after the reading": (Asked(held=debrief(openings=(1,))), "ada", 2, []),
    "a lead who interviewed": (Asked(card("lea", SENIOR)), "lea", 1, []),
    "somebody who owes a scorecard": (Asked(), "cy", 1, SUBMIT_FIRST),
    "somebody who owes a second scorecard": (
        Asked(ADA, draft("ada", slot="second")),
        "ada",
        1,
        SUBMIT_FIRST,
    ),
    "somebody who owes, where nothing is blind": (Asked(blindness="open"), "cy", 1, SUBMIT_FIRST),
    "somebody who submitted, where all are waited for": (Asked(blindness="all"), "ada", 1, ONE_OUT),
    "a lead who did not interview": (Asked(), "lea", 1, NOT_MET),
    "a panel member who did not interview": (Asked(ADA, BO), "cy", 1, NOT_MET),
    "somebody whose scorecard is withdrawn": (Asked(card("ada", SENIOR, state="withdrawn")), "ada", 1, NOT_MET),
    "a stranger": (Asked(), "max", 1, STRANGER),
    "a visitor of a demo round": (Asked(demo=True), "max", 1, NOT_MET),
    "anybody in a closed round": (Asked(state="closed"), "ada", 1, CLOSED),
    "somebody late for the first vote": (
        Asked(held=debrief(openings=(1,))),
        "ada",
        1,
        ["The votes of the first vote are open: no more are taken."],
    ),
    "somebody late for the second vote": (
        Asked(held=debrief(openings=(1, 2))),
        "ada",
        2,
        ["The votes of the second vote are open: no more are taken."],
    ),
    "somebody early for the second vote": (
        Asked(held=debrief(vote("ada"))),
        "ada",
        2,
        ["The second vote comes after the first was opened and the scorecards were read."],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("asked", "viewer", "turn", "reasons"), VOTING.values(), ids=VOTING)
def test_who_votes_and_why_others_do_not(asked, viewer, turn, reasons) -> None:
    assert why_not_vote(asked.whole.round, viewer, asked.held, asked.whole.statuses, turn) == reasons


# Opening


CAST = debrief(vote("ada"))
OPENING: dict[str, tuple[Asked, str, str, list[str]]] = {
    "the lead with a reason": (Asked(held=CAST), "lea", "Cy is away.", []),
    "the lead where nobody is out any more": (
        Asked(ADA, card("bo", SENIOR, state="withdrawn"), held=CAST),
        "lea",
        "",
        [],
    ),
    "the lead without a reason": (
        Asked(held=CAST),
        "lea",
        "",
        ["2 of the votes are still out: say why you do not wait."],
    ),
    "the lead with a reason of blanks": (
        Asked(ADA, BO, held=CAST),
        "lea",
        " \n ",
        ["1 of the votes is still out: say why you do not wait."],
    ),
    "an interviewer": (Asked(held=CAST), "ada", "Now.", LEAD_ONLY),
    "a stranger": (Asked(held=CAST), "max", "Now.", LEAD_ONLY),
    "a lead who owes a scorecard": (Asked(ADA, draft("lea"), held=CAST), "lea", "Now.", SUBMIT_FIRST),
    "a lead who owes, where nothing is blind": (
        Asked(ADA, draft("lea"), held=CAST, blindness="open"),
        "lea",
        "Now.",
        SUBMIT_FIRST,
    ),
    "the lead where all are waited for": (Asked(held=CAST, blindness="all"), "lea", "Now.", ONE_OUT),
    "the lead of a closed round": (Asked(held=CAST, state="closed"), "lea", "Now.", CLOSED),
    "the lead a second time": (
        Asked(held=debrief(vote("ada"), openings=(1,))),
        "lea",
        "Now.",
        ["The first vote is open already."],
    ),
    "the lead before anybody voted": (Asked(), "lea", "Now.", ["Nobody has cast a first vote yet."]),
}


@pytest.mark.parametrize(("asked", "viewer", "reason", "reasons"), OPENING.values(), ids=OPENING)
def test_who_opens_votes_early_and_why_others_do_not(asked, viewer, reason, reasons) -> None:
    assert why_not_open(asked.whole.round, viewer, asked.held, asked.whole.statuses, 1, reason) == reasons


def test_the_first_votes_do_not_open_the_second() -> None:
    whole = record(ADA, BO)
    held = debrief(vote("ada"), openings=(1,))
    assert why_not_open(whole.round, "lea", held, whole.statuses, 2, "Now.") == [
        "Nobody has cast a second vote yet."
    ]


# Speaking


@pytest.mark.parametrize("who", [("ada", "bo", "cy"), ("ada", "lea", "bo"), ("lea",), ()])
def test_everybody_speaks_once_and_the_lead_last(who) -> None:
    order = speaking_order(who, "lea")
    assert sorted(order) == sorted({*who, "lea"})
    assert order[-1] == "lea"


def test_the_order_of_speaking_is_drawn_by_lot() -> None:
    """Of 100 draws among four, all would start with the same one once in 4^99."""
    assert len({speaking_order(("ada", "bo", "cy", "dee"), "lea")[0] for _ in range(100)}) > 1


# Moving


MOVES: dict[str, tuple[list[tuple[str, Recommendation, Recommendation]], tuple[str, ...], tuple[str, ...]]] = {
    "nobody": ([("ada", "no", "no"), ("lea", "yes", "yes")], (), ()),
    "towards the lead": ([("ada", "no", "yes"), ("lea", "yes", "yes")], ("ada",), ("ada",)),
    "a step towards the lead": (
        [("ada", "strong_no", "no"), ("lea", "strong_yes", "strong_yes")], ("ada",), ("ada",)),
    # Strong no is -2, strong yes 2, yes 1: from three steps away to one
    "past the lead and nearer": (
        [("ada", "strong_no", "strong_yes"), ("lea", "yes", "yes")], ("ada",), ("ada",)),
    "away from the lead": ([("ada", "yes", "no"), ("lea", "yes", "yes")], ("ada",), ()),
    # From one step on one side of no to two on the other
    "past the lead and farther": ([("ada", "strong_no", "yes"), ("lea", "no", "no")], ("ada",), ()),
    "the lead alone": ([("ada", "no", "no"), ("lea", "yes", "no")], ("lea",), ()),
    "to where the lead was first": (
        [("ada", "no", "yes"), ("lea", "yes", "no")], ("ada", "lea"), ("ada",)),
    "into an abstention": ([("ada", "no", "no_decision"), ("lea", "yes", "yes")], (), ()),
    "out of an abstention": ([("ada", "no_decision", "yes"), ("lea", "yes", "yes")], (), ()),
    "beside a lead who abstained": ([("ada", "no", "yes"), ("lea", "no_decision", "yes")], ("ada",), ()),
    "beside a lead who does not vote": ([("ada", "no", "yes"), ("bo", "yes", "yes")], ("ada",), ()),
}  # fmt: skip


@pytest.mark.parametrize(("votes", "moved", "towards"), MOVES.values(), ids=MOVES)
def test_who_moved_between_the_votes_and_who_towards_the_lead(votes, moved, towards) -> None:
    cast = [each for who, first, second in votes for each in (vote(who, first), vote(who, second, 2))]
    assert movement(debrief(*cast, openings=(1, 2)), "lea") == (moved, towards)


def test_a_person_who_voted_once_did_not_move() -> None:
    held = debrief(vote("ada", "no"), vote("bo", "yes", 2), vote("lea"), openings=(1, 2))
    assert movement(held, "lea") == ((), ())


@pytest.mark.parametrize("openings", [(), (1,), (2,)])
def test_nobody_is_said_to_have_moved_before_both_votes_are_open(openings) -> None:
    held = debrief(vote("ada", "no"), vote("ada", "yes", 2), vote("lea"), openings=openings)
    assert movement(held, "lea") is None


# Steps: all of them in every state of the record


FIRST, SECOND = vote("ada"), vote("ada", turn=2)
STATES: dict[str, tuple[Debrief, str]] = {
    "nothing happened": (EMPTY, "now ahead ahead ahead"),
    "first votes sealed": (debrief(FIRST), "now ahead ahead ahead"),
    "first votes open": (debrief(FIRST, openings=(1,)), "done now ahead ahead"),
    "a second vote sealed": (debrief(FIRST, SECOND, openings=(1,)), "done passed now ahead"),
    "both open": (debrief(FIRST, SECOND, openings=(1, 2)), "done passed done now"),
    "decided after both": (
        debrief(FIRST, SECOND, openings=(1, 2), decisions=(decision(),)), "done passed done done"),
    "decided without a vote": (debrief(decisions=(decision(),)), "passed passed passed done"),
    "decided while the first is sealed": (
        debrief(FIRST, decisions=(decision(),)), "passed passed passed done"),
    "decided after the first": (
        debrief(FIRST, openings=(1,), decisions=(decision(),)), "done passed passed done"),
    "decided while the second is sealed": (
        debrief(FIRST, SECOND, openings=(1,), decisions=(decision(),)), "done passed passed done"),
}  # fmt: skip


@pytest.mark.parametrize(("held", "states"), STATES.values(), ids=STATES)
def test_a_step_is_done_only_where_the_record_shows_that_it_happened(held, states) -> None:
    named = ("first_vote", "reading", "second_vote", "decision")
    assert steps(held) == dict(zip(named, states.split(), strict=True))
