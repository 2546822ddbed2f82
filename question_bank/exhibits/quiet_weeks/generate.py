"""The weekly page of a credit model: what can be seen before the outcomes are known, and what is true.

Run as a module, it prints the page of the question; with a number as argument, a page of another seed
whose weeks stand in another order.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.inspection import permutation_importance
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import accuracy_score, roc_auc_score

SEED = 20261122
TRAIN, CALIBRATE, ROWS = 40_000, 10_000, 20_000
FLAG_AT = 0.5
COLUMNS = ("firm age", "turnover", "credit line use", "field_17", "channel")
CHANNELS = ("web", "broker", "branch")
# What the team can read in a week.
READABLE = 2_200
# What happens in each of the four weeks.
STORY = ("nothing", "unused column", "younger firms", "changed relation")

Floats = NDArray[np.float64]


class Page(NamedTuple):
    """Cells as printed, one row a line: before the outcomes are known, and once they are.

    Then the share that paid late by channel, and among the 2,200 requests that each way of choosing would read.
    """

    before: tuple[tuple[str, ...], ...]
    after: tuple[tuple[str, ...], ...]
    channels: tuple[tuple[str, ...], ...]
    queues: tuple[tuple[str, ...], ...]


def weekly_page(seed: int = SEED, story: Sequence[str] = STORY) -> Page:
    """The page with the weeks of `story` in that order; the same arguments give the same cells."""
    rng = np.random.default_rng(seed)
    train, train_late = _requests(rng, TRAIN, "nothing")
    held_out, held_out_late = _requests(rng, CALIBRATE, "nothing")
    reference, reference_late = _requests(rng, ROWS, "nothing")
    weeks = [(reference, reference_late), *(_requests(rng, ROWS, event) for event in story)]

    model = HistGradientBoostingClassifier(max_iter=120, learning_rate=0.06, random_state=0)
    model.fit(train, train_late)
    scores = [model.predict_proba(x)[:, 1] for x, _ in weeks]
    # The scores as chances, put right on requests whose outcome is known.
    to_chance = IsotonicRegression(out_of_bounds="clip")
    to_chance.fit(model.predict_proba(held_out)[:, 1], held_out_late)
    chances = [to_chance.predict(score) for score in scores]
    importance = permutation_importance(
        model, reference, reference_late, scoring="roc_auc", n_repeats=5, random_state=0
    ).importances_mean

    before = [
        (
            f"PSI {name}",
            "–",
            *(_cell(psi(reference[:, c], x[:, c])) for x, _ in weeks[1:]),
            _cell(importance[c]),
        )
        for c, name in enumerate(COLUMNS[:-1])
    ]
    before += [
        ("PSI score", "–", *(_cell(psi(scores[0], score)) for score in scores[1:]), "–"),
        ("share flagged", *(_percent(score >= FLAG_AT) for score in scores), "–"),
        ("accuracy, estimated from scores", *map(_accuracy_estimate, scores, chances), "–"),
        ("AUC, estimated from scores", *map(_auc_estimate, scores, chances), "–"),
    ]
    truths = [(late, score) for (_, late), score in zip(weeks, scores, strict=True)]
    after = [
        ("accuracy, true", *(_cell(accuracy_score(late, score >= FLAG_AT)) for late, score in truths)),
        ("AUC, true", *(_cell(roc_auc_score(late, score)) for late, score in truths)),
        ("share that paid late", *(_percent(late) for late, _ in truths)),
        ("late among the flagged", *(_percent(late[score >= FLAG_AT]) for late, score in truths)),
    ]
    channels = [
        (name, *(_percent(late[x[:, 4] == c]) for x, late in weeks)) for c, name in enumerate(CHANNELS)
    ]
    broker = [x[:, 4] == CHANNELS.index("broker") for x, _ in weeks]
    orders = {
        "highest scores": scores,
        "broker, highest scores": [
            np.where(its, score, -1) for its, score in zip(broker, scores, strict=True)
        ],
        "broker, lowest turnover": [
            np.where(its, -x[:, 1], -np.inf) for its, (x, _) in zip(broker, weeks, strict=True)
        ],
    }
    queues = [
        (
            name,
            *(
                _percent(late[np.argsort(-key)[:READABLE]])
                for key, (_, late) in zip(keys, weeks, strict=True)
            ),
        )
        for name, keys in orders.items()
    ]
    return Page(tuple(before), tuple(after), tuple(channels), tuple(queues))


def psi(reference: Floats, week: Floats, bins: int = 10) -> float:
    """Population stability index over equally filled bins of the reference."""
    edges = np.quantile(reference, np.linspace(0, 1, bins + 1)[1:-1])
    shares = [np.bincount(np.searchsorted(edges, x), minlength=bins) / len(x) for x in (reference, week)]
    was, now = (np.clip(share, 1e-4, None) for share in shares)
    return float(np.sum((now - was) * np.log(now / was)))


def _requests(rng: np.random.Generator, rows: int, event: str) -> tuple[Floats, NDArray[np.bool_]]:
    firm_age = rng.normal(34 if event == "younger firms" else 40, 10, rows)
    turnover = rng.normal(0, 1, rows)
    line_use = rng.beta(2, 5, rows)
    field_17 = rng.normal(1.2 if event == "unused column" else 0, 1, rows)
    channel = rng.choice(3, rows, p=(0.6, 0.3, 0.1))
    lean = -1.6 - 0.9 * turnover + 0.05 * (40 - firm_age)
    lean += 1.4 * (channel == 1) if event == "changed relation" else 5 * (line_use - 0.3)
    late = rng.random(rows) < 1 / (1 + np.exp(-lean))
    return np.column_stack([firm_age, turnover, line_use, field_17, channel]), late


def _cell(value: float) -> str:
    # Adding zero turns a rounded -0.0 into 0.0.
    return f"{round(value, 3) + 0.0:.3f}"


def _percent(rows: NDArray[np.bool_]) -> str:
    return f"{100 * rows.mean():.1f} %"


def _accuracy_estimate(score: Floats, chance: Floats) -> str:
    return _cell(float(np.mean(np.where(score >= FLAG_AT, chance, 1 - chance))))


def _auc_estimate(score: Floats, chance: Floats) -> str:
    ranked = chance[np.argsort(-score, kind="stable")]
    found = np.concatenate([[0], np.cumsum(ranked) / ranked.sum()])
    false = np.concatenate([[0], np.cumsum(1 - ranked) / (1 - ranked).sum()])
    return _cell(float(np.trapezoid(found, false)))


def main() -> None:
    """Print the page, cells divided by bars."""
    if len(sys.argv) > 1:
        seed = int(sys.argv[1])
        page = weekly_page(seed, random.Random(seed).sample(STORY, len(STORY)))
    else:
        page = weekly_page()
    for rows in page:
        for row in rows:
            print(" | ".join(row))
        print()


if __name__ == "__main__":
    main()
