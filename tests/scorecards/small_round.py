"""Small rounds: values for the pure tests, and the same rounds in a database. Ids tell who and what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from question_bank import InterviewPlan, Target
from scorecards.comparison import RoundComparison, compare_round
from scorecards.interviewing.message import Answer, Entry, Told
from scorecards.record.model import (
    Amendment,
    Candidate,
    CardContent,
    CardStatus,
    Interview,
    Person,
    Rating,
    Recommendation,
    Round,
    RoundRecord,
    RoundSlot,
    Scorecard,
    Verdict,
)
from scorecards.store import Store

from .small_bank import TICKS, plan_of

BEGAN = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
PLAN = plan_of()
WORDS = "Went back a version within the hour."
EQUAL = (Target(competency="drift", must_have=True), Target(competency="security"))
# What a question got: a level, a state, or nothing yet.
Given = int | str | None


def rating(question_id: str, given: Given = 3, /, **values: Any) -> Rating:
    """A rating that lacks nothing: a level with its ticks and words, or a state with its reason."""
    if isinstance(given, int):
        values = {"level": given, "ticks": TICKS[given], "evidence": WORDS} | values
    elif given is not None:
        values = {"state": given} | ({"skip_reason": "time"} if given == "skipped" else {}) | values
    return Rating(question_id=question_id, **values)


def content(
    levels: Mapping[str, Given], choice: Recommendation | None = "yes", **verdict: str
) -> CardContent:
    """What a scorecard says: its ratings as if stored once, and its recommendation."""
    stored = {"version": 1, "saved_at": BEGAN}
    return CardContent(
        ratings=tuple(rating(key, given, **stored) for key, given in sorted(levels.items())),
        verdict=Verdict(recommendation=choice, **verdict),
    )


def card(
    interviewer: str,
    levels: Mapping[str, Given],
    *,
    candidate: str = "zed",
    slot: str = "first",
    state: str = "submitted",
    choice: Recommendation | None = "yes",
    amendments: tuple[Amendment, ...] = (),
    round_id: str = "r1",
) -> Scorecard:
    """A scorecard; its id is candidate-slot-interviewer."""
    interview = f"{candidate}-{slot}"
    return Scorecard(
        id=f"{interview}-{interviewer}",
        round_id=round_id,
        interview_id=interview,
        candidate_id=candidate,
        interviewer_id=interviewer,
        state=state,
        content=content(levels, choice),
        submitted_at=None if state == "draft" else BEGAN,
        withdrawn_reason="Knew the candidate." if state == "withdrawn" else None,
        amendments=amendments,
    )


def draft(interviewer: str, levels: Mapping[str, Given] | None = None, **values: Any) -> Scorecard:
    return card(interviewer, levels or {}, **{"state": "draft", "choice": None} | values)


def record(
    *cards: Scorecard,
    targets: tuple[Target, ...] = EQUAL,
    plan: InterviewPlan = PLAN,
    lead: str = "lea",
    panel: Sequence[str] = ("ada", "bo", "cy"),
    candidates: Sequence[str] = ("zed",),
    dismissed: Iterable[str] = (),
    **changes: Any,
) -> RoundRecord:
    """A round with these scorecards, all of them readable. `dismissed` holds interview ids."""
    round_id = changes.get("id", "r1")
    slots = list(dict.fromkeys(one.interview_id.partition("-")[2] for one in cards)) or ["first"]
    gone = set(dismissed)
    interviews = tuple(
        _interview(round_id, candidate, slot, plan, dismissed=f"{candidate}-{slot}" in gone)
        for candidate in candidates
        for slot in slots
    )
    why = {interview.id: interview.dismissed_reason for interview in interviews}
    uneven = len({target.weight for target in targets}) > 1
    values = {
        "id": round_id,
        "name": "Senior engineer",
        "profile_id": "small",
        "lead_id": lead,
        "panel_ids": tuple(panel),
        "targets": targets,
        "weights_reason": "The role is about drift." if uneven else None,
        "slots": tuple(RoundSlot(id=slot, plan=plan, interviewer_ids=()) for slot in slots),
        "created_at": BEGAN,
    }
    everybody = sorted(
        {lead, *panel, *changes.get("observer_ids", ()), *(one.interviewer_id for one in cards)}
    )
    return RoundRecord(
        round=Round(**values | changes),
        people=tuple(Person(id=key, name=key.title()) for key in everybody),
        candidates=tuple(
            Candidate(id=key, round_id=round_id, code=f"C-{n:02d}", name=key.title())
            for n, key in enumerate(candidates, start=1)
        ),
        interviews=interviews,
        cards=tuple(sorted(cards, key=lambda one: one.id)),
        statuses=tuple(_status(one, why[one.interview_id]) for one in cards),
    )


def _interview(
    round_id: str, candidate: str, slot: str, plan: InterviewPlan, *, dismissed: bool
) -> Interview:
    return Interview(
        id=f"{candidate}-{slot}",
        round_id=round_id,
        candidate_id=candidate,
        slot_id=slot,
        plan=plan,
        dismissed_reason="Fell ill." if dismissed else None,
        created_at=BEGAN,
    )


def _status(card: Scorecard, dismissed_reason: str | None) -> CardStatus:
    return CardStatus(
        card_id=card.id,
        interview_id=card.interview_id,
        candidate_id=card.candidate_id,
        interviewer_id=card.interviewer_id,
        state=card.state,
        submitted_at=card.submitted_at,
        dismissed_reason=dismissed_reason,
    )


def compared(whole: RoundRecord) -> RoundComparison:
    """The comparison of a small round as documents hold it: for no reader."""
    return compare_round(whole, None, {"drift": "Drift", "security": "Security"})


def keep(store: Store, *cards: Scorecard, **values: Any) -> RoundRecord:
    """The same round in a database; gives the record back."""
    kept = record(*cards, **values)
    store.imports.add(kept)
    return kept


def tell(
    store: Store, author: str, card_id: str, *ratings: Rating, base: int = 0, writer: str = "w"
) -> Answer:
    """What a window that takes the desk and sends these ratings is told back; `base` is the version it had read."""
    entries = tuple(Entry(base=base, **one.model_dump(exclude={"version", "saved_at"})) for one in ratings)
    return store.live.tell(author, card_id, Told(tab=writer, wish="take", entries=entries))


def rate(store: Store, author: str, card_id: str, one: Rating, *, base: int = 0, writer: str = "w") -> Rating:
    """A rating typed on the live screen, as it is stored: with its version and time."""
    answer = tell(store, author, card_id, one, base=base, writer=writer)
    assert answer.holds, f"The scorecard is {answer.state}."
    assert not answer.clashes + answer.older + answer.refused
    (stored,) = answer.ratings
    return stored


def save_all(store: Store, author: str, card_id: str, given: Given = 3, **values: Any) -> None:
    """A rating for every planned question, as the live screen stores them."""
    for item in PLAN.items:
        rate(store, author, card_id, rating(item.question.id, given, **values), writer=f"{author}-window")


def submit(
    store: Store, author: str, card_id: str, choice: Recommendation = "yes", **values: Any
) -> Scorecard:
    """Fill a draft and submit it."""
    save_all(store, author, card_id, **values)
    store.cards.save_verdict(author, card_id, Verdict(recommendation=choice))
    return store.cards.submit(author, card_id)
