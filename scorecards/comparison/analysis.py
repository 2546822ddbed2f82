"""The whole comparison of one round's ratings as one value."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

import numpy as np

from . import refusals
from .agreement import Agreement, agreement
from .assignment import Assignment, assignment
from .design import Components, Link, components, fragile, unsupported
from .icc import ICC, Reliability, Shares, complete_table, icc, reliability, shares
from .model import Deviations, Fit, Method, fit, severity_probability
from .order import Order, leader_again, order, placeable
from .posterior import half_width, interviewer_variances, severity_variance, variances
from .ratings import Bools, Floats, Ints, Ratings, Scorecards, raw_means, scorecards, weighed
from .refusal import Refusal
from .weights import weighted

# Strictness counts as different when its standard deviation is above this many rating points ...
STRICTNESS = 0.15
# ... with at least this probability; then the adjusted scores lead.
SURE_OF_STRICTNESS = 0.8
LEAST_SCORECARDS = 5
LEAST_RELIABILITY = 0.5


class CandidateResult(NamedTuple):
    """One candidate. `effect` and what follows from it is None where the model could not be fitted."""

    candidate: str
    # Plain mean on the rating scale; None where nothing rated has weight.
    raw: float | None
    # From the mean of the candidates, adjusted for strictness and shrunk, in rating points.
    effect: float | None
    # `effect` with the round's level, on the rating scale, and 95 % around it.
    adjusted: float | None
    interval: tuple[float, float] | None
    # 5th to 95th percentile of the rank within the part; None for somebody without a place.
    rank_interval: tuple[int, int] | None
    # 1 cannot be told apart from the part's leader.
    group: int | None
    interviewers: int
    # Candidates of different parts share nobody.
    part: int


class InterviewerResult(NamedTuple):
    """One interviewer. Severity above 0 is stricter, in rating points, with 95 % around it."""

    interviewer: str
    severity: float | None
    interval: tuple[float, float] | None
    scorecards: int
    # Share of the severity's variance that these scorecards settle.
    reliability: float | None
    # Why it should not be shown; None where it may.
    refused: str | None


class Analysis(NamedTuple):
    """Everything that is said of a round, and what is refused. Candidates stand in the order of their ids."""

    method: Method
    scale: tuple[float, float] | None
    ratings: Ratings
    scorecards: int
    components: int
    sd: Deviations | None
    # On the rating scale, mean of the competencies as weighed.
    level: float | None
    candidates: tuple[CandidateResult, ...]
    interviewers: tuple[InterviewerResult, ...]
    agreement: Agreement
    icc: ICC | None
    shares: Shares | None
    reliability: Reliability | None
    # P(row ahead of column) as far as it may be said, by place of the candidate; NaN elsewhere.
    ahead: Floats
    # By part: the probability that its leader would lead again.
    again: dict[int, float]
    severity_probability: float | None
    adjusted_leads: bool
    assignment: Assignment | None
    links: tuple[Link, ...]
    refused: tuple[Refusal, ...]

    @property
    def assignment_warning(self) -> bool:
        return self.assignment is not None and self.assignment.warning

    @property
    def pairs(self) -> dict[str, dict[str, float]]:
        """P(A ahead of B) by candidate; pairs that may not be compared are left out."""
        names = np.array(self.ratings.candidates, dtype=object)
        said = ~np.isnan(self.ahead)
        return {
            str(name): dict(zip(names[known].tolist(), row[known].tolist(), strict=True))
            for name, row, known in zip(names, np.round(self.ahead, 6), said, strict=True)
            if known.any()
        }


class Parts(NamedTuple):
    """What is worked out once and needed in several places."""

    ratings: Ratings
    cards: Scorecards
    parts: Components
    # Interviewers of each candidate, who is barred from any place, and who has one.
    each: Ints
    barred: Bools
    placed: Bools
    # The ratings with names in the place of ids, for whatever is put into words.
    named: Ratings


def analyse(
    ratings: Ratings,
    scale: tuple[float, float] | None = None,
    method: Method = "bayes",
    weights: Mapping[str, float] | None = None,
    *,
    unplaced: Collection[str] = (),
    names: Mapping[str, str] | None = None,
) -> Analysis:
    """Compare the candidates of these ratings. `scale` is its lowest and highest rating, for the record.

    `weights` by competency; without them every rating counts the same. `unplaced` candidates are shown and
    teach the model how strict people are, but get no place. `names` stand for ids in what is refused.
    """
    cards = scorecards(ratings)
    counted = cards if not weights else scorecards(weighed(ratings, weights))
    each = np.bincount(counted.candidate, minlength=len(ratings.candidates))
    parts = components(ratings, counted)
    barred = np.isin(np.array(ratings.candidates, dtype=object), list(unplaced))
    placed = placeable(parts.candidate, each, barred)
    known = Parts(ratings, counted, parts, each, barred, placed, _named(ratings, names or {}))
    plain = fit(ratings, method) if counted.number else None
    found = plain if plain is None or not weights else weighted(plain, ratings, cards, weights)
    return _analysis(known, scale, method, plain, found, weights)


def _analysis(
    known: Parts,
    scale: tuple[float, float] | None,
    method: Method,
    plain: Fit | None,
    found: Fit | None,
    weights: Mapping[str, float] | None,
) -> Analysis:
    ratings, cards = known.ratings, known.cards
    placed = order(found, known.parts.candidate, known.placed) if found and found.effects.candidate else None
    lacking = unsupported(ratings, cards, known.parts)
    told_apart = plain is not None and plain.effects.interviewer
    strict = severity_probability(_integrated(ratings, plain), STRICTNESS) if plain and told_apart else None
    check = assignment(found) if placed and found and found.effects.interviewer else None
    table = complete_table(ratings, cards)
    agreed, links, people = agreement(ratings), fragile(ratings, cards), _interviewers(known, found)
    correlations = None if table is None else icc(table)
    return Analysis(
        method=method,
        scale=scale,
        ratings=ratings,
        scorecards=cards.number,
        components=known.parts.number,
        sd=found.deviations if found else None,
        level=found.level if found else None,
        candidates=_candidates(known, found, placed, weights),
        interviewers=people,
        agreement=agreed,
        icc=correlations,
        shares=shares(found.deviations) if found else None,
        reliability=reliability(found.deviations, cards) if found else None,
        ahead=_said(known, placed),
        again=_again(found, placed, known) if found and placed else {},
        severity_probability=strict,
        adjusted_leads=not lacking and strict is not None and strict >= SURE_OF_STRICTNESS,
        assignment=check,
        links=links,
        refused=(
            *refusals.of_spellings(ratings.spellings),
            *refusals.of_model(known.named, found, cards.number),
            *refusals.of_order(known.named, known.parts, known.each, known.placed, known.barred, found),
            *lacking,
            *refusals.of_links(known.named, links),
            *refusals.of_severity(
                [(n, one.refused) for n, one in zip(known.named.interviewers, people, strict=True)]
            ),
            *refusals.of_assignment(check, len(ratings.interviewers)),
            *refusals.of_agreement(agreed, correlations),
        ),
    )


def _named(ratings: Ratings, names: Mapping[str, str]) -> Ratings:
    """The same ratings with names for ids; places stay."""
    return ratings._replace(
        candidates=tuple(names.get(one, one) for one in ratings.candidates),
        interviewers=tuple(names.get(one, one) for one in ratings.interviewers),
        competencies=tuple(names.get(one, one) for one in ratings.competencies),
        unrated=tuple(names.get(one, one) for one in ratings.unrated),
    )


def _integrated(ratings: Ratings, found: Fit) -> Fit:
    """The posterior, which alone has a probability of strictness, whichever method is shown."""
    return found if found.method == "bayes" else fit(ratings) or found


def _candidates(
    known: Parts, found: Fit | None, placed: Order | None, weights: Mapping[str, float] | None
) -> tuple[CandidateResult, ...]:
    raw = [None if np.isnan(mean) else float(mean) for mean in raw_means(known.ratings, weights)]
    plain = [
        CandidateResult(name, raw[n], None, None, None, None, None, int(known.each[n]), int(part))
        for n, (name, part) in enumerate(zip(known.ratings.candidates, known.parts.candidate, strict=True))
    ]
    if found is None or placed is None:
        return tuple(plain)
    effect, width = found.candidate, half_width(variances(found), found.sums.freedom)
    return tuple(
        _placed(one, n, float(effect[n]), float(width[n]), found.level, placed) if one.interviewers else one
        for n, one in enumerate(plain)
    )


def _placed(
    one: CandidateResult, n: int, effect: float, width: float, level: float, placed: Order
) -> CandidateResult:
    """The candidate with what the model says."""
    low, high = placed.rank_interval[n].tolist()
    return one._replace(
        effect=effect,
        adjusted=effect + level,
        interval=(effect + level - width, effect + level + width),
        rank_interval=(low, high) if placed.placed[n] else None,
        group=int(placed.group[n]) if placed.placed[n] else None,
    )


def _interviewers(known: Parts, found: Fit | None) -> tuple[InterviewerResult, ...]:
    cards = np.bincount(known.cards.interviewer, minlength=len(known.ratings.interviewers))
    if found is None or not found.effects.interviewer:
        why = refusals.ALONE if found else refusals.NO_MODEL
        return tuple(
            InterviewerResult(name, None, None, int(n), None, why)
            for name, n in zip(known.ratings.interviewers, cards, strict=True)
        )
    variance = interviewer_variances(found)
    width = half_width(variance, found.sums.freedom)
    total, effect = severity_variance(found), found.interviewer
    results = []
    for n, name in enumerate(known.ratings.interviewers):
        severity = -float(effect[n])
        share = max(0.0, 1 - float(variance[n]) / total) if total > 0 else 0.0
        interval = (severity - float(width[n]), severity + float(width[n]))
        refused = _severity_refused(int(cards[n]), share)
        results.append(InterviewerResult(name, severity, interval, int(cards[n]), share, refused))
    return tuple(results)


def _severity_refused(cards: int, share: float) -> str | None:
    if cards < LEAST_SCORECARDS:
        return f"too few shared candidates: {cards} of {LEAST_SCORECARDS} scorecards"
    if share < LEAST_RELIABILITY:
        return "too few shared candidates to tell strictness from chance"
    return None


def _said(known: Parts, placed: Order | None) -> Floats:
    """P(row ahead of column) where both have a place in the same part."""
    n = len(known.ratings.candidates)
    if placed is None:
        return np.full((n, n), np.nan)
    part = known.parts.candidate
    together = placed.placed[:, None] & placed.placed & (part[:, None] == part) & ~np.eye(n, dtype=bool)
    return np.where(together, placed.ahead, np.nan)


def _again(found: Fit, placed: Order, known: Parts) -> dict[int, float]:
    by_part = {
        int(part): leader_again(
            found, placed.drawn, np.flatnonzero(placed.placed & (known.parts.candidate == part))
        )
        for part in np.unique(known.parts.candidate[placed.placed])
    }
    return {part: chance for part, chance in by_part.items() if chance is not None}
