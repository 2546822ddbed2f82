"""The noon on which more pods gave fewer answers: its tables and what other settings would have given."""

from __future__ import annotations

import pytest

from question_bank.exhibits.more_pods import generate

from .material import printed_under, question

QUESTION = question("more-pods")


def test_tables_are_what_the_generator_gives() -> None:
    assert QUESTION.exhibit("noon").rows == generate.timeline()
    assert QUESTION.exhibit("database").rows == generate.database_rows()


@pytest.mark.parametrize("ready_when_loaded", [False, True])
def test_eight_pods_answer_all_and_24_do_not(ready_when_loaded: bool) -> None:
    """A right readiness check alone does not help: it settles at 167 with 24, at 480 with 8."""
    assert round(generate.settled(8, ready_when_loaded)) == 480
    assert round(generate.settled(24, ready_when_loaded)) == 167


def test_the_sums_of_the_answer_key() -> None:
    """6 x 60, 8 x 60, 8 x 10, 500 x 80 / 240, 24 x 3."""
    assert (6 * 60, 8 * 60, 8 * 10, round(500 * 80 / 240), 24 * 3) == (360, 480, 80, 167, 72)
    assert all(figure in QUESTION.facts[0].claim for figure in ("= 360", "= 480", "= 80", "= 167", "= 72"))


def test_the_generator_prints_the_same_under_three_hash_seeds() -> None:
    assert len({printed_under("more_pods", seed) for seed in "012"}) == 1
