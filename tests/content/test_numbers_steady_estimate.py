"""The numbers of the steady estimate and the doubled complaints."""

from __future__ import annotations

from math import sqrt

from .material import question

QUESTION = question("steady-estimate")
GIVE = {number.about: number.give for number in QUESTION.numbers}
FACTS = " ".join(fact.claim for fact in QUESTION.facts)


def test_requests_and_errors_add_up() -> None:
    """600 + 4,400 = 5,000; 8 % are 400 errors, as 100 + 300 and as 200 + 200."""
    assert 600 + 4_400 == 5_000
    assert round(0.08 * 5_000) == 100 + 300 == 200 + 200
    assert "400 a week" in GIVE["Errors behind 92 %"]


def test_estimate_by_channel_gives_the_one_on_the_page() -> None:
    """0.2 x 95 + 0.8 x 91 = 91.8, shown as 92 %."""
    whole = 1_000 / 5_000 * 95 + 4_000 / 5_000 * 91
    assert (f"{whole:.1f}", f"{whole:.0f}") == ("91.8", "92")


def test_complaints_doubled() -> None:
    """39 = 25 + 14 against 18 before: more than twice as many, others fewer than before."""
    assert (25 + 14, 39 / 18 > 2) == (39, True)
    assert "39 last week; 25 concern" in GIVE["Complaints"]


def test_readings_fit_into_the_week_and_tell_the_groups_apart() -> None:
    """20 hours at 3 minutes are 400; 16 and 5 of 200 differ by 5.5 ± 4.3 points."""
    assert 20 * 60 // 3 == 400
    app, others = 16 / 200, 5 / 200
    spread = 196 * sqrt(app * (1 - app) / 200 + others * (1 - others) / 200)
    assert (f"{100 * (app - others):.1f}", f"{spread:.1f}") == ("5.5", "4.3")
    assert "5.5 ± 4.3" in FACTS


def test_urgent_requests_that_wait() -> None:
    """950 x 8 % = 76 and 3,450 x 2.5 % = 86, together 162; 950 + 3,450 = 4,400."""
    assert (950 + 3_450, round(950 * 0.08), round(3_450 * 0.025)) == (4_400, 76, 86)
    assert 76 + 86 == 162
    assert "162 against 100" in FACTS


def test_second_look_and_standing_readings() -> None:
    """950 looks of a minute are 16 hours; 50 readings of three minutes two and a half."""
    assert (round(950 / 60), 50 * 3 / 60) == (16, 2.5)
    assert "16 hours" in QUESTION.twists[0].good
