"""Setting up a round: from a profile and a loop to slots with plans, and what they leave unasked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from question_bank import Bank, Condition, Target, plan_slots
from question_bank.frozen import freeze

from .model import Blindness, Round, RoundSlot, now


class SetupFault(NamedTuple):
    """A must-have that nobody qualified will score, and why."""

    competency: str
    reason: str


def new_round(
    round_id: str,
    name: str,
    lead_id: str,
    bank: Bank,
    profile_id: str,
    loop_ids: Sequence[str],
    panel_ids: Sequence[str],
    *,
    targets: tuple[Target, ...] | None = None,
    weights_reason: str | None = None,
    blindness: Blindness = "own",
    condition: Condition | None = None,
) -> Round:
    """A round of this profile: one slot for each interview of the loops, planned so that no family comes twice.

    The panel is spread over the slots in turn; an interview that the bank has no question for is left out.
    `ValueError` where weights differ without a reason, or where no interview is left.
    """
    profile = bank.profile(profile_id)
    sittings = [slot for loop_id in loop_ids for slot in bank.loop(loop_id).slots]
    planned = [
        (slot, plan)
        for slot, plan in zip(sittings, plan_slots(bank, profile, sittings), strict=True)
        if plan.items
    ]
    if not planned:
        raise ValueError("The bank has no question for these interviews: choose others.")
    slots = tuple(
        RoundSlot(
            id=f"{n}-{slot.id}",
            plan=plan.model_copy(update={"condition": condition}),
            interviewer_ids=(panel_ids[(n - 1) % len(panel_ids)],) if panel_ids else (),
        )
        for n, (slot, plan) in enumerate(planned, start=1)
    )
    return Round(
        id=round_id,
        name=name,
        profile_id=profile_id,
        blindness=blindness,
        lead_id=lead_id,
        panel_ids=tuple(panel_ids),
        targets=targets or profile.targets,
        weights_reason=weights_reason if targets else profile.weights_reason,
        words=freeze(bank, (), (target.competency for target in targets or profile.targets)),
        slots=slots,
        created_at=now(),
    )


def independent_looks(round_: Round) -> dict[str, dict[str, int]]:
    """Minutes by competency and slot: what each interview of the round plans for each competency."""
    minutes: dict[str, dict[str, int]] = {target.competency: {} for target in round_.targets}
    for slot in round_.slots:
        for item in slot.plan.items:
            looks = minutes.setdefault(item.question.competency, {})
            looks[slot.id] = looks.get(slot.id, 0) + item.minutes
    return minutes


def too_few_looks(round_: Round) -> tuple[str, ...]:
    """Must-haves that fewer than two different interviewers look at; only those who are qualified are counted."""
    looking = lookers(round_)
    return tuple(
        target.competency
        for target in round_.targets
        if target.must_have
        and sum(round_.qualified(who, target.competency) for who in looking[target.competency]) < 2
    )


def lookers(round_: Round) -> dict[str, set[str]]:
    """By competency, everyone who is to ask about it in the round's interviews, qualified or not."""
    looking: dict[str, set[str]] = {target.competency: set() for target in round_.targets}
    for slot in round_.slots:
        for item in slot.plan.items:
            looking.setdefault(item.question.competency, set()).update(slot.interviewer_ids)
    return looking


def setup_faults(round_: Round, names: Mapping[str, str]) -> list[SetupFault]:
    """Must-haves that nobody qualified will score, each with the reason; `names` are the people's, by id."""
    looking = lookers(round_)
    asked = {item.question.competency for slot in round_.slots for item in slot.plan.items}
    return [
        SetupFault(target.competency, _why_unscored(round_, target.competency, looking, asked, names))
        for target in round_.targets
        if target.must_have
        and not any(round_.qualified(who, target.competency) for who in looking[target.competency])
    ]


def _why_unscored(
    round_: Round,
    competency: str,
    looking: Mapping[str, Collection[str]],
    asked: Collection[str],
    names: Mapping[str, str],
) -> str:
    if competency not in asked:
        return "no interview of the round asks about it"
    if not looking[competency]:
        return "the interviews that ask about it have no interviewer yet"
    who = ", ".join(sorted(names.get(one, one) for one in looking[competency]))
    return f"it is asked only by people marked not qualified on it: {who}"
