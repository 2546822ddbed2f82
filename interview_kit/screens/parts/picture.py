"""The comparison as one picture: candidates × competencies, and beside each row where the candidate stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeGuard

from rubrics import Rubrics
from scorecards.comparison import RoundComparison, Standing
from scorecards.comparison.words import TOP, group_name, moved_words
from scorecards.documents.tables import levels_given, submitted
from scorecards.record.model import RoundRecord
from scorecards.record.score import CompetencyScore, percent, shown

from .browser import component


class Pressed(NamedTuple):
    """A cell that was pressed: whose words, on what. A new press has a new number."""

    candidate_id: str
    competency: str
    number: int


class PictureAnswer(NamedTuple):
    """What somebody did in the picture."""

    chosen: tuple[str, ...]
    pressed: Pressed | None


def picture(
    record: RoundRecord, found: RoundComparison, rubrics: Rubrics, by: str, chosen: Sequence[str]
) -> PictureAnswer:
    """Draw it in this order: 'code', 'group', or a competency's id. `chosen` are marked for side by side."""
    result = component("picture")(
        key=f"picture-{record.round.id}",
        data=picture_data(record, found, rubrics, by) | {"chosen": list(chosen)},
        on_told_change=lambda: None,
    )
    return _answer(result.get("told"), record, chosen)


def _answer(told: Any, record: RoundRecord, chosen: Sequence[str]) -> PictureAnswer:
    """The component's state as a value; it comes from a browser, so anything may be in it."""
    if not isinstance(told, dict):
        return PictureAnswer(tuple(chosen), None)
    listed = told.get("chosen")
    known = tuple(one for one in listed if one in record.candidate) if _ids(listed) else ()
    press = told.get("pressed")
    if not isinstance(press, dict) or press.get("candidate") not in record.candidate:
        return PictureAnswer(known, None)
    competencies = {target.competency for target in record.round.targets}
    number = press.get("number")
    if press.get("competency") not in competencies or not isinstance(number, int):
        return PictureAnswer(known, None)
    return PictureAnswer(known, Pressed(press["candidate"], press["competency"], number))


def _ids(value: Any) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def picture_data(record: RoundRecord, found: RoundComparison, rubrics: Rubrics, by: str) -> dict[str, Any]:
    """What the browser needs to draw it."""
    return {
        "columns": [
            {
                "id": target.competency,
                "name": found.names.get(target.competency, target.competency),
                "must": target.must_have,
            }
            for target in record.round.targets
        ],
        "levels": [f"{step.level} {step.name}" for step in rubrics.scale.levels],
        "evidenceOnly": found.evidence_only,
        "adjustedLeads": found.analysis is not None and found.analysis.adjusted_leads,
        "order": by,
        "sections": _sections(found, by),
        "people": [person.name[:60] for person in record.people],
        "rows": {one.candidate.id: _row(record, found, one) for one in found.standings},
    }


def _sections(found: RoundComparison, by: str) -> list[dict[str, Any]]:
    """The candidates in the order asked for, under a head for each group where that is the order."""
    if by == "group" and not found.evidence_only:
        return _groups(found)
    if by in ("code", "group") or found.evidence_only:
        return [{"title": "", "ids": [one.candidate.id for one in found.standings]}]

    def level(one: Standing) -> tuple[bool, float]:
        score = one.score.competencies.get(by)
        return (score is None, -float(score.mean) if score else 0.0)

    return [{"title": "", "ids": [one.candidate.id for one in sorted(found.standings, key=level)]}]


def _groups(found: RoundComparison) -> list[dict[str, Any]]:
    """Each group of each part, the leading ones first, and last who has no place."""
    several = len(found.parts) > 1
    sections = [
        {
            "title": (f"Part {part + 1} · " if several else "") + _group_title(number),
            "ids": [one.candidate.id for one in group],
        }
        for part in found.parts
        for number, group in enumerate(found.groups_of(part), start=1)
    ]
    rest = [one.candidate.id for one in found.standings if not (one.result and one.result.group)]
    return [*sections, {"title": "Without a place", "ids": rest}] if rest else sections


def _group_title(number: int) -> str:
    return f"{group_name(number)}: {TOP}" if number == 1 else group_name(number)


def _row(record: RoundRecord, found: RoundComparison, one: Standing) -> dict[str, Any]:
    """A candidate's name, cells and standing; of a round of evidence only nothing that is computed."""
    score = one.score
    row: dict[str, Any] = {
        "code": one.candidate.code,
        "name": one.candidate.name[:60],
        "cards": f"{score.submitted} of {score.expected}",
        "cells": {
            target.competency: _cell(record, found, one, target.competency) for target in record.round.targets
        },
        "why": list(one.unplaced),
        "floors": [found.names.get(key, key) for key in score.floors_not_met],
    }
    return row if found.evidence_only else row | _computed(one)


def _computed(one: Standing) -> dict[str, Any]:
    """Score and coverage, and where they can be told the adjusted score and the group."""
    score, result = one.score, one.result
    told: dict[str, Any] = {"coverage": percent(score.coverage), "score": shown(score.overall)}
    told["raw"] = None if score.overall is None else float(score.overall)
    told["thin"] = bool(one.unplaced)
    if (said := one.adjusted) and said.interval:
        low, high = said.interval
        told |= {"adjusted": said.adjusted, "low": low, "high": high, "moved": moved_words(said)}
    if result and result.group:
        told |= {"group": result.group, "groupName": group_name(result.group)}
    return told


def _cell(record: RoundRecord, found: RoundComparison, one: Standing, competency: str) -> dict[str, Any]:
    score = one.score.competencies.get(competency)
    cell: dict[str, Any] = {
        "dots": _levels(record, one, competency) if found.evidence_only else _dots(record, score)
    }
    if beside := _apart(record, found, one, competency):
        cell["apart"] = beside
    if unlike := one.likeness.differences.get(competency):
        cell["unlike"] = [each.words for each in unlike]
    if score is not None and not found.evidence_only:
        cell |= {
            "mean": shown(score.mean),
            "value": float(score.mean),
            "disputed": score.disputed,
            "floor": competency in one.score.floors_not_met,
            "median": shown(score.median),
        }
    return cell


def _apart(record: RoundRecord, found: RoundComparison, one: Standing, competency: str) -> list[str]:
    """What somebody not qualified gave: their mean, or in a round of evidence only each level as it was given."""
    if found.evidence_only:
        given = levels_given(record, submitted(record, one.candidate.id)).get(competency, [])
        return [f"{found.names.get(each.person, '')} {each.level}" for each in given if not each.counts]
    beside = [each for each in one.score.apart if each.competency == competency]
    return [f"{found.names.get(each.interviewer_id, '')} {shown(each.mean)}" for each in beside]


def _levels(record: RoundRecord, one: Standing, competency: str) -> list[list[Any]]:
    """Each level as it was given: the place of its interviewer among the people, and the level."""
    return [[_place(record, each.interviewer), each.level] for each in one.levels.get(competency, ())]


def _dots(record: RoundRecord, score: CompetencyScore | None) -> list[list[Any]]:
    """Each interviewer's level, lowest first: the place of the interviewer, the number, and as it is written."""
    if score is None:
        return []
    each = sorted(score.by_interviewer.items(), key=lambda pair: (pair[1], pair[0]))
    return [[_place(record, who), round(float(mean), 3), shown(mean)] for who, mean in each]


def _place(record: RoundRecord, person_id: str) -> int:
    return list(record.person).index(person_id)
