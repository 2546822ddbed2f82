"""Who did what, when: rows that are only added, each chained by digest to the one before."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Collection
from datetime import datetime
from typing import Any, Literal, NamedTuple, get_args

from sqlalchemy import Connection, Row, insert, select, text, update

from ..record.model import now
from . import rows
from . import tables as t
from .access import Operator, Viewer
from .engine import Database
from .errors import DAMAGE, NotAllowedError
from .sessions import NO_SESSION, Session, refuse_ended

Action = Literal[
    "round_created", "round_changed", "round_closed", "round_opened", "round_deleted", "round_imported",
    "evidence_only", "order_shown", "handed_over", "candidates_added", "scheduled", "plan_changed", "assigned",
    "dismissed", "dismissal_undone", "begun", "submitted", "amended", "withdrawn", "voted", "votes_opened",
    "decided", "read_early", "seen", "names_seen", "exported", "window_opened", "windows_closed", "purge_set",
    "hold_set", "hold_lifted", "candidate_erased", "round_purged", "access_pack", "admin_made", "admin_removed",
    "token_made", "token_revoked", "webhook_set", "webhook_removed", "assignment_made", "assignment_taken",
    "not_owed", "owed_again", "given_to", "interview_added", "interviewers_set",
    "work_handed_in", "work_merged", "signed_in", "signed_out", "sessions_ended", "linked",
    "person_renamed", "candidate_renamed",
]  # fmt: skip
ACTIONS: tuple[Action, ...] = get_args(Action)
# What the chain begins with.
START = "0" * 64
# The name under which the newest row's number and digest are kept, so that a missing end is noticed.
HEAD = "audit_head"
# Writers on PostgreSQL take turns under this number.
_TURN = 7243002
# Seconds in which the same person reading the same scorecards again is the same reading.
SAME_READING = 3600.0


class Entry(NamedTuple):
    """One row of the audit log. `actor` is a person's id, or 'operator' for the terminal."""

    number: int
    at: datetime
    actor: str
    action: str
    round_id: str | None
    subject: str | None
    detail: dict[str, Any]
    digest: str


class Verdict(NamedTuple):
    """What checking the chain found: rows read, the newest row's digest, and every fault in words."""

    rows: int
    head: str
    faults: tuple[str, ...]


def note(
    connection: Connection,
    viewer: Viewer,
    action: Action,
    *,
    round_id: str | None = None,
    subject: str | None = None,
    **detail: Any,
) -> None:
    """Add a row within the transaction of what it tells. `detail` holds ids and counts: no names, no words."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
    last = connection.execute(
        select(t.audit.c.number, t.audit.c.digest).order_by(t.audit.c.number.desc()).limit(1)
    ).first()
    values: dict[str, Any] = {
        "number": (last.number if last else 0) + 1,
        "at": rows.time_text(now()),
        "actor": "operator" if isinstance(viewer, Operator) else viewer,
        "action": action,
        "round_id": round_id,
        "subject": subject,
        "detail": json.dumps(detail, sort_keys=True),
    }
    values["digest"] = _digest(last.digest if last else START, values)
    connection.execute(insert(t.audit).values(values))
    head = f"{values['number']}:{values['digest']}"
    kept = connection.execute(update(t.keys).where(t.keys.c.name == HEAD).values(value=head))
    if not kept.rowcount:
        connection.execute(insert(t.keys).values(name=HEAD, value=head))


def verify(connection: Connection, expected: str | None = None) -> Verdict:
    """Walk the chain. `expected` is a head ('number:digest') noted earlier elsewhere, which must still be in it."""
    faults, before, wanted = [], START, 1
    found: dict[int, str] = {}
    for row in connection.execute(select(t.audit).order_by(t.audit.c.number)):
        if row.number != wanted:
            faults.append(f"Rows {wanted} to {row.number - 1} are missing.")
        if row.digest != _digest(before, row._asdict()):
            faults.append(f"Row {row.number} was altered, or a row before it was removed.")
        found[row.number] = before = row.digest
        wanted = row.number + 1
    head = connection.execute(select(t.keys.c.value).where(t.keys.c.name == HEAD)).scalar()
    for known, where in ((head, "last written"), (expected, "given to compare with")):
        if known is not None:
            number, _, digest = known.partition(":")
            if not number.isdigit() or found.get(int(number)) != digest:
                faults.append(f"The row {number} that was {where} is not in the log as it was.")
    if head is not None and found and head.split(":")[0] != str(max(found)):
        faults.append(f"The log ends at row {max(found)}; the last written was {head.split(':')[0]}.")
    if head is None and found:
        faults.append("What the last row was is not known any more.")
    return Verdict(len(found), f"{wanted - 1}:{before}", tuple(faults))


def _digest(before: str, row: dict[str, Any]) -> str:
    told = [
        before,
        *(row[key] for key in ("number", "at", "actor", "action", "round_id", "subject", "detail")),
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


class AuditDesk:
    """Where the log is read; administrators and the terminal only."""

    def __init__(self, database: Database):
        self._database = database
        self._seen: dict[tuple[str, str, frozenset[str]], float] = {}
        self._lock = threading.Lock()

    def entries(
        self,
        viewer: Viewer,
        *,
        round_id: str | None = None,
        actor: str | None = None,
        action: str | None = None,
        before: int | None = None,
        limit: int = 200,
    ) -> tuple[Entry, ...]:
        """The newest rows first, those before the number `before` where it is given."""
        wanted = {"round_id": round_id, "actor": actor, "action": action}
        query = select(t.audit).order_by(t.audit.c.number.desc()).limit(limit)
        for name, value in wanted.items():
            query = query.where(t.audit.c[name] == value) if value is not None else query
        if before is not None:
            query = query.where(t.audit.c.number < before)
        with self._database.reading() as connection:
            refuse_unless_admin(connection, viewer)
            return tuple(_entry(row) for row in connection.execute(query))

    def verify(self, viewer: Viewer, expected: str | None = None) -> Verdict:
        """Whether any row was removed or altered."""
        with self._database.reading() as connection:
            refuse_unless_admin(connection, viewer)
            return verify(connection, expected)

    def exported(
        self,
        viewer: Viewer,
        round_id: str,
        what: str,
        subject: str | None = None,
        session: Session = NO_SESSION,
    ) -> None:
        """Note that a file is made of what the viewer may see; `what` is its kind, as 'packet.pdf'.

        Asked before the file is made: `NotAllowedError` where the session is over, and then there is no file.
        """
        with self._database.writing() as connection:
            if not isinstance(viewer, Operator):
                refuse_ended(connection, session, viewer)
            note(connection, viewer, "exported", round_id=round_id, subject=subject, what=what)

    def saw(self, viewer: Viewer, round_id: str, card_ids: Collection[str]) -> None:
        """Note that somebody read these scorecards of others; once an hour for the same ones."""
        if isinstance(viewer, Operator) or not card_ids:
            return
        what = (viewer, round_id, frozenset(card_ids))
        with self._lock:
            if time.monotonic() - self._seen.get(what, -SAME_READING) < SAME_READING:
                return
        with self._database.writing() as connection:
            note(connection, viewer, "seen", round_id=round_id, scorecards=sorted(card_ids))
        with self._lock:
            if len(self._seen) > 10_000:
                self._seen.clear()
            self._seen[what] = time.monotonic()


def is_admin(connection: Connection, person_id: str) -> bool:
    """Whether this person runs the deployment."""
    found = connection.execute(select(t.accounts.c.admin).where(t.accounts.c.person_id == person_id))
    return bool(found.scalar())


def refuse_unless_admin(connection: Connection, viewer: Viewer) -> None:
    """Raise `NotAllowedError` for everybody but administrators and the terminal."""
    if not isinstance(viewer, Operator) and not is_admin(connection, viewer):
        raise NotAllowedError(["Only an administrator can do this."])


def _entry(row: Row[Any]) -> Entry:
    try:
        detail = dict(json.loads(row.detail))
    except DAMAGE:
        detail = {"damaged": "this row cannot be read as a whole"}
    return Entry(
        row.number,
        rows.time_of(row.at),
        row.actor,
        row.action,
        row.round_id,
        row.subject,
        detail,
        row.digest,
    )
