"""What submitting a scorecard opens to its author, in words."""

from __future__ import annotations

from collections.abc import Sequence

from scorecards.record.model import CardStatus, RoundRecord
from scorecards.record.sight import promise

from .text import count


def promise_words(record: RoundRecord, card_id: str) -> list[str]:
    """What submitting opens to its author, by the round's rule; what stays hidden, and until when."""
    told = promise(record.round, card_id, record.statuses)
    words = []
    if told.own_left:
        left = ", ".join(record.interview[one.interview_id].plan.name[:60] for one in told.own_left)
        words.append(f"Others' scorecards stay hidden until you submit what you still owe here: {left}.")
    elif told.waits:
        words.append(
            f"Others' scorecards stay hidden until all are in. Waiting for: {_owing(record, told.out)}."
        )
    elif told.opens:
        words.append(f"You will then see {count(told.opens, 'scorecard')} by others.")
    if told.open_before:
        words.append(f"You can already read {count(told.open_before, 'scorecard')} by others.")
    if told.out and not (told.own_left or told.waits):
        words.append(f"Waiting for: {_owing(record, told.out)}. You will see theirs as they are submitted.")
    if not (words or told.out):
        words.append("No one else has a scorecard for this candidate.")
    return words


def _owing(record: RoundRecord, statuses: Sequence[CardStatus]) -> str:
    """Whose scorecards these are, each named once."""
    names = (record.person[one.interviewer_id].name[:60] for one in statuses)
    return ", ".join(dict.fromkeys(names))
