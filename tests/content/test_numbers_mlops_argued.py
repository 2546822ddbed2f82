"""The sums behind the MLOps questions that are argued and not simulated."""

from __future__ import annotations

from .material import question, said


def test_the_canteens_that_version_nine_would_leave_hungry() -> None:
    """62,000 - 38,000 = 24,000, 39 %; 45 % of the portions go to the twenty largest; 176 of 180 are 98 %."""
    assert (62_000 - 38_000, round(24_000 / 62_000, 2), 62_000 * 45 // 100) == (24_000, 0.39, 27_900)
    assert round(176 / 180, 2) == 0.98
    words = said(question("columns-gone"))
    assert all(figure in words for figure in ("24,000", "39 %", "27,900", "10:50"))


def test_the_counts_of_the_last_half_hour_fit_into_a_megabyte() -> None:
    """12,000 x 30 x 2 bytes = 720 kB; 12 million x 40 bytes = 480 MB a day and 175 GB a year."""
    assert (12_000 * 30 * 2, 12_000_000 * 40) == (720_000, 480_000_000)
    assert round(480_000_000 * 365 / 1e9) == 175
    assert (12_000 * 40, 18 - 5) == (480_000, 13)
    late = 600 * 40 / 3
    assert late / 480_000 < 1 - 0.982 < 1.1 * late / 480_000
    words = said(question("last-half-hour"))
    assert all(figure in words for figure in ("720 kB", "480 MB", "175 GB", "480,000"))
