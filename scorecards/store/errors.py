"""What the store refuses, and why."""

from __future__ import annotations

from collections.abc import Sequence

# What making a value of a row raises where the row is damaged.
DAMAGE = (ValueError, TypeError, AttributeError, KeyError, OverflowError, RecursionError)


class NotAllowedError(Exception):
    """The viewer may not do this; `reasons` say why, in plain words."""

    def __init__(self, reasons: Sequence[str]):
        self.reasons = list(reasons)
        super().__init__(" ".join(self.reasons))


class NotFoundError(LookupError):
    """There is no such thing, or not for this viewer."""


class UnreadableError(NotFoundError):
    """A round whose row is damaged; `reason` says what cannot be read, without quoting it."""

    def __init__(self, round_id: str, reason: str):
        self.round_id, self.reason = round_id, reason
        super().__init__(
            f"The round {round_id} cannot be read: it is damaged in the database ({reason}). Its lead can save what is "
            "readable, or delete it, on the Rounds page."
        )
