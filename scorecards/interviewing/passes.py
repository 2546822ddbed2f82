"""Signed passes: who may write which scorecard from a window, and the address of a candidate's window."""

from __future__ import annotations

import hmac
import time
from hashlib import sha256
from typing import NamedTuple

PASS_SECONDS = 16 * 3600


class Pass(NamedTuple):
    """What a window may do: write one person's one scorecard, until that person ends the session it came with."""

    card_id: str
    person_id: str
    # Empty where nobody signs in.
    session: str = ""


def sign_pass(key: str, who: Pass, now: float | None = None) -> str:
    """A pass as text, good for 16 hours."""
    expires = int((time.time() if now is None else now) + PASS_SECONDS)
    told = f"{who.card_id}.{who.person_id}.{who.session}.{expires}"
    return f"{told}.{_signature(key, 'pass', told)}"


def read_pass(key: str, text: str, now: float | None = None) -> Pass | None:
    """Who the pass is for; None where it is forged, damaged or too old."""
    told, _, signature = text.rpartition(".")
    parts = told.split(".")
    if len(parts) != 4 or not _same(signature, _signature(key, "pass", told)):
        return None
    if int(parts[3]) < (time.time() if now is None else now):
        return None
    return Pass(*parts[:3])


def window_token(key: str, window_id: str) -> str:
    """The unguessable part of a candidate's address."""
    return f"{window_id}.{_signature(key, 'window', window_id)[:40]}"


def read_window_token(key: str, token: str) -> str | None:
    """The window's id; None where the token was not made here."""
    window_id, _, _ = token.partition(".")
    return window_id if _same(token, window_token(key, window_id)) else None


def _signature(key: str, use: str, told: str) -> str:
    return hmac.new(key.encode(), f"{use}:{told}".encode(), sha256).hexdigest()


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
