"""What a window of the live interview tells the kit, and what it is told back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from question_bank import InterviewPlan, Question
from rubrics.model import Value

from ..record.model import (
    CardState,
    Id,
    Moment,
    MomentKind,
    QuestionId,
    Rating,
    Said,
    Words,
)

# Seconds after which a window that says nothing no longer holds its scorecard.
HOLD_SECONDS = 20
# What one message may hold; a window sends more in several.
MOST_ENTRIES, MOST_MOMENTS = 100, 2000
# A moment is dated no longer ago than this: a clock that jumped, or a laptop that slept for longer.
OLDEST_MOMENT = 7 * 24 * 3600 * 1000
Tab = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
# What a window counts: each change that it stores, each message that it sends.
Count = Annotated[int, Field(ge=0, le=2_000_000_000)]
Letter = Annotated[str, StringConstraints(pattern=r"^[a-z]$")]
Given = Annotated[
    str, StringConstraints(pattern=r"^(number|reveal|turn|twist|exhibit)-[a-z0-9-]{1,64}$|^(limit|trace)$")
]


def _in_range(ago: object) -> object:
    """An age that a clock made nonsense of, as the nearest that can be."""
    if isinstance(ago, int | float) and not isinstance(ago, bool):
        return int(max(0, min(ago, OLDEST_MOMENT))) if ago == ago else 0
    return ago


class Entry(Said):
    """One question's rating as a window has it, over the stored version that it had read. Marks are bounded here."""

    base: Annotated[int, Field(ge=0)] = 0
    # The window's count when this was typed; none where a page of an earlier kit is still open.
    count: Count | None = None
    ticks: Annotated[tuple[Letter, ...], Field(max_length=26)] = ()
    probes: Annotated[tuple[Annotated[int, Field(ge=0, le=99)], ...], Field(max_length=100)] = ()
    red_flags: Annotated[tuple[Letter, ...], Field(max_length=26)] = ()
    flag_quotes: Annotated[dict[Letter, Words], Field(max_length=26)] = Field(default_factory=dict)
    given: Annotated[tuple[Given, ...], Field(max_length=100)] = ()

    def rating(self) -> Rating:
        """The rating as it would be stored; NUL, which no database takes, is left out."""
        told = self.model_dump(exclude={"base", "count"})
        for name, value in told.items():
            if isinstance(value, str):
                told[name] = value.replace("\x00", "")
            elif isinstance(value, tuple):
                told[name] = tuple(sorted(set(value)))
        told["flag_quotes"] = {
            letter: words.replace("\x00", "")
            for letter, words in sorted(self.flag_quotes.items())
            if words.strip() and letter in self.red_flags
        }
        return Rating.model_validate(told)


class Happened(Value):
    """A moment as a window saw it; `ago` is how many milliseconds before it was sent, brought into range."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,80}$")]
    ago: Annotated[int, BeforeValidator(_in_range)]
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


class Former(Value):
    """A window that this one continues: it knows what that one had typed up to this count."""

    tab: Tab
    count: Count
    # Whether its page is closed; a copied tab continues one that is still open.
    gone: bool = True

    @model_validator(mode="before")
    @classmethod
    def _by_name(cls, told: object) -> object:
        """A page of an earlier kit says the name alone, and means all that was typed there."""
        return {"tab": told, "count": 2_000_000_000} if isinstance(told, str) else told


class Told(Value):
    """One message of a window: what changed since it was last answered."""

    tab: Tab
    # Numbers the window's messages; none from a page of an earlier kit, which is taken for its newest.
    count: Count | None = None
    # The desk's term as the window last received it; none counts as the current one.
    term: Count | None = None
    # The windows that this one continues after a reload, a crash or a copy, the latest first.
    was: Annotated[tuple[Former, ...], Field(max_length=8)] = ()
    # take: write here from now on. leave: this window is going away.
    wish: Literal["", "take", "leave"] = ""
    # Become the one who leads the conversation, in place of the one who led when it was pressed.
    lead: bool = False
    led: Id | None = None
    focus: QuestionId | None = None
    # What the candidate sees; a page of an earlier kit does not send it and shows its current question.
    shown: QuestionId | None = None
    entries: Annotated[tuple[Entry, ...], Field(max_length=MOST_ENTRIES)] = ()
    moments: Annotated[tuple[Happened, ...], Field(max_length=MOST_MOMENTS)] = ()

    def within(self, plan: InterviewPlan) -> Told:
        """Without a current or shown question that the plan lacks: no watcher could draw it."""
        strange = {
            name: None
            for name in ("focus", "shown")
            if (key := getattr(self, name)) is not None and plan.find(key) is None
        }
        return self.model_copy(update=strange) if strange else self


class Refusal(NamedTuple):
    """One part of a message that is not stored, however often it is sent; the rest of the message is."""

    # entry: a question's words. mark: one mark of an entry whose words are stored. moment: something that happened.
    what: Literal["entry", "mark", "moment"]
    # Its place among the message's entries or moments.
    place: int
    question_id: str | None
    reason: str


class Answer(NamedTuple):
    """What a window is told back."""

    # Whether this window writes; another one does where it does not, and nothing of this message was stored.
    holds: bool
    # The desk's term, to be said with the next message; free: nobody holds it, and the next message may.
    term: int
    free: bool
    state: CardState
    # What stands in the database now: for every entry sent, or for all questions where the window only reads.
    ratings: tuple[Rating, ...]
    # Questions of `ratings` on which this window had already stored something newer, which stays.
    older: tuple[str, ...]
    # Entries that were not stored, as another window had written the question since.
    clashes: tuple[Rating, ...]
    refused: tuple[Refusal, ...]
    leader_id: str | None
    # What happened so far, for a window that only reads.
    moments: tuple[Moment, ...]
    # The question that each other interviewer of this interview has in hand.
    others: dict[str, str | None]
    # What the candidate sees by this scorecard, and the token of the open window, if there is one.
    shown: str | None
    window: str | None


def fitting(plan: InterviewPlan, rating: Rating) -> tuple[Rating, tuple[str, ...]]:
    """The rating without the marks that its question does not have, and what was left out."""
    question = plan.question(rating.question_id)
    strange = _strange_marks(question, rating)
    kept = {name: tuple(one for one in getattr(rating, name) if one not in strange[name]) for name in strange}
    reasons = [f"{question.id} has no {_MARKS[name]} '{one}'." for name in strange for one in strange[name]]
    return rating.model_copy(update=kept) if reasons else rating, tuple(reasons)


_MARKS = {"ticks": "signal", "probes": "probe", "red_flags": "red flag"}


def _strange_marks(question: Question, rating: Rating) -> dict[str, list[Any]]:
    return {
        "ticks": sorted({*rating.ticks} - {signal.id for signal in question.signals}),
        "probes": [place for place in rating.probes if not 0 <= place < len(question.probes)],
        "red_flags": sorted({*rating.red_flags} - {flag.id for flag in question.red_flags}),
    }


def foreign(plan: InterviewPlan, rating: Rating) -> list[str]:
    """What in a rating the planned question does not have; empty when all fits."""
    questions = {item.question.id: item.question for item in plan.items}
    question = questions.get(rating.question_id)
    if question is None:
        return [f"{rating.question_id} is not in this interview's plan."]
    strange = [str(mark) for marks in _strange_marks(question, rating).values() for mark in marks]
    return [f"{rating.question_id} has no signal, probe or red flag '{mark}'." for mark in sorted(strange)]
