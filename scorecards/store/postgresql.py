"""How the kit talks to PostgreSQL: how long it waits, how it connects, and what it takes for a lost connection."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pg8000
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, ExceptionContext

# Seconds: a statement, waiting for somebody else's change, a change that nobody goes on with, the server's answer,
# waiting for a free connection, a connection's age.
STATEMENT_SECONDS = 30
LOCK_SECONDS = 10
IDLE_SECONDS = 60
ANSWER_SECONDS = 45
POOL_SECONDS = 10
RECYCLE_SECONDS = 1800
# Connections of one process: these are kept, so many more come for a rush.
POOL_SIZE, OVERFLOW = 10, 20
# SQLSTATEs after which the server has ended the connection: it stops, or waited too long for us.
_ENDED = ("08", "57P0", "25P03")


class Connection(pg8000.legacy.Connection):  # type: ignore[misc]
    """The driver's connection; one that the network has cut is the driver's own fault, as SQLAlchemy expects it."""

    def handle_messages(self, context: Any) -> None:
        try:
            super().handle_messages(context)
        except OSError as error:
            raise pg8000.InterfaceError("network error") from error

    def close(self) -> None:
        # One that the server has ended has nobody to say goodbye to.
        with suppress(pg8000.InterfaceError, OSError):
            super().close()


def postgresql_engine(url: URL, arguments: dict[str, Any]) -> Engine:
    """An engine with limits on every wait, which replaces connections that the server has ended.

    `arguments` go to the driver as they are.
    """
    engine = create_engine(
        url,
        connect_args={"timeout": ANSWER_SECONDS, **arguments},
        pool_pre_ping=True,
        pool_recycle=RECYCLE_SECONDS,
        pool_timeout=POOL_SECONDS,
        pool_size=POOL_SIZE,
        max_overflow=OVERFLOW,
    )
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "connect", _set_limits)
    event.listen(engine, "handle_error", _notice_end)
    return engine


def _connect(_dialect: object, _record: object, words: Any, named: dict[str, Any]) -> Connection:
    try:
        return Connection(*words, **named)
    except OSError as error:
        raise pg8000.InterfaceError(str(error)) from error


def _set_limits(connection: Any, _record: object) -> None:
    limits = {
        "statement_timeout": STATEMENT_SECONDS,
        "lock_timeout": LOCK_SECONDS,
        "idle_in_transaction_session_timeout": IDLE_SECONDS,
    }
    cursor = connection.cursor()
    for name, seconds in limits.items():
        cursor.execute(f"SET SESSION {name} = {int(seconds * 1000)}")
    connection.commit()
    cursor.close()


def _notice_end(context: ExceptionContext) -> None:
    told = context.original_exception.args[:1]
    if told == ("communication error",):
        context.is_disconnect = True
    if told and isinstance(told[0], dict) and str(told[0].get("C", "")).startswith(_ENDED):
        context.is_disconnect = True
