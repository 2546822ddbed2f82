"""What the weights of the competencies decide: the weighted model, and how little would change the leader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from .equations import solution
from .model import Fit
from .posterior import SEED
from .ratings import Floats, Ratings, Scorecards
from .sums import sums_of_means

# Around the weights set, how closely the weights tried lie; larger is closer.
CONCENTRATION = 50
TRIES = 2_000


class Threshold(NamedTuple):
    """The weight at which two are level when the other weights keep their proportions; both as shares."""

    competency: str
    now: float
    at: float


class Move(NamedTuple):
    """The least weight that has to move from some competencies to others until two are level."""

    moved: float
    # From, to, how much; the largest first moved.
    steps: tuple[tuple[str, str, float], ...]


class Sensitivity(NamedTuple):
    """How firmly `leader` stands before `rival`, the rival whom least would put in front."""

    leader: str
    rival: str
    margin: float
    least: Move | None
    thresholds: tuple[Threshold, ...]
    # Share of weights drawn around those set under which the leader still leads everybody.
    stays: float


def normalised(weights: Mapping[str, float]) -> dict[str, float]:
    """Shares that sum to 1; equal where no competency has weight."""
    total = sum(weights.values())
    return {key: one / total if total else 1 / len(weights) for key, one in sorted(weights.items())}


def overall(scores: Mapping[str, float], weights: Mapping[str, float]) -> float | None:
    """Σ w·s / Σ w over the competencies that have a score; None where none of them has weight."""
    held = sum(weights[key] for key in scores if key in weights)
    return sum(weights[key] * scores[key] for key in scores if key in weights) / held if held else None


def thresholds(
    a: Mapping[str, float], b: Mapping[str, float], weights: Mapping[str, float]
) -> tuple[Threshold, ...]:
    """For each competency the weight, from 0 to 1, at which A and B are level; left out where there is none."""
    shares, found = normalised(weights), []
    for key, now in shares.items():
        others = [(shares[one], a[one] - b[one]) for one in shares if one != key]
        held = sum(weight for weight, _ in others)
        if held <= 0:
            continue
        rest, own = sum(weight * ahead for weight, ahead in others) / held, a[key] - b[key]
        if abs(rest - own) > 1e-12 and -1e-12 <= rest / (rest - own) <= 1 + 1e-12:
            found.append(Threshold(key, now, min(max(rest / (rest - own), 0.0), 1.0)))
    return tuple(found)


def least_move(a: Mapping[str, float], b: Mapping[str, float], weights: Mapping[str, float]) -> Move | None:
    """The least weight to move until B is level with A; None where no weights would do it.

    Weight goes from where A gains most to where B does: each bit of weight changes the margin by the difference
    of the two, so taking the largest difference first is the optimum of the linear programme.
    """
    shares = normalised(weights)
    ahead = {key: a[key] - b[key] for key in shares}
    margin = sum(shares[key] * ahead[key] for key in shares)
    target = min(ahead, key=lambda key: (ahead[key], key))
    steps = []
    for key in sorted(shares, key=lambda key: (-ahead[key], key)):
        if margin <= 1e-12 or ahead[key] <= ahead[target]:
            break
        gain = ahead[key] - ahead[target]
        moved = min(shares[key], margin / gain)
        if moved > 0:
            steps.append((key, target, moved))
            margin -= moved * gain
    return Move(sum(moved for _, _, moved in steps), tuple(steps)) if margin <= 1e-12 else None


def sensitivity(
    scores: Mapping[str, Mapping[str, float]], weights: Mapping[str, float]
) -> Sensitivity | None:
    """How firmly the first of these candidates leads; scores by candidate, each on the same competencies.

    Competencies that somebody was not rated on are left out for all. None with fewer than two candidates, without
    a competency in common, or where two are level in front.
    """
    common = set(weights).intersection(*scores.values()) if len(scores) > 1 else set()
    held = {key: weights[key] for key in sorted(common)}
    if not held or not sum(held.values()):
        return None
    totals = {
        who: overall({key: own[key] for key in held}, held) or 0.0 for who, own in sorted(scores.items())
    }
    leader, *rivals = sorted(totals, key=lambda who: (-totals[who], who))
    if totals[leader] - totals[rivals[0]] < 1e-12:
        return None
    moves = {who: least_move(scores[leader], scores[who], held) for who in rivals}
    rival = min(rivals, key=lambda who: (_moved(moves[who]), -totals[who], who))
    return Sensitivity(
        leader,
        rival,
        totals[leader] - totals[rival],
        moves[rival],
        thresholds(scores[leader], scores[rival], held),
        share_kept([scores[who] for who in (leader, *rivals)], held),
    )


def _moved(move: Move | None) -> float:
    return move.moved if move else 2.0


def share_kept(scores: list[Mapping[str, float]], weights: Mapping[str, float]) -> float:
    """Under which share of weights drawn around these the first candidate is still not behind anybody."""
    shares = {key: one for key, one in normalised(weights).items() if one > 0}
    table = np.array([[own[key] for key in shares] for own in scores])
    drawn = np.random.default_rng(SEED).dirichlet(CONCENTRATION * np.array(list(shares.values())), TRIES)
    totals = drawn @ table.T
    return float((totals[:, 0] >= totals.max(axis=1) - 1e-12).mean())


def weighted(found: Fit, ratings: Ratings, cards: Scorecards, weights: Mapping[str, float]) -> Fit:
    """The fit with each scorecard's weighted mean in place of its ratings; ratios and residual variance stay.

    A scorecard counts as (Σw)²/Σw² ratings; one without any weight does not count. The competencies' levels are
    taken out first, so that nobody loses by having been asked what is hard. Some rating must have weight.
    """
    share = np.array([weights.get(one, 0.0) for one in ratings.competencies])[ratings.competency]
    held = np.bincount(cards.of_rating, share)
    kept = held > 0
    level = found.competency
    over = (
        np.bincount(cards.of_rating, share * (ratings.rating - level[ratings.competency]))[kept] / held[kept]
    )
    size = held[kept] ** 2 / np.bincount(cards.of_rating, share**2)[kept]
    like = found.sums._replace(candidate=found.sums.candidate[kept], interviewer=found.sums.interviewer[kept])
    sums = sums_of_means(like, over + _level(ratings, level, weights), size)
    solutions = tuple(solution(sums, one.ratios)._replace(variance=one.variance) for one in found.solutions)
    return found._replace(sums=sums._replace(ratings=found.sums.freedom + 1), solutions=solutions)


def _level(ratings: Ratings, level: Floats, weights: Mapping[str, float]) -> float:
    share = np.array([weights.get(one, 0.0) for one in ratings.competencies])
    return float(share @ level / share.sum())
