"""A question: its words, what to listen for, and what each level takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from rubrics import Level, digest_of
from rubrics.model import ByLevel, Label, Slug, Text, Value

from .material import Defect, ExerciseTask, Exhibit, FalseTrail, Rival

Kind = Literal["behavioural", "situational", "design", "debugging", "review", "exercise"]
Track = Literal["general", "llm", "vision", "nlp", "tabular"]
Status = Literal["draft", "pilot", "live", "retired"]
SignalId = Annotated[str, StringConstraints(pattern=r"^[a-z]$")]
Help = Literal[0, 1, 2]
Effect = Literal["note", "cap_2", "cap_1"]
Aim = Literal["warm-up", "senior", "stretch"]
KINDS: dict[Kind, str] = {
    "behavioural": "From their past",
    "situational": "Situation",
    "design": "Design walk-through",
    "debugging": "Debugging case",
    "review": "Code review",
    "exercise": "Practical exercise",
}
TRACKS: dict[Track, str] = {
    "general": "All tracks",
    "llm": "LLMOps",
    "vision": "Computer vision",
    "nlp": "Language (NLP)",
    "tabular": "Tabular data",
}
HELP_WORDS: dict[Help, str] = {0: "neutral", 1: "points the way", 2: "nearly gives it"}


class Minutes(Value):
    """Planned minutes: reading aloud, the answer, probing."""

    read: Annotated[int, Field(ge=0, le=15)]
    answer: Annotated[int, Field(ge=1, le=90)]
    probes: Annotated[int, Field(ge=0, le=40)]

    @property
    def total(self) -> int:
        return self.read + self.answer + self.probes


class Signal(Value):
    """What to listen for, in a way that somebody outside the trade can tell it from its decoy."""

    id: SignalId
    level: Literal[2, 3, 4]
    must: bool = False
    # 1 to 3; the heavier a missing signal, the earlier its probe is offered.
    weight: Literal[1, 2, 3]
    label: Label
    listen_for: Text
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
    reason: Text


class Anchors(ByLevel):
    """The observable behaviour that earns each level; cumulative."""


class Number(Value):
    """A fact to give when the candidate asks; not asking is information too."""

    about: Label
    give: Text


class Twist(Value):
    """New information thrown in at a minute of the answer."""

    minute: Annotated[int, Field(ge=0, le=60)]
    say: Text
    good: Text


class Reveal(Value):
    """What to show or say when the candidate asks for it."""

    if_asked: Text
    show: Text | None = None
    exhibit: Slug | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Reveal:
        if (self.show is None) == (self.exhibit is None):
            raise ValueError("give either show or exhibit")
        return self


class Stage(Value):
    """A stretch of a design walk-through."""

    minutes: Annotated[int, Field(ge=1, le=60)]
    what: Text


class Fact(Value):
    """A claim that an answer key leans on, with where it was read and how fast it ages."""

    claim: Text
    source: Text
    checked_on: dt.date
    volatility: Literal["stable", "yearly", "fast"]


class Practice(Value):
    """A sample answer with the ticks and the level that it should get."""

    answer: Text
    ticks: tuple[SignalId, ...] = ()
    # Ticks reached only after a help of level 2.
    helped: tuple[SignalId, ...] = ()
    red_flags: tuple[SignalId, ...] = ()
    level: Level
    why: Text


class Question(Value):
    """A question with everything that a lay interviewer needs to score the answer from evidence."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,3}-[0-9]{2,3}$")]
    version: Annotated[int, Field(ge=1)]
    status: Status
    # Questions of one family measure the same thing in another story; a candidate gets one of them.
    family: Slug
    competency: Slug
    subskill: str
    kind: Kind
    track: Track
    # warm-up: also answerable at mid level. senior: separates the senior. stretch: harder.
    aim: Aim
    title: Label
    minutes: Minutes
    # Read aloud, word for word.
    prompt: Text
    # What the candidate sees beside the prompt.
    card: Text | None = None
    # Why a business should care, what usually goes wrong.
    for_you: Text
    # What separates the levels, in one sentence.
    separates: Text
    # What catches out the interviewer.
    trap: Text
    signals: tuple[Signal, ...]
    probes: tuple[Probe, ...]
    red_flags: tuple[RedFlag, ...]
    anchors: Anchors
    accept_also: tuple[Text, ...] = ()
    numbers: tuple[Number, ...] = ()
    twists: tuple[Twist, ...] = ()
    reveals: tuple[Reveal, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    ground_truth: Text | None = None
    rivals: tuple[Rival, ...] = ()
    defects: tuple[Defect, ...] = ()
    false_trails: tuple[FalseTrail, ...] = ()
    stages: tuple[Stage, ...] = ()
    tasks: tuple[ExerciseTask, ...] = ()
    # The exercise in exhibits/ that is laid out for the candidate and scored by its checker.
    exercise: Slug | None = None
    # What a first-person account has to fill: system, users, own part, number, event, change.
    ledger: tuple[Label, ...] = ()
    # What to ask somebody who has not lived it, and the level it can reach.
    no_experience_route: Text | None = None
    facts: tuple[Fact, ...] = ()
    glossary: tuple[Slug, ...] = ()
    does_not_measure: Text
    assist_policy: Text
    access_notes: Text
    practice: tuple[Practice, ...]

    @cached_property
    def digest(self) -> str:
        return digest_of(self)

    @cached_property
    def musts(self) -> frozenset[str]:
        return frozenset(signal.id for signal in self.signals if signal.must)

    @cached_property
    def spoken(self) -> bytes:
        """Every word of all its texts once, in small letters, a line each: what a search looks through."""
        return "\n".join(dict.fromkeys(" ".join(_texts(self.model_dump())).casefold().split())).encode()

    def signal(self, signal_id: str) -> Signal:
        """The signal with this id; `KeyError` if there is none."""
        for signal in self.signals:
            if signal.id == signal_id:
                return signal
        raise KeyError(signal_id)

    def exhibit(self, exhibit_id: str) -> Exhibit:
        """The exhibit with this id; `KeyError` if there is none."""
        for exhibit in self.exhibits:
            if exhibit.id == exhibit_id:
                return exhibit
        raise KeyError(exhibit_id)


def _texts(value: Any) -> Iterator[str]:
    """All text in a model's values, not in its keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
