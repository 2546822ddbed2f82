"""How we judge: the scale, the competencies and what each level looks like."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, StringConstraints, field_validator, model_validator

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=6000)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,60}$")]
Level = Literal[1, 2, 3, 4]

LEVELS: tuple[Level, ...] = (1, 2, 3, 4)
# What may stand in the place of a level; scorecards/record/states.py says what follows from each.
RatingState = Literal["not_asked", "no_evidence", "skipped"]


class Value(BaseModel):
    """A frozen value that refuses keys nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def digest_of(value: BaseModel) -> str:
    """SHA-256 (hex, 64 characters) of the value's canonical JSON: same content, same digest."""
    return digest_of_json(value.model_dump(mode="json"))


def digest_of_json(told: object, *, ascii_only: bool = False) -> str:
    """SHA-256 (hex, 64 characters) of what is told as canonical JSON.

    Files that leave the kit are digested `ascii_only`: they may hold half a character, which no UTF-8 has.
    """
    canonical = json.dumps(told, sort_keys=True, ensure_ascii=ascii_only, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


class ScaleLevel(Value):
    """One step of the scale."""

    level: Level
    name: Label
    meaning: Text


class State(Value):
    """What stands where no level was given; never a number."""

    id: RatingState
    name: Label
    meaning: Text


class Scale(Value):
    """The kit's one ordered scale, 1 to 4, without a middle."""

    levels: tuple[ScaleLevel, ScaleLevel, ScaleLevel, ScaleLevel]
    states: tuple[State, ...]
    shared_test_of_senior: Text
    beyond_senior_adds: Text

    @field_validator("states", mode="after")
    @classmethod
    def _every_state(cls, states: tuple[State, ...]) -> tuple[State, ...]:
        known = {state.id for state in states}
        missing = [state for state in get_args(RatingState) if state not in known]
        if missing and len(known) == len(states):
            raise ValueError(f"every state is required, and these are missing: {', '.join(missing)}")
        return states

    @model_validator(mode="after")
    def _in_order(self) -> Scale:
        if tuple(step.level for step in self.levels) != LEVELS:
            raise ValueError("the levels are not 1, 2, 3, 4 in this order")
        if len({state.id for state in self.states}) != len(self.states):
            raise ValueError("a state stands twice")
        return self

    def name(self, level: int) -> str:
        """The word of a level: 'Senior' for 3."""
        return self.levels[level - 1].name

    def state_name(self, state: RatingState) -> str:
        """The word of a state: 'Not asked'."""
        return next(one.name for one in self.states if one.id == state)


class Subskill(Value):
    """A part of a competency; a question scores exactly one."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,3}[0-9]$")]
    name: Label
    definition: Text


class ByLevel(Value):
    """A text for each of the four levels, read as `texts[3]`."""

    level_1: Text
    level_2: Text
    level_3: Text
    level_4: Text

    def __getitem__(self, level: int) -> str:
        return str(getattr(self, f"level_{level}"))


class LevelMeaning(ByLevel):
    """What people at the four levels say and do: observable acts."""


class Competency(Value):
    """The thing that is rated and weighed; with its levels, a rubric."""

    id: Slug
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    name: Label
    # Pillars are what every round looks at twice: systems thinking, MLOps, security, drift.
    pillar: bool
    definition: Text
    # For an interviewer who is no engineer: what it costs a company when this is missing.
    why_it_matters: Text
    subskills: tuple[Subskill, ...]
    levels: LevelMeaning
    # The level-2 answer that a junior engineer with an AI assistant gives.
    junior_with_assistant: Text

    @model_validator(mode="after")
    def _subskills_differ(self) -> Competency:
        ids = [subskill.id for subskill in self.subskills]
        if len(set(ids)) != len(ids):
            raise ValueError("a sub-skill id stands twice")
        if len(ids) < 2:
            raise ValueError("a competency has at least two sub-skills")
        return self


class Rubrics(Value):
    """All competencies and the scale they share."""

    scale: Scale
    competencies: tuple[Competency, ...]

    @cached_property
    def by_id(self) -> dict[str, Competency]:
        return {competency.id: competency for competency in self.competencies}

    @cached_property
    def subskills(self) -> dict[str, Subskill]:
        return {subskill.id: subskill for c in self.competencies for subskill in c.subskills}

    @cached_property
    def digest(self) -> str:
        return digest_of(self)
