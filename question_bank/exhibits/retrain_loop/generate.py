"""Listings on a marketplace: a model flags, people check what it flags, and the rest is stored as fine.

From week 5 on, a job retrains every week on the stored verdicts of the week before, and releases what ranks the
stored verdicts no worse than the model before. Run as a module it prints the tables.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

SEED, ROWS, WEEKS, FIRST_RETRAIN, WINDOW = 15, 12_000, 7, 5, 1
AUDIT, FLAG_AT = 2_000, 0.25

Row = tuple[str, ...]
Floats = NDArray[np.float64]


class Week(NamedTuple):
    """A week of listings with what was stored, and what the model of the week said."""

    x: Floats
    banned: NDArray[np.bool_]
    score: Floats
    stored: NDArray[np.bool_]


class Tables(NamedTuple):
    """Cells as printed: the team's page, a random audit, and the same data with another label."""

    page: tuple[Row, ...]
    audit: tuple[Row, ...]
    repaired: tuple[Row, ...]


def tables(seed: int = SEED) -> Tables:
    """All tables; the same seed gives the same cells."""
    rng = np.random.default_rng(seed)
    first = _model(*_listings(rng, 4 * ROWS))
    model, weeks, validation = first, [], []
    for week in range(1, WEEKS + 1):
        if week >= FIRST_RETRAIN:
            model = _model(*_stored(weeks[-WINDOW:]))
        x, banned = _listings(rng, ROWS)
        score = _scores(model, x)
        flagged = score >= FLAG_AT
        weeks.append(Week(x, banned, score, banned & flagged))
        validation.append(roc_auc_score(weeks[-1].stored, score))
    page = tuple(
        _page_row(n + 1, week, auc) for n, (week, auc) in enumerate(zip(weeks, validation, strict=True))
    )
    audit = tuple(_audit_row(rng, n, weeks[n - 1]) for n in (FIRST_RETRAIN - 1, WEEKS))
    return Tables(page, audit, _repaired(rng, first, weeks))


def _listings(rng: np.random.Generator, rows: int) -> tuple[Floats, NDArray[np.bool_]]:
    x = rng.normal(0, 1, (rows, 6))
    lean = -7.2 + 2.4 * x[:, 0] + 1.9 * x[:, 1] + 1.5 * np.abs(x[:, 2]) + 1.0 * x[:, 3]
    return x, rng.random(rows) < 1 / (1 + np.exp(-lean))


def _columns(x: Floats) -> Floats:
    return np.column_stack([x, np.abs(x[:, 2])])


def _model(x: Floats, y: NDArray[np.bool_]) -> LogisticRegression:
    return LogisticRegression(max_iter=300).fit(_columns(x), y)


def _scores(model: LogisticRegression, x: Floats) -> Floats:
    return np.asarray(model.predict_proba(_columns(x))[:, 1])


def _stored(weeks: list[Week]) -> tuple[Floats, NDArray[np.bool_]]:
    return np.concatenate([week.x for week in weeks]), np.concatenate([week.stored for week in weeks])


def _page_row(number: int, week: Week, auc: float) -> Row:
    flagged = week.score >= FLAG_AT
    right = 100 * week.banned[flagged].mean()
    complaints = round(0.1 * int((week.banned & ~flagged).sum()))
    return (str(number), f"{auc:.3f}", f"{flagged.sum():,}", f"{right:.0f} %", str(complaints))


def _audit_row(rng: np.random.Generator, number: int, week: Week) -> Row:
    passed = np.flatnonzero(week.score < FLAG_AT)
    missed = week.banned[rng.choice(passed, AUDIT, replace=False)].sum()
    found = week.banned[week.score >= FLAG_AT].sum()
    all_missed = round(missed / AUDIT * len(passed))
    caught = 100 * found / (found + all_missed)
    return (str(number), f"{found:,}", f"{len(passed):,}", f"{missed} of {AUDIT:,}", f"{caught:.0f} %")


def _repaired(rng: np.random.Generator, first: LogisticRegression, weeks: list[Week]) -> tuple[Row, ...]:
    x, banned = _listings(rng, 4 * ROWS)
    looped = _model(*_stored(weeks[-WINDOW:]))
    truth = _model(weeks[-1].x, weeks[-1].banned)
    rows = []
    for name, model in (
        ("first model", first),
        ("retrained on stored verdicts of week 7", looped),
        ("retrained on the same week, every listing checked", truth),
    ):
        flagged = _scores(model, x) >= FLAG_AT
        rows.append(
            (name, f"{100 * (flagged & banned).sum() / banned.sum():.0f} %", f"{flagged.mean() * ROWS:,.0f}")
        )
    return tuple(rows)


def main() -> None:
    """Print the tables, cells divided by bars."""
    for table in tables():
        print("\n".join(" | ".join(row) for row in table), end="\n\n")


if __name__ == "__main__":
    main()
