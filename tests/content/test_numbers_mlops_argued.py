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
