"""The numbers of the weekly figure for summaries."""

from __future__ import annotations

from math import sqrt

from .material import question

QUESTION = question("summary-number")
GIVE = {number.about: number.give for number in QUESTION.numbers}
FACTS = " ".join(fact.claim for fact in QUESTION.facts)


def half(*shares: tuple[float, int]) -> str:
    """Half of a 95 % interval of a share, or of the difference of two, in points."""
    return f"{196 * sqrt(sum(p * (1 - p) / n for p, n in shares)):.1f}"


def test_cases_of_a_week() -> None:
    """Six hours at nine minutes are 40 cases, 160 in four weeks."""
    assert (6 * 60 // 9, 4 * 40) == (40, 160)
    assert "40 a week" in GIVE["Time per case"]


def test_errors_add_up() -> None:
    """9 + 4 + 3 = 16 of 160 are 10 %; the model marked 4, so it missed three in four."""
    assert (9 + 4 + 3, 16 / 160, (16 - 4) / 16) == (16, 0.1, 0.75)
    assert "16 with a serious error" in GIVE["First reading, four weeks"]


def test_range_of_the_figure() -> None:
    """10 % of 160 is known to ±4.6 points, of 40 to ±9.3."""
    assert (half((0.1, 160)), half((0.1, 40))) == ("4.6", "9.3")
    assert "±4.6 points; of 40: ±9.3" in GIVE["How exact that is"]


def test_changes_that_show_and_that_do_not() -> None:
    """10 to 20 % is 10 ± 7.7 and shows; 10 to 15 % is 5 ± 7.2 and does not."""
    assert (half((0.1, 160), (0.2, 160)), half((0.1, 160), (0.15, 160))) == ("7.7", "7.2")
    assert "10 ± 7.7" in FACTS
    assert "5 ± 7.2" in FACTS


def test_silent_judge_agrees_as_much_as_the_model() -> None:
    """The model: 160 - 12 missed - 3 wrongly marked = 145, 91 %; marking nothing: 144, 90 %; 7 of 160 are 4 %."""
    agreed = [160 - 12 - 3, 160 - 16]
    assert agreed == [145, 144]
    assert [f"{100 * count / 160:.0f}" for count in agreed] == ["91", "90"]
    assert f"{100 * (4 + 3) / 160:.0f}" == "4"
    assert "145 of 160, 91 %" in FACTS


def test_share_corrected_for_what_the_reader_misses() -> None:
    """17 of 20 planted errors found: 10 % found are about 12 % in truth."""
    assert round(10 / (17 / 20)) == 12
