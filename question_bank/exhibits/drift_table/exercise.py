"""The exercise on planted moves: lay it out, and score a report against what was planted."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from question_bank.exercise import Part
from question_bank.jail.results import whole

from ..bench import reported
from .generate import WEIGHTS, Plan, frames, plan

NEEDS = ("sklearn",)
TITLE = "Which of these moves matter"
# Above this number of false reports the list names everything and so nothing.
FLOOD = 10

README = """# Which of these moves matter

A model says for each repair visit how likely a second visit is. Five client firms, A to E, send visits.

- `reference.csv`: an earlier period with known outcomes (`second_visit`), the columns, and the model's `score`.
  Every column is put on one scale: in the reference its mean is near 50 and its spread near 10.
- `week-1.csv` to `week-8.csv`: the weeks since, on the same scale. Outcomes have not arrived yet.
- `outcomes.csv`: for a random sample of each week's visits the outcome was bought early
  (`week`, `visit`, `second_visit`).
- `model.json`: what the model weighs, per standard deviation of the reference.

Write `report.json`, by hand or by a program `answer.py` that writes it into the folder it is started in:

    {"moves": [{"week": 3, "column": "humidity", "client": "all", "effect": "unused"}],
     "link_changed": [5]}

- `moves`: each column that really moved in a week. "Moved" means: the process behind the data shifted the
  column's mean by at least a fifth of a reference standard deviation, for the whole week (`"client": "all"`)
  or for one client's visits (`"client": "C"`; where one client alone explains it, name that client).
  Name a move once.
- `effect`: `unused` (the model does not use the column), `fault` (values arrive that no visit can have) or
  `mix` (values that visits can have, in other proportions).
- `link_changed`: weeks in which the same kind of visit turns out differently from what the model learned.

Your budget is one false report in all eight weeks. Python, NumPy, pandas and scikit-learn are available; no
network is needed. You may use an AI assistant here. Afterwards you explain your report without it, and change
your rule on the spot.
"""


def lay_out(folder: Path, seed: int) -> None:
    """Writes the task, the reference, eight weeks, the sampled outcomes and the model's weights."""
    reference, weeks, outcomes = frames(seed)
    (folder / "README.md").write_text(README, encoding="utf-8")
    reference.to_csv(folder / "reference.csv", index=False, float_format="%.3f")
    for week, table in weeks.items():
        table.to_csv(folder / f"week-{week}.csv", index=False, float_format="%.3f")
    outcomes.to_csv(folder / "outcomes.csv", index=False)
    (folder / "model.json").write_text(json.dumps(WEIGHTS, indent=1) + "\n", encoding="utf-8")


def truth(folder: Path, seed: int, secret: int | None = None) -> dict[str, Any]:
    """What the seed planted."""
    planned = plan(seed)
    return {
        "moves": [move._asdict() for move in planned.moves],
        "link_changed": [planned.link_changed],
        "large week, tiny move": [planned.large, planned.tiny_column],
        "small week, noise only": planned.small,
    }


def check(folder: Path, seed: int, secret: int | None = None) -> list[Part]:
    """Scores the report against the plan of this seed; changed data in the folder has no effect."""
    found, said = reported(folder, partial(lay_out, seed=seed), _read)
    if found is None:
        return _parts(0, 0, 0, 0, 0, said)
    return _score(found, plan(seed))


def _read(held: Any) -> dict[str, Any]:
    moves = [
        (whole(move["week"]), str(move["column"]), str(move["client"]), str(move["effect"]))
        for move in held["moves"]
    ]
    return {"moves": moves, "link": sorted({whole(week) for week in held["link_changed"]})}


def _score(found: dict[str, Any], planned: Plan) -> list[Part]:
    true = {(move.week, move.column): move for move in planned.moves}
    said = {(week, column): (client, effect) for week, column, client, effect in reversed(found["moves"])}
    hits = sorted(set(true) & set(said))
    false = len(found["moves"]) - len(hits) + len(set(found["link"]) - {planned.link_changed})
    seen = f"{len(hits)} of {len(true)} moves, {false} false or repeated reports"
    if false > FLOOD:
        return _parts(0, 0, 0, 0, 0, f"{seen}: a list that names everything names nothing")
    right_client = sum(said[key][0] == true[key].client for key in hits)
    right_effect = sum(said[key][1] == true[key].effect for key in hits)
    link = float(found["link"] == [planned.link_changed])
    share = max(0.0, len(hits) - false / 2) / len(true)
    budget = float(len(hits) >= 3 and false <= 1)
    return _parts(share, right_client / len(true), right_effect / len(true), link, budget, seen)


def _parts(moves: float, clients: float, effects: float, link: float, budget: float, note: str) -> list[Part]:
    scored = (
        ("Moves found, less half a move for each false report", 20, moves),
        ("The client or the whole week named rightly", 10, clients),
        ("What each move means: unused, mix or fault", 14, effects),
        ("The week of the changed link, and no other", 10, link),
        ("At most one false report, with three or more moves found", 6, budget),
    )
    return [
        Part(what=what, points=points, got=round(points * share, 2), note=note)
        for what, points, share in scored
    ]
