"""The exercise on serving rows: lay it out, and score a report and a repair against what was planted."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from question_bank.exercise import Part
from question_bank.jail import run
from question_bank.jail.results import UnreadableError, read_columns, read_json, whole

from ..bench import handed_in, laid_out
from .generate import COLUMNS, HOURS, SWITCH, Pair, Plan, differing, pair, plan

TITLE = "What the live service feeds the model"
HIDDEN_ROWS = 3_000
# Laid out by us, whatever lies in the folder.
TABLES = ("training.csv", "serving.csv", "repaired.csv")
CAUSES = ("time zone", "filled gap", "rounding", "unit", "stale value", "other")

README = """# What the live service feeds the model

A model says for each booking of a shared car how likely the car comes back late. For 5,000 bookings of March
and April 2026 the live service kept what it gave the model (`serving.csv`). `training.csv` holds the same
bookings, in another order, as the training table has them. `booked_at` and `pickup_at` are in UTC in both.

| column | meaning |
|---|---|
| booked_hour, pickup_hour | hour of the day, 0 to 23 |
| days_since_last | days since the member's last trip; empty for the first one |
| last_rating, home_km | empty where not known |
| trip_km, battery, price, minutes_booked | of this booking |
| trips_v_last_month | trips this month less trips last month |

Write two files:

1. `report.json`, with every column whose values are not the same in the two files for the same booking (a gap
   on both sides is the same), and no other:

       {"columns": [{"column": "battery", "cause": "unit", "rows": 1234, "harmless": false}]}

   `cause` is one of: time zone, filled gap, rounding, unit, stale value, other. `rows` counts the bookings
   that differ. `harmless` is true where no decision of a model on this column could sensibly depend on it.
2. `repair.py`, which reads `serving.csv` from the folder it is started in and writes `repaired.csv`: the same
   rows and columns, with the harmful differences undone, so that the model gets what it was trained on. It is
   tried on other bookings of the same two months, without `training.csv` next to it.

A program `report.py` may write report.json, and other files that repair.py reads. Python, NumPy and pandas are
there; no network is needed. You have 45 minutes. Afterwards you talk us through it.
"""


class Repaired(NamedTuple):
    """What repair.py made of the hidden bookings, in the order of `Pair.training`, or the `trouble`."""

    table: pd.DataFrame | None
    trouble: str


def lay_out(folder: Path, seed: int) -> None:
    """Writes the task and the two tables, each in an order of its own."""
    shown = pair(plan(seed), np.random.default_rng([seed, 2]))
    (folder / "README.md").write_text(README, encoding="utf-8")
    _write(shown.training, folder / "training.csv", np.random.default_rng([seed, 4]))
    _write(shown.serving, folder / "serving.csv", np.random.default_rng([seed, 5]))


def _write(table: pd.DataFrame, path: Path, rng: np.random.Generator) -> None:
    shuffled = table.iloc[rng.permutation(len(table))]
    shuffled.to_csv(path, index=False, date_format="%Y-%m-%dT%H:%M:%SZ")


def truth(folder: Path, seed: int, secret: int | None = None) -> dict[str, Any]:
    """What the seed planted, with the number of bookings that differ."""
    planned = plan(seed)
    rows = _rows(planned, seed)
    columns = [
        {"column": name, "cause": cause, "rows": rows[name], "harmless": cause == "rounding"}
        for name, cause in planned.causes.items()
    ]
    return {"columns": columns, **planned._asdict()}


def _rows(planned: Plan, seed: int) -> dict[str, int]:
    shown = pair(planned, np.random.default_rng([seed, 2]))
    return {name: int(differing(shown.training[name], shown.serving[name]).sum()) for name in planned.causes}


def check(folder: Path, seed: int, secret: int | None = None) -> list[Part]:
    """Scores the report against the plan of this seed, and repair.py on bookings nobody has seen."""
    planned = plan(seed)
    rng = np.random.default_rng([seed if secret is None else secret, 3])
    hidden = pair(planned, rng, HIDDEN_ROWS)
    files, found, trouble = _reported(folder, seed)
    try:
        said = _said(found) if not trouble else {}
    except (UnreadableError, KeyError, TypeError, ValueError) as error:
        said, trouble = {}, f"report.json cannot be read: {type(error).__name__} {error}"
    repaired = _repaired(files, hidden)
    report = _report_parts(said, trouble, planned, _rows(planned, seed))
    return [*report, *_repair_parts(planned, hidden, repaired)]


def _reported(folder: Path, seed: int) -> tuple[dict[str, bytes | Path], bytes | None, str]:
    """The candidate's files, what report.json holds, and why report.py gave none."""
    files: dict[str, bytes | Path] = dict(handed_in(folder, *TABLES))
    if "report.py" not in files:
        text = folder / "report.json"
        return files, text.read_bytes() if text.is_file() else None, ""
    with tempfile.TemporaryDirectory() as name:
        # Tables that the candidate has changed are laid out anew.
        given = laid_out(partial(lay_out, seed=seed), Path(name) / "given")
    ran = run({**files, **given}, "report.py", want=["*"])
    # What report.py has left beside it may be read by repair.py.
    files |= {path: data for path, data in ran.files.items() if path not in TABLES}
    trouble = "" if ran.code == 0 else f"report.py ended with {ran.code}: {ran.err.strip()[-200:]}"
    return files, ran.files.get("report.json"), trouble


def _report_parts(
    said: dict[str, dict[str, Any]], trouble: str, planned: Plan, rows: dict[str, int]
) -> list[Part]:
    true = planned.causes
    hits = sorted(set(true) & set(said))
    false = len(said) - len(hits)
    named = max(0, len(hits) - false) / len(true)
    right = {
        "cause": sum(said[name]["cause"] == true[name] for name in hits),
        "rows": sum(abs(said[name]["rows"] - rows[name]) <= 0.01 * rows[name] for name in hits),
        "harmless": sum(said[name]["harmless"] == (true[name] == "rounding") for name in hits),
    }
    share = {key: count / len(true) if named else 0.0 for key, count in right.items()}
    note = trouble or f"{len(hits)} of {len(true)} columns, {false} false"
    return [
        _part("The columns that differ, less one for each false one", 12, named, note),
        _part("The cause of each", 12, share["cause"], f"{right['cause']} of 3"),
        _part("How many bookings differ, and which difference is harmless", 6,
              (share["rows"] + share["harmless"]) / 2, f"{right['rows']} and {right['harmless']} of 3"),
    ]  # fmt: skip


def _said(data: bytes | None) -> dict[str, dict[str, Any]]:
    if data is None:
        raise UnreadableError("it is missing")
    return {
        str(line["column"]): {
            "cause": str(line["cause"]),
            "rows": whole(line["rows"]),
            "harmless": bool(line["harmless"]),
        }
        for line in read_json(data)["columns"]
    }


def _repaired(files: Mapping[str, bytes | Path], hidden: Pair) -> Repaired:
    if "repair.py" not in files:
        return Repaired(None, "there is no repair.py")
    with tempfile.TemporaryDirectory() as name:
        table = Path(name) / "serving.csv"
        _write(hidden.serving, table, np.random.default_rng(0))
        given = {**files, "serving.csv": table.read_bytes()}
    ran = run(given, "repair.py", want=["repaired.csv"])
    if ran.code != 0:
        return Repaired(None, f"repair.py ended with {ran.code}: {ran.err.strip()[-200:]}")
    try:
        return _read(ran.files.get("repaired.csv", b""), hidden)
    except (UnreadableError, ValueError, KeyError, TypeError) as error:
        return Repaired(None, f"repaired.csv cannot be read: {type(error).__name__} {error}")


def _read(data: bytes, hidden: Pair) -> Repaired:
    held = read_columns(data, ("booking", *COLUMNS), 2 * len(hidden.training))
    read = pd.DataFrame({name: pd.to_numeric(pd.Series(held[name], dtype=str)) for name in held})
    read = read.set_index("booking")
    table = read.loc[hidden.training["booking"], list(COLUMNS)].astype(float).reset_index(drop=True)
    return Repaired(table, "" if len(table) == len(hidden.training) else "repaired.csv repeats bookings")


def _repair_parts(planned: Plan, hidden: Pair, repaired: Repaired) -> list[Part]:
    summer = (hidden.training[HOURS[planned.hour]] >= SWITCH).to_numpy()
    gaps = differing(hidden.training[planned.gap], hidden.serving[planned.gap])
    everything = np.ones(len(summer), dtype=bool)
    before = _equal(repaired, hidden, planned.hour, ~summer)
    after = _equal(repaired, hidden, planned.hour, summer)
    filled = _equal(repaired, hidden, planned.gap, everything)
    kept = [
        name
        for name in COLUMNS
        if name not in (planned.hour, planned.gap, planned.rounded)
        and _equal(repaired, hidden, name, everything)
    ]
    others = len(COLUMNS) - 3
    both = before and after
    left = len(kept) == others and (both or filled)
    trouble = repaired.trouble
    return [
        _part("repair.py: the hour, before the clocks change", 8, 1 if both else before / 2, trouble),
        _part("repair.py: the hour, after the clocks change", 8, 1 if both else after / 2, trouble),
        _part(f"repair.py: the {int(gaps.sum())} gaps as in training", 8, filled, trouble),
        _part("repair.py: nothing else has changed", 6, left, f"{len(kept)} of {others} columns as they were"),
    ]  # fmt: skip


def _equal(repaired: Repaired, hidden: Pair, name: str, where: Any) -> bool:
    if repaired.table is None or repaired.trouble:
        return False
    wrong = differing(repaired.table[name], hidden.training[name])[where]
    return float(wrong.mean()) <= 0.002


def _part(what: str, points: int, share: float, note: str = "") -> Part:
    return Part(what=what, points=points, got=round(points * float(share), 2), note=note)
