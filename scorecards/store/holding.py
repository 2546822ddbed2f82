"""Which window holds a scorecard, in which order its messages count, and what the candidate sees by it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from ..interviewing.message import HOLD_SECONDS, Told
from . import rows
from . import tables as t

_DESK = select(t.desks).where(t.desks.c.scorecard_id == bindparam("card"))
_HOLD = update(t.desks).where(t.desks.c.scorecard_id == bindparam("card"))


class Held(NamedTuple):
    """The state of a desk after a message."""

    # Whether the window that sent it writes.
    holds: bool
    # Whether the message is the newest of its window: one that comes late stores its words and moves nothing.
    newest: bool
    # Grows whenever another window comes to hold the desk, so that what was sent before takes nothing back.
    term: int
    # Nobody holds it.
    free: bool
    shown: str | None


def hold(connection: Connection, card_id: str, told: Told, received: datetime) -> Held:
    """Whether the window writes now; keeps who does, since when, the current question and the one shown."""
    desk = connection.execute(_DESK, {"card": card_id}).first()
    if desk is None:
        values = _values(told, received, term=1, desk=None)
        connection.execute(insert(t.desks).values(scorecard_id=card_id, **values))
        return _held(values)
    own = desk.holder == told.tab
    free = desk.holder == "" or desk.held_at < rows.time_text(received - timedelta(seconds=HOLD_SECONDS))
    if not own and not _may_take(desk, told, free=free):
        return Held(holds=False, newest=False, term=desk.term, free=free, shown=desk.shown_id)
    if own and told.count is not None and told.count <= desk.told:
        return Held(holds=True, newest=False, term=desk.term, free=False, shown=desk.shown_id)
    values = _values(told, received, term=desk.term if own else desk.term + 1, desk=desk)
    connection.execute(_HOLD, {"card": card_id, **values})
    return _held(values)


def _held(values: dict[str, Any]) -> Held:
    free = values["holder"] == ""
    return Held(holds=True, newest=True, term=values["term"], free=free, shown=values["shown_id"])


def _may_take(desk: Row[Any], told: Told, *, free: bool) -> bool:
    """Only who knows how the desk stands takes it; a message from before someone else did comes too late."""
    if told.term is not None and told.term != desk.term:
        return False
    goes_on = any(one.gone and one.tab == desk.holder for one in told.was)
    return free or goes_on or told.wish == "take"


def _values(told: Told, received: datetime, *, term: int, desk: Row[Any] | None) -> dict[str, Any]:
    leaves = told.wish == "leave"
    shown = told.shown if "shown" in told.model_fields_set else told.focus
    return {
        "holder": "" if leaves else told.tab,
        "held_at": rows.time_text(received),
        "term": term + leaves,
        "told": told.count or 0,
        "question_id": told.focus or (desk.question_id if desk else None),
        "shown_id": shown or (desk.shown_id if desk else None),
    }


def term_of(connection: Connection, card_id: str) -> tuple[int, str | None]:
    """The desk's term, and what the candidate sees by it."""
    desk = connection.execute(_DESK, {"card": card_id}).first()
    return (desk.term, desk.shown_id) if desk is not None else (0, None)


def take_the_lead(
    connection: Connection, card_id: str, interview_id: str, viewer: str, told: Told
) -> str | None:
    """Lead the conversation, unless another has come to lead since; the candidate keeps what they see.

    Returns what is shown from now on, or None where nothing of it changes.
    """
    interview = select(t.interviews.c.leader_id).where(t.interviews.c.id == interview_id)
    leader = connection.execute(interview.with_for_update()).scalar_one()
    if leader == viewer or ("led" in told.model_fields_set and told.led != leader):
        return None
    connection.execute(update(t.interviews).where(t.interviews.c.id == interview_id).values(leader_id=viewer))
    shown = connection.execute(
        select(t.desks.c.shown_id)
        .join(t.scorecards, t.scorecards.c.id == t.desks.c.scorecard_id)
        .where(t.scorecards.c.interview_id == interview_id, t.scorecards.c.interviewer_id == leader)
    ).scalar()
    if shown is None or leader is None:
        return None
    connection.execute(_HOLD, {"card": card_id, "shown_id": shown})
    return str(shown)
