"""How long a text may be that is typed in one go. What is longer is refused whole, never cut."""

from __future__ import annotations

from collections.abc import Iterable

from ..record.model import Rating, Round, Verdict
from .errors import NotAllowedError

# As the model has it.
MOST_IN_NAME = 10_000
MOST_IN_ADDRESS = 2000
MOST_IN_REASON = 10_000
MOST_IN_CLOSING = 2000
# As much as any column of words takes.
MOST_IN_WORDS = 100_000


def refuse_long(what: str, text: str, most: int) -> None:
    """Raise `NotAllowedError` where the text is longer; `what` begins the sentence."""
    if len(text) > most:
        raise NotAllowedError(
            [f"{what} has {len(text):,} characters; at most {most:,} are taken. Nothing was stored."]
        )


def refuse_reason(reason: str, missing: str) -> None:
    """Raise `NotAllowedError` where there is no reason, with these words, or where it is too long."""
    if not reason.strip():
        raise NotAllowedError([missing])
    refuse_long("The reason", reason, MOST_IN_REASON)


def refuse_round_words(round_: Round) -> None:
    """Raise `NotAllowedError` where a text of a round's settings is too long."""
    refuse_long("The reason for the weights", round_.weights_reason or "", MOST_IN_REASON)
    refuse_long("The closing words", round_.closing_words, MOST_IN_CLOSING)


def refuse_long_words(ratings: Iterable[Rating], verdict: Verdict | None, reason: str) -> None:
    """Raise `NotAllowedError` where a text of an amendment is too long."""
    refuse_long("The reason", reason, MOST_IN_REASON)
    for rating in ratings:
        for field, text in rating.texts():
            refuse_long(f"{rating.question_id}: the {field.replace('_', ' ')}", text, MOST_IN_WORDS)
    if verdict is not None:
        refuse_long("The reason of the recommendation", verdict.reason, MOST_IN_WORDS)
        refuse_long("The explanation", verdict.contradiction, MOST_IN_WORDS)
