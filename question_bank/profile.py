"""What a role weighs, and the interviews that its candidates sit."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from rubrics.model import Label, Slug, Text, Value

from .question import Kind, Track


class LoopItem(Value):
    """A place in a loop that a question of this kind and competency fills."""

    competency: Slug
    minutes: Annotated[int, Field(ge=3, le=90)]
    kinds: tuple[Kind, ...] = ()
    # A sub-skill to prefer.
    subskill: str | None = None


class Slot(Value):
    """One interview of a loop."""

    id: Slug
    name: Label
    minutes: Annotated[int, Field(ge=15, le=180)]
    items: tuple[LoopItem, ...]
    # Minutes for welcome, the candidate's own questions and the close.
    around: Annotated[int, Field(ge=0, le=20)] = 5


class LoopTemplate(Value):
    """A recipe for the interviews that one candidate sits."""

    id: Slug
    name: Label
    about: Text
    slots: tuple[Slot, ...]


class Target(Value):
    """A competency of a profile."""

    competency: Slug
    weight: Annotated[float, Field(ge=0, le=100)] = 1.0
    must_have: bool = False
    # The panel mean below which a must-have is reported as not met.
    floor: Annotated[float, Field(ge=1, le=4)] = 2.5


class Profile(Value):
    """A role recipe: what is weighed, what is a must, which loops and tracks."""

    id: Slug
    name: Label
    about: Text
    tracks: tuple[Track, ...]
    targets: tuple[Target, ...]
    # Why weights differ; equal weights need no reason.
    weights_reason: Text | None = None
    loops: tuple[Slug, ...]

    @model_validator(mode="after")
    def _weights_explained(self) -> Profile:
        if len({target.weight for target in self.targets}) > 1 and not self.weights_reason:
            raise ValueError("unequal weights need weights_reason")
        if len({target.competency for target in self.targets}) != len(self.targets):
            raise ValueError("a competency stands twice")
        return self
