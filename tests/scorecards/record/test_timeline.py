"""Minutes used, pauses and order, from an interview's moments."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scorecards.record.model import Moment
from scorecards.record.timeline import minutes_used, order_asked, paused_minutes, stretches

from ..small_round import BEGAN, draft


def at(minute: float, kind: str, question: str | None = None) -> Moment:
    return Moment(
        id=f"m-{kind}-{int(minute * 60)}",
        at=BEGAN + timedelta(minutes=minute),
        kind=kind,
        question_id=question,
    )


def conducted(*moments: Moment):
    return draft("ada").model_copy(update={"moments": moments})


WHOLE = (
    at(0, "begun"),
    at(0, "opened", "DRF-01"),
    at(10, "opened", "SEC-01"),
    at(14, "paused"),
    at(19, "resumed"),
    at(20, "opened", "DRF-01"),
    at(23, "ended"),
)


def test_minutes_are_counted_by_question_over_every_visit() -> None:
    # DRF-01: 0 to 10 and 20 to 23 = 13; SEC-01: 10 to 14 and 19 to 20 = 5
    assert minutes_used(conducted(*WHOLE)) == {"DRF-01": 13.0, "SEC-01": 5.0}


def test_pauses_are_counted_apart() -> None:
    # 14 to 19
    assert paused_minutes(conducted(*WHOLE)) == 5.0


def test_the_order_is_that_of_the_first_visits() -> None:
    assert order_asked(conducted(*WHOLE)) == ("DRF-01", "SEC-01")


def test_moments_may_arrive_in_any_order() -> None:
    assert minutes_used(conducted(*reversed(WHOLE))) == minutes_used(conducted(*WHOLE))


def test_looking_through_the_questions_before_the_start_costs_nothing() -> None:
    looked = (at(-9, "opened", "SEC-01"), at(-5, "opened", "DRF-01"), *WHOLE)
    assert minutes_used(conducted(*looked)) == {"DRF-01": 13.0, "SEC-01": 5.0}


def test_nothing_after_the_end_counts() -> None:
    assert minutes_used(conducted(*WHOLE, at(40, "opened", "SEC-01"), at(50, "paused")))["SEC-01"] == 5.0


def test_an_interview_that_nobody_ended_runs_until_its_last_moment() -> None:
    assert minutes_used(conducted(*WHOLE[:3])) == {"DRF-01": 10.0}


def test_a_later_time_can_be_given_for_an_open_end() -> None:
    told = stretches(WHOLE[:3], until=BEGAN + timedelta(minutes=12))
    assert [(one.question_id, one.minutes) for one in told] == [("DRF-01", 10.0), ("SEC-01", 2.0)]


@pytest.mark.parametrize("moments", [(), WHOLE[1:3], (at(0, "begun"),), (at(3, "ended"),)])
def test_without_a_beginning_and_a_question_there_are_no_minutes(moments) -> None:
    assert minutes_used(conducted(*moments)) == {}
