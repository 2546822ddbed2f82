"""Who knows what of a debrief, and when."""

from typing import Any

import pytest

from scorecards.debriefing.agenda import agenda
from scorecards.debriefing.debrief import (
    departures_of,
    known_to,
)
from scorecards.debriefing.departure_words import departure_words
from scorecards.record.departures import OthersBefore, ScorecardsMissing
from scorecards.record.model import (
    Debrief,
    RoundRecord,
    Scorecard,
)
from scorecards.record.seals import broken_seals, is_partly_hidden, sealed

from ..debriefs import debrief, decision, vote
from ..small_round import card, draft, record

SENIOR = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}
NAMES = {"drift": "Drift in the wild", "security": "Safe by design"}
ADA, BO = card("ada", SENIOR), card("bo", SENIOR)
EMPTY = debrief()


def rated(drift: int, security: int) -> dict[str, int]:
    return {"DRF-01": drift, "DRF-02": drift, "SEC-01": security, "SEC-02": security}


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


def known(held: Debrief, viewer: str, whole: RoundRecord) -> Debrief:
    return known_to(held, whole.round, viewer, whole.statuses)


@pytest.mark.parametrize("mode", ["own", "all", "open"])
@pytest.mark.parametrize("viewer", ["ada", "bo", "cy", "lea"])
def test_a_sealed_vote_is_known_to_the_person_who_cast_it_and_to_nobody_else(mode, viewer) -> None:
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
def test_a_person_who_owes_a_scorecard_knows_neither_votes_nor_openings_nor_decisions(mode) -> None:
    whole = record(ADA, BO, draft("cy"), blindness=mode)
    assert known(WHOLE, "cy", whole) == EMPTY


@pytest.mark.parametrize("mode", ["own", "all", "open"])
def test_a_lead_who_owes_knows_as_little_as_anybody_who_owes(mode) -> None:
    assert known(WHOLE, "lea", record(ADA, BO, draft("lea"), blindness=mode)) == EMPTY


def test_a_person_who_meets_the_candidate_again_keeps_their_own_votes_alone() -> None:
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


def words(*cards: Scorecard, **told: Any) -> list[str]:
    return [point.words for point in agenda(record(*cards, **told), "zed", NAMES)]
