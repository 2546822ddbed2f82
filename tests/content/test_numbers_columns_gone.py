"""The sums behind the question about the model that can't find its old columns."""

from __future__ import annotations

from .material import question

ASKED = question("columns-gone")
WORDS = ASKED.model_dump_json(ensure_ascii=False)
SHOWN = ASKED.prompt + (ASKED.card or "")


def missing(*figures: str) -> list[str]:
    return [figure for figure in figures if figure not in WORDS]


def test_the_portions_that_version_nine_leaves_out() -> None:
    """24,000 of 62,000 is 39 %; in the 64 that were sent 10,000 of 26,000, about the same; 116 are left."""
    assert (62_000 - 38_000, round(24_000 / 62_000, 2), 26_000 - 16_000) == (24_000, 0.39, 10_000)
    assert abs(10_000 / 26_000 - 24_000 / 62_000) < 0.01
    assert (180 - 64, 62_000 - 26_000) == (116, 36_000)
    assert missing("about 10,000 portions short", "with 16,000 portions", "normally 36,000", "39 %") == []


def test_the_calls_that_fit_before_noon() -> None:
    """64 x 6 is 384 minutes; from 10:10 one person makes 18 calls, so 4 are enough and 3 are not."""
    calls = (12 * 60 - 610) // 6
    assert (64 * 6, calls, 2 * calls, 4 * calls) == (384, 18, 36, 72)
    assert 3 * calls < 64 <= 4 * calls
    assert 64 - 30 == 34
    assert 2 * calls >= 64 // 2
    assert missing("384 minutes", "about 72 calls", "about 36 calls", "at most 32 are left") == []


def test_what_version_eight_gains() -> None:
    """7 - 4 = 3 % of 36,000 is 1,080, about a tenth of the 10,000 that are missing; of all portions 1,860."""
    assert (36_000 * 3 // 100, 62_000 * 3 // 100) == (1_080, 1_860)
    assert round(1_080 / 10_000, 1) == 0.1
    assert missing("1,080", "1,860", "about 1,100 of 36,000", "a tenth of what is missing") == []


def test_four_of_180_canteens_are_more_than_they_sound() -> None:
    """176 of 180 is 98 %; 8,100 of 62,000 portions is 13 %."""
    assert (round(176 / 180, 2), round(8_100 / 62_000, 2)) == (0.98, 0.13)
    assert missing("8,100 portions, 13 % of the day", "98 percent") == []


def test_the_sum_at_seven() -> None:
    """38,000 compared with last Wednesday's 61,400 is minus 38 %; two of 50 Wednesdays go over 10 %."""
    assert round(38_000 / 61_400 - 1, 2) == -0.38
    assert missing("minus 38 %", "two Wednesdays a year", "Of the last 50 Wednesdays, two") == []


def test_both_tables_come_from_the_backup_in_time() -> None:
    """Two tables of 20 minutes from 10:10 are there at 10:50, before the last minute of 11:30."""
    assert 610 + 2 * 20 < 11 * 60 + 30


def test_what_decides_comes_only_on_request() -> None:
    """Neither the calls nor the two errors are on the card."""
    assert [figure for figure in ("64", "six minutes", "7 %", "4 %", "180") if figure in SHOWN] == []


def test_version_8_is_decided_by_the_errors_that_were_given() -> None:
    """7 and 4 percent: assumed errors are not enough, and no neutral probe speaks of a gain."""
    before = " ".join(str(ASKED.signal("c").before_asked).split())
    assert "Give the 7 and the 4 percent" in before
    assert not [probe.ask for probe in ASKED.probes if probe.help == 0 and "gain" in probe.ask]
