"""Whole rounds of any size with invented people, made of the shipped bank: what screens and exports are measured with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice

import numpy as np

from question_bank import Bank, InterviewPlan, Slot, make_plan
from scorecards.record.model import (
    Candidate,
    CardContent,
    Interview,
    Person,
    Rating,
    Round,
    RoundRecord,
    RoundSlot,
    Scorecard,
    Verdict,
)

WORDS = (
    "Named the deploy as the first suspect, asked for the request rate by status, and put the last version back "
    "before looking for the cause. Could not say how long the cache would take to fill again.",
    "Spoke of retries with jitter without being asked. Gave 3 and 20 as the numbers, from a system of their own.",
    "Stayed with the tool's name; asked twice what it measures and got a definition.",
)
# Of every candidate two interviewers sit in the first interview, two in the second, one in the third.
SEATS = (2, 2, 1)
BEGAN = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def big_round(bank: Bank, candidates: int, panel: int = 12, seed: int = 1) -> RoundRecord:
    """A round in which everybody was interviewed: five submitted scorecards for each candidate.

    Candidates and interviewers differ as people do: merit and strictness have a standard deviation of half a
    level.
    """
    random = np.random.default_rng(seed)
    people = tuple(Person(id=f"bench-{n:02d}", name=f"Interviewer {n:02d}") for n in range(panel))
    round_ = _round(bank, f"bench-{candidates}", f"{candidates} candidates", people)
    merit, strict = random.normal(0, 0.5, candidates), random.normal(0, 0.5, panel)
    everybody = tuple(_candidate(round_, n) for n in range(candidates))
    interviews, cards = [], []
    for who, ahead in zip(everybody, merit, strict=True):
        seats = iter(random.choice(panel, sum(SEATS), replace=False).tolist())
        for slot, number in zip(round_.slots, SEATS, strict=True):
            sitting = _sitting(who, slot)
            interviews.append(sitting)
            cards += [
                _card(sitting, people[seat], ahead - strict[seat], random) for seat in islice(seats, number)
            ]
    return RoundRecord(
        round=round_, people=people, candidates=everybody, interviews=tuple(interviews), cards=tuple(cards)
    ).with_statuses()


def _candidate(round_: Round, n: int) -> Candidate:
    return Candidate(
        id=f"{round_.id}-c{n}", round_id=round_.id, code=f"C-{n + 1:02d}", name=f"Candidate {n + 1:03d}"
    )


def _sitting(who: Candidate, slot: RoundSlot) -> Interview:
    return Interview(
        id=f"{who.id}-{slot.id}",
        round_id=who.round_id,
        candidate_id=who.id,
        slot_id=slot.id,
        plan=slot.plan,
        created_at=BEGAN,
    )


def _round(bank: Bank, round_id: str, name: str, people: Sequence[Person]) -> Round:
    profile = bank.profile("generalist")
    return Round(
        id=round_id,
        name=name,
        profile_id=profile.id,
        lead_id=people[0].id,
        panel_ids=tuple(person.id for person in people),
        targets=profile.targets,
        weights_reason=profile.weights_reason,
        slots=tuple(
            RoundSlot(id=f"slot-{n}", plan=_plan(bank, n), interviewer_ids=()) for n in range(len(SEATS))
        ),
        created_at=BEGAN,
    )


def _plan(bank: Bank, number: int) -> InterviewPlan:
    """A plan of one question from each competency that has several, a different one in each interview."""
    by_competency: dict[str, list[str]] = {}
    for question in bank.questions:
        by_competency.setdefault(question.competency, []).append(question.id)
    chosen = [bank.by_id[ids[number % len(ids)]] for ids in by_competency.values()]
    slot = Slot(id=f"slot-{number}", name=f"Interview {number + 1}", minutes=90, items=(), around=0)
    return make_plan(bank, slot, chosen, (), bank.profile("generalist"))


def _card(sitting: Interview, person: Person, ahead: float, random: np.random.Generator) -> Scorecard:
    view = ahead + random.normal(0, 0.35)
    questions = sorted(item.question.id for item in sitting.plan.items)
    ratings = tuple(_rating(question, view, random) for question in questions)
    verdict = Verdict(recommendation="yes" if view > 0 else "no", reason="As noted.")
    return Scorecard(
        id=f"{sitting.id}-{person.id}",
        round_id=sitting.round_id,
        interview_id=sitting.id,
        candidate_id=sitting.candidate_id,
        interviewer_id=person.id,
        state="submitted",
        content=CardContent(ratings=ratings, verdict=verdict),
        submitted_at=BEGAN + timedelta(hours=2),
    )


def _rating(question: str, view: float, random: np.random.Generator) -> Rating:
    return Rating(
        question_id=question,
        level=int(np.clip(round(2.6 + view + random.normal(0, 0.6)), 1, 4)),
        ticks=("a", "b"),
        evidence=WORDS[int(random.integers(len(WORDS)))],
        version=1,
        saved_at=BEGAN,
    )
