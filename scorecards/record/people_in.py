"""Whose words a round holds, and the same round with other people in their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TypeVar

from .model import Debrief, Decision, Opening, Round, RoundRecord, Scorecard
from .seals import broken_seals, evidence_digest, sealed


def parts_of(record: RoundRecord) -> dict[str, str]:
    """By person, in words, what a round has of them: 'leads, 3 scorecards'. Nothing where it only names them."""
    cards = Counter(card.interviewer_id for card in record.cards)
    votes = Counter(vote.person_id for one in record.debriefs for vote in one.votes)

    def told(who: str) -> str:
        parts = ["leads"] if who == record.round.lead_id else []
        parts += [_count(cards[who], "scorecard")] if cards[who] else []
        parts += [_count(votes[who], "vote")] if votes[who] else []
        return ", ".join(parts)

    return {person.id: told(person.id) for person in record.people}


def without_strangers(record: RoundRecord) -> RoundRecord:
    """The record without leaders and planned interviewers who are not among its people: no words hang on those."""
    people = record.person
    slots = tuple(
        slot.model_copy(
            update={"interviewer_ids": tuple(who for who in slot.interviewer_ids if who in people)}
        )
        for slot in record.round.slots
    )
    interviews = tuple(
        one
        if one.leader_id is None or one.leader_id in people
        else one.model_copy(update={"leader_id": None})
        for one in record.interviews
    )
    round_ = record.round.model_copy(update={"slots": slots})
    return record.model_copy(update={"round": round_, "interviews": interviews})


def with_people(record: RoundRecord, places: Mapping[str, str]) -> RoundRecord:
    """The record with `places[id]` in the place of each person's id; seals that held hold afterwards."""
    if all(old == new for old, new in places.items()):
        return record
    moved = record.model_copy(
        update={
            "round": _round(record.round, places),
            "people": tuple(
                person.model_copy(update={"id": places.get(person.id, person.id)}) for person in record.people
            ),
            "interviews": tuple(_at(one, places, "leader_id") for one in record.interviews),
            "cards": tuple(_card(one, places) for one in record.cards),
            "debriefs": tuple(_debrief(one, places) for one in record.debriefs),
        }
    )
    debriefs = tuple(
        _sealed_anew(record, moved, old, new)
        for old, new in zip(record.debriefs, moved.debriefs, strict=True)
    )
    return moved.model_copy(update={"debriefs": debriefs}).with_statuses()


Of = TypeVar("Of", Round, Scorecard, Opening, Decision)


def _at(value, places: Mapping[str, str], *names: str):  # type: ignore[no-untyped-def]
    """The value with other people in these fields: each holds an id, several of them, or none."""
    new = {}
    for name in names:
        old = getattr(value, name)
        new[name] = (
            tuple(places.get(one, one) for one in old) if isinstance(old, tuple) else places.get(old, old)
        )
    return value.model_copy(update=new)


def _round(round_: Round, places: Mapping[str, str]) -> Round:
    changed: Round = _at(round_, places, "lead_id", "panel_ids", "observer_ids")
    return changed.model_copy(
        update={
            "not_qualified": {places.get(who, who): what for who, what in round_.not_qualified.items()},
            "slots": tuple(_at(slot, places, "interviewer_ids") for slot in round_.slots),
            "events": tuple(_at(event, places, "person_id", "could_have_read") for event in round_.events),
        }
    )


def _card(card: Scorecard, places: Mapping[str, str]) -> Scorecard:
    changed: Scorecard = _at(card, places, "interviewer_id")
    amendments = tuple(_at(one, places, "author_id") for one in card.amendments)
    return changed.model_copy(update={"amendments": amendments})


def _debrief(debrief: Debrief, places: Mapping[str, str]) -> Debrief:
    return debrief.model_copy(
        update={
            "votes": tuple(_at(vote, places, "person_id") for vote in debrief.votes),
            "openings": tuple(_at(one, places, "by", "absent", "speaking_order") for one in debrief.openings),
            "decisions": tuple(_at(one, places, "recorded_by") for one in debrief.decisions),
        }
    )


def _sealed_anew(before: RoundRecord, after: RoundRecord, old: Debrief, new: Debrief) -> Debrief:
    """Seals are over ids, too: those that held are made anew, and a broken one stays broken."""
    if broken_seals(old):
        return new
    digests = {evidence_digest(before, old.candidate_id): evidence_digest(after, new.candidate_id)}
    decisions: list[Decision] = []
    for one in new.decisions:
        digest = digests.get(one.evidence_digest, one.evidence_digest)
        changed = one.model_copy(update={"evidence_digest": digest})
        decisions.append(sealed(changed, new.candidate_id, decisions[-1] if decisions else None))
    return new.model_copy(update={"decisions": tuple(decisions)})


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
