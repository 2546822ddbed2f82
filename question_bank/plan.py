"""Planning one interview: which questions, in how many minutes, and what could not be covered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from rubrics.model import Value

from .condition import Condition, holds
from .frozen import FrozenWords, freeze, together
from .model import Bank, FrozenQuestion, LoopItem, Profile, Question, Slot

# A tenth of every interview stays free: answers run over, people are late.
RESERVE_TENTHS = 1
# A day: no interview is longer.
MOST_MINUTES = 24 * 60


class PlanItem(Value):
    """A question in its place, copied whole: editing the bank never rewrites an interview."""

    question: FrozenQuestion
    digest: str
    minutes: Annotated[int, Field(ge=0, le=MOST_MINUTES)]
    # Dropped first when time runs short.
    optional: bool = False


class InterviewPlan(Value):
    """Ordered questions that fit the minutes, and in words what they leave out."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    minutes: Annotated[int, Field(ge=1, le=MOST_MINUTES)]
    around: Annotated[int, Field(ge=0, le=MOST_MINUTES)]
    items: Annotated[tuple[PlanItem, ...], Field(max_length=100)]
    uncovered: tuple[str, ...]
    bank_digest: str
    rubrics_digest: str
    # How it is held; None in plans of kits that did not ask.
    condition: Condition | None = Field(default=None, exclude_if=lambda condition: condition is None)
    # What competencies, levels and terms were called; None in plans of kits that did not keep it.
    words: FrozenWords | None = Field(default=None, exclude_if=lambda words: words is None)

    @property
    def planned_minutes(self) -> int:
        """Minutes of all questions and of what stands around them."""
        return self.around + sum(item.minutes for item in self.items)

    def question(self, question_id: str) -> Question:
        """The frozen question; `KeyError` if the plan does not hold it."""
        return self._by_id[question_id]

    def find(self, question_id: str) -> Question | None:
        """The frozen question; None if the plan does not hold it."""
        return self._by_id.get(question_id)

    @cached_property
    def _by_id(self) -> dict[str, Question]:
        return {item.question.id: item.question for item in self.items}


def usable_minutes(minutes: int) -> int:
    """Minutes that may be planned: nine tenths, rounded down."""
    return minutes * (10 - RESERVE_TENTHS) // 10


def plan_interview(
    bank: Bank,
    profile: Profile,
    slot: Slot,
    *,
    asked_families: Collection[str] = (),
    asked_subskills: Collection[str] = (),
) -> InterviewPlan:
    """The questions for one slot; the same input gives the same plan.

    `asked_families` are what this candidate is asked in other interviews: none is asked twice.
    Sub-skills already looked at elsewhere come later in the choice, so that a round covers more.
    A place that no question fits, or that the minutes do not reach, is named in `uncovered`.
    """
    families = set(asked_families)
    subskills = set(asked_subskills)
    left = usable_minutes(slot.minutes) - slot.around
    chosen: dict[int, Question] = {}
    # First what fits its own place, in the slot's order; then what still fits the whole.
    for within_place in (True, False):
        for place, wanted in enumerate(slot.items):
            if place in chosen:
                continue
            limit = min(wanted.minutes, left) if within_place else left
            fitting = _fitting(bank, profile, wanted, limit, families)
            if not fitting:
                continue
            question = min(fitting, key=lambda question: _preference(question, wanted, profile, subskills))
            chosen[place] = question
            families.add(question.family)
            subskills.add(question.subskill)
            left -= question.minutes.total
    uncovered = [
        _why_uncovered(bank, wanted, left) for place, wanted in enumerate(slot.items) if place not in chosen
    ]
    return make_plan(bank, slot, [chosen[place] for place in sorted(chosen)], tuple(uncovered), profile)


def plan_slots(bank: Bank, profile: Profile, slots: Iterable[Slot]) -> tuple[InterviewPlan, ...]:
    """A plan for every slot that one candidate sits; no family twice over all of them."""
    plans: list[InterviewPlan] = []
    for slot in slots:
        asked = [item.question for plan in plans for item in plan.items]
        plans.append(
            plan_interview(
                bank,
                profile,
                slot,
                asked_families={question.family for question in asked},
                asked_subskills={question.subskill for question in asked},
            )
        )
    return tuple(plans)


def make_plan(
    bank: Bank, slot: Slot, questions: list[Question], uncovered: tuple[str, ...], profile: Profile
) -> InterviewPlan:
    """A plan of exactly these questions. What is no must-have of the profile is optional."""
    musts = {target.competency for target in profile.targets if target.must_have}
    return InterviewPlan(
        name=slot.name,
        minutes=slot.minutes,
        around=slot.around,
        items=tuple(plan_item(question, optional=question.competency not in musts) for question in questions),
        uncovered=uncovered,
        bank_digest=bank.digest,
        rubrics_digest=bank.rubrics.digest,
        words=freeze(bank, questions),
    )


def plan_item(question: Question, *, optional: bool) -> PlanItem:
    """The question as it stands now, with its digest and planned minutes."""
    return PlanItem(
        question=question, digest=question.digest, minutes=question.minutes.total, optional=optional
    )


def swap_question(bank: Bank, plan: InterviewPlan, old: str, new: str) -> InterviewPlan:
    """The plan with one question in another's place; `ValueError` says why it cannot be."""
    item = next(item for item in plan.items if item.question.id == old)
    question = bank.by_id[new]
    others = [other for other in plan.items if other.question.id != old]
    if question.family in {other.question.family for other in others}:
        raise ValueError(f"{question.title}: a question of the same family is already in this plan")
    swapped = plan_item(question, optional=item.optional)
    plan = _knowing(bank, plan, question)
    return _refit(plan, [swapped if other.question.id == old else other for other in plan.items])


def add_question(bank: Bank, plan: InterviewPlan, question_id: str) -> InterviewPlan:
    """The plan with one question more at its end; `ValueError` says why it cannot be."""
    question = bank.by_id[question_id]
    if question.family in {item.question.family for item in plan.items}:
        raise ValueError(f"{question.title}: a question of the same family is already in this plan")
    plan = _knowing(bank, plan, question)
    return _refit(plan, [*plan.items, plan_item(question, optional=True)])


def drop_question(plan: InterviewPlan, question_id: str) -> InterviewPlan:
    """The plan without the question; an empty plan is refused."""
    items = [item for item in plan.items if item.question.id != question_id]
    if not items:
        raise ValueError("The last question cannot be taken out: a plan asks at least one.")
    return plan.model_copy(update={"items": tuple(items)})


def move_question(plan: InterviewPlan, question_id: str, by: int) -> InterviewPlan:
    """The plan with the question moved `by` places; past an end it stays at the end."""
    items = list(plan.items)
    place = next(n for n, item in enumerate(items) if item.question.id == question_id)
    item = items.pop(place)
    items.insert(max(0, place + by), item)
    return plan.model_copy(update={"items": tuple(items)})


def alternatives(bank: Bank, question: Question, taken_families: Collection[str]) -> tuple[Question, ...]:
    """What may stand in for a question: same family first, then same sub-skill, then same competency."""
    candidates = [
        other
        for other in bank.questions
        if other.id != question.id
        and other.status in ("pilot", "live")
        and other.competency == question.competency
        and (other.family == question.family or other.family not in taken_families)
    ]
    return tuple(
        sorted(candidates, key=lambda o: (o.family != question.family, o.subskill != question.subskill, o.id))
    )


Likeness = Literal["question", "family", "sub-skill"]


class Overlap(Value):
    """A question that another interview of the same candidate nearly asks as well."""

    question_id: str
    other_id: str
    # The place of the other plan among those that were looked at.
    plan: int
    same: Likeness


def overlaps(plan: InterviewPlan, others: Sequence[InterviewPlan]) -> tuple[Overlap, ...]:
    """Where the candidate would be asked the same thing twice; the nearest likeness of each pair."""
    found = []
    for mine in (item.question for item in plan.items):
        for place, other in enumerate(others):
            for theirs in (item.question for item in other.items):
                if likeness := _likeness(mine, theirs):
                    found.append(Overlap(question_id=mine.id, other_id=theirs.id, plan=place, same=likeness))
    return tuple(found)


def _likeness(mine: Question, theirs: Question) -> Likeness | None:
    if mine.id == theirs.id:
        return "question"
    if mine.family == theirs.family:
        return "family"
    return "sub-skill" if mine.subskill == theirs.subskill else None


def _knowing(bank: Bank, plan: InterviewPlan, question: Question) -> InterviewPlan:
    """The plan with the words of one question more; those that it has stay as they were."""
    return plan.model_copy(update={"words": together([plan.words, freeze(bank, [question])])})


def _refit(plan: InterviewPlan, items: list[PlanItem]) -> InterviewPlan:
    changed = plan.model_copy(update={"items": tuple(items)})
    usable = usable_minutes(plan.minutes)
    if changed.planned_minutes > usable:
        raise ValueError(
            f"{changed.planned_minutes} minutes do not fit: of {plan.minutes} minutes {usable} may be planned, "
            "a tenth stays free. Take out or swap a question first."
        )
    return changed


def _fitting(
    bank: Bank, profile: Profile, wanted: LoopItem, limit: int, families: Collection[str]
) -> list[Question]:
    return [
        question
        for question in bank.questions
        if question.competency == wanted.competency
        and question.status in ("pilot", "live")
        and question.family not in families
        and _in_track(bank, question, profile)
        and question.minutes.total <= limit
    ]


def _in_track(bank: Bank, question: Question, profile: Profile) -> bool:
    """Specialist questions only for their specialists; any engineer can be asked the others."""
    return question.track in profile.tracks or bank.competency(question.competency).code != "TRK"


def _preference(
    question: Question, wanted: LoopItem, profile: Profile, seen: Collection[str]
) -> tuple[bool, int, bool, int, bool, int, str]:
    kind = wanted.kinds.index(question.kind) if question.kind in wanted.kinds else len(wanted.kinds)
    return (
        wanted.subskill is not None and question.subskill != wanted.subskill,
        kind,
        question.subskill in seen,
        # The role's own tracks come first, then the general one, then what is told of another track.
        -profile.tracks.index(question.track) if question.track in profile.tracks else 1,
        # What an assistant alone does not pass comes before what it does, or was not tried on.
        not holds(question),
        abs(wanted.minutes - question.minutes.total),
        question.id,
    )


def _why_uncovered(bank: Bank, wanted: LoopItem, left: int) -> str:
    name = bank.competency(wanted.competency).name
    return (
        f"{name}: no question of this competency fits ({wanted.minutes} minutes meant, {max(left, 0)} left)"
    )
