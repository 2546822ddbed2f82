"""The sums in the turn of the question about a decision made months earlier."""

from __future__ import annotations

from .material import question, wilson

WORDS = question("months-earlier").model_dump_json(ensure_ascii=False)


def test_six_of_two_hundred_reruns_that_differ() -> None:
    """6 of 200 is 3 %, by Wilson 1.4 to 6.4 %: 270 of 9,000, from 124 to 575."""
    low, high = wilson(6, 200)
    assert (194 / 200, 6 / 200, 9_000 * 6 // 200) == (0.97, 0.03, 270)
    assert (round(100 * low, 1), round(100 * high, 1)) == (1.4, 6.4)
    assert (round(9_000 * low), round(9_000 * high)) == (124, 575)
    figures = (
        "194 come out as stored, six don't",
        "97 percent",
        "1.4 to 6.4 %",
        "about 270",
        "between 124 and 575",
    )
    assert [figure for figure in figures if figure not in WORDS] == []


def test_the_case_she_asked_about_is_rerun_before_five() -> None:
    """What the turn decides on comes only when asked for: her case is not among the 200, and a rerun is short."""
    asked = question("months-earlier")
    shown = asked.prompt + (asked.card or "")
    given = " ".join(number.give for number in asked.numbers)
    assert "not among the 200" in given
    assert "ten minutes" in given
    assert "200" not in shown
