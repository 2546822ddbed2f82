"""Who could read what others recorded of a candidate, now or at any time before, and what submitting opens.

What counts is what the rules allowed, by whatever door: a page, an export, the comparison, another system's token.
Whether someone did read is not asked. Where sight is lost again, an event of the round keeps who had it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from . import rules
from .model import CardStatus, RoundEvent, RoundHead, RoundRecord


def reads_others(
    round_: RoundHead, person_id: str, candidate_id: str, statuses: Iterable[CardStatus]
) -> bool:
    """Whether this person may now read a scorecard of someone else on the candidate."""
    own = [status for status in statuses if status.candidate_id == candidate_id]
    return any(
        card.interviewer_id != person_id
        and card.state != "draft"
        and not rules.why_not_see(round_, person_id, card, own)
        for card in own
    )


def could_have_read(
    round_: RoundHead, person_id: str, candidate_id: str, statuses: Collection[CardStatus]
) -> bool:
    """Whether this person may now read someone else on the candidate, or could at any time that is on record."""
    return reads_others(round_, person_id, candidate_id, statuses) or any(
        person_id in _had_sight(event) and _concerns(event, person_id, candidate_id, statuses)
        for event in round_.events
    )


def to_name(
    round_: RoundHead,
    candidate_id: str,
    had: Collection[CardStatus],
    has: Collection[CardStatus],
    assigned: Collection[str],
) -> tuple[str, ...]:
    """Whom the record of a change must name, by id: who could read and interviews now, or reads no more.

    `had` are the statuses before the change and `has` those after it.
    """
    lose = {
        who
        for who in round_.people
        if reads_others(round_, who, candidate_id, had) and not reads_others(round_, who, candidate_id, has)
    }
    could = {who for who in assigned if could_have_read(round_, who, candidate_id, had)}
    return tuple(sorted(lose | could))


def any_sight(round_: RoundHead, person_id: str, statuses: Collection[CardStatus]) -> bool:
    """Whether this person could read someone else on any candidate of the round."""
    candidates = {status.candidate_id for status in statuses if status.state != "draft"}
    return any(could_have_read(round_, person_id, one, statuses) for one in candidates)


def _had_sight(event: RoundEvent) -> frozenset[str]:
    early = {event.person_id} if event.what == "read_early" else set()
    return frozenset({*event.could_have_read, *early})


def _concerns(event: RoundEvent, person_id: str, candidate_id: str, statuses: Iterable[CardStatus]) -> bool:
    """Whether the event is about this candidate; one about none concerns everyone who was rated before it."""
    if event.candidate_id is not None:
        return event.candidate_id == candidate_id
    own = [status for status in statuses if status.candidate_id == candidate_id]
    if event.interview_id is not None:
        return any(status.interview_id == event.interview_id for status in own)
    return any(
        status.interviewer_id != person_id
        and status.submitted_at is not None
        and status.submitted_at <= event.at
        for status in own
    )


# Interviewers who were not blind


def not_blind(record: RoundRecord) -> tuple[tuple[str, str], ...]:
    """Person and candidate of every interviewer who was put there after they could read others; by id."""
    seats = {(status.interviewer_id, status.candidate_id) for status in record.statuses if _counts(status)}
    return tuple(
        sorted(
            (who, candidate)
            for who, candidate in seats
            if any(
                who in were_not_blind(event) and _concerns(event, who, candidate, record.statuses)
                for event in record.round.events
            )
        )
    )


def were_not_blind(event: RoundEvent) -> tuple[str, ...]:
    """Whom the event made interviewers though they could have read others; by id.

    Older kits named, where a dismissal was taken back, only those who interview then.
    """
    if event.what == "dismissal_undone" and not event.assigned:
        return event.could_have_read
    return tuple(who for who in event.could_have_read if who in event.assigned)


def _counts(status: CardStatus) -> bool:
    return status.state == "submitted" or status.due


# What submitting opens


class Promise(NamedTuple):
    """What happens to others' scorecards on a candidate when someone submits theirs."""

    # Submitted scorecards of others that open by it, and that were open before.
    opens: int
    open_before: int
    # Own scorecards for the candidate that are still owed then; these keep everything hidden.
    own_left: tuple[CardStatus, ...]
    # Others' scorecards that are out then.
    out: tuple[CardStatus, ...]
    # Whether what is submitted waits for those.
    waits: bool


def promise(round_: RoundHead, card_id: str, statuses: Iterable[CardStatus]) -> Promise:
    """What submitting this draft now lets its author see, by the round's rule."""
    listed = list(statuses)
    mine = next(status for status in listed if status.card_id == card_id)
    who = mine.interviewer_id
    now = [status for status in listed if status.candidate_id == mine.candidate_id]
    then = [status.model_copy(update={"state": "submitted"}) if status is mine else status for status in now]
    others = [status for status in now if status.interviewer_id != who and status.state != "draft"]
    before = sum(not rules.why_not_see(round_, who, status, now) for status in others)
    after = sum(not rules.why_not_see(round_, who, status, then) for status in others)
    due = [status for status in then if status.due]
    own_left = tuple(status for status in due if status.interviewer_id == who)
    return Promise(
        opens=after - before,
        open_before=before,
        own_left=own_left,
        out=tuple(status for status in due if status.interviewer_id != who),
        waits=not own_left and bool(rules.why_not_debrief(round_, who, then)),
    )
