"""The sums of the question on readers who train the spam filter."""

from math import sqrt

import pytest

from .material import question

QUESTION = question("voted-model")
SHEET = " ".join(number.give for number in QUESTION.numbers)
KEY = QUESTION.model_dump_json()

FALSE, CAP = 300, 3
HONEST, HONEST_CAPPED, HONEST_WITH_RECORD = 1_500, 1_440, 960


def test_the_sheet_holds_what_the_sums_start_from() -> None:
    """Raw numbers only: the shares are the candidate's work."""
    for figure in (
        "6,000 honest readers",
        "forty each",
        "1,500 honest marks",
        "1,440 remain",
        "960 of the 1,440",
    ):
        assert figure in SHEET
    assert not any(share in SHEET for share in ("88.9", "38.5", "8.6", "48.4"))
    assert not any(figure in f"{QUESTION.prompt} {QUESTION.card}" for figure in ("1,500", "400", "33"))


@pytest.mark.parametrize(
    ("false", "honest", "share"),
    [
        (FALSE * 40, HONEST, "88.9"),
        (FALSE * CAP, HONEST_CAPPED, "38.5"),
        (30 * CAP, HONEST_WITH_RECORD, "8.6"),
        (FALSE, 6_000, "4.8"),
        (FALSE, 6_000 // 3, "13.0"),
        (FALSE * CAP, HONEST_WITH_RECORD, "48.4"),
        (FALSE * CAP * 7, HONEST, "80.8"),
    ],
)
def test_shares_of_false_marks(false: int, honest: int, share: str) -> None:
    """Without a rule, capped, with a record, asked at random, all with a record, capped a day and not a week."""
    assert f"{100 * false / (false + honest):.1f}" == share
    assert f"{share} percent" in KEY
    if false != FALSE:
        assert f"{false + honest:,}" in KEY


def test_what_the_test_sees_in_bicycles() -> None:
    """400 random labels hold ten of bicycles; 100 labels with 3 % disagreement see 3.4 points; 30 take 18 minutes."""
    assert 400 * 1_000 // 40_000 == 10
    assert f"{100 * 1.96 * sqrt(0.03 / 100):.1f}" == "3.4"
    assert 0.03 * 1_000 == 30
    assert 30 / (2 * 50) * 60 == 18
    assert all(
        words in KEY for words in ("only about ten bicycle posts", "plus or minus 3.4", "30 in 18 minutes")
    )


def test_which_sunday_is_clean() -> None:
    """Seen from a Wednesday, five Sundays lie after the first false mark, 33 days back; the sixth is 38 days old."""
    sundays = [3 + 7 * week for week in range(12)]
    taught = [days for days in sundays if days < 33]
    assert len(taught) == 5
    assert sundays[5] == 38
    assert "33 days, so five Sunday models" in KEY
    assert "sixth, 38 days old" in KEY


def test_hours_prices_and_who_is_silenced() -> None:
    """400 posts are four hours; 300 accounts cost 150 or 3,600 and bring 2,000 a week; 480 honest marks are lost."""
    assert (400 / (2 * 50), FALSE * 0.5, FALSE * 12) == (4, 150, 3_600)
    assert 3_600 / 2_000 <= 2
    assert HONEST_CAPPED - HONEST_WITH_RECORD == 480 == HONEST_CAPPED // 3
    assert all(words in KEY for words in ("they cost 3,600", "480 of 1,440"))


def test_stages_fill_the_answer() -> None:
    """3 + 6 + 5 + 4 = 18 minutes."""
    assert sum(stage.minutes for stage in QUESTION.stages) == QUESTION.minutes.answer == 18
