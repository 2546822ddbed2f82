"""The tokens' part of the store: keys with which another system reads one round, with its maker's sight."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, insert, select, update

from ..record.model import now
from . import rows
from . import tables as t
from .access import led_round, refuse
from .audit import note
from .engine import Database
from .errors import NotFoundError

MAX_TOKENS = 20
NAME_LENGTH = 100
_SHAPE = re.compile(r"ik_[A-Za-z0-9_-]{43}")


class Token(NamedTuple):
    """A token as its round's lead sees it: never the secret."""

    id: str
    name: str
    viewer_id: str
    created_at: datetime
    revoked_at: datetime | None


class Reader(NamedTuple):
    """What a token opens: one round, as far as this person may see it."""

    token_id: str
    round_id: str
    viewer_id: str


class TokenDesk:
    """Where tokens are made, listed and revoked, and where one that is shown is recognised."""

    def __init__(self, database: Database):
        self._database = database

    def make(self, viewer: str, round_id: str, name: str) -> str:
        """A new token with the viewer's sight, as text that is told only here; the round's lead only."""
        name = name.replace("\x00", "").strip()
        refuse(
            []
            if 0 < len(name) <= NAME_LENGTH
            else [f"Say in 1 to {NAME_LENGTH} characters who reads with it."]
        )
        secret = f"ik_{secrets.token_urlsafe(32)}"
        with self._database.writing() as connection:
            led_round(connection, viewer, round_id)
            live = connection.execute(
                select(func.count()).where(t.tokens.c.round_id == round_id, t.tokens.c.revoked_at.is_(None))
            ).scalar_one()
            refuse([] if live < MAX_TOKENS else [f"The round has {MAX_TOKENS} tokens: revoke one first."])
            connection.execute(
                insert(t.tokens).values(
                    id=secrets.token_hex(8),
                    round_id=round_id,
                    name=name,
                    digest=_digest(secret),
                    viewer_id=viewer,
                    created_at=rows.time_text(now()),
                )
            )
            note(connection, viewer, "token_made", round_id=round_id)
        return secret

    def revoke(self, viewer: str, token_id: str) -> None:
        """The token opens nothing from now on; the round's lead only."""
        with self._database.writing() as connection:
            round_id = connection.execute(
                select(t.tokens.c.round_id).where(t.tokens.c.id == token_id)
            ).scalar()
            if round_id is None:
                raise NotFoundError("There is no such token.")
            led_round(connection, viewer, round_id)
            connection.execute(
                update(t.tokens)
                .where(t.tokens.c.id == token_id, t.tokens.c.revoked_at.is_(None))
                .values(revoked_at=rows.time_text(now()))
            )
            note(connection, viewer, "token_revoked", round_id=round_id, subject=token_id)

    def of(self, viewer: str, round_id: str) -> tuple[Token, ...]:
        """The round's tokens, the newest first; the round's lead only."""
        with self._database.reading() as connection:
            led_round(connection, viewer, round_id)
            found = connection.execute(
                select(t.tokens)
                .where(t.tokens.c.round_id == round_id)
                .order_by(t.tokens.c.created_at.desc(), t.tokens.c.id)
            ).all()
        return tuple(
            Token(
                row.id,
                row.name,
                row.viewer_id,
                datetime.fromisoformat(row.created_at),
                datetime.fromisoformat(row.revoked_at) if row.revoked_at else None,
            )
            for row in found
        )

    def read(self, text: str) -> Reader | None:
        """What this token opens; None where it is unknown or revoked."""
        if not _SHAPE.fullmatch(text):
            return None
        with self._database.reading() as connection:
            row = connection.execute(
                select(t.tokens).where(t.tokens.c.digest == _digest(text), t.tokens.c.revoked_at.is_(None))
            ).first()
        return Reader(row.id, row.round_id, row.viewer_id) if row is not None else None


def _digest(secret: str) -> str:
    # The secret has 256 random bits: a plain hash is enough, nothing shorter could be guessed from it.
    return hashlib.sha256(secret.encode()).hexdigest()
