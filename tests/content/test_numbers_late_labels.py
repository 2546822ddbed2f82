"""The numbers of the loan model whose truth is ninety days late."""

from math import sqrt
from statistics import NormalDist

import pytest

from question_bank.load import BANK
from question_bank.model import Question
from rubrics.files import read_model

QUESTION = read_model(BANK / "questions/drift/late-labels.yaml", BANK, Question)
FACTS = " ".join(fact.claim for fact in QUESTION.facts)
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
    """40 tests at 5 % give 2 a day; at 0.05 / 40 each 0.05 a day, and 0.09 standard deviations still fire."""
    assert round(40 * 0.05, 9) == 2
    assert round(1 / 0.05) == 20
    limit = NormalDist().inv_cdf(1 - 0.05 / 40 / 2)
    assert (round(limit, 2), round(limit / sqrt(1_200), 2)) == (3.23, 0.09)
    assert GIVE["Input columns"].startswith("40,")
    listen = QUESTION.signal("h").listen_for
    assert "40 columns tested daily at 5 % fire twice a day" in listen
    assert "once in twenty days" in listen
    assert "0.09 standard deviations" in listen
    assert "40 x 0.05 = 2" in FACTS


def test_days_on_which_a_doubling_shows() -> None:
    """4.3 % become 6.6 %: a week of all loans tells them apart, the newest partner takes two to four weeks."""
    today, doubled = (bad * 0.60 + (1 - bad) * 0.02 for bad in (BAD, 2 * BAD))
    assert (APPROVED * 7, 66 * 7) == (4_620, 462)
    assert (half_interval(today, 4_620), half_interval(today, 462)) == ("0.6", "1.9")
    gap = 100 * (doubled - today)
    assert gap > float(half_interval(today, 4_620)) + float(half_interval(doubled, 4_620))
    # One week of the newest partner is not enough for two intervals apart, four weeks are.
    assert gap < float(half_interval(today, 462)) + float(half_interval(doubled, 462))
    assert gap > float(half_interval(today, 4 * 462)) + float(half_interval(doubled, 4 * 462))
    assert (30 + 7, 30 + 14, 30 + 28) == (37, 44, 58)
    assert (round(APPROVED * doubled), round(66 * today, 1), round(66 * doubled, 1)) == (44, 2.9, 4.4)
    listen = QUESTION.signal("a").ways[0].listen_for
    assert all(part in listen for part in ("4,620", "±0.6", "day 37", "462, ±1.9", "day 44 to 58"))
    assert "44 after a doubling" in QUESTION.signal("a").ways[1].listen_for


def test_a_running_sum_shows_a_doubling_within_days() -> None:
    """After four days 62 more misses than expected are nearly six standard deviations."""
    today, doubled = (APPROVED * (bad * 0.60 + (1 - bad) * 0.02) for bad in (BAD, 2 * BAD))
    assert 4 * (doubled - today) / sqrt(4 * today) > 5
    assert "three or four days after day 30" in QUESTION.practice[3].answer


def test_what_is_lost_until_then() -> None:
    """At 8 % 90 EUR a loan: 59,000 a day, 5,900 at the newest partner, 340,000 by day 58; 20 a day cost 1,800."""
    loss = 0.08 * 4_800 - 0.92 * 320
    assert (round(loss, 2), round(660 * loss), round(66 * loss), round(58 * 66 * loss)) == (
        89.6,
        59_136,
        5_914,
        342_989,
    )
    assert round(20 * loss, -2) == 1_800
    assert round(22 * loss, -3) == 2_000
    assert round(44 * 660 * loss, -5) == 2_600_000
    assert "342,989 by day 58" in FACTS
    assert "about 340,000 EUR by day 58" in QUESTION.signal("b").listen_for
    assert "1,800 EUR a day" in QUESTION.routes[1].route
    assert "about 2.6 million" in QUESTION.routes[0].route


def test_a_perfect_number_cannot_be() -> None:
    """Of 462 loans 2 % are nine; none at all has a chance of 0.009 %. With 20 reviews 46 of 66 go unseen."""
    assert (round(462 * 0.02), round(100 * 0.98**462, 3)) == (9, 0.009)
    assert "None of its 462" in QUESTION.turns[0].say
    assert 66 - 20 == 46
    assert "46 of the newest partner's 66" in QUESTION.turns[1].good
    assert "withholds" in (QUESTION.reveals[0].show or "")


def test_learning_about_the_declined() -> None:
    """At 15 % bad one costs 448 EUR; five a day 2,240; 450 in ninety days tell 15 % to ±3.3 points."""
    cost = 0.15 * 4_800 - 0.85 * 320
    assert (round(cost), round(5 * cost), 5 * 90) == (448, 2_240, 450)
    assert half_interval(0.15, 450) == "3.3"
    assert "2,240 EUR" in QUESTION.signal("g").listen_for
    assert "15 % bad" in GIVE["The other requests"]


def test_stages_fill_answer_and_probes() -> None:
    """The stages fill the minutes for answer and probes, and every turn falls inside the answer."""
    assert (
        sum(stage.minutes for stage in QUESTION.stages) == QUESTION.minutes.answer + QUESTION.minutes.probes
    )
    assert all((turn.minute or 0) < QUESTION.minutes.answer for turn in QUESTION.turns)
    assert "60 a day" in GIVE["Spare manual reviews"]
    assert "only 20 extra cases" in QUESTION.turns[1].say


def test_the_opening_holds_no_deciding_number() -> None:
    """Instalments, partners and costs are given on request."""
    start = QUESTION.prompt + (QUESTION.card or "")
    assert not any(word in start for word in ("installment", "partner", "660", "4,800", "462"))
