"""The sums behind the question about a new model that sets prices."""

from __future__ import annotations

from math import sqrt

import pytest

from .material import question

ASKED = question("price-rollout")
WORDS = ASKED.model_dump_json(ensure_ascii=False)
PER_QUOTE = 0.3 * (120**2 + 90**2) - (0.3 * 90) ** 2


def missing(*figures: str) -> list[str]:
    return [figure for figure in figures if figure not in WORDS]


def small_group(variance: float, difference: float, share: float) -> float:
    """Cases in the smaller of two unequal groups, for 80 % certainty at the 5 % level."""
    return 8 * variance * (1 + share / (1 - share)) / difference**2


def test_stages_fill_answer_and_probes() -> None:
    assert sum(stage.minutes for stage in ASKED.stages) == ASKED.minutes.answer + ASKED.minutes.probes


def test_margin_per_quote() -> None:
    """0.3 x 90 = 27; 0.3 x (120² + 90²) - 27² = 6,021, of which the root is 77.6."""
    assert (0.3 * 90, round(PER_QUOTE), round(sqrt(PER_QUOTE), 1)) == (27, 6021, 77.6)
    assert missing("1,200 orders", "6,021", "27 EUR with a standard deviation of about 78") == []


def test_a_gain_of_four_percent_needs_six_weeks_or_seven_months() -> None:
    """Halves: 16 x 6,021 / 1.08² = 82,593, at 2,000 a day 41 days; 5 %: 43,470, at 200 a day 217 days."""
    halves, small = 16 * PER_QUOTE / 1.08**2, small_group(PER_QUOTE, 1.08, 0.05)
    assert (round(27 * 0.04, 2), round(halves), round(halves / 2_000)) == (1.08, 82_593, 41)
    assert (round(small), round(small / 200)) == (43_470, 217)
    assert missing("82,600", "41 days", "43,500", "217 days", "82,593", "six weeks") == []


def firm_days(alike: float, gain: float) -> float | None:
    """Days until halves of 2,500 firms show a gain, where quotes of one firm are alike; None for never."""
    wanted = (27 * gain) ** 2 * 1_250 / (16 * PER_QUOTE)
    return None if wanted <= alike else (1 - alike) / (wanted - alike) / (4_000 / 2_500)


def test_splitting_by_firm_costs_proof() -> None:
    """66 quotes a firm in 41 days, so 2.3 times the variance and 6 %; never 4 %; 56 days with 0.004."""
    each = 41.3 * 4_000 / 2_500
    grown = 1 + (round(each) - 1) * 0.02
    assert (round(each), round(grown, 1), round(4 * sqrt(grown))) == (66, 2.3, 6)
    assert firm_days(0.02, 0.04) is None
    assert firm_days(0.02, 0.045) is None
    assert firm_days(0.02, 0.047) is not None
    assert round(firm_days(0.004, 0.04) or 0) == 56
    assert missing("66 quotes a firm", "2.3 times", "6 %, and below 4.6 %", "56 days", "Eight weeks") == []


@pytest.mark.parametrize(
    ("now", "share", "cases", "days"),
    [(0.27, 0.5, 3_623, 2), (0.27, 0.1, 2_013, 5), (0.27, 0.05, 1_907, 10), (0.15, 0.05, 65, 0)],
)
def test_harm_shows_sooner(now: float, share: float, cases: int, days: int) -> None:
    """A fall of acceptance from 30 %: cases in the smaller group, and days."""
    mean = (0.30 + now) / 2
    few = small_group(mean * (1 - mean), 0.30 - now, share)
    assert (round(few), round(few / (4_000 * share))) == (cases, days)


def test_harm_is_told_in_round_figures() -> None:
    """65 of 200 a day are a third of a day."""
    assert round(65 / 200, 2) == 0.33
    assert missing("3,600 in each half, 2 days", "2,000 in the small group", "1,900 and 10 days") == []
    assert missing("65 in the small group, a third of a day") == []


def test_the_share_that_fits_the_allowed_loss() -> None:
    """3 points of 4,000 at 90 EUR are 10,800 a day; 5,400 at 5 or 10 %, 10,800 in halves, of 6,000 allowed."""
    daily = round(0.03 * 4_000 * 90)
    cost = {share: round(daily * share) * days for share, days in ((0.05, 10), (0.1, 5), (0.5, 2))}
    assert (daily, cost) == (10_800, {0.05: 5_400, 0.1: 5_400, 0.5: 10_800})
    assert cost[0.1] < 6_000 < cost[0.5]
    assert missing("540 EUR a day at 5 % and takes 10 days to see: 5,400", "6,000 EUR") == []


def test_what_a_wrong_price_costs() -> None:
    """10 % of 300 on 1,200 orders is 36,000 a day, 1,800 at 5 %; within 3 % it is 9 on each, 10,800."""
    assert (30 * 1_200, 36_000 * 5 // 100, 300 * 3 // 100 * 1_200) == (36_000, 1_800, 10_800)
    assert (14 * 4_000, 56_000 * 5 // 100, 3 * 2_000) == (56_000, 2_800, 6_000)
    assert missing("36,000", "1,800", "56,000", "2,800", "9 EUR on each", "up to 6,000 quotes open") == []


def test_what_ten_days_can_show() -> None:
    """20,000 quotes a side show sqrt(16 x 6,021 / 20,000) = 2.19, that is 8 % of 27."""
    assert round(100 * sqrt(16 * PER_QUOTE / 20_000) / 27) == 8
    assert missing("20,000 quotes each", "about 8 %") == []


def test_what_the_third_day_can_show() -> None:
    """6,000 a side: acceptance around 28 % is known to ±1.6 points, the margin to ±10 % of 27."""
    acceptance = 196 * sqrt(2 * 0.28 * 0.72 / 6_000)
    margin = 196 * sqrt(2 * PER_QUOTE / 6_000) / 27
    assert (round(acceptance, 1), round(margin)) == (1.6, 10)
    assert missing("6,000 quotes a side", "±10 %", "±1.6 points") == []


def test_what_decides_comes_only_on_request() -> None:
    assert not any(character.isdigit() for character in ASKED.prompt + (ASKED.card or ""))
