"""The ratings of one round as arrays: who rated whom on what. Keyed by id; a label is never a key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from question_bank import Question

from ..record.model import RoundRecord
from ..record.names import How

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


class Spelling(NamedTuple):
    """Two names of a file that may mean one person: who, as they are spelled, and the lines where they are first."""

    what: Literal["candidate", "interviewer"]
    name: str
    line: int
    other: str
    other_line: int
    how: How


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
    # Names that are taken as two and may be one.
    spellings: tuple[Spelling, ...] = ()

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

    @property
    def number(self) -> int:
        return int(self.candidate.size)


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

    Submitted scorecards in their latest version, without levels by somebody not qualified. Two interviews of one
    candidate by one interviewer are one scorecard here, since it is one person's view of another.
    """
    return _of(record, lambda question: question.competency)


def ratings_by_question(record: RoundRecord) -> Ratings:
    """The same with the question's id in the place of the competency."""
    return _of(record, lambda question: question.id)


def _of(record: RoundRecord, key: Callable[[Question], str]) -> Ratings:
    levels: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for card in record.cards:
        if card.state != "submitted":
            continue
        plan = record.interview[card.interview_id].plan
        for rating in card.content.ratings:
            question = plan.find(rating.question_id)
            if rating.level is None or question is None:
                continue
            if record.round.qualified(card.interviewer_id, question.competency):
                levels[card.candidate_id, card.interviewer_id, key(question)].append(rating.level)
    rows = [Row(*place, sum(given) / len(given)) for place, given in levels.items()]
    return table(rows, unrated=[candidate.id for candidate in record.candidates])


def scorecards(ratings: Ratings) -> Scorecards:
    """The pairs of candidate and interviewer that have a rating."""
    key = ratings.candidate * len(ratings.interviewers) + ratings.interviewer
    pairs, of_rating = np.unique(key, return_inverse=True)
    width = max(len(ratings.interviewers), 1)
    return Scorecards(
        pairs // width, pairs % width, of_rating, np.bincount(of_rating, minlength=pairs.size).astype(float)
    )


def weighed(ratings: Ratings, weights: Mapping[str, float]) -> Ratings:
    """The ratings of competencies that have weight; the ids stay, so that places mean the same."""
    counts = np.array([weights.get(one, 0.0) > 0 for one in ratings.competencies], dtype=bool)
    kept = counts[ratings.competency]
    return ratings._replace(
        candidate=ratings.candidate[kept],
        interviewer=ratings.interviewer[kept],
        competency=ratings.competency[kept],
        rating=ratings.rating[kept],
    )


def competency_means(ratings: Ratings) -> Floats:
    """Candidates × competencies: the mean over interviewers of each one's own mean; NaN where nobody rated."""
    who, what, by = len(ratings.candidates), len(ratings.competencies), max(len(ratings.interviewers), 1)
    trio = (ratings.candidate * what + ratings.competency) * by + ratings.interviewer
    own, place = np.unique(trio, return_inverse=True)
    means = np.bincount(place, ratings.rating) / np.bincount(place)
    totals = np.bincount(own // by, means, minlength=who * what)
    counts = np.bincount(own // by, minlength=who * what)
    found = np.divide(totals, counts, out=np.full(who * what, np.nan), where=counts > 0)
    return np.asarray(found.reshape(who, what))


def raw_means(ratings: Ratings, weights: Mapping[str, float] | None = None) -> Floats:
    """Each candidate's plain score: Σ w·mean / Σ w over the competencies rated; NaN where those have no weight."""
    means = competency_means(ratings)
    share = np.array([1.0 if weights is None else weights.get(one, 0.0) for one in ratings.competencies])
    held = np.where(np.isnan(means), 0.0, share)
    total = held.sum(axis=1)
    unscored = np.full(total.size, np.nan)
    return np.asarray(
        np.divide((held * np.nan_to_num(means)).sum(axis=1), total, out=unscored, where=total > 0)
    )


def added(place: Ints, value: Floats, length: int) -> Floats:
    """The sum of the values at each place from 0 to `length`."""
    return np.asarray(np.bincount(place, value, minlength=length), dtype=np.float64)


def _places(values: list[str]) -> tuple[tuple[str, ...], Ints]:
    """The distinct values, sorted, and each value's place among them."""
    distinct = tuple(sorted(set(values)))
    place = {value: n for n, value in enumerate(distinct)}
    return distinct, np.array([place[value] for value in values], dtype=np.intp)
