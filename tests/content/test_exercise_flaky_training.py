"""The job that never gives the same model twice, as an exercise: what the three solutions earn."""

from __future__ import annotations

from pathlib import Path

import pytest

from question_bank.exercise import lay_out_exercise
from question_bank.exhibits.flaky_training import exercise, make_data

from .material import question

SLUG = "flaky-training"


def test_the_question_names_its_exercise() -> None:
    """20 + 15 + 10 + 5 + 10 points by machine, 40 by a person."""
    assert question(SLUG).exercise == SLUG
    assert sum(task.points for task in question(SLUG).tasks) == 100


@pytest.mark.parametrize("seed", range(4))
def test_shown_and_hidden_data_differ(seed: int) -> None:
    """Predictions kept from the shown data are worth nothing on the hidden ones."""
    assert exercise._data_seed(seed, "shown") != exercise._data_seed(seed, "hidden")


def test_folder_holds_the_job_and_no_seed(tmp_path: Path) -> None:
    """Four files of data, the job as printed, the task; neither make_data nor its seed."""
    folder = tmp_path / "candidate"
    lay_out_exercise(SLUG, folder, 3)
    assert sorted(path.name for path in folder.iterdir()) == ["README.md", "data", "train.py"]
    assert len(list((folder / "data").iterdir())) == make_data.FILES
    assert question(SLUG).exhibit("train").code == (folder / "train.py").read_text(encoding="utf-8")
    assert "seed" not in exercise.README.replace("hash seeds", "").casefold()


def test_an_interval_around_a_dishonest_score_earns_nothing() -> None:
    """A report is right only with an auc that predictions.csv gives and an interval below 0.78 that holds it."""
    rows = [{"row": str(n), "churned": str(n % 2), "account": str(n)} for n in range(200)]
    parts = {n: "test" if n < 60 else "train" for n in range(200)}
    scores = {n: (n * 37 % 100) / 100 + 0.2 * (n % 2) for n in range(200)}
    plain = exercise.Run({}, parts, scores)
    auc = round(exercise._auc(plain, rows), 4)
    right = {"auc": auc, "n_test": 60, "interval": [auc - 0.05, auc + 0.05]}
    assert 0.6 < auc < 0.72
    assert exercise._reported(plain._replace(report=right), rows)
    assert not exercise._reported(plain._replace(report={**right, "auc": auc + 0.03}), rows)
    assert not exercise._reported(plain._replace(report={**right, "interval": [auc - 0.05, 0.79]}), rows)
