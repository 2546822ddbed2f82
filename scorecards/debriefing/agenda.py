"""What to talk about in a debrief, made from what was recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from ..record import rules
from ..record.frozen import recorded_names
from ..record.model import RECOMMENDATIONS, RoundRecord, Scorecard
from ..record.recommendations import favour_of
from ..record.score import CandidateScore, candidate_score, shown

# On a must-have one level between two interviewers is worth a talk; elsewhere it takes what counts as disputed.
MUST_HAVE_SPREAD = 1
LEAST_LOOKS = 2


PointKind = Literal["spread", "missing", "contradiction"]


class Point(NamedTuple):
    """One point of the agenda; `words` hold names as they were typed."""

    kind: PointKind
    competency: str | None
    words: str


def agenda(record: RoundRecord, candidate_id: str, names: Mapping[str, str]) -> tuple[Point, ...]:
    """What to talk about, made from the data: spread on must-haves first, then what is missing, then contradictions.

    `names` are the competencies' names by id. Larger spreads come first, must-haves before the rest.
    """
    score, names = candidate_score(record, candidate_id), recorded_names(record, names)
    cards = [card for card in record.cards_of(candidate_id) if card.state == "submitted"]
    contradictions = _both_ways(record, cards)
    if not record.round.evidence_only:
        contradictions = (*contradictions, *_against_levels(record, cards, score, names))
    return (*_spreads(record, score, names), *_missing(record, score, names), *contradictions)


def _spreads(record: RoundRecord, score: CandidateScore, names: Mapping[str, str]) -> Iterator[Point]:
    musts = {target.competency for target in record.round.targets if target.must_have}
    found = [
        (one.competency not in musts, -one.spread, one.competency, one)
        for one in score.competencies.values()
        if one.disputed or (one.competency in musts and one.spread >= MUST_HAVE_SPREAD)
    ]
    if record.round.evidence_only:
        found = [(other, Fraction(0), key, one) for other, _, key, one in found]
    for other, _, key, one in sorted(found, key=lambda each: each[:3]):
        each = sorted(one.by_interviewer.items(), key=lambda pair: (pair[1], pair[0]))
        called = [(record.person[person].name[:40], shown(mean)) for person, mean in each]
        must = "" if other else "Must-have. "
        if record.round.evidence_only:
            # By name: in the order of what they gave, the names would tell a computed order.
            words = f"levels differ between {', '.join(sorted(name for name, _ in called))}"
        else:
            beside = ", ".join(f"{name} {mean}" for name, mean in called)
            words = f"{shown(one.spread)} between interviewers ({beside})"
        yield Point("spread", key, f"{names.get(key, key)}: {must}{words}.")


def _missing(record: RoundRecord, score: CandidateScore, names: Mapping[str, str]) -> Iterator[Point]:
    due = [status for status in record.statuses_of(score.candidate_id) if status.due]
    if due:
        who = ", ".join(sorted({record.person[status.interviewer_id].name[:40] for status in due}))
        yield Point("missing", None, f"{len(due)} of {score.expected} scorecards still out: {who}.")
    for target in record.round.targets:
        key = target.competency
        one = score.competencies.get(key)
        if one is None:
            must = "a must-have without any level" if target.must_have else "no level from anyone"
            yield Point("missing", key, f"{names.get(key, key)}: {must}.")
        elif target.must_have and one.interviewers < LEAST_LOOKS:
            yield Point(
                "missing", key, f"{names.get(key, key)}: a must-have that only one interviewer rated."
            )


def _both_ways(record: RoundRecord, cards: Sequence[Scorecard]) -> tuple[Point, ...]:
    """Recommendations in favour beside recommendations against."""
    choices = [(card.interviewer_id, card.content.verdict.recommendation) for card in cards]
    sides = {favour > 0 for _, choice in choices if (favour := favour_of(choice)) is not None}
    if len(sides) < 2:
        return ()
    who = ", ".join(
        f"{record.person[person].name[:40]} {RECOMMENDATIONS[choice].lower()}"
        for person, choice in sorted(choices, key=lambda each: each[0])
        if choice
    )
    return (Point("contradiction", None, f"Recommendations point both ways: {who}."),)


def _against_levels(
    record: RoundRecord, cards: Sequence[Scorecard], score: CandidateScore, names: Mapping[str, str]
) -> Iterator[Point]:
    """Recommendations that the levels do not bear out, and floors that are not met."""
    for card in cards:
        for reason in rules.contradictions(record, card, names):
            why = card.content.verdict.contradiction.strip()
            who = record.person[card.interviewer_id].name[:40]
            yield Point(
                "contradiction", None, f"{who}: {reason}" + (f" Their explanation: {why}" if why else "")
            )
    for key in score.floors_not_met:
        yield Point("contradiction", key, f"{names.get(key, key)}: the must-have's floor is not met.")
