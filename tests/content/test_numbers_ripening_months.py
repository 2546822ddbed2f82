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


def test_failures_per_month_of_use() -> None:
    """1,020 in 180,000 pump-months before May, 513 in 90,000 since: 0.57 % both, 1.01 from 0.90 to 1.12."""
    counts = [[int(cell) for cell in row[1:] if cell != "–"] for row in BY_AGE.rows]
    failed = [sum(row[-1] for row in part) for part in (counts[:4], counts[4:])]
    used = [sum(MADE * len(row) for row in part) for part in (counts[:4], counts[4:])]
    assert (failed, used) == ([1_020, 513], [180_000, 90_000])
    assert {f"{100 * some / of:.2f}" for some, of in zip(failed, used, strict=True)} == {"0.57"}
    ratio, spread = failed[1] / used[1] / (failed[0] / used[0]), 1.96 * sqrt(sum(1 / some for some in failed))
    assert [f"{ratio * exp(sign * spread):.2f}" for sign in (0, -1, 1)] == ["1.01", "0.90", "1.12"]
    assert "1,020 in 180,000 against 513 in 90,000, 1.01" in FACTS
    # Far from the 60 % of the headline: the way is as good as equal age.
    assert ratio * exp(-spread) > 0.67


def test_bars_completed_with_last_years_curve() -> None:
    """Every bar divided by the share that fails by its age comes out between 5.5 and 6.7 %."""
    ages = range(9, 0, -1)
    full = [
        float(row[1].removesuffix(" %")) / RIPE[age - 1] for row, age in zip(PAGE.rows, ages, strict=True)
    ]
    assert (f"{full[0]:.1f}", f"{full[-1]:.1f}") == ("6.2", "6.1")
    assert 5.5 < min(full) < 5.6
    assert 6.6 < max(full) < 6.7
    assert "January 4.88 % / 0.79 is 6.2 %, September 0.43 % / 0.07 is 6.1 %" in " ".join(
        QUESTION.signal("b").ways[2].listen_for.split()
    )


def test_the_model_can_do_three_per_cent_at_most() -> None:
    """10 of 360 are 2.8 %; complete months tell the periods apart to ±7 %."""
    assert (MADE * 6 // 100, f"{100 * 10 / 360:.1f}") == (360, "2.8")
    assert f"{100 * 1.96 * sqrt(1 / 1_440 + 1 / 1_800):.0f}" == "7"
    shown = " ".join(reveal.show or "" for reveal in QUESTION.reveals)
    assert all(figure in shown for figure in ("10 a month", "50 of 1,500", "360 of a month's 6,000", "600"))
    assert "10 pumps a month are repaired, and some 360" in QUESTION.signal("a").listen_for


def test_picks_fail_the_test_more_than_random_pumps() -> None:
    """50 of 1,500 are 3.3 %, 8 of 600 are 1.3 %: 2.0 ± 1.3 points apart."""
    picked, random = 50 / 1_500, 8 / 600
    half = 1.96 * sqrt(picked * (1 - picked) / 1_500 + random * (1 - random) / 600)
    assert [f"{100 * share:.1f}" for share in (picked, random, picked - random, half)] == [
        "3.3",
        "1.3",
        "2.0",
        "1.3",
    ]
    assert "2.0 ± 1.3 points" in FACTS


def test_the_longer_test_costs_more_than_it_saves() -> None:
    """300 x 20 = 6,000 against 10 x 150 = 1,500 EUR: four times; 600 EUR for each prevented failure."""
    assert (300 * 20, 10 * 150, 6_000 / 1_500, 6_000 / 10, 600 * 20) == (6_000, 1_500, 4, 600, 12_000)
    assert "6,000 EUR a month" in QUESTION.signal("f").listen_for
    assert "12,000 EUR a month" in QUESTION.turns[1].good


def test_the_opening_does_not_tell_what_the_test_catches() -> None:
    """How many pumps are tested, repaired and fail in all is given on request."""
    start = QUESTION.prompt + (QUESTION.card or "")
    assert not any(word in start for word in ("300", "repaired", "360", "EUR", "month of use"))
