"""A small round with a debrief: two votes, a decision that was opened again."""

from datetime import timedelta

from scorecards.record.model import Debrief, Decision, DecisionReason, Dissent, Opening, RoundRecord, Vote
from scorecards.record.seals import evidence_digest, sealed

from .small_round import BEGAN

MET = BEGAN + timedelta(days=2)
LATER = MET + timedelta(days=1)


def votes(turn: int, **choices: str) -> tuple[Vote, ...]:
    """Everybody's vote of one turn, each with a reason that names the voter."""
    return tuple(
        Vote(person_id=who, turn=turn, choice=choice, reason=f"Reason of {who}.", at=MET)
        for who, choice in sorted(choices.items())
    )


def decision(whole: RoundRecord, **changes: object) -> Decision:
    """A decision on Zed without its seal."""
    values = {
        "outcome": "offer",
        "decided_by": "Lea Lead",
        "reasons": (DecisionReason(competency="drift", words="Named the delay of the labels unasked."),),
        "dissent": (Dissent(words="One more system, please."),),
        "departs_from": ("1 of 2 scorecards missing.",),
        "departure_reason": "The rest suffices.",
        "recorded_by": "lea",
        "at": MET,
        "evidence_digest": evidence_digest(whole, "zed"),
        "seal": "",
    }
    return Decision.model_validate(values | changes)


def debriefed(whole: RoundRecord, *decisions: Decision, opened: tuple[int, ...] = (1, 2)) -> RoundRecord:
    """The round with both votes on Zed, those of the opened turns open, and these decisions, sealed in turn."""
    chain: list[Decision] = []
    for one in decisions or (decision(whole),):
        chain.append(sealed(one, "zed", chain[-1] if chain else None))
    told = Debrief(
        candidate_id="zed",
        votes=(*votes(1, ada="no", bo="yes", lea="yes"), *votes(2, ada="yes", bo="yes", lea="yes")),
        openings=tuple(Opening(turn=turn, at=MET) for turn in opened),
        decisions=tuple(chain),
    )
    return whole.model_copy(update={"debriefs": (told,)})
