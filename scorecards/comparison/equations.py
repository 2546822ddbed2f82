"""Henderson's equations of the model at given ratios of standard deviations, many ratios at once.

C. R. Henderson, Best linear unbiased estimation and prediction under a selection model, Biometrics 31 (1975)
423–447. The candidates are eliminated first: their block is a diagonal, so what is left to solve has the size of
interviewers plus competencies.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .ratings import Floats
from .sums import Crossed, Sums, crossed

# A sum of squares below this share of the whole is rounding error.
TINY = 1e-12


class Ratios(NamedTuple):
    """Standard deviations of candidate, interviewer and scorecard over that of a rating."""

    candidate: float
    interviewer: float
    scorecard: float


class Solution(NamedTuple):
    """The effects at one set of ratios. Their covariance is s² times the unscaled parts given here.

    Given t (interviewers and competencies) a candidate's effect is mean − slope·t, with the variance `own`.
    """

    ratios: Ratios
    # n candidates, r interviewers, p competencies (from the centre).
    candidate: Floats
    interviewer: Floats
    competency: Floats
    # n: variance of a candidate's effect given t, over s².
    own: Floats
    # n × q: how a candidate's effect moves with t.
    slope: Floats
    # q × q: covariance of t over s².
    inner: Floats
    # Residual variance: REML estimate at these ratios.
    variance: float
    # Restricted log likelihood with s² integrated out or at its maximum: they differ by a constant.
    log_likelihood: float


def surface(sums: Sums, candidate: Floats, interviewer: Floats, scorecard: Floats) -> Floats:
    """Restricted log likelihood at every combination: candidates × interviewers × scorecards ratios."""
    found = np.empty((candidate.size, interviewer.size, scorecard.size))
    for place, ratio in enumerate(scorecard):
        found[:, :, place] = _plane(sums, crossed(sums, float(ratio)), candidate, interviewer)
    return found


def _plane(sums: Sums, parts: Crossed, candidate: Floats, interviewer: Floats) -> Floats:
    """The log likelihood for all candidate and interviewer ratios at one scorecard ratio."""
    squared = candidate[:, None] ** 2
    diagonal = 1 + squared * parts.candidate
    share = squared / diagonal
    inner = parts.inner - (parts.link.T * share[:, None, :]) @ parts.link
    inner_y = parts.inner_y - (share * parts.candidate_y) @ parts.link
    squares = parts.squares - share @ parts.candidate_y**2
    scale, ridge = _scaling(sums, interviewer)
    matrix = inner[:, None] * scale[:, :, None] * scale[:, None, :] + ridge
    right = inner_y[:, None] * scale
    root = np.linalg.cholesky(matrix)
    half = np.linalg.solve(root, right[..., None])[..., 0]
    rest = np.maximum(squares[:, None] - (half**2).sum(axis=2), TINY * sums.squares)
    log_det = np.log(diagonal).sum(axis=1)[:, None] + 2 * np.log(np.diagonal(root, axis1=2, axis2=3)).sum(
        axis=2
    )
    return np.asarray(-0.5 * (sums.freedom * np.log(rest) + log_det + parts.log_det))


def _scaling(sums: Sums, interviewer: Floats) -> tuple[Floats, Floats]:
    """Interviewer effects are solved for in units of their own standard deviation: nothing is singular at 0."""
    r, p = sums.shape[1], sums.counts.shape[1]
    scale = np.ones((interviewer.size, r + p))
    scale[:, :r] = interviewer[:, None]
    return scale, np.diag(np.concatenate([np.ones(r), np.zeros(p)]))


def solution(sums: Sums, ratios: Ratios, parts: Crossed | None = None) -> Solution:
    """The effects and the parts of their covariance at one set of ratios."""
    parts = parts or crossed(sums, ratios.scorecard)
    r = sums.shape[1]
    squared = ratios.candidate**2
    diagonal = 1 + squared * parts.candidate
    own = squared / diagonal
    scale, ridge = _scaling(sums, np.array([ratios.interviewer]))
    weighted = parts.link * own[:, None]
    matrix = (parts.inner - parts.link.T @ weighted) * scale[0][:, None] * scale[0] + ridge
    right = (parts.inner_y - weighted.T @ parts.candidate_y) * scale[0]
    inverse = np.linalg.inv(matrix)
    inner = (inverse + inverse.T) / 2 * scale[0][:, None] * scale[0]
    t = scale[0] * (inverse @ right)
    rest = max(
        parts.squares - float(own @ parts.candidate_y**2) - float(right @ (inverse @ right)),
        TINY * sums.squares,
    )
    log_det = np.log(diagonal).sum() + np.linalg.slogdet(matrix)[1] + parts.log_det
    return Solution(
        ratios,
        own * parts.candidate_y - weighted @ t,
        t[:r],
        t[r:],
        own,
        weighted,
        inner,
        rest / max(sums.freedom, 1),
        float(-0.5 * (sums.freedom * np.log(rest) + log_det)) if rest > 0 else 0.0,
    )
