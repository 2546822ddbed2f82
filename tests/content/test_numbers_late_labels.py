"""The numbers of the loan model whose truth is ninety days late."""

from math import sqrt

import pytest

from question_bank.load import BANK
from question_bank.model import Question
from rubrics.files import read_model

QUESTION = read_model(BANK / "questions/drift/late-labels.yaml", BANK, Question)
GIVE = {number.about: number.give for number in QUESTION.numbers}

REQUESTS = 1_200
APPROVED = REQUESTS * 55 // 100
BAD = 0.04


def half_interval(share: float, rows: int) -> str:
    """Half of a 95 % interval of a share, in points."""
    return f"{100 * 1.96 * sqrt(share * (1 - share) / rows):.1f}"


def test_requests_divide_into_approved_and_others() -> None:
    """1,200 requests are 660 approved and 540 others; of these people approve 180 and decline 360."""
    assert f"{REQUESTS:,} a day" in GIVE["Requests"]
    assert APPROVED == 660
    assert "55 %, that is 660 a day" in GIVE["Approved without a human look"]
    assert REQUESTS - APPROVED == 540 == 180 + 360
    others = GIVE["The other requests"]
    assert all(part in others for part in ("540 a day", "approve 180", "decline 360", "those 360"))


def test_bad_and_open_loans() -> None:
    """4 % of 660 are about 26 a day, and ninety days of approvals are 59,400 open loans."""
    text = GIVE["Loans that go bad"]
    assert round(APPROVED * BAD) == 26
    assert "4 % of the 660, about 26 a day" in text
    assert f"{APPROVED * 90:,}" == "59,400"
    assert "59,400 such loans" in text


@pytest.mark.parametrize(("days", "points"), [(1, "1.5"), (7, "0.6"), (30, "0.3")])
def test_interval_of_the_bad_rate(days: int, points: str) -> None:
    """A bad rate of 4 % is known to 1.5 points from a day, 0.6 from a week, 0.3 from 30 days."""
    assert half_interval(BAD, APPROVED * days) == points
    assert f"±{points}" in GIVE["How exact a bad rate of 4 % is"]


def test_missed_first_instalments() -> None:
    """4.3 % miss the first instalment, 28 to 29 a day; at a doubled bad rate 6.6 % would."""
    text = GIVE["Anything known before day 90"]
    today, doubled = (bad * 0.60 + (1 - bad) * 0.02 for bad in (BAD, 2 * BAD))
    assert (f"{100 * today:.1f}", f"{100 * doubled:.1f}") == ("4.3", "6.6")
    assert 28 < APPROVED * today < 29
    assert all(
        part in text
        for part in ("60 % miss it", "others 2 %", "4.3 % miss it today, 28 to 29 a day", "8 %, 6.6 %")
    )


def test_partners_add_up() -> None:
    """The partners send all 1,200 requests; the newest gives 66 approvals a day and 1.8 points a week."""
    text = GIVE["Partners"]
    assert sum((600, 480, 120)) == REQUESTS
    newest = 120 * 55 // 100
    assert newest == 66
    assert half_interval(BAD, newest * 7) == "1.8"
    assert all(part in text for part in ("600, 480 and 120", "66 approvals", "±1.8 points per week"))


def test_break_even_chance() -> None:
    """A loan pays for itself up to 6.25 %; at 4 % a day's approvals earn about 76,000."""
    text = GIVE["What an error costs"]
    assert 100 * 320 / (320 + 4_800) == 6.25
    earned = APPROVED * ((1 - BAD) * 320 - BAD * 4_800)
    assert round(earned, -3) == 76_000
    assert all(part in text for part in ("4,800", "320", "6.25 %", "about 76,000"))


def test_false_alarms() -> None:
    """40 columns tested daily at 5 % give 2 false alarms a day."""
    assert round(40 * 0.05, 9) == 2
    assert GIVE["Input columns"].startswith("40,")
    assert "40 columns tested daily at 5 % give 2 false alarms" in QUESTION.signal("h").listen_for
    assert "40 x 0.05 = 2" in QUESTION.facts[2].claim


def test_stages_fill_answer_and_probes() -> None:
    """The stages fill the minutes for answer and probes, and every twist falls inside them."""
    assert (
        sum(stage.minutes for stage in QUESTION.stages) == QUESTION.minutes.answer + QUESTION.minutes.probes
    )
    assert all(twist.minute < QUESTION.minutes.answer for twist in QUESTION.twists)
    assert "60 a day" in GIVE["Spare manual reviews"]
    assert "only 20 extra cases" in QUESTION.twists[0].say
