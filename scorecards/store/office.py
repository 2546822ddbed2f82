"""The administrator's part of the store: who administers, all rounds by name, and handing a round over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, insert, select, update

from ..record import rules
from . import tables as t
from .access import Operator, Viewer, statuses_of
from .audit import is_admin, note, refuse_unless_admin
from .changes import left, with_event
from .engine import Database
from .errors import NotAllowedError, NotFoundError
from .limits import refuse_reason
from .lists import readable
from .round_rows import KeptRound, put_round, to_round


class RoundLine(NamedTuple):
    """What an administrator sees of any round: no candidate, no scorecard."""

    id: str
    name: str
    lead: str
    state: str
    created_at: datetime
    candidates: int
    purge_on: date | None
    legal_hold: str


class Office:
    """Where the deployment is administered. An administrator sees that rounds are there, not what is in them."""

    def __init__(self, database: Database):
        self._database = database

    def administers(self, person_id: str) -> bool:
        """Whether this person is an administrator."""
        with self._database.reading() as connection:
            return is_admin(connection, person_id)

    def admins(self, viewer: Viewer) -> tuple[str, ...]:
        """Ids of the administrators."""
        with self._database.reading() as connection:
            refuse_unless_admin(connection, viewer)
            found = connection.execute(select(t.accounts.c.person_id).where(t.accounts.c.admin))
            return tuple(sorted(found.scalars()))

    def set_admin(self, viewer: Viewer, person_id: str, on: bool) -> None:
        """Make somebody an administrator, or no longer; by an administrator or the terminal."""
        with self._database.writing() as connection:
            refuse_unless_admin(connection, viewer)
            if connection.execute(select(t.people.c.id).where(t.people.c.id == person_id)).first() is None:
                raise NotFoundError("There is no such person.")
            if is_admin(connection, person_id) == on:
                return
            put_admin(connection, person_id, on)
            note(connection, viewer, "admin_made" if on else "admin_removed", subject=person_id)

    def set_admins(self, viewer: Viewer, people: Collection[str]) -> None:
        """Make exactly these people administrators, all in one; by an administrator, who stays one, or the terminal."""
        with self._database.writing() as connection:
            refuse_unless_admin(connection, viewer)
            if viewer not in people and not isinstance(viewer, Operator):
                raise NotAllowedError(["You can't remove yourself. Another administrator can."])
            known = set(connection.execute(select(t.people.c.id).where(t.people.c.id.in_(people))).scalars())
            if set(people) - known:
                raise NotFoundError("There is no such person.")
            before = set(
                connection.execute(select(t.accounts.c.person_id).where(t.accounts.c.admin)).scalars()
            )
            for one in sorted(before ^ known):
                put_admin(connection, one, one in known)
                note(connection, viewer, "admin_made" if one in known else "admin_removed", subject=one)

    def rounds(self, viewer: Viewer) -> tuple[RoundLine, ...]:
        """Every round, newest first."""
        with self._database.reading() as connection:
            refuse_unless_admin(connection, viewer)
            return round_lines(connection)

    def hand_over(self, viewer: Viewer, round_id: str, person_id: str, reason: str) -> None:
        """Give a round another lead, with a reason that the round shows; by its lead or an administrator."""
        refuse_reason(reason, "Say why the round gets another lead.")
        with self._database.writing() as connection:
            round_ = managed_round(connection, viewer, round_id)
            if connection.execute(select(t.people.c.id).where(t.people.c.id == person_id)).first() is None:
                raise NotFoundError("There is no such person.")
            if person_id == round_.lead_id:
                raise NotAllowedError(["This person leads the round already."])
            observers = tuple(one for one in round_.observer_ids if one != person_id)
            led = round_.model_copy(update={"lead_id": person_id, "observer_ids": observers})
            gone = left(round_, led, statuses_of(connection, round_id))
            told = {"reason": reason.strip(), "could_have_read": gone}
            changed = with_event(
                round_, viewer, "handed_over", told, lead_id=person_id, observer_ids=observers
            )
            put_round(connection, changed)
            note(connection, viewer, "handed_over", round_id=round_id, subject=person_id)

    def health(self) -> dict[str, str]:
        """Kind and revision of the database; raises `DatabaseError` when it does not answer."""
        return self._database.check()


def managed_round(connection: Connection, viewer: Viewer, round_id: str) -> KeptRound:
    """A round for its lead, an administrator or the terminal, locked; `NotFoundError` for everybody else."""
    row = connection.execute(select(t.rounds).where(t.rounds.c.id == round_id).with_for_update()).first()
    round_ = to_round(row) if row is not None else None
    if round_ is not None and (isinstance(viewer, Operator) or is_admin(connection, viewer)):
        return round_
    if round_ is None or isinstance(viewer, Operator) or rules.why_not_enter(round_, viewer):
        raise NotFoundError("There is no such round, or you are not on its panel.")
    if reasons := rules.why_not_lead(round_, viewer):
        raise NotAllowedError(reasons)
    return round_


def round_lines(connection: Connection) -> tuple[RoundLine, ...]:
    """Every round by what an administrator may know of it, newest first; without those that cannot be read."""
    names = {row.id: row.name for row in connection.execute(select(t.people))}
    counted = select(t.candidates.c.round_id, func.count().label("number")).group_by(t.candidates.c.round_id)
    numbers = {row.round_id: int(row.number) for row in connection.execute(counted)}
    query = select(t.rounds).order_by(t.rounds.c.created_at.desc(), t.rounds.c.id)
    found = readable(connection.execute(query).all())
    return tuple(
        RoundLine(
            one.id,
            one.name,
            names.get(one.lead_id, one.lead_id),
            one.state,
            one.created_at,
            numbers.get(one.id, 0),
            one.purge_on,
            one.legal_hold,
        )
        for one in found
    )


def put_admin(connection: Connection, person_id: str, on: bool) -> None:
    """Store whether this person administers."""
    kept = connection.execute(
        update(t.accounts).where(t.accounts.c.person_id == person_id).values(admin=on)
    ).rowcount
    if not kept:
        connection.execute(insert(t.accounts).values(person_id=person_id, admin=on))
