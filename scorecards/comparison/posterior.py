"""What the fitted model says of the candidates together: means, covariance, P(A > B), and joint draws."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, stdtr, stdtrit

from .equations import Solution
from .model import Fit
from .ratings import Floats, Ints

DRAWS = 2_000
# One seed for all rounds: the same ratings give the same picture.
SEED = 20_250_101
# Up to here P(A > B) sums over the whole mixture; beyond it the mixture is as good as one normal.
MIXTURE_UP_TO = 40


def covariance_of(one: Solution) -> Floats:
    """Covariance of the candidates' effects at one solution, over its s²; n × n."""
    found = one.slope @ one.inner @ one.slope.T
    found[np.diag_indices_from(found)] += one.own
    return np.asarray(found)


def spread_of(one: Solution) -> Floats:
    """The diagonal of `covariance_of`."""
    return np.asarray(one.own + ((one.slope @ one.inner) * one.slope).sum(axis=1))


def variances(found: Fit) -> Floats:
    """Posterior variance of each candidate's effect."""
    inside = (
        found.weights
        @ np.array([one.variance * spread_of(one) for one in found.solutions])
        * _widening(found)
    )
    means = np.array([one.candidate for one in found.solutions])
    return np.asarray(inside + found.weights @ (means - found.candidate) ** 2)


def covariance(found: Fit) -> Floats:
    """Joint posterior covariance of the candidates' effects, from the solutions that hold 99 % of the weight."""
    heavy = _standing(found.weights)
    heavy = heavy[: int(np.searchsorted(np.cumsum(found.weights[heavy]), 0.99)) + 1]
    weights = found.weights[heavy] / found.weights[heavy].sum()
    chosen = [found.solutions[place] for place in heavy]
    total = np.zeros((found.candidate.size,) * 2)
    for one, weight in zip(chosen, weights, strict=True):
        total += covariance_of(one) * (weight * one.variance)
    away = np.array([one.candidate for one in chosen]) - found.candidate
    return np.asarray(total * _widening(found) + (away * weights[:, None]).T @ away)


def interviewer_variances(found: Fit) -> Floats:
    """Posterior variance of each interviewer's effect."""
    r = found.sums.shape[1]
    inside = found.weights @ np.array([one.variance * np.diag(one.inner)[:r] for one in found.solutions])
    means = np.array([one.interviewer for one in found.solutions])
    return np.asarray(inside * _widening(found) + found.weights @ (means - found.interviewer) ** 2)


def severity_variance(found: Fit) -> float:
    """Posterior mean of the variance of severity."""
    each = [one.variance * one.ratios.interviewer**2 for one in found.solutions]
    return float(found.weights @ np.array(each)) * _widening(found)


def _widening(found: Fit) -> float:
    """Variance of Student's t over that of the normal; from 2 degrees of freedom down it has none: 3 stand in."""
    freedom = max(found.sums.freedom, 3)
    return freedom / (freedom - 2)


def half_width(variance: Floats, freedom: int, share: float = 0.95) -> Floats:
    """Half the width of the interval that holds this share."""
    steps = max(freedom, 3)
    return np.asarray(np.sqrt(variance * (steps - 2) / steps) * stdtrit(steps, (1 + share) / 2))


def _ahead(difference: Floats, variance: Floats, freedom: int | None) -> Floats:
    """P(difference > 0) for a normal, or a t; one half where nothing varies and nothing differs."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = difference / np.sqrt(np.maximum(variance, 0))
    ratio = np.where(np.isnan(ratio) | (np.abs(difference) < 1e-12), 0.0, ratio)
    return np.asarray(ndtr(ratio) if freedom is None else stdtr(freedom, ratio))


def pairs_ahead(found: Fit) -> Floats:
    """P(row > column) for all candidates; one half on the diagonal."""
    n = found.candidate.size
    if n > MIXTURE_UP_TO:
        joint = covariance(found)
        spread = np.diag(joint)
        return _ahead(_less(found.candidate), spread[:, None] + spread - 2 * joint, None)
    above = np.triu_indices(n, 1)
    total = np.zeros(above[0].size)
    for one, weight in zip(found.solutions, found.weights, strict=True):
        joint = covariance_of(one) * one.variance
        spread = np.diag(joint)
        variance = spread[above[0]] + spread[above[1]] - 2 * joint[above]
        difference = one.candidate[above[0]] - one.candidate[above[1]]
        total += weight * _ahead(difference, variance, found.sums.freedom)
    ahead = np.full((n, n), 0.5)
    ahead[above] = total
    ahead.T[above] = 1 - total
    return ahead


def _less(values: Floats) -> Floats:
    return np.asarray(values[:, None] - values)


def draws(found: Fit, number: int = DRAWS) -> Floats:
    """Joint draws of the candidates' effects, number × n; the same for the same ratings whatever the ids."""
    random = np.random.default_rng(SEED)
    n, t = found.candidate.size, found.solutions[0].inner.shape[0]
    who = _standing(found.candidate)
    inner = np.concatenate(
        [_standing(found.interviewer), found.interviewer.size + _standing(found.competency)]
    )
    point = np.searchsorted(np.cumsum(found.weights), (np.arange(number) + 0.5) / number * (1 - 1e-12))
    own, shared = random.standard_normal((number, n))[:, _inverse(who)], random.standard_normal((number, t))
    wide = np.sqrt(found.sums.freedom / random.chisquare(found.sums.freedom, number))
    drawn = np.empty((number, n))
    for place in np.unique(point):
        rows = np.flatnonzero(point == place)
        one = found.solutions[place]
        moved = shared[rows] @ _root(one.inner[np.ix_(inner, inner)]).T
        away = np.sqrt(one.own) * own[rows] - moved @ one.slope[:, inner].T
        drawn[rows] = one.candidate + away * (np.sqrt(one.variance) * wide[rows])[:, None]
    return drawn


def _root(matrix: Floats) -> Floats:
    """A lower factor, also where some effect has no variance."""
    return np.asarray(np.linalg.cholesky(matrix + 1e-12 * max(np.trace(matrix), 1e-12) * np.eye(len(matrix))))


def _standing(values: Floats) -> Ints:
    """Places from the highest down; nothing of it depends on ids unless two are exactly equal."""
    return np.argsort(-np.round(values, 9), kind="stable")


def _inverse(order: Ints) -> Ints:
    places = np.empty_like(order)
    places[order] = np.arange(order.size)
    return places
