"""From a notebook to a service: what the differences touch, the last minute for going back, and what errors cost."""

from __future__ import annotations

from .material import question
from .wording import sample, wording

QUESTION = question("notebook-and-cron")
GIVE = {number.about: " ".join(number.give.split()) for number in QUESTION.numbers}
FACTS = [wording(fact) for fact in QUESTION.facts]


def test_the_morning_run_and_the_last_minutes() -> None:
    """Six plus 50 minutes is 6:50; six minutes of writing leave until 7:54, a new run until 7:10."""
    six, eight = 6 * 60, 8 * 60
    through = six + 50
    assert divmod(through, 60) == (6, 50)
    assert eight - through == 70
    assert divmod(eight - 6, 60) == (7, 54)
    assert divmod(eight - 50, 60) == (7, 10)
    ways = wording(QUESTION.signal("b"))
    for figure in (
        "takes 6 minutes, so somebody decides by 7:50",
        "through at 6:50",
        "has to start by 7:10",
        "20 minutes after 6:50",
    ):
        assert figure in ways
    assert "Yesterday's are not kept today" in GIVE["putting back"]
    assert "ten past seven" in sample(QUESTION, "do-not-write", "rerun-old", "by-hand-first")


def test_three_hundred_differences_touch_one_order_in_fourteen() -> None:
    """7,200 orders on 2,000 parts are 3.6 each: 180 of them are 648, the other 120 six."""
    assert 38_600 + 1_100 + 300 == 40_000
    assert 300 / 40_000 == 0.0075
    each = 9_000 * 80 / 100 / 2_000
    others = (9_000 - 7_200) / (40_000 - 2_000)
    touched = 180 * each + 120 * others
    assert (each, round(180 * each), round(120 * others), round(touched)) == (3.6, 648, 6, 654)
    assert round(9_000 / touched) == 14
    ways = wording(QUESTION.signal("a"))
    for figure in (
        "180 of the 300",
        "3.6 orders a day",
        "about 650 of 9,000",
        "one in fourteen",
        "0.75 percent",
    ):
        assert figure in ways
    told = sample(QUESTION, "by-orders", "keep-yesterday")
    for figure in ("3.6 orders each", "650 a day", "Day 19", "ten to eight"):
        assert figure in told


def test_one_by_one_the_best_sellers_are_through_before_the_colleague_leaves() -> None:
    """Twelve a day: 180 in fifteen working days, three weeks."""
    assert (180 / 12, 180 / 12 / 5) == (15, 3)
    assert "twelve a day, so they're through in three weeks" in sample(
        QUESTION, "do-not-write", "rerun-old", "by-hand-first"
    )


def test_a_stop_at_nine_thousand_changes() -> None:
    assert (40_000 * 3 // 100, 40_000 * 6 // 100, 9_000 / 40_000) == (1_200, 2_400, 0.225)
    assert "3 % of the prices change, that is 1,200" in GIVE["prices"]
    assert "22.5 percent where 3 are normal" in " ".join(QUESTION.turns[1].good.split())
    assert "above six, 2,400 prices" in sample(QUESTION, "do-not-write", "rerun-old", "by-hand-first")


def test_what_the_errors_cost_a_day() -> None:
    assert 500 * 1.50 == 750
    assert "about 500 orders a day, at 1.50 euros" in GIVE["what the 240 errors come to (after the turn)"]
    assert "750 euros a day as the price of waiting (500 orders, 1.50 each)" in " ".join(
        QUESTION.signal("g").listen_for.split()
    )


def test_four_weeks_may_pass_without_a_late_sheet() -> None:
    """(86 / 90) to the 28th is 28 %."""
    assert round((86 / 90) ** 28, 2) == 0.28
    assert "(86/90)^28 = 28 %" in FACTS[1]
    assert "4 of the last 90 days" in GIVE["inputs"]


def test_the_six_weeks_hold_one_months_end() -> None:
    """Day 19 is inside 42 days; the next one, 30 or 31 days later, is not."""
    assert 19 <= 42 < 19 + 28
    assert "one month's end, on day 19" in GIVE["the calendar"]


def test_the_card_holds_none_of_the_deciding_numbers() -> None:
    shown = QUESTION.prompt + str(QUESTION.card)
    assert not [kept for kept in ("19", "300", "180", "9,000", "6:50", "month") if kept in shown]
