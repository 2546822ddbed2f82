"""The debrief's rules: who votes and who decides, who knows what when, what is talked about, what a seal holds."""

from typing import Any

import pytest

from question_bank import Target
from scorecards.debriefing.agenda import agenda
from scorecards.debriefing.debrief import (
    awaited,
    departures,
    departures_of,
    known_to,
    movement,
    speaking_order,
    steps,
    voters,
    why_not_decide,
    why_not_open,
    why_not_vote,
)
from scorecards.debriefing.departure_words import departure_words
from scorecards.record.departures import OthersBefore, ScorecardsMissing
from scorecards.record.model import (
    Amendment,
    Debrief,
    Decision,
    DecisionDraft,
    Dissent,
    Recommendation,
    RoundRecord,
    Scorecard,
    Turn,
    Verdict,
)
from scorecards.record.seals import broken_seals, evidence_digest, is_partly_hidden, sealed

from ..debriefs import BECAUSE, debrief, decision, drafted, vote, with_debrief
from ..small_bank import plan_of
from ..small_round import BEGAN, EQUAL, card, content, draft, record

SENIOR = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}
NAMES = {"drift": "Drift in the wild", "security": "Safe by design"}
BOTH_MUST = (Target(competency="drift", must_have=True), Target(competency="security", must_have=True))
ADA, BO = card("ada", SENIOR), card("bo", SENIOR)

SUBMIT_FIRST = ["Submit your own scorecard for this candidate first."]
STRANGER = ["You are neither the lead of this round, nor on its panel, nor an observer of it."]
LEAD_ONLY = ["Only the round's lead can do this."]
CLOSED = ["The round is closed: nothing in it changes until its lead opens it again."]
ONE_OUT = ["1 scorecard is still out for this candidate."]
NOT_MET = ["A vote rests on having met the candidate: you have no submitted scorecard here."]
FINAL = ["Your first vote is final: what others recorded can be read since."]
EMPTY = debrief()


def rated(drift: int, security: int) -> dict[str, int]:
    return {"DRF-01": drift, "DRF-02": drift, "SEC-01": security, "SEC-02": security}


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


def test_whoever_has_voted_is_awaited_no_more() -> None:
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
    "whoever has submitted": (Asked(), "ada", 1, []),
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
    "whoever votes again after the reading": (Asked(held=debrief(openings=(1,))), "ada", 2, []),
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


# Who knows what


WHOLE = debrief(
    vote("ada", "yes"),
    vote("bo", "no"),
    vote("ada", "yes", 2),
    vote("bo", "yes", 2),
    openings=(1,),
    decisions=(decision("more_evidence"),),
)
UNOPENED = debrief(vote("ada", "yes"), vote("bo", "no"))
OF_ADA = debrief(vote("ada", "yes"))


def known(held: Debrief, viewer: str, whole: RoundRecord) -> Debrief:
    return known_to(held, whole.round, viewer, whole.statuses)


@pytest.mark.parametrize("mode", ["own", "all", "open"])
@pytest.mark.parametrize("viewer", ["ada", "bo", "cy", "lea"])
def test_a_sealed_vote_is_known_to_whoever_cast_it_and_to_nobody_else(mode, viewer) -> None:
    shown = known(UNOPENED, viewer, record(ADA, BO, blindness=mode))
    assert {one.person_id for one in shown.votes} == {viewer} & {"ada", "bo"}


@pytest.mark.parametrize("mode", ["own", "all", "open"])
@pytest.mark.parametrize("viewer", ["ada", "cy", "lea"])
def test_opened_votes_are_known_to_all_and_the_next_turn_stays_sealed(mode, viewer) -> None:
    shown = known(WHOLE, viewer, record(ADA, BO, blindness=mode))
    assert {one.person_id for one in shown.votes if one.turn == 1} == {"ada", "bo"}
    assert {one.person_id for one in shown.votes if one.turn == 2} == {viewer} & {"ada"}
    assert (shown.openings, shown.decisions) == (WHOLE.openings, WHOLE.decisions)


@pytest.mark.parametrize("mode", ["own", "all", "open"])
def test_whoever_owes_a_scorecard_knows_neither_votes_nor_openings_nor_decisions(mode) -> None:
    whole = record(ADA, BO, draft("cy"), blindness=mode)
    assert known(WHOLE, "cy", whole) == EMPTY


@pytest.mark.parametrize("mode", ["own", "all", "open"])
def test_a_lead_who_owes_knows_as_little_as_anybody_who_owes(mode) -> None:
    assert known(WHOLE, "lea", record(ADA, BO, draft("lea"), blindness=mode)) == EMPTY


def test_whoever_meets_the_candidate_again_keeps_their_own_votes_alone() -> None:
    shown = known(WHOLE, "ada", record(ADA, BO, draft("ada", slot="second")))
    assert shown == debrief(vote("ada"), vote("ada", turn=2))


@pytest.mark.parametrize(("mode", "knows"), [("own", True), ("open", True), ("all", False)])
@pytest.mark.parametrize("viewer", ["ada", "lea"])
def test_a_scorecard_of_somebody_else_that_is_out_hides_the_debrief_only_where_all_are_waited_for(
    mode, knows, viewer
) -> None:
    shown = known(WHOLE, viewer, record(ADA, BO, draft("cy"), blindness=mode))
    assert bool(shown.decisions) is knows
    assert any(one.person_id == "bo" for one in shown.votes) is knows


def test_a_stranger_knows_nothing() -> None:
    assert known(WHOLE, "max", record(ADA, BO)) == EMPTY


@pytest.mark.parametrize(("viewer", "hidden"), [("bo", True), ("cy", False), ("lea", False)])
def test_what_of_a_decision_was_computed_is_hidden_from_those_who_may_not_compare(viewer, hidden) -> None:
    """Bo owes a scorecard on Yan; Lea recorded the decision."""
    against = (
        OthersBefore(kind="others_before"),
        ScorecardsMissing(kind="scorecards_missing", missing=1, expected=3),
    )
    held = debrief(decisions=(sealed(decision(departures=against), "zed", None),))
    whole = record(ADA, BO, draft("bo", candidate="yan"), candidates=("zed", "yan"))
    told = known_to(held, whole.round, viewer, whole.statuses).decisions[0]
    kinds = {one.kind for one in departures_of(told)}
    assert kinds == {"scorecards_missing", "hidden_while_owing" if hidden else "others_before"}
    assert is_partly_hidden(told) is hidden


def test_the_recorder_of_a_decision_reads_all_of_it_even_while_owing_a_scorecard() -> None:
    held = debrief(decisions=(decision(departures=(OthersBefore(kind="others_before"),)),))
    whole = record(ADA, BO, draft("lea", candidate="yan"), candidates=("zed", "yan"))
    assert known_to(held, whole.round, "lea", whole.statuses) == held
    assert known_to(held, whole.round, "bo", whole.statuses) == held


def test_an_observer_is_told_when_what_is_hidden_opens() -> None:
    held = debrief(decisions=(decision(departures=(OthersBefore(kind="others_before"),)),))
    whole = record(
        ADA,
        draft("bo", candidate="yan"),
        candidates=("zed", "yan"),
        observer_ids=("obs",),
        panel=("ada", "bo"),
    )
    (told,) = departures_of(known_to(held, whole.round, "obs", whole.statuses).decisions[0])
    assert departure_words(told).endswith("it opens once all are in.")


@pytest.mark.parametrize("sentence", [
    "Only 40 % of what counts was rated.",
    "The must-have Drift is below its floor.",
    "No place in the comparison: 1 interviewer, and 2 are needed.",
    "Somebody stands before this candidate in the comparison, with at least 9 chances in 10.",
    "Others stand before this candidate in the comparison, with at least 9 chances in 10.",
    "A sentence in other words: two are ranked higher.",
])  # fmt: skip
def test_a_computed_sentence_of_an_older_kit_is_hidden_by_its_kind(sentence) -> None:
    held = debrief(decisions=(decision(departs_from=(sentence,)),))
    whole = record(ADA, BO, draft("bo", candidate="yan"), candidates=("zed", "yan"))
    told = known_to(held, whole.round, "bo", whole.statuses).decisions[0]
    assert sentence not in repr(told)
    assert [one.kind for one in departures_of(told)] == ["hidden_while_owing"]


def test_what_is_partly_hidden_is_not_called_broken_and_the_next_seal_is_still_checked() -> None:
    against = (OthersBefore(kind="others_before"),)
    first = sealed(decision(departures=against), "zed", None)
    held = debrief(decisions=(first, sealed(decision("no_offer"), "zed", first)))
    whole = record(ADA, BO, draft("bo", candidate="yan"), candidates=("zed", "yan"))
    told = known_to(held, whole.round, "bo", whole.statuses)
    assert broken_seals(told) == ()
    forged = told.decisions[1].model_copy(update={"decided_by": "Max"})
    assert broken_seals(told.model_copy(update={"decisions": (told.decisions[0], forged)})) == (2,)


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


def test_whoever_voted_once_did_not_move() -> None:
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


# What to talk about


def talked(*cards: Scorecard, **told: Any) -> list[tuple[str, str | None]]:
    return [(point.kind, point.competency) for point in agenda(record(*cards, **told), "zed", NAMES)]


def words(*cards: Scorecard, **told: Any) -> list[str]:
    return [point.words for point in agenda(record(*cards, **told), "zed", NAMES)]


def test_where_all_agree_there_is_nothing_to_talk_about() -> None:
    assert talked(ADA, BO) == []


def test_a_must_have_is_talked_about_at_one_level_between_two_and_anything_else_at_two() -> None:
    assert talked(card("ada", rated(4, 3)), card("bo", rated(3, 4))) == [("spread", "drift")]
    assert talked(card("ada", rated(3, 4)), card("bo", rated(3, 2))) == [("spread", "security")]


def test_half_a_level_on_a_must_have_is_not_talked_about() -> None:
    """Ada 3 and 4, mean 3.5; Bo 3: half a level between them."""
    assert talked(card("ada", SENIOR | {"DRF-02": 4}), BO) == []


def test_must_haves_come_first_even_where_something_else_is_further_apart() -> None:
    """One level apart on the must-have, three on the other."""
    cards = (card("ada", rated(4, 4)), card("bo", rated(3, 1), choice="no_decision"))
    assert talked(*cards) == [("spread", "drift"), ("spread", "security")]


def test_of_must_haves_the_one_with_the_larger_spread_comes_first() -> None:
    cards = (card("ada", rated(4, 4)), card("bo", rated(3, 2), choice="no_decision"))
    assert talked(*cards, targets=BOTH_MUST) == [("spread", "security"), ("spread", "drift")]


def test_spread_comes_before_what_is_missing_and_that_before_contradictions() -> None:
    cards = (card("ada", rated(4, 3)), card("bo", rated(3, 3), choice="no"), draft("cy"))
    assert [kind for kind, _ in talked(*cards)] == ["spread", "missing", "contradiction", "contradiction"]


def test_a_spread_names_who_gave_what_the_lowest_first() -> None:
    assert words(card("ada", rated(4, 3)), card("bo", rated(2, 3)))[0] == (
        "Drift in the wild: Must-have. 2.0 between interviewers (Bo 2.0, Ada 4.0)."
    )


def test_in_a_round_of_evidence_only_a_spread_is_told_without_a_number() -> None:
    told = words(card("ada", rated(4, 3)), card("bo", rated(2, 3)), evidence_only=True)
    assert told == ["Drift in the wild: Must-have. levels differ between Ada, Bo."]


def test_scorecards_that_are_out_are_counted_and_their_authors_named() -> None:
    assert words(ADA, BO, draft("cy")) == ["1 of 3 scorecards still out: Cy."]


def test_a_dismissed_interview_is_not_missing() -> None:
    assert words(ADA, BO, draft("cy", slot="second"), dismissed=["zed-second"]) == []


@pytest.mark.parametrize("state", ["not_asked", "no_evidence", "skipped", None])
def test_a_state_is_no_level(state) -> None:
    levels = SENIOR | {"DRF-01": state, "DRF-02": state}
    assert words(card("ada", levels), card("bo", levels)) == [
        "Drift in the wild: a must-have without any level."
    ]


def test_what_nobody_rated_is_missing_though_it_is_no_must_have() -> None:
    plan = plan_of("DRF-01")
    assert words(card("ada", {"DRF-01": 3}), card("bo", {"DRF-01": 3}), plan=plan) == [
        "Safe by design: no level from anyone."
    ]


def test_a_must_have_that_one_alone_rated_is_missing_a_second_look() -> None:
    assert words(ADA, card("bo", SENIOR | {"DRF-01": "skipped", "DRF-02": "skipped"})) == [
        "Drift in the wild: a must-have that only one interviewer rated."
    ]


def test_levels_of_somebody_not_qualified_make_no_spread_and_no_second_look() -> None:
    told = words(ADA, card("bo", rated(1, 3), choice="yes"), not_qualified={"bo": ("drift",)})
    assert told == ["Drift in the wild: a must-have that only one interviewer rated."]


def test_a_must_have_that_only_somebody_not_qualified_rated_has_no_level() -> None:
    told = words(card("ada", {"SEC-01": 3}), BO, not_qualified={"bo": ("drift",)})
    assert told == ["Drift in the wild: a must-have without any level."]


def test_recommendations_both_ways_are_named_by_person() -> None:
    assert words(card("ada", rated(2, 3)), card("bo", rated(2, 3), choice="no"))[0] == (
        "Recommendations point both ways: Ada yes, Bo no."
    )


@pytest.mark.parametrize("choice", ["yes", "strong_yes", "no_decision"])
def test_recommendations_on_one_side_and_abstentions_are_no_contradiction(choice) -> None:
    assert talked(ADA, card("bo", SENIOR, choice=choice)) == []


def test_two_recommendations_of_one_person_may_point_both_ways() -> None:
    """Ada was in favour in the first interview and against in the second: both are named."""
    told = words(
        card("ada", rated(2, 3)),
        card("bo", rated(2, 3)),
        card("ada", rated(2, 3), slot="second", choice="no"),
    )
    assert told[0] == "Recommendations point both ways: Ada yes, Ada no, Bo yes."


def test_a_recommendation_that_levels_do_not_bear_out_stands_there_with_its_sentence() -> None:
    explained = content(SENIOR, "no", contradiction="Did not want the work.")
    against = card("ada", SENIOR).model_copy(update={"content": explained})
    told = words(against, card("bo", SENIOR, choice="no_decision"))
    assert told == [
        "Ada: The levels given are Senior or above on average, and the recommendation is against. "
        "Their explanation: Did not want the work."
    ]


def test_a_floor_that_is_not_met_is_told_by_the_competencys_name() -> None:
    """Both gave 2 on the must-have; its floor is 2.5."""
    low = [card(who, rated(2, 4), choice="no_decision") for who in ("ada", "bo")]
    assert words(*low) == ["Drift in the wild: the must-have's floor is not met."]


def test_in_a_round_of_evidence_only_no_floor_and_no_mean_is_told() -> None:
    low = [card(who, rated(1, 1)) for who in ("ada", "bo")]
    assert words(*low, evidence_only=True) == []


def test_drafts_and_withdrawn_scorecards_have_no_word_in_the_agenda() -> None:
    gone = card("bo", rated(1, 1), choice="strong_no", state="withdrawn")
    assert words(ADA, card("cy", SENIOR), gone) == []


# Deciding


def decided(
    viewer: str = "lea", told: DecisionDraft | None = None, *cards: Scorecard, **changes: Any
) -> list[str]:
    held = changes.pop("held", EMPTY)
    whole = with_debrief(record(*(cards or (ADA, BO)), **changes), held)
    return why_not_decide(whole, viewer, "zed", told or drafted())


MORE_IN_THE_WAY = ["Something in the record stands against this decision: say why it was decided so."]


def test_the_lead_decides_where_nothing_stands_against_it() -> None:
    assert decided() == []


@pytest.mark.parametrize(("viewer", "reasons"), [("ada", LEAD_ONLY), ("cy", LEAD_ONLY), ("max", LEAD_ONLY)])
def test_only_the_lead_decides(viewer, reasons) -> None:
    assert decided(viewer) == reasons


@pytest.mark.parametrize("mode", ["own", "all", "open"])
def test_a_lead_who_owes_a_scorecard_does_not_decide(mode) -> None:
    assert decided("lea", None, ADA, draft("lea"), blindness=mode) == SUBMIT_FIRST


def test_where_all_are_waited_for_nothing_is_decided_before() -> None:
    assert decided("lea", None, ADA, draft("bo"), blindness="all") == ONE_OUT


def test_nothing_is_decided_in_a_closed_round() -> None:
    assert decided(state="closed") == CLOSED


@pytest.mark.parametrize("only", [draft("ada"), card("ada", SENIOR, state="withdrawn")])
def test_without_any_submitted_scorecard_there_is_nothing_to_decide_on(only) -> None:
    told = drafted("no_offer", departure_reason="Nobody came.")
    assert decided("lea", told, only) == ["Nobody has submitted a scorecard: there is nothing to decide on."]


def test_a_reason_names_a_competency_of_the_round() -> None:
    foreign = BECAUSE[0].model_copy(update={"competency": "charm"})
    assert decided("lea", drafted(reasons=(*BECAUSE, foreign))) == ["'charm' is no competency of this round."]


def test_a_decision_has_a_reason() -> None:
    with pytest.raises(ValueError, match="reasons"):
        drafted(reasons=())


@pytest.mark.parametrize("name", ["", "  "])
def test_a_decision_names_who_answers_for_it(name) -> None:
    with pytest.raises(ValueError, match="decided_by"):
        drafted(decided_by=name)


def test_a_dissent_needs_no_name() -> None:
    assert Dissent(words="Too few numbers.").name == ""


def test_with_a_scorecard_missing_a_decision_says_why_it_does_not_wait() -> None:
    assert decided("lea", drafted("no_offer"), ADA, draft("bo")) == MORE_IN_THE_WAY
    assert decided("lea", drafted("no_offer", departure_reason="Bo is away."), ADA, draft("bo")) == []


def test_a_departure_that_the_lead_names_needs_a_reason_too() -> None:
    told = drafted(departs_from=("Others stand before this candidate.",))
    assert decided("lea", told) == MORE_IN_THE_WAY


def test_a_second_decision_says_why_the_first_was_opened_again() -> None:
    held = debrief(decisions=(decision(),))
    assert decided(held=held) == ["There is a decision already: say why it was opened again."]
    assert decided("lea", drafted(reopened_because="Bo came back."), held=held) == []


# Departing


def stands_against(outcome: str, *cards: Scorecard, held: Debrief = EMPTY, **told: Any) -> tuple[str, ...]:
    whole = with_debrief(record(*(cards or (ADA, BO)), **told), held)
    return tuple(departure_words(one, NAMES) for one in departures(whole, "zed", outcome))


@pytest.mark.parametrize("outcome", ["offer", "more_evidence", None])
def test_no_decision_departs_from_a_whole_record_without_votes(outcome) -> None:
    assert stands_against(outcome) == ()


@pytest.mark.parametrize("outcome", ["offer", "more_evidence"])
def test_every_decision_departs_from_a_missing_scorecard(outcome) -> None:
    assert stands_against(outcome, ADA, BO, draft("cy")) == ("1 of 3 scorecards missing.",)


SECURITY_ONLY = [card(who, {"SEC-01": 3, "SEC-02": 3}) for who in ("ada", "bo")]


def test_an_offer_departs_from_low_coverage_and_from_a_must_have_without_level() -> None:
    """One of two equal weights was rated: 50 %."""
    assert stands_against("offer", *SECURITY_ONLY) == (
        "Only 50 % of what counts was rated.",
        "No level on the must-have Drift in the wild.",
    )


def test_an_offer_departs_from_a_floor_that_is_not_met() -> None:
    assert stands_against("offer", card("ada", rated(2, 4)), card("bo", rated(2, 4))) == (
        "The must-have Drift in the wild is below its floor.",
    )


@pytest.mark.parametrize("outcome", ["more_evidence"])
def test_without_an_offer_gaps_and_floors_are_no_departure(outcome) -> None:
    assert stands_against(outcome, *SECURITY_ONLY) == ()


def test_in_a_round_of_evidence_only_nothing_computed_is_departed_from() -> None:
    low = [card(who, {"DRF-01": 1}) for who in ("ada", "bo")]
    assert stands_against("offer", *low, evidence_only=True) == ()
    assert stands_against("offer", *SECURITY_ONLY, evidence_only=True) == (
        "No level on the must-have Drift in the wild.",
    )


CY = card("cy", SENIOR)
VOTED: dict[str, tuple[str, list[Recommendation], tuple[str, ...]]] = {
    "an offer against the most": ("offer", ["no", "strong_no", "yes"], ("2 of 3 votes are against.",)),
    "an offer with the most": ("offer", ["no", "yes", "yes"], ()),
    "an offer where votes are even": ("offer", ["no", "yes", "no_decision"], ()),
    "an offer against the only one who does not abstain": (
        "offer", ["no", "no_decision", "no_decision"], ("1 of 1 votes is against.",)),
    "an offer where all abstain": ("offer", ["no_decision"] * 3, ()),
    "no offer against the most": ("no_offer", ["yes", "strong_yes", "no"], ("2 of 3 votes are in favour.",)),
    "no offer where votes are even": ("no_offer", ["yes", "no", "no_decision"], ()),
    "another interview against everybody": ("more_evidence", ["yes", "yes", "yes"], ()),
}  # fmt: skip


@pytest.mark.parametrize(("outcome", "choices", "expected"), VOTED.values(), ids=VOTED)
def test_a_decision_departs_from_what_most_voted(outcome, choices, expected) -> None:
    votes = [vote(who, choice) for who, choice in zip(("ada", "bo", "cy"), choices, strict=True)]
    held = debrief(*votes, openings=(1,))
    assert stands_against(outcome, ADA, BO, CY, held=held) == expected


def test_sealed_votes_are_departed_from_by_nobody() -> None:
    held = debrief(vote("ada", "no"), vote("bo", "no"))
    assert stands_against("offer", held=held) == ()


def test_the_second_vote_counts_once_it_is_open() -> None:
    first = [vote("ada", "no"), vote("bo", "no")]
    second = [vote("ada", "yes", 2), vote("bo", "yes", 2)]
    assert stands_against("offer", held=debrief(*first, *second, openings=(1,))) == (
        "2 of 2 votes are against.",
    )
    assert stands_against("offer", held=debrief(*first, *second, openings=(1, 2))) == ()


def test_the_vote_of_somebody_whose_scorecard_was_withdrawn_counts_no_more() -> None:
    gone = card("bo", SENIOR, state="withdrawn")
    held = debrief(vote("ada", "yes"), vote("bo", "no"), vote("cy", "no"), openings=(1,))
    assert stands_against("offer", ADA, gone, CY, held=held) == ()


# Seals


def chain(*outcomes: str) -> Debrief:
    """Zed's decisions with their seals, each over the one before."""
    decisions: tuple[Decision, ...] = ()
    for outcome in outcomes:
        before = decisions[-1] if decisions else None
        decisions = (*decisions, sealed(decision(outcome), "zed", before))
    return debrief(decisions=decisions)


def test_untouched_decisions_keep_their_seals() -> None:
    assert broken_seals(chain("offer", "more_evidence", "no_offer")) == ()


def test_a_seal_survives_being_written_down_and_read_again() -> None:
    held = chain("offer", "no_offer")
    assert broken_seals(Debrief.model_validate_json(held.model_dump_json())) == ()


class LaterDecision(Decision):
    """As a later kit may know it."""

    attended: tuple[str, ...] = ()


def test_a_seal_holds_in_a_kit_that_knows_of_more() -> None:
    held = chain("offer", "no_offer")
    later = tuple(LaterDecision(**one.model_dump()) for one in held.decisions)
    assert broken_seals(held.model_copy(update={"decisions": later})) == ()


CHANGES: dict[str, dict[str, Any]] = {
    "outcome": {"outcome": "no_offer"},
    "who decided": {"decided_by": "Max"},
    "who recorded it": {"recorded_by": "max"},
    "when": {"at": BEGAN},
    "reasons": {"reasons": (BECAUSE[0].model_copy(update={"words": "Other words."}),)},
    "a dissent added": {"dissent": (Dissent(words="No."),)},
    "what it departs from": {"departures": (OthersBefore(kind="others_before"),)},
    "what it departs from, in an older kit's sentences": {"departs_from": ("Less.",)},
    "why it departs": {"departure_reason": "Because."},
    "why it was opened again": {"reopened_because": "Because."},
    "the evidence": {"evidence_digest": "of other scorecards"},
    "the seal": {"seal": "0" * 64},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_decision_breaks_its_seal(change) -> None:
    held = chain("offer")
    changed = held.decisions[0].model_copy(update=change)
    assert broken_seals(debrief(decisions=(changed,))) == (1,)


def test_a_decision_that_was_removed_breaks_the_seal_of_the_next() -> None:
    first, _, third = chain("offer", "more_evidence", "no_offer").decisions
    assert broken_seals(debrief(decisions=(first, third))) == (2,)


def test_decisions_that_were_swapped_break_their_seals() -> None:
    first, second = chain("offer", "no_offer").decisions
    assert broken_seals(debrief(decisions=(second, first))) == (1, 2)


def test_a_decision_on_another_candidate_does_not_fit() -> None:
    held = chain("offer")
    assert broken_seals(held.model_copy(update={"candidate_id": "yan"})) == (1,)


# Evidence


def test_the_digest_of_the_evidence_is_the_same_whatever_the_order_of_scorecards() -> None:
    whole = record(ADA, BO)
    turned = whole.model_copy(update={"cards": whole.cards[::-1]})
    assert evidence_digest(whole, "zed") == evidence_digest(turned, "zed")


def test_the_digest_changes_with_an_amendment_that_changes_no_level() -> None:
    amendment = Amendment(
        author_id="bo", at=BEGAN, reason="Misheard.", after_seeing_others=True, before=BO.content
    )
    amended = BO.model_copy(update={"amendments": (amendment,)})
    assert evidence_digest(record(ADA, BO), "zed") != evidence_digest(record(ADA, amended), "zed")


CHANGED_EVIDENCE = {
    "a level": card("bo", SENIOR | {"DRF-01": 2}),
    "a recommendation": card("bo", SENIOR, choice="no"),
    "a sentence": BO.model_copy(
        update={"content": BO.content.model_copy(update={"verdict": Verdict(recommendation="yes", reason="So.")})}
    ),
    "a withdrawal": card("bo", SENIOR, state="withdrawn"),
}  # fmt: skip


@pytest.mark.parametrize("changed", CHANGED_EVIDENCE.values(), ids=CHANGED_EVIDENCE)
def test_the_digest_changes_with_whatever_a_scorecard_says(changed) -> None:
    assert evidence_digest(record(ADA, BO), "zed") != evidence_digest(record(ADA, changed), "zed")


def test_the_digest_rests_on_submitted_scorecards_of_this_candidate_alone() -> None:
    others = (draft("cy"), card("cy", SENIOR, candidate="yan"))
    more = record(ADA, BO, *others, candidates=("zed", "yan"), targets=EQUAL)
    assert evidence_digest(more, "zed") == evidence_digest(record(ADA, BO), "zed")


class LaterCard(Scorecard):
    """As a later kit may know it."""

    place: str = ""


def test_the_digest_stays_in_a_kit_that_knows_of_more() -> None:
    whole = record(ADA, BO)
    later = whole.model_copy(update={"cards": tuple(LaterCard(**one.model_dump()) for one in whole.cards)})
    assert evidence_digest(later, "zed") == evidence_digest(whole, "zed")
