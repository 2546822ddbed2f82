"""The sums of the question on a free trial that others resell."""

import pytest

from .material import question

QUESTION = question("free-trial")
SHEET = " ".join(number.give for number in QUESTION.numbers)


def test_bills() -> None:
    """300 x 0.60 + 520 = 700 a day; 1,800 x 2.40 = 4,320 more; together 5,020, 7.2 times; 7 times the accounts."""
    assert 300 * 0.60 + 520 == 700
    assert pytest.approx(5_020) == 1_800 * 2.40 + 700
    assert (round(5_020 / 700, 1), (300 + 1_800) / 300) == (7.2, 7)
    assert all(figure in SHEET for figure in ("4,320", "5,020", "7.2 times", "700"))


def test_how_long_the_budget_lasts() -> None:
    """18,000 at 5,020 a day are 3.6 days."""
    assert round(18_000 / 5_020, 1) == 3.6


def test_one_pot_is_empty_at_night() -> None:
    """All trial accounts use (4,320 + 180)/24 = 187.50 an hour; from midnight 600 last 3.2 hours, to 03:12."""
    assert (4_320 + 180) / 24 == 187.5
    assert 600 / 187.5 == 3.2


def test_long_and_short_requests() -> None:
    """40 long ones at 0.06 are 2.40 a day; one costs as much as 40 honest ones at 0.0015."""
    assert pytest.approx(2.40) == 40 * 0.06
    assert pytest.approx(40) == 0.06 / 0.0015


def test_tomorrows_honest_visitors() -> None:
    """One in five of 2,000 are 400, at 0.60 they need 240; a phone number leaves 360, a card 160."""
    assert 2_000 // 5 == 400
    assert 400 * 0.60 == 240
    assert (400 - 400 // 10, 400 - 400 * 6 // 10) == (360, 160)
    assert pytest.approx(432) == 1_800 * 2.40 / 10
    ways = {way.id: way.listen_for for way in QUESTION.signal("c").ways}
    assert "$240" in ways["campaign-code"]
    assert "360 of 400" in ways["proof-at-sign-up"]
    assert "so 160 do" in ways["proof-at-sign-up"]
    assert "$432" in ways["smaller-model"]


def test_largest_bills() -> None:
    """Each example is trial plus 520 of paying customers, and holds what visitors and present accounts need."""
    assert (200 + 500 + 520, 800 + 520, 180 + 240 + 520) == (1_220, 1_320, 940)
    assert 240 + 180 <= 500
    assert 360 + 300 <= 800
    ways = {way.id: way.listen_for for way in QUESTION.signal("b").ways}
    assert "$1,220" in ways["two-pots"]
    assert "$1,320" in ways["places-times-limit"]
    assert "$940" in ways["trial-closed-except-code"]
    samples = [sample.answer for sample in QUESTION.practice]
    assert "more than 1,220" in samples[2]
    assert "1,320" in samples[3]
    assert "940 is the largest" in " ".join(samples[4].split())


def test_when_reselling_pays() -> None:
    """3.50 for 2.40 a day: at 1.00 an account is worth 1.46, at 0.20 0.29; mail and phone cost 0.65."""
    assert (round(3.50 * 1.00 / 2.40, 2), round(3.50 * 0.20 / 2.40, 2)) == (1.46, 0.29)
    assert pytest.approx(0.65) == 0.05 + 0.60
    assert 0.29 < 0.65 < 1.46 < 5
    assert all(figure in QUESTION.signal("g").listen_for for figure in ("$3.50", "$0.65", "$1.46", "$0.29"))


def test_the_card_does_not_hold_what_decides() -> None:
    """No price, no count of visitors."""
    opening = QUESTION.prompt + str(QUESTION.card)
    assert not any(figure in opening for figure in ("520", "0.60", "2.40", "2,000", "400"))
