"""The numbers of the page on which every month looks better than the one before."""

from __future__ import annotations

from math import erfc, exp, sqrt

import numpy as np

from question_bank.exhibits.cohort_ripening.generate import MADE, RIPE, failures, tables

from .material import printed_under, question

QUESTION = question("ripening-months")
PAGE, BY_AGE, FINAL = (QUESTION.exhibit(name) for name in ("page", "by-age", "final"))
FACTS = " ".join(fact.claim for fact in QUESTION.facts)
TRUTH = QUESTION.ground_truth or ""


def at_age(months: int) -> list[int]:
    """Failures after so many months of use, for every month of production that is old enough."""
    return [int(row[months]) for row in BY_AGE.rows if row[months] != "–"]


def test_tables_are_the_generated_ones() -> None:
    """Every printed cell equals the regenerated one."""
    made = tables()
    assert (PAGE.rows, BY_AGE.rows, FINAL.rows) == (made.so_far, made.by_age, made.final)


def test_printed_cells_hang_on_the_seed_alone() -> None:
    """Two processes with different hash seeds print the same."""
    assert printed_under("cohort_ripening", "1") == printed_under("cohort_ripening", "2")


def test_page_is_the_diagonal_of_the_table_by_age() -> None:
    """January after nine months, September after one, as shares of 6,000."""
    newest = [next(int(cell) for cell in reversed(row[1:]) if cell != "–") for row in BY_AGE.rows]
    assert [f"{100 * count / MADE:.2f} %" for count in newest] == [row[1] for row in PAGE.rows]


def test_sixty_per_cent_comes_from_the_page() -> None:
    """4.25 % before May, 1.71 % since; 1 - 1.71 / 4.25 = 60 %."""
    shares = [float(row[1].removesuffix(" %")) for row in PAGE.rows]
    before, since = np.mean(shares[:4]), np.mean(shares[4:])
    assert (f"{before:.2f}", f"{since:.2f}", f"{100 * (1 - since / before):.0f}") == ("4.25", "1.71", "60")
    assert "4.25 % on average" in TRUTH
    assert "1.71 %" in TRUTH


def test_months_at_equal_age_do_not_differ() -> None:
    """After one month 21 and 25 on average, after three 99 and 104."""
    one, three = at_age(1), at_age(3)
    means = [f"{np.mean(part):.0f}" for part in (one[:4], one[4:], three[:4], three[4:])]
    assert means == ["21", "25", "99", "104"]
    assert "21 failures on average before May and 25 since, after three months 99 before and 104" in TRUTH


def test_interval_after_three_months() -> None:
    """395 of 24,000 against 313 of 18,000: 1.06, from 0.91 to 1.23."""
    three = at_age(3)
    before, since = sum(three[:4]), sum(three[4:])
    ratio = (since / (3 * MADE)) / (before / (4 * MADE))
    spread = 1.96 * sqrt(1 / before + 1 / since)
    ends = [f"{ratio * exp(sign * spread):.2f}" for sign in (-1, 1)]
    assert (before, since, f"{ratio:.2f}", *ends) == (395, 313, "1.06", "0.91", "1.23")
    assert "a ratio of 1.06 with a 95 % interval from 0.91 to 1.23" in FACTS


def test_chance_of_the_gap_between_may_and_july() -> None:
    """119 less 94 is 25, 1.71 standard errors of sqrt(2 x 106.5): about one pair in twelve."""
    assert (at_age(3)[4], at_age(3)[6]) == (119, 94)
    errors = 25 / sqrt(2 * 106.5)
    assert f"{errors:.2f}" == "1.71"
    assert round(1 / erfc(errors / sqrt(2)), 1) == 11.5
    assert round(1.96 * sqrt(100)) == 20


def test_twelve_months_bring_the_same_to_both_halves() -> None:
    """6.1 % of January to April, 6.2 % of May to September."""
    final = 100 * failures()[:, -1] / MADE
    assert (f"{final[:4].mean():.1f}", f"{final[4:].mean():.1f}") == ("6.1", "6.2")
    assert "6.1 % of January to April had failed, and 6.2 % of May to September" in TRUTH


def test_last_years_curve_is_the_generators() -> None:
    """7 % of the failures by the end of the first month, 100 % by the end of the twelfth."""
    shown = next(reveal.show for reveal in QUESTION.reveals if "last year" in reveal.if_asked)
    assert all(f"{100 * share:.0f}" in (shown or "") for share in RIPE)


def test_heard_page_tells_every_bar() -> None:
    """The text alternative holds the nine shares and the counts at equal age."""
    assert all(row[1].removesuffix(" %") in PAGE.text_alternative for row in PAGE.rows)
    for months in (1, 2, 3, 4):
        assert ", ".join(map(str, at_age(months))) in " ".join(BY_AGE.text_alternative.split())
