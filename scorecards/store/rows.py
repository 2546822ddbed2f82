"""Between rows and values."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from question_bank import InterviewPlan

from ..model import (
    Amendment,
    Candidate,
    CardContent,
    CardStatus,
    Interview,
    Moment,
    NotOwed,
    Person,
    Rating,
    Round,
    Scorecard,
    Verdict,
)
from . import tables as t

_STORED_BESIDE = {"question_id", "version", "saved_at"}


def time_text(moment: datetime) -> str:
    """UTC with microseconds, always of the same length."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def rating_body(rating: Rating) -> str:
    return rating.model_dump_json(exclude=_STORED_BESIDE)


def rating_row(card_id: str, rating: Rating, writer: str) -> dict[str, Any]:
    assert rating.saved_at is not None
    return {
        "scorecard_id": card_id,
        "question_id": rating.question_id,
        "version": rating.version,
        "writer": writer,
        "body": rating_body(rating),
        "saved_at": time_text(rating.saved_at),
    }


def to_rating(row: Row[Any]) -> Rating:
    beside = f'"question_id":"{row.question_id}","version":{row.version},"saved_at":"{row.saved_at}"'
    return Rating.model_validate_json(f"{{{beside},{row.body[1:]}")


def to_round(row: Row[Any]) -> Round:
    return Round.model_validate_json(row.body)


def round_row(round_: Round) -> dict[str, Any]:
    return {
        "id": round_.id,
        "lead_id": round_.lead_id,
        "demo": round_.demo,
        "body": round_.model_dump_json(),
        "created_at": time_text(round_.created_at),
    }


def to_candidate(row: Row[Any]) -> Candidate:
    return Candidate(id=row.id, round_id=row.round_id, code=row.code, name=row.name)


def to_person(row: Row[Any]) -> Person:
    return Person(id=row.id, name=row.name)


def to_interview(row: Row[Any], plan: InterviewPlan | None = None) -> Interview:
    """The interview of this row; `plan` where the row is without it."""
    return Interview(
        id=row.id,
        round_id=row.round_id,
        candidate_id=row.candidate_id,
        slot_id=row.slot_id,
        plan=plan or _plan(row.plan),
        leader_id=row.leader_id,
        dismissed_reason=row.dismissed_reason,
        created_at=datetime.fromisoformat(row.created_at),
    )


def read_interviews(connection: Connection, round_id: str) -> tuple[Interview, ...]:
    """The round's interviews by id; each plan's text is read once, however many interviews have it."""
    columns = t.interviews.c
    found = connection.execute(
        select(*(column for column in columns if column is not columns.plan))
        .where(columns.round_id == round_id)
        .order_by(columns.id)
    ).all()
    one_of = {row.plan_digest: row.id for row in found}
    texts = connection.execute(
        select(columns.plan_digest, columns.plan).where(columns.id.in_(one_of.values()))
    )
    plans = {row.plan_digest: _plan(row.plan) for row in texts}
    return tuple(to_interview(row, plans[row.plan_digest]) for row in found)


def plan_values(plan: InterviewPlan) -> dict[str, str]:
    """The columns that hold a plan."""
    text = plan.model_dump_json()
    return {"plan": text, "plan_digest": hashlib.sha256(text.encode()).hexdigest()}


@lru_cache(maxsize=128)
def _plan(text: str) -> InterviewPlan:
    """The plan of this text. All candidates of a round sit the same few plans: each is read once."""
    return InterviewPlan.model_validate_json(text)


def interview_row(interview: Interview) -> dict[str, Any]:
    return {
        "id": interview.id,
        "round_id": interview.round_id,
        "candidate_id": interview.candidate_id,
        "slot_id": interview.slot_id,
        **plan_values(interview.plan),
        "leader_id": interview.leader_id,
        "dismissed_reason": interview.dismissed_reason,
        "created_at": time_text(interview.created_at),
    }


def card_row(card: Scorecard) -> dict[str, Any]:
    return {
        "id": card.id,
        "round_id": card.round_id,
        "interview_id": card.interview_id,
        "candidate_id": card.candidate_id,
        "interviewer_id": card.interviewer_id,
        "state": card.state,
        "verdict": card.content.verdict.model_dump_json(),
        "submitted_at": time_text(card.submitted_at) if card.submitted_at else None,
        "withdrawn_reason": card.withdrawn_reason,
        "not_owed": card.not_owed.model_dump_json() if card.not_owed else None,
    }


def amendment_row(card_id: str, number: int, amendment: Amendment) -> dict[str, Any]:
    return {
        "scorecard_id": card_id,
        "number": number,
        "author_id": amendment.author_id,
        "at": time_text(amendment.at),
        "reason": amendment.reason,
        "after_seeing_others": amendment.after_seeing_others,
        "before": amendment.before.model_dump_json(),
    }


def moment_row(card_id: str, moment: Moment) -> dict[str, Any]:
    return {"scorecard_id": card_id, **moment.model_dump(), "at": time_text(moment.at)}


def to_moment(row: Row[Any]) -> Moment:
    return Moment(
        id=row.id,
        at=datetime.fromisoformat(row.at),
        kind=row.kind,
        question_id=row.question_id,
        detail=row.detail,
    )


def select_statuses() -> Select[Any]:
    """Every scorecard's state without a word of what it says."""
    columns = t.scorecards.c
    return (
        select(
            columns.id,
            columns.round_id,
            columns.interview_id,
            columns.candidate_id,
            columns.interviewer_id,
            columns.state,
            columns.submitted_at,
            columns.not_owed,
            t.interviews.c.dismissed_reason,
        )
        .join(t.interviews, t.interviews.c.id == columns.interview_id)
        .order_by(columns.id)
    )


def to_status(row: Row[Any]) -> CardStatus:
    return CardStatus(
        card_id=row.id,
        interview_id=row.interview_id,
        candidate_id=row.candidate_id,
        interviewer_id=row.interviewer_id,
        state=row.state,
        submitted_at=datetime.fromisoformat(row.submitted_at) if row.submitted_at else None,
        dismissed_reason=row.dismissed_reason,
        not_owed=_not_owed(row.not_owed),
    )


def _not_owed(text: str | None) -> NotOwed | None:
    return NotOwed.model_validate_json(text) if text else None


def read_cards(connection: Connection, card_ids: Sequence[str]) -> tuple[Scorecard, ...]:
    """Whole scorecards by id, in the order of their ids."""
    if not card_ids:
        return ()
    rows = connection.execute(
        select(t.scorecards).where(t.scorecards.c.id.in_(card_ids)).order_by(t.scorecards.c.id)
    ).all()
    found = connection.execute(
        select(t.ratings)
        .where(t.ratings.c.scorecard_id.in_(card_ids))
        .order_by(t.ratings.c.scorecard_id, t.ratings.c.question_id)
    ).all()
    # A draft has no amendments: the live screen is spared the question.
    frozen = [row.id for row in rows if row.state != "draft"]
    changes = (
        connection.execute(
            select(t.amendments)
            .where(t.amendments.c.scorecard_id.in_(frozen))
            .order_by(t.amendments.c.scorecard_id, t.amendments.c.number)
        ).all()
        if frozen
        else ()
    )
    moments = _by_card(select_moments(connection, card_ids))
    ratings = _by_card(found)
    amendments = _by_card(changes)
    return tuple(
        Scorecard(
            id=row.id,
            round_id=row.round_id,
            interview_id=row.interview_id,
            candidate_id=row.candidate_id,
            interviewer_id=row.interviewer_id,
            state=row.state,
            content=CardContent(
                ratings=tuple(to_rating(rating) for rating in ratings[row.id]),
                verdict=Verdict.model_validate_json(row.verdict),
            ),
            submitted_at=datetime.fromisoformat(row.submitted_at) if row.submitted_at else None,
            withdrawn_reason=row.withdrawn_reason,
            not_owed=_not_owed(row.not_owed),
            amendments=tuple(_to_amendment(change) for change in amendments[row.id]),
            moments=tuple(to_moment(moment) for moment in moments[row.id]),
        )
        for row in rows
    )


def select_moments(connection: Connection, card_ids: Sequence[str]) -> Sequence[Row[Any]]:
    """What happened in these interviews, in its order."""
    return connection.execute(
        select(t.moments)
        .where(t.moments.c.scorecard_id.in_(card_ids))
        .order_by(t.moments.c.scorecard_id, t.moments.c.at, t.moments.c.id)
    ).all()


def has_begun(connection: Connection, card_ids: Sequence[str]) -> bool:
    """Whether anything was recorded in one of these scorecards."""
    recorded = (t.ratings.c.scorecard_id, t.moments.c.scorecard_id)
    return any(
        connection.execute(select(column).where(column.in_(card_ids)).limit(1)).first() for column in recorded
    )


def _to_amendment(row: Row[Any]) -> Amendment:
    return Amendment(
        author_id=row.author_id,
        at=datetime.fromisoformat(row.at),
        reason=row.reason,
        after_seeing_others=row.after_seeing_others,
        before=CardContent.model_validate_json(row.before),
    )


def _by_card(rows: Iterable[Row[Any]]) -> dict[str, list[Row[Any]]]:
    grouped: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        grouped[row.scorecard_id].append(row)
    return grouped
