"""Where each point of the hiring guide that the kit rests on is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, model_validator

from rubrics.files import read_model
from rubrics.model import Slug, Text, Value

from .model import Bank

FILE = Path(__file__).with_name("coverage.yaml")
Part = Literal["competence", "lifecycle", "tool", "pitfall", "leaving-python", "hiring-step"]

PARTS: dict[Part, str] = {
    "competence": "What a senior shows",
    "lifecycle": "Stages of the life cycle",
    "tool": "The right tool for the case",
    "pitfall": "Pitfalls",
    "leaving-python": "When to leave Python, and when not",
    "hiring-step": "Steps of hiring",
}


class Point(Value):
    """One point: where it is asked, or which competency will hold it."""

    key: Slug
    part: Part
    # In our own words.
    point: Text
    questions: tuple[str, ...] = ()
    later: Slug | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Point:
        if bool(self.questions) == (self.later is not None):
            raise ValueError("give questions, or the competency that will hold it under later")
        return self


class Coverage(Value):
    """All points, each once."""

    points: Annotated[tuple[Point, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> Coverage:
        keys = [point.key for point in self.points]
        if doubled := {key for key in keys if keys.count(key) > 1}:
            raise ValueError(f"{', '.join(sorted(doubled))} stands twice")
        return self

    def of(self, question_id: str) -> tuple[Point, ...]:
        """The points that a question covers."""
        return tuple(point for point in self.points if question_id in point.questions)


class Gap(NamedTuple):
    """A point that leads nowhere: its key in the file, what is wrong, the cure."""

    key: str
    message: str
    cure: str


def load_coverage(path: Path = FILE) -> Coverage:
    """The map; `ContentError` names every key that is wrong."""
    return read_model(path, path.parent, Coverage)


def coverage_faults(coverage: Coverage, bank: Bank) -> Iterator[Gap]:
    """Points whose questions are missing, drafts or retired, and points that wait for no competency."""
    for point in coverage.points:
        for question_id in point.questions:
            question = bank.by_id.get(question_id)
            if question is None:
                yield Gap(point.key, f"there is no {question_id}", "name another question, or later")
            elif question.status not in ("pilot", "live"):
                message = f"{question_id} is {question.status}"
                yield Gap(point.key, message, "name a question in use, or later")
        if point.later and point.later not in bank.rubrics.by_id:
            yield Gap(point.key, f"'{point.later}' is no competency", "use a rubric's id")
