"""The assistant's alarm for scanned notes: the function as shown, run on the fault book, and the gate before the phone."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from scipy.stats import chi2, poisson

from .material import question
from .wording import sample, wording

QUESTION = question("quiet-gate")
GIVEN = " ".join(number.give for number in QUESTION.numbers)
ANSWER = " ".join(str(QUESTION.exhibit("answer").text).split())
FACTS = [wording(fact) for fact in QUESTION.facts]
MODULE: dict[str, Any] = {}
exec(compile(str(QUESTION.exhibit("function").code), "function", "exec"), MODULE)
call: Callable[..., bool] = MODULE["call"]
# Past counts at the usual share, by notes an hour.
PAST = {300: [18, 17, 20, 16, 19, 18, 15, 21], 50: [4, 3, 3, 4, 2, 5, 3, 4], 8: [1, 0, 1, 0, 0, 1, 1, 0]}
USUAL = {300: 18, 50: 3.5, 8: 0.5}
EXAMPLE = ([52, 47, 61, 55, 49, 58, 44, 50], [4, 2, 7, 3, 3, 6, 2, 12])
A_WEEK = 36 * 6 * 16
BOOK = {
    row[0]: (row[1], int(row[2]), [int(count) for count in row[4].split(",")], int(row[5]))
    for row in QUESTION.exhibit("fault-book").rows
}


@cache
def limit(notes: int, hours: int = 1, rho: float = 0.005, calls: int = 1) -> int:
    """The smallest count that it calls at, for sums over some hours and some false calls a week."""
    past = PAST[notes] if hours == 1 else [int(USUAL[notes] * hours)] * 8
    alpha = calls * hours / A_WEEK
    n = notes * hours
    return next(k for k in range(n) if call([n] * 8, past, n, k, rho=rho, alpha=alpha))


def called_on(counted: float = 1.0, calls: int = 1) -> str:
    return "".join(
        fault
        for fault, (_, notes, counts, _) in BOOK.items()
        if any(round(counted * count) >= limit(notes, calls=calls) for count in counts)
    )


def extra_notes(fault: str) -> float:
    _, notes, counts, hours = BOOK[fault]
    return (sum(counts) / len(counts) - USUAL[notes]) * hours


def forms() -> list[str]:
    return [fault for fault, (cause, *_) in BOOK.items() if cause == "new form"]


def test_the_answers_own_sums_hold() -> None:
    """Its tests, its example and its limits come out as it says."""
    assert (A_WEEK, 8 * A_WEEK, round(1 / A_WEEK, 5)) == (3_456, 27_648, 0.00029)
    notes, clerk = EXAMPLE
    assert (sum(notes[:7]), sum(clerk[:7]), clerk[7], notes[7]) == (366, 27, 12, 50)
    assert [next(k for k in range(51) if call(*EXAMPLE, 50, k, rho=rho)) for rho in (0.005, 0.02)] == [15, 21]
    assert all(
        said in ANSWER for said in ("27,648 tests", "12 of 50, against 27 of 366", "14–15 of 50", "5–6 of 8")
    )
    assert "21 of 50 instead of 15" in QUESTION.defects[3].harm
    uppers = [chi2.ppf(0.95, 2 * (calls + 1)) / 2 / weeks for weeks, calls in ((3, 0), (5, 1), (7, 2))]
    assert [round(upper, 2) for upper in uppers] == [1.00, 0.95, 0.90]
    assert "1.00, 0.95 and 0.90 a week" in QUESTION.false_trails[3].why_fine


def test_usual_shares_are_those_of_the_past_counts() -> None:
    assert {notes: sum(past) / 8 for notes, past in PAST.items()} == USUAL
    assert {row[2]: row[3] for row in QUESTION.exhibit("fault-book").rows} == {
        "300": "18",
        "50": "3.5",
        "8": "0.5",
    }


def test_limits_at_the_usual_shares() -> None:
    assert [limit(notes) for notes in PAST] == [50, 14, 6]
    assert [limit(notes, 4) for notes in PAST] == [161, 35, 9]
    assert "calls at 50 of 300 notes, 14 of 50, or 6 of 8" in GIVEN
    assert "161 of 1,200 notes, 35 of 200, or 9 of 32" in wording(QUESTION.reveals[1])


def test_what_it_calls_on() -> None:
    """Five of twelve with full counts, one at the hour's end, the same five an hour later, two more at five a week."""
    assert called_on() == "ADEHK"
    assert called_on(0.60) == "E"
    assert called_on(0.95) == "ADEHK"
    assert called_on(calls=5) == "ADEGHIK"
    assert not set(forms()) & set(called_on())
    assert (len(BOOK), len(forms())) == (12, 6)
    assert "rings for A, D, E, H and K" in wording(QUESTION.signal("b"))
    assert "It rings for 5 of the 12, or for 1 the way it is hooked up now" in wording(QUESTION.signal("b"))
    assert "the same five of the twelve as with full counts" in wording(QUESTION.signal("a"))
    assert "also rings for G and I, seven of the twelve" in GIVEN


def test_the_function_itself_agrees_with_its_limits() -> None:
    for _, notes, counts, _ in BOOK.values():
        for count in counts:
            assert call([notes] * 8, PAST[notes], notes, count) is (count >= limit(notes))


def test_four_hours_find_all_but_one() -> None:
    found = [
        fault for fault, (_, notes, counts, _) in BOOK.items() if int(sum(counts) / 3 * 4) >= limit(notes, 4)
    ]
    assert set(BOOK) - set(found) == {"C"}
    assert "11 of the 12, all but C" in wording(QUESTION.signal("c"))


def test_the_hour_is_not_counted_when_it_is_judged() -> None:
    assert [round(count / 0.6) for count in (14, 15, 50)] == [23, 25, 83]
    assert "60 % of its clerk notes" in GIVEN
    assert "14 of 50 on the screen are really 23, or 15 are really 25" in wording(QUESTION.signal("a"))
    assert "50 of 300 are 83" in QUESTION.defects[0].harm
    assert "14 on the screen, that's 23 of 50" in sample(QUESTION, "own-log", "fault-book", "four-hours")
    assert "15 of 50 means 25 really" in sample(QUESTION, "hour-later", "due-faults", "by-supplier")


def test_hours_and_extra_notes() -> None:
    """195 of 240 hours and three quarters of the notes are forms; what five calls a week cost and find."""
    hours = {fault: book[3] for fault, book in BOOK.items()}
    assert (sum(hours.values()), sum(hours[fault] for fault in forms())) == (240, 195)
    assert min(hours[fault] for fault in forms()) == 16
    every, of_forms = sum(map(extra_notes, BOOK)), sum(map(extra_notes, forms()))
    assert (round(every), round(1.5 * every), round(of_forms)) == (2_753, 4_129, 2_085)
    assert round(100 * of_forms / every) == 76
    more = extra_notes("G") + extra_notes("I")
    assert (round(more), round(1.5 * more), 4 * 13 * 15) == (182, 272, 780)
    said = QUESTION.signal("h").listen_for
    assert all(
        words in said for words in ("2,750 extra notes", "USD 4,130", "three quarters", "USD 270", "USD 780")
    )
    assert "195 of the 240 hours" in wording(QUESTION.signal("c"))


def test_faults_due_in_the_quiet_weeks() -> None:
    assert [round(12 / 13 * weeks, 1) for weeks in (3, 7)] == [2.8, 6.5]
    assert "about three in three weeks, and six or seven in the seven weeks" in wording(QUESTION.signal("b"))


def test_a_new_form_on_friday() -> None:
    _, notes, counts, _ = BOOK["B"]
    a_hour = round(sum(counts) / 3 - USUAL[notes])
    assert (a_hour, 16 * a_hour, 1.5 * 16 * a_hour) == (23, 368, 552)
    assert "23 extra notes an hour, so some 370 on Saturday, USD 550" in wording(QUESTION.turns[1])


def passes(rate: float) -> float:
    """The chance that an alarm with this many false calls a week gets through one of the three doors."""
    doors, still, through = {3: 0, 5: 1, 7: 2}, {0: 1.0}, 0.0
    for week in range(1, 8):
        spread: dict[int, float] = {}
        for calls, chance in still.items():
            for more in range(4):
                spread[calls + more] = spread.get(calls + more, 0) + chance * poisson.pmf(more, rate)
        most = doors.get(week, -1)
        through += sum(chance for calls, chance in spread.items() if calls <= most)
        still = {calls: chance for calls, chance in spread.items() if calls > most}
    return through


def test_what_the_gate_lets_through() -> None:
    assert round(100 * passes(1.0)) == 8
    assert passes(0.0) == pytest.approx(1.0)
    assert "8 of 100 tries" in QUESTION.signal("g").listen_for


def test_a_lasting_fault_becomes_usual() -> None:
    """It calls in the first four weeks, and no more in the fifth."""
    for notes, usual, now in ((300, 18, 70), (50, 4, 18), (8, 1, 7)):
        weeks = [call([notes] * 8, [usual] * (8 - past) + [now] * past, notes, now) for past in range(5)]
        assert weeks == [True, True, True, True, False]
    assert "four weeks counts as normal in the fifth" in QUESTION.signal("i").listen_for


def test_no_notes_give_no_call() -> None:
    assert call([50] * 8, PAST[50], 0, 0) is False
    assert call([50] * 8, PAST[50], 50, 50) is True


def test_a_replay_with_later_weeks_hides_a_creeping_share() -> None:
    past = sum(1.05**-week for week in range(1, 9)) / 8
    assert round(100 * (1 / past - 1)) == 24
    assert "24 % above its eight weeks" in QUESTION.defects[4].harm


def test_the_planted_pages_of_the_last_sample_ring_as_it_says() -> None:
    """19 of 50 and 68 of 300 ring, 5 of 8 do not."""
    assert (limit(50) <= 19, limit(300) <= 68, limit(8) <= 5) == (True, True, False)
    planted = next(one.answer for one in QUESTION.practice if one.level == 4)
    assert "19 smeared pages of 50, 68 of 300, 5 of 8" in " ".join(planted.split())


def test_defects_name_the_lines_that_they_mean() -> None:
    lines = str(QUESTION.exhibit("function").code).splitlines()
    assert len(lines) == 30
    pieces = {4: "tests a week", 6: "ALPHA", 17: "def call", 21: "n < 1", 27: "keep = p", 30: "<= alpha"}
    assert all(piece in lines[number - 1] for number, piece in pieces.items())


def test_what_decides_is_not_shown_at_the_start() -> None:
    shown = " ".join(wording(one) for one in QUESTION.exhibits if one.when == "start")
    shown += QUESTION.prompt + str(QUESTION.card)
    for kept in ("60 %", "Twelve in the last 13 weeks", "forms team", "USD 15", "14 days"):
        assert kept in GIVEN
        assert kept not in shown
