"""Eight weeks of data with planted moves: what a candidate sees, and what was planted.

A model says for each repair visit how likely a second visit is. Five client firms send visits. Five moves are
planted in ordinary weeks; one week is large and moves too little to matter, one is small and only noisy, and
in one week nothing moves but the link between columns and outcome.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

COLUMNS = (
    "unit_age", "run_hours", "error_count", "load_share", "parts_price", "days_since_service",
    "trip_minutes", "humidity", "queue_length", "call_minutes", "start_delay", "firmware_age",
)  # fmt: skip
# What the model weighs, per reference standard deviation; it leaves the other columns alone.
WEIGHTS = {
    "unit_age": 0.5,
    "run_hours": 0.7,
    "error_count": 0.6,
    "load_share": -0.5,
    "parts_price": 0.4,
    "days_since_service": 0.5,
}
INTERCEPT = -1.5
CENTRE, SPREAD = 50.0, 10.0
CLIENTS = ("A", "B", "C", "D", "E")
CLIENT_SHARES = (0.35, 0.25, 0.2, 0.12, 0.08)
CLIENT_OFFSETS = (0.0, 0.3, -0.3, 0.2, -0.2)
REFERENCE, ORDINARY, LARGE, SMALL, SAMPLE = 10_000, 4_000, 20_000, 300, 600
WEEKS = 8
TINY = 0.06
KINDS = ("unused", "mix", "mix in a client", "unit", "filled")


class Move(NamedTuple):
    """A planted move; `effect` is what it means: unused, mix or fault."""

    week: int
    column: str
    client: str
    effect: str
    kind: str


class Plan(NamedTuple):
    """What a seed plants, and where."""

    moves: tuple[Move, ...]
    large: int
    tiny_column: str
    small: int
    link_changed: int


def plan(seed: int) -> Plan:
    """Which week holds what; the same seed gives the same plan."""
    rng = np.random.default_rng([seed, 1])
    large, small, link, *ordinary = (int(week) + 1 for week in rng.permutation(WEEKS))
    used = list(rng.permutation(sorted(WEIGHTS)))
    unused = list(rng.permutation(sorted(set(COLUMNS) - set(WEIGHTS))))
    weeks = sorted(int(week) for week in rng.choice(ordinary, len(KINDS)))
    clients = iter(str(client) for client in rng.permutation(CLIENTS[:4]))
    moves = []
    for week, kind in zip(weeks, rng.permutation(KINDS), strict=True):
        column = str((unused if kind == "unused" else used).pop())
        whole = kind in ("unused", "mix")
        effect = {"unused": "unused", "unit": "fault", "filled": "fault"}.get(str(kind), "mix")
        moves.append(Move(week, column, "all" if whole else next(clients), effect, str(kind)))
    return Plan(tuple(moves), large, str(unused.pop()), small, link)


def chance(table: pd.DataFrame) -> NDArray[np.float64]:
    """The model: chance of a second visit for each row, from the columns as they arrived."""
    lean = INTERCEPT + sum(
        weight * (table[name].to_numpy() - CENTRE) / SPREAD for name, weight in WEIGHTS.items()
    )
    return 1 / (1 + np.exp(-np.clip(lean, -30, 30)))


def frames(seed: int) -> tuple[pd.DataFrame, dict[int, pd.DataFrame], pd.DataFrame]:
    """Reference with outcomes, the weeks without, and the outcomes of a random sample of each week."""
    planned = plan(seed)
    reference = _visits(np.random.default_rng([seed, 100]), REFERENCE)
    reference["second_visit"] = _outcomes(np.random.default_rng([seed, 200]), reference, False)
    reference["score"] = chance(reference).round(4)
    weeks, samples = {}, []
    for week in range(1, WEEKS + 1):
        rng = np.random.default_rng([seed, 100 + week])
        table = _visits(rng, {planned.large: LARGE, planned.small: SMALL}.get(week, ORDINARY))
        _move_people(table, week, planned)
        # What truly happens follows the true values; a fault spoils only what arrives.
        outcome = _outcomes(rng, table, week == planned.link_changed)
        _spoil(rng, table, week, planned)
        table["score"] = chance(table).round(4)
        drawn = np.sort(rng.choice(len(table), min(SAMPLE, len(table) // 2), replace=False))
        samples.append(pd.DataFrame({"week": week, "visit": drawn, "second_visit": outcome[drawn]}))
        weeks[week] = table.round(3)
    return reference.round(3), weeks, pd.concat(samples, ignore_index=True)


def _visits(rng: np.random.Generator, rows: int) -> pd.DataFrame:
    client = rng.choice(len(CLIENTS), rows, p=CLIENT_SHARES)
    values = rng.normal(0, 1, (rows, len(COLUMNS))) + np.array(CLIENT_OFFSETS)[client, None]
    table = pd.DataFrame(CENTRE + SPREAD * values, columns=list(COLUMNS))
    table.insert(0, "client", np.array(CLIENTS)[client])
    table.insert(0, "visit", np.arange(rows))
    return table


def _move_people(table: pd.DataFrame, week: int, planned: Plan) -> None:
    if week == planned.large:
        table[planned.tiny_column] += TINY * SPREAD
    for move in planned.moves:
        if move.week == week and move.effect != "fault":
            inside = table["client"].eq(move.client) | (move.client == "all")
            table.loc[inside, move.column] += {"unused": 0.9, "mix": 0.4}.get(move.kind, 0.8) * SPREAD


def _spoil(rng: np.random.Generator, table: pd.DataFrame, week: int, planned: Plan) -> None:
    for move in planned.moves:
        if move.week == week and move.effect == "fault":
            inside = table["client"].eq(move.client).to_numpy()
            if move.kind == "unit":
                table.loc[inside, move.column] *= 100
            else:
                table.loc[inside & (rng.random(len(table)) < 0.4), move.column] = 0.0


def _outcomes(rng: np.random.Generator, table: pd.DataFrame, changed: bool) -> NDArray[np.int64]:
    lean = np.log(1 / (1 / chance(table) - 1))
    if changed:
        # Worn units no longer matter, and a new fault hits everybody alike.
        worn = (table["run_hours"].to_numpy() - CENTRE) / SPREAD
        lean = lean - WEIGHTS["run_hours"] * worn + 0.9
    return (rng.random(len(table)) < 1 / (1 + np.exp(-lean))).astype(np.int64)


def main() -> None:
    """Each week's means and their spread, for a look at a seed."""
    reference, weeks, outcomes = frames(11)
    for name, table in (
        ("reference", reference),
        *((f"week {week}", table) for week, table in weeks.items()),
    ):
        print(name, len(table), *(f"{column} {table[column].mean():.2f}" for column in COLUMNS))
    print(outcomes.groupby("week")["second_visit"].mean().round(3).to_dict())


if __name__ == "__main__":
    main()
