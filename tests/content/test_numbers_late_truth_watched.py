"""The numbers told about early signs and late truth."""

from __future__ import annotations

from .material import question

QUESTION = question("late-truth-watched")
ANSWERS = [" ".join(sample.answer.split()) for sample in QUESTION.practice if sample.source == "written"]


def test_calls_by_week_four_predict_the_visits() -> None:
    """40 x 0.80 + 60 x 0.15 = 41 in 100 come; with 30 calls it is 34.5."""
    assert (40 * 0.80 + 60 * 0.15, 30 * 0.80 + 70 * 0.15) == (41, 34.5)
    route = " ".join((QUESTION.no_experience_route or "").split())
    assert "40 in 100 have called by week four, now it is 30" in route
    assert "80 in 100 come, of the others 15" in route
    assert "34 to 35 in 100 visits are to be expected, usually it is 41" in route


def test_bad_months_are_told_with_both_numbers() -> None:
    """What the sign said and what came out is far apart, in each sample of level 3 and 4."""
    assert "she said 9 percent, 17 came back" in ANSWERS[2]
    assert "Of 1,000 who stopped, 620 left. But also 240 who came every week left" in ANSWERS[3]
    assert "in August it said 19 percent and 12 came" in ANSWERS[4]


def test_the_smooth_story_has_no_wrong_month() -> None:
    """The sample at level 2 has no number of a comparison."""
    assert not any(word in ANSWERS[1] for word in ("percent", " wrong", "said"))
