"""How often a small customer's search comes back empty when its passages are picked out after the search.

All customers keep passages on the same subjects, so nearness to a question does not depend on whose
passage it is. Found are the five nearest of 2,000; then those of other customers are dropped.
"""

from __future__ import annotations

import numpy as np

PASSAGES, DIMENSIONS, QUESTIONS, K = 2_000, 32, 200, 5
# Passages that belong to the customer who asks.
SIZES = (10, 69, 400)


def empty_shares(sizes: tuple[int, ...] = SIZES, seed: int = 3) -> dict[int, float]:
    """Share of questions, in %, that find none of the asker's passages, by the number of these."""
    rng = np.random.default_rng(seed)
    passages = rng.normal(size=(PASSAGES, DIMENSIONS))
    passages /= np.linalg.norm(passages, axis=1, keepdims=True)
    # Rank 0 belongs to the asker first; the larger the customer, the more ranks are its own.
    rank = np.argsort(np.argsort(-rng.random(PASSAGES), kind="stable"), kind="stable")
    questions = rng.normal(size=(QUESTIONS, DIMENSIONS))
    nearest = np.argsort(-(questions @ passages.T), axis=1, kind="stable")[:, :K]
    best_rank = rank[nearest].min(axis=1)
    return {size: 100 * float((best_rank >= size).mean()) for size in sizes}


def rows(seed: int = 3) -> tuple[tuple[str, str], ...]:
    """The printed cells: the customer's share of all passages, and the questions that find nothing."""
    shares = empty_shares(seed=seed)
    return tuple((f"{size:,} of {PASSAGES:,}", f"{empty:.1f} %") for size, empty in shares.items())


def main() -> None:
    for cells in rows():
        print(*cells, sep=" | ")


if __name__ == "__main__":
    main()
