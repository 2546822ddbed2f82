"""The sums behind the systems questions that are argued and not simulated."""

from __future__ import annotations

import math

from .material import question, said


def test_a_score_for_leads_could_change_no_call() -> None:
    """4 x 25 x 5 = 500 calls; 60 x 6 = 360 are needed; a list of 600 would need 3,600."""
    words = said(question("lead-scores"))
    assert (4 * 25 * 5, 60 * 6, 500 - 360, 600 * 6, 60 * 26) == (500, 360, 140, 3600, 1560)
    for figure in ("500", "360", "140", "3,600", "1,560"):
        assert figure in words


def test_leads_of_two_weeks_are_finished_after_three_months() -> None:
    """Twelve weeks less ten: 2 x 60 = 120 leads, and one in twenty is won: 6."""
    weeks = 12 - 10
    assert (weeks * 60, weeks * 60 // 20) == (120, 6)
    assert "120, with 6 wins" in said(question("lead-scores"))


def test_the_home_page_needs_three_machines_in_each_place() -> None:
    """16 cores / 8 ms = 2,000; at 60 % 1,200; 3,000 need 2.5. With 14 ms: 686 and so five."""
    full, slow = 16 / 0.008, 16 / 0.014
    assert (round(full), round(full * 0.6), 3_000 / (full * 0.6)) == (2_000, 1_200, 2.5)
    assert (round(slow), round(slow * 0.6), math.ceil(3_000 / (slow * 0.6))) == (1_143, 686, 5)
    words = said(question("home-page"))
    assert all(figure in words for figure in ("2,000", "1,200", "1,143", "686"))


def test_the_reads_break_before_the_model_does() -> None:
    """3,000 x 200 = 600,000 rows a second against 150,000; all tracks are 200 MB."""
    assert 3_000 * 200 == 600_000 > 150_000
    assert 500_000 * 400 == 200_000_000
    assert "200 MB" in said(question("home-page"))


def test_the_evening_without_a_data_centre() -> None:
    """4,500 on three machines are 75 % of 6,000; without those who come back within five minutes 2,700."""
    assert (4_500 / (3 * 2_000), 4_500 * 0.6) == (0.75, 2_700)
    assert 3_000 / (6 * 2_000) == 0.25
    words = said(question("home-page"))
    assert all(figure in words for figure in ("75 %", "2,700", "3,600", "6,000"))


def test_batching_saves_two_machines_in_each_place() -> None:
    """Eight pages in 24 ms: 16 x 8 / 0.024 = 5,333, at 60 % 3,200, so one machine for 3,000 and not three."""
    full = 16 * 8 / 0.024
    needed = math.ceil(3_000 / (full * 0.6))
    assert (round(full), round(full * 0.6), needed) == (5_333, 3_200, 1)
    assert 2 * (3 - needed) * 600 == 2_400
    assert "2,400 a month in all" in question("home-page").signal("g").listen_for
    assert "saves two, 1,200 a month" in question("home-page").practice[2].answer
