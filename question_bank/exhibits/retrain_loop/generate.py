"""Meter readings that customers send in: a model flags, people check what it flags, the rest is stored as right.

From week 5 on, a job retrains every week on the stored verdicts of the week before, and releases what ranks these
verdicts no worse than the model in use. Run as a module it prints the tables.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

SEED, ROWS, WEEKS, FIRST_RETRAIN = 15, 12_000, 7, 5
AUDIT, FLAG_AT, COMPLAIN = 2_000, 0.25, 0.1

Row = tuple[str, ...]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Week(NamedTuple):
    """A week of readings: what was truly wrong, what the model of the week said, and what was stored."""

    x: Floats
    wrong: Bools
    score: Floats
    stored: Bools


class Run(NamedTuple):
    """All weeks, the first and the newest model, the gate's cells, and the generator of chance as they left it."""

    weeks: list[Week]
    first: LogisticRegression
    newest: LogisticRegression
    gate: tuple[Row, ...]
    rng: np.random.Generator


class Tables(NamedTuple):
    """Cells as printed: the team's page, the gate, a random audit, and the same week with true labels."""

    page: tuple[Row, ...]
    gate: tuple[Row, ...]
    audit: tuple[Row, ...]
    repaired: tuple[Row, ...]


def run(seed: int = SEED) -> Run:
    """Seven weeks of the loop."""
    rng = np.random.default_rng(seed)
    first = model = _model(*_readings(rng, 4 * ROWS))
    weeks: list[Week] = []
    gate = []
    for number in range(1, WEEKS + 1):
        if number >= FIRST_RETRAIN:
            newer = _model(weeks[-1].x, weeks[-1].stored)
            gate.append((str(number), *(_auc(weeks[-1], each) for each in (model, newer))))
            model = newer
        weeks.append(_week(rng, model))
    return Run(weeks, first, model, tuple(gate), rng)


def tables(seed: int = SEED) -> Tables:
    """All tables; the same seed gives the same cells."""
    made = run(seed)
    page = tuple(_page_row(n + 1, week) for n, week in enumerate(made.weeks))
    audit = tuple(_audit_row(made.rng, n, made.weeks[n - 1]) for n in (FIRST_RETRAIN - 1, WEEKS))
    return Tables(page, made.gate, audit, _repaired(made.rng, made.first, made.weeks[-1]))


def rescored(made: Run) -> list[tuple[int, int]]:
    """For each retrained week: readings that only the first model flags, and how many of them are wrong."""
    found = []
    for week in made.weeks[FIRST_RETRAIN - 1 :]:
        only_first = (_scores(made.first, week.x) >= FLAG_AT) & (week.score < FLAG_AT)
        found.append((int(only_first.sum()), int(week.wrong[only_first].sum())))
    return found


def found_from_to(model: LogisticRegression, low: int, high: int, weeks: int = 100) -> float:
    """Wrong readings among those that rank from `low` to `high` in a week, on average over many weeks."""
    x, wrong = _readings(np.random.default_rng(1), weeks * ROWS)
    order = np.argsort(-_scores(model, x))
    return float(wrong[order[low * weeks : high * weeks]].sum()) / weeks


def share_known_to(model: LogisticRegression, checks: int, *, by_score: bool, weeks: int = 100) -> float:
    """Half of the 95 % interval of the share missed, in points: unflagged readings checked at random or by score.

    By score: five layers of the unflagged, each with as many checks as its size and spread call for.
    """
    x, wrong = _readings(np.random.default_rng(1), weeks * ROWS)
    score = _scores(model, x)
    passed = score < FLAG_AT
    score, wrong = score[passed], wrong[passed]
    layers = np.quantile(score, [0.8, 0.9, 0.95, 0.98]) if by_score else np.array([])
    layer = np.digitize(score, layers)
    sizes = np.bincount(layer) / len(layer)
    spread = np.sqrt([wrong[layer == n].mean() * (1 - wrong[layer == n].mean()) for n in range(len(sizes))])
    return float(196 * (sizes * spread).sum() / np.sqrt(checks))


def _readings(rng: np.random.Generator, rows: int) -> tuple[Floats, Bools]:
    x = rng.normal(0, 1, (rows, 6))
    lean = -7.2 + 2.4 * x[:, 0] + 1.9 * x[:, 1] + 1.5 * np.abs(x[:, 2]) + 1.0 * x[:, 3]
    return x, rng.random(rows) < 1 / (1 + np.exp(-lean))


def _week(rng: np.random.Generator, model: LogisticRegression) -> Week:
    x, wrong = _readings(rng, ROWS)
    score = _scores(model, x)
    return Week(x, wrong, score, wrong & (score >= FLAG_AT))


def _columns(x: Floats) -> Floats:
    return np.column_stack([x, np.abs(x[:, 2])])


def _model(x: Floats, y: Bools) -> LogisticRegression:
    return LogisticRegression(max_iter=300).fit(_columns(x), y)


def _scores(model: LogisticRegression, x: Floats) -> Floats:
    return np.asarray(model.predict_proba(_columns(x))[:, 1])


def _auc(week: Week, model: LogisticRegression) -> str:
    return f"{roc_auc_score(week.stored, _scores(model, week.x)):.3f}"


def _page_row(number: int, week: Week) -> Row:
    flagged = week.score >= FLAG_AT
    right = 100 * week.wrong[flagged].mean()
    complaints = round(COMPLAIN * int((week.wrong & ~flagged).sum()))
    auc = roc_auc_score(week.stored, week.score)
    return str(number), f"{auc:.3f}", f"{flagged.sum():,}", f"{right:.0f} %", str(complaints)


def _audit_row(rng: np.random.Generator, number: int, week: Week) -> Row:
    passed = np.flatnonzero(week.score < FLAG_AT)
    missed = week.wrong[rng.choice(passed, AUDIT, replace=False)].sum()
    found = week.wrong[week.score >= FLAG_AT].sum()
    all_missed = round(missed / AUDIT * len(passed))
    caught = 100 * found / (found + all_missed)
    return (
        str(number), f"{found:,}", f"{len(passed):,}", f"{missed} of {AUDIT:,}", str(all_missed), f"{caught:.0f} %"
    )  # fmt: skip


def _repaired(rng: np.random.Generator, first: LogisticRegression, last: Week) -> tuple[Row, ...]:
    x, wrong = _readings(rng, 4 * ROWS)
    models = {
        "First model": first,
        "Retrained on the stored verdicts of week 7": _model(last.x, last.stored),
        "Retrained on week 7 with every reading checked": _model(last.x, last.wrong),
    }
    rows = []
    for name, model in models.items():
        flagged = _scores(model, x) >= FLAG_AT
        rows.append((name, *_caught(flagged, wrong)))
    looped = _scores(models["Retrained on the stored verdicts of week 7"], x)
    as_many = int((_scores(first, x) >= FLAG_AT).sum())
    highest = looped >= np.sort(looped)[-as_many]
    rows.insert(2, ("The same, with as many flagged as by the first model", *_caught(highest, wrong)))
    return tuple(rows)


def _caught(flagged: Bools, wrong: Bools) -> Row:
    """Share of the wrong readings that are flagged, and how many are flagged in a week."""
    return f"{100 * (flagged & wrong).sum() / wrong.sum():.0f} %", f"{flagged.mean() * ROWS:,.0f}"


def main() -> None:
    """Print the tables, cells divided by bars."""
    for table in tables():
        print("\n".join(" | ".join(row) for row in table), end="\n\n")


if __name__ == "__main__":
    main()
