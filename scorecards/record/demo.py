"""The demo round: invented people, believable evidence, every state that a real round knows."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from question_bank import Bank, Profile, Slot, make_plan
from question_bank.frozen import freeze
from rubrics import Level
from rubrics.files import read_model
from rubrics.model import Value

from .model import (
    Candidate,
    CardContent,
    Interview,
    Moment,
    Person,
    Rating,
    RatingState,
    Recommendation,
    Round,
    RoundRecord,
    RoundSlot,
    Scorecard,
    SkipReason,
    Verdict,
    now,
)

_FILE = Path(__file__).parent / "demo.yaml"


class DemoRating(Value):
    """One rating as it stands in demo.yaml."""

    level: Level | None = None
    state: RatingState | None = None
    skip_reason: SkipReason | None = None
    # Letters in a row: "abd".
    ticks: str = ""
    red_flags: str = ""
    probes: tuple[int, ...] = ()
    evidence: str = ""
    override_reason: str = ""


class DemoCard(Value):
    """One scorecard as it stands in demo.yaml."""

    candidate: str
    slot: str
    interviewer: str
    state: Literal["draft", "submitted"] = "submitted"
    recommendation: Recommendation | None = None
    reason: str = ""
    contradiction: str = ""
    ratings: dict[str, DemoRating]


class DemoSlot(Value):
    """One interview of the demo loop, with its questions by id."""

    id: str
    name: str
    minutes: int
    around: int
    interviewers: tuple[str, ...]
    questions: tuple[str, ...]


class DemoRound(Value):
    """The whole of demo.yaml."""

    name: str
    profile: str
    interviewers: dict[str, str]
    candidates: Annotated[tuple[str, ...], Field(min_length=1)]
    slots: tuple[DemoSlot, ...]
    cards: tuple[DemoCard, ...]
    # Interviews that did not take place: "candidate/slot" and why.
    dismissed: dict[str, str] = Field(default_factory=dict)


def demo_record(bank: Bank, lead: Person | None = None) -> RoundRecord:
    """A new demo round as a record to import; its ids are new at every call.

    `lead` leads it; without one, the first of the invented interviewers does.
    """
    told = _told()
    people = {key: Person(id=f"demo-{key}", name=name) for key, name in told.interviewers.items()}
    lead = lead or next(iter(people.values()))
    round_ = _round(bank, told, people, lead)
    candidates = tuple(
        Candidate(id=f"{round_.id}-c{n}", round_id=round_.id, code=f"C-{n:02d}", name=name)
        for n, name in enumerate(told.candidates, start=1)
    )
    interviews = {
        (candidate.id, slot.id): _interview(round_, candidate, slot, told)
        for candidate in candidates
        for slot in round_.slots
    }
    return RoundRecord(
        round=round_,
        people=tuple({person.id: person for person in (*people.values(), lead)}.values()),
        candidates=candidates,
        interviews=tuple(interviews.values()),
        cards=tuple(_cards(told, people, candidates, interviews)),
    ).with_statuses()


def _round(bank: Bank, told: DemoRound, people: Mapping[str, Person], lead: Person) -> Round:
    profile = bank.profile(told.profile)
    return Round(
        id=f"demo-{secrets.token_hex(5)}",
        name=told.name,
        profile_id=profile.id,
        demo=True,
        lead_id=lead.id,
        panel_ids=tuple(person.id for person in people.values()),
        targets=profile.targets,
        weights_reason=profile.weights_reason,
        words=freeze(bank, (), (target.competency for target in profile.targets)),
        slots=tuple(_slot(bank, profile, slot, people) for slot in told.slots),
        created_at=now() - timedelta(days=9),
    )


def _slot(bank: Bank, profile: Profile, told: DemoSlot, people: Mapping[str, Person]) -> RoundSlot:
    slot = Slot(id=told.id, name=told.name, minutes=told.minutes, items=(), around=told.around)
    return RoundSlot(
        id=told.id,
        plan=make_plan(bank, slot, [bank.by_id[key] for key in told.questions], (), profile),
        interviewer_ids=tuple(people[key].id for key in told.interviewers),
    )


def _interview(round_: Round, candidate: Candidate, slot: RoundSlot, told: DemoRound) -> Interview:
    return Interview(
        id=f"{candidate.id}-{slot.id}",
        round_id=round_.id,
        candidate_id=candidate.id,
        slot_id=slot.id,
        plan=slot.plan,
        dismissed_reason=told.dismissed.get(f"{candidate.name}/{slot.id}"),
        created_at=round_.created_at,
    )


def _cards(
    told: DemoRound,
    people: Mapping[str, Person],
    candidates: Sequence[Candidate],
    interviews: Mapping[tuple[str, str], Interview],
) -> Iterator[Scorecard]:
    """Every scorecard that an interviewer owes, as demo.yaml has it or empty."""
    written = {(card.candidate, card.slot, card.interviewer): card for card in told.cards}
    for candidate in candidates:
        for place, slot in enumerate(told.slots):
            interview = interviews[candidate.id, slot.id]
            for n, key in enumerate(slot.interviewers):
                card = written.get((candidate.name, slot.id, key))
                yield _card(interview, candidate, people[key], card, 2 * place + n)


def _card(
    interview: Interview, candidate: Candidate, person: Person, told: DemoCard | None, number: int
) -> Scorecard:
    begun = interview.created_at + timedelta(days=1 + int(candidate.code[2:]) % 7, hours=number)
    values: dict[str, Any] = {
        "id": f"{interview.id}-{person.id}",
        "round_id": interview.round_id,
        "interview_id": interview.id,
        "candidate_id": candidate.id,
        "interviewer_id": person.id,
    }
    if told is None:
        return Scorecard(**values)
    minutes = _minutes(interview, number + int(candidate.code[2:]))
    ended = {key: begun + timedelta(minutes=sum(minutes[: n + 1])) for n, key in enumerate(_asked(interview))}
    verdict = Verdict(
        recommendation=told.recommendation, reason=told.reason, contradiction=told.contradiction
    )
    ratings = tuple(_rating(key, rating, ended[key]) for key, rating in sorted(told.ratings.items()))
    return Scorecard(
        **values,
        state=told.state,
        content=CardContent(ratings=ratings, verdict=verdict),
        submitted_at=begun + timedelta(minutes=sum(minutes) + 25) if told.state == "submitted" else None,
        moments=tuple(_moments(told, begun, ended)),
    )


def _rating(question_id: str, told: DemoRating, saved_at: datetime) -> Rating:
    return Rating(
        question_id=question_id,
        level=told.level,
        state=told.state,
        skip_reason=told.skip_reason,
        ticks=tuple(told.ticks),
        red_flags=tuple(told.red_flags),
        probes=told.probes,
        evidence=told.evidence,
        override_reason=told.override_reason,
        version=1,
        saved_at=saved_at,
    )


def _asked(interview: Interview) -> list[str]:
    return [item.question.id for item in interview.plan.items]


def _minutes(interview: Interview, turn: int) -> list[int]:
    """Minutes that each question took: now a little more than planned, now a little less."""
    return [item.minutes + (turn + 2 * place) % 4 - 2 for place, item in enumerate(interview.plan.items)]


def _moments(told: DemoCard, begun: datetime, ended: Mapping[str, datetime]) -> Iterator[Moment]:
    """The interview as its clock saw it, up to the last question that was asked."""
    asked = [key for key in ended if key in told.ratings and told.ratings[key].state != "not_asked"]
    yield Moment(id="demo-00", at=begun, kind="begun")
    at = begun
    for place, key in enumerate(asked, start=1):
        yield Moment(id=f"demo-{place:02d}", at=at, kind="opened", question_id=key)
        at = ended[key]
    yield Moment(id="demo-99", at=at, kind="ended")


@lru_cache(maxsize=1)
def _told() -> DemoRound:
    return read_model(_FILE, _FILE.parent, DemoRound)
