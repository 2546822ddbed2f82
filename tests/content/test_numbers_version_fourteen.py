"""Which file decided under the name of version 14, and which deposits do not follow from the settings."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from .material import question
from .wording import lacking

QUESTION = question("version-fourteen")
FIRST, LAST, ALL = date(2025, 9, 1), date(2026, 3, 31), 96_000
CHANGED, STARTED = datetime(2026, 1, 14, 8), datetime(2026, 1, 16, 11)


def test_the_months_and_the_buckets_year() -> None:
    """212 days, and the bucket still holds what was written over on 2 September."""
    assert (LAST - FIRST).days + 1 == 212
    assert (LAST - date(2025, 9, 2)).days < 365
    assert not lacking(QUESTION, "212 days", "365 days")


def test_both_files_together_made_every_decision() -> None:
    """640 in the 34 hours until 2 September, 10:05, at about the mean pace; seven of a thousand."""
    assert ALL == 640 + 95_360
    pace = ALL / (212 * 24)
    assert abs(640 / (34 + 5 / 60) - pace) < 0.1 * pace
    assert [round(1_000 * part / ALL) for part in (640, 95_360)] == [7, 993]
    assert not lacking(QUESTION, "640 + 95,360 = 96,000", "993 scores are equal", "10:05")


def test_61_deposits_fall_into_the_51_hours_between_change_and_start() -> None:
    hours = (STARTED - CHANGED) / timedelta(hours=1)
    assert (hours, 95_939 + 61, 61 * 150) == (51, ALL, 9_150)
    assert abs(963 / hours - ALL / (212 * 24)) < 0.1
    assert 0.40 <= 0.43 < 0.45
    assert CHANGED < datetime(2026, 1, 15, 14) < STARTED
    assert not lacking(QUESTION, "95,939 of 96,000", "51 hours, 963 decisions", "9,150 EUR", "score 0.43")


def test_the_log_still_holds_the_last_three_starts() -> None:
    """On a Monday in April, 180 days back is the middle of October."""
    kept_from = date(2026, 4, 13) - timedelta(days=180)
    starts = [FIRST, date(2025, 9, 2), date(2025, 11, 20), STARTED.date(), date(2026, 3, 2)]
    assert sum(start >= kept_from for start in starts) == 3
    assert not lacking(QUESTION, "kept for 180 days, so the three last starts")


def test_nothing_that_decides_is_on_the_card() -> None:
    shown = QUESTION.prompt + str(QUESTION.card)
    assert not any(figure in shown for figure in ("61", "96,000", "September", "January", "limit"))


def test_the_backup_is_five_nights_older() -> None:
    assert (date(2025, 9, 1) - date(2025, 8, 27)).days == 5
    assert not lacking(QUESTION, "backup of 27 August", "five nights older")
