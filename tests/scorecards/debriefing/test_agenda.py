"""What a debrief talks about, and in which order."""

from typing import Any

import pytest

from question_bank import Target
from scorecards.debriefing.agenda import agenda
from scorecards.record.model import (
    Scorecard,
)

from ..small_bank import plan_of
from ..small_round import card, content, draft, record

SENIOR = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}
NAMES = {"drift": "Drift in the wild", "security": "Safe by design"}
BOTH_MUST = (Target(competency="drift", must_have=True), Target(competency="security", must_have=True))
ADA, BO = card("ada", SENIOR), card("bo", SENIOR)


def rated(drift: int, security: int) -> dict[str, int]:
    return {"DRF-01": drift, "DRF-02": drift, "SEC-01": security, "SEC-02": security}


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
