"""What a window of the live interview tells the kit, and what it is told back."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, StringConstraints

from question_bank import InterviewPlan
from rubrics import Level
from rubrics.model import Value

from .model import (
    CardState,
    Moment,
    MomentKind,
    QuestionId,
    Rating,
    RatingState,
    SkipReason,
    Words,
)

# Seconds after which a window that says nothing no longer holds its scorecard.
HOLD_SECONDS = 20
Tab = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Letter = Annotated[str, StringConstraints(pattern=r"^[a-z]$")]
Given = Annotated[str, StringConstraints(pattern=r"^(number|reveal|twist|exhibit)-[a-z0-9-]{1,64}$")]
_STAMP = re.compile(r"^(\d{1,3}:\d\d )?(> ?)?", re.MULTILINE)


class Entry(Value):
    """One question's rating as a window has it, over the stored version that it had read."""

    question_id: QuestionId
    base: Annotated[int, Field(ge=0)] = 0
    level: Level | None = None
    state: RatingState | None = None
    skip_reason: SkipReason | None = None
    skip_text: Words = ""
    evidence: Words = ""
    ticks: Annotated[tuple[Letter, ...], Field(max_length=26)] = ()
    probes: Annotated[tuple[Annotated[int, Field(ge=0, le=99)], ...], Field(max_length=100)] = ()
    red_flags: Annotated[tuple[Letter, ...], Field(max_length=26)] = ()
    flag_quotes: Annotated[dict[Letter, Words], Field(max_length=26)] = Field(default_factory=dict)
    given: Annotated[tuple[Given, ...], Field(max_length=100)] = ()
    override_reason: Words = ""

    def rating(self) -> Rating:
        """The rating as it would be stored; NUL, which no database takes, is left out."""
        told = self.model_dump(exclude={"base"})
        for name in ("evidence", "skip_text", "override_reason"):
            told[name] = told[name].replace("\x00", "")
        told["flag_quotes"] = {
            letter: words.replace("\x00", "")
            for letter, words in sorted(self.flag_quotes.items())
            if words.strip() and letter in self.red_flags
        }
        for name in ("ticks", "probes", "red_flags", "given"):
            told[name] = tuple(sorted(set(told[name])))
        return Rating.model_validate(told)


class Happened(Value):
    """A moment as a window saw it; `ago` is how many milliseconds before it was sent."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,80}$")]
    ago: Annotated[int, Field(ge=0, le=7 * 24 * 3600 * 1000)]
    kind: MomentKind
    question_id: QuestionId | None = None
    detail: Annotated[str, StringConstraints(max_length=80, pattern=r"^[a-z0-9-]*$")] = ""

    def moment(self, received: datetime) -> Moment:
        """With its time by the server's clock: the window's clock may be wrong, its sense of duration is not."""
        return Moment(
            id=self.id,
            at=received - timedelta(milliseconds=self.ago),
            kind=self.kind,
            question_id=self.question_id,
            detail=self.detail,
        )


class Told(Value):
    """One message of a window: what changed since it was last answered."""

    tab: Tab
    # The names that this window had before a reload or a crash.
    was: Annotated[tuple[Tab, ...], Field(max_length=8)] = ()
    # take: write here from now on. leave: this window is going away.
    wish: Literal["", "take", "leave"] = ""
    # Become the one who leads the conversation.
    lead: bool = False
    focus: QuestionId | None = None
    entries: Annotated[tuple[Entry, ...], Field(max_length=100)] = ()
    moments: Annotated[tuple[Happened, ...], Field(max_length=2000)] = ()


class Answer(NamedTuple):
    """What a window is told back."""

    # Whether this window writes; another one does where it does not, and nothing of this message was stored.
    holds: bool
    state: CardState
    # What stands in the database now: for every entry sent, or for all questions where the window only reads.
    ratings: tuple[Rating, ...]
    # Entries that were not stored, as another window had written the question since.
    clashes: tuple[Rating, ...]
    leader_id: str | None
    # What happened so far, for a window that only reads.
    moments: tuple[Moment, ...]
    # The question that each other interviewer of this interview has in hand.
    others: dict[str, str | None]


def foreign(plan: InterviewPlan, rating: Rating) -> list[str]:
    """What in a rating the planned question does not have; empty when all fits."""
    questions = {item.question.id: item.question for item in plan.items}
    question = questions.get(rating.question_id)
    if question is None:
        return [f"{rating.question_id} is not in this interview's plan."]
    unknown = [
        *({*rating.ticks} - {signal.id for signal in question.signals}),
        *(str(place) for place in rating.probes if not 0 <= place < len(question.probes)),
        *({*rating.red_flags} - {flag.id for flag in question.red_flags}),
    ]
    return [f"{rating.question_id} has no signal, probe or red flag '{mark}'." for mark in sorted(unknown)]


def words_in(evidence: str) -> str:
    """The evidence without time stamps and quote marks: what somebody wrote themselves."""
    return _STAMP.sub("", evidence).strip()
