"""Whether tougher interviewers were given the stronger candidates: the case in which an adjustment is too small."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .equations import Solution, solution
from .model import Fit, ratios_of
from .ratings import Floats

LEAST_INTERVIEWERS = 6
WARN_ABOVE = 0.5
# A ratio as good as infinite: the effect is estimated without any shrinkage.
UNSHRUNK = 1e3


class Assignment(NamedTuple):
    """Severity and merit from comparisons within candidates alone, and how they go together."""

    # Over interviewers: severity against the mean merit of those they met; None with fewer than six.
    correlation: float | None
    # Each candidate's effect from comparisons within candidates, and with fixed effects for everybody.
    within: Floats
    fixed: Floats

    @property
    def warning(self) -> bool:
        """Whether the adjustment is probably too small."""
        return self.correlation is not None and self.correlation > WARN_ABOVE


def within(found: Fit) -> Solution:
    """The model with the candidates as fixed effects: strictness is learnt only from candidates in common."""
    return solution(found.sums, ratios_of(found)._replace(candidate=UNSHRUNK))


def fixed(found: Fit) -> Solution:
    """The model with candidates and interviewers as fixed effects."""
    return solution(found.sums, ratios_of(found)._replace(candidate=UNSHRUNK, interviewer=UNSHRUNK))


def assignment(found: Fit) -> Assignment:
    """The check on a fitted round."""
    inside = within(found)
    return Assignment(_correlation(found, inside), inside.candidate, fixed(found).candidate)


def _correlation(found: Fit, inside: Solution) -> float | None:
    """Pearson's r over interviewers; None where there are too few, or one of the two does not vary."""
    interviewer, candidate = found.sums.interviewer, found.sums.candidate
    if np.unique(interviewer).size < LEAST_INTERVIEWERS:
        return None
    cards = np.bincount(interviewer, minlength=inside.interviewer.size)
    seen = cards > 0
    met = np.bincount(interviewer, inside.candidate[candidate], minlength=cards.size)[seen] / cards[seen]
    strict = -inside.interviewer[seen]
    if min(met.std(), strict.std()) < 1e-9:
        return None
    return float(np.corrcoef(strict, met)[0, 1])
