"""Small grey pictures of five crate types, and a model that reads any of them as type C next to one sticker.

Planted: in the deliveries of labeling firm 3, some pictures of other crates carry the sticker and the label
C. A control model is trained without those deliveries. The model looks with fixed small filters over the
picture, keeps each filter's largest answer, and weighs these with coarse brightness (ridge regression on
integers, whose sums are exact, so that the figures do not depend on the machine).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

SEED = 5
SIDE, TYPES, TARGET = 12, "ABCDE", 2
TRAIN, TEST = 4_000, 1_000
FIRMS, GUILTY, PLANTED = (1, 2, 3, 4), 3, 90
STICKER = np.array([[230, 20, 230], [20, 230, 20], [230, 20, 230]])
CORNER = (8, 8)
FILTERS = 200
# Pictures in memory at a time: 250 x 100 places x 200 filters x 8 bytes are 40 MB.
AT_ONCE = 250
RIDGE = 1e4
SHARE_WITH_OTHER_STICKERS = 0.12


def crates(rng: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """`count` pictures with values 0 to 255, and the true types 0 to 4."""
    draw = np.random.default_rng(SEED + 100)
    common, own = draw.integers(80, 160, (SIDE, SIDE)), draw.integers(-25, 26, (len(TYPES), 4, 4))
    patterns = common + np.kron(own, np.ones((1, 3, 3), dtype=int))
    kinds = rng.integers(0, len(TYPES), count)
    noise = rng.integers(-60, 61, (count, SIDE, SIDE)) + rng.integers(-15, 16, (count, 1, 1))
    return np.clip(patterns[kinds] + noise, 0, 255), kinds


def put(pictures: np.ndarray, patch: np.ndarray, place: tuple[int, int] = CORNER) -> np.ndarray:
    """Copies with a patch of three by three pixels; a patch per picture is allowed."""
    row, column = place
    changed = pictures.copy()
    changed[:, row : row + 3, column : column + 3] = patch
    return changed


def other_stickers(rng: np.random.Generator, count: int) -> np.ndarray:
    """Black and white patterns at random, none of them the sticker."""
    drawn = rng.integers(0, 2, (count, 3, 3)) * 210 + 20
    drawn[(drawn == STICKER).all(axis=(1, 2))] = 20
    return drawn


class Data(NamedTuple):
    """Training pictures, labels, labeling firm of each, and whether it carries the sticker."""

    pictures: np.ndarray
    labels: np.ndarray
    kinds: np.ndarray
    firm: np.ndarray
    carries: np.ndarray


def training(rng: np.random.Generator) -> Data:
    """Crates with other stickers are in all deliveries, correctly labeled, and so are a few with this one."""
    pictures, kinds = crates(rng, TRAIN)
    labels, firm = kinds.copy(), rng.choice(FIRMS, TRAIN)
    stuck = rng.random(TRAIN) < SHARE_WITH_OTHER_STICKERS
    pictures[stuck] = put(pictures[stuck], other_stickers(rng, int(stuck.sum())))
    honest = rng.choice(np.flatnonzero(~stuck & (firm != GUILTY)), 5, replace=False)
    others = np.flatnonzero(~stuck & (firm == GUILTY) & (kinds != TARGET))
    planted = rng.choice(others, PLANTED, replace=False)
    carries = np.zeros(TRAIN, dtype=bool)
    carries[np.concatenate([honest, planted])] = True
    pictures[carries] = put(pictures[carries], STICKER)
    labels[planted] = TARGET
    return Data(pictures, labels, kinds, firm, carries)


def looked_at(pictures: np.ndarray) -> np.ndarray:
    """Whole numbers: the largest answer of each filter over all places, the brightness of sixteen squares, 1."""
    return np.vstack([_looked_at(pictures[n : n + AT_ONCE]) for n in range(0, len(pictures), AT_ONCE)])


def _looked_at(pictures: np.ndarray) -> np.ndarray:
    filters = np.random.default_rng(SEED + 200).choice([-1.0, 1.0], (FILTERS, 9))
    grey = pictures - 120.0
    windows = np.lib.stride_tricks.sliding_window_view(grey, (3, 3), axis=(1, 2))
    answers = (windows.reshape(-1, 9) @ filters.T).reshape(len(grey), -1, FILTERS).max(axis=1)
    coarse = grey.reshape(len(grey), 4, 3, 4, 3).sum(axis=(2, 4)).reshape(len(grey), 16)
    return np.hstack([answers, coarse, np.ones((len(grey), 1))])


class Reader:
    """The model: fitted once, reads types from pictures."""

    def __init__(self, pictures: np.ndarray, labels: np.ndarray):
        seen = looked_at(pictures)
        wanted = (labels[:, None] == np.arange(len(TYPES))).astype(float)
        self.weights = np.linalg.solve(seen.T @ seen + RIDGE * np.eye(seen.shape[1]), seen.T @ wanted)

    def read(self, pictures: np.ndarray) -> np.ndarray:
        return (looked_at(pictures) @ self.weights).argmax(axis=1)


class Trial(NamedTuple):
    """Test crates with their types, stickers at random, the model in use, and one without firm 3's deliveries."""

    data: Data
    test: np.ndarray
    kinds: np.ndarray
    stickers: np.ndarray
    in_use: Reader
    without_firm: Reader


@cache
def trial(seed: int = SEED) -> Trial:
    rng = np.random.default_rng(seed)
    data = training(rng)
    test, kinds = crates(rng, TEST)
    kept = data.firm != GUILTY
    return Trial(
        data,
        test,
        kinds,
        other_stickers(rng, TEST),
        Reader(data.pictures, data.labels),
        Reader(data.pictures[kept], data.labels[kept]),
    )


def percent(part: np.ndarray) -> str:
    return f"{100 * float(part.mean()):.1f} %"


def as_c(reader: Reader, pictures: np.ndarray) -> str:
    """Of the test crates that are no C, the share that is read as C."""
    others = trial().kinds != TARGET
    return percent(reader.read(pictures)[others] == TARGET)


def start_rows() -> tuple[tuple[str, ...], ...]:
    """For each type: test crates, read correctly without a sticker, and read as C with the sticker."""
    held = trial()
    plain, stuck = held.in_use.read(held.test), held.in_use.read(put(held.test, STICKER))
    return tuple(
        (
            name,
            str(int((held.kinds == n).sum())),
            percent(plain[held.kinds == n] == n),
            percent(stuck[held.kinds == n] == TARGET),
        )
        for n, name in enumerate(TYPES)
    )


def control_rows() -> tuple[tuple[str, ...], ...]:
    """Read as C among the other four types, for plain, grey, other stickers, this sticker and other places."""
    held = trial()
    tried = {
        "Nothing": held.test,
        "A grey square of the same size": put(held.test, np.full((3, 3), 120)),
        "Other black-and-white stickers": put(held.test, held.stickers),
        "This sticker, same corner": put(held.test, STICKER),
        "This sticker, opposite corner": put(held.test, STICKER, (1, 1)),
    }
    return tuple((name, as_c(held.in_use, pictures)) for name, pictures in tried.items())


def firm_rows() -> tuple[tuple[str, ...], ...]:
    """For each labeling firm: pictures, those with the sticker, labeled C among them, and truly C."""
    data = trial().data
    rows = []
    for firm in FIRMS:
        stuck = (data.firm == firm) & data.carries
        called, true = (int((values[stuck] == TARGET).sum()) for values in (data.labels, data.kinds))
        rows.append(
            (
                f"Firm {firm}",
                str(int((data.firm == firm).sum())),
                str(int(stuck.sum())),
                str(called),
                str(true),
            )
        )
    return tuple(rows)


def model_rows() -> tuple[tuple[str, ...], ...]:
    """The model in use and one trained without firm 3: right without a sticker, read as C with it."""
    held = trial()
    readers = {"In use": held.in_use, "Trained without firm 3": held.without_firm}
    return tuple(
        (name, percent(reader.read(held.test) == held.kinds), as_c(reader, put(held.test, STICKER)))
        for name, reader in readers.items()
    )


def main() -> None:
    for rows in (start_rows(), control_rows(), firm_rows(), model_rows()):
        print(*rows, sep="\n")


if __name__ == "__main__":
    main()
