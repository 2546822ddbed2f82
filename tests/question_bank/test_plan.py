"""Planning: what is asked in one interview, in how many minutes, and what could not be covered."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from question_bank import (
    KINDS,
    Bank,
    InterviewPlan,
    Question,
    Slot,
    add_question,
    alternatives,
    drop_question,
    load_bank,
    make_plan,
    move_question,
    plan_interview,
    plan_slots,
    swap_question,
    usable_minutes,
)
from question_bank.model import LoopItem

SHIPPED = load_bank()
# Ten questions whose plans are known by heart; tests over all profiles and loops use the whole bank.
TEN = ["SHP-01", "DRF-05", "DRF-01", "SEC-05", "SEC-01", "SYS-05", "MLO-05", "OPS-01", "HYB-01", "MLO-02"]
BANK = Bank(
    rubrics=SHIPPED.rubrics,
    questions=tuple(SHIPPED.by_id[key] for key in TEN),
    profiles=SHIPPED.profiles,
    loops=SHIPPED.loops,
    glossary=SHIPPED.glossary,
)
PROFILES = [profile.id for profile in BANK.profiles]
LOOPS = [loop.id for loop in BANK.loops]
GENERALIST = BANK.profile("generalist")
LONG = Slot(id="long", name="Long interview", minutes=120, items=(), around=5)


def changed(question: Question, **values) -> Question:
    """A question of its own, like this one but for these values."""
    return Question.model_validate(question.model_dump() | values)


def bank_of(*questions: Question) -> Bank:
    return Bank(
        rubrics=BANK.rubrics,
        questions=questions,
        profiles=BANK.profiles,
        loops=BANK.loops,
        glossary=BANK.glossary,
    )


def slot(minutes: int, *items: LoopItem, around: int = 5) -> Slot:
    return Slot(id="slot", name="Slot", minutes=minutes, items=items, around=around)


def item(competency: str, minutes: int = 30, *kinds: str, subskill: str | None = None) -> LoopItem:
    return LoopItem(competency=competency, minutes=minutes, kinds=kinds, subskill=subskill)


def asked(plan: InterviewPlan) -> list[str]:
    return [planned.question.id for planned in plan.items]


def plan_of(*question_ids: str, in_slot: Slot = LONG) -> InterviewPlan:
    return make_plan(BANK, in_slot, [BANK.by_id[key] for key in question_ids], (), GENERALIST)


def test_there_are_five_profiles_and_four_loops() -> None:
    assert PROFILES == ["computer-vision", "generalist", "llmops", "nlp", "tabular"]
    assert LOOPS == ["contractor", "core-loop", "founder-screen", "practical", "with-assistant"]


@pytest.mark.parametrize("loop_id", LOOPS)
@pytest.mark.parametrize("profile_id", PROFILES)
class TestEveryProfileAndLoop:
    """Each profile with each loop, as the set-up of a round plans them."""

    def test_every_interview_fits_nine_tenths_of_its_minutes(self, profile_id, loop_id) -> None:
        slots = SHIPPED.loop(loop_id).slots
        for wanted, plan in zip(slots, plan_slots(SHIPPED, SHIPPED.profile(profile_id), slots), strict=True):
            assert (plan.name, plan.minutes, plan.around) == (wanted.name, wanted.minutes, wanted.around)
            assert plan.planned_minutes * 10 <= plan.minutes * 9

    def test_each_place_is_filled_or_named_as_uncovered(self, profile_id, loop_id) -> None:
        slots = SHIPPED.loop(loop_id).slots
        for wanted, plan in zip(slots, plan_slots(SHIPPED, SHIPPED.profile(profile_id), slots), strict=True):
            assert len(plan.items) + len(plan.uncovered) == len(wanted.items)

    def test_planning_again_gives_the_same_plans(self, profile_id, loop_id) -> None:
        slots = SHIPPED.loop(loop_id).slots
        again = load_bank()
        first = plan_slots(SHIPPED, SHIPPED.profile(profile_id), slots)
        assert first == plan_slots(SHIPPED, SHIPPED.profile(profile_id), slots)
        assert first == plan_slots(again, again.profile(profile_id), slots)

    def test_a_specialists_question_is_kept_for_specialists(self, profile_id, loop_id) -> None:
        profile = SHIPPED.profile(profile_id)
        for plan in plan_slots(SHIPPED, profile, SHIPPED.loop(loop_id).slots):
            for planned in plan.items:
                if planned.question.competency == "specialist":
                    assert planned.question.track in profile.tracks

    def test_musts_of_the_profile_are_not_optional(self, profile_id, loop_id) -> None:
        profile = SHIPPED.profile(profile_id)
        musts = {target.competency for target in profile.targets if target.must_have}
        for plan in plan_slots(SHIPPED, profile, SHIPPED.loop(loop_id).slots):
            for planned in plan.items:
                assert planned.optional == (planned.question.competency not in musts)


@pytest.mark.parametrize("profile_id", PROFILES)
def test_no_family_comes_twice_over_all_interviews_of_a_candidate(profile_id) -> None:
    slots = [one for loop in SHIPPED.loops for one in loop.slots]
    plans = plan_slots(SHIPPED, SHIPPED.profile(profile_id), slots)
    families = [planned.question.family for plan in plans for planned in plan.items]
    assert sorted(set(families)) == sorted(families)


def test_of_two_questions_of_one_family_a_candidate_gets_one() -> None:
    first = BANK.by_id["SEC-01"]
    bank = bank_of(first, changed(first, id="SEC-91", title="The same in another story"))
    wanted = slot(60, item("security", 12), item("security", 12))
    one, other = plan_slots(bank, GENERALIST, (wanted, wanted))
    assert [len(one.items), len(one.uncovered)] == [1, 1]
    assert [len(other.items), len(other.uncovered)] == [0, 2]


def test_families_asked_elsewhere_are_not_asked_again() -> None:
    wanted = slot(60, item("operations", 20))
    plan = plan_interview(BANK, GENERALIST, wanted, asked_families={"blocked-loop"})
    assert asked(plan_interview(BANK, GENERALIST, wanted)) == ["OPS-01"]
    assert asked(plan) == []


def test_a_subskill_asked_elsewhere_comes_later_in_the_choice() -> None:
    first = BANK.by_id["OPS-01"]
    bank = bank_of(first, changed(first, id="OPS-91", family="other-family", subskill="OPS2"))
    wanted = slot(60, item("operations", 20))
    assert asked(plan_interview(bank, GENERALIST, wanted)) == ["OPS-01"]
    assert asked(plan_interview(bank, GENERALIST, wanted, asked_subskills={"OPS1"})) == ["OPS-91"]


def test_the_place_says_which_kind_is_preferred() -> None:
    assert asked(plan_interview(BANK, GENERALIST, slot(60, item("security", 20, "review")))) == ["SEC-05"]
    assert asked(plan_interview(BANK, GENERALIST, slot(60, item("security", 20, "situational")))) == [
        "SEC-01"
    ]


def test_the_preferred_subskill_goes_before_the_preferred_kind() -> None:
    wanted = slot(60, item("drift", 30, "debugging", subskill="DRF2"))
    assert asked(plan_interview(BANK, GENERALIST, wanted)) == ["DRF-05"]


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_drafts_and_retired_questions_are_never_planned(status) -> None:
    bank = bank_of(changed(BANK.by_id["OPS-01"], status=status))
    plan = plan_interview(bank, GENERALIST, slot(60, item("operations", 20)))
    assert (asked(plan), len(plan.uncovered)) == ([], 1)


def test_what_no_question_covers_is_said_with_its_name_and_minutes() -> None:
    plan = plan_interview(BANK, GENERALIST, slot(60, item("ecosystem", 8), item("operations", 15)))
    name = BANK.competency("ecosystem").name
    assert asked(plan) == ["OPS-01"]
    # 60 minutes: 54 may be planned; less 5 around and 15 for OPS-01 leaves 34.
    assert plan.uncovered == (f"{name}: no question of this competency fits (8 minutes meant, 34 left)",)


def test_what_the_minutes_do_not_reach_is_said() -> None:
    # 30 minutes: 27 may be planned; less 5 around are 22; OPS-01 takes 15 and leaves 7 for HYB-01's 12.
    plan = plan_interview(BANK, GENERALIST, slot(30, item("operations", 15), item("performance", 12)))
    assert asked(plan) == ["OPS-01"]
    assert [line.endswith("(12 minutes meant, 7 left)") for line in plan.uncovered] == [True]


def test_a_longer_question_is_taken_where_the_interview_has_room_for_it() -> None:
    plan = plan_interview(BANK, GENERALIST, slot(60, item("operations", 10)))
    assert asked(plan) == ["OPS-01"]
    assert plan.planned_minutes == 5 + 15


@pytest.mark.parametrize(("minutes", "usable"), [(45, 40), (60, 54), (75, 67), (15, 13), (0, 0)])
def test_a_tenth_stays_free_rounded_down(minutes, usable) -> None:
    assert usable_minutes(minutes) == usable


LOOP_ITEMS = st.builds(
    LoopItem,
    competency=st.sampled_from(sorted(BANK.rubrics.by_id)),
    minutes=st.integers(3, 90),
    kinds=st.lists(st.sampled_from(sorted(KINDS)), max_size=3, unique=True).map(tuple),
    subskill=st.none() | st.sampled_from(sorted(BANK.rubrics.subskills)),
)
SLOTS = st.builds(
    Slot,
    id=st.just("slot"),
    name=st.just("Slot"),
    minutes=st.integers(15, 180),
    around=st.integers(0, 20),
    items=st.lists(LOOP_ITEMS, max_size=6).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(SLOTS, st.sampled_from(BANK.profiles))
def test_any_slot_gives_a_plan_that_keeps_its_promises(wanted, profile) -> None:
    plan = plan_interview(BANK, profile, wanted)
    families = [planned.question.family for planned in plan.items]
    assert not plan.items or plan.planned_minutes <= usable_minutes(wanted.minutes)
    assert len(set(families)) == len(families)
    assert len(plan.items) + len(plan.uncovered) == len(wanted.items)
    assert {q.question.competency for q in plan.items} <= {i.competency for i in wanted.items}
    assert plan == plan_interview(BANK, profile, wanted)


def test_a_plan_holds_its_questions_whole_with_their_digests() -> None:
    plan = plan_of("SHP-01", "OPS-01")
    for planned in plan.items:
        assert planned.question == BANK.by_id[planned.question.id]
        assert planned.digest == planned.question.digest == BANK.by_id[planned.question.id].digest
    assert (plan.bank_digest, plan.rubrics_digest) == (BANK.digest, BANK.rubrics.digest)


def test_editing_the_bank_leaves_a_plan_as_it_was() -> None:
    plan = plan_of("OPS-01")
    before = plan.model_dump_json()
    edited = bank_of(changed(BANK.by_id["OPS-01"], title="Edited later", version=2))
    assert edited.digest != plan.bank_digest
    assert edited.by_id["OPS-01"].digest != plan.items[0].digest
    assert plan.model_dump_json() == before


def test_a_plan_cannot_be_written_to() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        plan_of("OPS-01").items[0].question.title = "Another"


def test_a_plan_survives_being_stored_as_json() -> None:
    plan = plan_slots(BANK, GENERALIST, BANK.loop("core-loop").slots)[0]
    assert InterviewPlan.model_validate_json(plan.model_dump_json()) == plan


def test_swap_puts_the_new_question_in_the_old_ones_place() -> None:
    plan = swap_question(BANK, plan_of("SHP-01", "SEC-05", "OPS-01"), "SEC-05", "SEC-01")
    assert asked(plan) == ["SHP-01", "SEC-01", "OPS-01"]
    assert plan.items[1].minutes == BANK.by_id["SEC-01"].minutes.total
    assert plan.items[1].digest == BANK.by_id["SEC-01"].digest


def test_swap_keeps_whether_the_place_is_optional() -> None:
    plan = plan_of("SEC-05", "OPS-01")
    assert [planned.optional for planned in plan.items] == [False, True]
    swapped = swap_question(BANK, plan, "OPS-01", "HYB-01")
    assert [planned.optional for planned in swapped.items] == [False, True]


def test_swap_refuses_a_question_of_a_family_that_is_there() -> None:
    with pytest.raises(ValueError, match="same family"):
        swap_question(BANK, plan_of("SEC-05", "SEC-01"), "SEC-05", "SEC-01")


def test_swap_refuses_what_does_not_fit_the_minutes() -> None:
    # Of 45 minutes 40 may be planned; 5 around, 15 for SHP-01 and 57 for MLO-02 are 77.
    plan = plan_of("SHP-01", "OPS-01", in_slot=slot(45))
    with pytest.raises(ValueError, match=r"77 minutes do not fit: of 45 minutes 40 may be planned"):
        swap_question(BANK, plan, "OPS-01", "MLO-02")


def test_a_question_can_be_swapped_for_another_of_its_own_family() -> None:
    first = BANK.by_id["SEC-01"]
    bank = bank_of(first, changed(first, id="SEC-91"))
    assert asked(swap_question(bank, plan_of("SEC-01"), "SEC-01", "SEC-91")) == ["SEC-91"]


def test_add_puts_a_question_at_the_end_as_optional() -> None:
    plan = add_question(BANK, plan_of("OPS-01"), "SEC-01")
    assert asked(plan) == ["OPS-01", "SEC-01"]
    assert plan.items[-1].optional


def test_add_refuses_a_question_that_is_there_already() -> None:
    with pytest.raises(ValueError, match="same family"):
        add_question(BANK, plan_of("OPS-01"), "OPS-01")


def test_add_refuses_what_does_not_fit_the_minutes() -> None:
    # Of 30 minutes 27 may be planned; 5 around, 15 for OPS-01 and 12 for SEC-01 are 32.
    with pytest.raises(ValueError, match=r"32 minutes do not fit: of 30 minutes 27"):
        add_question(BANK, plan_of("OPS-01", in_slot=slot(30)), "SEC-01")


def test_drop_takes_one_question_out() -> None:
    assert asked(drop_question(plan_of("SHP-01", "OPS-01", "SEC-01"), "OPS-01")) == ["SHP-01", "SEC-01"]


def test_drop_refuses_the_last_question() -> None:
    with pytest.raises(ValueError, match="asks at least one"):
        drop_question(plan_of("OPS-01"), "OPS-01")


@pytest.mark.parametrize(
    ("by", "order"),
    [
        (-1, ["OPS-01", "SHP-01", "SEC-01"]),
        (1, ["SHP-01", "SEC-01", "OPS-01"]),
        (0, ["SHP-01", "OPS-01", "SEC-01"]),
        (-9, ["OPS-01", "SHP-01", "SEC-01"]),
        (9, ["SHP-01", "SEC-01", "OPS-01"]),
    ],
)
def test_move_stops_at_the_ends(by, order) -> None:
    assert asked(move_question(plan_of("SHP-01", "OPS-01", "SEC-01"), "OPS-01", by)) == order


def test_changes_leave_the_plan_that_they_started_from() -> None:
    plan = plan_of("SHP-01", "OPS-01")
    before = plan.model_dump_json()
    move_question(drop_question(add_question(BANK, plan, "SEC-01"), "SHP-01"), "SEC-01", -1)
    assert plan.model_dump_json() == before


def test_alternatives_are_of_the_same_competency_and_of_free_families() -> None:
    question = BANK.by_id["SEC-05"]
    assert [other.id for other in alternatives(BANK, question, ())] == ["SEC-01"]
    assert alternatives(BANK, question, {BANK.by_id["SEC-01"].family}) == ()


def test_alternatives_begin_with_the_same_family_then_the_same_subskill() -> None:
    first = BANK.by_id["SEC-01"]
    family = changed(first, id="SEC-93")
    subskill = changed(first, id="SEC-92", family="other-one")
    competency = changed(first, id="SEC-91", family="other-two", subskill="SEC5")
    retired = changed(first, id="SEC-90", status="retired")
    bank = bank_of(first, competency, subskill, family, retired)
    found = alternatives(bank, first, {first.family})
    assert [other.id for other in found] == ["SEC-93", "SEC-92", "SEC-91"]


# The loops that ask a kind


@pytest.mark.parametrize(("loop", "kind"), [("practical", "exercise"), ("with-assistant", "assisted")])
def test_a_loop_gets_the_kind_that_it_is_made_for(loop: str, kind: str) -> None:
    for slot in SHIPPED.loop(loop).slots:
        plan = plan_interview(SHIPPED, SHIPPED.profile("generalist"), slot)
        wanted = [item.competency for item in slot.items if kind in item.kinds]
        assert [item.question.competency for item in plan.items if item.question.kind == kind] == wanted


def test_a_founder_screen_asks_about_everything_that_it_names() -> None:
    for profile in SHIPPED.profiles:
        [plan] = plan_slots(SHIPPED, profile, SHIPPED.loop("founder-screen").slots)
        assert plan.uncovered == ()
