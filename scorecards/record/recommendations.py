"""What an interviewer may recommend, and everything the kit knows about each answer: the one place that lists them.

The order is the one in which they are offered.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Recommendation = Literal["strong_no", "no", "yes", "strong_yes", "no_decision"]
Greenhouse = Literal["definitely_not", "no", "yes", "strong_yes", "no_decision"]
Merge = Literal["DEFINITELY_NO", "NO", "YES", "STRONG_YES", "NO_DECISION"]


class RecommendationMeaning(NamedTuple):
    """What one recommendation is called, which side it is on, and its value in other systems."""

    name: str
    # How far it is in favour: above 0 for, below 0 against; None is on neither side.
    favour: int | None
    # As their API references list the values of a scorecard's `overall_recommendation`; docs/api.md has the sources.
    greenhouse: Greenhouse
    merge: Merge
    # What its box of words asks for, where it stands only with a reason; empty where the reason may stay empty.
    ask: str = ""


MEANINGS: dict[Recommendation, RecommendationMeaning] = {
    "strong_no": RecommendationMeaning("Strong no", -2, "definitely_not", "DEFINITELY_NO"),
    "no": RecommendationMeaning("No", -1, "no", "NO"),
    "yes": RecommendationMeaning("Yes", 1, "yes", "YES"),
    "strong_yes": RecommendationMeaning("Strong yes", 2, "strong_yes", "STRONG_YES"),
    "no_decision": RecommendationMeaning(
        "No decision", None, "no_decision", "NO_DECISION", "Why there is no decision"
    ),
}
RECOMMENDATIONS: dict[Recommendation, str] = {key: one.name for key, one in MEANINGS.items()}


def favour_of(choice: Recommendation | None) -> int | None:
    """How far it is in favour; None where there is none, or where it is on neither side."""
    return None if choice is None else MEANINGS[choice].favour


def what_is_missing_beside(choice: Recommendation, reason: str) -> list[str]:
    """What this recommendation still lacks with this reason."""
    told = MEANINGS[choice]
    return [f"{told.name}: say why."] if told.ask and not reason.strip() else []
