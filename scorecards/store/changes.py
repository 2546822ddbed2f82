"""What several desks do to a round: store it changed, tell what happened to it, remove it."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, delete, func, select

from ..record import sight
from ..record.model import CardStatus, Interview, RoundEvent, RoundEventKind, RoundHead, now
from . import tables as t
from .access import Operator, Viewer, statuses_of
from .audit import Action, note
from .errors import NotAllowedError
from .plans import plans_of_round, sweep_plans
from .round_rows import KeptRound, put_round, to_round


def new_id() -> str:
    """A random id of 16 characters that nobody guesses."""
    return secrets.token_hex(8)


AnyRound = TypeVar("AnyRound", bound=RoundHead)


def with_event(
    round_: AnyRound,
    viewer: Viewer,
    what: RoundEventKind,
    told: Mapping[str, Any] | None = None,
    **changes: Any,
) -> AnyRound:
    """The round with these changes and what was done appended."""
    who = round_.lead_id if isinstance(viewer, Operator) else viewer
    event = RoundEvent(at=now(), person_id=who, what=what, **(told or {}))
    return round_.model_copy(update={**changes, "events": (*round_.events, event)})


def tell_assigned(
    connection: Connection,
    viewer: Viewer,
    round_: KeptRound,
    interview: Interview,
    had: Collection[CardStatus],
    assigned: Collection[str],
    *,
    what: RoundEventKind,
    reason: str = "",
) -> None:
    """Keep in the round who could by now have read others and interviews from here on, or reads no more.

    `had` are the round's statuses before the change. Without a reason to keep and anyone to name, nothing is told.
    """
    has = statuses_of(connection, round_.id)
    named = sight.to_name(round_, interview.candidate_id, had, has, assigned)
    if not (named or reason):
        return
    told = {
        "interview_id": interview.id,
        "candidate_id": interview.candidate_id,
        "reason": reason,
        "could_have_read": named,
        "assigned": tuple(sorted(assigned)),
    }
    put_round(connection, with_event(round_, viewer, what, told))


def left(before: RoundHead, after: RoundHead, statuses: Collection[CardStatus]) -> tuple[str, ...]:
    """Who has no business in the round any more and could read others in it while they had; by id."""
    gone = sorted(before.people - after.people)
    return tuple(who for who in gone if sight.any_sight(before, who, statuses))


def remove_round(connection: Connection, viewer: Viewer, round_id: str, what: Action, **detail: Any) -> None:
    """Delete a round with everything in it; the log keeps that it was done, and how much it was."""
    body = connection.execute(select(t.rounds).where(t.rounds.c.id == round_id)).one()
    refuse_on_hold(to_round(body))
    counts: dict[str, Any] = {
        name: connection.execute(
            select(func.count()).select_from(table).where(table.c.round_id == round_id)
        ).scalar_one()
        for name, table in (("candidates", t.candidates), ("scorecards", t.scorecards))
    }
    released = plans_of_round(connection, round_id)
    connection.execute(delete(t.rounds).where(t.rounds.c.id == round_id))
    sweep_plans(connection, released)
    note(connection, viewer, what, round_id=round_id, **counts, **detail)


def refuse_on_hold(round_: RoundHead) -> None:
    """Raise `NotAllowedError` where a legal hold keeps everything in the round."""
    if round_.legal_hold:
        raise NotAllowedError(
            [f"A legal hold keeps this round as it is: {round_.legal_hold} Lift the hold first."]
        )
