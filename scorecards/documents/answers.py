"""What interviewers recorded, question by question, as blocks: level, anchor, what was heard, their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from question_bank import PlanItem, Question
from rubrics import Rubrics

from ..record.model import SKIP_REASONS, Rating, RoundRecord, Scorecard
from ..record.proposal import proposed_level
from ..record.rules import qualified
from ..record.states import needs_reason
from ..record.timeline import minutes_used
from .blocks import Block, short
from .tables import level_or_state


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


def _answer(record: RoundRecord, card: Scorecard, item: PlanItem, rubrics: Rubrics, *, named: bool) -> Block:
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
        "proposed": None
        if rating.level is None or record.round.evidence_only
        else proposed_level(record.interview[card.interview_id], rating),
        "why": "" if rating.level is None else rating.override_reason.strip(),
    }


def _state_reason(rating: Rating) -> str:
    if not needs_reason(rating.state) or not rating.skip_reason:
        return ""
    return SKIP_REASONS[rating.skip_reason] + (f": {rating.skip_text.strip()}" if rating.skip_text else "")


def _flags(question: Question, rating: Rating) -> list[Block]:
    return [
        {"flag": flag.flag, "quote": rating.flag_quotes.get(flag.id, "").strip()}
        for flag in question.red_flags
        if flag.id in rating.red_flags
    ]
