"""Six weeks of parcels from seven client firms; from week 5 on client F sends lengths in metres.

A model says before arrival which parcels the belt cannot take. Run as a module it prints the tables.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from question_bank.exhibits.quiet_weeks.generate import psi

SEED, TRAIN, ROWS, WEEKS, WRONG_FROM = 10, 30_000, 8_000, 6, 5
CLIENTS, SHARES = ("A", "B", "C", "D", "E", "F", "G"), (0.29, 0.22, 0.16, 0.12, 0.10, 0.05, 0.06)
GUILTY = "F"
COLUMNS = ("length", "weight", "value", "items")
FLAG_AT = 0.4

Row = tuple[str, ...]


class Tables(NamedTuple):
    """Cells as printed."""

    overall: tuple[Row, ...]
    psis: tuple[Row, ...]
    stops: tuple[Row, ...]
    by_client: tuple[Row, ...]
    columns: tuple[Row, ...]
    examples: tuple[Row, ...]


def tables(seed: int = SEED) -> Tables:
    """All tables; the same seed gives the same cells."""
    rng = np.random.default_rng(seed)
    train = _parcels(rng, TRAIN)
    model = LogisticRegression(max_iter=1000)
    model.fit(train[list(COLUMNS)], train["by_hand"])
    weeks = []
    for week in range(1, WEEKS + 1):
        parcels = _parcels(rng, ROWS)
        if week >= WRONG_FROM:
            parcels["length"] = parcels["length"].where(parcels["client"] != GUILTY, parcels["length"] / 100)
        parcels["flagged"] = model.predict_proba(parcels[list(COLUMNS)])[:, 1] >= FLAG_AT
        weeks.append(parcels)
    return Tables(
        tuple(_overall(n + 1, week, train) for n, week in enumerate(weeks)),
        tuple((str(n + 1), *map(_thousandths, _psis(week, train))) for n, week in enumerate(weeks)),
        tuple(_stops(n + 1, week) for n, week in enumerate(weeks)),
        tuple(_by_client(name, weeks[3], weeks[-1]) for name in CLIENTS),
        tuple(_medians(name, weeks[3], weeks[-1]) for name in COLUMNS),
        _examples(weeks[-1]),
    )


def _parcels(rng: np.random.Generator, rows: int) -> pd.DataFrame:
    client = rng.choice(CLIENTS, rows, p=SHARES)
    # Client F sends longer goods than the others.
    length = rng.lognormal(np.where(client == GUILTY, 4.15, 3.9), 0.45).round() + 5
    weight = np.exp(rng.normal(0.6, 0.6, rows) + 0.4 * np.log(length / 50)).round(1) + 0.1
    table = pd.DataFrame(
        {
            "client": client,
            "length": length,
            "weight": weight,
            "value": rng.lognormal(3.5, 0.8, rows).round(),
            "items": rng.poisson(2, rows) + 1,
        }
    )
    lean = -2.6 + 0.075 * (length - 60) + 0.35 * (weight - 2.5)
    table["by_hand"] = rng.random(rows) < 1 / (1 + np.exp(-lean))
    return table


def _psis(week: pd.DataFrame, train: pd.DataFrame) -> list[float]:
    return [psi(train[name].to_numpy(float), week[name].to_numpy(float)) for name in COLUMNS]


def _thousandths(value: float) -> str:
    return f"{value:.3f}"


def _overall(number: int, week: pd.DataFrame, train: pd.DataFrame) -> Row:
    return (
        str(number),
        _percent(week["flagged"]),
        _percent(week["flagged"] == week["by_hand"]),
        _thousandths(max(_psis(week, train))),
    )


def _stops(number: int, week: pd.DataFrame) -> Row:
    """Parcels that stopped the belt: it could not take them, and nobody had been told."""
    stopped = week["by_hand"] & ~week["flagged"]
    guilty = stopped & (week["client"] == GUILTY)
    return str(number), str(stopped.sum()), str(guilty.sum())


def _by_client(name: str, before: pd.DataFrame, after: pd.DataFrame) -> Row:
    cells = [name]
    for week in (before, after):
        rows = week[week["client"] == name]
        stopped = rows["by_hand"] & ~rows["flagged"]
        cells += [str(len(rows)), _percent(rows["flagged"] == rows["by_hand"]), _percent(stopped)]
    return tuple(cells)


def _medians(column: str, before: pd.DataFrame, after: pd.DataFrame) -> Row:
    cells = [column]
    for inside in (True, False):
        for week in (before, after):
            rows = week.loc[(week["client"] == GUILTY) == inside, column]
            cells.append(f"{rows.median():.3g}")
    return tuple(cells)


def _examples(week: pd.DataFrame) -> tuple[Row, ...]:
    rows = week[(week["client"] == GUILTY) & week["by_hand"] & ~week["flagged"]].head(4)
    return tuple(
        (f"{row.length:g}", f"{row.weight:g}", f"{row.value:g}", str(row.items_)) for row in _named(rows)
    )


def _named(rows: pd.DataFrame) -> list[object]:
    return list(rows.rename(columns={"items": "items_"}).itertuples())


def _percent(values: pd.Series) -> str:
    return f"{100 * values.mean():.1f} %"


def main() -> None:
    """Print the tables, cells divided by bars."""
    for table in tables():
        print("\n".join(" | ".join(row) for row in table), end="\n\n")


if __name__ == "__main__":
    main()
