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
from .wording import lacking

QUESTION = question("starving-gpus")
STEPS, TRIALS = QUESTION.exhibit("steps"), QUESTION.exhibit("trials")
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


def test_the_structure_does_not_depend_on_the_seed() -> None:
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


MOVING_H, SHRINKING_H = 40 / 60, 830 / 3_600
RUNS = {
    # Photos a second, hours before the first round, USD an hour; hours and USD for 60 rounds.
    "one GPU": (410, 0.0, 3.20, 16.3, 52),
    "four as they are": (306, 0.0, 12.00, 21.8, 261),
    "stored small": (1_422, SHRINKING_H, 12.00, 4.9, 59),
    "32 cores": (1_422, MOVING_H, 15.20, 5.4, 81),
    "on the GPU": (1_138, 0.0, 12.00, 5.9, 70),
}


@pytest.mark.parametrize("name", RUNS)
def test_hours_and_price_of_tonights_runs(name: str) -> None:
    """60 rounds of 400,000 photos; fourteen hours are left until eight."""
    rate, before, price, hours, usd = RUNS[name]
    needed = before + 60 * 400_000 / rate / 3_600
    assert round(needed * price) == usd
    assert abs(needed - hours) < 0.06
    assert (needed < 14) == (name not in {"one GPU", "four as they are"})
    assert not lacking(QUESTION, f"{hours}", f"{usd} USD")


def test_small_photos_fit_into_memory() -> None:
    """400,000 x 320 x 240 x 3 bytes are 92 GB; a first round at 306 a second and 59 at 1,422: 5.0 hours, 60 USD."""
    assert round(400_000 * 320 * 240 * 3 / 1e9) == 92
    hours = 400_000 / 3_600 * (1 / 306 + 59 / 1_422)
    assert (round(hours, 1), round(hours * 12.00)) == (5.0, 60)
    assert not lacking(QUESTION.signal("c"), "92 GB of 128", "5.0 hours and about 60 USD")


def test_one_gpu_is_done_at_sixteen_minutes_past_ten() -> None:
    minutes = 18 * 60 + 60 * 400_000 / 410 / 60
    assert f"{minutes // 60 - 24:.0f}:{minutes % 60:02.0f}" == "10:16"
    assert not lacking(QUESTION, "done at 10:16", "It is 18:00", "8:00 tomorrow")


def test_other_machines_reach_what_the_key_says() -> None:
    """With 32 cores 1,422; with 45 ms more on the GPU and 1.8 ms on a core 1,138, which takes 2.0 cores."""
    assert 32 - 4 * CORES_OF_A_PROCESS > 1_422 * 0.018
    assert round(256 / (0.150 + 0.006 + 0.045 + 0.024)) == 1_138
    assert f"{1_138 * (FULL_MS['read'] + FULL_MS['augment']) / 1_000:.1f}" == "2.0"
    assert not lacking(QUESTION.signal("c"), "30 cores are left", "225 ms and 1,138", "2.0 cores")


def test_supply_from_the_other_side() -> None:
    """6 / 18 ms = 333 and 8 / 18 ms = 444; 4 x 410 = 1,640 need 29.5; loading alone 8 cores give about 420."""
    assert [round(cores / 0.018) for cores in (6, 8)] == [333, 444]
    assert (4 * 410, round(1_640 * 0.018, 1)) == (1_640, 29.5)
    assert round(8 * (1 - 0.03 * 2) / 0.018, -1) == 420
    assert not lacking(QUESTION.signal("b"), "333", "444", "29.5", "25.6")


def test_rate_and_rounds_that_the_night_allows() -> None:
    """484 photos a second; 176 rounds from 18:14, about 100 from midnight; one rerun of 4.7 hours fits."""
    left = 14 * 3_600 - 830
    assert (round(24_000_000 / left), int(left / (400_000 / 1_422))) == (484, 176)
    assert round(8 * 3_600 / (400_000 / 1_422), -2) == 100
    assert round(60 * 400_000 / 1_422 / 3_600, 1) == 4.7
    assert not lacking(QUESTION, "about 484 a second", "about 176 before 8:00", "about 100 rounds")


def test_making_the_photos_small_takes_a_quarter_of_an_hour() -> None:
    """400,000 x (0.4 + 13.0 + 3.2) ms on 8 cores are 830 s, 14 minutes."""
    seconds = 400_000 * (18.0 - 1.4) / 1_000 / 8
    assert (round(seconds), round(seconds / 60)) == (830, 14)
    assert "830 s" in QUESTION.facts[1].claim
    assert "14 minutes" in str(QUESTION.signal("c").ways[0].listen_for)


def test_exchange_is_waiting_for_the_slowest() -> None:
    """471 of 836 ms stand under exchange; with the batch from memory 24 of 180 are left; four times 64 is 256."""
    row, memory = STEPS.rows[2], TRIALS.rows[3]
    assert (row[6], row[2], memory[6], memory[2]) == ("471", "836", "24", "180")
    assert "24 of 836" in QUESTION.red_flags[0].reason
    assert "24 of 180" in QUESTION.rivals[0].ruled_out_by
    assert BATCH * 4 == 256
    assert "256 photos" in QUESTION.signal("g").listen_for
