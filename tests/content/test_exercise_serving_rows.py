"""Serving rows against training rows: what the three solutions earn, and what the folder gives away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from question_bank.exercise import check_exercise, lay_out_exercise
from question_bank.exhibits.serving_rows import exercise, generate

SLUG = "serving-rows"
SEED = 3


def test_folder_holds_neither_seed_nor_plan(tmp_path: Path) -> None:
    """Inside are the task and two tables; the sheet beside it names three columns."""
    lay_out_exercise(SLUG, tmp_path / "candidate", SEED)
    inside = sorted(path.name for path in (tmp_path / "candidate").iterdir())
    assert inside == ["README.md", "serving.csv", "training.csv"]
    assert "seed" not in exercise.README.casefold()
    sheet = json.loads((tmp_path / "candidate.interviewer.json").read_text(encoding="utf-8"))
    assert len(sheet["truth"]["columns"]) == 3


def test_an_untouched_folder_earns_nothing_and_says_why(tmp_path: Path) -> None:
    lay_out_exercise(SLUG, tmp_path / "candidate", SEED)
    report = check_exercise(SLUG, tmp_path / "candidate")
    assert report.score == 0
    assert "report.json cannot be read" in report.parts[0].note
    assert report.parts[3].note == "there is no repair.py"


@pytest.mark.parametrize("seed", range(12))
def test_every_plan_plants_three_columns_and_nothing_else(seed: int) -> None:
    """Only the planned columns differ, and -1 stands rightly in a column that nobody touched."""
    planned = generate.plan(seed)
    pair = generate.pair(planned, generate.np.random.default_rng(seed), 400)
    apart = {
        name for name in generate.COLUMNS if generate.differing(pair.training[name], pair.serving[name]).any()
    }
    assert apart == set(planned.causes)
    assert (pair.training["trips_v_last_month"] == -1).any()
