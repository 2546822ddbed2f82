"""The code and the numbers of the drift job under review."""

from __future__ import annotations

import ast
from math import sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from question_bank.exhibits.drift_job import repaired, reviewed
from question_bank.exhibits.drift_job.replay import Row, replay
from question_bank.load import BANK
from question_bank.model import Question
from rubrics.files import read_model

QUESTION = read_model(BANK / "questions/drift/drift-job.yaml", BANK, Question)
CODE = QUESTION.exhibit("job").code or ""
LINES = CODE.splitlines()
GIVE = {number.about: number.give for number in QUESTION.numbers}


@pytest.fixture(scope="module")
def days() -> tuple[Row, ...]:
    return replay()


def test_the_code_on_the_page_is_the_code_that_was_run() -> None:
    """The exhibit equals the file, parses, and fits a page."""
    assert Path(reviewed.__file__).read_text(encoding="utf-8") == CODE
    ast.parse(CODE)
    assert len(LINES) == 39
    assert max(map(len, LINES)) <= 100
    assert "39 lines" in QUESTION.exhibit("job").text_alternative


@pytest.mark.parametrize(
    ("defect", "parts"),
    [
        ("D1", ["p_value < ALPHA"]),
        ("D2", ["np.quantile(now"]),
        ("D3", ["dropna()"]),
        ("D4", ["Timedelta(days=7)"]),
        ("D5", ["except (TypeError, ValueError)", "0.0, 1.0, False"]),
        ("D6", ["for name in before.columns"]),
        ("D7", ["today()", "day == today"]),
    ],
)
def test_every_fault_stands_on_the_line_that_the_key_names(defect: str, parts: list[str]) -> None:
    """The numbered lines of a defect hold the code that it talks about."""
    lines = next(found.lines for found in QUESTION.defects if found.id == defect)
    assert [part in LINES[line - 1] for line, part in zip(lines, parts, strict=True)] == [True] * len(parts)


def test_planted_days_are_printed_as_they_come_out(days: tuple[Row, ...]) -> None:
    """Every cell of the second table equals the regenerated one, and is heard as well."""
    exhibit = QUESTION.exhibit("replay")
    assert exhibit.rows == days
    assert all(row[1] in exhibit.text_alternative and row[4] in exhibit.text_alternative for row in days)
    assert f"a PSI of {days[2][1]}" in QUESTION.defects[1].harm


def test_repaired_job_rings_where_the_reviewed_one_is_silent(days: tuple[Row, ...]) -> None:
    """Emptied cells and a new text value pass under review and are found after the repair; a tiny shift is not."""
    assert [row[3] for row in days] == ["True", "False", "True", "False"]
    assert [float(row[4]) > repaired.LARGE for row in days] == [False, True, True, True]


def test_column_without_values_ends_the_reviewed_job_only() -> None:
    """The reviewed job dies of an IndexError; the repaired one says that there are no values."""
    before = pd.DataFrame({"x": np.arange(100.0)})
    empty = pd.DataFrame({"x": np.full(100, np.nan)})
    with pytest.warns(RuntimeWarning), pytest.raises(IndexError):
        reviewed.check(before, empty)
    assert repaired.check(before, empty)["why"].tolist() == ["no values"]


def test_smallest_shift_and_calls_by_chance() -> None:
    """14 and 2 million rows tell 0.0015 standard deviations, a second of a trip; 46 tests give 2.3 calls."""
    smallest = 1.96 * sqrt(1 / 14e6 + 1 / 2e6)
    assert f"{smallest:.4f}" == "0.0015"
    assert round(smallest * 10 * 60) == 1
    assert "0.0015 standard deviations" in GIVE["Smallest mean shift that rings"]
    assert "one second" in GIVE["Smallest mean shift that rings"]
    assert f"{46 * 0.05:.1f}" == "2.3"
    assert "2.3 calls" in QUESTION.defects[5].harm
    assert 7 * 2_000_000 == 14_000_000
    assert "14,000,000" in GIVE["Rows"]
