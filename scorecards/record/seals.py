"""Seals: a hash over a candidate's scorecards, and one over each decision and the decision before it."""

from __future__ import annotations

from typing import Any

from rubrics.model import Value, digest_of_json

from .departures import Hidden
from .model import Debrief, Decision, RoundRecord


def evidence_digest(record: RoundRecord, candidate_id: str) -> str:
    """Content hash of the candidate's submitted scorecards, amendments included."""
    cards = [card for card in record.cards_of(candidate_id) if card.state == "submitted"]
    return digest_of_json([_told(card) for card in sorted(cards, key=lambda card: card.id)])


def evidence_changed(record: RoundRecord, candidate_id: str) -> bool:
    """Whether scorecards were added, amended or withdrawn since the decision that holds.

    Not known, and not said, where the record's viewer may not read all of them.
    """
    if (found := record.debrief(candidate_id).found_changed) is not None:
        return found
    decision, statuses = record.debrief(candidate_id).decision, record.statuses_of(candidate_id)
    if decision is not None and decision.by_candidate:
        return False
    readable = {card.id for card in record.cards_of(candidate_id)}
    if decision is None or any(one.state == "submitted" and one.card_id not in readable for one in statuses):
        return False
    return decision.evidence_digest != evidence_digest(record, candidate_id)


def sealed(decision: Decision, candidate_id: str, before: Decision | None) -> Decision:
    """The decision with its seal: a hash over it, the candidate, and the seal of the decision before."""
    told = _told(decision.model_copy(update={"seal": ""}))
    return decision.model_copy(
        update={"seal": digest_of_json([candidate_id, before.seal if before else "", told])}
    )


def broken_seals(debrief: Debrief) -> tuple[int, ...]:
    """Places, from 1, of the decisions whose seal no longer matches; without those that are partly hidden."""
    if debrief.found_broken is not None:
        return debrief.found_broken
    before: list[Decision | None] = [None, *debrief.decisions]
    return tuple(
        number
        for number, (last, one) in enumerate(zip(before, debrief.decisions, strict=False), start=1)
        if not is_partly_hidden(one) and sealed(one, debrief.candidate_id, last).seal != one.seal
    )


def is_partly_hidden(decision: Decision) -> bool:
    """Whether part of it is hidden here, so that its seal cannot be checked here."""
    return any(isinstance(one, Hidden) for one in decision.departures)


def _told(value: Value) -> dict[str, Any]:
    """What it says, without what says nothing: a field that a later kit adds leaves what was sealed before alone."""
    return value.model_dump(mode="json", exclude_defaults=True)
