"""Intraclass correlations of a complete table, and the shares of spread that the model finds.

P. E. Shrout and J. L. Fleiss, Intraclass correlations: uses in assessing rater reliability, Psychological Bulletin
86 (1979) 420–428, https://doi.org/10.1037/0033-2909.86.2.420; the intervals of ICC2 after K. O. McGraw and
S. P. Wong, Psychological Methods 1 (1996) 30–46.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import fdtri

from .model import Deviations
from .ratings import Floats, Ratings, Scorecards


class Interval(NamedTuple):
    """An index with its 95 % interval."""

    value: float
    low: float
    high: float


class ICC(NamedTuple):
    """The six forms: one-way, two-way random and two-way mixed, of one rating and of the mean of k."""

    icc1: Interval
    icc2: Interval
    icc3: Interval
    icc1k: Interval
    icc2k: Interval
    icc3k: Interval


class Shares(NamedTuple):
    """Shares of the spread of single ratings; they sum to 1. None where an effect cannot be told apart."""

    candidate: float | None
    strictness: float | None
    # One interviewer's own view of one candidate.
    view: float | None
    noise: float


class Reliability(NamedTuple):
    """Reliability of one interviewer and of the mean of `interviewers`, before and after adjustment."""

    one: float
    raw: float
    adjusted: float
    # Harmonic means of interviewers a candidate and ratings a scorecard.
    interviewers: float
    ratings: float


def complete_table(ratings: Ratings, cards: Scorecards) -> Floats | None:
    """Scorecard means, candidates × interviewers; None unless everybody rated everyone on everything, once."""
    n, k, p = len(ratings.candidates), len(ratings.interviewers), len(ratings.competencies)
    if n < 2 or k < 2 or ratings.rating.size != n * k * p or cards.number != n * k or (cards.size != p).any():
        return None
    return np.asarray(ratings.rating.reshape(n, k, p).mean(axis=2))


def icc(table: Floats) -> ICC | None:
    """The six forms of a table of targets × judges; None where there is no spread at all."""
    n, k = table.shape
    rows, columns = table.mean(axis=1), table.mean(axis=0)
    between = k * float(((rows - table.mean()) ** 2).sum()) / (n - 1)
    judges = n * float(((columns - table.mean()) ** 2).sum()) / (k - 1)
    error = float(((table - rows[:, None] - columns + table.mean()) ** 2).sum()) / ((n - 1) * (k - 1))
    inside = float(((table - rows[:, None]) ** 2).sum()) / (n * (k - 1))
    if min(between, error, inside) <= 1e-12 * max(float((table**2).mean()), 1e-300):
        return None
    one = _by_ratio(between / inside, k, n - 1, n * (k - 1))
    three = _by_ratio(between / error, k, n - 1, (n - 1) * (k - 1))
    two = _agreement(between, judges, error, n, k)
    return ICC(one, two, three, *(_of_mean(each, k) for each in (one, two, three)))


def _by_ratio(ratio: float, k: int, above: int, below: int) -> Interval:
    """An index that is a function of one F ratio, and so has an exact interval."""

    def index(f: float) -> float:
        return (f - 1) / (f + k - 1)

    low, high = ratio / fdtri(above, below, 0.975), ratio * fdtri(below, above, 0.975)
    return Interval(index(ratio), index(low), index(high))


def _agreement(between: float, judges: float, error: float, n: int, k: int) -> Interval:
    """ICC(2,1); its interval takes an approximate number of degrees of freedom."""
    value = (between - error) / (between + (k - 1) * error + k * (judges - error) / n)
    ratio = judges / error
    top = (n - 1) * (k - 1) * (k * value * ratio + n * (1 + (k - 1) * value) - k * value) ** 2
    freedom = top / ((n - 1) * (k * value * ratio) ** 2 + (n * (1 + (k - 1) * value) - k * value) ** 2)
    above, below = fdtri(n - 1, freedom, 0.975), fdtri(freedom, n - 1, 0.975)
    rest = k * judges + (k * n - k - n) * error
    low = n * (between - above * error) / (above * rest + n * between)
    high = n * (below * between - error) / (rest + n * below * between)
    return Interval(value, float(low), float(high))


def _of_mean(one: Interval, k: int) -> Interval:
    """Spearman and Brown: from one rating to the mean of k."""
    return Interval(*(k * each / (1 + (k - 1) * each) for each in one))


def shares(sd: Deviations) -> Shares:
    """The variance picture from the model's standard deviations."""
    total = sum(one**2 for one in sd if one is not None)
    each = [None if one is None else one**2 / total for one in sd[:3]]
    return Shares(each[0], each[1], each[2], sd.residual**2 / total)


def reliability(sd: Deviations, cards: Scorecards) -> Reliability | None:
    """ICC(2,1), ICC(2,k) and ICC(3,k) from the model; None without a candidate effect."""
    if not sd.candidate or not cards.number:
        return None
    each = np.bincount(cards.candidate)
    interviewers = float(1 / np.mean(1 / each[each > 0]))
    ratings = float(1 / np.mean(1 / cards.size))
    merit, strict = sd.candidate**2, (sd.interviewer or 0) ** 2
    rest = (sd.scorecard or 0) ** 2 + sd.residual**2 / ratings
    return Reliability(
        merit / (merit + strict + rest),
        merit / (merit + (strict + rest) / interviewers),
        merit / (merit + rest / interviewers),
        interviewers,
        ratings,
    )
