"""What a window tells, part by part: each entry and each moment is stored, or refused with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select

from question_bank import InterviewPlan

from ..interviewing.message import OLDEST_MOMENT, Refusal, Told, fitting
from ..record.model import Moment, Rating
from . import rows
from . import tables as t
from .newest import Hand, Put, put_rating


class Stored(NamedTuple):
    """What became of a message's entries and moments."""

    ratings: tuple[Rating, ...] = ()
    older: tuple[str, ...] = ()
    clashes: tuple[Rating, ...] = ()
    refused: tuple[Refusal, ...] = ()
    begun: bool = False


def store_told(
    connection: Connection, card_id: str, plan: InterviewPlan, told: Told, received: datetime
) -> Stored:
    """Store every entry and moment of a message that can be stored, and name the others."""
    puts: list[Put] = []
    refused: list[Refusal] = []
    for place, entry in enumerate(told.entries):
        if plan.find(entry.question_id) is None:
            why = f"{entry.question_id} is not in this interview's plan."
            refused.append(Refusal("entry", place, entry.question_id, why))
            continue
        rating, strange = fitting(plan, entry.rating())
        refused += [Refusal("mark", place, entry.question_id, reason) for reason in strange]
        hand = Hand.of(told.tab, entry.count, told.was)
        puts.append(put_rating(connection, card_id, rating, entry.base, hand, received))
    happened, strangers = _planned(plan, told, received)
    fresh = _put_moments(connection, card_id, happened)
    return Stored(
        ratings=tuple(put.rating for put in puts if put.outcome != "clash"),
        older=tuple(put.rating.question_id for put in puts if put.outcome == "older"),
        clashes=tuple(put.rating for put in puts if put.outcome == "clash"),
        refused=(*refused, *strangers),
        begun=any(moment["kind"] == "begun" for moment in fresh),
    )


def _planned(plan: InterviewPlan, told: Told, received: datetime) -> tuple[list[Moment], list[Refusal]]:
    """The moments that belong to this plan, and a refusal for each that does not."""
    happened, refused = [], []
    for place, one in enumerate(told.moments):
        if one.question_id is not None and plan.find(one.question_id) is None:
            why = f"{one.question_id} is not in this interview's plan."
            refused.append(Refusal("moment", place, one.question_id, why))
        else:
            # Where ages were cut to the oldest, their order stays.
            cut = timedelta(microseconds=place) if one.ago == OLDEST_MOMENT else timedelta()
            happened.append(one.moment(received + cut))
    return happened, refused


def _put_moments(
    connection: Connection, card_id: str, moments: Sequence[Moment]
) -> tuple[dict[str, Any], ...]:
    """Append what happened, and give back what was new; a moment that was sent twice is stored once."""
    if not moments:
        return ()
    known = set(
        connection.execute(
            select(t.moments.c.id).where(
                t.moments.c.scorecard_id == card_id, t.moments.c.id.in_([moment.id for moment in moments])
            )
        ).scalars()
    )
    fresh = {moment.id: rows.moment_row(card_id, moment) for moment in moments if moment.id not in known}
    if fresh:
        connection.execute(insert(t.moments), list(fresh.values()))
    return tuple(fresh.values())
