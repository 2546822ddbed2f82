"""Nine months of machines that all fail alike, counted at the end of the ninth month.

The newest months look best because their machines have had the least time to fail. Run as a module it prints
the three tables.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

SEED, MADE = 20260930, 6_000
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September")
NEW_FROM = 4
# Of all machines this share fails within twelve months; of those, so many have failed by month 1, 2, ... 12.
FAILS = 0.06
RIPE = (0.07, 0.17, 0.28, 0.39, 0.49, 0.58, 0.66, 0.73, 0.79, 0.86, 0.93, 1.0)

Row = tuple[str, ...]


class Tables(NamedTuple):
    """Cells as printed: failed so far, by age, and what twelve months brought in the end."""

    so_far: tuple[Row, ...]
    by_age: tuple[Row, ...]
    final: tuple[Row, ...]


def failures(seed: int = SEED) -> np.ndarray:
    """Failed machines by month of production (rows) and age in months (columns), twelve months each."""
    rng = np.random.default_rng(seed)
    steps = FAILS * np.diff((0.0, *RIPE))
    return np.cumsum([rng.multinomial(MADE, (*steps, 1 - FAILS))[:12] for _ in MONTHS], axis=1)


def tables(seed: int = SEED) -> Tables:
    """The three tables; the same seed gives the same cells."""
    failed = failures(seed)
    ages = [len(MONTHS) - month for month in range(len(MONTHS))]
    so_far = [
        (name, f"{100 * failed[month, ages[month] - 1] / MADE:.2f} %") for month, name in enumerate(MONTHS)
    ]
    by_age = [
        (name, *(str(failed[month, age]) if age < ages[month] else "–" for age in range(len(MONTHS))))
        for month, name in enumerate(MONTHS)
    ]
    final = [(name, f"{100 * failed[month, -1] / MADE:.1f} %") for month, name in enumerate(MONTHS)]
    return Tables(tuple(so_far), tuple(by_age), tuple(final))


def main() -> None:
    """Print the tables, cells divided by bars."""
    for table in tables():
        print("\n".join(" | ".join(row) for row in table), end="\n\n")


if __name__ == "__main__":
    main()
