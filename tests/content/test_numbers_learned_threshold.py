"""The sums of the question on fraud just below seventy."""

from .material import question

QUESTION = question("learned-threshold")
SHEET = " ".join(number.give for number in QUESTION.numbers)


def test_the_number_sheet() -> None:
    """6 % and 4 % of 5,000 are 300 and 200; 280 more false accounts at 300 are 84,000; 200 looks are free."""
    assert (5_000 * 6 // 100, 5_000 * 4 // 100, 500 - 300) == (300, 200, 200)
    assert (600 * 50 // 100 - 200 * 10 // 100) * 300 == 84_000
    assert all(figure in SHEET for figure in ("5,000", "84,000", "280 more", "500 a week, so 200"))


def test_a_lower_line_cannot_be_staffed() -> None:
    """A line at 60 asks for 900 looks; 500 can be done."""
    assert 300 + 600 > 500
    assert "900 looks" in " ".join(fact.claim for fact in QUESTION.facts)
