"""Pairs of models, old and new, on the same labelled messages of seven channels, with what was planted.

A model sorts messages to a city's repair service into urgent and not urgent. A pair that has to be blocked was
drawn with a real loss; in a pair that may ship, every fall beyond a point is chance.
"""

from __future__ import annotations

from math import comb
from typing import NamedTuple

import numpy as np
import pandas as pd

CHANNELS = ("app", "web form", "e-mail", "phone", "partner", "kiosk", "letter")
# Messages in a channel, from the largest to the smallest; which channel has which is drawn.
SIZES = ((640, 760), (560, 640), (440, 520), (390, 440), (380, 420), (140, 170), (24, 40))
LARGE, MEDIUM, TINY = (0, 1, 2, 3, 4), 5, 6
# How many of the hidden pairs are of which kind; the first line has to be blocked, the second may ship.
BLOCK = {"slice": 11, "medium slice": 4, "two slices": 2, "everywhere": 3}
SHIP = {"tiny noise": 5, "medium noise": 5, "gain": 4, "same": 4, "small loss": 2}
BROKEN = ("answers missing", "channel missing", "messages twice", "one model only", "no labels")
# Share of messages that the new model changes either way without any loss.
CHURN = 0.06


class Case(NamedTuple):
    """A pair with its kind and the channels in which the new model truly lost."""

    rows: pd.DataFrame
    kind: str
    lost: tuple[str, ...]

    @property
    def block(self) -> bool:
        return self.kind in BLOCK or self.kind in BROKEN


def case(kind: str, rng: np.random.Generator) -> Case:
    """One pair of this kind. Columns: message, channel, label, old, new (1 is urgent)."""
    return _case(kind, [str(name) for name in rng.permutation(CHANNELS)], rng)


def _case(kind: str, channels: list[str], rng: np.random.Generator) -> Case:
    shifts, observed = _planned(kind, rng)
    parts = [_slice(name, size, shifts, observed, rng) for size, name in enumerate(channels)]
    rows = pd.concat(parts, ignore_index=True).sample(frac=1, random_state=rng).reset_index(drop=True)
    rows.insert(0, "message", np.arange(1, len(rows) + 1))
    lost = tuple(sorted(channels[size] for size in shifts if shifts[size] <= -0.05))
    return Case(_damaged(rows, kind, rng), kind, lost)


def _planned(kind: str, rng: np.random.Generator) -> tuple[dict[int, float], dict[int, tuple[float, float]]]:
    """True change of the share of right answers by size of channel, and bounds for the change to be seen."""
    # What the other channels win makes up for the one that loses.
    gain = (
        0.0 if kind in ("same", *BROKEN) else 0.035 if kind not in SHIP else float(rng.uniform(0.01, 0.035))
    )
    shifts = dict.fromkeys(range(len(SIZES)), gain) | {TINY: 0.0, MEDIUM: 0.0}
    observed: dict[int, tuple[float, float]] = {}
    if kind in ("slice", "two slices"):
        for size in rng.choice(LARGE, 2 if kind == "two slices" else 1, replace=False):
            shifts[int(size)], observed[int(size)] = -0.09, (-0.105, -0.075)
    elif kind == "printed":
        shifts[3], observed[3], observed[TINY] = -0.09, (-0.094, -0.086), (-0.14, -0.1)
    elif kind == "medium slice":
        shifts[MEDIUM], observed[MEDIUM] = -0.16, (-0.2, -0.14)
    elif kind == "everywhere":
        shifts = dict.fromkeys(shifts, -0.035)
    elif kind == "tiny noise":
        observed[TINY] = (-0.18, -0.09)
    elif kind == "medium noise":
        observed[MEDIUM] = (-0.055, -0.035)
    elif kind == "small loss":
        shifts[0], observed[0] = -0.01, (-0.02, 0.0)
    return shifts, observed


def _slice(
    name: str,
    size: int,
    shifts: dict[int, float],
    observed: dict[int, tuple[float, float]],
    rng: np.random.Generator,
) -> pd.DataFrame:
    count = int(rng.integers(*SIZES[size]))
    right = rng.uniform(0.82, 0.88)
    low, high = observed.get(size, (-1.0, 1.0))
    while True:
        old = rng.random(count) < right
        new = _changed(old, right, shifts[size], rng)
        if low <= new.mean() - old.mean() <= high:
            break
    label = (rng.random(count) < 0.3).astype(int)
    return pd.DataFrame(
        {
            "channel": name,
            "label": label,
            "old": np.where(old, label, 1 - label),
            "new": np.where(new, label, 1 - label),
        }
    )


def _changed(old: np.ndarray, right: float, shift: float, rng: np.random.Generator) -> np.ndarray:
    lost = (CHURN - shift / 2) / right
    mended = (CHURN + shift / 2) / (1 - right)
    draw = rng.random(len(old))
    return np.asarray(np.where(old, draw >= lost, draw < mended))


def _damaged(rows: pd.DataFrame, kind: str, rng: np.random.Generator) -> pd.DataFrame:
    if kind == "answers missing":
        rows["new"] = rows["new"].astype(float).mask(rng.random(len(rows)) < 0.1)
    elif kind == "channel missing":
        return rows[rows["channel"] != rows["channel"].iloc[0]].reset_index(drop=True)
    elif kind == "messages twice":
        return pd.concat([rows, rows[rows["new"] == rows["label"]].head(300)], ignore_index=True)
    elif kind == "one model only":
        return rows.drop(columns="old")
    elif kind == "no labels":
        rows["label"] = np.nan
    return rows


def hidden(seed: int) -> dict[str, Case]:
    """The pairs that a gate is tried on, by name, in an order that tells nothing."""
    kinds = [kind for kind, count in (BLOCK | SHIP).items() for _ in range(count)] + list(BROKEN)
    order = np.random.default_rng([seed, 1]).permutation(len(kinds))
    return {
        f"pair-{n + 1:02d}": case(kinds[at], np.random.default_rng([seed, 2, n]))
        for n, at in enumerate(order)
    }


def shown(seed: int) -> dict[str, Case]:
    """Six pairs for practice; the kinds are other for every seed, three of them ship."""
    rng = np.random.default_rng([seed, 3])
    kinds = [*rng.choice(sorted(BLOCK), 3, replace=False), *rng.choice(sorted(SHIP), 3, replace=False)]
    order = rng.permutation(len(kinds))
    return {
        f"practice-{n + 1}": case(str(kinds[at]), np.random.default_rng([seed, 4, n]))
        for n, at in enumerate(order)
    }


def printed(seed: int = 74) -> tuple[tuple[str, ...], ...]:
    """The pair of the question, channel by channel and on the whole.

    Channel, messages, share right of old and of new, change in points, messages that the new version breaks
    and mends, and the chance of such a fall or a larger one if both were equally likely.
    """
    rows = _case("printed", list(CHANNELS), np.random.default_rng([seed, 5])).rows
    parts = [(name, rows[rows["channel"] == name]) for name in CHANNELS]
    return tuple(_line(name, part) for name, part in [*parts, ("all", rows)])


def _line(name: str, rows: pd.DataFrame) -> tuple[str, ...]:
    old, new = rows["old"] == rows["label"], rows["new"] == rows["label"]
    broken, mended = int((old & ~new).sum()), int((~old & new).sum())
    shares = (f"{100 * old.mean():.1f} %", f"{100 * new.mean():.1f} %")
    change = f"{100 * (new.mean() - old.mean()):+.1f}".replace("-", "−").replace("+0.0", "0.0")
    chance = sign_test(broken, mended)
    told = f"{chance:.2f}" if chance >= 0.01 else "under 0.01" if chance >= 0.0001 else "under 0.0001"
    return name, f"{len(rows):,}", *shares, change, str(broken), str(mended), told


def sign_test(broken: int, mended: int) -> float:
    """Chance of so many broken ones or more among all changed ones, were each as likely as a mended one."""
    changed = broken + mended
    return sum(comb(changed, k) for k in range(broken, changed + 1)) / 2**changed


def main() -> None:
    for line in printed():
        print(*line, sep=" | ")


if __name__ == "__main__":
    main()
