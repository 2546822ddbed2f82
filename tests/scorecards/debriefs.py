"""Pieces of a debrief for the tests: votes, openings, decisions. Ids tell who."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from scorecards.record.model import (
    Debrief,
    Decision,
    DecisionDraft,
    DecisionReason,
    Opening,
    Recommendation,
    RoundRecord,
    Turn,
    Vote,
)

from .small_round import BEGAN

LATER = BEGAN + timedelta(days=1)
BECAUSE = (DecisionReason(competency="drift", words="Went back a version within the hour."),)


def vote(who: str, choice: Recommendation = "yes", turn: Turn = 1, reason: str = "") -> Vote:
    return Vote(person_id=who, turn=turn, choice=choice, reason=reason, at=LATER)


def opened(turn: Turn = 1, **values: Any) -> Opening:
    return Opening(turn=turn, at=LATER, **values)


def debrief(*votes: Vote, openings: tuple[Turn, ...] = (), decisions: tuple[Decision, ...] = ()) -> Debrief:
    """Zed's debrief; `openings` are the turns that are open."""
    return Debrief(
        candidate_id="zed",
        votes=votes,
        openings=tuple(opened(turn) for turn in openings),
        decisions=decisions,
    )


def with_debrief(whole: RoundRecord, held: Debrief) -> RoundRecord:
    return whole.model_copy(update={"debriefs": (held,)})


def drafted(outcome: str = "offer", **values: Any) -> DecisionDraft:
    """A decision that lacks nothing where nothing stands against it."""
    return DecisionDraft(**{"outcome": outcome, "decided_by": "Lea", "reasons": BECAUSE} | values)


def decision(outcome: str = "offer", **values: Any) -> Decision:
    """The same as recorded by Lea; not sealed yet."""
    told = drafted(outcome, **values).model_dump()
    return Decision(**told, recorded_by="lea", at=LATER, evidence_digest="of the scorecards", seal="")
