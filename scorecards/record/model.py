"""What we recorded: rounds, interviews, scorecards. Frozen values; nothing here computes a score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Annotated, Any, Literal, Self, TypeVar, get_type_hints

from pydantic import AwareDatetime, Field, StringConstraints, field_validator, model_validator

from question_bank import InterviewPlan, Target
from question_bank.frozen import FrozenWords
from rubrics import Level
from rubrics.model import Value

from .departures import Departure
from .recommendations import RECOMMENDATIONS as RECOMMENDATIONS
from .recommendations import Recommendation as Recommendation
from .states import RatingState as RatingState

SkipReason = Literal["time", "covered_elsewhere", "candidate_declined", "technical", "other"]
Blindness = Literal["own", "all", "open"]
CardState = Literal["draft", "submitted", "withdrawn"]
RoundEventKind = Literal[
    "closed", "opened", "dismissal_undone", "evidence_only", "order_shown", "read_early", "handed_over",
    "scheduled", "assigned", "left", "not_owed", "owed_again", "given_to",
]  # fmt: skip
# A debrief votes twice: sealed and alone first, and again after reading what the others recorded.
Turn = Literal[1, 2]
Outcome = Literal["offer", "no_offer", "more_evidence", "withdrew", "declined"]
# What a candidate decides, and no panel: nobody is owed a scorecard after it.
CandidateOutcome = Literal["withdrew", "declined"]
# Why a scorecard is no longer owed: its interviewer does not go on with it, or the candidate does not.
NotOwedKind = Literal["interviewer", "candidate"]
MomentKind = Literal["begun", "opened", "paused", "resumed", "probed", "given", "ended"]

# The largest whole number that every database keeps in a column.
LARGEST = 2**31 - 1

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
# Any script, any punctuation; no NUL, which PostgreSQL cannot hold.
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000, pattern=r"^[^\x00]*$")
]
QuestionId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,3}-[0-9]{2,3}$")]
Words = Annotated[str, StringConstraints(max_length=100_000)]
# Words with a column of their own, which in PostgreSQL holds no NUL.
ColumnWords = Annotated[str, StringConstraints(max_length=100_000, pattern=r"^[^\x00]*$")]

SKIP_REASONS: dict[SkipReason, str] = {
    "time": "No time left",
    "covered_elsewhere": "Covered elsewhere",
    "candidate_declined": "Candidate declined",
    "technical": "Technical trouble",
    "other": "Other reason",
}
BLINDNESS: dict[Blindness, str] = {
    "own": "Until one's own scorecard for the candidate is submitted",
    "all": "Until every scorecard for the candidate is submitted",
    "open": "Not blind: submitted scorecards are seen at once",
}
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
# Read out at the end where a round has no words of its own. It promises no date and no answer.
CLOSING_WORDS = (
    "Thank you for your time and for thinking aloud with me. That was my last question. What would you like to "
    "ask me, or add? I will write up my notes on my own now. About the next steps and their dates, please ask "
    "the person who invited you: I would rather not guess."
)


def _is_none(value: object) -> bool:
    """A field that a later kit added is left out where it says nothing: what was written before stays the same."""
    return value is None


def now() -> datetime:
    """This moment in UTC, to the microsecond."""
    return datetime.now(UTC)


class Person(Value):
    """Somebody who uses the kit: an interviewer, a round's lead."""

    id: Id
    name: Name


class Candidate(Value):
    """Somebody who is interviewed in one round."""

    id: Id
    round_id: Id
    # Stands for the name where names are not wanted: C-01.
    code: Name
    name: Name

    @property
    def own_name(self) -> str:
        """The name; empty where the code stands in its place."""
        return "" if self.name == self.code else self.name

    def called(self, longest: int = 60) -> str:
        """Code and name, cut at so many signs; the code alone where it stands in place of the name."""
        return f"{self.code} {self.own_name[:longest]}".rstrip()


class RoundSlot(Value):
    """One interview that every candidate of the round sits, with its plan and its interviewers."""

    id: Id
    plan: InterviewPlan
    interviewer_ids: tuple[Id, ...] = ()


class RoundEvent(Value):
    """Something its lead did to a round that whoever reads it later should know."""

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
    whose: Id | None = Field(default=None, exclude_if=_is_none)


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
    words: FrozenWords | None = Field(default=None, exclude_if=_is_none)
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
            raise ValueError("Whoever leads the round or is on its panel is no observer of it.")
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
    # Who leads the conversation; the others take notes. None: whoever stands first among its interviewers.
    leader_id: Id | None = None
    # Set when it did not take place: then no scorecard is owed.
    dismissed_reason: ColumnWords | None = None
    created_at: AwareDatetime


class Said(Value):
    """What an interviewer says on one question: all that is typed and ticked. A new field of a rating goes here."""

    question_id: QuestionId
    level: Level | None = None
    state: RatingState | None = None
    skip_reason: SkipReason | None = None
    skip_text: Words = ""
    evidence: Words = ""
    # Letters of the signals heard.
    ticks: tuple[str, ...] = ()
    # Places of the probes asked, in the question's list.
    probes: tuple[int, ...] = ()
    red_flags: tuple[str, ...] = ()
    # The words behind a red flag, by its letter, where somebody noted them.
    flag_quotes: dict[str, Words] = Field(default_factory=dict)
    # Places of the numbers and reveals given, as "number-0", "reveal-1", "twist-0", or "exhibit-<id>".
    given: tuple[str, ...] = ()
    # Why the level differs from the one proposed.
    override_reason: Words = ""

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text that somebody typed, with the field that it stands in."""
        for name in TYPED_FIELDS:
            value = getattr(self, name)
            yield from ((name, text) for text in (value.values() if isinstance(value, dict) else (value,)))


# What of it is words, alone or by letter: a field is one by its type, never by its name.
TYPED_FIELDS = tuple(
    name
    for name, kind in get_type_hints(Said, include_extras=True).items()
    if kind in (Words, dict[str, Words])
)


class Rating(Said):
    """One interviewer's level on one question, or the reason that there is none, with the evidence."""

    # Counts the stored changes; 0 is not stored yet.
    version: Annotated[int, Field(ge=0, le=LARGEST)] = 0
    saved_at: AwareDatetime | None = None

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Rating:
        if self.level is not None and self.state is not None:
            raise ValueError("A rating has a level or a state, not both.")
        return self

    @property
    def decided(self) -> bool:
        """Whether it has a level or a state."""
        return self.level is not None or self.state is not None

    def same_content(self, other: Rating) -> bool:
        """Whether both say the same, whenever they were stored."""
        return self.model_copy(update=_UNSTORED) == other.model_copy(update=_UNSTORED)


_UNSTORED = {"version": 0, "saved_at": None}


class Verdict(Value):
    """What the interviewer recommends. Never computed, never filled in beforehand."""

    recommendation: Recommendation | None = None
    # Asked for where there is no decision.
    reason: Words = ""
    # One sentence where recommendation and levels contradict each other.
    contradiction: Words = ""


class CardContent(Value):
    """What a scorecard says at one time."""

    ratings: tuple[Rating, ...] = ()
    verdict: Verdict = Verdict()


class Moment(Value):
    """Something that happened while the interview was conducted, with its time.

    begun and ended frame it; opened: a question came into hand; paused and resumed; probed: a probe was asked,
    `detail` is its place; given: a number, reveal, twist or exhibit was given, `detail` names it as in
    `Rating.given`.
    """

    # Unique within a scorecard: the window's name and its count.
    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,80}$")]
    at: AwareDatetime
    kind: MomentKind
    question_id: QuestionId | None = None
    detail: Annotated[str, StringConstraints(max_length=80, pattern=r"^[a-z0-9-]*$")] = ""


class Amendment(Value):
    """A change after submit: who, when, why, and what stood there before."""

    author_id: Id
    at: AwareDatetime
    reason: Name
    after_seeing_others: bool
    before: CardContent


class NotOwed(Value):
    """Nobody waits for this scorecard any more. Its words stay, and count nowhere."""

    kind: NotOwedKind
    reason: ColumnWords
    by: Id
    at: AwareDatetime


class Scorecard(Value):
    """One interviewer's record of one interview: draft, submitted, perhaps amended or withdrawn."""

    id: Id
    round_id: Id
    interview_id: Id
    candidate_id: Id
    interviewer_id: Id
    state: CardState = "draft"
    content: CardContent = CardContent()
    submitted_at: AwareDatetime | None = None
    withdrawn_reason: ColumnWords | None = None
    # Only a draft is ever not owed.
    not_owed: NotOwed | None = Field(default=None, exclude_if=_is_none)
    amendments: tuple[Amendment, ...] = ()
    # In the order in which they happened.
    moments: tuple[Moment, ...] = ()

    def rating(self, question_id: str) -> Rating:
        """The stored rating, or an empty one."""
        for rating in self.content.ratings:
            if rating.question_id == question_id:
                return rating
        return Rating(question_id=question_id)


class CardStatus(Value):
    """Who owes or has submitted a scorecard; nothing of what it says."""

    card_id: Id
    interview_id: Id
    candidate_id: Id
    interviewer_id: Id
    state: CardState
    submitted_at: AwareDatetime | None
    dismissed_reason: str | None
    not_owed: NotOwed | None = None

    @property
    def due(self) -> bool:
        """Whether its author still owes it."""
        return self.state == "draft" and self.dismissed_reason is None and self.not_owed is None


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
    # Who speaks when: drawn by lot, the lead last.
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


OfInterview = TypeVar("OfInterview", Scorecard, CardStatus)


class RoundRecord(Value):
    """A round with everything in it that one viewer may see."""

    round: Round
    people: tuple[Person, ...]
    candidates: tuple[Candidate, ...]
    interviews: tuple[Interview, ...]
    # Only the scorecards that the viewer may read.
    cards: tuple[Scorecard, ...]

    # Votes and decisions as far as the viewer may know them.
    debriefs: tuple[Debrief, ...] = ()

    # Every scorecard of the round, the unreadable ones too: who has submitted, nothing more.
    statuses: tuple[CardStatus, ...] = ()

    # What is damaged in the database and left out here, a line each. Of no export.
    damaged: tuple[str, ...] = ()

    @cached_property
    def person(self) -> dict[str, Person]:
        return {person.id: person for person in self.people}

    @cached_property
    def candidate(self) -> dict[str, Candidate]:
        return {candidate.id: candidate for candidate in self.candidates}

    @cached_property
    def interview(self) -> dict[str, Interview]:
        return {interview.id: interview for interview in self.interviews}

    @property
    def imported_words(self) -> str:
        """That the round came in from a file, when and by whom; empty where it was made here."""
        imported = self.round.imported
        if imported is None:
            return ""
        person = self.person.get(imported.by or "")
        by = "from the terminal" if imported.by is None else f"by {person.name if person else imported.by}"
        return (
            f"Imported from a file on {imported.at:%Y-%m-%d} {by}. What it says about earlier events, and who said "
            "it, comes from the file."
        )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy that forgets what was looked up before, since an update may change it."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied

    def debrief(self, candidate_id: str) -> Debrief:
        """The candidate's debrief; an empty one where nothing happened yet."""
        found = (one for one in self.debriefs if one.candidate_id == candidate_id)
        return next(found, Debrief(candidate_id=candidate_id))

    @cached_property
    def by_code(self) -> tuple[Candidate, ...]:
        """The candidates in the order of their codes."""
        return tuple(sorted(self.candidates, key=lambda c: (len(c.code), c.code, c.id)))

    def cards_of(self, candidate_id: str) -> tuple[Scorecard, ...]:
        """The candidate's scorecards that the viewer may read, drafts and withdrawn ones included."""
        return self._cards_of.get(candidate_id, ())

    def statuses_of(self, candidate_id: str) -> tuple[CardStatus, ...]:
        """The state of all the candidate's scorecards, in the order of the round's interviews."""
        return self._statuses_of.get(candidate_id, ())

    def with_statuses(self) -> RoundRecord:
        """The same record with a status for each of its scorecards, for a record that holds them all."""
        return self.model_copy(
            update={
                "statuses": tuple(
                    CardStatus(
                        card_id=card.id,
                        interview_id=card.interview_id,
                        candidate_id=card.candidate_id,
                        interviewer_id=card.interviewer_id,
                        state=card.state,
                        submitted_at=card.submitted_at,
                        dismissed_reason=self.interview[card.interview_id].dismissed_reason,
                        not_owed=card.not_owed,
                    )
                    for card in self.cards
                )
            }
        )

    @cached_property
    def _cards_of(self) -> dict[str, tuple[Scorecard, ...]]:
        return self._by_candidate(self.cards)

    @cached_property
    def _statuses_of(self) -> dict[str, tuple[CardStatus, ...]]:
        return self._by_candidate(self.statuses)

    def as_evidence_only(self) -> RoundRecord:
        """The same as if the round were set to evidence only: for whoever may read it and not compare yet."""
        return self.model_copy(update={"round": self.round.model_copy(update={"evidence_only": True})})

    def _by_candidate(self, every: Iterable[OfInterview]) -> dict[str, tuple[OfInterview, ...]]:
        """Each candidate's, in the order of the round's interviews."""
        slots = {slot.id: place for place, slot in enumerate(self.round.slots)}

        def place(one: OfInterview) -> tuple[int, str, str]:
            slot_id = self.interview[one.interview_id].slot_id
            return (slots.get(slot_id, len(slots)), one.interview_id, one.interviewer_id)

        found: dict[str, list[OfInterview]] = defaultdict(list)
        for one in sorted(every, key=place):
            found[one.candidate_id].append(one)
        return {candidate: tuple(own) for candidate, own in found.items()}
