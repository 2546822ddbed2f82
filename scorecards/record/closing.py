"""What there is to see before a scorecard is submitted. Some of it blocks submitting (`rules` says what); most is told."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from question_bank import Question

from . import rules
from .model import CLOSING_WORDS, Interview, Rating, Round, Scorecard
from .notes import Finding, look_at
from .states import STATES


class Lack(NamedTuple):
    """What one question's rating still lacks, in words."""

    question_id: str
    title: str
    reasons: tuple[str, ...]


class Withheld(NamedTuple):
    """What the candidate could have asked for on one question and did not get: information, no fault of anybody."""

    question_id: str
    title: str
    things: tuple[str, ...]


class Noted(NamedTuple):
    """A word worth a second look; `question_id` is None in the words beside the recommendation."""

    question_id: str | None
    title: str
    text: str
    finding: Finding


def closing_words(round_: Round) -> str:
    """What is read out to the candidate at the end: the round's own words, or the kit's."""
    return round_.closing_words or CLOSING_WORDS


def undecided(interview: Interview, card: Scorecard) -> list[Lack]:
    """Questions without a level and without a state that is complete."""
    return [lack for rating, lack in _lacks(interview, card) if _open(rating)]


def thin(interview: Interview, card: Scorecard) -> list[Lack]:
    """Questions with a level that evidence, or a reason, is still missing behind; levels 1 and 4 first."""
    found = [(rating, lack) for rating, lack in _lacks(interview, card) if not _open(rating)]
    return [lack for _, lack in sorted(found, key=lambda one: one[0].level not in (1, 4))]


def withheld(interview: Interview, card: Scorecard) -> list[Withheld]:
    """By question that was asked: numbers, reveals and exhibits on request that were never given."""
    found = [
        Withheld(item.question.id, item.question.topic, tuple(_not_given(item.question, rating.given)))
        for item in interview.plan.items
        if _asked(rating := card.rating(item.question.id))
    ]
    return [one for one in found if one.things]


def noted(interview: Interview, card: Scorecard, names: Collection[str] = ()) -> list[Noted]:
    """Every word worth a second look in the scorecard's notes, question by question."""
    verdict = card.content.verdict
    found = [
        Noted(item.question.id, item.question.topic, text, finding)
        for item in interview.plan.items
        for text, theirs in _texts(card.rating(item.question.id))
        for finding in look_at(text, names, theirs=theirs)
    ]
    return found + [
        Noted(None, "Recommendation", text, finding)
        for text in (verdict.reason, verdict.contradiction)
        for finding in look_at(text, names)
    ]


def _lacks(interview: Interview, card: Scorecard) -> Iterator[tuple[Rating, Lack]]:
    for item in interview.plan.items:
        rating = card.rating(item.question.id)
        if reasons := rules.what_is_missing_in(interview, rating):
            yield rating, Lack(item.question.id, item.question.topic, tuple(reasons))


def _open(rating: Rating) -> bool:
    return not rating.decided or rating.state is not None


def _asked(rating: Rating) -> bool:
    return rating.level is not None or (rating.state is not None and STATES[rating.state].asked)


def _not_given(question: Question, given: Collection[str]) -> Iterator[str]:
    for place, number in enumerate(question.numbers):
        if f"number-{place}" not in given:
            yield f"Number: {number.about}"
    shown = {reveal.exhibit for reveal in question.reveals if reveal.exhibit}
    for place, reveal in enumerate(question.reveals):
        if f"reveal-{place}" not in given and f"exhibit-{reveal.exhibit}" not in given:
            yield f"If asked: {reveal.if_asked}"
    for exhibit in question.exhibits:
        if exhibit.when == "on_request" and exhibit.id not in shown and f"exhibit-{exhibit.id}" not in given:
            yield f"Material: {exhibit.title}"


def _texts(rating: Rating) -> Iterator[tuple[str, bool]]:
    """Every text of a rating, and whether all of it is the candidate's words."""
    yield from ((text, field == "flag_quotes") for field, text in rating.texts())
