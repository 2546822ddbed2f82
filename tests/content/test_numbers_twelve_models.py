"""The sums behind the question about twelve models and one engineer."""

from __future__ import annotations

from .material import question

ASKED = question("twelve-models")
WORDS = ASKED.model_dump_json(ensure_ascii=False)


def missing(*figures: str) -> list[str]:
    return [figure for figure in figures if figure not in WORDS]


def test_columns_that_ring_by_chance() -> None:
    """480 / 100 = 4.8 a day, 33.6 a week; forty alone 2.8 a week; 36 signs 2.5, half of five."""
    assert (12 * 40, 480 / 100, round(4.8 * 7, 1)) == (480, 4.8, 33.6)
    assert (round(0.4 * 7, 1), round(0.36 * 7, 1), 12 * 3) == (2.8, 2.5, 36)
    assert (
        missing("480", "34 times a week", "2.8 times a week", "2.5 times a week", "Five false alarms a day")
        == []
    )


def test_what_the_hours_allow() -> None:
    """Four hours at 45 minutes are five alarms; 2.8 is more than half of it; 11 a year are 0.2 a week."""
    assert 4 * 60 // 45 == 5
    assert 2.8 > 5 / 2 >= 2.5
    assert round(11 / 52, 1) == 0.2
    assert (
        missing("about five alarms a week", "more than half of the five", "rung 11 times, 8 of them real")
        == []
    )


def test_the_order_in_euros() -> None:
    """Until the truth is known: fraud 125,000, supplier scores 52,000, demand 5,714, the five small 4,000."""
    until_known = {
        "fraud": 5 * 25_000,
        "supplier scores": 26 * 2_000,
        "demand": 40_000 // 7,
        "small": 2 * 2_000,
    }
    assert list(until_known.values()) == [125_000, 52_000, 5_714, 4_000]
    assert sorted(until_known.values(), reverse=True) == list(until_known.values())
    assert 200 * 6 * 2 // 7 < 4_000
    assert missing("125,000", "52,000", "5,714", "about 5,700", "up to 4,000 EUR each") == []


def test_six_days_without_a_ring() -> None:
    """6 x 25,000 / 7 = 21,429."""
    assert round(6 * 25_000 / 7) == 21_429
    assert missing("21,429", "about 21,000 EUR") == []


def test_the_twelve_add_up() -> None:
    """Demand, fraud, delivery, mail, supplier scores and seven others, two of them unused."""
    assert 5 + 7 == 12
    assert missing("The other seven", "Nobody uses two of them anymore. The other five") == []


def test_the_stages_fill_the_answer() -> None:
    assert sum(stage.minutes for stage in ASKED.stages) == ASKED.minutes.answer


def test_what_decides_comes_only_on_request() -> None:
    assert not any(character.isdigit() for character in ASKED.prompt + (ASKED.card or ""))
