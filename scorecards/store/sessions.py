"""Whether a sign-in is still valid; everything that acts for an open page asks here."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, select

from ..outside.sign_in import session_ended
from ..record.model import Person, now
from . import rows
from . import tables as t
from .errors import NotAllowedError


class Session(NamedTuple):
    """The sign-in that a page belongs to; without an id, where people choose a name."""

    id: str = ""
    hours: float = 0


NO_SESSION = Session()


def session_is_over(connection: Connection, session: str) -> bool:
    """Whether someone ended this session. One that is only old is not over: what is being typed still arrives."""
    return bool(
        connection.execute(
            select(t.sessions.c.id).where(t.sessions.c.id == session, t.sessions.c.ended_at.is_not(None))
        ).first()
    )


def person_of(connection: Connection, session: str, hours: float) -> Person | None:
    """Whose session this is; None if it is unknown, `NotAllowedError` if it has ended or is too old."""
    row = connection.execute(
        select(t.people, t.sessions.c.began_at, t.sessions.c.ended_at)
        .join(t.sessions, t.sessions.c.person_id == t.people.c.id)
        .where(t.sessions.c.id == session)
    ).first()
    if row is None:
        return None
    if row.ended_at is not None:
        raise NotAllowedError(["You signed out."])
    if datetime.fromisoformat(row.began_at) + timedelta(hours=hours) < now():
        raise NotAllowedError([session_ended(hours)])
    return rows.to_person(row)


def refuse_ended(connection: Connection, session: Session, person_id: str) -> None:
    """Raise `NotAllowedError` unless the session is this person's and still good; without sign-in nothing is asked."""
    if not session.id:
        return
    person = person_of(connection, session.id, session.hours)
    if person is None or person.id != person_id:
        raise NotAllowedError(["You signed out."])
