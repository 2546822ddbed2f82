"""The step times of four GPUs that wait for eight cores."""

from __future__ import annotations

import pytest

from question_bank.exhibits.starving_gpus.generate import (
    BATCH,
    COMPUTE_MS,
    CORES,
    CORES_OF_A_PROCESS,
    FULL_MS,
    SMALL_MS,
    simulate,
    step_rows,
    trial_rows,
)

from .material import printed_under, question

QUESTION = question("starving-gpus")
STEPS, TRIALS = QUESTION.exhibit("steps"), QUESTION.exhibit("trials")
GIVE = {number.about: number.give for number in QUESTION.numbers}
KEY = " ".join((QUESTION.ground_truth or "").split())
SHOWN = {reveal.if_asked: reveal.show or "" for reveal in QUESTION.reveals}
RATE = {row[0]: float(row[1].replace(",", "")) for row in (*STEPS.rows, *TRIALS.rows)}
FROM_MEMORY = "The same batch again and again, from memory"
SMALL = "Photos stored at 320 x 240 beforehand"


def test_both_tables_are_what_the_generator_gives() -> None:
    """Every cell that a candidate sees equals the regenerated one."""
    assert STEPS.rows == tuple(step_rows())
    assert TRIALS.rows == tuple(trial_rows())


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_the_generator_prints_the_same_in_every_process(hash_seed: str) -> None:
    """Both tables, whatever the hash seed."""
    cells = [" | ".join(row) for row in (*STEPS.rows, *TRIALS.rows)]
    assert printed_under("starving_gpus", hash_seed).split("\n") == [*cells[:3], "", *cells[3:], "", ""]


def test_who_hears_the_tables_gets_every_number() -> None:
    """The text alternatives hold each rate, step, wait, exchange and share of the tables."""
    for exhibit in (STEPS, TRIALS):
        heard = " ".join(exhibit.text_alternative.split())
        for row in exhibit.rows:
            cells = [row[1], row[2], row[6], row[7].removesuffix(" %")]
            assert [cell for cell in cells if cell not in heard and cell != "0"] == []


def test_the_parts_of_a_step_add_up() -> None:
    """Wait, copy, compute and exchange make the step, to two milliseconds of rounding."""
    for row in (*STEPS.rows, *TRIALS.rows):
        assert abs(sum(map(float, row[3:7])) - float(row[2])) <= 2


def test_the_structure_does_not_hang_on_the_seed() -> None:
    """With other seeds four GPUs stay slower than one, and wait longer under exchange than for their own data."""
    for seed in (1, 2, 3):
        one, four = simulate(1, seed=seed), simulate(4, seed=seed)
        assert four.rate < one.rate - 50
        assert four.exchange > 10 * 24
        assert four.data + four.exchange > 3 * COMPUTE_MS


def test_time_of_a_photo() -> None:
    """0.4 + 13.0 + 3.2 + 1.4 = 18.0 ms; stored small 2.5 ms."""
    rows = QUESTION.exhibit("photo").rows
    assert [row[1] for row in rows[:4]] == [f"{ms:.1f}" for ms in FULL_MS.values()]
    assert [row[2] for row in rows[:4]] == [f"{ms:.1f}" for ms in SMALL_MS.values()]
    assert (f"{sum(FULL_MS.values()):.1f}", f"{sum(SMALL_MS.values()):.1f}") == rows[4][1:] == ("18.0", "2.5")


def test_cores_that_are_needed_and_left() -> None:
    """1,422 x 18 ms are 25.6 cores, 8 - 4 x 0.5 = 6 are left; one GPU takes 7.4 of 7.5; small photos take 3.6."""
    assert f"{RATE[FROM_MEMORY] * 0.018:.1f}" == "25.6"
    assert CORES - 4 * CORES_OF_A_PROCESS == 6
    assert f"{RATE['1'] * 0.018:.1f}" == "7.4"
    assert f"{RATE[SMALL] * 0.0025:.1f}" == "3.6"
    for figure in ("25.6 cores", "6 are left", "1,422", "306 a second", "410 with one", "3.6 cores"):
        assert figure in KEY


def test_load_of_the_processor() -> None:
    """One GPU: (7.4 + 0.5) / 8 = 98 %."""
    assert round(100 * (RATE["1"] * 0.018 + CORES_OF_A_PROCESS) / CORES) == 98
    assert "98 %" in SHOWN["Load of the processor"]


def test_megabytes_a_second() -> None:
    """306 x 0.5 MB = 153 MB a second; 400,000 photos are 200 GB."""
    assert RATE["4"] * 0.5 == 153
    assert 400_000 * 0.5 / 1_000 == 200
    assert "153 MB" in SHOWN["Disk or network drive"]
    assert "153 MB" in QUESTION.rivals[1].ruled_out_by


def test_time_and_price_of_a_round() -> None:
    """400,000 photos at 410, 306 and 1,422 a second, at 3.20 and 12.00 an hour."""
    seconds = [400_000 / RATE[name] for name in ("1", "4", SMALL)]
    assert [f"{s / 60:.1f}" for s in seconds] == ["16.3", "21.8", "4.7"]
    prices = [s / 3600 * price for s, price in zip(seconds, (3.20, 12.00, 12.00), strict=True)]
    assert [f"{price:.2f}" for price in prices] == ["0.87", "4.36", "0.94"]
    text = GIVE["A round over all photos"]
    assert all(part in text for part in ("16 minutes, 0.87", "21.8 minutes, 4.36", "4.7 minutes, 0.94"))
    assert round(4.36 / 0.87) == 5


def test_making_the_photos_small_takes_a_quarter_of_an_hour() -> None:
    """400,000 x (0.4 + 13.0 + 3.2) ms on 8 cores are 830 s, 14 minutes."""
    seconds = 400_000 * (18.0 - 1.4) / 1_000 / 8
    assert (round(seconds), round(seconds / 60)) == (830, 14)
    assert "830 s" in QUESTION.facts[1].claim


def test_exchange_is_waiting_for_the_slowest() -> None:
    """471 of 836 ms stand under exchange; with the batch from memory 24 of 180 are left; four times 64 is 256."""
    row, memory = STEPS.rows[2], TRIALS.rows[3]
    assert (row[6], row[2], memory[6], memory[2]) == ("471", "836", "24", "180")
    assert "471 of 836" in QUESTION.trap
    assert "24 of 180" in QUESTION.rivals[0].ruled_out_by
    assert BATCH * 4 == 256
    assert "256 photos" in QUESTION.signal("g").listen_for
