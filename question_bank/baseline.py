"""What a general AI assistant got on a question that was given to it alone, as people scored it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from rubrics import Level
from rubrics.model import Label, Value

from .signal import SignalId

Part = Literal["card", "probed", "relayed"]
PARTS: tuple[Part, ...] = get_args(Part)
# An answer, and what was said to each probe, fact and turn after it.
Talk = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]


class AssistantRun(Value):
    """One answer of an assistant: what a person ticked in it by the page, and the level that these ticks earn."""

    ticks: tuple[SignalId, ...] = ()
    red_flags: tuple[SignalId, ...] = ()
    level: Level


class Transcript(Value):
    """What an assistant said, word for word, with what a person ticked in it."""

    answer: Talk
    ticks: tuple[SignalId, ...] = ()
    red_flags: tuple[SignalId, ...] = ()


class Transcripts(Value):
    """Everything that was tried with one assistant on one question: what a baseline is made of."""

    assistant: Label
    tried_on: dt.date
    version: Annotated[int, Field(ge=1)]
    # By somebody who has not written the question.
    scored_by: Label
    card: Annotated[tuple[Transcript, ...], Field(min_length=1)]
    probed: tuple[Transcript, ...] = ()
    relayed: tuple[Transcript, ...] = ()


class Baseline(Value):
    """All runs of one assistant on one question.

    `card`: it saw what the candidate sees at the start, and answered once. `probed`: and then the neutral probe for
    every must not heard. `relayed`: everything that the interviewer says was passed on to it.
    """

    # Which assistant, and when.
    assistant: Label
    tried_on: dt.date
    # The question's version that was tried.
    version: Annotated[int, Field(ge=1)]
    card: tuple[AssistantRun, ...]
    probed: tuple[AssistantRun, ...] = ()
    relayed: tuple[AssistantRun, ...] = ()

    def runs(self, part: Part) -> tuple[AssistantRun, ...]:
        """The runs of one kind."""
        found: tuple[AssistantRun, ...] = getattr(self, part)
        return found

    def passes(self, part: Part) -> bool:
        """Whether at least half of these runs reached level 3; false where there are none."""
        runs = self.runs(part)
        return bool(runs) and 2 * sum(run.level >= 3 for run in runs) >= len(runs)

    @property
    def says(self) -> frozenset[str]:
        """Signals that more than half of the *card* runs said: these are no sign of a senior."""
        every = [signal for run in self.card for signal in run.ticks]
        return frozenset(one for one in every if 2 * every.count(one) > len(self.card))
