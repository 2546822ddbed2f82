"""The words of what a decision departs from, and how the sentences that older kits stored are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Literal

from ..record.departures import (
    Departure,
    HiddenKind,
    LowCoverage,
    MostPeople,
    NoPlace,
    OnMustHave,
    OthersBefore,
    OtherWords,
    PeopleKind,
    ScorecardsMissing,
)
from ..record.score import percent

_SIDES: dict[PeopleKind, tuple[str, str]] = {
    "votes_against": ("votes", "against"),
    "votes_in_favour": ("votes", "in favour"),
    "recommendations_against": ("recommendations", "against"),
    "recommendations_in_favour": ("recommendations", "in favour"),
}
_MUSTS: dict[Literal["no_level", "below_floor"], str] = {
    "no_level": "No level on the must-have {}.",
    "below_floor": "The must-have {} is below its floor.",
}
# One thing, and several.
_HIDDEN: dict[HiddenKind, tuple[str, str]] = {
    "hidden_while_owing": (
        "is hidden from you while you owe a scorecard in this round; it opens once you owe none.",
        "are hidden from you while you owe a scorecard in this round; they open once you owe none.",
    ),
    "hidden_while_out": (
        "is hidden from observers while a scorecard is out in this round; it opens once all are in.",
        "are hidden from observers while a scorecard is out in this round; they open once all are in.",
    ),
    "hidden_evidence_only": (
        "is left out, because only evidence is shown here.",
        "are left out, because only evidence is shown here.",
    ),
}


def departure_words(one: Departure, names: Mapping[str, str] | None = None) -> str:
    """One sentence; `names` are the competencies' names by id."""
    if isinstance(one, ScorecardsMissing):
        return f"{one.missing} of {one.expected} scorecards missing."
    if isinstance(one, LowCoverage):
        return f"Only {percent(Fraction(one.rated, one.whole))} of what counts was rated."
    if isinstance(one, OnMustHave):
        return _MUSTS[one.kind].format((names or {}).get(one.competency, one.competency))
    if isinstance(one, MostPeople):
        what, side = _SIDES[one.kind]
        return f"{one.number} of {one.among} {what} {'is' if one.number == 1 else 'are'} {side}."
    if isinstance(one, NoPlace):
        return f"No place in the comparison: {'; '.join(one.reasons)}."
    if isinstance(one, OthersBefore):
        return "Another candidate is ahead of this one in the comparison (at least a 90 % chance)."
    if isinstance(one, OtherWords):
        return one.words
    one_thing, several = _HIDDEN[one.kind]
    if one.number == 1:
        return f"One thing that the kit computed {one_thing}"
    return f"{one.number} things that the kit computed {several}"


def of_sentences(sentences: Iterable[str]) -> tuple[Departure, ...]:
    """The sentences that an older kit stored, each as its kind; one that no kit is known to write counts as computed."""
    return tuple(map(_of_sentence, sentences))


def _of_sentence(sentence: str) -> Departure:
    for pattern, made in _SENTENCES:
        if found := pattern.fullmatch(sentence):
            return made(*found.groups())
    return OtherWords(kind="other_words", words=sentence)


def _most(number: str, among: str, what: str, side: str) -> Departure:
    kind = next(kind for kind, words in _SIDES.items() if words == (what, side))
    return MostPeople(kind=kind, number=int(number), among=int(among))


_NUMBER = r"(\d{1,6})"
_SENTENCES: tuple[tuple[re.Pattern[str], Callable[..., Departure]], ...] = (
    (
        re.compile(rf"{_NUMBER} of {_NUMBER} scorecards missing\.", re.ASCII),
        lambda missing, expected: ScorecardsMissing(
            kind="scorecards_missing", missing=int(missing), expected=int(expected)
        ),
    ),
    (
        re.compile(r"Only (\d{1,3}) % of what counts was rated\.", re.ASCII),
        lambda rated: LowCoverage(kind="low_coverage", rated=int(rated), whole=100),
    ),
    (
        re.compile(r"No level on the must-have (.+)\.", re.DOTALL),
        lambda name: OnMustHave(kind="no_level", competency=name),
    ),
    (
        re.compile(r"The must-have (.+) is below its floor\.", re.DOTALL),
        lambda name: OnMustHave(kind="below_floor", competency=name),
    ),
    (
        re.compile(
            rf"{_NUMBER} of {_NUMBER} (votes|recommendations) (?:is|are) (against|in favour)\.", re.ASCII
        ),
        _most,
    ),
    (
        re.compile(r"No place in the comparison: (.+)\.", re.DOTALL),
        lambda reasons: NoPlace(kind="no_place", reasons=(reasons,)),
    ),
    (
        re.compile(
            r"(?:Somebody stands|Others stand) before this candidate in the comparison, with at least 9 chances in "
            r"10\."
        ),
        lambda: OthersBefore(kind="others_before"),
    ),
)
