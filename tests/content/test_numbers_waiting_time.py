"""Shorter waits in support: load, what is left over each evening, and the price of a mistake."""

from __future__ import annotations

import math

from .material import question, wilson
from .wording import sample, wording

QUESTION = question("waiting-time")
FACTS = [wording(fact) for fact in QUESTION.facts]
WEEK = (1_200, 1_000, 900, 800, 600)


def left_over(less: float = 0.0, answered: int = 960) -> list[int]:
    """Requests that wait at the end of each day, with a share of the work taken away."""
    waiting, found = 0.0, []
    for coming in WEEK:
        waiting = max(0.0, waiting + coming * (1 - less) - answered)
        found.append(round(waiting))
    return found


def test_drafts_more_than_double_the_slack() -> None:
    """900 of 960 is 94 %; 108 drafts at 3 minutes for 12 save 81: 141 free where it was 60, 85.3 % full."""
    assert (24 * 40, sum(WEEK) // 5, 270 * 4 // 10, 108 * 9 // 12) == (960, 900, 108, 81)
    assert (960 - 900, 960 - 819, 141 > 2 * 60) == (60, 141, True)
    assert [round(100 * work / 960, 2) for work in (900, 819, 792)] == [93.75, 85.31, 82.5]
    listened = wording(QUESTION.signal("a"))
    for figure in ("room for 60 a day", "so 141", "94 percent full becomes 85", "82.5"):
        assert figure in listened
    assert "81 requests' worth: room for 141" in sample(QUESTION, "slack", "break-even", "oldest-first")


def test_what_is_left_over_each_evening() -> None:
    assert 81 / 900 == 0.09
    assert (left_over(), sum(left_over())) == ([240, 280, 220, 60, 0], 800)
    assert (left_over(0.09), sum(left_over(0.09))) == ([132, 82, 0, 0, 0], 214)
    assert (left_over(0.12), sum(left_over(0.12))) == ([96, 16, 0, 0, 0], 112)
    assert "240, 280, 220, 60 and 0, 800 in all; with 9 % less work 132, 82" in FACTS[1]
    week = sample(QUESTION, "through-the-week", "never-alone", "prevent")
    for figure in ("240 are left, then 280, 220, 60", "132 on Monday, 82 on Tuesday"):
        assert figure in week


def test_a_mistake_costs_as_much_as_twenty_looks() -> None:
    """1.50 / 30 = 5 %; 8 of 200 may be 2 to 8; alone saves 162 euros a day and loses 130 at 4 in 100."""
    look = 3 / 60 * 30
    assert (look, look / 30) == (1.5, 0.05)
    low, high = wilson(8, 200)
    assert (round(100 * low, 1), round(100 * high, 1)) == (2.0, 7.7)
    assert high > look / 30 > 8 / 200
    assert wilson(86, 2_160)[1] < look / 30
    assert (108 * 3 // 12, 108 * look, round(108 * 0.04 * 30, 2)) == (27, 162.0, 129.6)
    listened = wording(QUESTION.signal("b"))
    for figure in (
        "1.50 euros, a mistake 30 more",
        "below 5 in 100",
        "2 to 8",
        "27 requests",
        "162 euros",
        "130 euros",
    ):
        assert figure in listened


def test_what_the_comparison_of_weeks_can_see() -> None:
    error = 6 * math.sqrt(2 / 3)
    assert (round(error, 1), round(2.8 * error, 1)) == (4.9, 13.7)
    assert "about 14 points" in QUESTION.signal("g").listen_for


def test_december_piles_up_with_and_without_the_part() -> None:
    assert 900 * 4 // 3 == 1_200
    saved = 1_200 * 3 // 10 * 4 // 10 * 9 // 12
    assert (saved, 1_200 - saved, 1_200 - saved - 960, 1_200 - 960) == (108, 1_092, 132, 240)
    assert "132 a day pile up with the AI, 240 without" in " ".join(QUESTION.turns[1].good.split())


def test_the_plain_changes_figures() -> None:
    assert (180 // 3, 270 * (12 - 10) // 12) == (60, 45)
    assert 60 + 45 > 81
    (without,) = (route.route for route in QUESTION.routes if route.id == "no-ai")
    assert "60 and 45 a day, more than the 81" in " ".join(without.split())
    listened = wording(QUESTION.signal("c"))
    for figure in ("from 26 to 17 hours", "7 hours where it was 5", "60 a day", "45 requests' worth"):
        assert figure in listened


def test_the_card_holds_none_of_the_deciding_numbers() -> None:
    shown = QUESTION.prompt + str(QUESTION.card)
    assert not [kept for kept in ("900", "960", "1,200", "26", "17", "200", "30") if kept in shown]
