"""Setting up a round: slots and plans, looks at a must-have."""

import pytest
from pydantic import ValidationError

from question_bank import Target
from scorecards.record.setup import independent_looks, new_round, too_few_looks

from ..small_bank import BANK

# Rounds


def small(**values):
    values = {"panel_ids": ["ada", "bo"], "loop_ids": ["small-loop"]} | values
    return new_round(
        "r1",
        "Senior engineer",
        "lea",
        BANK,
        "small",
        values.pop("loop_ids"),
        values.pop("panel_ids"),
        **values,
    )


def test_a_round_has_a_slot_for_every_interview_of_its_loops() -> None:
    assert [slot.id for slot in small().slots] == ["1-first", "2-second"]
    assert [slot.id for slot in small(loop_ids=["small-loop"]).slots] == ["1-first", "2-second"]


def test_no_family_is_asked_twice_over_a_rounds_interviews() -> None:
    families = [item.question.family for slot in small().slots for item in slot.plan.items]
    assert sorted(families) == ["drf-late-labels", "drf-slices", "sec-agent", "sec-tenants"]


def test_an_interview_without_a_question_left_is_left_out() -> None:
    assert len(small(loop_ids=["small-loop", "small-loop"]).slots) == 2


def test_the_panel_is_spread_over_the_slots_in_turn() -> None:
    assert [slot.interviewer_ids for slot in small().slots] == [("ada",), ("bo",)]
    assert [slot.interviewer_ids for slot in small(panel_ids=["ada"]).slots] == [("ada",), ("ada",)]


def test_a_round_without_a_panel_has_slots_without_interviewers() -> None:
    assert [slot.interviewer_ids for slot in small(panel_ids=[]).slots] == [(), ()]


def test_a_round_without_an_interview_is_refused() -> None:
    with pytest.raises(ValueError, match="no question"):
        small(loop_ids=[])


def test_weights_come_from_the_profile_unless_they_are_given() -> None:
    own = (Target(competency="drift"), Target(competency="security"))
    assert small().targets == BANK.profile("small").targets
    assert small(targets=own).targets == own


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_unequal_weights_need_a_reason(reason) -> None:
    uneven = (Target(competency="drift", weight=2), Target(competency="security"))
    with pytest.raises(ValidationError, match="need a reason"):
        small(targets=uneven, weights_reason=reason)
    assert small(targets=uneven, weights_reason="Drift it is.").weights_reason == "Drift it is."


# Looks


def test_looks_are_minutes_by_competency_and_slot() -> None:
    # each question takes 1 + 8 + 3 minutes
    assert independent_looks(small()) == {
        "drift": {"1-first": 12, "2-second": 12},
        "security": {"1-first": 12, "2-second": 12},
    }


def test_two_interviewers_are_enough_looks_at_a_must_have() -> None:
    assert too_few_looks(small()) == ()


def test_one_interviewer_twice_is_one_look() -> None:
    assert too_few_looks(small(panel_ids=["ada"])) == ("drift",)


def test_a_must_have_that_nobody_asks_for_has_too_few_looks() -> None:
    targets = (Target(competency="operations", must_have=True),)
    assert too_few_looks(small(targets=targets)) == ("operations",)


def test_what_is_no_must_have_needs_no_second_look() -> None:
    targets = (Target(competency="drift"), Target(competency="security"))
    assert too_few_looks(small(targets=targets, panel_ids=["ada"])) == ()
