"""The feature migration plan: its sums and dates again, and the figures that sink its limit and its way back."""

from __future__ import annotations

import datetime as dt

from .material import question
from .wording import sample, wording

QUESTION = question("feature-move")
PLAN = " ".join(str(QUESTION.exhibit("answer").text).split())
GIVEN = " ".join(" ".join(number.give.split()) for number in QUESTION.numbers)
FACTS = [wording(fact) for fact in QUESTION.facts]
DEFECTS = {defect.id: wording(defect) for defect in QUESTION.defects}
CUSTOMERS = 14_000_000
CHECKED, BLOCKS, RIGHT, LOSS = 1_100_000, 880, 0.7, 60
SHOWS_AFTER = 24
EXTENSION = 96_000


def day(month: int, number: int) -> dt.date:
    """A day of the winter in which the plan runs; it begins on 1 December."""
    return dt.date(2026 if month == 12 else 2027, month, number)


def after(start: dt.date, days: int) -> tuple[int, int]:
    then = start + dt.timedelta(days=days)
    return then.month, then.day


def test_sums_of_the_plan_are_right() -> None:
    """25 nights, 19 minutes at the limit, 5.4 million waiting, 12 minutes for them, 39 for the rewrite."""
    a_night = 7 * 60 // 26
    assert (a_night, 400 // a_night) == (16, 25)
    off_peak = (5_500 * 24 - 9_800 * 4) / 20
    seconds = CUSTOMERS / 12_000
    assert (off_peak, round(seconds / 60)) == (4_640, 19)
    waiting = off_peak * seconds
    assert (round(waiting / 1e6, 1), round(waiting / (12_000 - off_peak) / 60)) == (5.4, 12)
    assert round(CUSTOMERS / 6_000 / 60) == 39
    assert 6_000 + off_peak < 12_000
    for words in (
        "**25 nights**",
        "4,640/s",
        "19 min",
        "5.4 million clears in 12 min",
        "14 million at 6,000/s = 39 min",
    ):
        assert words in PLAN
    assert "5.4 million waiting, 12 minutes at 7,360; at 6,000 they are 39" in FACTS[0]


def test_stored_snapshots_are_needed_as_the_plan_says() -> None:
    """With 400 days the 365-day count is exact from late October, 90-day windows from late January."""
    oldest = day(12, 1) - dt.timedelta(days=400)
    assert after(oldest, 365) == (10, 27)
    assert after(oldest, 90) == (1, 25)
    assert after(day(3, 1), -60) == (12, 31)
    assert "late October, 90-day windows from late January" in PLAN
    assert "14 months" in GIVEN


def test_limit_of_the_plan_lets_a_fraud_model_pass_that_blocks_nothing() -> None:
    assert "under 0.1 % of model decisions changed" in PLAN
    allowed = CHECKED // 1_000
    assert (allowed, round(100 * BLOCKS / CHECKED, 2)) == (1_100, 0.08)
    assert allowed > BLOCKS
    assert "1.1 million orders and top-ups a day and blocks 880" in GIVEN
    saved = BLOCKS * RIGHT * LOSS
    assert (round(BLOCKS * RIGHT), round(saved), round(EXTENSION / saved, 1)) == (616, 36_960, 2.6)
    assert (round(0.05 * BLOCKS), round(1_000 / (RIGHT * LOSS))) == (44, 24)
    said = wording(QUESTION.signal("a"))
    for words in (
        "880 of 1.1 million a day, 0.08 %. And 0.1 % is 1,100",
        "44 a day, 5 %",
        "616 a day",
        "24 blocks",
    ):
        assert words in said
    assert "36,960 a day" in DEFECTS["D1"]
    assert "1,100" in sample(QUESTION, "count-the-blocks", "extend")
    assert "616 real frauds" in sample(QUESTION, "known-frauds", "judged-before")


def test_missed_fraud_shows_after_the_way_back_is_gone() -> None:
    """11 March and 24 days is 4 April; 7 March is the last day for half of it to be known by the 31st."""
    assert "fraud 11" in PLAN
    assert "After 31 March there is no way back" in PLAN
    assert "after 24 days (median)" in GIVEN
    moves = {(3, 11): (4, 4), (3, 7): (3, 31), (2, 1): (2, 25), (2, 4): (2, 28)}
    assert {start: after(day(*start), SHOWS_AFTER) for start in moves} == moves
    assert after(day(1, 7), 13) == (1, 20)
    assert (day(3, 31) - day(3, 11)).days == 20
    said = wording(QUESTION.signal("b"))
    for words in (
        "11 March and 24 days is 4 April",
        "end on the 20th",
        "it is 25 February",
        "by 7 March at the latest",
    ):
        assert words in said
    assert "up to 4 February is half known by 28 February" in said
    assert "11 March plus 24 is 4 April" in sample(QUESTION, "count-the-blocks", "extend")
    assert "half known on 28 February" in sample(QUESTION, "known-frauds", "judged-before")


def test_extension_is_decided_too_late() -> None:
    assert "Decision 20 March" in PLAN
    assert "EUR 96,000. The order has to be in by 31 January" in GIVEN
    assert (day(3, 20) - day(1, 31)).days == 48
    assert "48 days later" in DEFECTS["D3"]


def test_explained_difference_hits_two_percent() -> None:
    assert "every larger gap explained (late events)" in PLAN
    assert (CUSTOMERS // 1_000, 100 * 280_000 / CUSTOMERS) == (14_000, 2)
    assert "280,000 customers are abroad, 2 %, where 0.1 % is 14,000" in wording(QUESTION.signal("g"))
    assert "280,000 is 2 %" in wording(QUESTION.turns[0])


def test_fall_in_blocks_has_a_price() -> None:
    missing = BLOCKS - 610
    assert (missing, round(missing * RIGHT * LOSS)) == (270, 11_340)
    assert "270 × 0.7 × 60 = EUR 11,340 a day" in wording(QUESTION.turns[1])
    assert "270 × 0.7 × 60 = EUR 11,340 a day" in wording(QUESTION.signal("h"))


def test_what_is_unknown_on_the_last_day() -> None:
    assert "cancellation 4, late payment 8" in PLAN
    assert (after(day(3, 4), 60), after(day(3, 8), 30)) == ((5, 3), (4, 7))
    assert "known on 3 May, late payment from the 8th on 7 April" in wording(QUESTION.signal("i"))


def test_first_nights_of_the_backfill_serve_nothing() -> None:
    """On 6 January the longest window begins on 6 January of the year before; 68 days, four nights."""
    first, needed = day(12, 4) - dt.timedelta(days=400), day(1, 6) - dt.timedelta(days=365)
    assert ((first.month, first.day), (needed.month, needed.day)) == ((10, 30), (1, 6))
    assert ((needed - first).days, 68 // 16) == (68, 4)
    assert day(12, 28) - dt.timedelta(days=400) < needed
    assert "4–28 Dec, oldest day first" in PLAN
    assert "first 68 days" in DEFECTS["D7"]


def test_steps_that_do_not_fit_stand_in_the_plan() -> None:
    """Stream snapshots from 7 January and a gate on 22 February; comparison and rewrite both at 02:00."""
    for words in (
        "SQL snapshots up to 6 Jan, stream snapshots taken at 02:00 afterwards",
        "14 clean days running by 22 Feb",
        "every night at 02:00",
        "Compare at 02:00 only",
        "each window equal for 99.9 % of customers",
    ):
        assert words in PLAN


def test_deciding_figures_are_not_on_the_card() -> None:
    shown = f"{QUESTION.prompt} {QUESTION.card} {PLAN} {QUESTION.exhibit('request').text}"
    for kept in ("880", "1.1 million", "24 days", "96,000", "31 January", "280,000", "six hours"):
        assert kept not in shown
        assert kept in GIVEN
