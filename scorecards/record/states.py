"""What may stand in the place of a level, and what each state means; their names and words are in the rubrics' scale.

The order is the one in which they are offered while an interview is conducted.
"""

from __future__ import annotations

from typing import NamedTuple

from rubrics.model import RatingState as RatingState


class StateMeaning(NamedTuple):
    """What follows from one state. No state is a number, and none is in a score."""

    # Whether the question was put to the candidate.
    asked: bool
    # The key that gives it on the live screen.
    key: str
    # Whether one of SKIP_REASONS belongs to it.
    needs_reason: bool = False
    # What the button says that gives it, where that is not the state's name.
    press: str = ""


STATES: dict[RatingState, StateMeaning] = {
    "no_evidence": StateMeaning(asked=True, key="e"),
    "not_asked": StateMeaning(asked=False, key="a"),
    "skipped": StateMeaning(asked=False, key="s", needs_reason=True, press="Skip"),
}


def needs_reason(state: RatingState | None) -> bool:
    """Whether one of SKIP_REASONS belongs to it."""
    return state is not None and STATES[state].needs_reason
