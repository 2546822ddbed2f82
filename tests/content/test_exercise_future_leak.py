"""The table that looks into the future, as an exercise: what the three solutions earn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from question_bank.exercise import check_exercise, lay_out_exercise
from question_bank.exhibits.future_leak import exercise

SLUG = "future-leak"


def test_the_table_as_given_earns_nothing(tmp_path: Path) -> None:
    lay_out_exercise(SLUG, tmp_path / "candidate", 3)
    report = check_exercise(SLUG, tmp_path / "candidate")
    assert report.score == 0
    assert "score.json cannot be read" in report.parts[-1].note


def test_oracle_on_three_rows_by_hand() -> None:
    """Cut-offs 1 January, 31 January and 1 February; the first outcome (1) is known from 31 January on."""
    cutoff = pd.to_datetime(["2025-01-01", "2025-01-31", "2025-02-01"])
    labels = pd.DataFrame({"user": [1, 2, 1], "cutoff": cutoff, "y": [1, 0, 0], "city": 5})
    opened = pd.to_datetime(
        ["2024-12-31", "2025-01-01 00:00:01", "2025-02-01", "2025-01-31 00:00:01"], format="ISO8601"
    )
    given = exercise.Data(pd.DataFrame({"user": [1, 1, 1, 2], "opened_at": opened}), labels)
    assert exercise.known_rate(given).tolist() == [0.25, 1.0, 1.0]
    assert exercise.known_tickets(given).tolist() == [1, 0, 3]


def test_oracle_is_the_plain_definition() -> None:
    """For rows drawn at random, counting one by one gives the same."""
    given = exercise.data(4, 2, 400)
    counts, rates = exercise.known_tickets(given), exercise.known_rate(given)
    for row in np.random.default_rng(0).integers(0, len(given.labels), 40):
        it = given.labels.iloc[row]
        own = given.tickets[given.tickets["user"] == it["user"]]
        assert counts[row] == (own["opened_at"] <= it["cutoff"]).sum()
        others = given.labels[given.labels["city"] == it["city"]]
        known = others[others["cutoff"] + exercise.KNOWN_AFTER <= it["cutoff"]]["y"]
        assert rates[row] == pytest.approx(known.mean() if len(known) else 0.25)


def test_folder_holds_the_material_and_no_seed(tmp_path: Path) -> None:
    lay_out_exercise(SLUG, tmp_path / "candidate", 3)
    inside = sorted(path.name for path in (tmp_path / "candidate").iterdir())
    assert inside == ["README.md", "features.py", "labels.csv", "tickets.csv", "train.py"]
    assert [
        word
        for word in ("seed", "planted", "will not hold", "known at")
        if word in exercise.README.casefold()
    ] == []
    assert len(pd.read_csv(tmp_path / "candidate/labels.csv")) == 12_960


def test_the_code_to_repair_is_the_reviewed_one() -> None:
    """The function that the review question shows, line by line."""
    reviewed = (exercise.GIVEN.parent / "reviewed.py").read_text(encoding="utf-8")
    given = (exercise.GIVEN / "features.py").read_text(encoding="utf-8")
    assert given[given.index("def build_table") :].strip() in reviewed
