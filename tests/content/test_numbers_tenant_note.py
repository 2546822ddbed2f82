"""The design note that reads very well: its wrong sums, and the figures that decide about notice questions."""

from __future__ import annotations

from .material import question, wilson
from .wording import sample, wording

QUESTION = question("tenant-note")
GIVEN = " ".join(number.give for number in QUESTION.numbers)
FACTS = [wording(fact) for fact in QUESTION.facts]


def test_the_notes_sums_are_wrong_as_its_review_says() -> None:
    """24 million tokens cost 72 and not 7; two parts one after the other are there 99.4 % of the time."""
    tokens = 4_000 * 6_000
    assert (tokens, tokens * 3 // 1_000_000) == (24_000_000, 72)
    together = 0.995 * 0.999
    assert round(100 * together, 1) == 99.4
    assert [round(hours, 1) for hours in ((1 - together) * 720, 0.001 * 720)] == [4.3, 0.7]


def test_fifty_questions_leave_the_share_open() -> None:
    """Wilson interval (95 %) of 47 of 50: 83.8 to 97.9 %."""
    low, high = wilson(47, 50)
    assert (round(100 * low, 1), round(100 * high, 1)) == (83.8, 97.9)
    assert "83.8 to 97.9 %" in FACTS[0]


def test_each_defect_of_the_note_names_lines_that_exist() -> None:
    lines = {int(line.split()[0]) for line in str(QUESTION.exhibit("note").text).splitlines()}
    assert lines == set(range(1, 20))
    assert all(set(defect.lines) <= lines for defect in QUESTION.defects)


def test_kinds_add_up_to_what_the_note_says() -> None:
    """Half of 4,000 are deposits, notice and repairs; 2 + 1 of 10 + 5 + 35 were wrong, so 47 of 50 right."""
    assert 600 + 400 + 1_000 == 4_000 // 2
    assert (10 + 5 + 35, 2 + 1) == (50, 50 - 47)
    assert "600 are about notice, 400 about deposits, 1,000 about repairs" in GIVEN
    assert "Ten of the fifty were about notice; two of those were wrong" in GIVEN


def test_wrong_notice_answers_cost_more_than_half_a_desk_saves() -> None:
    """600 x 2/10 = 120, one in ten acts: 12; 12 x 1,900 = 22,800 against 4 x 3,800 = 15,200; 144 a year against 5."""
    wrong = 600 * 2 // 10
    acted = wrong // 10
    assert (wrong, acted, acted * 1_900, 4 * 3_800, acted * 12) == (120, 12, 22_800, 15_200, 144)
    assert "12 times 1,900 is 22,800 euros a month. Four people fewer save 15,200" in wording(
        QUESTION.signal("a")
    )
    assert "about 12 a month, 144 a year" in wording(QUESTION.signal("a"))
    low, high = wilson(2, 10)
    assert (round(100 * low, 1), round(100 * high, 1)) == (5.7, 51.0)
    assert [round(share * 600 / 10 * 1_900, -2) for share in (low, high)] == [6_500, 58_100]
    assert "5.7 to 51.0 % (Wilson), so the 22,800 may be 6,500 to 58,100" in FACTS[1]
    assert "ten questions is a thin basis" in sample(QUESTION, "against-the-saving", "clerk-reads")
    assert "144 a year against five" in sample(QUESTION, "against-today", "against-the-record")


def test_twenty_notice_answers_a_day_can_be_read_and_the_leak_is_three_hundred_a_month() -> None:
    assert 600 // 30 == 20
    assert round(4_000 * 700 / 9_000) == 311
    assert "600 notice questions a month are 20 a day" in wording(QUESTION.signal("b"))
    assert "about 310 questions a month" in QUESTION.signal("g").listen_for


def test_the_deciding_figures_are_not_in_the_note() -> None:
    shown = wording(QUESTION.exhibit("note")) + QUESTION.prompt + str(QUESTION.card)
    for kept in ("600", "1,900", "3,800", "700", "seven weeks", "one in ten"):
        assert kept not in shown
