"""Who is ahead, as far as the ratings tell: groups, rank intervals, and whether it would come out so again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from .equations import solution
from .model import Fit, ratios_of
from .posterior import SEED, draws, pairs_ahead
from .ratings import Bools, Floats, Ints
from .sums import sums_of_means

# A candidate leaves the leader's group once the leader is ahead with this probability.
SURE_ENOUGH = 0.90
LEAST_CANDIDATES = 3
LEAST_INTERVIEWERS = 2
# Beyond so many candidates a tenth of the draws is repeated.
MANY = 60
# A repeat is not told of fewer candidates.
LEAST_TO_REPEAT = 5


class Order(NamedTuple):
    """The order within each part of the round. Arrays have a place for each candidate.

    `placed` says who may be set against others; for everybody else ranks, group and probabilities mean nothing.
    """

    placed: Bools
    # P(row > column).
    ahead: Floats
    # 5th and 95th percentile of the rank, n × 2, whole numbers from 1.
    rank_interval: Ints
    # 1 is the top group of the candidate's part.
    group: Ints
    # Joint draws of the effects.
    drawn: Floats


def placeable(part: Ints, interviewers: Ints, barred: Bools) -> Bools:
    """Who may be set against others: met by two interviewers, with two more such candidates in the part.

    A candidate who is `barred`, since too little of what counts was rated, stands without a place.
    """
    enough = (interviewers >= LEAST_INTERVIEWERS) & ~barred
    peers = np.bincount(part[enough], minlength=part.max(initial=0) + 1)
    return np.asarray(enough & (peers[part] >= LEAST_CANDIDATES))


def order(found: Fit, part: Ints, placed: Bools) -> Order:
    """Groups and rank intervals within each part, of those who are placed."""
    ahead = pairs_ahead(found)
    drawn = draws(found)
    intervals = np.zeros((part.size, 2), dtype=np.intp)
    group = np.zeros(part.size, dtype=np.intp)
    for one in np.unique(part[placed]):
        members = np.flatnonzero(placed & (part == one))
        intervals[members] = rank_intervals(drawn[:, members])
        group[members] = groups(found.candidate[members], ahead[np.ix_(members, members)])
    return Order(placed, ahead, intervals, group, drawn)


def rank_intervals(drawn: Floats) -> Ints:
    """5th and 95th percentile of each candidate's rank over the draws; 1 is the highest effect."""
    ranks = np.argsort(np.argsort(-drawn, axis=1), axis=1) + 1
    low, high = np.quantile(ranks, [0.05, 0.95], axis=0, method="inverted_cdf")
    return np.stack([low, high], axis=1).astype(np.intp)


def groups(effect: Floats, ahead: Floats) -> Ints:
    """The leader with all whom the leader is not ahead of with 90 %; then the same among the rest; from 1."""
    group = np.zeros(effect.size, dtype=np.intp)
    number = 0
    while (rest := np.flatnonzero(group == 0)).size:
        number += 1
        leader = rest[np.argmax(effect[rest])]
        group[rest[ahead[leader, rest] < SURE_ENOUGH]] = number
        group[leader] = number
    return group


def leader_again(found: Fit, drawn: Floats, members: Sequence[int] | Ints) -> float | None:
    """Probability that the candidate now first of `members` is first again when others of the same pool interview.

    The truth is each row of `drawn`, the same scorecards are filled anew with the fitted variances, and the
    effects are estimated at fixed ratios. None below five candidates.
    """
    members = np.asarray(members, dtype=np.intp)
    if members.size < LEAST_TO_REPEAT:
        return None
    leader = int(np.argmax(found.candidate[members]))
    again = repeated(found, drawn if found.candidate.size <= MANY else drawn[::10])[:, members]
    return float((again.argmax(axis=1) == leader).mean())


def repeated(found: Fit, truth: Floats) -> Floats:
    """Estimated effects in rounds held anew: one row for each row of true effects."""
    random = np.random.default_rng(SEED + 1)
    sums, sd = found.sums, found.deviations
    size, number = sums.size, len(truth)
    strict = random.standard_normal((number, sums.shape[1])) * (sd.interviewer or 0)
    noise = np.sqrt((sd.scorecard or 0) ** 2 + sd.residual**2 / size)
    means = (
        truth[:, sums.candidate]
        + strict[:, sums.interviewer]
        + random.standard_normal((number, size.size)) * noise
    )
    return means @ _estimator(found).T


def _estimator(found: Fit) -> Floats:
    """The matrix that turns scorecard means into effects at the fitted ratios; n × S. All of it is linear."""
    sums = found.sums
    ratios = ratios_of(found)
    one = solution(sums_of_means(sums, np.zeros(sums.size.size), sums.size), ratios)
    shrunk = sums.size / (1 + sums.size * ratios.scorecard**2)
    place = np.arange(sums.size.size)
    own = np.zeros((sums.shape[0], sums.size.size))
    own[sums.candidate, place] = one.own[sums.candidate] * shrunk
    right = np.zeros((sums.shape[1] + 1, sums.size.size))
    right[sums.interviewer, place] = shrunk
    right[-1] = shrunk
    right -= one.slope.T[:, sums.candidate] * shrunk
    return np.asarray(own - one.slope @ (one.inner @ right))
