"""What the candidate sees only by asking, or when the interviewer brings it: the half that no card holds."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from rubrics.model import Label, Slug, Text, Value

from .signal import SignalId


class Number(Value):
    """A fact to give when the candidate asks; not asking is information too."""

    about: Label
    give: Text


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


class Turn(Value):
    """News after the first answer, tied to what the candidate has just chosen."""

    # What they chose, when this turn belongs to one choice only.
    after: Text | None = None
    # The minute of the answer at which it comes at the latest.
    minute: Annotated[int, Field(ge=0, le=60)] | None = None
    say: Text
    good: Text
    # What a merely fluent reaction sounds like.
    fluent: Text | None = None
    # What a good reaction can earn.
    signals: tuple[SignalId, ...] = ()


class Limit(Value):
    """The question about the limit of their own answer, in this question's terms."""

    ask: Text
    good: Text
    fluent: Text
    signals: tuple[SignalId, ...] = ()


class Trace(Value):
    """A detail of what somebody lived through that a second interviewer can check."""

    ask: Text
    check: Text


class Stage(Value):
    """A stretch of a design walk-through."""

    minutes: Annotated[int, Field(ge=1, le=60)]
    what: Text
