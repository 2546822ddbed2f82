"""The sums behind the drift questions that are argued and not simulated."""

from __future__ import annotations

import math

from .material import question, said, wilson


def test_the_boilers_index_follows_from_its_ten_shares() -> None:
    """The sum of (share - 0.10) x ln(share / 0.10) is 0.299; 30 % of 1,300 rows are 390.

    The partner with 30 % of the rows leaves the other bins 70 % of their 10 %, that is 7 %.
    """
    shares = [28, 16, *[7] * 8]
    assert sum(shares) == 100
    index = sum((share / 100 - 0.1) * math.log(share / 10) for share in shares)
    assert round(index, 3) == 0.299
    assert (1_300 * 30 // 100, 100 - 30) == (390, 7 * 10)
    words = said(question("one-column"))
    assert all(figure in words for figure in ("0.30", "390", "28 %", "16 %", "7 %"))


def test_sixty_readings_and_their_margins() -> None:
    """480 minutes / 8 = 60; Wilson: 54 of 60 gives 79.9 to 95.3 %, 216 of 240 gives 85.6 to 93.2 %."""
    assert 480 // 8 == 60
    margins = [round(100 * end, 1) for hits, of in ((54, 60), (216, 240)) for end in wilson(hits, of)]
    assert margins == [79.9, 95.3, 85.6, 93.2]
    words = said(question("no-labels"))
    assert all(f"{low} to {high} %" in words for low, high in (("79.9", "95.3"), ("85.6", "93.2")))


def test_a_judge_that_misses_most_mistakes_agrees_nine_times_of_ten() -> None:
    """15 missed and 12 made up of 240 leave 213, 88.75 %; one that finds none agrees in 216, 90 %."""
    assert (240 - (24 - 9) - 12, 213 / 240, 216 / 240) == (213, 0.8875, 0.9)
    assert "213 of 240" in said(question("no-labels"))


def test_forty_columns_of_twelve_models_ring_by_chance() -> None:
    """480 / 100 = 4.8 a day, 33.6 a week; forty alone 2.8 a week; four hours bear five."""
    assert (12 * 40, 480 / 100, round(4.8 * 7, 1), round(0.4 * 7, 1), 4 * 60 // 45) == (
        480,
        4.8,
        33.6,
        2.8,
        5,
    )
    words = said(question("twelve-models"))
    assert all(figure in words for figure in ("480", "4.8", "34 times", "2.8"))
