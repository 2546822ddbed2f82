"""What a candidate would be asked twice."""

from __future__ import annotations

from question_bank import InterviewPlan, overlaps
from tests.scorecards.small_bank import plan_of

PLAN = plan_of()
FIRST, SECOND = PLAN.items[0], PLAN.items[1]


def plan(*items) -> InterviewPlan:
    return PLAN.model_copy(update={"items": items})


def other(item, **changes):
    return item.model_copy(update={"question": item.question.model_copy(update={"id": "OPS-77"} | changes)})


def found(*others: InterviewPlan) -> list[tuple[str, str, int]]:
    return [(one.question_id, one.same, one.plan) for one in overlaps(plan(FIRST), others)]


def test_the_same_question_in_another_interview_is_named() -> None:
    assert found(plan(SECOND), plan(FIRST))[-1] == (FIRST.question.id, "question", 1)


def test_another_story_of_the_same_family_is_named() -> None:
    assert found(plan(other(FIRST, subskill="other"))) == [(FIRST.question.id, "family", 0)]


def test_another_question_on_the_same_subskill_is_named() -> None:
    assert found(plan(other(FIRST, family="other"))) == [(FIRST.question.id, "sub-skill", 0)]


def test_questions_with_nothing_in_common_are_no_overlap() -> None:
    assert found(plan(other(FIRST, family="other", subskill="other"))) == []


def test_without_other_interviews_nothing_overlaps() -> None:
    assert found() == []
