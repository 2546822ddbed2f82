"""The numbers of the closed bridge and the odd outcomes."""

from __future__ import annotations

from math import sqrt

from .material import question

QUESTION = question("closed-bridge")
GIVE = {number.about: number.give for number in QUESTION.numbers}
FACTS = " ".join(fact.claim for fact in QUESTION.facts)


def half(share: float, rows: int) -> str:
    """Half of a 95 % interval, in points."""
    return f"{196 * sqrt(share * (1 - share) / rows):.1f}"


def test_slot_pays_from_fifteen_per_cent_on() -> None:
    """60 / 400 = 15 %, the line that the card names."""
    assert f"{100 * 60 / 400:.0f} %" == "15 %"
    assert "15 %" in GIVE["Costs"]
    assert "15 %" in (QUESTION.card or "")


def test_shipments_and_slots_add_up() -> None:
    """400 + 1,600 = 2,000, one in five by app; 520 - 130 = 390 without a slot, 390 - 300 = 90 too many."""
    assert (400 + 1_600, 2_000 / 400) == (2_000, 5)
    assert 520 - 130 == 390
    assert "390 have none" in GIVE["Trips that would cross the river"]
    assert any(f"missing {390 - 300} slots" in also for also in QUESTION.accept_also)


def test_late_arrivals_add_up() -> None:
    """49 + 63 = 112 of 140 + 660 = 800: 14 %, 35 % and 9.5 %; before, 0.2 x 8 + 0.8 x 13 = 12 %."""
    assert (49 + 63, 140 + 660) == (112, 800)
    shares = [f"{100 * late / all_:.3g} %" for late, all_ in ((112, 800), (49, 140), (63, 660))]
    assert shares == ["14 %", "35 %", "9.55 %"]
    assert f"{0.2 * 8 + 0.8 * 13:.0f}" == "12"
    # 9 % of the 140 and 8 % of the 660 make the 8 % of before.
    assert round(100 * (0.09 * 140 + 0.08 * 660) / 800) == 8


def test_what_a_slot_across_the_river_saves() -> None:
    """0.35 x 400 - 60 = 80, times 300 slots 24,000; one slot is worth up to 140."""
    assert round(0.35 * 400 - 60) == 80
    assert f"{300 * 80:,}" == "24,000"
    assert "300 slots 24,000" in FACTS
    assert round(0.35 * 400) == 140


def test_phone_calls_show_a_jump() -> None:
    """13 % of 100 is known to ±6.6 points, 35 % of 140 to ±7.9."""
    assert (half(0.13, 100), half(0.35, 140)) == ("6.6", "7.9")
    assert "±6.6" in FACTS
    assert "±7.9" in FACTS
