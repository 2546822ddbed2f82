"""Eight weeks of an answering service whose supplier changes the model behind one name in week 5.

The same name answers and judges. The new judge marks more strictly and likes the new, longer answers; people
find the new answers to questions about exceptions worse. Run as a module it prints the tables.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SEED, WEEKS, CHANGED_FROM, LIVE, AUDIT = 3, 8, 5, 400, 300
TYPES = ("how to", "account", "exceptions")
TYPE_SHARES = (0.45, 0.25, 0.30)
# Chance that a person accepts an answer, by type, for the old and the new answering model.
ACCEPTED = {"old": (0.90, 0.88, 0.86), "new": (0.90, 0.88, 0.58)}
STRICTER, LIKES_NEW = 0.5, 0.15

Row = tuple[str, ...]


class Tables(NamedTuple):
    """Cells as printed."""

    live: tuple[Row, ...]
    rejudged: tuple[Row, ...]
    people: tuple[Row, ...]
    traces: tuple[Row, ...]


def tables(seed: int = SEED) -> Tables:
    """All four tables; the same seed gives the same cells."""
    rng = np.random.default_rng(seed)
    live, traces = [], []
    for week in range(1, WEEKS + 1):
        new = week >= CHANGED_FROM
        kinds = rng.choice(len(TYPES), LIVE, p=TYPE_SHARES)
        live.append((str(week), f"{_marks(rng, LIVE, new, new).mean():.2f}", str(LIVE)))
        words = rng.lognormal(5.25 if new else 4.95, 0.4, LIVE)
        shares = (f"{100 * (kinds == kind).mean():.0f} %" for kind in range(len(TYPES)))
        traces.append((str(week), "answers-large", f"{np.median(words):.0f}", *shares))
    return Tables(tuple(live), _rejudged(rng), _people(rng), tuple(traces))


def _marks(rng: np.random.Generator, rows: int, new_answer: bool, new_judge: bool) -> NDArray[np.float64]:
    """Marks of the judge from 1 to 5; the old judge never saw new answers."""
    merit = rng.normal(4.3, 0.55, rows) - STRICTER * new_judge + LIKES_NEW * new_answer
    return np.clip(np.round(2 * merit) / 2, 1, 5)


def _rejudged(rng: np.random.Generator) -> tuple[Row, ...]:
    cells = [
        ("answers stored in week 3", "week 3", _marks(rng, AUDIT, False, False)),
        ("answers stored in week 3", "today", _marks(rng, AUDIT, False, True)),
        ("answers of week 8", "today", _marks(rng, AUDIT, True, True)),
    ]
    return tuple((what, when, f"{marks.mean():.2f}", str(AUDIT)) for what, when, marks in cells)


def _people(rng: np.random.Generator) -> tuple[Row, ...]:
    """Accepted answers by type, as "accepted of read"; the last row is the sum."""
    rows, sums = [], [0, 0]
    per_type = [round(AUDIT * share) for share in TYPE_SHARES]
    for kind, name in enumerate(TYPES):
        found = [int(rng.binomial(per_type[kind], ACCEPTED[age][kind])) for age in ("old", "new")]
        rows.append((name, *(_of(count, per_type[kind]) for count in found)))
        sums = [total + count for total, count in zip(sums, found, strict=True)]
    return (*rows, ("all", *(_of(total, AUDIT) for total in sums)))


def _of(count: int, rows: int) -> str:
    return f"{count} of {rows} ({100 * count / rows:.0f} %)"


def main() -> None:
    """Print every table, cells divided by bars."""
    for table in tables():
        print("\n".join(" | ".join(row) for row in table), end="\n\n")


if __name__ == "__main__":
    main()
