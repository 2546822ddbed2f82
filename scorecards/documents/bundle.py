"""Lossless JSON: a round, or one scorecard, with a digest. Export → import → export gives the same bytes."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Set
from typing import Any

from pydantic import ValidationError

from rubrics.counted import count
from rubrics.model import digest_of_json

from ..interviewing.message import foreign
from ..outside.bounds import OutsideError, read_json, settled
from ..record.model import Debrief, Interview, RoundRecord, Scorecard, Vote

SCHEMA_VERSION = 5
MAX_BYTES = 64 * 1024 * 1024
# Signs that begin or part a value. A round of 64 MB has some 1.5 million; more would only fill the memory.
MAX_PARTS = 2_000_000
# Changes of one rating: far more than anyone types, far less than a column holds.
MAX_VERSION = 1_000_000
_ROUND = "interview-kit/round"
_CARD = "interview-kit/scorecard"


class BundleError(Exception):
    """The file is no bundle that can be read; the message says why and what to do."""


def round_bundle(record: RoundRecord) -> bytes:
    """The record as canonical JSON: sorted keys, UTF-8, a newline at the end."""
    told = record.model_dump(mode="json", exclude={"statuses": True, "damaged": True, "round": {"imported"}})
    return _sealed(_ROUND, told)


def card_bundle(record: RoundRecord, card: Scorecard) -> bytes:
    """One scorecard with its frozen plan and the names in it, as canonical JSON."""
    interview = record.interview[card.interview_id]
    content = {
        "round": {"id": record.round.id, "name": record.round.name},
        "candidate": record.candidate[card.candidate_id].model_dump(mode="json"),
        "interviewer": record.person[card.interviewer_id].model_dump(mode="json"),
        "interview": interview.model_dump(mode="json"),
        "scorecard": card.model_dump(mode="json"),
    }
    return _sealed(_CARD, content)


def read_round_bundle(data: bytes) -> RoundRecord:
    """The record in a bundle; `BundleError` where it is damaged, foreign or too new."""
    content = _opened(data, _ROUND)
    try:
        record = settled(RoundRecord.model_validate_json(json.dumps(content)))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise _unfit(place, first["msg"], error.error_count()) from error
    except OutsideError as error:
        raise _unfit(error.place, error.wrong) from error
    # Statuses follow from the scorecards, and what concerns this database alone stays out of the file.
    record = record.model_copy(
        update={"damaged": (), "round": record.round.model_copy(update={"imported": None})}
    )
    _check_references(record)
    return record.with_statuses()


def _unfit(place: str, wrong: str, faults: int = 1) -> BundleError:
    return BundleError(
        f"The bundle does not fit its schema: {place[:200]}: {wrong[:200]} ({count(faults, 'fault')} in all). "
        "Export it again from where it came from."
    )


def _sealed(schema: str, content: dict[str, Any]) -> bytes:
    envelope = {
        "schema": schema,
        "schema_version": SCHEMA_VERSION,
        "digest": digest_of_json(content, ascii_only=True),
        "content": content,
    }
    return (json.dumps(envelope, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()


def _opened(data: bytes, schema: str) -> Any:
    if len(data) > MAX_BYTES:
        raise BundleError(f"The file has {len(data):,} bytes; a bundle has at most {MAX_BYTES:,}.")
    if data.count(b",") + data.count(b"[") + data.count(b"{") > MAX_PARTS:
        raise BundleError(f"The file has more than {MAX_PARTS:,} parts: no bundle has.")
    try:
        envelope = read_json(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BundleError(f"The file is not UTF-8 (byte {error.start}). Is it the JSON export?") from error
    except json.JSONDecodeError as error:
        raise BundleError(f"The file is not JSON (line {error.lineno}: {error.msg}). Is it whole?") from error
    except ValueError as error:
        raise BundleError("The file holds a number that no bundle has.") from error
    except OutsideError as error:
        raise _unfit(error.place.removeprefix("content."), error.wrong) from error
    if not isinstance(envelope, dict) or envelope.get("schema") != schema:
        raise BundleError(f"The file is no bundle of this kind: its key 'schema' should say '{schema}'.")
    version = envelope.get("schema_version")
    if type(version) is not int or not 1 <= version <= SCHEMA_VERSION:
        raise BundleError(
            f"The bundle has schema version {version}; this kit knows up to {SCHEMA_VERSION}. "
            "Nothing was imported: update the kit and try again."
        )
    if envelope.get("digest") != digest_of_json(envelope.get("content"), ascii_only=True):
        raise BundleError(
            "The bundle was changed or damaged since it was exported: its digest does not match."
        )
    return envelope["content"]


def _check_references(record: RoundRecord) -> None:
    """Everything hangs together and belongs to this round: a bundle must not write into another one."""
    faults = [*_foreign(record), *_doubled(record), *_dangling(record)]
    if faults:
        raise BundleError(f"The bundle is inconsistent: {faults[0]} ({count(len(faults), 'fault')} in all).")


def _foreign(record: RoundRecord) -> Iterator[str]:
    for kind, things in (
        ("candidate", record.candidates),
        ("interview", record.interviews),
        ("scorecard", record.cards),
    ):
        for thing in things:
            if thing.round_id != record.round.id:
                yield f"{kind} {thing.id} is of another round"


def _doubled(record: RoundRecord) -> Iterator[str]:
    lists: list[tuple[str, list[str]]] = [
        ("person", [person.id for person in record.people]),
        ("panel member", list(record.round.panel_ids)),
        ("candidate", [candidate.id for candidate in record.candidates]),
        ("interview", [interview.id for interview in record.interviews]),
        ("scorecard", [card.id for card in record.cards]),
        ("debrief", [one.candidate_id for one in record.debriefs]),
        ("vote", [f"{d.candidate_id} {_vote_key(v)} {v.number}" for d in record.debriefs for v in d.votes]),
        ("opening", [f"{d.candidate_id} {one.turn}" for d in record.debriefs for one in d.openings]),
        ("seat", [f"{card.interview_id} {card.interviewer_id}" for card in record.cards]),
    ]
    lists += [("rating", [f"{c.id} {r.question_id}" for r in c.content.ratings]) for c in record.cards]
    for kind, ids in lists:
        for doubled in sorted({one for one in ids if ids.count(one) > 1}) if len(set(ids)) < len(ids) else ():
            yield f"{kind} {doubled} stands twice"


def _vote_key(vote: Vote) -> str:
    return f"{vote.turn} {vote.person_id}"


def _gaps(debrief: Debrief) -> Iterator[str]:
    """What someone voted before is all there, or someone took it out."""
    for key, number in Counter(_vote_key(one) for one in debrief.votes).items():
        highest = max(one.number for one in debrief.votes if _vote_key(one) == key)
        if highest != number:
            yield f"of the votes {debrief.candidate_id} {key}, {number} of {highest} are there"


def _unplanned(card: Scorecard, interview: Interview) -> Iterator[str]:
    for content in (card.content, *(one.before for one in card.amendments)):
        for rating in content.ratings:
            for fault in foreign(interview.plan, rating):
                yield f"scorecard {card.id}: {fault}"


def _dangling(record: RoundRecord) -> Iterator[str]:
    people = {person.id for person in record.people}
    yield from _dangling_in_round(record, people)
    yield from _dangling_in_debriefs(record, people)
    for interview in record.interviews:
        if interview.candidate_id not in record.candidate:
            yield f"interview {interview.id} names an unknown candidate"
    for card in record.cards:
        yield from _dangling_in_card(record, card, people)


def _dangling_in_round(record: RoundRecord, people: Set[str]) -> Iterator[str]:
    authors = {amendment.author_id for card in record.cards for amendment in card.amendments}
    events = {who for event in record.round.events for who in (event.person_id, *event.could_have_read)}
    for who in sorted({*record.round.people, *authors, *events} - people):
        yield f"{who} has a part in the round or its history, and is unknown"


def _dangling_in_debriefs(record: RoundRecord, people: Set[str]) -> Iterator[str]:
    met: dict[str, set[str]] = defaultdict(set)
    for card in record.cards:
        if card.state != "draft":
            met[card.candidate_id].add(card.interviewer_id)
    for debrief in record.debriefs:
        if debrief.candidate_id not in record.candidate:
            yield f"a debrief names the unknown candidate {debrief.candidate_id}"
        for who in sorted(debrief.people - people):
            yield f"{who} has a part in the debrief of {debrief.candidate_id}, and is unknown"
        yield from _gaps(debrief)
        for who in sorted({vote.person_id for vote in debrief.votes} - met[debrief.candidate_id]):
            yield f"{who} votes on {debrief.candidate_id} without a scorecard that was submitted"


def _dangling_in_card(record: RoundRecord, card: Scorecard, people: Set[str]) -> Iterator[str]:
    interview = record.interview.get(card.interview_id)
    if interview is None or card.interviewer_id not in people:
        yield f"scorecard {card.id} names an unknown interview or interviewer"
    elif card.candidate_id != interview.candidate_id:
        yield f"scorecard {card.id} names another candidate than its interview"
    else:
        yield from _unplanned(card, interview)
    for rating in card.content.ratings:
        if rating.saved_at is None or not 1 <= rating.version <= MAX_VERSION:
            yield f"scorecard {card.id}: the rating of {rating.question_id} was never stored"
