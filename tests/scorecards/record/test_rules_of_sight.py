"""Who may see and compare what: the blindness of a round, rule by rule."""

import pytest

from scorecards.record.model import RoundRecord
from scorecards.record.rules import why_not_compare, why_not_enter, why_not_lead, why_not_see

from ..small_round import card, draft, record

LEVELS = {"DRF-01": 3}
ADA = card("ada", LEVELS)
SUBMIT_FIRST = ["Submit your own scorecard for this candidate first."]
NOT_YET = ["It is not submitted yet."]
STRANGER = ["You are neither the lead of this round, nor on its panel, nor an observer of it."]


def why_blind(viewer: str, whole: RoundRecord, card_id: str = "zed-first-ada") -> list[str]:
    """Why the viewer may not see Ada's scorecard for Zed."""
    status = next(status for status in whole.statuses if status.card_id == card_id)
    return why_not_see(whole.round, viewer, status, whole.statuses)


# Every mode


@pytest.mark.parametrize("mode", ["own", "all", "open"])
def test_authors_see_their_own_draft(mode) -> None:
    assert why_blind("ada", record(draft("ada"), blindness=mode)) == []


@pytest.mark.parametrize("mode", ["own", "all", "open"])
@pytest.mark.parametrize("viewer", ["bo", "lea"])
def test_nobody_else_sees_a_draft(mode, viewer) -> None:
    assert why_blind(viewer, record(draft("ada"), blindness=mode)) == NOT_YET


@pytest.mark.parametrize("mode", ["own", "all", "open"])
def test_a_stranger_sees_nothing(mode) -> None:
    assert why_blind("max", record(ADA, blindness=mode)) == STRANGER


# Until one's own is submitted


def test_an_interviewer_is_blind_until_their_own_is_submitted() -> None:
    assert why_blind("bo", record(ADA, draft("bo"))) == SUBMIT_FIRST


def test_an_interviewer_sees_after_submitting() -> None:
    assert why_blind("bo", record(ADA, card("bo", LEVELS))) == []


def test_a_lead_who_interviews_is_blind_like_everyone() -> None:
    assert why_blind("lea", record(ADA, draft("lea"))) == SUBMIT_FIRST


def test_a_lead_who_does_not_interview_sees() -> None:
    assert why_blind("lea", record(ADA, draft("bo"))) == []


def test_a_panel_member_without_a_scorecard_sees() -> None:
    assert why_blind("cy", record(ADA, draft("bo"))) == []


def test_an_own_draft_in_another_interview_of_the_candidate_blinds_too() -> None:
    whole = record(ADA, card("bo", LEVELS), draft("bo", slot="second"))
    assert why_blind("bo", whole) == SUBMIT_FIRST


def test_an_own_draft_for_another_candidate_does_not_blind() -> None:
    whole = record(ADA, draft("bo", candidate="yan"), candidates=("zed", "yan"))
    assert why_blind("bo", whole) == []


def test_an_author_who_owes_another_scorecard_still_sees_their_own() -> None:
    assert why_blind("ada", record(ADA, draft("ada", slot="second"))) == []


def test_a_dismissed_interview_is_not_due_and_blinds_nobody() -> None:
    whole = record(ADA, draft("bo", slot="second"), dismissed=["zed-second"])
    assert why_blind("bo", whole) == []


def test_a_withdrawn_scorecard_of_ones_own_blinds_no_longer() -> None:
    assert why_blind("bo", record(ADA, card("bo", LEVELS, state="withdrawn"))) == []


# Until all are submitted


@pytest.mark.parametrize("viewer", ["lea", "cy", "bo"])
def test_with_all_nobody_sees_while_one_is_out(viewer) -> None:
    panel = ("ada", "bo", "cy", "dee")
    whole = record(ADA, card("bo", LEVELS), draft("dee", slot="second"), panel=panel, blindness="all")
    assert len(why_blind(viewer, whole)) == 1
    assert "still out" in why_blind(viewer, whole)[0]


@pytest.mark.parametrize("viewer", ["lea", "cy", "bo"])
def test_with_all_everybody_sees_once_all_are_in(viewer) -> None:
    assert why_blind(viewer, record(ADA, card("bo", LEVELS), blindness="all")) == []


def test_with_all_a_dismissed_interview_is_not_waited_for() -> None:
    whole = record(ADA, draft("bo", slot="second"), dismissed=["zed-second"], blindness="all")
    assert why_blind("lea", whole) == []


def test_with_all_another_candidates_scorecards_are_not_waited_for() -> None:
    whole = record(ADA, draft("bo", candidate="yan"), candidates=("zed", "yan"), blindness="all")
    assert why_blind("lea", whole) == []


# Open


@pytest.mark.parametrize("viewer", ["bo", "lea", "cy"])
def test_an_open_round_shows_what_is_submitted_to_those_who_owe(viewer) -> None:
    assert why_blind(viewer, record(ADA, draft("bo"), draft("lea"), blindness="open")) == []


# Comparing


@pytest.mark.parametrize("mode", ["own", "all"])
def test_a_person_who_owes_a_scorecard_in_the_round_does_not_compare(mode) -> None:
    whole = record(ADA, draft("bo", candidate="yan"), candidates=("zed", "yan"), blindness=mode)
    assert why_not_compare(whole.round, "bo", whole.statuses) == [
        "You still owe 1 scorecard in this round. Submit first, then compare."
    ]


def test_the_owed_scorecards_are_counted() -> None:
    whole = record(draft("bo"), draft("bo", slot="second"))
    assert why_not_compare(whole.round, "bo", whole.statuses) == [
        "You still owe 2 scorecards in this round. Submit first, then compare."
    ]


def test_a_lead_who_owes_does_not_compare() -> None:
    whole = record(ADA, draft("lea"))
    assert why_not_compare(whole.round, "lea", whole.statuses) != []


@pytest.mark.parametrize("viewer", ["ada", "lea", "cy"])
def test_a_person_who_owes_nothing_compares(viewer) -> None:
    whole = record(ADA, draft("bo"))
    assert why_not_compare(whole.round, viewer, whole.statuses) == []


def test_a_dismissed_interview_does_not_keep_from_comparing() -> None:
    whole = record(ADA, draft("bo", slot="second"), dismissed=["zed-second"])
    assert why_not_compare(whole.round, "bo", whole.statuses) == []


def test_in_an_open_round_those_who_owe_compare() -> None:
    whole = record(ADA, draft("bo"), blindness="open")
    assert why_not_compare(whole.round, "bo", whole.statuses) == []


def test_a_stranger_never_compares() -> None:
    whole = record(ADA, blindness="open")
    assert why_not_compare(whole.round, "max", whole.statuses) == STRANGER


# Entering and leading


@pytest.mark.parametrize(("viewer", "enters"), [("lea", True), ("ada", True), ("max", False)])
def test_lead_and_panel_enter_a_round(viewer, enters) -> None:
    assert why_not_enter(record().round, viewer) == ([] if enters else STRANGER)


def test_anybody_enters_and_leads_a_demo_round() -> None:
    demo = record(demo=True).round
    assert why_not_enter(demo, "max") == []
    assert why_not_lead(demo, "max") == []


@pytest.mark.parametrize(("viewer", "leads"), [("lea", True), ("ada", False), ("max", False)])
def test_only_the_lead_leads(viewer, leads) -> None:
    assert why_not_lead(record().round, viewer) == ([] if leads else ["Only the round's lead can do this."])
