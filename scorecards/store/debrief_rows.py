"""Between the debrief's rows and its values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Table, select

from ..record.model import Debrief, Decision, Opening, Vote
from . import tables as t
from .errors import DAMAGE
from .rows import time_text


def read_debriefs(
    connection: Connection, round_id: str, lost: list[str] | None = None
) -> tuple[Debrief, ...]:
    """All that happened in the debriefs of this round, by candidate id; what is damaged is left out, and told."""
    votes = _by_candidate(connection, t.votes, round_id)
    openings = _by_candidate(connection, t.openings, round_id)
    decisions = _by_candidate(connection, t.decisions, round_id)
    return tuple(
        Debrief(
            candidate_id=who,
            votes=_made(_to_vote, votes[who], f"A vote on {who}", lost),
            openings=_made(_to_opening, openings[who], f"An opening of the votes on {who}", lost),
            decisions=_made(_to_decision, decisions[who], f"A decision on {who}", lost),
        )
        for who in sorted({*votes, *openings, *decisions})
    )


def vote_row(candidate_id: str, vote: Vote) -> dict[str, Any]:
    # Also what a dump leaves out where it says nothing.
    told = {key: getattr(vote, key) for key in Vote.model_fields}
    return {"candidate_id": candidate_id, **told, "at": time_text(vote.at)}


def opening_row(candidate_id: str, opening: Opening) -> dict[str, Any]:
    return {"candidate_id": candidate_id, "turn": opening.turn, "body": opening.model_dump_json()}


def decision_row(candidate_id: str, number: int, decision: Decision) -> dict[str, Any]:
    return {"candidate_id": candidate_id, "number": number, "body": decision.model_dump_json()}


def all_rows(debriefs: tuple[Debrief, ...]) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """Every row of these debriefs, by table."""
    yield t.votes, [vote_row(one.candidate_id, vote) for one in debriefs for vote in one.votes]
    yield t.openings, [opening_row(one.candidate_id, each) for one in debriefs for each in one.openings]
    yield (
        t.decisions,
        [
            decision_row(one.candidate_id, number, each)
            for one in debriefs
            for number, each in enumerate(one.decisions, start=1)
        ],
    )


def _by_candidate(connection: Connection, table: Table, round_id: str) -> dict[str, list[Row[Any]]]:
    """The table's rows of this round, in the order of their keys."""
    found = connection.execute(
        select(table)
        .join(t.candidates, t.candidates.c.id == table.c.candidate_id)
        .where(t.candidates.c.round_id == round_id)
        .order_by(*table.primary_key.columns)
    )
    grouped: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in found:
        grouped[row.candidate_id].append(row)
    return grouped


Made = TypeVar("Made")


def _made(
    make: Callable[[Row[Any]], Made], found: Iterable[Row[Any]], what: str, lost: list[str] | None
) -> tuple[Made, ...]:
    made = []
    for row in found:
        try:
            made.append(make(row))
        except DAMAGE:
            if lost is not None:
                lost.append(f"{what} cannot be read and is left out.")
    return tuple(made)


def _to_opening(row: Row[Any]) -> Opening:
    return Opening.model_validate_json(row.body)


def _to_decision(row: Row[Any]) -> Decision:
    return Decision.model_validate_json(row.body)


def _to_vote(row: Row[Any]) -> Vote:
    return Vote(
        person_id=row.person_id,
        turn=row.turn,
        choice=row.choice,
        reason=row.reason,
        at=datetime.fromisoformat(row.at),
        number=row.number,
        could_have_read=row.could_have_read,
    )
