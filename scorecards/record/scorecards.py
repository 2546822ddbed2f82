"""What an interviewer recorded about one interview: ratings with evidence, moments, a recommendation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, get_type_hints

from pydantic import AwareDatetime, Field, StringConstraints, model_validator

from rubrics import Level
from rubrics.model import Value

from .fields import LARGEST, ColumnWords, Id, Name, QuestionId, Words, is_none
from .recommendations import Recommendation
from .states import RatingState

SkipReason = Literal["time", "covered_elsewhere", "candidate_declined", "technical", "other"]
CardState = Literal["draft", "submitted", "withdrawn"]
# Why a scorecard is no longer owed: its interviewer does not go on with it, or the candidate does not.
NotOwedKind = Literal["interviewer", "candidate"]
MomentKind = Literal["begun", "opened", "paused", "resumed", "probed", "given", "ended"]
SKIP_REASONS: dict[SkipReason, str] = {
    "time": "No time left",
    "covered_elsewhere": "Covered elsewhere",
    "candidate_declined": "Candidate declined",
    "technical": "Technical trouble",
    "other": "Other reason",
}


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
    # Places of the numbers and reveals given, as "number-0", "reveal-1", "turn-0", or "exhibit-<id>";
    # "limit" and "trace". A kit before this one wrote "twist-0" for a turn.
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
    `detail` is its place; given: a number, reveal, turn or exhibit was given, `detail` names it as in
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
    not_owed: NotOwed | None = Field(default=None, exclude_if=is_none)
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
