"""The loader that trusts the hub: its three solutions, and what the candidate is given."""

from __future__ import annotations

from pathlib import Path

from question_bank.exercise import check_exercise, lay_out_exercise, load_exercise

from .material import scored

SLUG = "model-file-loader"


def test_the_loader_as_given_earns_next_to_nothing(tmp_path: Path) -> None:
    """The scanner finds one of four files that carry code: 5 of 60 points, 8.3 percent."""
    lay_out_exercise(SLUG, tmp_path / "candidate", 3)
    report = check_exercise(SLUG, tmp_path / "candidate")
    assert [part.got for part in report.parts] == [5, 0, 0]
    assert report.score == 8.3


def test_editing_hub_or_scanner_changes_nothing(tmp_path: Path) -> None:
    """The surroundings are laid over the candidate's files before scoring."""
    folder = tmp_path / "candidate"
    lay_out_exercise(SLUG, folder, 3)
    for name in ("hub.py", "scan.py"):
        (folder / name).write_text("raise SystemExit\n", encoding="utf-8")
    assert check_exercise(SLUG, folder).score == 8.3


def test_laying_out_and_checking_run_no_file(tmp_path: Path) -> None:
    """No MARKER appears beside the candidate's files, in the folder or where the check was started."""
    folder = tmp_path / "candidate"
    lay_out_exercise(SLUG, folder, 3)
    check_exercise(SLUG, folder)
    assert not list(tmp_path.rglob("MARKER"))
    assert not Path("MARKER").exists()


def test_leaving_early_earns_nothing(tmp_path: Path) -> None:
    """A service that ends the process before the verdict has no verdict."""
    folder = tmp_path / "candidate"
    lay_out_exercise(SLUG, folder, 3)
    (folder / "loader.py").write_text("import os\nprint('{}')\nos._exit(0)\n", encoding="utf-8")
    assert check_exercise(SLUG, folder).score == 0


def test_eight_attacks_and_four_loads(tmp_path: Path) -> None:
    """As the task tells the candidate, and 20 + 28 + 12 points."""
    truth = load_exercise(SLUG).truth(tmp_path, 3)
    assert (len(truth["attacks"]), len(truth["honest"])) == (8, 4)
    report = scored(SLUG, "reference", tmp_path / "candidate", 3)
    assert [part.points for part in report.parts] == [20, 28, 12]
