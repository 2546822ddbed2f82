"""The words for what is refused: each names a thing that somebody might look for, and says why it is not there."""

from __future__ import annotations

import numpy as np

from ..record.names import HOW_WORDS
from .agreement import LEAST_CANDIDATES, LEAST_UNITS, Agreement
from .assignment import LEAST_INTERVIEWERS as LEAST_TO_CHECK
from .assignment import Assignment
from .design import Components, Link
from .icc import ICC
from .model import Fit
from .order import LEAST_CANDIDATES as LEAST_PLACED
from .order import LEAST_TO_REPEAT
from .ratings import Bools, Ints, Ratings, Spelling
from .refusal import Refusal, count, listed

# A file of look-alikes asks no more than anyone reads.
MOST_QUESTIONS = 20
NO_MODEL = "no model could be fitted"
ALONE = "there is nobody to compare with"
EFFECTS = "adjusted scores, intervals and an order"


def of_model(ratings: Ratings, found: Fit | None, weighed: int) -> list[Refusal]:
    """What the model could not be asked. `weighed` counts the scorecards that hold anything with weight."""
    refused = [Refusal(f"a score for {name}", "there is no rating") for name in ratings.unrated]
    if found is None:
        return [*refused, Refusal(EFFECTS, _why_no_model(ratings, weighed))]
    if not found.effects.candidate:
        refused.append(Refusal(EFFECTS, "there is one candidate: a comparison needs two"))
    if not found.effects.interviewer:
        refused.append(
            Refusal("anybody's strictness", "there is one interviewer: strictness shows only beside others")
        )
    if not found.effects.scorecard:
        refused.append(
            Refusal(
                "the part of one interviewer's own view of one candidate",
                "no scorecard has two ratings, so that it cannot be told from chance",
            )
        )
    return refused


def of_spellings(spellings: tuple[Spelling, ...]) -> list[Refusal]:
    """Names that may be one and are counted as two: a question, with how to answer it."""
    return [
        Refusal(
            f"whether {one.name} (line {one.line}) and {one.other} (line {one.other_line}) are the same {one.what}",
            f"{HOW_WORDS[one.how]}; they are taken as two. If they are one, say so: --same '{one.name}={one.other}'",
        )
        for one in spellings[:MOST_QUESTIONS]
    ]


def _why_no_model(ratings: Ratings, weighed: int) -> str:
    freedom = ratings.rating.size - len(ratings.competencies)
    if not ratings.rating.size:
        return "there is no rating"
    if not weighed:
        return "nothing that was rated has weight"
    if freedom < 1:
        return f"{count(ratings.rating.size, 'rating')} for {_competencies(ratings)} leave nothing to judge error by"
    return "all ratings of a competency are the same, so that nothing tells anybody apart"


def _competencies(ratings: Ratings) -> str:
    many = len(ratings.competencies)
    return "one competency" if many == 1 else f"{many} competencies"


def of_order(
    ratings: Ratings, parts: Components, each: Ints, placed: Bools, barred: Bools, found: Fit | None
) -> list[Refusal]:
    """Who is not set against whom. Why somebody is barred is told by the caller that barred them."""
    refused = []
    if parts.number > 1:
        sides = [
            listed([ratings.candidates[n] for n in np.flatnonzero(parts.candidate == part)])
            for part in range(min(parts.number, 4))
        ]
        more = f"; and {parts.number - 4} more parts" if parts.number > 4 else ""
        refused.append(
            Refusal(
                "candidates of different parts against each other",
                f"these share no interviewer, not even by way of others: {'; '.join(sides)}{more}",
            )
        )
    nobody = [ratings.candidates[n] for n in np.flatnonzero(each == 0)]
    if nobody:
        refused.append(Refusal(f"a score for {listed(nobody)}", "nothing that has weight was rated"))
    single = [ratings.candidates[n] for n in np.flatnonzero((each == 1) & ~barred)]
    if single:
        refused.append(
            Refusal(
                f"{listed(single)} against others",
                "one interviewer: strictness and merit cannot be told apart",
            )
        )
    alone = [ratings.candidates[n] for n in np.flatnonzero((each > 1) & ~placed & ~barred)]
    if alone:
        refused.append(
            Refusal(
                f"{listed(alone)} against others",
                f"an order needs {LEAST_PLACED} candidates who met two interviewers in the same part of the round",
            )
        )
    if found and (each.size < LEAST_TO_REPEAT or placed.sum() < LEAST_TO_REPEAT):
        refused.append(
            Refusal(
                "whether the same person would come first again",
                f"an order of {LEAST_TO_REPEAT} candidates is needed",
            )
        )
    return refused


def of_links(ratings: Ratings, links: tuple[Link, ...]) -> list[Refusal]:
    """Where the round hangs by a thread."""
    return [
        Refusal(
            f"a firm order between {listed([ratings.candidates[n] for n in link.sides[0]])} and the others",
            f"weak: {link_words(ratings, link)}",
        )
        for link in links
    ]


def link_words(ratings: Ratings, link: Link) -> str:
    """Whose scorecards hold the parts together."""
    candidate = None if link.candidate is None else ratings.candidates[link.candidate]
    interviewer = None if link.interviewer is None else ratings.interviewers[link.interviewer]
    if candidate is not None and interviewer is not None:
        return f"without {interviewer}'s scorecard on {candidate} the round falls apart there"
    return f"without {candidate or interviewer}'s scorecards the round falls apart there"


def of_severity(refused: list[tuple[str, str | None]]) -> list[Refusal]:
    """Whose strictness is not to be shown, by reason."""
    reasons: dict[str, list[str]] = {}
    for name, why in refused:
        if why and why not in (ALONE, NO_MODEL):
            reasons.setdefault(why, []).append(name)
    return [Refusal(f"the strictness of {listed(names, 20)}", why) for why, names in reasons.items()]


def of_assignment(check: Assignment | None, interviewers: int) -> list[Refusal]:
    """Why it is not known who was sent to whom."""
    if check is None or check.correlation is not None:
        return []
    why = (
        f"{count(interviewers, 'interviewer')}, and {LEAST_TO_CHECK} are needed"
        if interviewers < LEAST_TO_CHECK
        else "the interviewers show no difference in strictness, or met candidates alike"
    )
    return [Refusal("whether tougher interviewers met stronger candidates", why)]


def of_agreement(found: Agreement, correlations: ICC | None) -> list[Refusal]:
    """Which indices of agreement do not stand."""
    refused = []
    if not found.units:
        refused.append(Refusal("agreement between interviewers", "nobody was rated by two on the same thing"))
    elif not found.enough:
        refused.append(
            Refusal(
                "Krippendorff's alpha as an index to rely on",
                f"{count(found.units, 'unit')} with two ratings from {count(found.candidates, 'candidate')}; "
                f"{LEAST_UNITS} and {LEAST_CANDIDATES} are needed",
            )
        )
    if found.units and any(one is None for one in found.alpha.values()):
        refused.append(Refusal("Krippendorff's alpha", "all ratings that could differ are equal"))
    if correlations is None:
        refused.append(
            Refusal(
                "intraclass correlations from the table",
                "the table is not complete, or has no spread: each interviewer once on each candidate and competency",
            )
        )
    return refused
