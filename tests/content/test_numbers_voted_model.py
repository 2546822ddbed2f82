"""The sums of the question on readers who train the spam filter."""

from math import sqrt

from .material import question

QUESTION = question("voted-model")
SHEET = " ".join(number.give for number in QUESTION.numbers)


def half_width(labels: int) -> float:
    """Of a 95 % interval for a share of 10 %, in points."""
    return round(100 * 1.96 * sqrt(0.1 * 0.9 / labels), 1)


def test_shares_of_false_marks() -> None:
    """300 x 40 = 12,000: 16.7 % of all, 88.9 % of bicycles, 38.5 % with three each, 5.9 % with a record."""
    false = 300 * 40
    shares = (false / (60_000 + false), false / (1_500 + false), 900 / (1_440 + 900), 90 / (1_440 + 90))
    assert [round(100 * share, 1) for share in shares] == [16.7, 88.9, 38.5, 5.9]
    assert all(
        figure in SHEET for figure in ("72,000", "13,500", "2,340", "1,530", "16.7 %", "88.9 %", "5.9 %")
    )


def test_how_fine_a_test_sees() -> None:
    """400 labels see 2.9 points, 100 see 5.9, and a seventh of 400, 57, sees 7.8."""
    assert (half_width(400), half_width(100), half_width(400 // 7)) == (2.9, 5.9, 7.8)
    assert "±2.9" in SHEET
    assert "±7.8" in SHEET


def test_hours_posts_and_prices() -> None:
    """400 posts at 2 x 50 an hour take 4 hours; 2 % of 40,000 are 800; 300 accounts at 0.50 cost 150."""
    assert (400 / (2 * 50), 40_000 * 2 // 100, 300 * 0.5) == (4, 800, 150)
    assert len(QUESTION.numbers) >= 8


def test_stages_fill_the_answer() -> None:
    """3 + 6 + 5 + 4 = 18 minutes."""
    assert sum(stage.minutes for stage in QUESTION.stages) == QUESTION.minutes.answer == 18
