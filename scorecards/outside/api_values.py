"""What other systems read: a round, its candidates, its scorecards. What people recorded, and nothing computed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeVar

from pydantic import AwareDatetime, Field

from rubrics.model import Value

from ..record.model import (
    CANDIDATE_OUTCOMES,
    Blindness,
    Candidate,
    CandidateOutcome,
    CardStatus,
    Interview,
    Rating,
    RatingState,
    Recommendation,
    RoundRecord,
    Scorecard,
    SkipReason,
)
from ..record.recommendations import MEANINGS, Greenhouse, Merge


class PersonOut(Value):
    """An interviewer."""

    id: str
    name: str


class CompetencyOut(Value):
    """What the round wants of one competency."""

    id: str
    weight: float
    must_have: bool
    floor: float


class RoundOut(Value):
    """A round as it is set up, and how far it is."""

    id: str
    name: str
    state: Literal["open", "closed"]
    demo: bool
    profile_id: str
    blindness: Blindness
    evidence_only: bool = Field(description="Nothing is computed about candidates in this round.")
    created_at: AwareDatetime
    imported_at: AwareDatetime | None = Field(
        description="When it came in from a file; null where it was made here. What it says before is the file's word."
    )
    imported_by: PersonOut | None = Field(description="Who brought it in; null for the terminal.")
    lead: PersonOut
    panel: tuple[PersonOut, ...]
    competencies: tuple[CompetencyOut, ...]
    candidates: int
    scorecards_due: int
    scorecards_submitted: int


class CandidateOut(Value):
    """A candidate, and who has submitted; nothing of what the scorecards say."""

    id: str
    code: str
    name: str
    left: CandidateOutcome | None = Field(description="Who withdrew, or declined an offer; null for others.")
    scorecards_due: int
    scorecards_submitted: int


class RatingOut(Value):
    """What one interviewer recorded on one question."""

    question_id: str
    question: str
    competency: str
    subskill: str
    level: int | None = Field(description="1 to 4; null where there is none: see `state`.")
    state: RatingState | None
    skip_reason: SkipReason | None
    qualified: bool = Field(description="False: marked not qualified on it; the level counts in no score.")
    evidence: str
    ticks: tuple[str, ...]
    red_flags: tuple[str, ...]


class ScorecardOut(Value):
    """A submitted scorecard as it stands now. Of a withdrawn one only that, and why."""

    id: str
    state: Literal["submitted", "withdrawn"]
    candidate_id: str
    candidate_code: str
    interview_id: str
    interview: str
    interviewer: PersonOut
    submitted_at: AwareDatetime
    updated_at: AwareDatetime
    amendments: int
    withdrawn_reason: str | None
    recommendation: Recommendation | None
    overall_recommendation: Greenhouse | None = Field(description="In the words of Greenhouse's Harvest API.")
    merge_overall_recommendation: Merge | None = Field(description="In the words of Merge's unified API.")
    recommendation_reason: str
    ratings: tuple[RatingOut, ...]


class CandidatePage(Value):
    """Candidates by id; `next` is the path of the following page, null on the last."""

    items: tuple[CandidateOut, ...]
    next: str | None


class ScorecardPage(Value):
    """Scorecards that may be read, by id; `hidden` counts submitted ones of these candidates that may not be yet."""

    items: tuple[ScorecardOut, ...]
    hidden: int
    next: str | None


class ReasonOut(Value):
    """Why there is no answer."""

    reason: str


def round_out(record: RoundRecord) -> RoundOut:
    """The round for the person whose record this is."""
    round_ = record.round
    return RoundOut(
        id=round_.id,
        name=round_.name,
        state=round_.state,
        demo=round_.demo,
        profile_id=round_.profile_id,
        blindness=round_.blindness,
        evidence_only=round_.evidence_only,
        created_at=round_.created_at,
        imported_at=round_.imported and round_.imported.at,
        imported_by=_person(record, round_.imported.by) if round_.imported and round_.imported.by else None,
        lead=_person(record, round_.lead_id),
        panel=tuple(_person(record, who) for who in round_.panel_ids),
        competencies=tuple(
            CompetencyOut(id=t.competency, weight=t.weight, must_have=t.must_have, floor=t.floor)
            for t in round_.targets
        ),
        candidates=len(record.candidates),
        **_progress(record.statuses),
    )


def candidate_out(record: RoundRecord, candidate: Candidate) -> CandidateOut:
    """A candidate and how many scorecards there are."""
    return CandidateOut(
        id=candidate.id,
        code=candidate.code,
        name=candidate.name,
        left=_left(record, candidate.id),
        **_progress(record.statuses_of(candidate.id)),
    )


def _left(record: RoundRecord, candidate_id: str) -> CandidateOutcome | None:
    decision = record.debrief(candidate_id).decision
    return next((key for key in CANDIDATE_OUTCOMES if decision and decision.outcome == key), None)


def readable(record: RoundRecord) -> tuple[Scorecard, ...]:
    """The scorecards that are told: readable for the person whose record this is, and no draft, not even one's own."""
    return tuple(card for card in record.cards if card.state != "draft")


def card_out(record: RoundRecord, card: Scorecard) -> ScorecardOut:
    """One scorecard in the words of others."""
    interview = record.interview[card.interview_id]
    told = card.state == "submitted"
    verdict = card.content.verdict
    choice = verdict.recommendation if told else None
    submitted = card.submitted_at or interview.created_at
    return ScorecardOut(
        id=card.id,
        state="submitted" if told else "withdrawn",
        candidate_id=card.candidate_id,
        candidate_code=record.candidate[card.candidate_id].code,
        interview_id=card.interview_id,
        interview=interview.plan.name,
        interviewer=_person(record, card.interviewer_id),
        submitted_at=submitted,
        updated_at=max([submitted, *(one.at for one in card.amendments)]),
        amendments=len(card.amendments),
        withdrawn_reason=card.withdrawn_reason,
        recommendation=choice,
        overall_recommendation=MEANINGS[choice].greenhouse if choice else None,
        merge_overall_recommendation=MEANINGS[choice].merge if choice else None,
        recommendation_reason=verdict.reason if told else "",
        ratings=_ratings(record, interview, card) if told else (),
    )


def hidden(record: RoundRecord, candidate_id: str | None = None) -> int:
    """How many scorecards are submitted that the person whose record this is may not read yet."""
    mine = {card.id for card in record.cards}
    return sum(
        status.state != "draft" and status.card_id not in mine
        for status in record.statuses
        if candidate_id in (None, status.candidate_id)
    )


Listed = TypeVar("Listed", Candidate, Scorecard)


def page_of(every: Sequence[Listed], after: str, limit: int) -> tuple[list[Listed], str | None]:
    """So many in the order of their ids after this one, and the id to go on after; None at the end."""
    rest = sorted((one for one in every if one.id > after), key=lambda one: one.id)
    taken = rest[:limit]
    return taken, taken[-1].id if len(rest) > limit else None


def _progress(statuses: Sequence[CardStatus]) -> dict[str, int]:
    return {
        "scorecards_due": sum(status.due for status in statuses),
        "scorecards_submitted": sum(status.state == "submitted" for status in statuses),
    }


def _person(record: RoundRecord, person_id: str) -> PersonOut:
    known = record.person.get(person_id)
    return PersonOut(id=person_id, name=known.name if known else "")


def _ratings(record: RoundRecord, interview: Interview, card: Scorecard) -> tuple[RatingOut, ...]:
    return tuple(
        _rating(record, interview, card, card.rating(item.question.id)) for item in interview.plan.items
    )


def _rating(record: RoundRecord, interview: Interview, card: Scorecard, rating: Rating) -> RatingOut:
    question = interview.plan.question(rating.question_id)
    return RatingOut(
        question_id=question.id,
        question=question.title,
        competency=question.competency,
        subskill=question.subskill,
        level=rating.level,
        state=rating.state,
        skip_reason=rating.skip_reason,
        qualified=record.round.qualified(card.interviewer_id, question.competency),
        evidence=rating.evidence,
        ticks=rating.ticks,
        red_flags=rating.red_flags,
    )
