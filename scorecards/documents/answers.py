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
from .blocks import Anchor, Answer, Asked, Flag, Remark
from .making import short
from .tables import level_or_state


def question_block(
    record: RoundRecord, cards: Sequence[Scorecard], item: PlanItem, rubrics: Rubrics, *, named: bool
) -> Asked:
    """A question and what each of these scorecards says to it; anchors of the levels given stand once.

    `named` tells who said it; a single scorecard says so at its top.
    """
    question = item.question
    levels = {card.rating(question.id).level for card in cards} - {None}
    return Asked(
        title=question.title,
        id=question.id,
        anchors=tuple(
            Anchor(level, rubrics.scale.name(level), question.anchors[level])
            for level in (4, 3, 2, 1)
            if level in levels
        ),
        answers=tuple(_answer(record, card, item, rubrics, named=named) for card in cards),
    )


def competency_questions(
    record: RoundRecord, cards: Sequence[Scorecard], competency: str, rubrics: Rubrics, *, named: bool
) -> Iterator[Asked]:
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


def _answer(record: RoundRecord, card: Scorecard, item: PlanItem, rubrics: Rubrics, *, named: bool) -> Answer:
    question, rating = item.question, card.rating(item.question.id)
    used = minutes_used(card).get(question.id)
    counts = rating.level is None or qualified(record.round, card.interviewer_id, question.competency)
    return Answer(
        who=short(record.person[card.interviewer_id].name) if named else "",
        level=rating.level,
        said=level_or_state(rating, rubrics),
        apart="" if counts else "Apart: not qualified, in no score",
        minutes="" if used is None else f"{used:.0f} of {item.minutes} minutes",
        state=_state_reason(rating),
        evidence=rating.evidence.strip(),
        heard=tuple(signal.label for signal in question.signals if signal.id in rating.ticks),
        flags=_flags(question, rating),
        remarks=tuple(remarks(record, card, question.id)),
    )


def remarks(record: RoundRecord, card: Scorecard, question_id: str) -> Iterator[Remark]:
    """What else a rating says, each with what it is: the documents and the debrief show these."""
    rating = card.rating(question_id)
    if rating.level is not None and rating.override_reason.strip():
        yield Remark(_against(record, card, rating), rating.override_reason.strip())


def _against(record: RoundRecord, card: Scorecard, rating: Rating) -> str:
    if record.round.evidence_only:
        return "Why this level"
    return f"Level {proposed_level(record.interview[card.interview_id], rating)} was proposed"


def _state_reason(rating: Rating) -> str:
    if not needs_reason(rating.state) or not rating.skip_reason:
        return ""
    return SKIP_REASONS[rating.skip_reason] + (f": {rating.skip_text.strip()}" if rating.skip_text else "")


def _flags(question: Question, rating: Rating) -> tuple[Flag, ...]:
    return tuple(
        Flag(flag.flag, rating.flag_quotes.get(flag.id, "").strip())
        for flag in question.red_flags
        if flag.id in rating.red_flags
    )
