"""The exercise on planted moves: what its three solutions earn, and what its folder gives away."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from question_bank.exercise import check_exercise, lay_out_exercise
from question_bank.exhibits.drift_table import exercise, generate
from question_bank.load import BANK

SEED = 11
SOLUTIONS = BANK / "exhibits/drift_table/solutions"
EXPECTED = json.loads((SOLUTIONS / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drift") / "candidate"
    lay_out_exercise("drift-table", folder, SEED)
    return folder


@pytest.mark.parametrize("name", ["reference", "naive", "cheating"])
def test_each_solution_earns_what_is_stated(name: str, laid_out: Path, tmp_path: Path) -> None:
    """The reference finds everything, the naive one about a third, naming everything earns nothing."""
    folder = tmp_path / "candidate"
    shutil.copytree(laid_out, folder)
    shutil.copytree(SOLUTIONS / name, folder, dirs_exist_ok=True)
    report = check_exercise("drift-table", folder, SEED)
    low, high = EXPECTED[name]
    assert low <= report.score <= high, report
    assert sum(part.points for part in report.parts) == 60


def test_folder_holds_neither_seed_nor_plan(laid_out: Path) -> None:
    """The sheet with the truth lies beside the folder; inside are the task, eleven tables and the weights."""
    weeks = [f"week-{week}.csv" for week in range(1, 9)]
    names = sorted(path.name for path in laid_out.iterdir())
    assert names == sorted(["README.md", "model.json", "outcomes.csv", "reference.csv", *weeks])
    assert "seed" not in exercise.README.casefold()
    sheet = json.loads(laid_out.with_name("candidate.interviewer.json").read_text(encoding="utf-8"))
    assert len(sheet["truth"]["moves"]) == 5


def test_missing_report_earns_nothing_and_says_why(laid_out: Path) -> None:
    """An untouched folder gets zero points and a note."""
    report = check_exercise("drift-table", laid_out, SEED)
    assert report.score == 0
    assert "report.json cannot be read" in report.parts[0].note


def test_same_seed_gives_the_same_tables() -> None:
    """Nothing but the seed decides the rows."""
    first, second = (generate.frames(SEED)[1][3] for _ in range(2))
    assert first.equals(second)


@pytest.mark.parametrize("seed", range(20))
def test_every_plan_has_the_same_parts(seed: int) -> None:
    """Five moves of five kinds in distinct columns, none of them in the large, small or changed week."""
    planned = generate.plan(seed)
    assert sorted(move.kind for move in planned.moves) == sorted(generate.KINDS)
    assert len({move.column for move in planned.moves} | {planned.tiny_column}) == 6
    assert not {move.week for move in planned.moves} & {planned.large, planned.small, planned.link_changed}
    assert all((move.column in generate.WEIGHTS) == (move.effect != "unused") for move in planned.moves)
