"""What interviewers recorded, question by question, as blocks: level, anchor, what was heard, their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from question_bank import PlanItem, Question
from rubrics import Rubrics

from ..model import SKIP_REASONS, Rating, RoundRecord, Scorecard
from ..rules import proposed_level, qualified
from ..timeline import minutes_used
from .blocks import Block, short
from .tables import level_or_state


class Given(NamedTuple):
    """A level that somebody gave on a question."""

    person: str
    level: int
    counts: bool


def levels_given(record: RoundRecord, cards: Iterable[Scorecard]) -> dict[str, list[Given]]:
    """By competency every single level in these scorecards, by person, then question."""
    found: dict[str, list[Given]] = {}
    for card in cards:
        for item in record.interview[card.interview_id].plan.items:
            key, rating = item.question.competency, card.rating(item.question.id)
            if rating.level is not None:
                one = Given(
                    card.interviewer_id, rating.level, qualified(record.round, card.interviewer_id, key)
                )
                found.setdefault(key, []).append(one)
    return found


def submitted(record: RoundRecord, candidate_id: str) -> list[Scorecard]:
    """The candidate's submitted scorecards that the record holds."""
    return [card for card in record.cards_of(candidate_id) if card.state == "submitted"]


def question_block(
    record: RoundRecord, cards: Sequence[Scorecard], item: PlanItem, rubrics: Rubrics, *, named: bool
) -> Block:
    """A question and what each of these scorecards says to it; anchors of the levels given stand once.

    `named` tells who said it; a single scorecard says so at its top.
    """
    question = item.question
    levels = {card.rating(question.id).level for card in cards} - {None}
    return {
        "kind": "question",
        "title": question.title,
        "id": question.id,
        "anchors": [
            {"level": level, "name": rubrics.scale.name(level), "text": question.anchors[level]}
            for level in (4, 3, 2, 1)
            if level in levels
        ],
        "answers": [_answer(record, card, item, rubrics, named=named) for card in cards],
    }


def competency_questions(
    record: RoundRecord, cards: Sequence[Scorecard], competency: str, rubrics: Rubrics, *, named: bool
) -> Iterator[Block]:
    """The questions of one competency in the order of the interviews, each with every interviewer's words."""
    holders: dict[str, list[Scorecard]] = {}
    items: dict[str, PlanItem] = {}
    for card in cards:
        for item in record.interview[card.interview_id].plan.items:
            if item.question.competency == competency:
                holders.setdefault(item.question.id, []).append(card)
                items.setdefault(item.question.id, item)
    for key, asked in holders.items():
        yield question_block(record, asked, items[key], rubrics, named=named)


def _answer(
    record: RoundRecord, card: Scorecard, item: PlanItem, rubrics: Rubrics, *, named: bool
) -> Block:
    question, rating = item.question, card.rating(item.question.id)
    used = minutes_used(card).get(question.id)
    counts = rating.level is None or qualified(record.round, card.interviewer_id, question.competency)
    return {
        "who": short(record.person[card.interviewer_id].name) if named else "",
        "level": rating.level,
        "said": level_or_state(rating, rubrics),
        "apart": "" if counts else "Apart: not qualified, in no score",
        "minutes": "" if used is None else f"{used:.0f} of {item.minutes} minutes",
        "state": _state_reason(rating),
        "evidence": rating.evidence.strip(),
        "heard": [signal.label for signal in question.signals if signal.id in rating.ticks],
        "flags": _flags(question, rating),
        "proposed": _proposed(record, card, rating),
    }


def _state_reason(rating: Rating) -> str:
    if rating.state != "skipped" or not rating.skip_reason:
        return ""
    return SKIP_REASONS[rating.skip_reason] + (f": {rating.skip_text.strip()}" if rating.skip_text else "")


def _flags(question: Question, rating: Rating) -> list[Block]:
    return [
        {"flag": flag.flag, "quote": rating.flag_quotes.get(flag.id, "").strip()}
        for flag in question.red_flags
        if flag.id in rating.red_flags
    ]


def _proposed(record: RoundRecord, card: Scorecard, rating: Rating) -> str:
    if rating.level is None or not rating.override_reason.strip():
        return ""
    proposed = proposed_level(record.interview[card.interview_id], rating)
    return f"The ticks proposed level {proposed}. {rating.override_reason.strip()}"
