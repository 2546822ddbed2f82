"""A round as it was set up, what its lead did to it, and its interviews."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, StringConstraints, field_validator, model_validator

from question_bank import InterviewPlan, Target
from question_bank.frozen import FrozenWords
from rubrics.model import Value

from .fields import LARGEST, ColumnWords, Id, Name, Words, is_none

Blindness = Literal["own", "all", "open"]
RoundEventKind = Literal[
    "closed", "opened", "dismissal_undone", "evidence_only", "order_shown", "read_early", "handed_over",
    "scheduled", "assigned", "left", "not_owed", "owed_again", "given_to",
]  # fmt: skip
BLINDNESS: dict[Blindness, str] = {
    "own": "Until one's own scorecard for the candidate is submitted",
    "all": "Until every scorecard for the candidate is submitted",
    "open": "Not blind: submitted scorecards are seen at once",
}
# Read out at the end where a round has no words of its own. It promises no date and no answer.
CLOSING_WORDS = (
    "Thank you for your time and for thinking aloud with me. That was my last question. What would you like to "
    "ask me, or add? I will write up my notes on my own now. About the next steps and their dates, please ask "
    "the person who invited you: I would rather not guess."
)


class RoundSlot(Value):
    """One interview that every candidate of the round sits, with its plan and its interviewers."""

    id: Id
    plan: InterviewPlan
    interviewer_ids: tuple[Id, ...] = ()


class RoundEvent(Value):
    """Something its lead did to a round that everyone who reads it later should know."""

    at: AwareDatetime
    person_id: Id
    what: RoundEventKind
    # The interview or the candidate that it is about, and why.
    interview_id: Id | None = None
    candidate_id: Id | None = None
    reason: Words = ""
    # Who could by then have read others' scorecards of the candidate; where it names none, of any candidate.
    could_have_read: tuple[Id, ...] = ()
    # Whom it made an interviewer.
    assigned: tuple[Id, ...] = Field(default=(), exclude_if=lambda who: not who)
    # Whose scorecard it is about.
    whose: Id | None = Field(default=None, exclude_if=is_none)


class Erased(Value):
    """What was deleted out of a round on request: counts that name nobody."""

    candidates: Annotated[int, Field(ge=0, le=LARGEST)] = 0
    scorecards: Annotated[int, Field(ge=0, le=LARGEST)] = 0


class Imported(Value):
    """That a round came in from a file: what it says of the time before was recorded elsewhere, or so the file says."""

    # None: the terminal.
    by: Id | None = None
    at: AwareDatetime


class RoundHead(Value):
    """What a round is, without the plans of its interviews: enough for lists and for most rules."""

    id: Id
    name: Name
    profile_id: str
    state: Literal["open", "closed"] = "open"
    # A round of invented people, to be tried and thrown away.
    demo: bool = False
    blindness: Blindness = "own"
    lead_id: Id
    panel_ids: tuple[Id, ...]
    # Who reads along once all scorecards of a candidate are in, and neither interviews nor votes.
    observer_ids: tuple[Id, ...] = ()
    targets: tuple[Target, ...]
    weights_reason: str | None = None
    # Person → competencies on which they record evidence, and on which their level stands apart from all scores.
    not_qualified: dict[Id, tuple[str, ...]] = Field(default_factory=dict)
    # Nothing about a candidate is computed then, on no screen and in no document: no score, adjustment or order.
    evidence_only: bool = False
    # Codes stand for the candidates' names, on every screen and in every export.
    anonymous: bool = False
    # From this day on the round may be purged; and why it is kept all the same.
    purge_on: date | None = None
    legal_hold: Words = ""
    erased: Erased = Erased()
    # What the round's competencies and levels were called; None in rounds of kits that did not keep it.
    words: FrozenWords | None = Field(default=None, exclude_if=is_none)
    # Read out to the candidate at the end; empty means CLOSING_WORDS.
    closing_words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""
    events: tuple[RoundEvent, ...] = ()
    created_at: AwareDatetime
    # Of this database alone: a bundle does not carry it, and every import sets it anew.
    imported: Imported | None = Field(default=None, exclude_if=lambda value: value is None)

    @field_validator("not_qualified", mode="after")
    @classmethod
    def _in_order(cls, marks: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        return {who: tuple(sorted(set(marks[who]))) for who in sorted(marks) if marks[who]}

    @model_validator(mode="after")
    def _weights_explained(self) -> Self:
        if len({target.weight for target in self.targets}) > 1 and not (self.weights_reason or "").strip():
            raise ValueError("Unequal weights need a reason.")
        return self

    @model_validator(mode="after")
    def _marks_known(self) -> Self:
        if faults := self.unknown_marks:
            raise ValueError(" ".join(faults))
        return self

    @model_validator(mode="after")
    def _observers_only_read(self) -> Self:
        if {self.lead_id, *self.panel_ids} & set(self.observer_ids):
            raise ValueError("The lead and the panel of a round cannot be its observers.")
        return self

    @property
    def people(self) -> frozenset[str]:
        """Ids of everybody who has business in the round."""
        return frozenset({self.lead_id, *self.panel_ids, *self.observer_ids})

    @property
    def settings(self) -> str:
        """What its lead set, to be compared; without what happened in it."""
        return self.model_dump_json(exclude={"slots", "events", "erased"})

    @property
    def unknown_marks(self) -> list[str]:
        """What in `not_qualified` is neither of the panel nor of the profile's competencies."""
        known = {target.competency for target in self.targets}
        strangers = sorted(self.not_qualified.keys() - set(self.panel_ids))
        foreign = sorted({one for marks in self.not_qualified.values() for one in marks} - known)
        return [f"{who} is marked not qualified and is not on the panel." for who in strangers] + [
            f"'{one}' is marked and is no competency of this round." for one in foreign
        ]

    def qualified(self, person_id: str, competency: str) -> bool:
        """Whether this person's levels on this competency count."""
        return competency not in self.not_qualified.get(person_id, ())


class Round(RoundHead):
    """One push to fill one opening: the unit of comparison."""

    slots: tuple[RoundSlot, ...]


class Interview(Value):
    """One sitting: one candidate, one frozen plan, one or more interviewers."""

    id: Id
    round_id: Id
    candidate_id: Id
    slot_id: Id
    plan: InterviewPlan
    # Who leads the conversation; the others take notes. None: the one who stands first among its interviewers.
    leader_id: Id | None = None
    # Set when it did not take place: then no scorecard is owed.
    dismissed_reason: ColumnWords | None = None
    created_at: AwareDatetime
