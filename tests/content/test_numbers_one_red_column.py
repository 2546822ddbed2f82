"""The numbers of the one red column."""

from __future__ import annotations

import numpy as np

from question_bank.exhibits.quiet_weeks.generate import psi

from .material import question

QUESTION = question("one-red-column")
GIVE = {number.about: number.give for number in QUESTION.numbers}
FACTS = " ".join(fact.claim for fact in QUESTION.facts)


def with_zeros(share: float, bins: int = 10) -> float:
    """PSI when this share of rows moves into the lowest of equally filled bins."""
    was = np.full(bins, 1 / bins)
    now = was * (1 - share)
    now[0] += share
    return float(np.sum((now - was) * np.log(now / was)))


def test_zeros_of_the_north_give_the_figure() -> None:
    """480 of 2,000 are 24 %: 0.31; 2 % (40 kiosks) give 0.003."""
    assert 480 / 2_000 == 0.24
    assert f"{with_zeros(0.24):.2f}" == "0.31"
    assert f"{with_zeros(40 / 2_000):.3f}" == "0.003"
    assert "0.31 for 24 %, 0.003 for 2 %" in FACTS


def test_share_at_which_the_lower_limit_is_reached() -> None:
    """Just below 0.1 at 12 %, just above at 13 %."""
    assert with_zeros(0.12) < 0.1 < with_zeros(0.13)
    assert f"{with_zeros(0.125):.2f}" == "0.10"


def test_figure_comes_out_of_rows_as_well() -> None:
    """Made-up hours of sun, 24 % of 2,000 set to zero: near 0.31, the same way as on the monitoring page."""
    rng = np.random.default_rng(4)
    reference, today = rng.gamma(9, 0.9, 180_000), rng.gamma(9, 0.9, 2_000)
    assert psi(reference, today) < 0.02
    today[:480] = 0
    assert abs(psi(reference, today) - 0.31) < 0.04


def test_average_without_any_change() -> None:
    """(10 - 1) x (1/2,000 + 1/180,000) = 0.005."""
    assert f"{9 * (1 / 2_000 + 1 / 180_000):.3f}" == "0.005"


def test_boxes_of_the_north() -> None:
    """50 - 20 = 30 boxes at 480 kiosks are 14,400."""
    assert (50 - 20) * 480 == 14_400
    assert "14,400 boxes" in GIVE["Proposals for the north"]
    assert "14,400 boxes" in QUESTION.red_flags[1].reason
