"""The code and the numbers of the drift job under review."""

from __future__ import annotations

import ast
import types
from math import pi, sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ks_2samp

from question_bank.exhibits.drift_job import repaired, reviewed
from question_bank.exhibits.drift_job.replay import MANY, NIGHT, Row, replay
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
    assert [row[3] for row in days[:4]] == ["True", "False", "True", "False"]
    assert [float(row[4]) > repaired.LARGE for row in days[:4]] == [False, True, True, True]


def test_night_against_whole_days_rings_under_every_distance(days: tuple[Row, ...]) -> None:
    """Nothing is wrong, and both PSI values are far over 0.25: a better distance is no repair for the hours."""
    night = days[4]
    assert night[3] == "True"
    assert min(float(night[1]), float(night[4])) > 0.25
    assert round(NIGHT / MANY, 3) == 0.045 == 90_000 / 2_000_000


@pytest.mark.parametrize(("clip", "printed"), [("1e-2", "3"), ("1e-4", "6.8"), ("1e-6", "10.5")])
def test_size_of_the_clip_changes_no_finding(clip: str, printed: str) -> None:
    """An emptied bin gives a PSI of 3 to 10.5: all far over the line."""
    module = types.ModuleType("clipped")
    source = Path(repaired.__file__).read_text(encoding="utf-8")
    exec(source.replace("1e-4", clip), module.__dict__)
    rng = np.random.default_rng(2)
    before, now = (pd.Series(rng.uniform(*span, 20_000)) for span in ((0, 100), (40, 60)))
    found = module.psi(before, now)
    assert found == pytest.approx(float(printed), abs=0.1)
    assert found > 10 * repaired.LARGE
    assert "3 to 10.5" in " ".join(QUESTION.false_trails[0].why_fine.split())


def test_column_without_values_ends_the_reviewed_job_only() -> None:
    """The reviewed job dies of an IndexError; the repaired one says that there are no values."""
    before = pd.DataFrame({"x": np.arange(100.0)})
    empty = pd.DataFrame({"x": np.full(100, np.nan)})
    with pytest.warns(RuntimeWarning), pytest.raises(IndexError):
        reviewed.check(before, empty)
    assert repaired.check(before, empty)["why"].tolist() == ["no values"]


def smallest(history: float, day: float) -> float:
    """The shift of a normal column, in standard deviations, from which the test fires at 5 %."""
    return 1.358 * sqrt(1 / history + 1 / day) * sqrt(2 * pi)


def test_smallest_shift_and_calls_by_chance() -> None:
    """A whole day fires from 0.0026 standard deviations on, three hours from 0.011; 37 tests give 1.85 calls."""
    assert (f"{smallest(14e6, 2e6):.4f}", f"{smallest(14e6, 9e4):.3f}") == ("0.0026", "0.011")
    assert round(smallest(14e6, 2e6) * 10 * 60, 1) == 1.5
    given = GIVE["Smallest shift that trips it"]
    assert "0.0026 standard deviations" in given
    assert "0.011" in given
    assert "a second and a half" in given
    assert (46 - 9, f"{37 * 0.05:.2f}") == (37, "1.85")
    assert "1.85 calls" in QUESTION.defects[5].harm
    assert 7 * 2_000_000 == 14_000_000
    assert "14,000,000" in GIVE["Rows"]


def test_a_shift_that_rings_is_found_by_the_test_itself() -> None:
    """At 200,000 rows on both sides the limit is 0.0108; twice that fires, a fifth of it does not."""
    limit = smallest(MANY, MANY)
    assert round(limit, 4) == 0.0108
    values = np.random.default_rng(1).normal(0, 1, (2, MANY))
    p_values = [ks_2samp(values[0], values[1] + shift).pvalue for shift in (2 * limit, 0.2 * limit)]
    assert p_values[0] < 0.05 < p_values[1]


def test_line_that_a_traveler_notices() -> None:
    """2 minutes / 20 seconds x 0.1 = 0.6 standard deviations, 233 times what fires today."""
    assert round(120 / 20 * 0.1, 1) == 0.6
    assert round(0.6 / smallest(14e6, 2e6)) == 233
    assert "some 0.6 standard deviations, over 200 times" in QUESTION.signal("a").listen_for
    assert "by 20 seconds" in GIVE["What a shift does to the estimate"]


def test_columns_that_count_are_not_tested() -> None:
    """21 used: 15 numbers, 6 texts; 37 tested, so 22 that nobody uses."""
    assert (15 + 6, 46 - 9 - 15) == (21, 22)
    assert "15 numbers and 6 texts" in GIVE["Columns"]
    assert "22 number columns" in QUESTION.signal("h").listen_for


def test_time_to_act_before_the_rush() -> None:
    """From 05:30 at the latest 45 minutes end at 06:15; a fire at 05:00 is mended at 05:45."""
    assert 5 * 60 + 30 + 45 < 6 * 60 + 30
    assert "05:45, before the rush at 06:30" in " ".join(QUESTION.turns[1].good.split())


def test_the_opening_tells_neither_the_hour_nor_the_rows() -> None:
    """When it runs, how many rows there are and what a shift does is given on request."""
    start = QUESTION.prompt + (QUESTION.card or "") + CODE
    assert not any(word in start for word in ("03:00", "yesterday", "million", "46", "minutes"))
