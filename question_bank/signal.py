"""What to listen for, what to ask where it was missed, and what each level is made of."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints, model_validator

from rubrics import Level
from rubrics.model import Label, Slug, Text, Value

SignalId = Annotated[str, StringConstraints(pattern=r"^[a-z]$")]
Help = Literal[0, 1, 2]
Effect = Literal["note", "cap_2", "cap_1"]
HELP_WORDS: dict[Help, str] = {0: "neutral", 1: "points the way", 2: "nearly gives it"}


class Way(Value):
    """One way to reach what a signal listens for."""

    id: Slug
    way: Label
    listen_for: Text
    plain_meaning: Text | None = None
    check_question: Text | None = None


class Signal(Value):
    """An outcome to listen for, in a way that somebody outside the trade can tell it from its decoy."""

    id: SignalId
    level: Literal[2, 3, 4]
    must: bool = False
    label: Label
    listen_for: Text
    # Two or more ways to get there, each as good as the others.
    ways: tuple[Way, ...] = ()
    # What counts before a fact it leans on was asked for.
    before_asked: Text | None = None
    # What it means for somebody who is no engineer.
    plain_meaning: Text | None = None
    # What sounds right and is not.
    decoy: Text | None = None
    # A question whose answer a lay person can verify: a number, an event, an object.
    check_question: Text | None = None

    @model_validator(mode="after")
    def _told_apart(self) -> Signal:
        if self.level >= 3:
            for key in ("plain_meaning", "decoy", "check_question"):
                if getattr(self, key) is None:
                    raise ValueError(f"a signal of level {self.level} needs {key}")
        if self.must and self.level == 4:
            raise ValueError("a must is of level 2 or 3")
        if len(self.ways) == 1:
            raise ValueError("one way is no choice: give two or more, or none")
        return self


class Probe(Value):
    """A follow-up with the same words for everybody, tied to what was missed."""

    # Signal ids, or one of: vague, we, tool-name-only.
    if_missed: tuple[str, ...]
    ask: Text
    # 0 neutral, 1 points the way, 2 nearly gives it: then what it helped with counts for level 2 at most.
    help: Help


class RedFlag(Value):
    """Something observable that limits the level, whatever else was said."""

    id: SignalId
    flag: Text
    effect: Effect
    # Whether it counts as soon as it was said; otherwise they are asked first, and may take it back.
    at_once: bool = False
    reason: Text


class Route(Value):
    """Another whole answer that is as good: the signals that it earns, and the level that they make."""

    id: Slug
    route: Text
    earns: tuple[SignalId, ...]
    level: Level


class Clause(Value):
    """A sentence of an anchor, and the signals that it stands for."""

    says: Text
    signals: tuple[SignalId, ...] = ()


class Anchors(Value):
    """The observable behaviour that earns each level, read as `anchors[3]`.

    Level 3 is made of the musts, level 4 of level 3 and two of the signals beyond it.
    """

    level_1: tuple[Clause, ...]
    level_2: tuple[Clause, ...]
    level_3: tuple[Clause, ...]
    level_4: tuple[Clause, ...]

    def clauses(self, level: int) -> tuple[Clause, ...]:
        """The clauses of one level, without what it builds on."""
        found: tuple[Clause, ...] = getattr(self, f"level_{level}")
        return found

    def signals(self, level: int) -> frozenset[str]:
        """All signals that the clauses of this level stand for."""
        return frozenset(signal for clause in self.clauses(level) for signal in clause.signals)

    def own(self, level: int) -> str:
        """The text of one level, without what it builds on."""
        return " ".join(clause.says for clause in self.clauses(level))

    def __getitem__(self, level: int) -> str:
        said = self.own(level)
        beyond = len(self.signals(4)) if level == 4 else 0
        if not beyond:
            return said
        return f"Level 3, and {'both' if beyond == 2 else 'two'} of these: {said}"
