"""The sums behind the drift questions that are argued and not simulated."""

from __future__ import annotations

import math

from .material import question, said


def test_how_far_off_a_sample_of_address_changes_can_be() -> None:
    """1.96 x sqrt(0.91 x 0.09 / n): 4 points at 200, 2 at 800; the app's share of 200 is 12."""
    off = [1.96 * math.sqrt(0.91 * 0.09 / number) for number in (200, 800)]
    assert [round(100 * value) for value in off] == [4, 2]
    assert (2 * 10 * 60 // 6, 12_000 * 6 // 100, 200 * 6 // 100) == (200, 720, 12)
    assert round(0.95 * 91 + 0.05 * 60, 2) == 89.45
    words = said(question("calm-estimate"))
    assert all(figure in words for figure in ("4 points", "720", "200 checks", "89.45"))


