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


def test_how_far_off_a_sample_of_address_changes_can_be() -> None:
    """1.96 x sqrt(0.91 x 0.09 / n): 4 points at 200, 2 at 800; the app's share of 200 is 12."""
    off = [1.96 * math.sqrt(0.91 * 0.09 / number) for number in (200, 800)]
    assert [round(100 * value) for value in off] == [4, 2]
    assert (2 * 10 * 60 // 6, 12_000 * 6 // 100, 200 * 6 // 100) == (200, 720, 12)
    assert round(0.95 * 91 + 0.05 * 60, 2) == 89.45
    words = said(question("calm-estimate"))
    assert all(figure in words for figure in ("4 points", "720", "200 checks", "89.45"))


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
