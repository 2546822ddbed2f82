"""The severity model written down a second time, with full matrices and no shortcut; slow and plain.

Used as an oracle beside statsmodels: SciPy climbs the restricted likelihood of the whole covariance matrix.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from scorecards.comparison import Ratings


class Dense(NamedTuple):
    sd: dict[str, float]
    candidate: np.ndarray
    interviewer: np.ndarray
    log_likelihood: float


def indicator(place: np.ndarray) -> np.ndarray:
    return (place[:, None] == np.unique(place)).astype(float)


class Model:
    """y = Xβ + C + R + S + e with dense matrices."""

    def __init__(self, ratings: Ratings, *, scorecard: bool = True) -> None:
        card = ratings.candidate * 10_000 + ratings.interviewer
        self.y = ratings.rating
        self.x = indicator(ratings.competency)
        self.z = [indicator(ratings.candidate), indicator(ratings.interviewer), indicator(card)]
        self.z = self.z if scorecard else self.z[:2]

    def parts(self, ratios: np.ndarray) -> tuple[np.ndarray, np.ndarray, float, float]:
        v = np.eye(self.y.size) + sum(
            ratio**2 * z @ z.T for ratio, z in zip(np.abs(ratios), self.z, strict=True)
        )
        inverse = np.linalg.inv(v)
        information = self.x.T @ inverse @ self.x
        left = self.y - self.x @ np.linalg.solve(information, self.x.T @ inverse @ self.y)
        freedom = self.y.size - self.x.shape[1]
        squares = float(left @ inverse @ left)
        log_det = np.linalg.slogdet(v)[1] + np.linalg.slogdet(information)[1]
        return inverse, left, squares / freedom, -0.5 * (freedom * np.log(squares) + log_det)

    def log_likelihood(self, ratios: np.ndarray) -> float:
        return self.parts(ratios)[3]

    def fit(self) -> Dense:
        starts = [np.full(len(self.z), value) for value in (0.2, 1.0)]
        best = min((self._climb(start) for start in starts), key=lambda found: found.fun)
        ratios = np.abs(best.x)
        inverse, left, variance, height = self.parts(ratios)
        effects = [ratio**2 * z.T @ inverse @ left for ratio, z in zip(ratios, self.z, strict=True)]
        names = ("candidate", "interviewer", "scorecard")
        sd = {name: float(ratio * np.sqrt(variance)) for name, ratio in zip(names, ratios, strict=False)}
        return Dense({**sd, "residual": float(np.sqrt(variance))}, effects[0], effects[1], height)

    def _climb(self, start: np.ndarray):
        return minimize(
            lambda ratios: -self.log_likelihood(ratios),
            start,
            method="Nelder-Mead",
            options={"xatol": 1e-7, "fatol": 1e-11, "maxiter": 4_000},
        )
