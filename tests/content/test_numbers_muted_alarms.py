"""The numbers of the muted channel."""

from __future__ import annotations

from .material import question

QUESTION = question("muted-alarms")
GIVE = {number.about: number.give for number in QUESTION.numbers}
TWIST = QUESTION.twists[0].good


def test_two_alarms_a_day_are_chance() -> None:
    """40 x 0.05 = 2 a day, 730 a year, 14 a week."""
    assert f"{40 * 0.05:.0f}" == "2"
    assert (2 * 365, 2 * 7) == (730, 14)
    assert "730, that is 14 a week" in GIVE["Alarms last year"]


def test_faults_add_up() -> None:
    """Five late or empty feeds, two units, three jumps, two slow changes: 12."""
    assert 5 + 2 + 3 + 2 == 12
    assert GIVE["Known faults last year"].startswith("12:")


def test_both_rules_together() -> None:
    """20 + 15 - 4 = 31 alarms, below four a month; 7 + 8 - 5 = 10 faults, all but the two slow changes."""
    assert (20 + 15 - 4, 7 + 8 - 5, 12 - 10) == (31, 10, 2)
    assert f"{31 / 12:.1f}" == "2.6"
    assert GIVE["Both together"].startswith("31 alarms, since 4 coincide; 10 of the 12")
    assert "31 alarms and 10 of 12 faults in place of 730 and 7" in TWIST


def test_feed_checks_see_what_feeds_break() -> None:
    """Seven faults of feeds: five late or empty, two wrong units."""
    assert 5 + 2 == 7
    assert "7 of the 12" in GIVE["Plain feed checks, replayed on last year"]
