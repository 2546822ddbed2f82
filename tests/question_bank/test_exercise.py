"""What an exercise leaves where, which numbers lie in the sheet, and what is said where something is missing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from question_bank.exercise import (
    ExerciseError,
    check_exercise,
    exercises,
    lay_out_exercise,
    load_exercise,
    title,
)
from question_bank.jail import run
from question_bank.load import BANK


def test_an_honest_program_reads_and_writes_in_its_folder() -> None:
    """It sees its own files and modules, and what it prints and writes comes back."""
    code = b"import helper; n = helper.double(int(open('data.txt').read())); open('out.txt', 'w').write('x'); print(n)"
    files = {"data.txt": b"7", "helper.py": b"def double(n): return 2 * n", "answer.py": code}
    ran = run(files, "answer.py", want=["out.txt", "absent.txt"])
    assert (ran.code, ran.out) == (0, "14\n")
    assert ran.files == {"out.txt": b"x"}


def test_a_program_that_fails_shows_its_traceback() -> None:
    ran = run({"answer.py": b"print('so far')\nraise ValueError('no')"}, "answer.py")
    assert (ran.code, ran.out) == (1, "so far\n")
    assert ran.err.endswith("ValueError: no\n")


def test_files_keep_the_order_they_were_given_in() -> None:
    """A listing tells them in this order or the other way round, so that another order is another listing."""
    code = b"import os; print(*[name for name in os.listdir('data')])"

    def listed(*names: str) -> str:
        return run({f"data/{name}": b"" for name in names} | {"answer.py": code}, "answer.py").out

    assert listed("a", "b", "c") != listed("c", "b", "a")


def test_an_unknown_exercise_is_refused_by_name() -> None:
    """The message lists the ones there are."""
    with pytest.raises(ExerciseError, match="no exercise 'nonsense'"):
        load_exercise("nonsense")


def test_a_folder_without_its_sheet_asks_for_the_seed(tmp_path: Path) -> None:
    """Without the interviewer's sheet nobody can know what was planted."""
    for slug in exercises()[:1]:
        folder = tmp_path / "candidate"
        folder.mkdir()
        with pytest.raises(ExerciseError, match="give --seed"):
            check_exercise(slug, folder)


def test_a_title_is_the_modules_own() -> None:
    assert all(title(slug) == load_exercise(slug).TITLE for slug in exercises())


def test_the_sheet_holds_seed_secret_and_the_truth_of_both(tmp_path: Path) -> None:
    """The candidate's files hang on the seed alone; what is tried in secret hangs on the secret."""
    sheets = []
    for name, secret in (("one", 7), ("two", 8), ("old", None)):
        sheet = lay_out_exercise("incident-log", tmp_path / name, 3, secret)
        sheets.append(json.loads(sheet.read_text("utf-8")))
    one, two, old = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("one", "two", "old")
    )
    assert one == two == old
    assert [sheet.get("secret") for sheet in sheets] == ["7", "8", None]
    assert sheets[0]["truth"] != sheets[1]["truth"]
    assert sheets[2]["truth"] == load_exercise("incident-log").truth(tmp_path, 3)


@pytest.mark.parametrize("secret", ['"zz"', "12", '["a"]', '""'])
def test_a_sheet_with_a_damaged_secret_is_refused_in_words(tmp_path: Path, secret: str) -> None:
    folder = tmp_path / "candidate"
    sheet = lay_out_exercise("incident-log", folder, 3, 0xAB)
    sheet.write_text(sheet.read_text("utf-8").replace('"ab"', secret), "utf-8")
    with pytest.raises(ExerciseError, match="put it back beside the folder"):
        check_exercise("incident-log", folder)


# Where scikit-learn is not installed: what the kit needs to run does not bring it along

WITHOUT = """
import sys
sys.modules["sklearn"] = None
from interview_kit.terminal import main
sys.argv = ["interview-kit", *{words}]
main.main()
"""


def without_sklearn(*words: object) -> subprocess.CompletedProcess[str]:
    code = WITHOUT.format(words=[str(word) for word in words])
    return subprocess.run(
        [sys.executable, "-c", code], cwd=BANK.parent, capture_output=True, text=True, check=False
    )


def test_exercises_are_listed_where_scikit_learn_is_not_installed() -> None:
    done = without_sklearn("exercises")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(exercises())


def test_an_exercise_that_needs_scikit_learn_is_laid_out_without_and_says_so_when_it_is_scored(
    tmp_path: Path,
) -> None:
    """A candidate's program would fail for want of it, and be scored for that."""
    folder = tmp_path / "zed"
    assert without_sklearn("exercise", "future-leak", "--out", folder).returncode == 0
    done = without_sklearn("check-exercise", "future-leak", folder)
    assert done.returncode == 1
    assert "pip install scikit-learn" in done.stderr
    assert "Traceback" not in done.stderr
