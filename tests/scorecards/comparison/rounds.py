"""Rounds of ratings for the tests: published tables, small ones worked by hand, and simulated ones."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from scorecards.comparison import Ratings, Row, table

# K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): four observers, twelve units, gaps. Unit 12
# has one rating.
KRIPPENDORFF = {
    "A": (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    "B": (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    "C": (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    "D": (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
}
# P. E. Shrout and J. L. Fleiss, Psychological Bulletin 86 (1979) 420-428, table 2: six targets, four judges.
SHROUT_FLEISS = {
    "judge1": (9, 6, 8, 7, 10, 6),
    "judge2": (2, 1, 4, 1, 5, 2),
    "judge3": (5, 3, 6, 2, 6, 4),
    "judge4": (8, 2, 8, 6, 9, 7),
}


def by_interviewer(columns: dict[str, tuple[int | None, ...]]) -> Ratings:
    """Ratings from a table with a column for each interviewer; None is not rated."""
    return table(
        Row(f"c{n + 1:02d}", who, "", float(given))
        for who, column in columns.items()
        for n, given in enumerate(column)
        if given is not None
    )


def rows_of(ratings: Ratings) -> list[Row]:
    return [
        Row(ratings.candidates[c], ratings.interviewers[r], ratings.competencies[k], float(y))
        for c, r, k, y in zip(
            ratings.candidate, ratings.interviewer, ratings.competency, ratings.rating, strict=True
        )
    ]


def simulated(
    candidates: int = 12,
    interviewers: int = 10,
    each: int = 4,
    *,
    competencies: int = 8,
    asked: int = 4,
    severity: float = 0.5,
    seed: int = 1,
    names: Iterable[str] = (),
) -> Ratings:
    """A round with known spreads: candidates .5, scorecards .35, single ratings .6; whole numbers from 1 to 5."""
    random = np.random.default_rng(seed)
    merit, strict = random.normal(0, 0.5, candidates), random.normal(0, severity, interviewers)
    labels = list(names) or [f"c{n:03d}" for n in range(candidates)]
    rows = []
    for c, label in enumerate(labels):
        for r in random.choice(interviewers, each, replace=False):
            view = random.normal(0, 0.35)
            for k in random.choice(competencies, asked, replace=False):
                rating = np.clip(np.round(3 + merit[c] - strict[r] + view + random.normal(0, 0.6)), 1, 5)
                rows.append(Row(label, f"i{r:02d}", f"k{k}", float(rating)))
    return table(rows)


def two_panels(seed: int = 1) -> Ratings:
    """Two halves that share nobody: candidates a… with interviewers x…, candidates b… with interviewers y…."""
    random = np.random.default_rng(seed)
    return table(
        Row(f"{side}{c}", f"{panel}{r}", f"k{k}", float(random.integers(1, 5)))
        for side, panel in (("a", "x"), ("b", "y"))
        for c in range(6)
        for r in range(3)
        for k in range(2)
    )
