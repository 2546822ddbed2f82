"""Used bicycles: a column is renamed in one feed, and three models later a price is wrong.

Model 1 says for how many riders a bicycle fits (0 to 1), from its frame size; model 2 how many enquiries it will
get in a week, from that and its age; model 3 proposes a price from the enquiries and the age. On day 5 the dealer
feed, a tenth of the listings, calls `frame_size` now `frame_size_cm`; the feature job fills what it does not find
with 0.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

SEED = 17
DAYS = 7
CHANGE = 5
A_DAY = 400
DEALERS = 0.10


class Listing(NamedTuple):
    """One bicycle: its day, whether the dealer feed sent it, size in cm, age in years, and what the models said."""

    day: int
    dealers: bool
    size: float
    age: float
    read: float
    fit: float
    enquiries: float
    price: float


def fit_of(size: float) -> float:
    """Model 1: riders from 50 to 60 cm are many."""
    return float(np.exp(-(((size - 55.0) / 7.0) ** 2)))


def enquiries_of(fit: float, age: float) -> float:
    """Model 2."""
    return max(0.5, 2.0 + 9.0 * fit - 0.4 * age)


def price_of(enquiries: float, age: float) -> float:
    """Model 3."""
    return max(40.0, 180.0 + 45.0 * enquiries - 18.0 * age)


@cache
def listings() -> tuple[Listing, ...]:
    rng = np.random.default_rng(SEED)
    found = []
    for day in range(1, DAYS + 1):
        for _ in range(A_DAY):
            dealers = bool(rng.random() < DEALERS)
            size, age = float(rng.normal(55, 4)), float(rng.uniform(1, 9))
            read = 0.0 if dealers and day >= CHANGE else size
            fit = fit_of(read)
            enquiries = enquiries_of(fit, age)
            found.append(Listing(day, dealers, size, age, read, fit, enquiries, price_of(enquiries, age)))
    return tuple(found)


def days() -> tuple[tuple[str, ...], ...]:
    """Day, listings, empty sizes, mean of each model's output."""
    rows = []
    for day in range(1, DAYS + 1):
        part = [one for one in listings() if one.day == day]
        means = [sum(one[place] for one in part) / len(part) for place in (5, 6, 7)]
        rows.append(
            (str(day), str(len(part)), "0 %", f"{means[0]:.2f}", f"{means[1]:.1f}", f"{means[2]:.0f}")
        )
    return tuple(rows)


def one_bicycle() -> Listing:
    """The reported one: the first of the dealer feed on day 7, of a usual size and about three years old."""
    return next(
        one
        for one in listings()
        if one.day == 7 and one.dealers and 54 < one.size < 57 and 2.5 < one.age < 3.5
    )


def trace() -> tuple[tuple[str, str, str], ...]:
    """Step by step: what the models got and gave on day 7, and what they would give with the true size."""
    one = one_bicycle()
    fit = fit_of(one.size)
    enquiries = enquiries_of(fit, one.age)
    return (
        ("frame size read", f"{one.read:.0f}", f"{one.size:.0f}"),
        ("model 1: fits riders", f"{one.fit:.2f}", f"{fit:.2f}"),
        ("model 2: enquiries a week", f"{one.enquiries:.1f}", f"{enquiries:.1f}"),
        ("model 3: price", f"{one.price:.0f}", f"{price_of(enquiries, one.age):.0f}"),
    )


def by_feed() -> tuple[tuple[str, ...], ...]:
    """Mean price by feed, before and from the change."""
    rows = []
    for name, dealers in (("dealer feed", True), ("all others", False)):
        before, after = (
            [one.price for one in listings() if one.dealers == dealers and (one.day >= CHANGE) == late]
            for late in (False, True)
        )
        rows.append((name, str(len(after)), f"{np.mean(before):.0f}", f"{np.mean(after):.0f}"))
    return tuple(rows)


def true_mean() -> float:
    """Mean price that the dealer feed's listings since the change would have with their true sizes."""
    late = [one for one in listings() if one.dealers and one.day >= CHANGE]
    return float(np.mean([price_of(enquiries_of(fit_of(one.size), one.age), one.age) for one in late]))


def main() -> None:
    for row in (*days(), *trace(), *by_feed()):
        print(" | ".join(row))


if __name__ == "__main__":
    main()
