"""A question: its words, what to listen for, and what each level takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from rubrics import Level, digest_of
from rubrics.model import Label, Slug, Text, Value

from .baseline import Baseline
from .material import Defect, ExerciseTask, Exhibit, FalseTrail, Rival
from .second_half import Limit, Number, Reveal, Stage, Trace, Turn
from .signal import Anchors, Probe, RedFlag, Route, Signal, SignalId

Kind = Literal["behavioural", "situational", "design", "debugging", "review", "exercise", "assisted"]
Track = Literal["general", "llm", "vision", "nlp", "tabular"]
Status = Literal["draft", "pilot", "live", "retired"]
Aim = Literal["warm-up", "senior", "stretch"]
KINDS: dict[Kind, str] = {
    "behavioural": "From their past",
    "situational": "Situation",
    "design": "Design walk-through",
    "debugging": "Debugging case",
    "review": "Code review",
    "exercise": "Practical exercise",
    "assisted": "An assistant's answer",
}
TRACKS: dict[Track, str] = {
    "general": "All tracks",
    "llm": "LLMOps",
    "vision": "Computer vision",
    "nlp": "Language (NLP)",
    "tabular": "Tabular data",
}


class Minutes(Value):
    """Planned minutes: reading aloud, the answer, probing."""

    read: Annotated[int, Field(ge=0, le=15)]
    answer: Annotated[int, Field(ge=1, le=90)]
    probes: Annotated[int, Field(ge=0, le=40)]

    @property
    def total(self) -> int:
        return self.read + self.answer + self.probes


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
    # The ways and routes that it takes; samples of level 3 show different ones.
    ways: tuple[Slug, ...] = ()
    # Who said it: somebody made it up, or an assistant that was given the card alone.
    source: Literal["written", "assistant"] = "written"
    why: Text


class Question(Value):
    """A question with everything that a lay interviewer needs to score the answer from evidence.

    The opening (prompt, card, exhibits at the start) is what a candidate sees. The second half stays with the
    interviewer: facts on request, turns, the limit, the owner's trace.
    """

    # Of the file format: what plans froze in the one before it is read as an `EarlierQuestion`.
    format: Literal[2] = 2
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
    # Three to six words for lists; the title may be a story.
    topic: Label
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
    routes: tuple[Route, ...] = ()
    numbers: tuple[Number, ...] = ()
    reveals: tuple[Reveal, ...] = ()
    turns: tuple[Turn, ...] = ()
    limit: Limit | None = None
    trace: Trace | None = None
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
    # What an assistant alone got here; measured, and kept in a file of its own.
    assistant: Baseline | None = Field(default=None, exclude_if=lambda baseline: baseline is None)

    @cached_property
    def digest(self) -> str:
        """Content hash; what was measured with the question is no part of it."""
        return digest_of(self.model_copy(update={"assistant": None}))

    @cached_property
    def musts(self) -> frozenset[str]:
        return frozenset(signal.id for signal in self.signals if signal.must)

    @property
    def heard_for_two(self) -> int:
        """How many signals of levels 2 and 3 make level 2."""
        return 1

    @cached_property
    def spoken(self) -> bytes:
        """Every word of all its texts once, in small letters, a line each: what a search looks through."""
        return "\n".join(dict.fromkeys(" ".join(texts_in(self.model_dump())).casefold().split())).encode()

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


def texts_in(value: Any) -> Iterator[str]:
    """All text in a model's values, not in its keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)
