"""How often a small customer's search comes back empty when its passages are picked out after the search.

All customers keep passages on the same subjects, so nearness to a question does not depend on whose
passage it is: the nearest ones are a random draw. Then those of other customers are dropped.
"""

from __future__ import annotations

from math import comb

PASSAGES, K = 2_000, 5
# Passages that belong to the customer who asks.
SIZES = (10, 69, 400)


def empty_share(size: int, nearest: int = K, passages: int = PASSAGES) -> float:
    """Expected share of questions, in %, whose `nearest` passages all belong to others."""
    return 100 * comb(passages - size, nearest) / comb(passages, nearest)


def rows() -> tuple[tuple[str, str], ...]:
    """The printed cells: the customer's share of all passages, and the questions that find nothing."""
    return tuple((f"{size:,} of {PASSAGES:,}", f"{empty_share(size):.1f} %") for size in SIZES)


def main() -> None:
    for cells in rows():
        print(*cells, sep=" | ")


if __name__ == "__main__":
    main()
