"""What is said of questions and interviewers, and how many ratings it takes."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from scorecards.comparison import Row, table
from scorecards.comparison.diagnostics import (
    correlation,
    held_at,
    interviewers,
    questions,
    unexpected,
    without,
)
from scorecards.comparison.model import fit
from scorecards.comparison.ratings import ratings_of, scorecards

from ..small_round import BEGAN, card, record
from .rounds import rows_of, simulated


def changed(ratings, change):
    """The ratings with each one replaced by `change(row)`."""
    return table(row._replace(rating=change(row)) for row in rows_of(ratings))


def checked(ratings, **values) -> dict:
    found = interviewers(ratings, scorecards(ratings), fit(ratings), **values)
    return {one.interviewer: one for one in found}


FULL = simulated(20, 8, 5, competencies=5, asked=5, seed=6)


def test_a_question_that_goes_with_all_the_others_separates() -> None:
    found = {one.question: one for one in questions(FULL, fit(FULL))}
    assert found["k0"].verdict == "separates"
    assert found["k0"].discrimination[1] > 0


def test_a_question_that_goes_against_all_the_others_misleads() -> None:
    turned = changed(FULL, lambda row: 6 - row.rating if row.competency == "k0" else row.rating)
    assert {one.question: one for one in questions(turned, fit(turned))}["k0"].verdict == "misleads"


def test_nothing_is_said_for_or_against_while_the_interval_spans_zero() -> None:
    random = np.random.default_rng(3)
    mixed = changed(FULL, lambda row: float(random.integers(1, 6)) if row.competency == "k0" else row.rating)
    found = {one.question: one for one in questions(mixed, fit(mixed))}["k0"]
    assert found.discrimination[1] < 0 < found.discrimination[2]
    assert found.verdict == "open"


def test_a_question_that_everybody_answers_alike_says_so() -> None:
    flat = changed(FULL, lambda row: 3.0 if row.competency == "k0" else row.rating)
    found = {one.question: one for one in questions(flat, fit(flat))}["k0"]
    assert found.commonest == (3.0, 1.0)
    assert found.shares == {3.0: 1.0}


def test_shares_need_ten_ratings_and_a_verdict_ten_candidates() -> None:
    few = simulated(3, 3, 3, competencies=2, asked=2)
    found = questions(few, fit(few))[0]
    assert (found.commonest, found.discrimination, found.verdict) == (None, None, None)
    assert [one.why for one in found.refused] == [
        "9 ratings; 10 are needed",
        "9 ratings of 3 candidates; 15 ratings of 10 candidates are needed",
    ]


def test_the_others_are_all_ratings_but_the_questions_own() -> None:
    rest = without(FULL, 0)
    assert rest.competencies == ("k1", "k2", "k3", "k4")
    assert rest.rating.size == FULL.rating.size * 4 // 5


def test_fishers_interval() -> None:
    """r = .5 from 28: artanh .5 = .5493 ± 1.96 / 5, so from tanh .1573 = .156 to tanh .9413 = .736."""
    x = np.arange(28.0)
    e = np.cos(x * 2.399963)
    e = e - e.mean() - (e - e.mean()) @ (x - x.mean()) / ((x - x.mean()) @ (x - x.mean())) * (x - x.mean())
    y = (x - x.mean()) / x.std() * 0.5 + e / e.std() * np.sqrt(0.75)
    assert correlation(x, y) == pytest.approx((0.5, 0.1560, 0.7358), abs=2e-3)


def test_somebody_with_even_scorecards_is_below_one() -> None:
    """i02 gives each candidate one rating on everything."""
    even = changed(FULL, lambda row: 3.0 if row.interviewer == "i02" else row.rating)
    found = checked(even)
    assert found["i02"].evenness < 0.7
    assert found["i01"].evenness == pytest.approx(1, abs=0.5)


def test_somebody_close_to_what_is_expected_is_below_one_and_shrunk_towards_it() -> None:
    near = changed(FULL, lambda row: 3.0 if row.interviewer == "i02" else row.rating)
    assert 0 < checked(near)["i02"].spread < 0.95


def test_the_highest_two_ratings_are_counted() -> None:
    high = changed(FULL, lambda row: 5.0 if row.interviewer == "i02" else row.rating)
    found = checked(high, top=(4.0, 5.0))["i02"]
    assert (found.used, found.top_two) == (1, 1.0)


def test_too_few_scorecards_say_nothing_of_an_interviewer() -> None:
    few = simulated(6, 6, 2, competencies=3, asked=3)
    found = checked(few, top=(4.0, 5.0))
    assert all((one.evenness, one.spread, one.used, one.top_two) == (None,) * 4 for one in found.values())
    assert all(len(one.refused) == 2 for one in found.values())


@pytest.mark.parametrize(("candidates", "told"), [(40, True), (20, False)])
def test_the_order_of_a_day_is_told_from_thirty_scorecards(candidates, told) -> None:
    """Two interviewers meet everybody, five a day; the second rates lower by half of what the day brought so far."""
    random, rows, held = np.random.default_rng(1), [], []
    for c in range(candidates):
        for r in range(3):
            rows.append(Row(f"c{c:02d}", f"i{r}", "k", float(random.normal(3, 0.7))))
            held.append(datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(days=c // 5, hours=c % 5))
    ratings = table(rows)
    found = checked(ratings, held=held)["i1"].order_slope
    assert (found is not None) == told


def test_a_slope_that_is_there_is_found() -> None:
    random, rows, held, before = np.random.default_rng(2), [], [], []
    for c in range(120):
        if c % 4 == 0:
            before = []
        rating = random.normal(3, 0.5) - (0.8 * (np.mean(before) - 3) if before else 0)
        before.append(rating)
        for r in range(3):
            rows.append(Row(f"c{c:03d}", f"i{r}", "k", float(rating if r == 1 else random.normal(3, 0.5))))
            held.append(datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(days=c // 4, hours=c % 4))
    slope, low, high = checked(table(rows), held=held)["i1"].order_slope
    assert low < slope < high < 0


def test_a_scorecard_far_from_what_both_would_suggest_is_a_prompt_to_talk() -> None:
    odd = changed(FULL, lambda row: 5.0 if (row.candidate, row.interviewer) == first_pair() else row.rating)
    low = changed(
        odd,
        lambda row: (
            min(row.rating, 2.0) if row.candidate == first_pair()[0] and row.rating < 5 else row.rating
        ),
    )
    found = unexpected(low, scorecards(low), fit(low))
    assert first_pair() in [(one.candidate, one.interviewer) for one in found]
    assert all(abs(one.standardised) > 2.5 for one in found)


def first_pair() -> tuple[str, str]:
    row = rows_of(FULL)[0]
    return row.candidate, row.interviewer


def test_nothing_is_unexpected_where_scorecards_have_one_rating() -> None:
    ratings = simulated(asked=1)
    assert unexpected(ratings, scorecards(ratings), fit(ratings)) == ()


def test_an_interview_was_held_when_its_scorecard_was_submitted_unless_a_clock_ran() -> None:
    ratings = ratings_of(whole := record(card("ada", {"DRF-01": 3})))
    assert held_at(whole, ratings, scorecards(ratings)) == [BEGAN]
