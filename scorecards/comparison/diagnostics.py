"""What the ratings say of questions and of interviewers. Private: to that interviewer and to the round's lead.

Every index has a least number of ratings below which nothing is said, and none of them ranks anybody: a severe,
even or cautious interviewer may simply be right.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple

import numpy as np
from scipy.special import stdtrit

from ..record.model import RoundRecord
from .equations import solution
from .model import Fit, ratios_of
from .ratings import Floats, Ints, Ratings, Scorecards, scorecards
from .refusal import Refusal, count
from .sums import sums_of

Verdict = Literal["separates", "misleads", "open"]
LEAST_FOR_SHARES = 10
LEAST_RATINGS = 15
LEAST_CANDIDATES = 10
LEAST_SCORECARDS = 5
LEAST_COMPETENCIES = 4
LEAST_FOR_ORDER = 30
LEAST_INTERVIEWERS = 3
UNEXPECTED = 2.5
# Ratings that weigh as much as the interviewer's own when a spread is shrunk towards the pool's.
SHRINKAGE = 10


class QuestionCheck(NamedTuple):
    """How one question (or competency) was rated."""

    question: str
    ratings: int
    # Share of each rating given, lowest first.
    shares: dict[float, float]
    # The commonest rating and its share; None below the least number.
    commonest: tuple[float, float] | None
    # Correlation with the candidate's standing on everything else, with 95 %.
    discrimination: tuple[float, float, float] | None
    verdict: Verdict | None
    refused: tuple[Refusal, ...]


class InterviewerCheck(NamedTuple):
    """How one interviewer uses the scale; 1 is like the pool for `evenness` and `spread`."""

    interviewer: str
    # Spread between competencies on a scorecard over the pool's: below 1 is more even.
    evenness: float | None
    # Spread around what is expected over the pool's, shrunk: below 1 keeps closer to it.
    spread: float | None
    # Different ratings used, and the share in the highest two of the scale's ratings.
    used: int | None
    top_two: float | None
    # Change of a rating for each point by which the same day's earlier candidates were better.
    order_slope: tuple[float, float, float] | None
    refused: tuple[Refusal, ...]


class Unexpected(NamedTuple):
    """A scorecard far from what the candidate and the interviewer would suggest: a prompt to talk, not a fault."""

    candidate: str
    interviewer: str
    standardised: float


def questions(ratings: Ratings, found: Fit | None) -> tuple[QuestionCheck, ...]:
    """Every competency of the ratings; pass ratings by question to have questions."""
    return tuple(_question(ratings, found, place) for place in range(len(ratings.competencies)))


def _question(ratings: Ratings, found: Fit | None, place: int) -> QuestionCheck:
    name, rows = ratings.competencies[place], ratings.competency == place
    given, times = np.unique(ratings.rating[rows], return_counts=True)
    number, refused = int(rows.sum()), []
    commonest = None
    if number < LEAST_FOR_SHARES:
        refused.append(_needs(f"how {name} was rated", number, LEAST_FOR_SHARES))
    else:
        commonest = (float(given[times.argmax()]), float(times.max() / number))
    people = np.unique(ratings.candidate[rows]).size
    told = None
    if found is None or number < LEAST_RATINGS or people < LEAST_CANDIDATES:
        least = f"{LEAST_RATINGS} ratings of {LEAST_CANDIDATES} candidates are needed"
        why = f"{count(number, 'rating')} of {count(people, 'candidate')}; {least}"
        refused.append(Refusal(f"whether {name} tells candidates apart", why))
    else:
        told = _discrimination(ratings, found, place)
    shares = dict(zip(given.tolist(), (times / number).tolist(), strict=True))
    return QuestionCheck(name, number, shares, commonest, told, told and _verdict(told), tuple(refused))


def _verdict(told: tuple[float, float, float]) -> Verdict:
    """Neither good nor bad while the interval spans 0."""
    return "separates" if told[1] > 0 else "misleads" if told[2] < 0 else "open"


def _needs(what: str, number: int, least: int) -> Refusal:
    return Refusal(what, f"{count(number, 'rating')}; {least} are needed")


def _discrimination(ratings: Ratings, found: Fit, place: int) -> tuple[float, float, float] | None:
    """Correlation over candidates of the question, strictness taken out, with the effect from all other questions."""
    n, rows = len(ratings.candidates), ratings.competency == place
    rest = without(ratings, place)
    if not rest.rating.size:
        return None
    own = ratings.rating[rows] - found.interviewer[ratings.interviewer[rows]]
    here = _mean(ratings.candidate[rows], own, n)
    cards = scorecards(rest)
    effect = solution(sums_of(rest, cards), ratios_of(found)).candidate
    both = ~np.isnan(here) & (np.bincount(cards.candidate, minlength=n) > 0)
    if both.sum() < LEAST_CANDIDATES or min(here[both].std(), effect[both].std()) < 1e-9:
        return None
    return correlation(here[both], effect[both])


def without(ratings: Ratings, place: int) -> Ratings:
    """The ratings of all other competencies; candidates and interviewers keep their places."""
    rows = ratings.competency != place
    competency = ratings.competency[rows]
    return ratings._replace(
        competencies=(*ratings.competencies[:place], *ratings.competencies[place + 1 :]),
        candidate=ratings.candidate[rows],
        interviewer=ratings.interviewer[rows],
        competency=competency - (competency > place),
        rating=ratings.rating[rows],
    )


def correlation(a: Floats, b: Floats) -> tuple[float, float, float]:
    """Pearson's r with Fisher's 95 % interval."""
    r = float(np.clip(np.corrcoef(a, b)[0, 1], -0.999999, 0.999999))
    reach = 1.959964 / np.sqrt(max(a.size - 3, 1))
    return r, float(np.tanh(np.arctanh(r) - reach)), float(np.tanh(np.arctanh(r) + reach))


def _mean(place: Ints, value: Floats, length: int) -> Floats:
    """Mean of the values at each place; NaN where there is none."""
    times = np.bincount(place, minlength=length)
    unknown = np.full(length, np.nan)
    return np.asarray(
        np.divide(np.bincount(place, value, minlength=length), times, out=unknown, where=times > 0)
    )


def interviewers(
    ratings: Ratings,
    cards: Scorecards,
    found: Fit | None,
    top: tuple[float, float] | None = None,
    held: Sequence[datetime] | None = None,
) -> tuple[InterviewerCheck, ...]:
    """How each interviewer uses the scale. `top` are its two highest ratings, `held` each scorecard's start."""
    left = None if found is None else _left(ratings, found)
    return tuple(
        _interviewer(ratings, cards, found, left, place, top, held)
        for place in range(len(ratings.interviewers))
    )


def _left(ratings: Ratings, found: Fit) -> Floats:
    """Ratings less what competency, candidate and interviewer would suggest."""
    return np.asarray(
        ratings.rating
        - found.competency[ratings.competency]
        - found.candidate[ratings.candidate]
        - found.interviewer[ratings.interviewer]
    )


def _interviewer(
    ratings: Ratings,
    cards: Scorecards,
    found: Fit | None,
    left: Floats | None,
    place: int,
    top: tuple[float, float] | None,
    held: Sequence[datetime] | None,
) -> InterviewerCheck:
    name, rows = ratings.interviewers[place], ratings.interviewer == place
    number, own = int(rows.sum()), int((cards.interviewer == place).sum())
    refused: list[Refusal] = []
    enough = number >= LEAST_RATINGS
    if not enough:
        refused.append(_needs(f"how {name} uses the scale", number, LEAST_RATINGS))
    even = None if found is None else _evenness(ratings, cards, found, place)
    if even is None:
        why = f"{LEAST_SCORECARDS} scorecards with {LEAST_COMPETENCIES} competencies are needed"
        refused.append(Refusal(f"how even {name}'s scorecards are", why))
    spread = None
    if left is not None and enough and own >= LEAST_SCORECARDS and left.std() > 0:
        ratio = float(left[rows].std() / left.std())
        spread = 1 + (ratio - 1) * number / (number + SHRINKAGE)
    slope = None
    if found is not None and held is not None and own >= LEAST_FOR_ORDER:
        slope = _order_slope(ratings, cards, found, place, held)
    given = ratings.rating[rows]
    return InterviewerCheck(
        name,
        even,
        spread,
        np.unique(given).size if enough else None,
        float(np.isin(given, top).mean()) if enough and top else None,
        slope,
        tuple(refused),
    )


def _evenness(ratings: Ratings, cards: Scorecards, found: Fit, place: int) -> float | None:
    """Median spread within this interviewer's scorecards over that of the pool; the competencies' levels taken out."""
    own = ratings.rating - found.competency[ratings.competency]
    middle = _mean(cards.of_rating, own, cards.number)
    squares = np.bincount(cards.of_rating, (own - middle[cards.of_rating]) ** 2, minlength=cards.number)
    full = cards.size >= LEAST_COMPETENCIES
    mine = full & (cards.interviewer == place)
    if mine.sum() < LEAST_SCORECARDS:
        return None
    spread = np.sqrt(squares / np.maximum(cards.size - 1, 1))
    pool = float(np.median(spread[full]))
    return float(np.median(spread[mine]) / pool) if pool > 0 else None


def _order_slope(
    ratings: Ratings, cards: Scorecards, found: Fit, place: int, held: Sequence[datetime]
) -> tuple[float, float, float] | None:
    """Slope of a scorecard's residual on the mean of the same day's earlier ones, with 95 %."""
    residual = _mean(cards.of_rating, _left(ratings, found), cards.number)
    mean = _mean(cards.of_rating, ratings.rating, cards.number)
    mine = sorted(np.flatnonzero(cards.interviewer == place).tolist(), key=lambda card: held[card])
    pairs = []
    for position, card in enumerate(mine):
        before = [other for other in mine[:position] if held[other].date() == held[card].date()]
        if before:
            pairs.append((float(mean[before].mean()), float(residual[card])))
    if len(pairs) < LEAST_RATINGS:
        return None
    x, y = np.array(pairs).T
    away = x - x.mean()
    if not away @ away > 1e-9:
        return None
    slope = float(away @ y / (away @ away))
    error = y - y.mean() - slope * away
    reach = float(np.sqrt(error @ error / (y.size - 2) / (away @ away)) * stdtrit(y.size - 2, 0.975))
    return slope, slope - reach, slope + reach


def held_at(record: RoundRecord, ratings: Ratings, cards: Scorecards) -> list[datetime]:
    """When each scorecard's interview began: its clock's start, or else the moment of submitting."""
    began: dict[tuple[str, str], datetime] = {}
    for card in record.cards:
        times = [moment.at for moment in card.moments if moment.kind == "begun"]
        if card.state == "submitted" and (at := min(times, default=card.submitted_at)):
            pair = (card.candidate_id, card.interviewer_id)
            began[pair] = min(began.get(pair, at), at)
    return [
        began[ratings.candidates[candidate], ratings.interviewers[interviewer]]
        for candidate, interviewer in zip(cards.candidate, cards.interviewer, strict=True)
    ]


def unexpected(ratings: Ratings, cards: Scorecards, found: Fit) -> tuple[Unexpected, ...]:
    """Scorecards whose own part lies beyond 2.5 of its standard deviations, where three interviewers met the candidate."""
    sd = found.deviations
    if sd.scorecard is None:
        return ()
    total = np.bincount(cards.of_rating, _left(ratings, found), minlength=cards.number)
    spread = np.sqrt(sd.scorecard**2 + sd.residual**2 / cards.size)
    standardised = total / cards.size / spread
    each = np.bincount(cards.candidate)[cards.candidate]
    flagged = np.flatnonzero((np.abs(standardised) > UNEXPECTED) & (each >= LEAST_INTERVIEWERS))
    return tuple(
        Unexpected(
            ratings.candidates[cards.candidate[place]],
            ratings.interviewers[cards.interviewer[place]],
            float(standardised[place]),
        )
        for place in flagged
    )
