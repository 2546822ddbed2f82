"""What a debrief came to: votes, openings, decisions."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, StringConstraints, model_validator

from rubrics.model import Value

from .departures import Departure
from .fields import ColumnWords, Id, Name, Words
from .recommendations import Recommendation

# A debrief votes twice: sealed and alone first, and again after reading what the others recorded.
Turn = Literal[1, 2]
Outcome = Literal["offer", "no_offer", "more_evidence", "withdrew", "declined"]
# What a candidate decides, and no panel: nobody is owed a scorecard after it.
CandidateOutcome = Literal["withdrew", "declined"]
OUTCOMES: dict[Outcome, str] = {
    "offer": "Offer",
    "no_offer": "No offer",
    "more_evidence": "Another interview first",
    "withdrew": "Candidate withdrew",
    "declined": "Offer declined",
}
CANDIDATE_OUTCOMES: dict[CandidateOutcome, str] = {
    "withdrew": "the candidate withdrew",
    "declined": "the candidate declined the offer",
}


class Vote(Value):
    """What one interviewer who met the candidate votes in the debrief; `no_decision` abstains."""

    person_id: Id
    turn: Turn
    choice: Recommendation
    reason: ColumnWords = ""
    at: AwareDatetime
    # Counts what someone voted in a turn: a change is one more vote, and the one before stays.
    number: Annotated[int, Field(ge=1, le=100_000, exclude_if=lambda number: number == 1)] = 1
    # Of a first vote: whether others' words could be read when it was cast. None where an older kit did not keep it.
    could_have_read: bool | None = Field(default=None, exclude_if=lambda known: known is None)


class Opening(Value):
    """The moment at which the sealed votes of a turn were opened to everybody in the debrief."""

    turn: Turn
    at: AwareDatetime
    # The lead, where they opened before everybody had voted, and why; otherwise the last vote opened it.
    by: Id | None = None
    reason: Words = ""
    # Who had not voted by then.
    absent: tuple[Id, ...] = ()
    # The speaking order: random, with the lead last.
    speaking_order: tuple[Id, ...] = ()


class DecisionReason(Value):
    """Why, tied to the competency that it is about."""

    competency: str
    words: Name


class Dissent(Value):
    """A view against the decision; its holder may stay unnamed."""

    words: Name
    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


class DecisionDraft(Value):
    """What a lead puts down; the store adds who recorded it, when, and the seal."""

    outcome: Outcome
    # The human who answers for it.
    decided_by: Name
    reasons: tuple[DecisionReason, ...]
    # Why, where no competency decided it: the candidate left, or is back.
    said: Words = Field(default="", exclude_if=lambda words: not words)
    dissent: tuple[Dissent, ...] = ()
    # What in the record speaks against it, and why it was decided anyway. Older kits kept sentences.
    departs_from: tuple[str, ...] = ()
    departures: tuple[Departure, ...] = Field(default=(), exclude_if=lambda listed: not listed)
    departure_reason: Words = ""
    # From the second decision on: why the first was opened again.
    reopened_because: Words = ""

    @model_validator(mode="after")
    def _explained(self) -> Self:
        if not self.reasons and (self.outcome in ("offer", "no_offer") or not self.said.strip()):
            raise ValueError("Tie it to at least one competency.")
        return self

    @property
    def by_candidate(self) -> bool:
        """Whether the candidate decided it, and no panel."""
        return self.outcome in CANDIDATE_OUTCOMES


class Decision(DecisionDraft):
    """The outcome of a debrief as recorded. It is never changed: reopening adds another."""

    recorded_by: Id
    at: AwareDatetime
    # Content hash of the candidate's submitted scorecards as they stood.
    evidence_digest: str
    # Content hash over this decision, the candidate and the seal of the decision before.
    seal: str


class Debrief(Value):
    """What a candidate's debrief has come to: votes, openings and decisions, each in order."""

    candidate_id: Id
    votes: tuple[Vote, ...] = ()
    openings: tuple[Opening, ...] = ()
    decisions: tuple[Decision, ...] = ()
    # Of a copy in which names are masked: what was found out about the words as they were recorded.
    found_broken: Annotated[tuple[int, ...] | None, Field(exclude=True)] = None
    found_changed: Annotated[bool | None, Field(exclude=True)] = None

    def opening(self, turn: Turn) -> Opening | None:
        """When the votes of this turn were opened; None while they are sealed."""
        return next((one for one in self.openings if one.turn == turn), None)

    def vote(self, person_id: str, turn: Turn) -> Vote | None:
        """What someone voted in the end, as far as it is known here."""
        return max(self.versions(person_id, turn), key=lambda one: one.number, default=None)

    def versions(self, person_id: str, turn: Turn) -> tuple[Vote, ...]:
        """All that someone voted in this turn, the first one first."""
        own = (one for one in self.votes if (one.person_id, one.turn) == (person_id, turn))
        return tuple(sorted(own, key=lambda one: one.number))

    def standing(self, turn: Turn) -> tuple[Vote, ...]:
        """The vote of this turn that counts, of everyone who cast one."""
        who = sorted({one.person_id for one in self.votes if one.turn == turn})
        return tuple(vote for one in who if (vote := self.vote(one, turn)))

    @property
    def people_who_voted(self) -> tuple[str, ...]:
        """Ids of those whose votes are known here."""
        return tuple(sorted({one.person_id for one in self.votes}))

    @property
    def people(self) -> frozenset[str]:
        """Ids of everybody whom votes, openings and decisions name."""
        opened = {who for one in self.openings for who in (one.by, *one.absent, *one.speaking_order) if who}
        recorders = {one.recorded_by for one in self.decisions}
        return frozenset({vote.person_id for vote in self.votes} | opened | recorders)

    @property
    def decision(self) -> Decision | None:
        """The decision that holds: the latest."""
        return self.decisions[-1] if self.decisions else None
