"""The sums behind the question about plug-ins in the last half hour."""

from __future__ import annotations

from math import exp

from .material import question

ASKED = question("last-half-hour")
WORDS = ASKED.model_dump_json(ensure_ascii=False)
STATIONS, A_DAY = 12_000, 40


def missing(*figures: str) -> list[str]:
    return [figure for figure in figures if figure not in WORDS]


def test_the_counts_fit_into_a_megabyte() -> None:
    """12,000 x 30 x 2 bytes = 720 kB; 12 million x 40 bytes = 480 MB a day and 175 GB a year."""
    assert (STATIONS * 30 * 2, 12_000_000 * 40) == (720_000, 480_000_000)
    assert round(480_000_000 * 365 / 1e9) == 175
    assert (STATIONS * A_DAY, 18 - 5) == (480_000, 13)
    assert missing("under a megabyte", "480 MB", "175 GB", "480,000") == []


def test_nearly_all_late_reports_come_from_few_stations() -> None:
    """600 x 40 / 3 = 8,000 a day, of 1.8 % of 480,000; 600 of 12,000 are 5 %."""
    late = 600 * A_DAY / 3
    assert (late, 600 / STATIONS, STATIONS - 600) == (8_000, 0.05, 11_400)
    assert 0.9 < late / (0.018 * STATIONS * A_DAY) < 1
    assert (
        missing("8,000 late reports a day are 1.7 %", "5 percent of the stations", "11,400", "24 % low") == []
    )


def test_half_an_hour_later_nearly_all_are_in() -> None:
    """0.3 % of 480,000 come later: 1,440; if all of them are of the 600, 6 % of their 24,000."""
    assert round(0.003 * STATIONS * A_DAY) == 1_440
    assert 1_440 / (600 * A_DAY) == 0.06
    assert missing("0.3 % after half an hour or more", "99.7 % are in", "up to 6 % is still missing") == []


def test_a_count_that_is_scaled_up() -> None:
    """24 % low, so 0.76 is there: 3 becomes about 4."""
    assert round(3 / 0.76) == 4
    assert missing("0.76") == []


def test_better_on_average_and_worse_for_some() -> None:
    """89 % of the requests gain 6 %, 11 % lose 9 %: 4.35 % on average."""
    assert round(0.89 * 6 - 0.11 * 9, 2) == 4.35
    assert missing("11 % of all requests", "about 4 %", "4.35") == []


def test_silent_by_chance() -> None:
    """At 40 a day three hours hold 5 on average: e^-5 of 12,000 are 81; six hours half a station."""
    chances = [exp(-A_DAY * hours / 24) for hours in (3, 6)]
    assert (round(100 * chances[0], 1), round(STATIONS * chances[0])) == (0.7, 81)
    assert 0.5 < STATIONS * chances[1] < 0.6
    assert round(A_DAY / 24, 1) == 1.7
    assert missing("about 80 of 12,000", "less than one", "81 of 12,000") == []


def test_comparisons_for_each_station() -> None:
    """1,000 a day over 12,000 stations are 0.08 each; 12 million are 1,000 each."""
    assert (round(1_000 / STATIONS, 2), 12_000_000 // STATIONS) == (0.08, 1_000)
    assert missing("0.08 each; all 12 million are 1,000 each") == []


def test_the_stages_fill_the_answer() -> None:
    assert sum(stage.minutes for stage in ASKED.stages) == ASKED.minutes.answer


def test_what_decides_comes_only_on_request() -> None:
    shown = ASKED.prompt + (ASKED.card or "")
    assert [words for words in ("late", "five", "600", "arriv") if words in shown] == []
