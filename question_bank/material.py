"""What a question puts before the candidate, and its answer key."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from rubrics.model import Label, Slug, Text, Value


class Chart(Value):
    """How an exhibit's rows are drawn; every value stays readable in the table behind it."""

    mark: Literal["line", "bar", "points"]
    # The column along the bottom, and the columns drawn over it, one series each.
    x: Label
    y: Annotated[tuple[Label, ...], Field(min_length=1, max_length=12)]
    # What the upright axis measures, with its unit.
    y_title: Label
    # Whether the upright axis starts at zero; bars always do.
    from_zero: bool = True


# A table's head or one of its cells.
Cell = Annotated[str, StringConstraints(max_length=2000)]


class Exhibit(Value):
    """Material for the candidate's eyes."""

    id: Slug
    title: Label
    # start: with the question. on_request: when asked for. after_answer: given by the interviewer later.
    when: Literal["start", "on_request", "after_answer"]
    columns: Annotated[tuple[Cell, ...], Field(max_length=30)] = ()
    rows: Annotated[tuple[tuple[Cell, ...], ...], Field(max_length=500)] = ()
    # Draws the rows; their cells may then carry units such as "%", thousands separators and a dash for none.
    chart: Chart | None = None
    code: Annotated[str, StringConstraints(max_length=60_000)] | None = None
    text: Text | None = None
    # What a person hears who cannot see it.
    text_alternative: Text

    @model_validator(mode="after")
    def _one_form(self) -> Exhibit:
        if sum((bool(self.rows), self.code is not None, self.text is not None)) != 1:
            raise ValueError("give exactly one of rows, code or text")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row has as many cells as there are columns")
        drawn = () if self.chart is None else (self.chart.x, *self.chart.y)
        if unknown := [name for name in drawn if name not in self.columns]:
            raise ValueError(f"the chart draws {', '.join(unknown)}, which is no column")
        return self


class Defect(Value):
    """A planted fault in code under review."""

    id: Annotated[str, StringConstraints(pattern=r"^D[0-9]{1,2}$")]
    lines: tuple[int, ...] = ()
    must: bool = False
    what: Text
    harm: Text
    fix: Text


class FalseTrail(Value):
    """What looks wrong and is not, with the reason."""

    what: Text
    why_fine: Text


class Rival(Value):
    """Another explanation, and the datum that rules it out."""

    explanation: Text
    ruled_out_by: Text


class ExerciseTask(Value):
    """A part of a practical exercise that a machine or a person scores."""

    what: Text
    points: Annotated[int, Field(ge=1, le=100)]
    scored_by: Literal["machine", "person"]
