"""A round and its interviews in the words with which they were made, whatever the content files say by now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from question_bank import Bank, InterviewPlan, Profile
from question_bank.frozen import FrozenWords, banked, readable, together, worded
from question_bank.model import TRACKS
from rubrics import Rubrics

from .model import Round, RoundRecord


def as_recorded(record: RoundRecord, rubrics: Rubrics) -> Rubrics:
    """The rubrics with the names that this round was judged by; whatever the round names is in it."""
    return worded(rubrics, _words(record), _needed(record))


def as_planned(plan: InterviewPlan, bank: Bank) -> Bank:
    """The bank with the names and terms of this plan; to read from, not to plan with."""
    return banked(bank, plan.words, (item.question for item in plan.items))


def recorded_names(record: RoundRecord, names: Mapping[str, str]) -> dict[str, str]:
    """The competencies' names by id: as `names` has them, else as frozen, else the id in readable form.

    Callers that have the rubrics pass the names of `as_recorded`.
    """
    words = _words(record)
    frozen = words.competencies if words else {}
    return {key: names.get(key) or frozen.get(key) or readable(key) for key in (*names, *_needed(record))}


def competency_called(record: RoundRecord, key: str, names: Mapping[str, str] | None = None) -> str:
    """One competency's name, as `recorded_names` has it."""
    if names and key in names:
        return names[key]
    words = _words(record)
    return (words.competencies.get(key) if words else None) or readable(key)


def names_as_recorded(record: RoundRecord, rubrics: Rubrics) -> dict[str, str]:
    """The competencies' names by id, as the round was judged by them."""
    return {one.id: one.name for one in as_recorded(record, rubrics).competencies}


def profile_of(round_: Round, bank: Bank) -> Profile:
    """The profile that the round was made with; where it is gone, what the round itself kept of it."""
    known = {one.id: one for one in bank.profiles}
    return known.get(round_.profile_id) or Profile.model_construct(
        id=round_.profile_id,
        name=readable(round_.profile_id),
        about="",
        tracks=tuple(TRACKS),
        targets=round_.targets,
        weights_reason=round_.weights_reason,
        loops=(),
    )


def not_here(plans: Iterable[InterviewPlan], rubrics: Rubrics) -> tuple[str, ...]:
    """Competencies that these plans ask about and these rubrics lack, by name."""
    return tuple(
        sorted(
            {
                (plan.words.competencies.get(key) if plan.words else None) or readable(key)
                for plan in plans
                for key in (item.question.competency for item in plan.items)
                if key not in rubrics.by_id
            }
        )
    )


def missing_words(names: Iterable[str]) -> str:
    """What to tell someone whose rubrics lack these; empty where they lack nothing."""
    listed = ", ".join(names)
    return (
        f"These rubrics do not include: {listed}. The interviews bring their questions and names along, so everything "
        "works; the library here does not describe them."
        if listed
        else ""
    )


def _plans(record: RoundRecord) -> list[InterviewPlan]:
    """Each plan once; all candidates of a round sit the same few."""
    every = [*(slot.plan for slot in record.round.slots), *(one.plan for one in record.interviews)]
    return list({id(plan): plan for plan in every}.values())


def _words(record: RoundRecord) -> FrozenWords | None:
    return together([record.round.words, *(plan.words for plan in _plans(record))])


def _needed(record: RoundRecord) -> dict[str, set[str]]:
    """Every competency that the round names, with the sub-skills that its questions look at."""
    needed: dict[str, set[str]] = {target.competency: set() for target in record.round.targets}
    for marks in record.round.not_qualified.values():
        for key in marks:
            needed.setdefault(key, set())
    for debrief in record.debriefs:
        for decision in debrief.decisions:
            for reason in decision.reasons:
                needed.setdefault(reason.competency, set())
    for plan in _plans(record):
        for item in plan.items:
            needed.setdefault(item.question.competency, set()).add(item.question.subskill)
    return needed
