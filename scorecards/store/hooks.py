"""The webhooks' part of the store: where a round's submissions are told, and what is still to be told."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from ..outside.webhook import address_faults, receiver_of, told_of, wait_after
from ..record.model import Scorecard, now
from . import rows
from . import tables as t
from .access import led_round, refuse
from .audit import note
from .engine import Database
from .limits import MOST_IN_ADDRESS, refuse_long

# Longer than one try takes: a process that claimed a delivery and died leaves it to the next after that.
LEASE_SECONDS = 120
KEPT_DAYS = 30
# More cannot be named in one question; the rest have their turn at the next look.
ROUNDS_AT_ONCE = 500


class Hook(NamedTuple):
    """A round's webhook as its lead sees it; the secret is told once, when it is set."""

    url: str
    set_by: str
    set_at: datetime
    delivered: int
    waiting: int
    given_up: int
    # What went wrong last; empty while all is well.
    fault: str


class Delivery(NamedTuple):
    """Something to be told now, by the process that claimed it."""

    id: str
    url: str
    secret: str
    body: str
    tries: int


class HookDesk:
    """Where a round's webhook is set, and where the courier finds what to carry."""

    def __init__(self, database: Database):
        self._database = database

    def set(self, viewer: str, round_id: str, url: str, own_hosts: Collection[str] = ()) -> str:
        """Tell this address of every submission from now on; returns the secret. The round's lead only."""
        refuse_long("The address", url, MOST_IN_ADDRESS)
        refuse(address_faults(url, own_hosts))
        secret = secrets.token_urlsafe(32)
        with self._database.writing() as connection:
            led_round(connection, viewer, round_id)
            _forget(connection, round_id)
            connection.execute(
                insert(t.webhooks).values(
                    round_id=round_id, url=url, secret=secret, set_by=viewer, set_at=rows.time_text(now())
                )
            )
            note(connection, viewer, "webhook_set", round_id=round_id)
        return secret

    def remove(self, viewer: str, round_id: str) -> None:
        """Tell nobody any more, not even what is still waiting; the round's lead only."""
        with self._database.writing() as connection:
            led_round(connection, viewer, round_id)
            _forget(connection, round_id)
            note(connection, viewer, "webhook_removed", round_id=round_id)

    def of(self, viewer: str, round_id: str) -> Hook | None:
        """The round's webhook and how its deliveries go; the round's lead only."""
        with self._database.reading() as connection:
            led_round(connection, viewer, round_id)
            hook = connection.execute(select(t.webhooks).where(t.webhooks.c.round_id == round_id)).first()
            if hook is None:
                return None
            told = t.deliveries.c
            counts = connection.execute(
                select(
                    func.count(told.delivered_at),
                    func.count(told.next_at),
                    func.count(),
                ).where(told.round_id == round_id)
            ).one()
            fault = connection.execute(
                select(told.fault)
                .where(told.round_id == round_id, told.delivered_at.is_(None), told.fault.is_not(None))
                .order_by(told.made_at.desc())
                .limit(1)
            ).scalar()
        return Hook(
            url=hook.url,
            set_by=hook.set_by,
            set_at=datetime.fromisoformat(hook.set_at),
            delivered=counts[0],
            waiting=counts[1],
            given_up=counts[2] - counts[1] - counts[0],
            fault=fault or "",
        )

    # The courier

    def claim(
        self, at: datetime | None = None, busy: Collection[tuple[str, int | None]] = ()
    ) -> Delivery | None:
        """What is due first, taken so that no other replica carries it too; back in the queue if never settled.

        Nothing for `busy` receivers: what is for them waits until they are done with what they have.
        """
        moment = at or now()
        due = t.deliveries.c.next_at <= rows.time_text(moment)
        with self._database.reading() as connection:
            waiting = connection.execute(
                select(t.webhooks.c.round_id, t.webhooks.c.url).where(
                    t.webhooks.c.round_id.in_(select(t.deliveries.c.round_id).where(due))
                )
            ).all()
        free = [row.round_id for row in waiting if receiver_of(row.url) not in busy]
        if not free:
            return None
        with self._database.writing() as connection:
            row = connection.execute(
                select(t.deliveries, t.webhooks.c.url, t.webhooks.c.secret)
                .join(t.webhooks, t.webhooks.c.round_id == t.deliveries.c.round_id)
                .where(due, t.deliveries.c.round_id.in_(free[:ROUNDS_AT_ONCE]))
                .order_by(t.deliveries.c.next_at, t.deliveries.c.id)
                .limit(1)
                .with_for_update(of=t.deliveries, skip_locked=True)
            ).first()
            if row is None:
                return None
            lease = rows.time_text(moment + timedelta(seconds=LEASE_SECONDS))
            connection.execute(
                update(t.deliveries)
                .where(t.deliveries.c.id == row.id)
                .values(tries=row.tries + 1, next_at=lease)
            )
        return Delivery(row.id, row.url, row.secret, row.body, row.tries + 1)

    def settle(self, delivery: Delivery, fault: str | None, at: datetime | None = None) -> None:
        """Note how a try went: delivered where there is no fault, else when to try again, if ever."""
        moment = at or now()
        values: dict[str, str | None] = {
            "delivered_at": rows.time_text(moment),
            "next_at": None,
            "fault": None,
        }
        if fault is not None:
            wait = wait_after(delivery.tries)
            again = rows.time_text(moment + timedelta(seconds=wait)) if wait is not None else None
            values = {"next_at": again, "fault": fault[:300]}
        old = rows.time_text(moment - timedelta(days=KEPT_DAYS))
        mine = [t.deliveries.c.id == delivery.id, t.deliveries.c.delivered_at.is_(None)]
        if fault is not None:
            # The process that took it over since decides when it is tried again.
            mine.append(t.deliveries.c.tries == delivery.tries)
        with self._database.writing() as connection:
            connection.execute(update(t.deliveries).where(*mine).values(**values))
            connection.execute(delete(t.deliveries).where(t.deliveries.c.delivered_at < old))


def tell_submitted(connection: Connection, card: Scorecard) -> None:
    """Put a submission into the outbox, in the transaction that stores it, where the round has a webhook."""
    wanted = connection.execute(
        select(t.webhooks.c.round_id).where(t.webhooks.c.round_id == card.round_id)
    ).first()
    if wanted is None:
        return
    code = connection.execute(
        select(t.candidates.c.code).where(t.candidates.c.id == card.candidate_id)
    ).scalar_one()
    delivery_id, at = secrets.token_hex(16), rows.time_text(card.submitted_at or now())
    told = {"id": delivery_id, "round_id": card.round_id, "body": told_of(delivery_id, card, code, at)}
    connection.execute(insert(t.deliveries).values(**told, made_at=at, tries=0, next_at=at))


def _forget(connection: Connection, round_id: str) -> None:
    connection.execute(delete(t.webhooks).where(t.webhooks.c.round_id == round_id))
    connection.execute(
        delete(t.deliveries).where(t.deliveries.c.round_id == round_id, t.deliveries.c.delivered_at.is_(None))
    )
