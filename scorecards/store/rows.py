"""Between rows and values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, get_args

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from question_bank import InterviewPlan

from ..record.model import (
    LARGEST,
    Amendment,
    Candidate,
    CardContent,
    CardState,
    CardStatus,
    Interview,
    Moment,
    NotOwed,
    Person,
    Rating,
    Scorecard,
    Verdict,
)
from . import tables as t
from .errors import DAMAGE
from .plans import read_plans

# Shown instead of what cannot be read.
NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
NO_VERDICT = Verdict(
    recommendation="no_decision",
    reason="The recommendation cannot be read: it is damaged in the database.",
)
LONGEST_REASON = 100_000
# How columns name the terminal, which is not a person.
OPERATORS_NAME = "operator"
_STORED_BESIDE = {"question_id", "version", "saved_at"}


def time_text(moment: datetime) -> str:
    """UTC with microseconds, always of the same length."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def time_of(text: str | None, what: str = "", lost: list[str] | None = None) -> datetime:
    """The time in a column; if it is damaged, the earliest time the kit knows, and `what` is reported."""
    try:
        return datetime.fromisoformat(text or "")
    except ValueError:
        _lose(lost, f"{what}: its time cannot be read")
        return NO_TIME


def _lose(lost: list[str] | None, line: str) -> None:
    if lost is not None:
        lost.append(f"{line}.")


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


def to_rating(row: Row[Any], lost: list[str] | None = None) -> Rating:
    """The rating of a row; of a damaged one that there is one, with its version: then it can be written again."""
    beside = f'"question_id":"{row.question_id}","version":{row.version},"saved_at":"{row.saved_at}"'
    try:
        return Rating.model_validate_json(f"{{{beside},{row.body[1:]}")
    except DAMAGE:
        what = f"The rating of {row.question_id} in scorecard {row.scorecard_id}"
        _lose(lost, f"{what} cannot be read and is left out")
        version = row.version if isinstance(row.version, int) and 0 < row.version <= LARGEST else 1
        return Rating(question_id=row.question_id, version=version, saved_at=time_of(row.saved_at))


def to_candidate(row: Row[Any], lost: list[str] | None = None) -> Candidate:
    try:
        return Candidate(id=row.id, round_id=row.round_id, code=row.code, name=row.name)
    except DAMAGE:
        _lose(lost, f"The name of candidate {row.id} cannot be read")
        code = f"?-{row.id[:8]}"
        return Candidate(id=row.id, round_id=row.round_id, code=code, name=code)


def to_person(row: Row[Any], lost: list[str] | None = None) -> Person:
    try:
        return Person(id=row.id, name=row.name)
    except DAMAGE:
        _lose(lost, f"The name of person {row.id} cannot be read")
        return Person(id=row.id, name=f"Name not readable, {row.id[:8]}")


def to_interview(row: Row[Any], plan: InterviewPlan, lost: list[str] | None = None) -> Interview:
    """The interview of this row, with the plan that it names."""
    what = f"Interview {row.id}"
    dismissed = row.dismissed_reason
    return Interview(
        id=row.id,
        round_id=row.round_id,
        candidate_id=row.candidate_id,
        slot_id=row.slot_id,
        plan=plan,
        leader_id=row.leader_id,
        dismissed_reason=dismissed and dismissed[:LONGEST_REASON],
        created_at=time_of(row.created_at, what, lost),
    )


def read_interviews(
    connection: Connection, which: ColumnElement[bool], lost: list[str] | None = None
) -> tuple[Interview, ...]:
    """These interviews by id; each plan is read once, however many interviews have it."""
    found = connection.execute(select(t.interviews).where(which).order_by(t.interviews.c.id)).all()
    plans = read_plans(connection, (row.plan_digest for row in found), lost)
    return tuple(to_interview(row, plans[row.plan_digest], lost) for row in found)


def interview_row(interview: Interview, plan_digest: str) -> dict[str, Any]:
    return {
        "id": interview.id,
        "round_id": interview.round_id,
        "candidate_id": interview.candidate_id,
        "slot_id": interview.slot_id,
        "plan_digest": plan_digest,
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


def readable_moments(found: Iterable[Row[Any]], lost: list[str] | None = None) -> Iterator[Moment]:
    for row in found:
        try:
            yield to_moment(row)
        except DAMAGE:
            _lose(lost, f"A moment in scorecard {row.scorecard_id} cannot be read and is left out")


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


def to_status(row: Row[Any], lost: list[str] | None = None) -> CardStatus:
    what = f"Scorecard {row.id}"
    state = row.state
    if state not in get_args(CardState):
        # People who still owe one are blind to the others': this reveals the least.
        _lose(lost, f"{what}: its state cannot be read, and it is left out")
        state = "draft"
    return CardStatus(
        card_id=row.id,
        interview_id=row.interview_id,
        candidate_id=row.candidate_id,
        interviewer_id=row.interviewer_id,
        state=state,
        submitted_at=time_of(row.submitted_at, what, lost) if row.submitted_at else None,
        dismissed_reason=row.dismissed_reason,
        not_owed=_not_owed(row, lost),
    )


def _not_owed(row: Row[Any], lost: list[str] | None) -> NotOwed | None:
    try:
        return NotOwed.model_validate_json(row.not_owed) if row.not_owed else None
    except DAMAGE:
        _lose(lost, f"Why scorecard {row.id} is no longer owed cannot be read, so it counts as owed")
        return None


def read_cards(
    connection: Connection, card_ids: Sequence[str], lost: list[str] | None = None
) -> tuple[Scorecard, ...]:
    """Whole scorecards by id, in the order of their ids. Damaged parts are blank, and listed in `lost`."""
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
                ratings=tuple(to_rating(rating, lost) for rating in ratings[row.id]),
                verdict=_verdict(row, lost),
            ),
            submitted_at=time_of(row.submitted_at) if row.submitted_at else None,
            withdrawn_reason=row.withdrawn_reason and row.withdrawn_reason[:LONGEST_REASON],
            not_owed=_not_owed(row, lost),
            amendments=tuple(_to_amendment(change, lost) for change in amendments[row.id]),
            moments=tuple(readable_moments(moments[row.id], lost)),
        )
        for row in rows
        if row.state in get_args(CardState)
    )


def _verdict(row: Row[Any], lost: list[str] | None) -> Verdict:
    try:
        return Verdict.model_validate_json(row.verdict)
    except DAMAGE:
        _lose(lost, f"The recommendation of scorecard {row.id} cannot be read")
        return Verdict() if row.state == "draft" else NO_VERDICT


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


def _to_amendment(row: Row[Any], lost: list[str] | None) -> Amendment:
    what = f"Amendment {row.number} of scorecard {row.scorecard_id}"
    try:
        before = CardContent.model_validate_json(row.before)
    except DAMAGE:
        _lose(lost, f"{what}: what stood there before cannot be read")
        before = CardContent(verdict=NO_VERDICT)
    return Amendment(
        author_id=row.author_id,
        at=time_of(row.at, what, lost),
        reason=row.reason.strip()[:10_000] or "Not readable.",
        after_seeing_others=row.after_seeing_others,
        before=before,
    )


def _by_card(rows: Iterable[Row[Any]]) -> dict[str, list[Row[Any]]]:
    grouped: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        grouped[row.scorecard_id].append(row)
    return grouped
