"""The sums behind the MLOps questions that are argued and not simulated."""

from __future__ import annotations

from math import sqrt

import pytest

from question_bank.model import Question

from .material import question


def said(asked: Question) -> str:
    """Everything that a candidate or interviewer can be given of it, on one line."""
    texts = [asked.prompt, asked.card or "", asked.for_you, asked.trap, asked.ground_truth or ""]
    texts += [number.give for number in asked.numbers]
    texts += [twist.say + " " + twist.good for twist in asked.twists]
    texts += [fact.claim for fact in asked.facts]
    texts += [signal.listen_for for signal in asked.signals]
    return " ".join(" ".join(texts).split())


def missing(family: str, *figures: str) -> list[str]:
    words = said(question(family))
    return [figure for figure in figures if figure not in words]


def small_group(variance: float, difference: float, share: float) -> float:
    """Cases in the smaller of two unequal groups, for 80 % certainty at the 5 % level."""
    return 8 * variance * (1 + share / (1 - share)) / difference**2


@pytest.mark.parametrize("family", ["price-rollout"])
def test_stages_fill_answer_and_probes(family: str) -> None:
    """The stages fill the minutes for answer and probes, and every twist falls inside the answer."""
    asked = question(family)
    assert sum(stage.minutes for stage in asked.stages) == asked.minutes.answer + asked.minutes.probes
    assert all(twist.minute < asked.minutes.answer for twist in asked.twists)
    assert len(asked.numbers) >= 8


PER_QUOTE = 0.3 * (120**2 + 90**2) - (0.3 * 90) ** 2


def test_margin_per_quote() -> None:
    """0.3 x 90 = 27; 0.3 x (120² + 90²) - 27² = 6,021, of which the root is 77.6."""
    assert (0.3 * 90, round(PER_QUOTE), round(sqrt(PER_QUOTE), 1)) == (27, 6021, 77.6)
    assert not missing("price-rollout", "1,200 orders", "27 with a standard deviation of about 78", "6,021")


def test_a_gain_of_four_percent_needs_six_weeks_or_seven_months() -> None:
    """Halves: 16 x 6,021 / 1.08² = 82,593, at 2,000 a day 41 days; 5 %: 43,470, at 200 a day 217 days."""
    halves, small = 16 * PER_QUOTE / 1.08**2, small_group(PER_QUOTE, 1.08, 0.05)
    assert (round(27 * 0.04, 2), round(halves), round(halves / 2_000)) == (1.08, 82_593, 41)
    assert (round(small), round(small / 200)) == (43_470, 217)
    assert round(217 / 31) == 7
    assert not missing("price-rollout", "82,600", "41 days", "43,500", "217 days", "82,593", "seven months")


@pytest.mark.parametrize(
    ("now", "halves", "small"), [(0.27, (3_623, 2), (1_907, 10)), (0.15, (124, 0), (65, 0))]
)
def test_harm_shows_sooner(now: float, halves: tuple[int, int], small: tuple[int, int]) -> None:
    """A fall of acceptance from 30 to 27 %, and to 15 %: cases in a half and in a group of 5 %, and days."""
    mean = (0.30 + now) / 2
    spread = mean * (1 - mean)
    half, few = 16 * spread / (0.30 - now) ** 2, small_group(spread, 0.30 - now, 0.05)
    assert (round(half), round(half / 2_000)) == halves
    assert (round(few), round(few / 200)) == small


def test_harm_is_told_in_round_figures() -> None:
    """3,600 and 1,900 cases; 65 of 200 a day are a third of a day."""
    assert round(65 / 200, 2) == 0.33
    assert not missing(
        "price-rollout", "3,600 in each half, 2 days", "1,900 in the small group, 10", "a third of a day"
    )


def test_what_a_wrong_price_costs() -> None:
    """10 % of 300 on 1,200 orders is 36,000 a day, 1,800 at 5 %; 14 days of quotes are 56,000, or 2,800."""
    assert (30 * 1_200, 36_000 * 5 // 100, 14 * 4_000, 56_000 * 5 // 100) == (36_000, 1_800, 56_000, 2_800)
    assert not missing("price-rollout", "36,000", "1,800", "56,000", "2,800")


def test_what_ten_days_can_show() -> None:
    """20,000 quotes a side show sqrt(16 x 6,021 / 20,000) = 2.19, that is 8 % of 27."""
    assert round(100 * sqrt(16 * PER_QUOTE / 20_000) / 27) == 8
    assert not missing("price-rollout", "20,000 quotes each", "about 8 %")


def test_what_the_third_day_can_show() -> None:
    """6,000 a side: acceptance around 28 % is known to ±1.6 points, the margin to ±10 % of 27."""
    acceptance = 196 * sqrt(2 * 0.28 * 0.72 / 6_000)
    margin = 196 * sqrt(2 * PER_QUOTE / 6_000) / 27
    assert (round(acceptance, 1), round(margin)) == (1.6, 10)
    assert not missing("price-rollout", "6,000 quotes a side", "±10 %", "±1.6 points")
