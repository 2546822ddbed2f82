"""From ratings to scores. Expected numbers show their sum in a comment."""

from decimal import Decimal
from fractions import Fraction

import pytest

from question_bank import Target
from scorecards.record.model import Amendment, RoundRecord, Scorecard
from scorecards.record.score import (
    CandidateScore,
    candidate_score,
    card_mean,
    competency_score,
    one_decimal,
    percent,
    shown,
)

from ..small_round import BEGAN, card, content, draft, record


def weighed(drift: float, security: float, **drift_values) -> tuple[Target, Target]:
    return (
        Target(competency="drift", weight=drift, must_have=True, **drift_values),
        Target(competency="security", weight=security),
    )


def score(*cards: Scorecard, **values) -> CandidateScore:
    return candidate_score(record(*cards, **values), "zed")


def both(drift: int, security: int, **values) -> Scorecard:
    """A scorecard with one level on each competency."""
    return card("ada", {"DRF-01": drift, "SEC-01": security}, **values)


# One scorecard


def test_an_interviewers_score_is_the_mean_of_their_levels() -> None:
    found = score(card("ada", {"DRF-01": 4, "DRF-02": 3}))
    # (4 + 3) / 2
    assert found.competencies["drift"].mean == Fraction(7, 2)


def test_one_rating_is_a_score_of_its_own() -> None:
    found = score(card("ada", {"DRF-01": 3}))
    assert (found.overall, found.competencies["drift"].ratings) == (3, 1)


@pytest.mark.parametrize("state", ["not_asked", "no_evidence", "skipped", None])
def test_what_has_no_level_leaves_a_competencys_sum_and_count(state) -> None:
    found = score(card("ada", {"DRF-01": 4, "DRF-02": state}))
    # 4 / 1, not (4 + 0) / 2
    assert found.competencies["drift"].mean == 4


@pytest.mark.parametrize("state", ["not_asked", "no_evidence", "skipped", None])
def test_a_competency_without_a_level_leaves_both_sums(state) -> None:
    found = score(card("ada", {"DRF-01": 4, "SEC-01": state, "SEC-02": state}), targets=weighed(1, 3))
    # (1 · 4) / 1, not (1 · 4 + 3 · 0) / 4
    assert found.overall == 4
    assert "security" not in found.competencies


def test_nothing_rated_is_no_score_and_printed_as_a_dash() -> None:
    found = score(card("ada", {"DRF-01": "not_asked"}))
    assert found.overall is None
    assert shown(found.overall) == "–"
    assert found.incomplete


def test_a_round_that_weighs_nothing_has_no_score_and_no_coverage() -> None:
    found = score(both(4, 4), targets=weighed(0, 0))
    assert (found.overall, found.coverage, percent(found.coverage)) == (None, None, "–")
    assert found.incomplete


def test_a_rating_on_a_question_outside_the_plan_counts_nowhere() -> None:
    assert score(card("ada", {"DRF-01": 3, "OPS-01": 1})).competencies.keys() == {"drift"}


# Weights


def test_a_candidates_score_is_the_weighed_mean() -> None:
    # (3 · 4 + 1 · 2) / 4 = 14 / 4
    assert score(both(4, 2), targets=weighed(3, 1)).overall == Fraction(7, 2)


def test_weight_nought_counts_as_nought_and_not_as_one() -> None:
    # (1 · 4 + 0 · 1) / 1
    assert score(both(4, 1), targets=weighed(1, 0)).overall == 4


def test_weights_need_not_sum_to_a_hundred() -> None:
    # (30 · 4 + 10 · 2) / 40 = (3 · 4 + 1 · 2) / 4
    assert (
        score(both(4, 2), targets=weighed(30, 10)).overall == score(both(4, 2), targets=weighed(3, 1)).overall
    )


def test_a_competency_outside_the_rounds_weights_stays_out_of_the_score() -> None:
    found = score(both(4, 1), targets=(Target(competency="drift"),))
    assert (found.overall, found.coverage) == (4, 1)


# Rounding


def test_an_exact_half_rounds_up() -> None:
    found = score(card("ada", {"DRF-01": 2, "SEC-01": 2, "SEC-02": 3}))
    # (2 + (2 + 3) / 2) / 2 = 4.5 / 2
    assert found.overall == Fraction(9, 4)
    assert shown(found.overall) == "2.3"


def test_a_half_that_binary_numbers_miss_rounds_up_too() -> None:
    found = score(both(2, 3), targets=weighed(0.85, 0.15))
    # 0.85 · 2 + 0.15 · 3 = 1.70 + 0.45 = 2.15; the nearest binary number is below it
    assert found.overall == Fraction(215, 100)
    assert shown(found.overall) == "2.2"


def test_just_below_a_half_rounds_down() -> None:
    assert one_decimal(Fraction(22499999, 10000000)) == Decimal("2.2")


def test_percent_rounds_half_up() -> None:
    # 1 / 8 = 12.5 %
    assert percent(Fraction(1, 8)) == "13 %"


# Panel


def test_a_panels_score_is_the_mean_of_interviewers_not_of_ratings() -> None:
    found = score(
        card("ada", {"DRF-01": 4}, slot="first"),
        card("ada", {"DRF-01": 4, "DRF-02": 4}, slot="second"),
        card("bo", {"DRF-01": 1}, slot="second"),
    )
    # ((4 + 4 + 4) / 3 + 1) / 2 = 5 / 2, not (4 + 4 + 4 + 1) / 4
    assert found.competencies["drift"].mean == Fraction(5, 2)
    assert (found.competencies["drift"].interviewers, found.competencies["drift"].ratings) == (2, 4)


def test_median_and_spread_stand_beside_the_mean() -> None:
    found = competency_score("drift", {"ada": [1], "bo": [2], "cy": [4]})
    # mean (1 + 2 + 4) / 3; median of 1, 2, 4; spread 4 - 1
    assert (found.mean, found.median, found.spread) == (Fraction(7, 3), 2, 3)


def test_the_median_of_an_even_panel_lies_between_the_two_in_the_middle() -> None:
    # (2 + 3) / 2
    assert competency_score("drift", {"a": [1], "b": [2], "c": [3], "d": [4]}).median == Fraction(5, 2)


@pytest.mark.parametrize(("levels", "disputed"), [((1, 3), True), ((2, 3), False), ((3, 3), False)])
def test_two_levels_apart_is_a_dispute(levels, disputed) -> None:
    assert competency_score("drift", {"ada": [levels[0]], "bo": [levels[1]]}).disputed is disputed


def test_an_interviewer_without_a_level_is_no_part_of_the_panel() -> None:
    assert competency_score("drift", {"ada": [3], "bo": []}).interviewers == 1


# Which scorecards count


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_only_submitted_scorecards_count(state) -> None:
    found = score(card("ada", {"DRF-01": 4}), card("bo", {"DRF-01": 1}, state=state))
    assert found.competencies["drift"].mean == 4
    assert found.submitted == 1


def test_an_amended_scorecard_counts_with_its_latest_levels() -> None:
    before = content({"DRF-01": 1})
    amendment = Amendment(
        author_id="ada", at=BEGAN, reason="Misheard.", after_seeing_others=False, before=before
    )
    amended = card("ada", {"DRF-01": 4}, amendments=(amendment,))
    assert score(amended).competencies["drift"].mean == 4


def test_scorecards_of_another_candidate_do_not_count() -> None:
    found = score(both(4, 4), both(1, 1, candidate="yan"), candidates=("zed", "yan"))
    assert found.overall == 4


def test_the_expected_scorecards_are_those_submitted_and_those_still_owed() -> None:
    found = score(
        card("ada", {"DRF-01": 3}),
        draft("bo"),
        card("cy", {"DRF-01": 3}, state="withdrawn"),
        draft("ada", slot="second"),
        dismissed=["zed-second"],
    )
    # ada submitted, bo owes; cy withdrawn and ada's second dismissed are not expected
    assert (found.submitted, found.expected) == (1, 2)


# Complete or not


def test_eighty_per_cent_coverage_is_enough() -> None:
    found = score(card("ada", {"DRF-01": 3}), targets=weighed(4, 1))
    # 4 / (4 + 1)
    assert found.coverage == Fraction(8, 10)
    assert not found.incomplete


def test_just_below_eighty_per_cent_is_incomplete() -> None:
    found = score(card("ada", {"DRF-01": 3}), targets=weighed(3.99, 1))
    # 3.99 / 4.99 = 0.7996
    assert found.coverage == Fraction(399, 499)
    assert found.incomplete


def test_a_must_have_without_a_score_is_incomplete_at_any_coverage() -> None:
    found = score(card("ada", {"SEC-01": 4}), targets=weighed(1, 9))
    # 9 / 10
    assert found.coverage == Fraction(9, 10)
    assert (found.incomplete, found.unscored_musts) == (True, ("drift",))


def test_an_incomplete_candidate_still_shows_a_score() -> None:
    assert score(card("ada", {"SEC-01": 4}), targets=weighed(1, 1)).overall == 4


def test_a_floor_that_is_not_met_is_named_and_alters_nothing() -> None:
    found = score(both(2, 4), targets=weighed(1, 1))
    # 2 < 2.5; (2 + 4) / 2
    assert found.floors_not_met == ("drift",)
    assert (found.overall, found.incomplete) == (3, False)


def test_a_floor_is_met_where_the_panel_reaches_it_exactly() -> None:
    found = score(card("ada", {"DRF-01": 2}), card("bo", {"DRF-01": 3}), targets=weighed(1, 1, floor=2.5))
    # (2 + 3) / 2 = 2.5
    assert found.floors_not_met == ()


def test_only_must_haves_have_a_floor() -> None:
    assert score(both(4, 1)).floors_not_met == ()


# The mean of one scorecard


def test_a_scorecards_mean_weighs_as_the_round_does() -> None:
    one = both(4, 2)
    # (3 · 4 + 1 · 2) / 4
    assert card_mean(record(one, targets=weighed(3, 1)), one) == Fraction(7, 2)


def test_a_draft_has_a_mean_too() -> None:
    one = draft("ada", {"DRF-01": 2})
    assert card_mean(record(one), one) == 2


@pytest.mark.parametrize("targets", [weighed(0, 1), (Target(competency="security"),)])
def test_a_scorecard_without_a_weighed_level_has_no_mean(targets) -> None:
    one = card("ada", {"DRF-01": 4})
    assert card_mean(record(one, targets=targets), one) is None


def test_a_record_with_the_cards_of_nobody_has_no_score() -> None:
    empty: RoundRecord = record()
    found = candidate_score(empty, "zed")
    assert (found.overall, found.coverage, found.expected) == (None, 0, 0)
