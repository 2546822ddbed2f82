"""Pairs of answers judged by people and by a scripted judge with planted leanings.

Release A answers today, release B is to replace it. People say which of two answers serves better; the judge
says so too, but leans to one place on the page and to one length. In one week another version of the judge
comes in, which leans to that length far more.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

PAIRS, LABELLED, TWICE, FROZEN, WEEKS = 1_200, 200, 60, 400, 6
# How strongly the two versions of the judge lean to length.
OLD, NEW = 0.5, 4.0
# How far the share for B and for the longer answer may lie from all pairs in the part that people judged.
NEAR = 0.025
Floats = NDArray[np.float64]


class Bias(NamedTuple):
    """What a seed plants: leanings in log odds (negative: to the second, to the shorter), and a week."""

    first: float
    length: float
    better: float
    changed_from: int


def planted(seed: int) -> Bias:
    """The leanings of this seed, how much better B truly is, and the first week of the new judge."""
    rng = np.random.default_rng([seed, 1])
    spans = ((0.3, 1.8), (0.7, 1.1), (0.45, 0.9))
    first, length, better = (float(rng.choice([-1, 1]) * rng.uniform(*span)) for span in spans)
    return Bias(first, length, better, int(rng.integers(3, WEEKS)))


def frames(seed: int) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Release pairs, people's labels for a random part of them, and frozen pairs judged every week."""
    bias = planted(seed)
    pairs = _pairs(np.random.default_rng([seed, 2]), PAIRS, bias)
    rng = np.random.default_rng([seed, 3])
    drawn = _drawn(rng, pairs)
    release = pairs[["pair", "words_a", "words_b"]].copy()
    # As it was run: B always stood first.
    release["judge_b_first"] = _judge(rng, pairs, bias, 1, NEW)
    people = pairs.loc[drawn, ["pair", "person"]].rename(columns={"person": "person_prefers"})
    people["second_person"] = _people(rng, pairs["quality"].to_numpy())[drawn]
    people.loc[people.index[TWICE:], "second_person"] = ""
    people["judge_a_first"] = _judge(rng, pairs, bias, -1, NEW)[drawn]
    return release, people.reset_index(drop=True), _frozen(seed, bias)


def truth_of(seed: int) -> dict[str, float]:
    """In points: B's share by people over all pairs, and the judge's leanings as the task defines them."""
    bias = planted(seed)
    pairs = _pairs(np.random.default_rng([seed, 2]), PAIRS, bias)
    first, second = (_chance(pairs, bias, side, NEW) for side in (1, -1))
    longer_b = (pairs["words_b"] > pairs["words_a"]).to_numpy()
    both = (first + second) / 2
    by_judge = np.where(longer_b, both, 1 - both).mean()
    by_people = (longer_b == pairs["person"].eq("B").to_numpy()).mean()
    return {
        "b_preferred": 100 * float(pairs["person"].eq("B").mean()),
        "first_bias": 100 * float((first - second).mean()),
        "length_bias": 100 * float(by_judge - by_people),
        "judge_changed_in_week": bias.changed_from,
    }


def _drawn(rng: np.random.Generator, pairs: pd.DataFrame) -> NDArray[np.int64]:
    """A random part whose shares for B and for the longer answer lie within `NEAR` of those of all pairs.

    An unlucky draw would cost a candidate points for an answer that is right for the tables given.
    """
    longer = (pairs["words_b"] > pairs["words_a"]) == pairs["person"].eq("B")
    facts = np.column_stack([pairs["person"].eq("B"), longer]).astype(float)
    while True:
        drawn = np.sort(rng.choice(PAIRS, LABELLED, replace=False))
        if np.all(np.abs(facts[drawn].mean(axis=0) - facts.mean(axis=0)) <= NEAR):
            return drawn


def _pairs(rng: np.random.Generator, rows: int, bias: Bias) -> pd.DataFrame:
    words_a = rng.lognormal(4.4, 0.35, rows).round().astype(int) + 5
    words_b = (words_a * rng.lognormal(0.25, 0.35, rows)).round().astype(int) + 1
    words_b += words_b == words_a
    quality = rng.normal(bias.better, 1.2, rows)
    return pd.DataFrame(
        {
            "pair": np.arange(rows),
            "words_a": words_a,
            "words_b": words_b,
            "quality": quality,
            "person": _people(rng, quality),
        }
    )


def _chance(pairs: pd.DataFrame, bias: Bias, side: int, strength: float) -> Floats:
    """Chance that the judge prefers B; `side` is 1 where B stands first, -1 where A does."""
    longer = np.sign((pairs["words_b"] - pairs["words_a"]).to_numpy())
    lean = 1.2 * pairs["quality"].to_numpy() + side * bias.first + strength * bias.length * longer / 2
    return _share(lean)


def _judge(
    rng: np.random.Generator, pairs: pd.DataFrame, bias: Bias, side: int, strength: float
) -> NDArray[np.str_]:
    return np.where(rng.random(len(pairs)) < _chance(pairs, bias, side, strength), "B", "A")


def _people(rng: np.random.Generator, quality: Floats) -> NDArray[np.str_]:
    return np.where(rng.random(len(quality)) < _share(1.5 * quality), "B", "A")


def _frozen(seed: int, bias: Bias) -> pd.DataFrame:
    rng = np.random.default_rng([seed, 4])
    pairs = _pairs(rng, FROZEN, bias)
    weeks = []
    for week in range(1, WEEKS + 1):
        strength = OLD if week < bias.changed_from else NEW
        table = pairs[["pair", "words_a", "words_b"]].copy()
        table.insert(0, "week", week)
        table["judge_b_first"] = _judge(rng, pairs, bias, 1, strength)
        table["judge_a_first"] = _judge(rng, pairs, bias, -1, strength)
        weeks.append(table)
    return pd.concat(weeks, ignore_index=True)


def _share(lean: Floats) -> Floats:
    return 1 / (1 + np.exp(-lean))


def main() -> None:
    """The tables' heads and what is planted, for a look at a seed."""
    for table in frames(11):
        print(len(table), *table.columns)
        print(table.head().to_csv(index=False, lineterminator="\n"))
    print({name: round(value, 4) for name, value in sorted(truth_of(11).items())})


if __name__ == "__main__":
    main()
