"""What an interview's moments say about time: minutes used on each question, pauses, the order asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from .model import Moment, Scorecard

# How far an interviewer is with a draft: nothing recorded, the clock runs, or the talking is over.
Stage = Literal["not_begun", "running", "to_finish"]
STAGES: dict[Stage, str] = {
    "not_begun": "not begun",
    "running": "running",
    "to_finish": "held, scorecard to finish",
}


class Stretch(NamedTuple):
    """Time in which one question was in hand, or in which the interview stood still (`question_id` None)."""

    question_id: str | None
    start: datetime
    end: datetime

    @property
    def minutes(self) -> float:
        return (self.end - self.start).total_seconds() / 60


def stretches(moments: Iterable[Moment], until: datetime | None = None) -> tuple[Stretch, ...]:
    """The interview cut into stretches, in order; nothing before it began and nothing after it ended.

    An interview that nobody ended ran until its last moment, or until `until` where that is later.
    """
    return tuple(_cut(sorted(moments, key=lambda moment: (moment.at, moment.id)), until))


def _cut(moments: list[Moment], until: datetime | None) -> Iterator[Stretch]:
    question, paused, since = None, False, None
    for moment in moments:
        if since is not None and moment.kind in ("opened", "paused", "resumed", "ended"):
            yield from _stretch(question, paused, since, moment.at)
            since = moment.at
        if moment.kind == "opened":
            question = moment.question_id
        elif moment.kind in ("paused", "resumed"):
            paused = moment.kind == "paused"
        elif moment.kind == "begun":
            since = since or moment.at
        elif moment.kind == "ended":
            since = None
    if since is not None and moments:
        yield from _stretch(question, paused, since, max(moments[-1].at, until or moments[-1].at))


def _stretch(question: str | None, paused: bool, start: datetime, end: datetime) -> Iterator[Stretch]:
    if end > start and (paused or question is not None):
        yield Stretch(None if paused else question, start, end)


def card_stretches(card: Scorecard) -> tuple[Stretch, ...]:
    """A scorecard's stretches; until its last saved word where nobody ended the interview."""
    saved = [rating.saved_at for rating in card.content.ratings if rating.saved_at]
    return stretches(card.moments, max(saved, default=None) if card.state == "draft" else None)


def minutes_used(card: Scorecard) -> dict[str, float]:
    """Minutes that each question was in hand, pauses left out; questions never opened are absent."""
    used: dict[str, float] = {}
    for stretch in card_stretches(card):
        if stretch.question_id is not None:
            used[stretch.question_id] = used.get(stretch.question_id, 0.0) + stretch.minutes
    return used


def paused_minutes(card: Scorecard) -> float:
    """Minutes that the interview stood still."""
    return sum((stretch.minutes for stretch in card_stretches(card) if stretch.question_id is None), 0.0)


def order_asked(card: Scorecard) -> tuple[str, ...]:
    """The questions in the order in which each first came into hand after the interview began."""
    return tuple(dict.fromkeys(s.question_id for s in card_stretches(card) if s.question_id is not None))


def stage(card: Scorecard) -> Stage:
    """How far the author of this draft is."""
    framed = [
        m.kind for m in sorted(card.moments, key=lambda m: (m.at, m.id)) if m.kind in ("begun", "ended")
    ]
    if framed:
        return "running" if framed[-1] == "begun" else "to_finish"
    return (
        "to_finish"
        if any(rating.decided or rating.evidence for rating in card.content.ratings)
        else "not_begun"
    )
