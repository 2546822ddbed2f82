"""How far interviewers agree: Krippendorff's alpha, and the shares of equal and of neighbouring ratings.

A unit is a candidate on a competency, a coder is an interviewer. K. Krippendorff, Computing Krippendorff's
Alpha-Reliability, University of Pennsylvania (2011), https://repository.upenn.edu/asc_papers/43. Units with one
rating say nothing of agreement and are left out.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from .posterior import SEED
from .ratings import Floats, Ints, Ratings

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
METRICS: tuple[Metric, ...] = ("nominal", "ordinal", "interval", "ratio")
LEAST_UNITS = 10
LEAST_CANDIDATES = 5
BOOTSTRAPS = 1_000
# With more distinct ratings than this the interval is left out: its table would grow too large.
MOST_VALUES = 40


class Units(NamedTuple):
    """The ratings of units with two or more, one for each coder; `value` is a place in `values`."""

    values: Floats
    value: Ints
    unit: Ints
    # Candidate of each unit.
    candidate: Ints
    # Ratings of each unit.
    size: Floats


class Agreement(NamedTuple):
    """Indices over all units; None where there is no pair of ratings, or nothing varies."""

    units: int
    candidates: int
    alpha: dict[Metric, float | None]
    # 95 % by drawing candidates anew.
    ordinal_interval: tuple[float, float] | None
    exact: float | None
    adjacent: float | None
    # What two who rate by the pool's shares alone would reach.
    exact_by_chance: float | None
    adjacent_by_chance: float | None

    @property
    def enough(self) -> bool:
        """Whether an index may stand beside the percentages."""
        return self.units >= LEAST_UNITS and self.candidates >= LEAST_CANDIDATES


def agreement(ratings: Ratings) -> Agreement:
    """All indices of these ratings."""
    units = units_of(ratings)
    if not units.value.size:
        return Agreement(0, 0, dict.fromkeys(METRICS), None, None, None, None, None)
    table = coincidences(units)
    share = table.sum(axis=0) / table.sum()
    far = np.abs(units.values[:, None] - units.values)
    pairs = pair_counts(units)
    near = far <= 1 + 1e-9
    return Agreement(
        len(units.size),
        len(np.unique(units.candidate)),
        {metric: alpha(table, units.values, metric) for metric in METRICS},
        ordinal_interval(units),
        float(np.trace(pairs) / pairs.sum()),
        float(pairs[near].sum() / pairs.sum()),
        float(share @ share),
        float(share @ near @ share),
    )


def units_of(ratings: Ratings) -> Units:
    """The units with two ratings or more; several ratings of one coder in a unit count as their mean."""
    cell = ratings.candidate * len(ratings.competencies) + ratings.competency
    trio, place = np.unique(
        cell * max(len(ratings.interviewers), 1) + ratings.interviewer, return_inverse=True
    )
    rating = np.bincount(place, ratings.rating) / np.bincount(place) if trio.size else ratings.rating
    cells, unit, size = np.unique(
        trio // max(len(ratings.interviewers), 1), return_inverse=True, return_counts=True
    )
    kept = size[unit] > 1 if trio.size else np.zeros(0, dtype=bool)
    values, value = np.unique(np.round(rating[kept], 9), return_inverse=True)
    paired = np.flatnonzero(size > 1)
    return Units(
        values,
        value,
        np.searchsorted(paired, unit[kept]),
        cells[paired] // max(len(ratings.competencies), 1),
        size[paired].astype(float),
    )


def coincidences(units: Units) -> Floats:
    """Krippendorff's coincidence matrix: pairs within units, each unit weighed by its ratings; values × values."""
    return _pairs(units, 1 / (units.size - 1))


def pair_counts(units: Units) -> Floats:
    """Pairs of ratings within units, each in both directions, all with weight 1."""
    return _pairs(units, np.ones(units.size.size))


def _pairs(units: Units, weight: Floats) -> Floats:
    """Ordered pairs of different coders within units, summed with the units' weights."""
    k = units.values.size
    if units.size.size * k > 20_000_000:
        return _pairs_in_parts(units, weight)
    counts = np.zeros((units.size.size, k))
    np.add.at(counts, (units.unit, units.value), 1.0)
    return np.asarray((counts * weight[:, None]).T @ counts - np.diag(weight @ counts))


def _pairs_in_parts(units: Units, weight: Floats) -> Floats:
    """The same unit by unit, where a table of units and values would be too large."""
    table = np.zeros((units.values.size,) * 2)
    order = np.argsort(units.unit, kind="stable")
    for rows, share in zip(np.split(order, np.cumsum(units.size.astype(int))[:-1]), weight, strict=True):
        here = units.value[rows]
        np.add.at(table, (here[:, None], here), share)
        np.add.at(table, (here, here), -share)
    return table


def alpha(table: Floats, values: Floats, metric: Metric) -> float | None:
    """α = 1 − (n − 1)·Σ o·δ² / Σ n·n·δ² over pairs of values; None where all ratings are equal."""
    each = table.sum(axis=0)
    distance = squared_distance(values, each, metric)
    expected = float(each @ distance @ each)
    if expected <= 0:
        return None
    return float(1 - (each.sum() - 1) * (table * distance).sum() / expected)


def squared_distance(values: Floats, each: Floats, metric: Metric) -> Floats:
    """δ² between values; `each` is how often each occurs. Ratio: 0 where both are 0."""
    away = values[:, None] - values
    if metric == "nominal":
        return np.asarray((away != 0).astype(float))
    if metric == "interval":
        return np.asarray(away**2)
    if metric == "ratio":
        total = values[:, None] + values
        return np.divide(away, total, out=np.zeros_like(away), where=total != 0) ** 2
    middle = np.cumsum(each) - each / 2
    return np.asarray((middle[:, None] - middle) ** 2)


def ordinal_interval(units: Units) -> tuple[float, float] | None:
    """95 % of ordinal alpha when the candidates are drawn anew 1,000 times; None with fewer than five."""
    who = np.unique(units.candidate)
    if who.size < LEAST_CANDIDATES or units.values.size > MOST_VALUES:
        return None
    tables = np.array([_of_candidate(units, one) for one in who])
    random = np.random.default_rng(SEED)
    times = random.multinomial(who.size, np.full(who.size, 1 / who.size), BOOTSTRAPS)
    found = _ordinal(np.tensordot(times, tables, axes=1))
    known = found[~np.isnan(found)]
    return (float(np.quantile(known, 0.025)), float(np.quantile(known, 0.975))) if known.size else None


def _ordinal(tables: Floats) -> Floats:
    """Ordinal alpha of many coincidence matrices at once; NaN where all ratings are equal."""
    each = tables.sum(axis=2)
    middle = np.cumsum(each, axis=1) - each / 2
    distance = (middle[:, :, None] - middle[:, None, :]) ** 2
    expected = np.einsum("bi,bij,bj->b", each, distance, each)
    observed = (each.sum(axis=1) - 1) * (tables * distance).sum(axis=(1, 2))
    unknown = np.full(expected.size, np.nan)
    return np.asarray(1 - np.divide(observed, expected, out=unknown, where=expected > 0))


def _of_candidate(units: Units, candidate: int) -> Floats:
    """The part of the coincidence matrix that comes from one candidate."""
    kept = units.candidate == candidate
    rows = kept[units.unit]
    place = np.cumsum(kept) - 1
    return coincidences(
        Units(
            units.values, units.value[rows], place[units.unit[rows]], units.candidate[kept], units.size[kept]
        )
    )
