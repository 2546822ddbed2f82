"""The sums of the invoice reader that depends on a rented model, and on the clerks who check it."""

from __future__ import annotations

from .material import question
from .wording import sample, wording

QUESTION = question("vendor-in-the-path")
GIVE = {number.about: " ".join(number.give.split()) for number in QUESTION.numbers}
SUMS = " ".join(str(QUESTION.ground_truth).split())

NORMAL_DAY = 20_000
MONTH_END = 4 * NORMAL_DAY
PER_SECOND = MONTH_END / (10 * 3600)
WAITING = MONTH_END * 3 // 10
VENDOR_LIMIT = 4
CLERKS, CLERK_HOURS = 180, 8
CHECK_SECONDS, TYPE_MINUTES, CALL_MINUTES = 90, 4, 10
CHECKED_AN_HOUR = CLERKS * 3600 // CHECK_SECONDS
CHECKED = CHECKED_AN_HOUR * CLERK_HOURS
LEFT = MONTH_END - CHECKED


def test_load_at_month_end() -> None:
    """80,000 in ten hours are 2.2 a second; at 4 to 6 seconds each 9 to 13 are read at a time."""
    assert (
        "20,000 invoices on a working day, arriving evenly from 07:00 to 17:00. Four times" in GIVE["volume"]
    )
    assert (MONTH_END, 17 - 7, f"{PER_SECOND:.1f}") == (80_000, 10, "2.2")
    assert (round(PER_SECOND * 4), round(PER_SECOND * 6)) == (9, 13)
    assert "80,000 in ten hours are 2.2 a second" in SUMS
    assert "9 to 13" in SUMS


def test_the_clerks_cannot_check_a_month_end() -> None:
    """2,000 hours of checking against 1,440: 57,600 are checked and 22,400 left."""
    assert (MONTH_END * CHECK_SECONDS // 3600, CLERKS * CLERK_HOURS) == (2_000, 1_440)
    assert (CHECKED, LEFT) == (57_600, 22_400)
    assert NORMAL_DAY < CHECKED < MONTH_END
    assert "22,400 of 80,000 forms cannot be checked by 18:00" in QUESTION.signal("a").listen_for
    assert "2,000 needed, 1,440 there" in " ".join(QUESTION.signal("a").listen_for.split())
    assert "from 10:00 to 18:00" in GIVE["number of clerks"]


def test_prices_of_the_ways_out() -> None:
    """Late 44,800, extra hands 13,440 for 560 hours: three for each clerk, or 70 people."""
    hours = LEFT * CHECK_SECONDS / 3600
    assert (LEFT * 2, round(LEFT * 0.60), hours, round(hours / CLERKS), hours / CLERK_HOURS) == (
        44_800, 13_440, 560, 3, 70,
    )  # fmt: skip
    assert (MONTH_END // 5, MONTH_END * 4 // 5 - CHECKED) == (16_000, 6_400)
    assert (6_400 * CHECK_SECONDS // 3600, round(6_400 * 0.60), 6_400 * 2) == (160, 3_840, 12_800)
    ways = wording(QUESTION.signal("b"))
    for figure in ("560 hours", "70 people", "13,440", "44,800", "16,000 fewer, so 6,400"):
        assert figure in ways
    best = next(one.answer for one in QUESTION.practice if one.level == 4)
    for figure in ("16,000 away", "6,400 are 160 hours", "3,840 euros against 12,800"):
        assert figure in " ".join(best.split())


def test_vendor_may_be_down_for_hours() -> None:
    """99.5 % of a 30-day month leaves 3.6 hours, more than the outage of the turn."""
    down = 30 * 24 * 0.005
    assert f"{down:.1f}" == "3.6"
    assert down > 14 - 11
    assert "3.6 hours" in GIVE["what the vendor promises"]


def test_the_outage_changes_nothing_at_six() -> None:
    """24,000 wait at two and are read by 17:20; the clerks have 24,800 forms at eleven and do 21,600 of them."""
    read_by_eleven = MONTH_END * 4 // 10
    on_desks = read_by_eleven - CHECKED_AN_HOUR * 1
    assert (WAITING, read_by_eleven, on_desks, CHECKED_AN_HOUR * 3) == (24_000, 32_000, 24_800, 21_600)
    assert on_desks > CHECKED_AN_HOUR * 3
    left_at_five = WAITING - (VENDOR_LIMIT - PER_SECOND) * 3 * 3600
    assert round(left_at_five) == 4_800
    assert left_at_five / VENDOR_LIMIT / 60 == 20
    assert VENDOR_LIMIT * 3600 > CHECKED_AN_HOUR
    for figure in (
        "24,000 wait",
        "4,800 are left at 17:00",
        "read by 17:20",
        "32,000 have been read and 7,200 checked",
    ):
        assert figure in SUMS
    good = " ".join(QUESTION.turns[0].good.split())
    for figure in ("by 17:20", "24,800 forms", "57,600 are checked"):
        assert figure in good
    assert "24,800 forms to check" in sample(QUESTION, "by-chance")


def test_clerks_by_hand() -> None:
    """180 clerks type 21,600 invoices a day, so a month end takes almost four days."""
    assert CLERKS * 60 // TYPE_MINUTES * CLERK_HOURS == 21_600 > NORMAL_DAY
    assert 3.5 < MONTH_END / 21_600 < 4
    assert "21,600 a day" in GIVE["number of clerks"]
    assert "at 21,600 a day, a month end takes almost four days" in wording(QUESTION.signal("i"))


def test_cost_of_work() -> None:
    """At 24 an hour a check of 90 seconds costs 0.60 and typing for four minutes 1.60."""
    assert (round(24 * CHECK_SECONDS / 3600, 2), round(24 * TYPE_MINUTES / 60, 2)) == (0.60, 1.60)
    assert "0.60 euros" in GIVE["work of a clerk"]
    assert "1.60 euros" in GIVE["work of a clerk"]


def test_break_even_of_a_check() -> None:
    """A check for 0.60 against 400 pays above 0.15 %, one in about 670; late at 2 pays above 0.5 %."""
    assert (round(100 * 0.60 / 400, 9), round(400 / 0.60, -1), 100 * 2 / 400) == (0.15, 670, 0.5)
    assert "0.60/400 = 0.15 %" in SUMS
    assert "one in 670" in SUMS
    assert "2/400 = 0.5 %" in SUMS
    assert "0.15 % wrong, about one in 670" in wording(QUESTION.signal("b"))


def test_forms_with_an_error() -> None:
    """Ten fields right with 98 % each leave 18 of 100 forms with a wrong one."""
    assert round(100 * (1 - 0.98**10)) == 18
    assert "98 %" in GIVE["how well the model reads"]
    assert "18 of 100 forms" in SUMS


def test_changed_accounts() -> None:
    """0.4 % are 320 accounts at month end: 53 hours of calls, seven clerks."""
    assert MONTH_END * 4 // 1000 == 320
    hours = 320 * CALL_MINUTES / 60
    assert (round(hours), round(hours / CLERK_HOURS)) == (53, 7)
    assert "0.4 % of invoices" in GIVE["bank accounts"]
    assert "320 changed accounts take 53 hours, about seven clerks" in SUMS
    assert "53 hours, about seven clerks" in wording(QUESTION.signal("h"))


def test_repeats() -> None:
    """1.5 % of 20,000 are 300 repeats on a normal day."""
    assert NORMAL_DAY * 15 // 1000 == 300
    assert "300 on a normal day" in GIVE["repeats"]


def test_stages_fill_answer_and_probes() -> None:
    """The stages fill the minutes for answer and probes, and both turns fall inside the answer."""
    minutes = QUESTION.minutes
    assert sum(stage.minutes for stage in QUESTION.stages) == minutes.answer + minutes.probes
    assert [turn.minute for turn in QUESTION.turns] == [10, 15]


def test_samples_at_the_line_use_the_same_sums() -> None:
    hours = sample(QUESTION, "extra-hands")
    for figure in ("2,000 hours", "1,440", "22,400", "44,800", "13,440"):
        assert figure in hours
    chance = sample(QUESTION, "by-chance")
    assert CHECKED_AN_HOUR // CLERKS == 40
    for figure in ("one in 670", "40 an hour", "57,600", "22,400", "0.15 percent"):
        assert figure in chance


def test_the_card_holds_none_of_the_deciding_numbers() -> None:
    shown = QUESTION.prompt + str(QUESTION.card)
    assert not any(sign.isdigit() for sign in shown)
    fact = QUESTION.facts[-1].claim
    for result in (
        "2.2/s",
        "2,000 h",
        "1,440 h",
        "57,600",
        "22,400",
        "44,800",
        "13,440",
        "0.15 %",
        "18 %",
        "6,400",
    ):
        assert result in fact
