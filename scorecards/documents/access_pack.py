"""What is held about a candidate, for the candidate, as JSON. For reading, the packet serves."""

from __future__ import annotations

import json
from typing import Any

from ..debriefing.debrief import departures_of
from ..debriefing.departure_words import departure_words
from ..record.model import Decision, RoundRecord, Scorecard


def access_pack_json(record: RoundRecord, candidate_id: str) -> bytes:
    """The candidate's part of a record that `store.privacy.access_pack` has masked: all of it, and nothing else."""
    debrief = record.debrief(candidate_id)
    told = {
        "candidate": record.candidate[candidate_id].model_dump(mode="json", include={"code", "name"}),
        "round": record.round.model_dump(mode="json", include={"name", "created_at", "purge_on"}),
        "interviews": [
            {
                "name": interview.plan.name,
                "did_not_take_place_because": interview.dismissed_reason,
                "questions": [item.question.title for item in interview.plan.items],
            }
            for interview in record.interviews
            if interview.candidate_id == candidate_id
        ],
        "scorecards": [_card(record, card) for card in record.cards_of(candidate_id)],
        "votes": [
            {
                "by": record.person[one.person_id].name,
                **one.model_dump(mode="json", include={"turn", "number", "choice", "reason", "at"}),
            }
            for one in debrief.votes
        ],
        "decisions": [_decision(one) for one in debrief.decisions],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _decision(decision: Decision) -> dict[str, Any]:
    """In words what it departs from, whichever way it was stored."""
    told = decision.model_dump(mode="json", exclude={"recorded_by", "departures"})
    return {**told, "departs_from": [departure_words(one) for one in departures_of(decision)]}


def _card(record: RoundRecord, card: Scorecard) -> dict[str, Any]:
    titles = {
        item.question.id: item.question.title for item in record.interview[card.interview_id].plan.items
    }
    return {
        "by": record.person[card.interviewer_id].name,
        **card.model_dump(mode="json", include={"state", "submitted_at", "withdrawn_reason"}),
        "recommendation": card.content.verdict.model_dump(mode="json"),
        "ratings": [
            {"question": titles.get(one.question_id, one.question_id), **one.model_dump(mode="json")}
            for one in card.content.ratings
        ],
        "amendments": [one.model_dump(mode="json", exclude={"author_id"}) for one in card.amendments],
        "moments": [one.model_dump(mode="json") for one in card.moments],
    }
