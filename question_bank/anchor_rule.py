"""From ticks to a proposed level. The app proposes; a person decides, and says why where they differ."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from rubrics import Level

from .model import Effect, Question, Signal

# The level at which a red flag stops; a note stops nothing.
_CAPS: dict[Effect, Level | None] = {"cap_1": 1, "cap_2": 2, "note": None}


class Proposal(NamedTuple):
    """A proposed level, what produced it, and what would raise it."""

    level: Level
    because: tuple[str, ...]
    # Labels of the signals that the next level still needs; empty at the top or under a cap.
    missing: tuple[str, ...]


def propose_level(
    question: Question,
    ticks: Collection[str],
    helped: Collection[str] = (),
    red_flags: Collection[str] = (),
) -> Proposal:
    """The level that the ticks earn.

    3 when every must was heard without a help of level 2; 4 when two signals of level 4 came on top;
    2 with the first signal of level 2 or 3 that was heard, helped or not (in questions of earlier plans: half of
    them); otherwise 1.
    A red flag's cap lowers the result. Ids that the question does not have are ignored.
    One more tick never lowers the level; one more help or red flag never raises it.
    """
    heard = _Heard(question, frozenset(ticks), frozenset(ticks) - frozenset(helped))
    earned = heard.earned
    caps = [
        (cap, flag.flag)
        for flag in question.red_flags
        if flag.id in red_flags and (cap := _CAPS[flag.effect]) is not None
    ]
    level = min([earned, *(cap for cap, _ in caps)])
    lowered = [f"capped at {cap}: {flag}" for cap, flag in caps if cap < earned]
    capped = bool(caps) and level == min(cap for cap, _ in caps)
    missing = () if capped else tuple(signal.label for signal in heard.missing(level))
    return Proposal(level, (*heard.told(), *lowered), missing)


class _Heard:
    """What was heard of a question's signals, and what of it without a help of level 2."""

    def __init__(self, question: Question, ticks: frozenset[str], unaided: frozenset[str]):
        self._question, self._ticks, self._unaided = question, ticks, unaided
        self._lower = [signal for signal in question.signals if signal.level < 4]
        self._beyond = [signal for signal in question.signals if signal.level == 4]
        self._lower_heard = sum(signal.id in ticks for signal in self._lower)
        self._beyond_heard = sum(signal.id in unaided for signal in self._beyond)
        self._needed = question.heard_for_two

    @property
    def earned(self) -> Level:
        """The level before any cap."""
        if self._question.musts <= self._unaided:
            return 4 if self._beyond_heard >= 2 else 3
        return 2 if self._lower_heard >= self._needed else 1

    def told(self) -> tuple[str, ...]:
        """What was heard, in counts."""
        musts = self._question.musts
        return (
            f"{len(musts & self._unaided)} of {len(musts)} musts heard unaided",
            f"{self._lower_heard} of {len(self._lower)} signals of levels 2 and 3 heard",
            f"{self._beyond_heard} of {len(self._beyond)} signals of level 4 heard",
        )

    def missing(self, level: Level) -> list[Signal]:
        """Signals that the level above this one still needs."""
        if level == 1:
            unheard = [signal for signal in self._lower if signal.id not in self._ticks]
            return unheard[: self._needed - self._lower_heard]
        if level == 2:
            return [one for one in self._question.signals if one.must and one.id not in self._unaided]
        if level == 3:
            return [signal for signal in self._beyond if signal.id not in self._unaided]
        return []
