"""The exercise on a training job that never gives the same model twice: four perturbed runs on hidden data."""

from __future__ import annotations

import csv
import hashlib
import json
import random
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from question_bank.exercise import Part, run_guarded

from . import make_data

TITLE = "Same commit, same data, another model"
HERE = Path(__file__).parent
# Seeds of data on which the reference's honest score is 0.68 or 0.69, as the question says, and the job as given
# shows 0.79 to 0.83.
SUITABLE = (4, 18, 33, 37, 51, 53, 55, 56)
# Two processes, so that hash seeds differ; order, clock and data of each run.
FIRST, SECOND = ("1-1-kept", "1-2-kept"), ("3-3-kept", "4-4-kept", "4-4-renumbered")
PERTURBED = (*FIRST, *SECOND[:2])
WORTHLESS, TOO_HIGH = 0.6, 0.78

README = """# Same commit, same data, another model

`python train.py` reads data/*.csv (6,000 rows: row number, account, city, monthly fee, day last seen in a year of
365 days, churned or not), trains, writes predictions.csv and prints one line of JSON. From the same commit and the
same data it gives a different model on every run.

1. Change train.py so that two runs on two machines give the same model.
2. Change it so that it reports the score that you would stand behind, for accounts that it has never seen.

Keep predictions.csv (row, part, score; part is train or test) and the digest as they are, computed from the model's
scores of all rows. Add to the JSON: "interval", two numbers around the AUC. Keep the kind of model; a higher score
earns nothing. `python train.py` has to run without arguments; train.py may bring other modules along.

Scoring runs it on other data of the same making, with files listed in another order, other hash seeds and another
clock, and once with accounts renumbered. NumPy, pandas and scikit-learn are at hand; no network is needed. You have
45 minutes. Afterwards you talk us through what you changed and how you knew.
"""


class Run(NamedTuple):
    """What one run left: its JSON, the part and score of each row, and a digest of what the model was given."""

    report: dict[str, Any]
    parts: dict[int, str]
    scores: dict[int, float]
    columns: str

    @property
    def digest(self) -> str:
        """The digest recomputed from predictions.csv, in the order of row numbers."""
        listed = [self.scores[row] for row in sorted(self.scores)]
        return hashlib.sha256(json.dumps(listed).encode()).hexdigest()[:12]


def lay_out(folder: Path, seed: int) -> None:
    """Writes the task, the job as given and its four files of data."""
    (folder / "README.md").write_text(README, encoding="utf-8")
    shutil.copyfile(HERE / "train.py", folder / "train.py")
    make_data.write(folder / "data", _data_seed(seed, "shown"))


def _data_seed(seed: int, use: str) -> int:
    order = random.Random(f"{seed}:data").sample(SUITABLE, 2)
    return order[0] if use == "shown" else order[1]


def truth(folder: Path, seed: int) -> dict[str, Any]:
    """Where an honest and a dishonest score lie on the shown data."""
    return {"honest auc": [0.62, 0.74], "auc with shared accounts": [0.76, 0.86]}


def check(folder: Path, seed: int) -> list[Part]:
    """Runs train.py five times in two processes on data that nobody has seen."""
    rows = make_data.make_rows(_data_seed(seed, "hidden"))
    with tempfile.TemporaryDirectory() as name:
        runs, trouble = _runs(folder, Path(name), rows)
    learnt = [_auc(runs[label], rows) >= WORTHLESS for label in PERTURBED if label in runs]
    if len(learnt) < len(PERTURBED) or not all(learnt):
        return _parts(trouble or f"{sum(learnt)} of 4 runs gave predictions better than chance")
    found = [runs[label] for label in PERTURBED]
    digests = {run.digest for run in found}
    true_digest = all(run.report.get("model") == run.digest for run in found)
    first = found[0]
    shared = _shared(first, rows)
    steady = found[0].digest == found[1].digest
    return _parts(
        f"{len(digests)} digests, {shared} shared accounts, {_said(first)}",
        digests=len(digests) == 1 and true_digest,
        accounts=shared == 0,
        clock=steady,
        columns=_unnumbered(runs),
        report=shared == 0 and _reported(first, rows),
    )


def _unnumbered(runs: dict[str, Run]) -> bool:
    kept, renumbered = runs.get(SECOND[1]), runs.get(SECOND[2])
    return kept is not None and renumbered is not None and kept.columns == renumbered.columns != ""


def _runs(folder: Path, work: Path, rows: list[dict[str, str]]) -> tuple[dict[str, Run], str]:
    for script in sorted(folder.glob("*.py")):
        shutil.copyfile(script, work / script.name)
    shutil.copyfile(HERE / "perturb.py", work / "_perturb.py")
    _write(rows, work / "kept")
    numbers = sorted({row["account"] for row in rows}, key=int)
    other = dict(zip(numbers, random.Random(1).sample(numbers, len(numbers)), strict=True))
    _write([{**row, "account": other[row["account"]]} for row in rows], work / "renumbered")
    (work / "out").mkdir()
    errors = [
        run_guarded(work, "_perturb.py", ["out", *labels], seconds=60).err for labels in (FIRST, SECOND)
    ]
    runs = {label: run for label in (*FIRST, *SECOND) if (run := _read(work / "out", label, len(rows)))}
    trouble = next((error.strip()[-200:] for error in errors if error.strip()), "")
    return runs, "" if len(runs) == 5 else f"{len(runs)} of 5 runs: {trouble}"


def _write(rows: Sequence[dict[str, str]], folder: Path) -> None:
    folder.mkdir()
    for part in range(make_data.FILES):
        with open(folder / f"part-{part}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, make_data.COLUMNS)
            writer.writeheader()
            writer.writerows(rows[part * make_data.ROWS_A_FILE : (part + 1) * make_data.ROWS_A_FILE])


def _read(out: Path, label: str, count: int) -> Run | None:
    """A run's results; None where something is missing or rows are not those of the data."""
    try:
        report = json.loads((out / f"{label}.json").read_text(encoding="utf-8").strip().splitlines()[-1])
        with open(out / f"{label}.csv", newline="", encoding="utf-8") as file:
            lines = [(int(row["row"]), row["part"], float(row["score"])) for row in csv.DictReader(file)]
        columns = (out / f"{label}.columns").read_text(encoding="utf-8")
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        return None
    parts, scores = ({line[0]: line[n] for line in lines} for n in (1, 2))
    complete = sorted(parts) == list(range(count)) and set(parts.values()) == {"train", "test"}
    return Run(report, parts, scores, columns) if complete and isinstance(report, dict) else None  # type: ignore[arg-type]


def _tested(run: Run) -> list[int]:
    return [row for row, part in run.parts.items() if part == "test"]


def _auc(run: Run, rows: list[dict[str, str]]) -> float:
    """Chance that a churned row of the test part scores above another one; ties count half."""
    tested = _tested(run)
    score = np.array([run.scores[row] for row in tested])
    churned = np.array([rows[row]["churned"] == "1" for row in tested])
    if churned.all() or not churned.any():
        return 0.0
    above = score[churned][:, None] - score[~churned][None, :]
    return float(((above > 0) + 0.5 * (above == 0)).mean())


def _shared(run: Run, rows: list[dict[str, str]]) -> int:
    """Accounts with rows in both parts; all of them where a part is next to nothing."""
    tested = set(_tested(run))
    sides = [
        {row["account"] for row in rows if (int(row["row"]) in tested) == side} for side in (True, False)
    ]
    if not 0.1 <= len(tested) / len(rows) <= 0.5:
        return len(sides[0] | sides[1])
    return len(sides[0] & sides[1])


def _reported(run: Run, rows: list[dict[str, str]]) -> bool:
    """Whether the JSON's numbers are those of predictions.csv, with an interval that is neither point nor wall."""
    try:
        auc, count = float(run.report["auc"]), int(run.report["n_test"])
        low, high = map(float, run.report["interval"])
    except (KeyError, TypeError, ValueError):
        return False
    agrees = abs(auc - _auc(run, rows)) < 0.002 and count == len(_tested(run))
    return agrees and low < auc < high < TOO_HIGH and 0.02 <= high - low <= 0.2


def _said(run: Run) -> str:
    return ", ".join(f"{name} {run.report.get(name)}" for name in ("auc", "n_test", "interval"))


def _parts(note: str, **right: bool) -> list[Part]:
    scored = (
        ("Four runs give one digest, recomputed from predictions.csv", 20, "digests"),
        ("No account has rows in both parts", 15, "accounts"),
        ("Another clock alone changes no score", 10, "clock"),
        ("Renumbered accounts change no column that the model is given", 5, "columns"),
        ("auc, n_test and interval are right and lie below 0.78", 10, "report"),
    )
    return [
        Part(what=what, points=points, got=float(points if right.get(key) else 0), note=note)
        for what, points, key in scored
    ]
