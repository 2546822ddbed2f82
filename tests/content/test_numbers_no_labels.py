"""The numbers of the summaries that nobody marks."""

from __future__ import annotations

from math import comb, sqrt

from .material import question, wilson

QUESTION = question("no-labels")
GIVE = {number.about: number.give for number in QUESTION.numbers}
FACTS = " ".join(fact.claim for fact in QUESTION.facts)
START = QUESTION.prompt + (QUESTION.card or "")


def at_most(hits: int, of: int, share: float) -> float:
    """The chance of so many hits or fewer."""
    return sum(comb(of, one) * share**one * (1 - share) ** (of - one) for one in range(hits + 1))


def test_sixty_readings_and_their_margins() -> None:
    """480 minutes / 8 = 60; Wilson: 54 of 60 gives 79.9 to 95.3 %, 216 of 240 gives 85.6 to 93.2 %."""
    assert 480 // 8 == 60
    assert [round(100 * end, 1) for end in wilson(54, 60)] == [79.9, 95.3]
    assert [round(100 * end, 1) for end in wilson(216, 240)] == [85.6, 93.2]
    assert "79.9 to 95.3 %" in GIVE["The first week"]
    assert "85.6 to 93.2 %" in GIVE["Four weeks, if it stays like this"]


def test_an_unchanged_product_pays_four_times_a_year() -> None:
    """Below 85 % means at most 50 of 60 or 203 of 240; a weekly line at 80 % is hardly ever crossed."""
    assert (50 / 60 < 0.85 <= 51 / 60, 203 / 240 < 0.85 <= 204 / 240) == (True, True)
    weekly = at_most(50, 60, 0.9)
    assert (round(100 * weekly, 1), round(1 / weekly), round(52 * weekly)) == (7.3, 14, 4)
    assert (round(100 * at_most(203, 240, 0.9), 1), round(1 / at_most(203, 240, 0.9), -1)) == (0.5, 180)
    assert at_most(47, 60, 0.9) < 0.01
    assert 4 * 2_000 == 8_000
    assert "7.3 % of weeks, one in fourteen" in FACTS
    assert "8,000 EUR" in QUESTION.turns[0].good
    assert "one week in fourteen" in QUESTION.signal("a").listen_for
    assert "one case in 180" in QUESTION.signal("a").ways[0].listen_for


def test_dangers_left_out_in_a_week() -> None:
    """4 of 60 are 200 of 3,000; the margin is 80 to 480; 30 % of 200 are only in free text."""
    low, high = wilson(4, 60)
    assert (4 * 3_000 / 60, round(3_000 * low, -1), round(3_000 * high, -1)) == (200, 80, 480)
    assert (round(100 * low, 1), round(100 * high, 1)) == (2.6, 15.9)
    assert 4 + 1 + 1 == 60 - 54
    assert "from 80 to 480" in QUESTION.signal("c").listen_for
    assert (200 * 30 // 100, 3_000 - 60) == (60, 2_940)
    (best,) = (one.answer for one in QUESTION.practice if one.level == 4)
    assert "sixty of the two hundred are free text" in best
    # 4 and 8 of 60 overlap: one week does not tell them apart.
    assert wilson(8, 60)[0] < high


def test_readers_agree_on_one_bad_summary_of_four() -> None:
    """Two and three marks with one in common: four marked by anybody, 17 of 20 alike, kappa 0.32."""
    first, second, both = 2, 3, 1
    assert (first + second - both, 20 - (first - both) - (second - both)) == (4, 17)
    by_chance = first / 20 * second / 20 + (1 - first / 20) * (1 - second / 20)
    kappa = (17 / 20 - by_chance) / (1 - by_chance)
    assert round(kappa, 2) == 0.32
    # Two people who mark as many at random agree nearly as frequently.
    assert 0.75 < by_chance < 0.85
    assert "agreed on 17" in GIVE["The two readers"]
    assert "1 of the 4" in QUESTION.signal("b").listen_for


def test_a_judge_that_misses_most_mistakes_agrees_nine_times_of_ten() -> None:
    """15 missed and 12 made up of 240 leave 213; one that finds none agrees in 216; it is worth 8 readings."""
    assert (240 - (24 - 9) - 12, 213 / 240, 216 / 240) == (213, 0.8875, 0.9)
    assert "213 of 240" in GIVE["A judging model"]
    assert round(100 * 9 / (9 + 12)) == 43
    correlation = (9 * 204 - 15 * 12) / sqrt(24 * 216 * 21 * 219)
    assert (round(correlation, 2), round(60 / (1 - correlation**2))) == (0.34, 68)
    by_chance = 0.1 * 21 / 240 + 0.9 * 219 / 240
    assert round((213 / 240 - by_chance) / (1 - by_chance), 2) == 0.34
    assert "makes 60 readings worth 68" in FACTS


def test_the_opening_holds_no_figure_of_the_first_week() -> None:
    """The contract, the readers and what was wrong are given on request."""
    assert not any(word in START for word in ("54", "90", "85", "danger", "2,000", "17"))
