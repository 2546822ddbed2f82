"""The numbers of the muted channel."""

from __future__ import annotations

from math import comb

from .material import question

QUESTION = question("muted-alarms")
GIVE = {number.about: number.give for number in QUESTION.numbers}
FACTS = " ".join(fact.claim for fact in QUESTION.facts)
START = QUESTION.prompt + (QUESTION.card or "")


def at_most(hits: int, of: int, share: float) -> float:
    """The chance of so many hits or fewer."""
    return sum(comb(of, one) * share**one * (1 - share) ** (of - one) for one in range(hits + 1))


def test_two_alarms_a_day_are_chance() -> None:
    """40 x 0.05 = 2 a day, 730 a year, 14 a week."""
    assert f"{40 * 0.05:.0f}" == "2"
    assert (2 * 365, 2 * 7) == (730, 14)
    assert "730, that is 14 a week" in GIVE["Alarms last year"]


def test_some_alarm_rings_on_nearly_every_fault_day() -> None:
    """Some alarm fires on 87 % of days, 318 of 365; 11 or more of 12 come by chance in more than half the years."""
    firing = 1 - 0.95**40
    assert (round(100 * firing), round(365 * firing), round(12 * firing, 1)) == (87, 318, 10.5)
    assert 1 - at_most(10, 12, firing) > 0.5
    assert "318 of 365 days" in GIVE["Alarms last year"]
    assert "11 of the 12" in GIVE["What the old alarms saw"]
    assert "11 of the 12" in QUESTION.turns[0].say
    assert "10 or 11 of any 12" in QUESTION.signal("c").listen_for


def test_faults_add_up() -> None:
    """Five late or empty feeds, two units, three jumps, two slow changes: 12."""
    assert 5 + 2 + 3 + 2 == 12
    assert GIVE["Known faults last year"].startswith("12:")
    # Feed checks see the feeds and units, the error sees the feeds and jumps.
    assert (5 + 2, 5 + 3) == (7, 8)
    assert "7 of the 12" in GIVE["Feed checks, replayed on last year"]
    assert "8 of the 12" in GIVE["Forecast error, replayed on last year"]


def test_both_rules_together() -> None:
    """20 + 15 = 35 alarms, 30 calls, below four a month; 7 + 8 - 5 = 10 faults, all but the two slow changes."""
    assert (20 + 15, 35 - 5, 7 + 8 - 5, 12 - 10) == (35, 30, 10, 2)
    assert 30 / 12 == 2.5
    assert "counted once, that is 30 calls. They catch 10 of the 12" in GIVE["Both together"]
    assert "2.5 a month" in FACTS


def test_ten_of_twelve_may_be_half_or_nearly_all() -> None:
    """Clopper and Pearson: 52 to 98 %."""
    assert round(1 - at_most(9, 12, 0.5159), 3) == 0.025
    assert round(at_most(10, 12, 0.9791), 3) == 0.025
    assert "52 to 98 %" in FACTS


def test_a_third_rule_costs_more_than_it_saves() -> None:
    """70 calls at 150 EUR are 10,500 EUR, for one slow change of 8,000; with it there are 8 calls a month."""
    assert 70 * 150 == 10_500 > 8_000
    assert (30 + 70) / 12 > 4
    assert "10,500 EUR" in QUESTION.signal("h").listen_for
    assert "about 8,000 EUR" in GIVE["Costs"]


def test_a_call_comes_too_late_on_friday() -> None:
    """From 14:00 to 16:00 are two hours; people took five."""
    assert "fixed at 16:00" in GIVE["The broken Friday"]
    assert "fired at 14:00" in GIVE["The broken Friday"]
    assert "five hours" in GIVE["From alarm to action"]
    assert not any(word in START for word in ("16:00", "318", "730", "five", "12 "))


def test_a_fallback_without_the_hours_is_no_must() -> None:
    """Feed at 13:30, plan at 16:00, five hours to act: what works by then needs these; 87 % is known from the 5 %."""
    assert "as long as nobody knows the hours" in str(QUESTION.signal("b").before_asked)
    chance = " ".join(str(QUESTION.signal("c").before_asked).split())
    assert round(10 * (1 - 0.95**40)) == 9
    assert "nearly nine days in ten by chance" in chance
    assert "the 318 days, from that chance, or from the column at fault" in chance
