"""The part of the store for lists of rounds: how far each is, and which cannot be read, with what to do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Row, Select, Table, and_, delete, func, or_, select

from ..record import rules
from ..record.model import CardStatus, RoundHead, now
from . import tables as t
from .access import Operator, Viewer, statuses_of
from .audit import is_admin, note
from .engine import Database
from .errors import NotAllowedError, NotFoundError, UnreadableError
from .plans import plans_of_round, sweep_plans
from .round_rows import KeptRound, to_round

SALVAGED: Final = "interview-kit/salvaged"
_HOLD = re.compile(r'"legal_hold"\s*:\s*"[^"]')


class InList(NamedTuple):
    """A round and how far it is, without anything its scorecards say."""

    round: RoundHead
    candidates: int
    due: int


class Unreadable(NamedTuple):
    """A round whose row is damaged. `ends` and `saves`: whether the viewer may delete it, and save what is readable."""

    id: str
    lead_id: str
    reason: str
    ends: bool
    saves: bool


class ListDesk:
    """Lists rounds. One that cannot be read is a line of its own, and never stops the others."""

    def __init__(self, database: Database):
        self._database = database

    def rounds(self, viewer: Viewer) -> tuple[InList, ...]:
        """The rounds that the viewer may enter, newest first; no scorecard, plan or candidate is read for it."""
        with self._database.reading() as connection:
            found = readable_rounds(connection, viewer)
            ids = [one.id for one in found]
            candidates = _counted(connection, _of(t.candidates, ids))
            due = _counted(connection, _due(ids))
        return tuple(InList(one, candidates.get(one.id, 0), due.get(one.id, 0)) for one in found)

    def unreadable(self, viewer: Viewer) -> tuple[Unreadable, ...]:
        """Rounds that cannot be read: to whom leads them or is on their panel, to administrators, to the terminal."""
        with self._database.reading() as connection:
            ends = isinstance(viewer, Operator) or is_admin(connection, viewer)
            on_panel = set(
                connection.execute(
                    select(t.panel.c.round_id).where(t.panel.c.person_id == str(viewer))
                ).scalars()
            )
            found = [_unreadable(viewer, row, ends=ends) for row in connection.execute(select(t.rounds))]
        return tuple(one for one in found if one is not None and (one.ends or one.id in on_panel))

    def salvage(self, viewer: Viewer, round_id: str) -> bytes:
        """What is readable of such a round, as JSON that no kit imports; for its lead and the terminal.

        A lead gets the words of others only about candidates of whom nobody owes a scorecard: what the round said of
        blindness cannot be read, so that the strictest holds.
        """
        with self._database.writing() as connection:
            row, one = _damaged(connection, viewer, round_id)
            if not one.saves:
                raise NotAllowedError(["Only the round's lead or the terminal can save what is in it."])
            told = _told(connection, viewer, row)
            note(connection, viewer, "exported", round_id=round_id, what="salvaged.json")
        return (json.dumps(told, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode(
            "utf-8", "replace"
        )

    def delete(self, viewer: Viewer, round_id: str) -> None:
        """Remove such a round with everything in it; for its lead, an administrator and the terminal."""
        with self._database.writing() as connection:
            row, one = _damaged(connection, viewer, round_id)
            if not one.ends:
                raise NotAllowedError(
                    ["Only the round's lead, an administrator or the terminal can delete it."]
                )
            if _HOLD.search(row.body):
                raise NotAllowedError(["A legal hold keeps this round as it is, damaged or not."])
            released = plans_of_round(connection, round_id)
            connection.execute(delete(t.rounds).where(t.rounds.c.id == round_id))
            sweep_plans(connection, released)
            note(connection, viewer, "round_deleted", round_id=round_id, unreadable=True)
        self._database.forget_deleted()


def readable_rounds(connection: Connection, viewer: Viewer) -> tuple[KeptRound, ...]:
    """The rounds that the viewer may enter and that can be read, newest first."""
    query = select(t.rounds).order_by(t.rounds.c.created_at.desc(), t.rounds.c.id)
    if not isinstance(viewer, Operator):
        # Members' ids are in the body, so this only pre-filters; the rule below decides.
        query = query.where(t.rounds.c.demo | t.rounds.c.body.contains(viewer, autoescape=True))
    found = readable(connection.execute(query))
    return tuple(one for one in found if isinstance(viewer, Operator) or not rules.why_not_enter(one, viewer))


def readable(found: Iterable[Row[Any]]) -> Iterable[KeptRound]:
    """The rounds of these rows, without those that cannot be read."""
    for row in found:
        try:
            yield to_round(row)
        except UnreadableError:
            continue


def why_unreadable(row: Row[Any]) -> str:
    """Why the round of this row cannot be read; empty where it can."""
    try:
        to_round(row)
    except UnreadableError as error:
        return error.reason
    return ""


def _unreadable(viewer: Viewer, row: Row[Any], *, ends: bool) -> Unreadable | None:
    leads = isinstance(viewer, Operator) or viewer == row.lead_id
    reason = why_unreadable(row)
    return Unreadable(row.id, row.lead_id, reason, ends or leads, leads) if reason else None


def _damaged(connection: Connection, viewer: Viewer, round_id: str) -> tuple[Row[Any], Unreadable]:
    row = connection.execute(select(t.rounds).where(t.rounds.c.id == round_id).with_for_update()).first()
    ends = isinstance(viewer, Operator) or is_admin(connection, viewer)
    one = _unreadable(viewer, row, ends=ends) if row is not None else None
    if row is None or one is None or not (one.ends or one.saves):
        raise NotFoundError("There is no unreadable round with this id, or it is not yours.")
    return row, one


def _of(table: Any, ids: list[str]) -> Select[Any]:
    return (
        select(table.c.round_id, func.count().label("number"))
        .where(table.c.round_id.in_(ids))
        .group_by(table.c.round_id)
    )


def _due(ids: list[str]) -> Select[Any]:
    owed = and_(
        t.scorecards.c.state == "draft",
        t.scorecards.c.not_owed.is_(None),
        t.interviews.c.dismissed_reason.is_(None),
    )
    joined = _of(t.scorecards, ids).join(t.interviews, t.interviews.c.id == t.scorecards.c.interview_id)
    return joined.where(owed)


def _counted(connection: Connection, query: Select[Any]) -> dict[str, int]:
    return {row.round_id: int(row.number) for row in connection.execute(query)}


def _told(connection: Connection, viewer: Viewer, row: Row[Any]) -> dict[str, Any]:
    """Every readable row of the round as it is, as far as the viewer may see it."""
    statuses = statuses_of(connection, row.id)
    cards = [one.card_id for one in statuses if _may_read(viewer, one, statuses)]
    ids = {
        "scorecards": t.scorecards.c.id.in_(cards),
        "ratings": t.ratings.c.scorecard_id.in_(cards),
        "amendments": t.amendments.c.scorecard_id.in_(cards),
        "moments": t.moments.c.scorecard_id.in_(cards),
        "candidates": t.candidates.c.round_id == row.id,
        "interviews": t.interviews.c.round_id == row.id,
        "plans": or_(
            t.plans.c.digest.in_(select(t.interviews.c.plan_digest).where(t.interviews.c.round_id == row.id)),
            t.plans.c.digest.in_(
                select(t.round_plans.c.plan_digest).where(t.round_plans.c.round_id == row.id)
            ),
        ),
    }
    people = or_(
        t.people.c.id == row.lead_id, t.people.c.id.in_(sorted({one.interviewer_id for one in statuses}))
    )
    found = {
        name: connection.execute(_rows(t.metadata.tables[name]).where(which)) for name, which in ids.items()
    }
    found["people"] = connection.execute(_rows(t.people).where(people))
    return {
        "schema": SALVAGED,
        "saved_at": now().astimezone(UTC).isoformat(),
        "round": {"id": row.id, "lead_id": row.lead_id, "created_at": row.created_at, "body": row.body},
        **{name: [dict(one._mapping) for one in listed] for name, listed in found.items()},
    }


def _rows(table: Table) -> Select[Any]:
    """All rows, in an order that does not depend on the database."""
    return select(table).order_by(*table.primary_key)


def _may_read(viewer: Viewer, one: CardStatus, statuses: Iterable[CardStatus]) -> bool:
    if isinstance(viewer, Operator) or one.interviewer_id == viewer:
        return True
    listed = list(statuses)
    owes = any(other.due and other.interviewer_id == viewer for other in listed)
    owed = any(other.due and other.candidate_id == one.candidate_id for other in listed)
    return one.state != "draft" and not owes and not owed
