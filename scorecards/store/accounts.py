"""The accounts' part of the store: who signs in as whom, how long, and who is awaited at an address."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import Connection, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from ..outside.addresses import AddressFaultError, normal_email, spellings
from ..outside.sign_in import Claims, why_not
from ..record.model import Person, now
from . import rows, sessions
from . import tables as t
from .access import Viewer
from .audit import note, refuse_unless_admin
from .changes import new_id
from .engine import Database
from .errors import NotAllowedError, NotFoundError
from .naming import cleaned, insert_people, put_name, taken_or_alike
from .office import put_admin

# Longer than a sign-in's cookie is good, so that an ended one is not taken for new.
KEEP_SESSIONS = timedelta(days=40)


class AccountDesk:
    """Where people come in and go. A session is one sign-in in one browser, with all its tabs."""

    def __init__(self, database: Database):
        self._database = database

    def enter(
        self, claims: Claims, *, hours: float, domains: Collection[str] = (), admins: Collection[str] = ()
    ) -> Person:
        """The person who signed in with these claims; a new one at the first time.

        `NotAllowedError` says why they may not come in.
        `admins`: addresses whose owners become administrators when they sign in.
        """
        with self._database.reading() as connection:
            known = sessions.person_of(connection, claims.session, hours)
        if known is not None:
            return known
        if reasons := why_not(claims, domains, hours, now()):
            raise NotAllowedError(reasons)
        try:
            return self._first_time(claims, hours, admins)
        except IntegrityError:
            # Two tabs came at once: the other one has made the account.
            return self._first_time(claims, hours, admins)

    def _first_time(self, claims: Claims, hours: float, admins: Collection[str]) -> Person:
        with self._database.writing() as connection:
            known = sessions.person_of(connection, claims.session, hours)
            if known is not None:
                return known
            person_id = _account_for(connection, claims)
            at = rows.time_text(now())
            values = {"identity": claims.identity, "signed_in_at": at}
            if claims.email is not None:
                values["email"] = claims.email
            connection.execute(update(t.accounts).where(t.accounts.c.person_id == person_id).values(values))
            if claims.email in admins:
                put_admin(connection, person_id, True)
            gone = rows.time_text(now() - KEEP_SESSIONS)
            connection.execute(delete(t.sessions).where(t.sessions.c.began_at < gone))
            connection.execute(insert(t.sessions).values(id=claims.session, person_id=person_id, began_at=at))
            note(connection, person_id, "signed_in")
            found = connection.execute(select(t.people).where(t.people.c.id == person_id)).one()
            return rows.to_person(found)

    def is_open(self, session: str, hours: float) -> bool:
        """Whether this session still opens anything: it is known, nobody ended it, and its hours are not over."""
        with self._database.reading() as connection:
            try:
                return sessions.person_of(connection, session, hours) is not None
            except NotAllowedError:
                return False

    def leave(self, viewer: str, session: str) -> None:
        """End one's own session: no tab and no copy of its cookie opens anything any more."""
        with self._database.writing() as connection:
            ended = connection.execute(
                update(t.sessions)
                .where(
                    t.sessions.c.id == session,
                    t.sessions.c.person_id == viewer,
                    t.sessions.c.ended_at.is_(None),
                )
                .values(ended_at=rows.time_text(now()))
            )
            if ended.rowcount:
                note(connection, viewer, "signed_out")

    def end_sessions(self, viewer: Viewer, person_id: str) -> int:
        """End every session of someone, and every API token that they made; by an administrator or the terminal.

        Answers with how many sessions there were. A token sees what its maker may see, and may be on a lost laptop.
        """
        with self._database.writing() as connection:
            refuse_unless_admin(connection, viewer)
            ended = _end_all(connection, person_id)
            tokens = _revoke_all(connection, person_id)
            note(connection, viewer, "sessions_ended", subject=person_id, sessions=ended, tokens=tokens)
            return ended

    def invite(self, name: str, email: str) -> Person:
        """The person who signs in with this address; new, and awaited under this name, where nobody does yet."""
        email = _normal(email)
        with self._database.writing() as connection:
            found = connection.execute(
                select(t.people).join(t.accounts).where(t.accounts.c.email.in_(spellings(email)))
            ).first()
            if found is not None:
                return rows.to_person(found)
            return _new_person(connection, name, email)

    def link(self, viewer: Viewer, person_id: str, email: str) -> None:
        """Have somebody known here sign in with this address from now on; by an administrator or the terminal.

        The account that signed in as them before does so no longer.
        """
        email = _normal(email)
        with self._database.writing() as connection:
            refuse_unless_admin(connection, viewer)
            if connection.execute(select(t.people.c.id).where(t.people.c.id == person_id)).first() is None:
                raise NotFoundError("There is no such person.")
            holder = connection.execute(
                select(t.accounts.c.person_id).where(t.accounts.c.email.in_(spellings(email)))
            ).scalar()
            if holder not in (None, person_id):
                raise NotAllowedError(["This address belongs to somebody else here already."])
            _put_address(connection, person_id, email)
            _end_all(connection, person_id)
            note(connection, viewer, "linked", subject=person_id)


def _normal(email: str) -> str:
    try:
        return normal_email(email)
    except AddressFaultError as error:
        raise NotAllowedError([f"{email}: {error}"]) from error


def _account_for(connection: Connection, claims: Claims) -> str:
    """The person with this identity; else the one who is awaited at this address; else somebody new."""
    own = spellings(claims.email) if claims.email is not None else ()
    # One question: another tab of the same person may store the account between two.
    found = connection.execute(
        select(t.accounts).where(or_(t.accounts.c.identity == claims.identity, t.accounts.c.email.in_(own)))
    ).all()
    known = next((row.person_id for row in found if row.identity == claims.identity), None)
    same = next((row for row in found if row.email in own), None)
    if same is not None and same.person_id != known and (known is not None or same.identity is not None):
        raise NotAllowedError(
            [
                f"{claims.email} belongs to somebody who signs in otherwise. "
                "Ask an administrator: `interview-kit link` says who may."
            ]
        )
    if known is not None:
        return str(known)
    if same is not None:
        # Awaited by address alone: now it is known what they are called.
        who = connection.execute(select(t.people).where(t.people.c.id == same.person_id)).one()
        if who.name == same.email:
            name = _free_name(connection, claims.name, claims.email)
            put_name(connection, Person(id=who.id, name=name))
        return str(same.person_id)
    return _new_person(connection, claims.name, claims.email).id


def _new_person(connection: Connection, name: str, email: str | None) -> Person:
    person = Person(id=new_id(), name=_free_name(connection, name, email))
    insert_people(connection, [person])
    connection.execute(insert(t.accounts).values(person_id=person.id, email=email, admin=False))
    return person


def _free_name(connection: Connection, name: str, email: str | None) -> str:
    """Names are chosen by the people who sign in: nobody gets one by which they would be taken for somebody else."""
    name = cleaned(name)
    if name == email or not taken_or_alike(connection, name):
        return name
    return f"{name[:120]} ({email or 'another'})"


def _end_all(connection: Connection, person_id: str) -> int:
    ended = connection.execute(
        update(t.sessions)
        .where(t.sessions.c.person_id == person_id, t.sessions.c.ended_at.is_(None))
        .values(ended_at=rows.time_text(now()))
    )
    return int(ended.rowcount)


def _revoke_all(connection: Connection, person_id: str) -> int:
    revoked = connection.execute(
        update(t.tokens)
        .where(t.tokens.c.viewer_id == person_id, t.tokens.c.revoked_at.is_(None))
        .values(revoked_at=rows.time_text(now()))
    )
    return int(revoked.rowcount)


def _put_address(connection: Connection, person_id: str, email: str) -> None:
    """The address by which they sign in; what a provider knew them by is forgotten."""
    own = update(t.accounts).where(t.accounts.c.person_id == person_id)
    if not connection.execute(own.values(email=email, identity=None)).rowcount:
        connection.execute(insert(t.accounts).values(person_id=person_id, email=email, admin=False))
