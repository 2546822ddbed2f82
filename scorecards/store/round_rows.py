"""A round as it is stored: its slots name their plans by digest, so that no list reads one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Row, insert, select, update

from rubrics.model import Value

from ..record.model import Id, Imported, Interview, Round, RoundHead, RoundSlot
from . import rows
from . import tables as t
from .errors import DAMAGE, UnreadableError
from .plans import NO_PLAN, link_plans, put_plans, read_plans

# A longer text of a round is read anew each time: a few of them would fill the memory.
KEPT_IN_MIND = 100_000


class KeptSlot(Value):
    """One interview of a round, its plan by digest."""

    id: Id
    plan_digest: str
    interviewer_ids: tuple[Id, ...] = ()


class KeptRound(RoundHead):
    """A round as it is stored."""

    slots: tuple[KeptSlot, ...]


def to_round(row: Row[Any]) -> KeptRound:
    """The round of a row; `UnreadableError` where the row is damaged."""
    try:
        kept = _round(row.body) if len(row.body) < KEPT_IN_MIND else KeptRound.model_validate_json(row.body)
        return _marked(kept, row)
    except DAMAGE as error:
        raise UnreadableError(row.id, _reason_of(error)) from error


def _reason_of(error: Exception) -> str:
    """Why a row cannot be read, in a few words and without quoting it."""
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        return f"{'.'.join(str(part) for part in first['loc'])[:100]}: {first['msg'][:100]}".lstrip(": ")
    return type(error).__name__


def _marked(kept: KeptRound, row: Row[Any]) -> KeptRound:
    if row.imported_at is None:
        return kept
    by = None if row.imported_by == rows.OPERATORS_NAME else row.imported_by
    imported = Imported(by=by, at=datetime.fromisoformat(row.imported_at))
    return kept.model_copy(update={"imported": imported})


@lru_cache(maxsize=2048)
def _round(body: str) -> KeptRound:
    """The round of this text: it is asked for at every list and every act."""
    return KeptRound.model_validate_json(body)


def whole_rounds(
    connection: Connection, kept: Iterable[KeptRound], lost: list[str] | None = None
) -> tuple[Round, ...]:
    """These rounds with their plans; each plan is fetched once, and a damaged one is without questions."""
    listed = tuple(kept)
    plans = read_plans(connection, (slot.plan_digest for one in listed for slot in one.slots), lost)
    return tuple(
        Round.model_construct(
            **_head(one),
            slots=tuple(
                RoundSlot(id=slot.id, plan=plans[slot.plan_digest], interviewer_ids=slot.interviewer_ids)
                for slot in one.slots
            ),
        )
        for one in listed
    )


def whole_round(connection: Connection, kept: KeptRound, lost: list[str] | None = None) -> Round:
    """This round with its plans."""
    (round_,) = whole_rounds(connection, [kept], lost)
    return round_


def _head(round_: RoundHead) -> dict[str, Any]:
    return {name: getattr(round_, name) for name in RoundHead.model_fields}


def round_row(kept: KeptRound) -> dict[str, Any]:
    """What of a round may change; that it was imported is in separate columns, which never do."""
    return {
        "id": kept.id,
        "lead_id": kept.lead_id,
        "demo": kept.demo,
        "body": kept.model_dump_json(exclude={"imported"}),
        "created_at": rows.time_text(kept.created_at),
    }


def imported_row(imported: Imported) -> dict[str, str]:
    return {
        "imported_by": imported.by or rows.OPERATORS_NAME,
        "imported_at": rows.time_text(imported.at),
    }


def insert_round(connection: Connection, round_: Round) -> None:
    """Store a new round, its plans and its panel."""
    kept = _kept(connection, round_)
    connection.execute(insert(t.rounds).values(round_row(kept)))
    link_plans(connection, kept.id, {slot.plan_digest for slot in kept.slots})
    insert_panel(connection, round_)


def insert_panel(connection: Connection, round_: RoundHead) -> None:
    """Store who is on a round's panel."""
    if round_.panel_ids:
        values = [{"round_id": round_.id, "person_id": who} for who in round_.panel_ids]
        connection.execute(insert(t.panel), values)


def put_round(connection: Connection, round_: KeptRound | Round) -> None:
    """Store the round as it is given."""
    kept = round_ if isinstance(round_, KeptRound) else _kept(connection, round_)
    connection.execute(update(t.rounds).where(t.rounds.c.id == kept.id).values(round_row(kept)))
    if kept is not round_:
        link_plans(connection, kept.id, {slot.plan_digest for slot in kept.slots})


def _kept(connection: Connection, round_: Round) -> KeptRound:
    digests = put_plans(connection, (slot.plan for slot in round_.slots if slot.plan != NO_PLAN))
    found = iter(digests)
    damaged = _stored_digests(connection, round_) if len(digests) < len(round_.slots) else {}
    slots = tuple(
        KeptSlot(
            id=slot.id,
            plan_digest=next(found) if slot.plan != NO_PLAN else damaged[slot.id],
            interviewer_ids=slot.interviewer_ids,
        )
        for slot in round_.slots
    )
    return KeptRound.model_construct(**_head(round_), slots=slots)


def _stored_digests(connection: Connection, round_: Round) -> dict[str, str]:
    """What slots name whose plan cannot be read: a change of the round's settings does not replace it."""
    row = connection.execute(select(t.rounds).where(t.rounds.c.id == round_.id)).first()
    stored = {slot.id: slot.plan_digest for slot in to_round(row).slots} if row is not None else {}
    unknown = [slot for slot in round_.slots if slot.plan == NO_PLAN and slot.id not in stored]
    # A file may hold what another database could not read.
    return stored | {slot.id: put_plans(connection, [slot.plan])[0] for slot in unknown}


def insert_interviews(connection: Connection, interviews: Iterable[Interview]) -> None:
    """Store new interviews and those of their plans that are new."""
    listed = list(interviews)
    digests = put_plans(connection, (one.plan for one in listed))
    if listed:
        values = [rows.interview_row(one, digest) for one, digest in zip(listed, digests, strict=True)]
        connection.execute(insert(t.interviews), values)
