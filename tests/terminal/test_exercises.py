"""`interview-kit exercises`, `exercise` and `check-exercise`."""

import json
import shutil
from pathlib import Path

import pytest

from question_bank import BANK

from .running import refused, run

pytestmark = pytest.mark.usefixtures("no_settings_of_this_machine")


def test_exercises_are_listed_with_their_titles() -> None:
    lines = [line.split("\t") for line in run("exercises").stdout.splitlines()]
    assert ["tool-agent", "A payment desk that obeys mails"] in lines
    assert all(len(line) == 2 for line in lines)


def test_an_exercise_is_laid_out_and_its_reference_solution_passes(tmp_path: Path) -> None:
    """A drawn seed lies in the sheet alone; untouched files fail with 3, the reference passes with 0."""
    folder, report = tmp_path / "zed", tmp_path / "report.json"
    assert run("exercise", "tool-agent", "--out", folder).exit_code == 0
    seed = json.loads((tmp_path / "zed.interviewer.json").read_text("utf-8"))["seed"]
    assert not [path for path in folder.rglob("*") if path.is_file() and str(seed) in path.read_text("utf-8")]
    assert run("check-exercise", "tool-agent", folder).exit_code == 3
    shutil.copytree(BANK / "exhibits/tool_agent/solutions/reference", folder, dirs_exist_ok=True)
    checked = run("check-exercise", "tool-agent", folder, "--json", report)
    assert checked.exit_code == 0
    assert checked.stdout.splitlines()[-1] == "100.0 %"
    held = json.loads(report.read_text("utf-8"))
    assert held["score"] == 100
    assert checked.stdout.splitlines()[0] == f"Jail: {held['jail']}"
    assert held["jail"] in ("bubblewrap", "podman")


def test_the_same_seed_lays_out_the_same_files(tmp_path: Path) -> None:
    def files(name: str) -> dict[str, bytes]:
        assert run("exercise", "tool-agent", "--seed", 5, "--out", tmp_path / name).exit_code == 0
        held = (tmp_path / name).rglob("*")
        return {path.name: path.read_bytes() for path in held if path.is_file()}

    assert files("one") == files("two")


def test_an_exercise_that_cannot_be_laid_out_or_scored_says_why(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/notes.txt").write_text("mine", "utf-8")
    refused(run("exercise", "tool-agent", "--out", tmp_path / "full"), "is not empty; name a new folder")
    refused(run("exercise", "nope", "--out", tmp_path / "new"), "there is no exercise 'nope'")
    refused(
        run("check-exercise", "tool-agent", tmp_path / "full"),
        "put it back beside the folder, or give --seed",
    )
    refused(run("check-exercise", "tool-agent", tmp_path / "absent"), "there is no such folder")
