"""The sums of the invoice reader that depends on a rented model."""

from question_bank.load import BANK
from question_bank.model import Question
from rubrics.files import read_model

QUESTION = read_model(BANK / "questions/systems-thinking/vendor-in-the-path.yaml", BANK, Question)
GIVE = {number.about: number.give for number in QUESTION.numbers}
SUMS = QUESTION.ground_truth or ""

NORMAL_DAY = 20_000
MONTH_END = 4 * NORMAL_DAY
PER_SECOND = MONTH_END / (10 * 3600)
WAITING = MONTH_END * 3 // 10
VENDOR_LIMIT = 4
CLERKS, CLERK_HOURS = 180, 8
CHECK_SECONDS, TYPE_MINUTES, CALL_MINUTES = 90, 4, 10


def test_load_at_month_end() -> None:
    """80,000 in ten hours are 2.2 a second; at 4 to 6 seconds each 9 to 13 are read at a time."""
    assert f"{MONTH_END:,}" in GIVE["Volume"]
    assert 17 - 7 == 10
    assert f"{PER_SECOND:.1f}" == "2.2"
    assert (round(PER_SECOND * 4), round(PER_SECOND * 6)) == (9, 13)
    assert "80,000 in ten hours are 2.2 a second" in SUMS
    assert "9 to 13" in SUMS


def test_vendor_may_be_down_for_hours() -> None:
    """99.5 % of a 30-day month leaves 3.6 hours, more than the outage of the story."""
    down = 30 * 24 * 0.005
    assert f"{down:.1f}" == "3.6"
    assert down > 3
    assert "3.6 hours" in GIVE["What the vendor promises"]


def test_catching_up_after_the_outage() -> None:
    """24,000 wait; 1.7 a second more clears them in four hours, and 4 a second in 3 hours 45 minutes."""
    assert f"{WAITING:,}" == "24,000"
    extra = WAITING / (4 * 3600)
    assert (f"{extra:.1f}", f"{PER_SECOND + extra:.1f}") == ("1.7", "3.9")
    together = PER_SECOND + extra
    assert (round(together * 4), round(together * 6)) == (16, 23)
    assert together < VENDOR_LIMIT
    assert round(WAITING / (VENDOR_LIMIT - PER_SECOND) / 3600, 9) == 3.75
    parts = ("24,000 wait", "1.7 a second on top, 3.9 in all", "16 to 23", "3 hours 45 minutes")
    assert all(part in SUMS for part in parts)
    assert "24,000 wait after three hours" in QUESTION.signal("d").listen_for
    assert "At most 4 readings a second" in GIVE["What the vendor promises"]


def test_clerks_by_hand() -> None:
    """180 clerks type 21,600 invoices a day and 8,100 in three hours, a third of those that wait."""
    per_hour = CLERKS * 60 // TYPE_MINUTES
    assert per_hour * CLERK_HOURS == 21_600 > NORMAL_DAY
    assert 3.5 < MONTH_END / 21_600 < 4
    assert per_hour * 3 == 8_100
    assert 0.3 < 8_100 / WAITING < 0.35
    assert "21,600 a day; a month end takes almost four days" in GIVE["Number of clerks"]
    assert "8,100 in three hours, about a third" in SUMS
    assert "8,100 of 24,000" in QUESTION.twists[0].good


def test_cost_of_work() -> None:
    """At 24 an hour a check of 90 seconds costs 0.60 and typing for four minutes 1.60."""
    assert (round(24 * CHECK_SECONDS / 3600, 2), round(24 * TYPE_MINUTES / 60, 2)) == (0.60, 1.60)
    assert "0.60" in GIVE["Work of a clerk"]
    assert "1.60" in GIVE["Work of a clerk"]


def test_break_even_of_a_check() -> None:
    """A check for 0.60 against 400 pays above 0.15 %, one in about 670."""
    assert round(100 * 0.60 / 400, 9) == 0.15
    assert round(400 / 0.60, -1) == 670
    assert "0.60/400 = 0.15 %" in SUMS
    assert "one in 670" in SUMS
    assert "a check pays above 0.15 %" in QUESTION.signal("h").listen_for
    assert "one invoice in about 670" in (QUESTION.signal("h").plain_meaning or "")


def test_not_all_forms_can_be_checked_at_month_end() -> None:
    """180 clerks check 57,600 forms a day: enough for a normal day, not for 80,000."""
    forms = CLERKS * CLERK_HOURS * 3600 // CHECK_SECONDS
    assert forms == 57_600
    assert NORMAL_DAY < forms < MONTH_END
    assert "57,600 forms a day, not for 80,000" in SUMS


def test_forms_with_an_error() -> None:
    """Ten fields right with 98 % each leave 18 of 100 forms with a wrong one."""
    assert round(100 * (1 - 0.98**10)) == 18
    assert "98 %" in GIVE["How well the model reads"]
    assert "18 of 100 forms" in SUMS


def test_changed_accounts() -> None:
    """0.4 % are 80 accounts on a normal day and 320 at month end: 53 hours of calls, seven clerks."""
    assert (NORMAL_DAY * 4 // 1000, MONTH_END * 4 // 1000) == (80, 320)
    hours = 320 * CALL_MINUTES / 60
    assert (round(hours), round(hours / CLERK_HOURS)) == (53, 7)
    assert "80 on a normal day, 320 at month end" in GIVE["Bank accounts"]
    assert "320 changed accounts take 53 hours, about seven clerks" in SUMS.replace("\n", " ")


def test_repeats() -> None:
    """1.5 % of 20,000 are 300 repeats on a normal day."""
    assert NORMAL_DAY * 15 // 1000 == 300
    assert "300 on a normal day" in GIVE["Repeats"]


def test_stages_fill_answer_and_probes() -> None:
    """The stages fill the minutes for answer and probes, and both twists fall inside the answer."""
    minutes = QUESTION.minutes
    assert sum(stage.minutes for stage in QUESTION.stages) == minutes.answer + minutes.probes
    assert [twist.minute for twist in QUESTION.twists] == [10, 15]
    assert all(twist.minute < minutes.answer for twist in QUESTION.twists)


def test_samples_use_the_same_sums() -> None:
    """The samples' backlog and time to clear it are those of the key."""
    assert "24,000 waiting; at four a second minus 2.2" in QUESTION.practice[1].answer
    assert "three and three quarter hours" in QUESTION.practice[1].answer
    assert "24,000 wait in the queue, done in under four" in QUESTION.practice[2].answer
    assert MONTH_END // 10 == 8_000
    assert "eight thousand an hour" in QUESTION.practice[1].answer


def test_fact_repeats_the_arithmetic() -> None:
    """The arithmetic in the facts is the one of the key."""
    claim = QUESTION.facts[-1].claim
    results = ("2.2/s", "24,000", "1.7/s", "3.75 h", "0.15 %", "18 %")
    assert all(result in claim for result in results)
