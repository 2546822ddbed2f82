"""A whole round into the database: for every desk at which rounds come in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, insert, select

from ..record.model import (
    RoundRecord,
)
from . import rows
from . import tables as t
from .debrief_rows import all_rows
from .naming import insert_people
from .round_rows import insert_interviews, insert_round


def insert_record(connection: Connection, record: RoundRecord) -> None:
    """Store everything in the record; people who are here already stay as they are."""
    known = set(connection.execute(select(t.people.c.id)).scalars())
    insert_people(connection, (person for person in record.people if person.id not in known))
    insert_round(connection, record.round)
    _insert_all(connection, t.candidates, (c.model_dump() for c in record.candidates))
    insert_interviews(connection, record.interviews)
    _insert_all(connection, t.scorecards, (rows.card_row(card) for card in record.cards))
    _insert_all(
        connection,
        t.ratings,
        (rows.rating_row(c.id, rating, "import") for c in record.cards for rating in c.content.ratings),
    )
    _insert_all(
        connection,
        t.amendments,
        (
            rows.amendment_row(card.id, n, amendment)
            for card in record.cards
            for n, amendment in enumerate(card.amendments, start=1)
        ),
    )
    _insert_all(
        connection,
        t.moments,
        (rows.moment_row(card.id, moment) for card in record.cards for moment in card.moments),
    )
    for table, values in all_rows(record.debriefs):
        _insert_all(connection, table, values)


def _insert_all(connection: Connection, table: Any, values: Iterable[dict[str, Any]]) -> None:
    if listed := list(values):
        connection.execute(insert(table), listed)
