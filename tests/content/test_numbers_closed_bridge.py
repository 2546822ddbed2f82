"""The numbers of the closed bridge and the odd outcomes."""

from __future__ import annotations

from math import sqrt

from .material import question

QUESTION = question("closed-bridge")
GIVE = {number.about: number.give for number in QUESTION.numbers}
FACTS = " ".join(fact.claim for fact in QUESTION.facts)
SAMPLES = [sample.answer for sample in QUESTION.practice if sample.source == "written"]
START = QUESTION.prompt + (QUESTION.card or "")


def half(share: float, rows: int) -> float:
    """Half of a 95 % interval, in points."""
    return round(196 * sqrt(share * (1 - share) / rows), 1)


def test_slot_pays_from_fifteen_per_cent_on() -> None:
    """60 / 400 = 15 %, the line that the card names."""
    assert f"{100 * 60 / 400:.0f} %" == "15 %"
    assert "15 %" in GIVE["Costs"]
    assert "15 %" in (QUESTION.card or "")


def test_the_opening_holds_no_deciding_number() -> None:
    """Who reports, how many trips and slots there are and what they cost is given on request."""
    assert not any(word in START for word in ("app", "390", "300", "short", "400", "60", "paper"))


def test_shipments_and_slots_add_up() -> None:
    """400 + 1,600 = 2,000; 520 - 130 = 390 without a slot, 390 - 300 = 90 too many; 500 - 130 = 370 elsewhere."""
    assert (400 + 1_600, 520 - 130, 390 - 300, 500 - 130) == (2_000, 390, 90, 370)
    assert "390 have none" in GIVE["Trips that would cross the river"]
    assert "370 go to trips elsewhere" in GIVE["Slots"]
    assert "90 go without" in QUESTION.signal("a").listen_for
    assert 90 <= 120
    assert "up to 90 more slots" in GIVE["Costs"]


def test_late_arrivals_add_up() -> None:
    """49 + 63 = 112 of 140 + 660 = 800: 14 %, 35 % and 9.5 %; before, 0.2 x 8 + 0.8 x 13 = 12 %."""
    assert (49 + 63, 140 + 660) == (112, 800)
    shares = [f"{100 * late / all_:.3g} %" for late, all_ in ((112, 800), (49, 140), (63, 660))]
    assert shares == ["14 %", "35 %", "9.55 %"]
    assert f"{0.2 * 8 + 0.8 * 13:.0f}" == "12"
    # 9 % of the 140 and 8 % of the 660 make the 8 % of before.
    assert round(100 * (0.09 * 140 + 0.08 * 660) / 800) == 8
    # Elsewhere the rise from 8 % is within chance.
    assert half(0.08, 660) > 100 * 63 / 660 - 8


def test_trips_with_a_slot_hide_lateness() -> None:
    """1 of 35 and 48 of 105 make 49 of 140; a quarter had a slot, as in this weekend's 130 of 520."""
    assert (35 + 105, 1 + 48, 35 / 140, 130 / 520) == (140, 49, 0.25, 0.25)
    given = QUESTION.reveals[0].show or ""
    assert "35 of the 140 had an earlier slot, and 1 of them" in given
    assert f"105 without one, 48 were late, that is {100 * 48 / 105:.0f} %" in given


def test_what_a_slot_across_the_river_is_worth() -> None:
    """80 by the mixed rate, 111 by those without a slot; break-even at 18 %; a bought slot flips at 150."""
    worth = (48 / 105 - 1 / 35) * 400 - 60
    assert (round(0.35 * 400 - 60), round(worth)) == (80, 111)
    assert round(100 * (60 / 400 + 1 / 35)) == 18
    assert 0.35 * 400 < 150 < (48 / 105 - 1 / 35) * 400
    assert round(0.17 * 400 - 60) == 8
    assert "111 EUR; with the mixed rate it seems 0.35 x 400 - 60 = 80" in FACTS
    listen = QUESTION.signal("g").listen_for
    assert "48 of 105" in listen
    assert "about 111 EUR, not 80" in listen
    assert "17 % gains 8 EUR" in QUESTION.signal("h").listen_for
    assert "about 111 euros, not 80" in SAMPLES[-1]
    assert "that's 80 each" in SAMPLES[2]


def test_what_the_outcomes_leave_out() -> None:
    """1,600 of 2,000; 45 % of them, 720, are longer than any trip that reported."""
    assert round(0.45 * 1_600) == 720
    assert "720 of the 1,600" in GIVE["Length of trips"]
    assert "720 trips over 150" in SAMPLES[3]


def test_phone_calls_and_the_second_turn() -> None:
    """46 % of 100 is known to ±9.8; 9 of 50 is 18 %, ±10.6: below 46 %, around break-even."""
    assert (half(48 / 105, 100), half(0.18, 50), 9 / 50) == (9.8, 10.6, 0.18)
    assert "±9.8 points; 9 of 50 is 18 %, ±10.6" in FACTS
    assert 18 + half(0.18, 50) < 100 * 48 / 105 - half(48 / 105, 105)
    assert "18 %, give or take 11 points" in QUESTION.turns[1].good
