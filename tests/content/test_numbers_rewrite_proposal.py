"""The sums of the question on rewriting a service."""

from __future__ import annotations

import numpy as np

from question_bank.exhibits.rewrite_proposal import generate
from question_bank.load import BANK
from question_bank.model import Question
from rubrics.files import read_model

QUESTION = read_model(BANK / "questions/performance/rewrite-proposal.yaml", BANK, Question)
*STEPS, TOTAL = QUESTION.exhibit("profile").rows
PARSE, FETCH, LOOP, MODEL, RESPOND = (float(row[1]) for row in STEPS)
TRUTH = QUESTION.ground_truth or ""
CACHED_FETCH = 0.9 * 0.3 + 0.1 * 9.4


def test_the_rows_add_up_to_the_total() -> None:
    """3.1 + 9.4 + 14.6 + 4.2 + 0.9 = 32.2."""
    assert (PARSE, FETCH, LOOP, MODEL, RESPOND) == (3.1, 9.4, 14.6, 4.2, 0.9)
    assert TOTAL[1] == f"{PARSE + FETCH + LOOP + MODEL + RESPOND:.1f}" == "32.2"


def test_the_rewrite_alone_misses_the_target() -> None:
    """13.6 ms is not Python; with Python twenty times faster 14.5 ms remain; the target is 12."""
    python = (PARSE + LOOP + RESPOND) / 20
    assert f"9.4 + 4.2 = {FETCH + MODEL:.1f}" in TRUTH
    assert f"= {python:.2f}, in all {FETCH + MODEL + python:.1f}" in " ".join(TRUTH.split())
    assert (f"{FETCH + MODEL:.1f}", f"{FETCH + MODEL + python:.1f}") == ("13.6", "14.5")
    assert FETCH + MODEL > 12


def test_two_small_changes_reach_it() -> None:
    """Loop / 12 gives 18.8, a cached fetch 24.0, both 10.6; a miss of the cache stays at 18.8."""
    total = PARSE + FETCH + LOOP + MODEL + RESPOND
    loop, fetch = total - LOOP + LOOP / 12, total - FETCH + CACHED_FETCH
    both = total - LOOP + LOOP / 12 - FETCH + CACHED_FETCH
    assert [f"{value:.1f}" for value in (LOOP / 12, CACHED_FETCH, loop, fetch, both)] == [
        "1.2",
        "1.2",
        "18.8",
        "24.0",
        "10.6",
    ]
    for part in ("14.6/12 = 1.2, total 18.8", "0.9 x 0.3 + 0.1 x 9.4 = 1.2, total 24.0", "Both: 10.6"):
        assert part in " ".join(TRUTH.split())
    assert f"A miss of the cache still takes {loop:.1f}" in " ".join(TRUTH.split())
    assert both < 12 < loop


def test_other_ways_have_the_totals_that_are_printed() -> None:
    """Rewrite and cache together 6.3; loop and fetch out of the path 8.2; four processes carry the peak."""
    assert f"together: {(PARSE + LOOP + RESPOND) / 20 + CACHED_FETCH + MODEL:.1f}" in TRUTH
    assert f"= {PARSE + MODEL + RESPOND:.1f} ms" in " ".join(QUESTION.accept_also)
    assert 40 * 0.0322 < 4


def test_numpy_gives_the_same_sums_much_faster() -> None:
    """The loop and the array version agree. The factor, about twenty, depends on the machine: more than 3."""
    arrays = generate.make_events()
    events = list(zip(*(array.tolist() for array in arrays), strict=True))
    assert np.allclose(generate.loop_sums(events), generate.array_sums(*arrays))
    loop = generate.fastest_ms(lambda: generate.loop_sums(events))
    assert loop > 3 * generate.fastest_ms(lambda: generate.array_sums(*arrays))
    assert f"{generate.EVENTS:,} events" in TRUTH
