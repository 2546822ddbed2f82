"""The sums behind the MLOps questions that are argued and not simulated."""

from __future__ import annotations

from datetime import date

from .material import question, said


def test_version_fourteen_and_the_buckets_year() -> None:
    """1 September to 31 March are 212 days, and the bucket still holds what was written over on 2 September."""
    first, last = date(2025, 9, 1), date(2026, 3, 31)
    assert (last - first).days + 1 == 212
    assert (last - date(2025, 9, 2)).days < 365
    assert "212 days" in said(question("version-fourteen"))


def test_the_counts_of_the_last_half_hour_fit_into_a_megabyte() -> None:
    """12,000 x 30 x 2 bytes = 720 kB; 12 million x 40 bytes = 480 MB a day and 175 GB a year."""
    assert (12_000 * 30 * 2, 12_000_000 * 40) == (720_000, 480_000_000)
    assert round(480_000_000 * 365 / 1e9) == 175
    assert (12_000 * 40, 18 - 5) == (480_000, 13)
    late = 600 * 40 / 3
    assert late / 480_000 < 1 - 0.982 < 1.1 * late / 480_000
    words = said(question("last-half-hour"))
    assert all(figure in words for figure in ("720 kB", "480 MB", "175 GB", "480,000"))
