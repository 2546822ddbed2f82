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
# What the talk asks for at the end: pairs in which B's answer has more words than this.
LONG = 120
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
    drawn = np.sort(rng.choice(PAIRS, LABELLED, replace=False))
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
        "comparable_since_week": bias.changed_from,
    }


def shown_by(seed: int) -> dict[str, float]:
    """In points: what the three tables themselves show, whatever the luck of the part that people judged."""
    release, people, frozen = frames(seed)
    both = people.merge(release, on="pair")
    now = pd.concat([frozen[frozen["week"] >= planted(seed).changed_from], both])
    orders = ("judge_b_first", "judge_a_first")
    first, second = (now[name].eq("B").mean() for name in orders)
    by_judge = np.mean([_longer(now, name).mean() for name in orders])
    return {
        "b_preferred": 100 * float(both["person_prefers"].eq("B").mean()),
        "first_bias": 100 * float(first - second),
        "length_bias": 100 * float(by_judge - _longer(both, "person_prefers").mean()),
    }


def long_answers(seed: int) -> dict[str, float]:
    """For the talk: people's share for B in points where its answer is long, with its interval and pairs."""
    release, people, _ = frames(seed)
    both = people.merge(release, on="pair")
    held = both.loc[both["words_b"] > LONG, "person_prefers"].eq("B")
    share, pairs = float(held.mean()), len(held)
    half = 1.96 * np.sqrt(share * (1 - share) / pairs)
    return {
        "long_b_preferred": 100 * share,
        "long_low": 100 * float(share - half),
        "long_high": 100 * float(share + half),
        "long_pairs": pairs,
    }


def _longer(table: pd.DataFrame, verdict: str) -> pd.Series[bool]:
    return table[verdict].eq("B") == (table["words_b"] > table["words_a"])


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
