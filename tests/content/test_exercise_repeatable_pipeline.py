"""The load that doubles a day: what the three solutions earn, and that kills bite."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from question_bank.exercise import check_exercise, lay_out_exercise, load_exercise
from question_bank.exhibits.repeatable_pipeline import exercise, generate

from .material import solutions

SLUG = "repeatable-pipeline"


def test_the_job_as_given_earns_nothing(tmp_path: Path) -> None:
    """Every kill leaves rows behind that the next start adds to."""
    lay_out_exercise(SLUG, tmp_path / "candidate", 3)
    report = check_exercise(SLUG, tmp_path / "candidate")
    assert report.score == 0
    assert report.parts[2].note.startswith("after a kill")


def test_skipping_days_that_exist_keeps_half_days(tmp_path: Path) -> None:
    """A check whether the day is there, without a transaction, fails after kills and corrected files."""
    folder = tmp_path / "candidate"
    lay_out_exercise(SLUG, folder, 3)
    step = folder / "pipeline.py"
    skip = '    if db.execute("SELECT 1 FROM readings WHERE day = ?", (day,)).fetchone():\n        return\n'
    text = step.read_text(encoding="utf-8").replace(
        "    rows = read(source)\n", skip + "    rows = read(source)\n"
    )
    step.write_text(text, encoding="utf-8")
    assert check_exercise(SLUG, folder).score < 30


def test_changes_to_the_scheduler_have_no_effect(tmp_path: Path) -> None:
    """The trusted scheduler is laid over the candidate's."""
    folder = tmp_path / "candidate"
    lay_out_exercise(SLUG, folder, 3)
    shutil.copytree(solutions(SLUG) / "reference", folder, dirs_exist_ok=True)
    (folder / "scheduler.py").write_text("raise SystemExit(3)\n", encoding="utf-8")
    assert check_exercise(SLUG, folder).score == 100


def test_the_folder_shows_the_spoilt_week_and_no_seed(tmp_path: Path) -> None:
    """Fourteen files, a log, a store whose tables are wrong; truth names the litres that are due."""
    folder = tmp_path / "candidate"
    lay_out_exercise(SLUG, folder, 3)
    assert len(list((folder / "incoming").iterdir())) == generate.DAYS
    held, one_line = generate.tables(folder / "store.db")
    due = load_exercise(SLUG).truth(folder, 3)["litres"]
    assert sum(held.meters.values()) > due
    assert not one_line
    assert "seed" not in exercise.README.casefold()


@pytest.mark.parametrize("seed", range(6))
def test_every_week_has_four_wrong_days_and_a_harmless_retry(seed: int) -> None:
    """Whole, partly, without meters, and a corrected file on top; one failure before any write."""
    made = generate.world(seed)
    assert sorted(line.state for line in made.log if line.commits is not None) == [
        "failed",
        "lost",
        "lost",
        "lost",
    ]
    assert sum(line.version == 1 for line in made.log) == 1


def test_one_transaction_stands_an_end_at_every_place() -> None:
    """The reference, ended at each touch of the database, never shows half a day, and then loads it once."""
    files = dict(list(generate.world(5).current.items())[:1])
    reference = solutions(SLUG) / "reference"
    touches = exercise._touches_a_day(reference, files)
    assert 12 <= touches <= 40
    for place in range(1, touches + 1):
        with exercise._bench(reference, files) as work:
            assert exercise._drive(work, "at", place).code == 137
            assert exercise._half_state(exercise._read(work), files) == ""
    with exercise._bench(reference, files) as work:
        exercise._drive(work, "at", touches)
        exercise._drive(work, "through")
        assert all(exercise._equal(exercise._read(work), generate.oracle(files)))
