"""What a decision departs from: values of a kind each, and whether that kind was computed.

Kinds decide who may see what; words, in `departure_words`, only display.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from rubrics.model import Value

Count = Annotated[int, Field(ge=0, le=1_000_000)]
# As much of a fraction's parts as any share of weights needs.
Part = Annotated[int, Field(ge=0, lt=2**63)]
Told = Annotated[str, StringConstraints(max_length=100_000)]

PeopleKind = Literal[
    "votes_against", "votes_in_favour", "recommendations_against", "recommendations_in_favour"
]
# Why it is hidden: they owe a scorecard, they observe while one is out, or nothing computed is shown at all.
HiddenKind = Literal["hidden_while_owing", "hidden_while_out", "hidden_evidence_only"]
DepartureKind = Literal[
    "scorecards_missing", "low_coverage", "no_level", "below_floor", "no_place", "others_before", "other_words",
    PeopleKind, HiddenKind,
]  # fmt: skip


class ScorecardsMissing(Value):
    """Scorecards are still out."""

    kind: Literal["scorecards_missing"]
    missing: Count
    expected: Count


class LowCoverage(Value):
    """Too little of what counts was rated: so many parts of the whole."""

    kind: Literal["low_coverage"]
    rated: Part
    whole: Annotated[Part, Field(ge=1)]


class OnMustHave(Value):
    """A must-have without a level, or below its floor."""

    kind: Literal["no_level", "below_floor"]
    # The competency's id; in what an older kit wrote, its name.
    competency: Told


class MostPeople(Value):
    """More than half of those who said yes or no are of the other view."""

    kind: PeopleKind
    number: Count
    among: Count


class NoPlace(Value):
    """The comparison has no place for the candidate; `reasons` are its words."""

    kind: Literal["no_place"]
    reasons: tuple[Told, ...] = ()


class OthersBefore(Value):
    """Someone stands before the candidate in the comparison."""

    kind: Literal["others_before"]


class OtherWords(Value):
    """A sentence of a kind that is not known: what an older kit wrote, or a caller."""

    kind: Literal["other_words"]
    words: Told


class Hidden(Value):
    """How many things are hidden from this viewer; never stored."""

    kind: HiddenKind
    number: Count


Departure = Annotated[
    ScorecardsMissing | LowCoverage | OnMustHave | MostPeople | NoPlace | OthersBefore | OtherWords | Hidden,
    Field(discriminator="kind"),
]

# Whether it was computed from levels, and so is told only to those who may compare. Sentences of no known kind count
# as computed: a kit wrote them, and what it wrote is not known.
COMPUTED: dict[DepartureKind, bool] = {
    "scorecards_missing": False,
    "low_coverage": True,
    "no_level": False,
    "below_floor": True,
    "votes_against": False,
    "votes_in_favour": False,
    "recommendations_against": False,
    "recommendations_in_favour": False,
    "no_place": True,
    "others_before": True,
    "other_words": True,
    "hidden_while_owing": False,
    "hidden_while_out": False,
    "hidden_evidence_only": False,
}


def without_computed(listed: Sequence[Departure], why: HiddenKind) -> tuple[Departure, ...]:
    """The same with a count in place of what was computed."""
    plain = tuple(one for one in listed if not COMPUTED[one.kind])
    number = len(listed) - len(plain)
    return (*plain, Hidden(kind=why, number=number)) if number else plain
