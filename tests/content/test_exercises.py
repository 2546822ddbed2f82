"""What every exercise is held to: its solutions' scores, what its folder gives away, and the same bytes anywhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from question_bank import load_bank
from question_bank.exercise import exercises, lay_out_exercise, sheet_of

from .effort import Effort
from .material import digest_here, digest_under, expected, scored

pytestmark = pytest.mark.parametrize("slug", exercises())
# Nowhere in a task or a table by chance.
SEED = 730_129_481
# For a question on alarms in operations.
WAITING = ("incident-log",)
BOUNDS = {"reference": (90, 100), "naive": (30, 60), "cheating": (0, 10)}


@pytest.mark.parametrize("solution", BOUNDS)
def test_its_solution_scores_as_stated(slug: str, solution: str, tmp_path: Path) -> None:
    """Within the range beside the solutions, which lies within what every exercise promises."""
    low, high = expected(slug, solution)
    assert BOUNDS[solution][0] <= low <= high <= BOUNDS[solution][1]
    with Effort() as effort:
        report = scored(slug, solution, tmp_path / "candidate", SEED)
    assert low <= report.score <= high, report
    # A minute on a quiet machine; on a busy one the clock would measure the others.
    assert effort.seconds < 60


def test_the_candidates_folder_names_no_seed_and_the_sheet_lies_outside(slug: str, tmp_path: Path) -> None:
    folder = tmp_path / "candidate"
    sheet = lay_out_exercise(slug, folder, SEED)
    assert sheet == sheet_of(folder)
    assert json.loads(sheet.read_text(encoding="utf-8"))["seed"] == SEED
    held = [path for path in folder.rglob("*") if path.is_file()]
    assert folder / "README.md" in held
    assert not [path.name for path in held if str(SEED).encode() in path.read_bytes()]
    assert not [path.name for path in held if path.name.endswith((".interviewer.json", "truth.json"))]


def test_its_bytes_hang_on_the_seed_alone(slug: str, tmp_path: Path) -> None:
    """Three processes with three hash seeds lay out what this one does; another seed gives other files."""
    here = digest_here(slug, 8, tmp_path / "here")
    assert {digest_under(slug, 8, hash_seed) for hash_seed in "012"} == {here}
    assert digest_here(slug, 9, tmp_path / "other") != here


def test_its_task_says_nothing_of_the_truth(slug: str, tmp_path: Path) -> None:
    """What the candidate reads speaks neither of planted things nor of solutions."""
    folder = tmp_path / "candidate"
    lay_out_exercise(slug, folder, SEED)
    task = (folder / "README.md").read_text(encoding="utf-8")
    assert not re.findall(r"planted|reference solution|naive|cheat", task, re.IGNORECASE)


def test_some_question_uses_it_or_it_waits_for_its_competencys_first_ones(slug: str) -> None:
    """What waits is named here, so that no exercise is forgotten."""
    using = [question.id for question in load_bank().questions if question.exercise == slug]
    assert bool(using) != (slug in WAITING)
