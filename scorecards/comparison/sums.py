"""What the model needs of the ratings: sums over scorecards, so that its cost does not grow with them.

With λ the standard deviation of an effect over that of a rating, the ratings y = Xβ + C + R + S + e have the
covariance σ²·(I + λs²ZsZs' + λc²ZcZc' + λr²ZrZr'). The scorecard part inverts in closed form, since a scorecard
of m ratings has (I + λs²J)⁻¹ = I − λs²/(1 + mλs²)·J.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .ratings import Floats, Ints, Ratings, Scorecards, added


class Sums(NamedTuple):
    """Sums over S scorecards, n candidates, r interviewers, p competencies; y counts from `centre`."""

    candidate: Ints
    interviewer: Ints
    # Ratings on each scorecard; not whole where weights make some count for less.
    size: Floats
    # S × p: the ratings of each competency on each scorecard.
    counts: Floats
    # Sum of y on each scorecard.
    total: Floats
    # X'y and y'y over all ratings.
    by_competency: Floats
    squares: float
    shape: tuple[int, int]
    ratings: int
    centre: float

    @property
    def freedom(self) -> int:
        """Ratings less fixed effects."""
        return self.ratings - int(self.counts.shape[1])


def sums_of(ratings: Ratings, cards: Scorecards) -> Sums:
    """The sums of all ratings; the competencies are the fixed effects."""
    centre = float(ratings.rating.mean())
    y = ratings.rating - centre
    competencies = len(ratings.competencies)
    counts = np.zeros((cards.number, competencies))
    np.add.at(counts, (cards.of_rating, ratings.competency), 1.0)
    return Sums(
        cards.candidate,
        cards.interviewer,
        cards.size,
        counts,
        added(cards.of_rating, y, cards.number),
        added(ratings.competency, y, competencies),
        float(y @ y),
        (len(ratings.candidates), len(ratings.interviewers)),
        y.size,
        centre,
    )


def sums_of_means(like: Sums, mean: Floats, size: Floats) -> Sums:
    """The sums where each scorecard is one number that counts as `size` ratings; one fixed effect, the level."""
    centre = float(np.average(mean, weights=size))
    y = mean - centre
    return Sums(
        like.candidate,
        like.interviewer,
        size,
        size[:, None],
        size * y,
        np.array([float(size @ y)]),
        float(size @ y**2),
        like.shape,
        size.size,
        centre,
    )


class Crossed(NamedTuple):
    """The weighted cross products at one λs; t stands for interviewers and competencies together, q of them."""

    # n: Zc'WZc (diagonal) and Zc'Wy.
    candidate: Floats
    candidate_y: Floats
    # n × q: Zc'W[Zr X].
    link: Floats
    # q × q and q: [Zr X]'W[Zr X] and [Zr X]'Wy.
    inner: Floats
    inner_y: Floats
    # y'Wy and log|W⁻¹|.
    squares: float
    log_det: float


def crossed(sums: Sums, scorecard: float) -> Crossed:
    """Cross products with the scorecard effect of ratio `scorecard` taken out."""
    n, r = sums.shape
    p = sums.counts.shape[1]
    shrink = 1 + sums.size * scorecard**2
    weight, counts, total = sums.size / shrink, sums.counts / shrink[:, None], sums.total / shrink
    link = np.zeros((n, r + p))
    np.add.at(link, (sums.candidate, sums.interviewer), weight)
    np.add.at(link[:, r:], sums.candidate, counts)
    inner = np.zeros((r + p, r + p))
    inner[range(r), range(r)] = added(sums.interviewer, weight, r)
    side = np.zeros((r, p))
    np.add.at(side, sums.interviewer, counts)
    inner[:r, r:], inner[r:, :r] = side, side.T
    taken = scorecard**2 / shrink
    inner[r:, r:] = np.diag(sums.counts.sum(axis=0)) - (sums.counts * taken[:, None]).T @ sums.counts
    inner_y = np.concatenate(
        [
            added(sums.interviewer, total, r),
            sums.by_competency - sums.counts.T @ (taken * sums.total),
        ]
    )
    return Crossed(
        added(sums.candidate, weight, n),
        added(sums.candidate, total, n),
        link,
        inner,
        inner_y,
        sums.squares - float(taken @ sums.total**2),
        float(np.log(shrink).sum()),
    )
