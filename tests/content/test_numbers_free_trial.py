"""The sums of the question on a free trial that others resell."""

import pytest

from .material import question

QUESTION = question("free-trial")
SHEET = " ".join(number.give for number in QUESTION.numbers)


def test_bills() -> None:
    """300 x 0.60 + 520 = 700 a day; 1,800 x 2.40 = 4,320 more; together 5,020, 7.2 times; 7 times the accounts."""
    assert 300 * 0.60 + 520 == 700
    assert pytest.approx(5_020) == 1_800 * 2.40 + 700
    assert (round(5_020 / 700, 1), (300 + 1_800) / 300) == (7.2, 7)
    assert all(figure in SHEET for figure in ("4,320", "5,020", "7.2 times", "700"))


def test_how_long_the_budget_lasts() -> None:
    """18,000 at 5,020 a day are 3.6 days."""
    assert round(18_000 / 5_020, 1) == 3.6


def test_one_pot_is_empty_at_night() -> None:
    """All trial accounts use (4,320 + 180)/24 = 187.50 an hour; from midnight 600 last 3.2 hours, to 03:12."""
    assert (4_320 + 180) / 24 == 187.5
    assert 600 / 187.5 == 3.2


def test_long_and_short_requests() -> None:
    """40 long ones at 0.06 are 2.40 a day; one costs as much as 40 honest ones at 0.0015."""
    assert pytest.approx(2.40) == 40 * 0.06
    assert pytest.approx(40) == 0.06 / 0.0015


def test_the_sample_answers_sums() -> None:
    """1,800 x 0.20 = 360, and 400 + 600 + 520 = 1,520 on the worst day."""
    assert 1_800 * 0.20 == 360
    assert 400 + 600 + 520 == 1_520
    assert "1,520" in QUESTION.practice[2].answer
