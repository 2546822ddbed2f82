"""The arithmetic: from ratings to scores. Exact fractions inside, one decimal outside.

States are never numbers. What was not rated leaves both sums; a weight of 0 counts as 0; where nothing was
rated there is no score. Formulas: interviewer × competency = mean of that interviewer's levels; panel ×
competency = mean of the interviewers; candidate = Σ(w·s) / Σ(w) over competencies that have a score;
coverage = Σ(w scored) / Σ(w planned). Levels by somebody who is not qualified on a competency are in none of
these; they stand apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from statistics import median
from typing import NamedTuple

from question_bank import Target

from .model import RoundRecord, Scorecard

ENOUGH_COVERAGE = Fraction(8, 10)
# Interviewers this far apart on a competency disagree strongly.
STRONG_SPREAD = 2


class CompetencyScore(NamedTuple):
    """A candidate's score on one competency. Levels are 1 to 4; `mean` is exact."""

    competency: str
    # Each interviewer's mean over their own rated questions.
    by_interviewer: dict[str, Fraction]
    mean: Fraction
    median: Fraction
    ratings: int

    @property
    def interviewers(self) -> int:
        return len(self.by_interviewer)

    @property
    def spread(self) -> Fraction:
        """Highest less lowest interviewer."""
        return max(self.by_interviewer.values()) - min(self.by_interviewer.values())

    @property
    def disputed(self) -> bool:
        return self.spread >= STRONG_SPREAD


class Apart(NamedTuple):
    """What somebody not qualified on a competency gave there: the mean of their levels, in no score."""

    competency: str
    interviewer_id: str
    mean: Fraction


class CandidateScore(NamedTuple):
    """A candidate's scores; `overall` is None where nothing weighed was rated."""

    candidate_id: str
    overall: Fraction | None
    # 0 to 1; None where no competency has weight.
    coverage: Fraction | None
    competencies: dict[str, CompetencyScore]
    unscored_musts: tuple[str, ...]
    floors_not_met: tuple[str, ...]
    # Scorecards that went into the score, of how many expected.
    submitted: int
    expected: int
    # Shown beside the scores, in none of them.
    apart: tuple[Apart, ...] = ()

    @property
    def incomplete(self) -> bool:
        """Below 80 % coverage, or a must-have without any score: shown, never ranked."""
        return self.coverage is None or self.coverage < ENOUGH_COVERAGE or bool(self.unscored_musts)


def competency_score(competency: str, levels: Mapping[str, list[int]]) -> CompetencyScore | None:
    """From each interviewer's levels on one competency; None where nobody gave one."""
    means = {who: Fraction(sum(given), len(given)) for who, given in sorted(levels.items()) if given}
    if not means:
        return None
    return CompetencyScore(
        competency=competency,
        by_interviewer=means,
        mean=sum(means.values(), Fraction(0)) / len(means),
        median=median(means.values()),
        ratings=sum(len(given) for given in levels.values()),
    )


def candidate_score(record: RoundRecord, candidate_id: str) -> CandidateScore:
    """Scores of one candidate from the submitted scorecards in `record`."""
    cards = [card for card in record.cards_of(candidate_id) if card.state == "submitted"]
    scores = competency_scores(record, cards)
    weights = {target.competency: exact(target.weight) for target in record.round.targets}
    planned = sum(weights.values(), Fraction(0))
    scored = sum((weight for key, weight in weights.items() if key in scores), Fraction(0))
    total = sum((weight * scores[key].mean for key, weight in weights.items() if key in scores), Fraction(0))
    musts = [target for target in record.round.targets if target.must_have]
    statuses = record.statuses_of(candidate_id)
    return CandidateScore(
        candidate_id=candidate_id,
        overall=total / scored if scored else None,
        coverage=scored / planned if planned else None,
        competencies=scores,
        unscored_musts=tuple(must.competency for must in musts if must.competency not in scores),
        floors_not_met=tuple(_below_floor(musts, scores)),
        submitted=len(cards),
        expected=sum(status.state == "submitted" or status.due for status in statuses),
        apart=apart(record, cards),
    )


def competency_scores(record: RoundRecord, cards: Iterable[Scorecard]) -> dict[str, CompetencyScore]:
    """Scores by competency from these scorecards, whatever their state; only levels that count."""
    found = {
        key: competency_score(key, {who: given for who, given in levels.items() if _counts(record, who, key)})
        for key, levels in sorted(_levels(record, cards).items())
    }
    return {key: score for key, score in found.items() if score is not None}


def apart(record: RoundRecord, cards: Iterable[Scorecard]) -> tuple[Apart, ...]:
    """What people gave on competencies they are not qualified on, by competency, then person."""
    return tuple(
        Apart(key, who, Fraction(sum(given), len(given)))
        for key, levels in sorted(_levels(record, cards).items())
        for who, given in sorted(levels.items())
        if not _counts(record, who, key)
    )


def card_mean(record: RoundRecord, card: Scorecard) -> Fraction | None:
    """The scorecard's mean over its competencies, weighed as the round weighs them; None without one that counts."""
    scores = competency_scores(record, [card])
    weights = {target.competency: exact(target.weight) for target in record.round.targets}
    total = sum((weights.get(key, Fraction(0)) for key in scores), Fraction(0))
    if not total:
        return None
    return (
        sum((weights.get(key, Fraction(0)) * score.mean for key, score in scores.items()), Fraction(0))
        / total
    )


def without_numbers(score: CandidateScore) -> CandidateScore:
    """The same with nothing that was computed from levels: for rounds that show evidence only."""
    return score._replace(overall=None, coverage=None, competencies={}, floors_not_met=(), apart=())


def one_decimal(value: Fraction) -> Decimal:
    """Half-up at one decimal: 2.25 is 2.3, exactly, never by way of binary fractions."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def shown(value: Fraction | None) -> str:
    """One decimal, or a dash where there is no score."""
    return "–" if value is None else str(one_decimal(value))


def percent(value: Fraction | None) -> str:
    """A share as whole per cent (half-up), or a dash."""
    if value is None:
        return "–"
    return f"{(Decimal(value.numerator * 100) / Decimal(value.denominator)).quantize(Decimal(1), ROUND_HALF_UP)} %"


@lru_cache(maxsize=1024)
def exact(weight: float) -> Fraction:
    """The weight as the person wrote it: 0.1 is one tenth."""
    return Fraction(str(weight))


def _counts(record: RoundRecord, person_id: str, competency: str) -> bool:
    return record.round.qualified(person_id, competency)


def _levels(record: RoundRecord, cards: Iterable[Scorecard]) -> dict[str, dict[str, list[int]]]:
    """The levels given, by competency and person."""
    levels: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for card in cards:
        plan = record.interview[card.interview_id].plan
        for rating in card.content.ratings:
            if rating.level is not None and (question := plan.find(rating.question_id)) is not None:
                levels[question.competency][card.interviewer_id].append(rating.level)
    return levels


def _below_floor(musts: Iterable[Target], scores: Mapping[str, CompetencyScore]) -> Iterable[str]:
    for must in musts:
        if must.competency in scores and scores[must.competency].mean < exact(must.floor):
            yield must.competency
