"""The night before the lists: its minutes, and what each emergency list costs."""

from __future__ import annotations

import pytest

from .material import question
from .wording import lacking

QUESTION = question("seven-oclock")
STEPS = {"collect": 20, "check": 5, "build": 40, "train": 70, "test": 15, "predict": 10, "write": 5}
SEVEN = 7 * 60


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def of(*steps: str) -> int:
    return sum(STEPS[step] for step in steps)


def test_stages_fill_answer_and_probes() -> None:
    assert (
        sum(stage.minutes for stage in QUESTION.stages) == QUESTION.minutes.answer + QUESTION.minutes.probes
    )
    assert all(turn.minute is not None and turn.minute < QUESTION.minutes.answer for turn in QUESTION.turns)


def test_the_night_by_the_clock() -> None:
    """Training starts at 02:05, so three o'clock is 55 minutes into it; the whole chain takes 165."""
    assert 60 + of("collect", "check", "build") + 55 == 180
    assert sum(STEPS.values()) == 165
    assert not lacking(QUESTION, "55 minutes in", "165 minutes", "It begins at 01:00")
    sheet = QUESTION.numbers[2].give
    assert all(str(minutes) in sheet for minutes in STEPS.values())


def test_the_last_minutes_to_start() -> None:
    """100 minutes from train on: 05:20, when two tries from three are over; 15 from predict on: 06:45."""
    from_train = of("train", "test", "predict", "write")
    assert (from_train, clock(SEVEN - from_train)) == (100, "05:20")
    assert clock(3 * 60 + 2 * STEPS["train"]) == "05:20"
    assert clock(SEVEN - of("predict", "write")) == "06:45"
    assert not lacking(QUESTION.signal("b"), "100 minutes", "05:20", "take 15", "06:45")


def test_without_training_sales_may_be_waited_for() -> None:
    """80 minutes: collecting from 05:40 to 06:00, 85 minutes later than with training and test."""
    night = of("collect", "check", "build", "predict", "write")
    assert (night, clock(SEVEN - night), clock(SEVEN - night + STEPS["collect"])) == (80, "05:40", "06:00")
    assert sum(STEPS.values()) - night == 85
    assert not lacking(QUESTION, "80 minutes are left", "ends by 06:00", "at 5:40", "85 minutes longer")


@pytest.mark.parametrize(
    ("error", "eur"), [(11.1, "400"), (13.5, "10,000"), (18.0, "28,000"), (25.0, "56,000")]
)
def test_emergency_lists_have_their_price(error: float, eur: str) -> None:
    """Points above 11.0 times 4,000 EUR."""
    assert f"{round((error - 11.0) * 4_000):,}" == eur
    assert f"{error:.1f} %".replace("25.0", "25") in QUESTION.numbers[4].give
    assert not lacking(QUESTION.signal("g"), eur)


def test_the_prices_are_not_on_the_sheet() -> None:
    """The sheet gives errors and the cost of a point; the products are the candidate's to find."""
    sheet = " ".join(number.give for number in QUESTION.numbers)
    assert [price for price in ("10,000", "28,000", "56,000", "05:20", "06:45") if price in sheet] == []


def test_fresh_sales_are_worth_25_times_a_fresh_model() -> None:
    assert 10_000 / 400 == 25
    assert not lacking(QUESTION.signal("g"), "25 times")


def test_branches_and_nights_add_up() -> None:
    """320 x 45 = 14,400; 314 and 6 are 320; 5 + 7 + 1 = 13 nights, six with a failed training."""
    assert (320 * 45, 314 + 6, 5 + 7 + 1, 5 + 1) == (14_400, 320, 13, 6)
    assert not lacking(
        QUESTION, "14,400", "314 by 03:00", "Six come after", "13 with trouble", "six nights out of 90"
    )


def test_sixty_branches_cost_1900_eur_and_late_lists_620_a_day() -> None:
    """2.5 x 4,000 x 60 / 320 = 1,875; 2 x 28,000 / 90 = 622."""
    assert (2.5 * 4_000 * 60 / 320, round(2 * 28_000 / 90), 320 - 60) == (1_875, 622, 260)
    assert not lacking(QUESTION, "about 1,900 EUR", "about 620 a day", "260 lists", "1,875", "622")
