"""The numbers and the material of the exercise on a training job that never gives the same model twice."""

from __future__ import annotations

import ast
import csv
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from question_bank.exhibits.flaky_training import exercise, make_data
from question_bank.load import BANK
from question_bank.model import Question
from rubrics.files import read_model

QUESTION = read_model(BANK / "questions/mlops/flaky-training.yaml", BANK, Question)
FOLDER = BANK / "exhibits/flaky_training"
TRAIN = (FOLDER / "train.py").read_text(encoding="utf-8")
LINES = TRAIN.splitlines()

# What differs between two machines: the order of files, the clock, fresh random numbers, and the hash seed
# (set outside). All of it follows from the run's number, so that this test is not flaky itself.
PERTURBED = """
import glob, pathlib, random, runpy, sys, time
import numpy
number, script = int(sys.argv[1]), sys.argv[2]
sys.argv = [script, *sys.argv[3:]]
shuffle = lambda paths: random.Random(number).sample(paths, len(paths))
listed, found = glob.glob, pathlib.Path.glob
glob.glob = lambda *args, **kwargs: shuffle(sorted(listed(*args, **kwargs)))
pathlib.Path.glob = lambda *args, **kwargs: iter(shuffle(sorted(found(*args, **kwargs))))
time.time = lambda: 1.795e9 + (97 * 86_400 + 1_234.5) * number
numpy.random.seed(number)
runpy.run_path(script, run_name="__main__")
"""
# Order and seeds mended; the clock, the account number and the split over accounts are left.
CLOCK_LEFT = (
    TRAIN.replace('glob.glob("data/*.csv")', 'sorted(glob.glob("data/*.csv"))')
    .replace('enumerate({row["city"] for row in rows})', 'enumerate(sorted({row["city"] for row in rows}))')
    .replace("test_size=0.25)", "test_size=0.25, random_state=0)")
    .replace("min_samples_leaf=3)", "min_samples_leaf=3, random_state=0)")
)
MENDED = CLOCK_LEFT.replace("time.time() / 86400 % 365", "365")
NUMBER_DROPPED = MENDED.replace("[account, city,", "[city,")


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """Reports of each job, run in several perturbed processes, and where its predictions lie."""
    folder = tmp_path_factory.mktemp("flaky")
    make_data.write(folder / "data")
    train, solution = FOLDER / "train.py", FOLDER / "solutions/reference/train.py"
    clock_left, mended, dropped = folder / "clock_left.py", folder / "mended.py", folder / "dropped.py"
    for path, text in ((clock_left, CLOCK_LEFT), (mended, MENDED), (dropped, NUMBER_DROPPED)):
        path.write_text(text, encoding="utf-8")
    jobs = [("given", train, n, []) for n in (1, 2, 3, 4)]
    jobs += [("reference", solution, n, []) for n in (1, 2, 3, 4)]
    jobs += [("clock left", clock_left, n, []) for n in (1, 2)]
    jobs += [("mended", mended, n, []) for n in (1, 2)]
    jobs += [("number dropped", dropped, 1, [])]
    jobs += [("highest seed", solution, 0, ["--seed", "2"])]

    # Many imports of scikit-learn: let them share compiled files, also where none may be written.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")

    def run(job: tuple[str, Path, int, list[str]]) -> tuple[str, dict[str, Any]]:
        name, script, number, extra = job
        place = folder / f"{name}-{number}-{'-'.join(extra)}"
        place.mkdir()
        (place / "data").symlink_to(folder / "data")
        done = subprocess.run(
            [sys.executable, "-c", PERTURBED, str(number), str(script), *extra],
            cwd=place,
            env={**env, "PYTHONHASHSEED": str(number + 1)},
            capture_output=True,
            text=True,
            check=True,
        )
        return name, {**json.loads(done.stdout), "place": place}

    reports: dict[str, list[dict[str, Any]]] = {}
    with ThreadPoolExecutor(2) as pool:
        for name, report in pool.map(run, jobs):
            reports.setdefault(name, []).append(report)
    return reports


def test_the_job_on_the_page_is_the_job_in_the_folder() -> None:
    """The exhibit equals train.py, parses, fits a page, and no comment gives a fault away."""
    assert QUESTION.exhibit("train").code == TRAIN
    ast.parse(TRAIN)
    assert 25 <= len(LINES) <= 60
    assert max(map(len, LINES)) <= 100
    assert "#" not in TRAIN
    assert f"{len(LINES)} lines" in QUESTION.exhibit("train").text_alternative


def test_every_fault_stands_on_the_line_that_the_key_names() -> None:
    """The numbered lines hold the code that the defect talks about."""
    parts = {
        "D1": ["glob.glob("],
        "D2": ['{row["city"] for row in rows}'],
        "D3": ["time.time()"],
        "D4": ["train_test_split("],
        "D5": ["train_test_split("],
        "D6": ["RandomForestClassifier("],
        "D7": ['"account"', "account, city"],
    }
    for defect in QUESTION.defects:
        for line, part in zip(defect.lines, parts[defect.id], strict=True):
            assert part in LINES[line - 1], defect.id
    assert ".round(9)" in LINES[37]
    assert "sha256" in LINES[44]


def test_the_data_are_the_same_for_the_same_seed_and_as_large_as_said() -> None:
    """6,000 rows of 898 accounts in four files, the same every time and another with another seed."""
    rows = make_data.make_rows()
    assert rows == make_data.make_rows()
    assert rows != make_data.make_rows(seed=5)
    accounts = len({row["account"] for row in rows})
    given = {number.about: number.give for number in QUESTION.numbers}
    assert given["Rows and accounts"].startswith(f"{len(rows):,} rows, {accounts} accounts")
    assert f"four files in data/, {len(rows):,} rows" in (QUESTION.card or "")
    assert make_data.FILES == 4


def test_the_given_job_gives_another_model_on_every_run(runs: dict[str, list[dict[str, Any]]]) -> None:
    """Four runs, four digests, an AUC between 0.79 and 0.83."""
    assert len({run["model"] for run in runs["given"]}) == 4
    assert all(0.79 <= round(run["auc"], 2) <= 0.83 for run in runs["given"])
    assert QUESTION.exhibit("results").rows[0] == ("As given", "4 different", "0.79 to 0.83")


def test_the_reference_gives_one_model_and_the_printed_score(runs: dict[str, list[dict[str, Any]]]) -> None:
    """Four runs, one digest, 0.68 with an interval from 0.64 to 0.72."""
    assert len({run["model"] for run in runs["reference"]}) == 1
    report = runs["reference"][0]
    low, high = report["interval"]
    assert QUESTION.exhibit("results").rows[1] == (
        "Reference answer",
        "1",
        f"{report['auc']:.2f} (interval {low:.2f} to {high:.2f})",
    )
    assert f"AUC {report['auc']:.2f}, interval by account {low:.2f} to {high:.2f}" in " ".join(
        (QUESTION.ground_truth or "").split()
    )
    assert low < report["auc"] < high < 0.78 - 0.02
    assert high < min(run["auc"] for run in runs["given"])


def test_the_reference_keeps_accounts_apart_and_the_given_job_does_not(
    runs: dict[str, list[dict[str, Any]]],
) -> None:
    """No account of the reference has rows in both parts; nearly all test accounts of the given job do."""
    account = {row["row"]: row["account"] for row in make_data.make_rows()}

    def shared(run: dict[str, Any]) -> float:
        with open(run["place"] / "predictions.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        parts = {
            part: {account[row["row"]] for row in rows if row["part"] == part} for part in ("train", "test")
        }
        return len(parts["train"] & parts["test"]) / len(parts["test"])

    assert shared(runs["reference"][0]) == 0
    assert shared(runs["given"][0]) > 0.95


def test_the_highest_of_twenty_seeds_stays_in_the_printed_range(
    runs: dict[str, list[dict[str, Any]]],
) -> None:
    """Of the seeds 0 to 19 number 2 scores highest; it too lies between 0.64 and 0.72."""
    assert 0.64 <= runs["highest seed"][0]["auc"] <= 0.72
    assert "give 0.64 to 0.72" in " ".join((QUESTION.ground_truth or "").split())


def test_the_clock_alone_changes_the_digest_and_hardly_the_score(
    runs: dict[str, list[dict[str, Any]]],
) -> None:
    """Sorted and seeded, the job still gives another digest on another day, with the same AUC."""
    first, second = runs["clock left"]
    assert first["model"] != second["model"]
    assert abs(first["auc"] - second["auc"]) < 0.002


def test_equal_is_not_yet_honest(runs: dict[str, list[dict[str, Any]]]) -> None:
    """Sorted, seeded and with a fixed date, the job gives one digest and still reports about 0.80."""
    assert len({run["model"] for run in runs["mended"]}) == 1
    assert all(abs(run["auc"] - 0.80) < 0.025 for run in runs["mended"])


def test_dropping_the_account_number_is_half_of_the_way(runs: dict[str, list[dict[str, Any]]]) -> None:
    """Without the number, with accounts on both sides, the job reports 0.77: the fee gives accounts away."""
    assert f"{runs['number dropped'][0]['auc']:.2f}" == "0.77"
    assert "still split at random it is 0.77" in " ".join((QUESTION.ground_truth or "").split())


def test_the_points_are_sixty_by_machine_and_forty_by_a_person() -> None:
    """The tasks add up to a hundred points."""
    points = {"machine": 0, "person": 0}
    for task in QUESTION.tasks:
        points[task.scored_by] += task.points
    assert points == {"machine": 60, "person": 40}


def test_drawing_rows_makes_the_interval_too_narrow(runs: dict[str, list[dict[str, Any]]]) -> None:
    """Rows drawn one by one give 0.66 to 0.71, whole accounts 0.64 to 0.72."""
    made = {row["row"]: row for row in make_data.make_rows()}
    with open(runs["reference"][0]["place"] / "predictions.csv", newline="", encoding="utf-8") as file:
        tested = [row for row in csv.DictReader(file) if row["part"] == "test"]
    churned = np.array([int(made[row["row"]]["churned"]) for row in tested])
    score = np.array([float(row["score"]) for row in tested])
    draw = np.random.default_rng(0)
    chosen = (draw.integers(0, len(tested), len(tested)) for _ in range(400))
    low, high = np.quantile([roc_auc_score(churned[rows], score[rows]) for rows in chosen], [0.025, 0.975])
    assert (round(low, 2), round(high, 2)) == (0.66, 0.71)
    assert "0.66 to 0.71" in QUESTION.signal("f").listen_for


def test_neither_card_nor_readme_says_for_whom_the_score_is() -> None:
    """What the score is for, and which accounts are there twice, comes on request or is found."""
    shown = " ".join([QUESTION.prompt, QUESTION.card or "", exercise.README]).casefold()
    assert [
        words
        for words in ("never seen", "first month", "twice", "hash seed", "clock", "0.68")
        if words in shown
    ] == []
    assert any("first month" in number.give for number in QUESTION.numbers)
