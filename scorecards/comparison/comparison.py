"""A round's comparison as one value: what screens and documents show, and nothing that its reader may not see."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from ..record.frozen import recorded_names
from ..record.model import CANDIDATE_OUTCOMES, Candidate, RoundRecord
from ..record.rules import why_not_lead
from ..record.score import CandidateScore, candidate_score, without_numbers
from . import refusals
from .analysis import Analysis, CandidateResult, InterviewerResult, analyse
from .diagnostics import (
    InterviewerCheck,
    QuestionCheck,
    Unexpected,
    held_at,
    interviewers,
    questions,
    unexpected,
)
from .likeness import LEAST_INTERVIEWERS, Likeness, likenesses, unplaced
from .model import fit
from .ratings import Ratings, ratings_by_question, ratings_of, scorecards
from .refusal import Refusal
from .weights import Sensitivity, sensitivity

SCALE = (1.0, 4.0)
TOP_TWO = (3.0, 4.0)
EVIDENCE_ONLY = Refusal(
    "scores, adjustment and order",
    "this round shows evidence only: levels and words as people recorded them, and nothing computed from them",
)


class Given(NamedTuple):
    """A level as somebody gave it."""

    interviewer: str
    level: int


class Standing(NamedTuple):
    """One candidate in the comparison."""

    candidate: Candidate
    # For words: the name, with the code where two are called the same.
    label: str
    # In a round of evidence only without any number: no score, no coverage, no floor.
    score: CandidateScore
    # The levels that count, by competency, lowest first.
    levels: Mapping[str, tuple[Given, ...]]
    likeness: Likeness
    # Why there is no place for this candidate; empty where there is one.
    unplaced: tuple[str, ...]
    # What the model says; None where it says nothing, and in a round of evidence only.
    result: CandidateResult | None

    @property
    def adjusted(self) -> CandidateResult | None:
        """What the model says, where it may be shown: not of somebody without a place, nor from one interviewer."""
        one = self.result
        if one is None or one.adjusted is None or one.interval is None:
            return None
        return None if self.unplaced or one.interviewers < LEAST_INTERVIEWERS else one


class RoundComparison(NamedTuple):
    """A round as its reader may see it. Candidates stand in the order of their codes."""

    evidence_only: bool
    standings: tuple[Standing, ...]
    # None in a round of evidence only. Its interviewers are only those whom the reader may see.
    analysis: Analysis | None
    # How firmly the first stands under other weights, within the leading group.
    sensitivity: Sensitivity | None
    # Names of people, candidates and competencies by id, for words.
    names: Mapping[str, str]
    refused: tuple[Refusal, ...]

    @property
    def groups(self) -> tuple[tuple[Standing, ...], ...]:
        """The groups of the round, the leading one first; within a group by code. Empty where nobody has a place.

        Where the round falls into parts that share nobody, groups of different parts are not set against each
        other: these are of the first in `parts`.
        """
        return self.groups_of(self.parts[0]) if self.parts else ()

    @property
    def parts(self) -> tuple[int, ...]:
        """The parts of the round in which somebody has a place."""
        return tuple(sorted({one.result.part for one in self.standings if one.result and one.result.group}))

    def groups_of(self, part: int) -> tuple[tuple[Standing, ...], ...]:
        """The groups of one part."""
        placed = [
            one for one in self.standings if one.result and one.result.group and one.result.part == part
        ]
        numbers = sorted({one.result.group for one in placed if one.result and one.result.group})
        return tuple(tuple(one for one in placed if one.result and one.result.group == n) for n in numbers)

    def standing(self, candidate_id: str) -> Standing:
        """One candidate's standing; `KeyError` where there is no such candidate."""
        for one in self.standings:
            if one.candidate.id == candidate_id:
                return one
        raise KeyError(candidate_id)


class Checks(NamedTuple):
    """How questions and interviewers came out in this round; for the lead, and of oneself."""

    questions: tuple[QuestionCheck, ...]
    interviewers: tuple[InterviewerCheck, ...]
    unexpected: tuple[Unexpected, ...]


def compare_round(
    record: RoundRecord,
    reader: str | None,
    competencies: Mapping[str, str],
    weights: Mapping[str, float] | None = None,
) -> RoundComparison:
    """The comparison of this record for this reader; `competencies` are the names by id.

    An interviewer's strictness is in it for that interviewer and for the round's lead alone; with no reader, as for
    documents that are handed on, it is in it for nobody. `weights` other than the round's answer a what-if.
    """
    if weights:
        # Coverage, too, is of what would count: nobody has a place for what has no weight then.
        record = _reweighed(record, weights)
    names = {**recorded_names(record, competencies), **_names(record)}
    scores = {one.id: candidate_score(record, one.id) for one in record.by_code}
    like = likenesses(record, scores)

    def standing(
        who: Candidate, why: tuple[str, ...] = (), result: CandidateResult | None = None
    ) -> Standing:
        score, likeness = scores[who.id], like[who.id]
        if record.round.evidence_only:
            score, likeness = without_numbers(score), likeness._replace(common=None)
        return Standing(who, names[who.id], score, _levels(record, who.id), likeness, why, result)

    if record.round.evidence_only:
        everybody = tuple(standing(one) for one in record.by_code)
        return RoundComparison(True, everybody, None, None, names, (EVIDENCE_ONLY, *_not_waited_for(record)))
    ratings = ratings_of(record)
    barred = {
        who: (*_left(record, who), *unplaced(score, _met(ratings, who), names))
        for who, score in scores.items()
    }
    held = {target.competency: target.weight for target in record.round.targets}
    found = analyse(
        ratings, SCALE, weights=held, unplaced=[who for who, why in barred.items() if why], names=names
    )
    results = {one.candidate: one for one in found.candidates}
    standings = tuple(standing(one, barred[one.id], results.get(one.id)) for one in record.by_code)
    firmness, unsettled = _firmness(standings, found, held)
    return RoundComparison(
        False,
        standings,
        _for_reader(found, record, reader),
        firmness,
        names,
        (*_refused(found, standings, record, reader), *unsettled, *_not_waited_for(record)),
    )


def _left(record: RoundRecord, candidate_id: str) -> tuple[str, ...]:
    """That the candidate left: then they are set beside nobody."""
    decision = record.debrief(candidate_id).decision
    return tuple(words for key, words in CANDIDATE_OUTCOMES.items() if decision and decision.outcome == key)


def _not_waited_for(record: RoundRecord) -> tuple[Refusal, ...]:
    """Whose view is missing for good; where the candidate left, that is said once, with the candidate."""
    names = _names(record)
    return tuple(
        Refusal(
            f"what {names.get(one.interviewer_id, one.interviewer_id)} found in "
            f"{names.get(one.candidate_id, one.candidate_id)}",
            f"the scorecard is no longer owed: {one.not_owed.reason.rstrip('.')}",
        )
        for one in record.statuses
        if one.not_owed is not None and one.not_owed.kind == "interviewer" and one.dismissed_reason is None
    )


def round_checks(record: RoundRecord, reader: str) -> Checks:
    """How questions and interviewers came out: everything for the lead, else only what is about the reader.

    In a round of evidence only there is nothing of it.
    """
    if record.round.evidence_only:
        return Checks((), (), ())
    ratings = ratings_of(record)
    by_question = ratings_by_question(record)
    found, cards = fit(ratings), scorecards(ratings)
    checks = interviewers(ratings, cards, found, TOP_TWO, held_at(record, ratings, cards))
    if why_not_lead(record.round, reader):
        return Checks((), tuple(one for one in checks if one.interviewer == reader), ())
    flagged = unexpected(ratings, cards, found) if found else ()
    return Checks(questions(by_question, fit(by_question)), checks, flagged)


def _reweighed(record: RoundRecord, weights: Mapping[str, float]) -> RoundRecord:
    """The record as if the round weighed its competencies so; what is not named weighs nothing."""
    targets = tuple(
        one.model_copy(update={"weight": weights.get(one.competency, 0.0)}) for one in record.round.targets
    )
    return record.model_copy(update={"round": record.round.model_copy(update={"targets": targets})})


def _names(record: RoundRecord) -> dict[str, str]:
    """What people and candidates are called, by id; a candidate's code where two have one name."""
    called = Counter(one.name[:60] for one in record.candidates)
    return {person.id: person.name[:60] for person in record.people} | {
        one.id: one.name[:60] if called[one.name[:60]] == 1 else f"{one.code} {one.name[:60]}"
        for one in record.candidates
    }


def _met(ratings: Ratings, who: str) -> int:
    """By how many interviewers the candidate was rated."""
    if who not in ratings.candidates:
        return 0
    return len(set(ratings.interviewer[ratings.candidate == ratings.candidates.index(who)].tolist()))


def _levels(record: RoundRecord, candidate_id: str) -> dict[str, tuple[Given, ...]]:
    """Every level that counts, as it was given."""
    found: dict[str, list[Given]] = defaultdict(list)
    for card in record.cards_of(candidate_id):
        if card.state != "submitted":
            continue
        plan = record.interview[card.interview_id].plan
        for rating in card.content.ratings:
            question = plan.find(rating.question_id)
            if question is None or rating.level is None:
                continue
            if record.round.qualified(card.interviewer_id, question.competency):
                found[question.competency].append(Given(card.interviewer_id, rating.level))
    return {
        key: tuple(sorted(given, key=lambda one: (one.level, one.interviewer)))
        for key, given in found.items()
    }


def _leads(record: RoundRecord, reader: str | None) -> bool:
    return reader is not None and not why_not_lead(record.round, reader)


def _for_reader(found: Analysis, record: RoundRecord, reader: str | None) -> Analysis:
    """The analysis without what is private to others."""
    if _leads(record, reader):
        return found
    own: tuple[InterviewerResult, ...] = tuple(one for one in found.interviewers if one.interviewer == reader)
    return found._replace(interviewers=own)


def _refused(
    found: Analysis, standings: tuple[Standing, ...], record: RoundRecord, reader: str | None
) -> tuple[Refusal, ...]:
    """What is not said of this round and why, without what is private to others."""
    barred = [
        Refusal(f"a place for {one.label}", "; ".join(one.unplaced)) for one in standings if one.unplaced
    ]
    private = () if _leads(record, reader) else _about_interviewers(found, record)
    return (*barred, *(one for one in found.refused if one not in private))


def _about_interviewers(found: Analysis, record: RoundRecord) -> list[Refusal]:
    names = _names(record)
    return refusals.of_severity(
        [(names.get(one.interviewer, one.interviewer), one.refused) for one in found.interviewers]
    )


def _firmness(
    standings: tuple[Standing, ...], found: Analysis, weights: Mapping[str, float]
) -> tuple[Sensitivity | None, tuple[Refusal, ...]]:
    """Sensitivity within the leading group; each score moved by the adjustment where the adjusted scores lead.

    Refused where the scores put somebody else first than the model does.
    """
    leading = [one for one in standings if one.result and one.result.group == 1]
    if found.components != 1 or len(leading) < 2:
        return None, ()
    told = sensitivity({one.candidate.id: _scores(one, found.adjusted_leads) for one in leading}, weights)
    first = max(leading, key=lambda one: one.result.effect or 0.0 if one.result else 0.0)
    if told is None or told.leader == first.candidate.id:
        return told, ()
    names = {one.candidate.id: one.label for one in leading}
    why = (
        f"the scores put {names[told.leader]} first and the model {first.label}: the order within the leading "
        "group is not settled"
    )
    return None, (Refusal("how firmly the first stands under other weights", why),)


def _scores(one: Standing, adjusted: bool) -> dict[str, float]:
    moved = 0.0
    if adjusted and one.result and one.result.adjusted is not None and one.result.raw is not None:
        moved = one.result.adjusted - one.result.raw
    return {key: float(score.mean) + moved for key, score in one.score.competencies.items()}
