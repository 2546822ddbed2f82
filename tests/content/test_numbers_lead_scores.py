"""What four callers can call, and when the outcomes of sixty leads a week are known."""

from __future__ import annotations

import math

from .material import question
from .wording import lacking

QUESTION = question("lead-scores")
LEADS, TRIES, TO_SIGN = 60, 6, 10
WINS = LEADS // 20


def test_a_score_could_change_no_call() -> None:
    """500 calls and 360 needed; each caller 90 of 125; 83 leads are the most; six hundred need 3,600."""
    possible = 4 * 25 * 5
    assert (possible, LEADS * TRIES, possible - LEADS * TRIES, possible // TRIES) == (500, 360, 140, 83)
    assert (LEADS // 4, LEADS // 4 * TRIES, 25 * 5) == (15, 90, 125)
    assert (600 * TRIES, round(600 * TRIES / possible)) == (3_600, 7)
    assert not lacking(QUESTION.signal("a"), "= 500 calls", "= 360", "140 calls are left", "90 tries in 125")
    assert not lacking(QUESTION.turns[1], "3,600 tries against 500", "one lead in seven")
    assert not lacking(QUESTION, "about 83 a week")


def test_leads_of_two_weeks_are_finished_after_three_months() -> None:
    """Twelve weeks less ten: 120 leads with 6 wins; 50 wins take 17 weeks and ten more."""
    weeks = 12 - TO_SIGN
    assert (weeks * LEADS, weeks * WINS, math.ceil(50 / WINS) + TO_SIGN) == (120, 6, 27)
    assert not lacking(QUESTION.signal("c"), "120 with six wins", "50 wins take until week 27")


def test_offers_are_known_sooner() -> None:
    """15 a week, and those of ten weeks are known by week 12."""
    assert (LEADS // 4, (12 - 2) * LEADS // 4) == (15, 150)
    assert not lacking(QUESTION.signal("c"), "15 a week, so 150 by week 12")


def test_ten_wins_in_random_order_prove_little() -> None:
    """12 leads a week for 17 weeks: 204 with 10 wins; eight or more of ten come by chance in 5.5 %."""
    leads = (27 - TO_SIGN) * LEADS // 5
    assert (leads, leads // 20) == (204, 10)
    by_chance = sum(math.comb(10, hits) for hits in (8, 9, 10)) / 2**10
    assert round(by_chance, 3) == 0.055
    assert not lacking(QUESTION.signal("h"), "about ten wins", "eight or more", "how little ten wins prove")


def test_the_sheet_gives_no_sum_and_the_card_no_figure_of_it() -> None:
    sheet = " ".join(number.give for number in QUESTION.numbers)
    assert [figure for figure in ("500", "360", "week 12", "27") if figure in sheet] == []
    shown = QUESTION.prompt + str(QUESTION.card)
    assert [figure for figure in ("25", "six tries", "twenty", "ten weeks", "150") if figure in shown] == []
