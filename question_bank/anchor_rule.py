"""From ticks to a proposed level. The app proposes; a person decides, and says why where they differ."""

from __future__ import annotations

from collections.abc import Collection
from math import ceil
from typing import NamedTuple

from rubrics import Level

from .model import Effect, Question

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
    2 when at least half of the signals of levels 2 and 3 were heard, helped or not; otherwise 1.
    A red flag's cap lowers the result. Ids that the question does not have are ignored.
    One more tick never lowers the level; one more help or red flag never raises it.
    """
    heard = [signal for signal in question.signals if signal.id in ticks]
    unaided = {signal.id for signal in heard} - set(helped)
    lower = [signal for signal in question.signals if signal.level < 4]
    lower_heard = sum(signal.level < 4 for signal in heard)
    beyond = [signal for signal in question.signals if signal.level == 4]
    beyond_heard = sum(signal.id in unaided for signal in beyond)
    needed = ceil(len(lower) / 2)

    earned: Level = 1
    if question.musts <= unaided:
        earned = 4 if beyond_heard >= 2 else 3
    elif lower_heard >= needed:
        earned = 2

    caps = [
        (cap, flag.flag)
        for flag in question.red_flags
        if flag.id in red_flags and (cap := _CAPS[flag.effect]) is not None
    ]
    level = min([earned, *(cap for cap, _ in caps)])
    because = [
        f"{len(question.musts & unaided)} of {len(question.musts)} musts heard unaided",
        f"{lower_heard} of {len(lower)} signals of levels 2 and 3 heard",
        f"{beyond_heard} of {len(beyond)} signals of level 4 heard",
    ]
    because += [f"capped at {cap}: {flag}" for cap, flag in caps if cap < earned]
    if caps and level == min(cap for cap, _ in caps):
        return Proposal(level, tuple(because), ())
    if level == 1:
        missing = [signal for signal in lower if signal.id not in ticks][: needed - lower_heard]
    elif level == 2:
        missing = [signal for signal in question.signals if signal.must and signal.id not in unaided]
    elif level == 3:
        missing = [signal for signal in beyond if signal.id not in unaided]
    else:
        missing = []
    return Proposal(level, tuple(because), tuple(signal.label for signal in missing))
