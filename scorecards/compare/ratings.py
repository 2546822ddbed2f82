"""The ratings of one round as arrays: who rated whom on what. Keyed by id; a label is never a key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import RoundRecord

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]
# Stands where ratings name no competency.
UNNAMED = ""


class Row(NamedTuple):
    """One rating: an interviewer's number for a candidate on a competency."""

    candidate: str
    interviewer: str
    competency: str
    rating: float


class Ratings(NamedTuple):
    """All ratings, sorted by candidate, interviewer, competency, so that the order of rows changes nothing.

    The ids are sorted; `candidate`, `interviewer` and `competency` are places in them, one for each rating.
    """

    candidates: tuple[str, ...]
    interviewers: tuple[str, ...]
    competencies: tuple[str, ...]
    candidate: Ints
    interviewer: Ints
    competency: Ints
    rating: Floats
    # Candidates who were named and have no rating.
    unrated: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether the ratings say which competency they are for."""
        return self.competencies != (UNNAMED,)


class Scorecards(NamedTuple):
    """The scorecards behind the ratings: one for each pair of candidate and interviewer, in sorted order."""

    candidate: Ints
    interviewer: Ints
    # Place of every rating's scorecard.
    of_rating: Ints
    # Ratings on each scorecard.
    size: Floats

    def __len__(self) -> int:  # type: ignore[override]
        return int(self.size.size)


def table(rows: Iterable[Row], unrated: Iterable[str] = ()) -> Ratings:
    """The rows as arrays."""
    ordered = sorted(rows)
    candidates, candidate = _places([row.candidate for row in ordered])
    interviewers, interviewer = _places([row.interviewer for row in ordered])
    competencies, competency = _places([row.competency for row in ordered])
    return Ratings(
        candidates,
        interviewers,
        competencies,
        candidate,
        interviewer,
        competency,
        np.array([row.rating for row in ordered], dtype=float),
        tuple(sorted(set(unrated) - set(candidates))),
    )


def ratings_of(record: RoundRecord) -> Ratings:
    """The ratings of a round: an interviewer's mean level over their questions for each competency.

    Submitted scorecards in their latest version; two interviews of one candidate by one interviewer are one
    scorecard here, since it is one person's view of another.
    """
    levels: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for card in record.cards:
        if card.state != "submitted":
            continue
        plan = record.interview[card.interview_id].plan
        competency = {item.question.id: item.question.competency for item in plan.items}
        for rating in card.content.ratings:
            if rating.level is not None and rating.question_id in competency:
                key = (card.candidate_id, card.interviewer_id, competency[rating.question_id])
                levels[key].append(rating.level)
    rows = [Row(*key, sum(given) / len(given)) for key, given in levels.items()]
    return table(rows, unrated=[candidate.id for candidate in record.candidates])


def scorecards(ratings: Ratings) -> Scorecards:
    """The pairs of candidate and interviewer that have a rating."""
    key = ratings.candidate * len(ratings.interviewers) + ratings.interviewer
    pairs, of_rating = np.unique(key, return_inverse=True)
    width = max(len(ratings.interviewers), 1)
    return Scorecards(
        pairs // width, pairs % width, of_rating, np.bincount(of_rating, minlength=pairs.size).astype(float)
    )


def interviewers_each(ratings: Ratings) -> Ints:
    """How many interviewers rated each candidate."""
    return np.bincount(scorecards(ratings).candidate, minlength=len(ratings.candidates))


def raw_means(ratings: Ratings) -> Floats:
    """Each candidate's plain mean: over an interviewer's ratings first, then over the interviewers.

    With competencies: mean over interviewers within each competency, then over the competencies that have one.
    """
    who, what = len(ratings.candidates), len(ratings.competencies)
    cell = ratings.candidate * what + ratings.competency
    trio = cell * len(ratings.interviewers) + ratings.interviewer
    own, place = np.unique(trio, return_inverse=True)
    means = np.bincount(place, ratings.rating) / np.bincount(place)
    cell = own // max(len(ratings.interviewers), 1)
    totals = np.bincount(cell, means, minlength=who * what).reshape(who, what)
    counts = np.bincount(cell, minlength=who * what).reshape(who, what)
    seen = counts > 0
    by_competency = np.divide(totals, counts, out=np.zeros_like(totals), where=seen)
    return np.asarray(by_competency.sum(axis=1) / seen.sum(axis=1))


def _places(values: list[str]) -> tuple[tuple[str, ...], Ints]:
    """The distinct values, sorted, and each value's place among them."""
    distinct = tuple(sorted(set(values)))
    place = {value: n for n, value in enumerate(distinct)}
    return distinct, np.array([place[value] for value in values], dtype=np.intp)
