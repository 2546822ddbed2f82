"""The noon on which more pods gave fewer answers: its tables and what other settings would have given."""

from __future__ import annotations

import pytest

from question_bank.exhibits.more_pods import generate

from .material import printed_under, question
from .wording import lacking

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


def test_what_waits_stays_with_eight_pods_until_suggestions_are_off() -> None:
    """5 x 167 = 835 wait; with 480 in and out they stay, 1.7 s each; with half of the requests they are gone in four."""
    waiting = round(5 * generate.database_rate(240), -0)
    assert ((5 * 167), round(835 / 480, 1), round(waiting)) == (835, 1.7, 833)
    left, seconds = 835.0, 0
    while left > 0:
        left, seconds = left + 240 - min(8 * 60, generate.database_rate(80)), seconds + 1
    assert seconds == 4
    assert not lacking(QUESTION, "about 835", "1.7 seconds late", "within four seconds")


def test_each_way_leaves_what_the_database_bears() -> None:
    """Eight with ten, 24 with three, or 80 in all: 500 a second; nine with ten serve less than they are asked."""
    assert [round(generate.database_rate(total)) for total in (8 * 10, 24 * 3, 80)] == [500, 500, 500]
    assert generate.database_rate(9 * 10) < 480
    assert (6 * 60, 7 * 60) == (360, 420)
    assert not lacking(QUESTION.signal("b"), "8 x 10 = 80", "24 x 3 = 72", "360 or 420")


def test_the_sale_loses_2160_usd_a_minute() -> None:
    assert (50 - 14) * 60 == 2_160
    assert not lacking(QUESTION, "50 tickets a minute", "now it's 14", "60 USD", "about 2,160 USD")


def test_seven_hundred_a_second_are_past_the_ceiling() -> None:
    """Twelve copies for 700, with 120 connections: 333; the best is 500, so 200 get no suggestion."""
    assert -(-700 // 60) == 12
    assert round(generate.database_rate(120)) == 333
    assert max(generate.database_rate(number) for number in range(1, 241)) == 500 == 700 - 200
    assert not lacking(QUESTION.turns[0], "700 requests", "twelve copies", "333", "500", "200 or more")


def test_the_card_does_not_show_the_connections() -> None:
    """What decides is given on request."""
    shown = QUESTION.exhibit("noon")
    assert not any("onnection" in text for text in (*shown.columns, shown.text_alternative, QUESTION.prompt))


def test_the_generator_prints_the_same_under_three_hash_seeds() -> None:
    assert len({printed_under("more_pods", seed) for seed in "012"}) == 1
