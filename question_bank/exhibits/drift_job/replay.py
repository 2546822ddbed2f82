"""Planted days run through the job under review and through the repaired one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from . import repaired, reviewed

# Of a whole day's rows, so many are there after its first three hours: 90,000 of 2,000,000.
SEED, ROWS, MANY, NIGHT = 2, 20_000, 200_000, 9_000

Row = tuple[str, ...]


def replay() -> tuple[Row, ...]:
    """One row a planted day: PSI, p-value and alarm of the job under review, and the repaired PSI."""
    return tuple(_row(what, before, now) for what, before, now in _days())


def _days() -> list[tuple[str, pd.Series, pd.Series]]:
    rng = np.random.default_rng(SEED)
    emptied = pd.Series(rng.normal(0, 1, ROWS))
    emptied[: ROWS * 3 // 5] = np.nan
    return [
        (
            "A shift of a hundredth of a standard deviation, 200,000 rows",
            pd.Series(rng.normal(0, 1, MANY)),
            pd.Series(rng.normal(0.01, 1, MANY)),
        ),
        ("Three cells in five emptied", pd.Series(rng.normal(0, 1, ROWS)), emptied),
        (
            "All values squeezed into the middle fifth",
            pd.Series(rng.uniform(0, 100, ROWS)),
            pd.Series(rng.uniform(40, 60, ROWS)),
        ),
        (
            "A new text value in a third of the rows",
            pd.Series(rng.choice(["a", "b"], ROWS)),
            pd.Series(rng.choice(["a", "b", "c"], ROWS)),
        ),
        (
            "Three hours of night against whole days, nothing wrong",
            pd.Series(np.append(rng.normal(0, 1, MANY - NIGHT), rng.normal(-0.7, 0.8, NIGHT))),
            pd.Series(rng.normal(-0.7, 0.8, NIGHT)),
        ),
    ]


def _row(what: str, before: pd.Series, now: pd.Series) -> Row:
    found = reviewed.check(before.to_frame("x"), now.to_frame("x")).iloc[0]
    mended = repaired.check(before.to_frame("x"), now.to_frame("x")).iloc[0]
    return (
        what,
        f"{found.psi:.3f}",
        f"{found.p_value:.3f}",
        str(bool(found.drift)),
        f"{mended.psi:.3f}",
    )
