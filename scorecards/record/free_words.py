"""Which fields of a record hold words that someone typed: listed one by one, never guessed from the field's name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel

from question_bank import InterviewPlan

from .departures import NoPlace, OtherWords
from .model import (
    TYPED_FIELDS,
    Amendment,
    CardStatus,
    Decision,
    DecisionDraft,
    DecisionReason,
    Dissent,
    Interview,
    NotOwed,
    Opening,
    Rating,
    RoundEvent,
    RoundHead,
    Scorecard,
    Verdict,
    Vote,
)

Recorded = TypeVar("Recorded", bound=BaseModel)
_DECISION = ("decided_by", "said", "departs_from", "departure_reason", "reopened_because")
WORDS: dict[type[BaseModel], tuple[str, ...]] = {
    RoundHead: ("name", "weights_reason", "legal_hold", "closing_words"),
    RoundEvent: ("reason",),
    Interview: ("dismissed_reason",),
    CardStatus: ("dismissed_reason",),
    Rating: TYPED_FIELDS,
    Verdict: ("reason", "contradiction"),
    Amendment: ("reason",),
    NotOwed: ("reason",),
    Scorecard: ("withdrawn_reason",),
    Vote: ("reason",),
    Opening: ("reason",),
    DecisionReason: ("words",),
    Dissent: ("words", "name"),
    NoPlace: ("reasons",),
    OtherWords: ("words",),
    DecisionDraft: _DECISION,
    Decision: _DECISION,
    InterviewPlan: ("name",),
}
# Content, not words about anyone: what a plan asks was written before the candidate was known.
_CONTENT = frozenset(("items", "words", "targets"))


def rewritten(value: Recorded, change: Callable[[str], str]) -> Recorded:
    """The same value with every typed text changed this way; ids, levels and times stay."""
    update: dict[str, Any] = {}
    typed = typed_fields(type(value))
    for name in type(value).model_fields:
        before = getattr(value, name)
        after = _changed(before, change) if name in typed else _within(name, before, change)
        if after is not before:
            update[name] = after
    return value.model_copy(update=update) if update else value


@cache
def typed_fields(kind: type[BaseModel]) -> frozenset[str]:
    """A kind of record has the typed fields of every kind that it extends."""
    return frozenset(name for one in kind.__mro__ for name in WORDS.get(one, ()))


def words_in(value: BaseModel) -> Iterator[str]:
    """Every word in it that someone typed."""
    found: list[str] = []

    def keep(words: str) -> str:
        found.append(words)
        return words

    rewritten(value, keep)
    yield from found


def _within(name: str, value: Any, change: Callable[[str], str]) -> Any:
    if name in _CONTENT:
        return value
    if isinstance(value, BaseModel):
        return rewritten(value, change)
    if isinstance(value, tuple) and any(isinstance(one, BaseModel) for one in value):
        return tuple(rewritten(one, change) for one in value)
    return value


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(change(one) for one in value)
    if isinstance(value, dict):
        return {key: change(one) for key, one in value.items()}
    return value
