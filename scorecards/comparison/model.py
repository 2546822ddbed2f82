"""The severity model fitted: REML, or its three ratios of standard deviations integrated over a grid.

Every fit is a mixture of `Solution`s with weights: one for REML, up to 10 × 10 × 8 for the default. The grid lies in
the prior probability of the ratios, half-t with 3 degrees of freedom and scale 1 on each; so the prior is flat on
it and what is summed is the restricted likelihood alone. A few rounds of narrowing put the points where the mass is.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from scipy.special import chdtr, gammaln, stdtr, stdtrit

from .equations import Ratios, Solution, solution, surface
from .ratings import Floats, Ratings, Scorecards, scorecards
from .sums import Sums, crossed, sums_of

Method = Literal["bayes", "reml"]
POINTS = (10, 10, 8)
# Half-t: degrees of freedom of the prior on each ratio.
PRIOR_FREEDOM = 3
# The largest ratio considered is about 130; beyond it a rating would have no error of its own.
LAST = 1 - 1e-6
# How far the grid reaches on each side of the mean, in posterior standard deviations.
REACH = 4.0
# Points of less than this share of the heaviest one's mass are left out.
NEGLIGIBLE = 1e-4
# A difference of log likelihoods that is rounding error.
NO_GAIN = 1e-10
MOST_STEPS = 500


class Effects(NamedTuple):
    """Which effects the ratings can tell apart from the rest."""

    candidate: bool
    interviewer: bool
    scorecard: bool


class Deviations(NamedTuple):
    """Standard deviations in rating points; None where the effect cannot be told apart."""

    candidate: float | None
    interviewer: float | None
    scorecard: float | None
    residual: float


class Fit(NamedTuple):
    """The fitted model: solutions with weights that sum to 1, on `sums.freedom` degrees of freedom."""

    method: Method
    effects: Effects
    sums: Sums
    solutions: tuple[Solution, ...]
    weights: Floats
    deviations: Deviations

    @property
    def candidate(self) -> Floats:
        """Effect of each candidate in rating points; their mean is 0."""
        return self._mean([one.candidate for one in self.solutions])

    @property
    def interviewer(self) -> Floats:
        """Effect of each interviewer on a rating: below 0 is stricter."""
        return self._mean([one.interviewer for one in self.solutions])

    @property
    def competency(self) -> Floats:
        """Level of each competency on the rating scale."""
        return self._mean([one.competency for one in self.solutions]) + self.sums.centre

    @property
    def level(self) -> float:
        """The overall level: mean of the competencies."""
        return float(self.competency.mean())

    @property
    def scale(self) -> Floats:
        """Residual standard deviation of each solution."""
        return np.sqrt([one.variance for one in self.solutions])

    def _mean(self, each: list[Floats]) -> Floats:
        return np.asarray(self.weights @ np.array(each))


def separable(ratings: Ratings, cards: Scorecards) -> Effects:
    """Two candidates, two interviewers, and some scorecard with two ratings are the least for each effect."""
    return Effects(
        len(ratings.candidates) > 1,
        len(ratings.interviewers) > 1,
        bool(cards.size.size and cards.size.max() > 1),
    )


def fit(ratings: Ratings, method: Method = "bayes") -> Fit | None:
    """The model on these ratings; None where no rating is left over to judge error by, or all say the same."""
    cards = scorecards(ratings)
    if not ratings.rating.size:
        return None
    sums = sums_of(ratings, cards)
    if sums.freedom < 1 or not varies(sums):
        return None
    effects = separable(ratings, cards)
    return _posterior(sums, effects) if method == "bayes" else _reml(sums, effects)


def varies(sums: Sums) -> bool:
    """Whether ratings differ within any competency."""
    each = sums.counts.sum(axis=0)
    return sums.squares - float(sums.by_competency @ (sums.by_competency / each)) > 1e-9


def ratios_of(found: Fit) -> Ratios:
    """The ratios of the fit's standard deviations, 0 where there is no such effect."""
    sd = found.deviations
    return Ratios(*((one or 0.0) / sd.residual for one in (sd.candidate, sd.interviewer, sd.scorecard)))


def severity_probability(found: Fit, points: float) -> float:
    """Probability that the standard deviation of severity is above `points` rating points.

    The mass of each place on the interviewers' axis is spread evenly over its cell, since above or below is a
    step that points would hit or miss.
    """
    if not found.effects.interviewer or found.method == "reml":
        return float((found.deviations.interviewer or 0.0) > points)
    ratios = np.array([one.ratios.interviewer for one in found.solutions])
    place, cell = np.unique(ratios, return_inverse=True)
    mass = np.bincount(cell, found.weights)
    variance = np.bincount(cell, found.weights * [one.variance for one in found.solutions]) / mass
    above = [
        _above(ratio_at(inside), float(own), found.sums.freedom, points)
        for inside, own in zip(_cells(2 * stdtr(PRIOR_FREEDOM, place) - 1), variance, strict=True)
    ]
    return float(mass @ np.array(above))


def _cells(place: Floats) -> Floats:
    """Places spread over the cell of each place, which ends midway to its neighbours; 0 and 1 are never passed."""
    middle = (place[1:] + place[:-1]) / 2
    first, last = middle[:1] if middle.size else place, middle[-1:] if middle.size else place
    edges = np.concatenate(
        [np.maximum(2 * place[:1] - first, 0), middle, np.minimum(2 * place[-1:] - last, LAST)]
    )
    steps = (np.arange(40) + 0.5) / 40
    return np.asarray(edges[:-1, None] + np.diff(edges)[:, None] * steps)


def _above(ratios: Floats, variance: float, freedom: int, points: float) -> float:
    """Mean probability that ratio·σ is above `points`: σ² is freedom·s²/χ², so where χ² is below a limit."""
    return float(chdtr(freedom, freedom * variance * (ratios / points) ** 2).mean())


def ratio_at(probability: Floats) -> Floats:
    """The half-t quantile: the ratio below which this share of the prior lies."""
    return np.asarray(stdtrit(PRIOR_FREEDOM, (1 + probability) / 2))


# The grid


class Grid(NamedTuple):
    """Places on each axis in prior probability, and their weights in the integral."""

    places: tuple[Floats, ...]
    weights: tuple[Floats, ...]


def _grid(box: Floats, effects: Effects) -> Grid:
    """Gauss–Legendre points in the box; a single 0 where there is no such effect."""
    places, weights = [], []
    for (low, high), points, there in zip(box, POINTS, effects, strict=True):
        nodes, gauss = np.polynomial.legendre.leggauss(points)
        places.append(low + (high - low) * (nodes + 1) / 2 if there else np.zeros(1))
        weights.append(gauss * (high - low) / 2 if there else np.ones(1))
    return Grid(tuple(places), tuple(weights))


def _mass(sums: Sums, grid: Grid) -> Floats:
    """Posterior mass at each point of the grid; sums to 1."""
    height = surface(sums, *(ratio_at(one) for one in grid.places))
    mass = np.exp(height - height.max())
    for axis, weights in enumerate(grid.weights):
        mass *= np.expand_dims(weights, [other for other in range(3) if other != axis])
    return np.asarray(mass / mass.sum())


def _settled(sums: Sums, effects: Effects) -> tuple[Grid, Floats]:
    """The grid after narrowing, with its masses."""
    box = np.array([[0.0, LAST]] * 3)
    for _ in range(12):
        grid = _grid(box, effects)
        mass = _mass(sums, grid)
        smaller = _narrowed(box, grid, mass)
        still = smaller[:, 1] - smaller[:, 0] > 0.8 * (box[:, 1] - box[:, 0])
        if (still | ~np.array(effects)).all():
            break
        box = smaller
    return grid, mass


def _narrowed(box: Floats, grid: Grid, mass: Floats) -> Floats:
    """The part of the box within `REACH` standard deviations of the mean, on each axis."""
    smaller = box.copy()
    for axis, places in enumerate(grid.places):
        along = mass.sum(axis=tuple(other for other in range(3) if other != axis))
        mean = float(along @ places)
        reach = REACH * max(float(np.sqrt(along @ (places - mean) ** 2)), (box[axis, 1] - box[axis, 0]) / 20)
        smaller[axis] = max(0.0, mean - reach), min(LAST, mean + reach)
    return smaller


def _posterior(sums: Sums, effects: Effects) -> Fit:
    """The default: the mixture over the grid."""
    grid, mass = _settled(sums, effects)
    kept = np.argwhere(mass > NEGLIGIBLE * mass.max())
    weights = mass[tuple(kept.T)]
    weights = weights / weights.sum()
    axes = [ratio_at(one) for one in grid.places]
    parts = [crossed(sums, float(ratio)) for ratio in axes[2]]
    solutions = tuple(
        solution(
            sums,
            Ratios(*(float(axis[place]) for axis, place in zip(axes, point, strict=True))),
            parts[point[2]],
        )
        for point in kept
    )
    return Fit(
        "bayes", effects, sums, solutions, weights, _deviations(solutions, weights, effects, sums.freedom)
    )


def _deviations(
    solutions: tuple[Solution, ...], weights: Floats, effects: Effects, freedom: int
) -> Deviations:
    """Posterior means of the standard deviations."""
    residual = weights * np.sqrt([one.variance for one in solutions]) * _mean_factor(freedom)
    return _named(residual @ np.array([one.ratios for one in solutions]), effects, float(residual.sum()))


def _named(each: Floats, effects: Effects, residual: float) -> Deviations:
    candidate, interviewer, scorecard = (
        float(one) if there else None for one, there in zip(each, effects, strict=True)
    )
    return Deviations(candidate, interviewer, scorecard, residual)


def _mean_factor(freedom: int) -> float:
    """Mean of σ over s where σ² is freedom·s²/χ²; with 1 degree of freedom there is no mean: the median."""
    if freedom < 2:
        return float(1 / stdtrit(1, 0.75))
    return float(np.sqrt(freedom / 2) * np.exp(gammaln((freedom - 1) / 2) - gammaln(freedom / 2)))


# REML


def _reml(sums: Sums, effects: Effects) -> Fit:
    """The ratios of highest restricted likelihood."""
    grid = _grid(np.array([[0.0, LAST]] * 3), effects)
    axes = [ratio_at(one) for one in grid.places]
    height = surface(sums, *axes)
    best = np.unravel_index(height.argmax(), height.shape)
    start = np.array([axis[place] for axis, place in zip(axes, best, strict=True)])
    one = solution(sums, Ratios(*_climbed(sums, start, np.array(effects, dtype=float))))
    residual = float(np.sqrt(one.variance))
    sd = _named(residual * np.array(one.ratios), effects, residual)
    return Fit("reml", effects, sums, (one,), np.ones(1), sd)


def _climbed(sums: Sums, at: Floats, free: Floats) -> Floats:
    """The summit, by trying all neighbours a step away: twice the step where it led up, half where it did not.

    Gains below `NO_GAIN` are rounding error: without a limit a flat ridge would be walked for ever.
    """
    step = np.maximum(at, 0.2) / 2 * free
    last = float(ratio_at(np.array(LAST)))
    for _ in range(MOST_STEPS):
        if (step <= 1e-7 * np.maximum(at, 1)).all():
            break
        axes = [np.unique(np.clip([a - s, a, a + s], 0, last)) for a, s in zip(at, step, strict=True)]
        height = surface(sums, *axes)
        here = height[tuple(int(np.searchsorted(axis, a)) for axis, a in zip(axes, at, strict=True))]
        best = np.unravel_index(height.argmax(), height.shape)
        found = np.array([axis[place] for axis, place in zip(axes, best, strict=True)])
        if height[best] <= here + NO_GAIN:
            found = at
        step = np.minimum(np.where(found == at, step / 2, step * 2), last)
        at = found
    return at
