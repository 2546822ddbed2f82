"""Rows of the decisions, the comparison and the votes, for a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rubrics import Rubrics

from ..debriefing.debrief import CHANGED, TURN_NAMES
from ..record.model import OUTCOMES, RECOMMENDATIONS, Candidate, Debrief, Decision, RoundRecord, Vote
from ..record.score import one_decimal
from ..record.seals import broken_seals, is_partly_hidden
from .decision_blocks import against_words, no_decision
from .method import competency_name

if TYPE_CHECKING:
    from ..comparison import RoundComparison, Standing

COMPARISON_COLUMNS = (
    "candidate_code", "candidate", "as rated", "adjusted", "interval from", "interval to", "group", "why no place",
)  # fmt: skip
VOTE_COLUMNS = (
    "candidate_code", "candidate", "turn", "interviewer", "vote", "reason", "at", "which", "could read others",
)  # fmt: skip
READABLE: dict[bool | None, str] = {True: "yes", False: "no", None: ""}


def decision_rows(record: RoundRecord, rubrics: Rubrics) -> Iterator[dict[str, Any]]:
    """One row per decision, the latest of a candidate first; one without a decision for a candidate who has none."""
    for candidate in record.by_code:
        debrief = record.debrief(candidate.id)
        latest = len(debrief.decisions)
        for number in range(latest, 0, -1):
            yield _decision(record, candidate, debrief, number, rubrics)
        if not latest:
            yield _row(candidate, no_decision(record, candidate.id), "")


def comparison_rows(comparison: RoundComparison) -> Iterator[dict[str, Any]]:
    """One row per candidate, by code: as rated beside adjusted, the group, or why there is no place.

    In a round of evidence only there is one row, which says so.
    """
    if comparison.evidence_only:
        told = comparison.refused[0]
        yield dict.fromkeys(COMPARISON_COLUMNS) | {"why no place": f"No {told.what}: {told.why}."}
        return
    for one in comparison.standings:
        yield _standing(one, len(comparison.parts) > 1)


def vote_rows(record: RoundRecord) -> Iterator[dict[str, Any]]:
    """One row per vote of the turns that were opened, changed ones too; sealed votes are not in it."""
    for candidate in record.by_code:
        debrief = record.debrief(candidate.id)
        for vote in sorted(debrief.votes, key=lambda one: (one.turn, one.person_id, one.number)):
            if debrief.opening(vote.turn):
                yield {
                    "candidate_code": candidate.code,
                    "candidate": candidate.name,
                    "turn": TURN_NAMES[vote.turn],
                    "interviewer": _name(record, vote.person_id),
                    "vote": RECOMMENDATIONS[vote.choice],
                    "reason": vote.reason,
                    "at": vote.at.isoformat(timespec="seconds"),
                    "which": _which(debrief, vote),
                    "could read others": READABLE[vote.could_have_read],
                }


def _which(debrief: Debrief, vote: Vote) -> str:
    """Whether it counts; else when another took its place."""
    later = [one for one in debrief.versions(vote.person_id, vote.turn) if one.number > vote.number]
    return (
        f"changed {CHANGED[vote.turn]} at {later[0].at.isoformat(timespec='seconds')}" if later else "counts"
    )


def _decision(
    record: RoundRecord, candidate: Candidate, debrief: Debrief, number: int, rubrics: Rubrics
) -> dict[str, Any]:
    decision: Decision = debrief.decisions[number - 1]
    latest = number == len(debrief.decisions)
    return _row(candidate, OUTCOMES[decision.outcome], "holds" if latest else "earlier") | {
        "decided_by": decision.decided_by,
        "at": decision.at.isoformat(timespec="seconds"),
        "reasons": "\n".join(
            [f"{competency_name(rubrics, one.competency)}: {one.words}" for one in decision.reasons]
            + ([decision.said] if decision.said else [])
        ),
        "dissent": "\n".join(f"{one.words} ({one.name or 'not named'})" for one in decision.dissent),
        "stands against it": "\n".join(against_words(record, decision, rubrics)),
        "why all the same": decision.departure_reason,
        "opened again because": decision.reopened_because,
        "seal": _seal(debrief, number),
    }


def _seal(debrief: Debrief, number: int) -> str:
    if is_partly_hidden(debrief.decisions[number - 1]):
        return "not checked: partly hidden"
    return "broken" if number in broken_seals(debrief) else "holds"


def _row(candidate: Candidate, outcome: str, which: str) -> dict[str, Any]:
    empty = (
        "decided_by", "at", "reasons", "dissent", "stands against it", "why all the same",
        "opened again because", "seal",
    )  # fmt: skip
    return {
        "candidate_code": candidate.code,
        "candidate": candidate.name,
        "decision": outcome,
        "which": which,
    } | dict.fromkeys(empty, "")


def _standing(one: Standing, parts: bool) -> dict[str, Any]:
    from ..comparison.words import group_name

    result, raw, said = one.result, one.score.overall, one.adjusted
    interval = said.interval if said else None
    part = f"Part {result.part + 1}: " if parts and result and result.part >= 0 else ""
    return {
        "candidate_code": one.candidate.code,
        "candidate": one.candidate.name,
        "as rated": None if raw is None else float(one_decimal(raw)),
        "adjusted": _tenth(said.adjusted) if said else None,
        "interval from": _tenth(interval[0]) if interval else None,
        "interval to": _tenth(interval[1]) if interval else None,
        "group": part + group_name(result.group if result else None),
        "why no place": "; ".join(one.unplaced),
    }


def _tenth(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _name(record: RoundRecord, person_id: str) -> str:
    return record.person[person_id].name if person_id in record.person else person_id
