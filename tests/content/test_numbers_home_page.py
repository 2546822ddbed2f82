"""The home page of a music app: machines, milliseconds and reads, by each way that the key accepts."""

from __future__ import annotations

import math

from .material import question
from .wording import lacking

QUESTION = question("home-page")
CORES, FULL, USD = 16, 0.6, 600


def pages(seconds: float, together: int = 1) -> float:
    """Pages a second that one machine does at full use."""
    return CORES * together / seconds


def machines(asked: float, seconds: float, together: int = 1) -> float:
    return asked / (pages(seconds, together) * FULL)


def test_ranked_live_it_takes_three_in_each_data_center() -> None:
    """16 cores / 8 ms = 2,000; at 60 % 1,200; 3,000 need 2.5."""
    assert (pages(0.008), pages(0.008) * FULL, machines(3_000, 0.008)) == (2_000, 1_200, 2.5)
    assert not lacking(QUESTION.signal("a"), "2,000 a second", "1,200", "2.5, so three in each, six in all")


def test_kept_pages_and_batches_take_fewer() -> None:
    """1,800 need 1.5 machines, and without the kept pages two run at 75 %; in batches 3,200, so one would do."""
    assert (3_000 * 0.6, machines(1_800, 0.008), 3_000 / (2 * pages(0.008))) == (1_800, 1.5, 0.75)
    assert (round(pages(0.024, 8)), round(pages(0.024, 8) * FULL)) == (5_333, 3_200)
    assert math.ceil(machines(3_000, 0.024, 8)) == 1
    assert not lacking(QUESTION, "1,800 a second are ranked: 1.5", "5,333 a second, 60 % of it 3,200")


def test_what_batching_saves_and_takes() -> None:
    """Two machines fewer in each data center: 2,400 USD; 24 - 8 = 16 ms, and eight pages come in 5 to 16 ms."""
    assert 2 * (3 - 1) * USD == 2_400
    assert (24 - 8, 8 / 3_000 * 2 * 1_000, 8 / (3_000 / 6) * 1_000) == (16, 8 / 1_500 * 1_000, 16)
    assert round(8 / 1_500 * 1_000) == 5
    assert not lacking(QUESTION.signal("g"), "2,400 USD", "16 ms more", "5 to 16 ms")


def test_the_reads_break_the_store_and_fit_into_memory() -> None:
    """600,000 rows against 150,000; 200 MB; or 6.7, so seven in each, 8,400 USD; or 360,000 and four in each."""
    rows, store = 3_000 * 200, 150_000
    assert (rows, rows > store, 500_000 * 400) == (600_000, True, 200_000_000)
    assert (round(rows / (store * FULL), 1), 2 * 7 * USD) == (6.7, 8_400)
    assert (1_800 * 200, 1_800 * 200 / (store * FULL), 2 * 4 * USD) == (360_000, 4, 4_800)
    assert not lacking(
        QUESTION, "600,000", "200 MB", "seven machines", "8,400 USD", "360,000", "4,800 dollars"
    )


def test_what_the_network_leaves_of_the_150_ms() -> None:
    """150 - 55 = 95; with the store 55 + 60 + 12 = 127; a deadline of 90 inside is 145 on the phone."""
    assert (150 - 55, 55 + 60 + 12, 55 + 90) == (95, 127, 145)
    assert 150 - 30 > 115
    assert not lacking(QUESTION, "at most 95 are left", "up to about 115", "= 127", "145 is still in time")


def test_the_evening_without_a_data_center() -> None:
    """4,500 on three machines are 75 %, on four 56 %; without those who come back 2,700."""
    assert (4_500 / 6_000, round(100 * 4_500 / 8_000), 4_500 * 0.6) == (0.75, 56, 2_700)
    assert not lacking(QUESTION.turns[0], "75 %", "56 %", "2,700")


def test_a_model_of_14_ms_needs_five_in_each() -> None:
    """16 / 0.014 = 1,143, at 60 % 686; 4.4, so five; three run at 87 %; four machines more are 2,400 USD."""
    slow = pages(0.014)
    assert (round(slow), round(slow * FULL), round(machines(3_000, 0.014), 1)) == (1_143, 686, 4.4)
    assert (round(100 * 3_000 / (3 * slow) - 0.01), 2 * (5 - 3) * USD) == (87, 2_400)
    assert not lacking(QUESTION.turns[1], "1,143", "686", "five machines", "87 %", "2,400 USD")


def test_when_the_machines_run_out() -> None:
    """At 40 % a year three machines last 6.5 months and four 16.8."""
    months = [12 * math.log(count * 1_200 / 3_000) / math.log(1.4) for count in (3, 4)]
    assert [round(one, 1) for one in months] == [6.5, 16.8]
    assert not lacking(QUESTION.signal("j"), "3,600", "six and a half months", "4,800", "about 17")


def test_the_deciding_numbers_are_not_on_the_card() -> None:
    shown = QUESTION.prompt + str(QUESTION.card)
    assert not any(figure in shown for figure in ("200", "8 ms", "16", "60 %", "55", "600"))


def test_stages_fill_answer_and_probes() -> None:
    assert (
        sum(stage.minutes for stage in QUESTION.stages) == QUESTION.minutes.answer + QUESTION.minutes.probes
    )
