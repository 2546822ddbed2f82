"""How a document's numbers came about: the method in a paragraph, the weights, the digests of what was asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from question_bank.frozen import readable
from rubrics import Rubrics

from ..record.model import BLINDNESS, Interview, RoundRecord
from ..record.sight import not_blind
from .blocks import Block
from .making import day, facts, head, short, table, words

if TYPE_CHECKING:
    from ..comparison import RoundComparison

EVIDENCE_ONLY = (
    "This round shows evidence only: levels and words as people recorded them. Nothing is computed from them: no "
    "score, no mean, no adjustment and no order."
)
LEVELS = (
    "Each interviewer rates each question alone, against written anchors, from 1 to 4, before seeing what others "
    "gave. A question that was not asked, was skipped or gave no evidence has no level; it is never a number."
)
ARITHMETIC = (
    "An interviewer's score on a competency is the mean of their levels; the panel's is the mean of its "
    "interviewers; a candidate's is the mean of the competencies by weight. What was not rated leaves the sum: it "
    "does not count as 0. Coverage is the weight of what was rated over the weight of what was planned."
)
MODEL = (
    "The adjusted score evens out that some interviewers are stricter than others, estimated from the candidates "
    "they share, and stands only beside the score as rated. Its interval holds the candidate's level with a "
    "probability of 95 %. Candidates are in one group where the evidence cannot tell them apart; within a group "
    "they stand by code. A person decides; nothing here does."
)


def method(record: RoundRecord, interviews: Iterable[Interview], rubrics: Rubrics) -> Iterator[Block]:
    """The method, the weights, and the digests of these interviews."""
    listed = list(interviews)
    yield head("Method")
    yield words(LEVELS)
    if record.round.evidence_only:
        yield words(EVIDENCE_ONLY)
    else:
        yield words(f"{ARITHMETIC} {MODEL}")
    yield _weights(record, rubrics)
    yield facts(_facts(record, listed, rubrics))


def for_anybody(comparison: RoundComparison) -> RoundComparison:
    """The comparison, which holds nobody's strictness; `ValueError` where it was made for one reader's eyes.

    Documents are handed on: they are made of `compare_round(record, None, …)`.
    """
    if comparison.analysis and comparison.analysis.interviewers:
        raise ValueError("A document needs a comparison made for no reader: this one tells of strictness.")
    return comparison


def steps(rubrics: Rubrics) -> list[str]:
    """The words of the levels, 1 to 4."""
    return [step.name for step in rubrics.scale.levels]


def competency_name(rubrics: Rubrics, key: str) -> str:
    return rubrics.by_id[key].name if key in rubrics.by_id else readable(key)


def _weights(record: RoundRecord, rubrics: Rubrics) -> Block:
    targets = record.round.targets
    total = sum(target.weight for target in targets)
    plain = record.round.evidence_only
    rows = []
    for target in targets:
        share = f"{100 * target.weight / total:.1f} %" if total else "–"
        must = "Yes" if target.must_have else "No"
        floor = f"{target.floor:g}" if target.must_have else "–"
        name = competency_name(rubrics, target.competency)
        rows.append([name, must] if plain else [name, share, must, floor])
    if plain:
        return table(["Competency", "Must-have"], rows, [3, 1])
    return table(["Competency", "Weight", "Must-have", "Floor"], rows, [3, 1, 1, 1])


def _not_blind(record: RoundRecord, person_id: str, candidate_id: str) -> str:
    return f"{short(record.person[person_id].name)} on {record.candidate[candidate_id].code}"


def _facts(record: RoundRecord, interviews: list[Interview], rubrics: Rubrics) -> Iterator[tuple[str, str]]:
    round_ = record.round
    if not round_.evidence_only:
        yield "Why weights differ", round_.weights_reason or "All weights are equal."
    yield "Who sees what", BLINDNESS[round_.blindness]
    if told := [_not_blind(record, *one) for one in not_blind(record)]:
        yield "Not blind", f"Made interviewers after they could have read others: {', '.join(told)}."
    for who, marks in round_.not_qualified.items():
        named = ", ".join(competency_name(rubrics, key) for key in marks)
        yield "Not qualified", f"{short(record.person[who].name)}: {named}. Their levels there stand apart."
    yield "Lead", short(record.person[round_.lead_id].name)
    yield "Round begun", day(round_.created_at)
    yield "Digest of the bank", ", ".join(sorted({one.plan.bank_digest for one in interviews}))
    yield "Digest of the rubrics", ", ".join(sorted({one.plan.rubrics_digest for one in interviews}))
