"""Working without a server: an assignment goes out to an interviewer's laptop, sealed scorecards come back.

Both are canonical JSON with a digest over the content and a signature over the digest, by a key that the round gives
this one interviewer. Sealed means that a change shows; it hides nothing from anyone who has the file.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any, NamedTuple, TypeVar

from pydantic import Field, ValidationError

from rubrics.counted import count
from rubrics.model import Value, digest_of_json

from ..outside.bounds import OutsideError, read_json, settled
from ..record.model import (
    Candidate,
    CardContent,
    Id,
    Interview,
    Person,
    Round,
    RoundHead,
    Scorecard,
)
from .message import Entry, foreign

SCHEMA_VERSION = 1
MAX_BYTES = 32 * 1024 * 1024
# Signs that begin or part a value: more of them than any bundle has would only fill the memory.
MAX_PARTS = 600_000
MAX_CARDS = 500
MAX_AMENDMENTS = 200
MAX_MOMENTS = 20_000
MAX_VERSION = 1_000_000
ASSIGNMENT = "interview-kit/assignment"
WORK = "interview-kit/work"


class OfflineError(Exception):
    """The file cannot be taken; the message says why and what to do. Nothing was changed."""


class Assignment(Value):
    """What one interviewer needs to interview alone: their interviews with plans, empty scorecards, a key."""

    round: Round
    people: tuple[Person, ...]
    candidates: tuple[Candidate, ...]
    interviews: tuple[Interview, ...]
    cards: tuple[Scorecard, ...] = Field(max_length=MAX_CARDS)
    person_id: Id
    key: str = Field(pattern=r"^[0-9a-f]{64}$")


class CardWork(Value):
    """A scorecard as it stands on the laptop, and the digest of the plan that it was made with."""

    card: Scorecard
    plan_digest: str
    bank_digest: str
    rubrics_digest: str


class Work(Value):
    """What comes back from one interviewer."""

    round_id: Id
    person_id: Id
    round_digest: str
    cards: tuple[CardWork, ...] = Field(max_length=MAX_CARDS)


class Sealed(NamedTuple):
    """The content of a file whose digest holds; the signature is still to be checked."""

    content: Any
    digest: str
    signature: str


def key_for(secret: str, round_id: str, person_id: str) -> str:
    """The key that a round gives one interviewer: made from the database's secret, so nothing else is kept."""
    return hmac.new(secret.encode(), f"bundle:{round_id}:{person_id}".encode(), hashlib.sha256).hexdigest()


def signature_of(key: str, schema: str, digest: str) -> str:
    return hmac.new(key.encode(), f"{schema}:{digest}".encode(), hashlib.sha256).hexdigest()


def is_signed(key: str, schema: str, sealed: Sealed) -> bool:
    """Whether this key's holder sealed it."""
    wanted = signature_of(key, schema, sealed.digest)
    return hmac.compare_digest(sealed.signature.encode("utf-8", "replace"), wanted.encode())


def round_digest(round_: RoundHead, person_id: str) -> str:
    """Content hash of what decides how this person's scorecards are judged."""
    told = {
        "id": round_.id,
        "profile_id": round_.profile_id,
        "blindness": round_.blindness,
        "targets": [target.model_dump(mode="json") for target in round_.targets],
        "not_qualified": list(round_.not_qualified.get(person_id, ())),
    }
    return digest_of_json(told, ascii_only=True)


def assignment_file(assignment: Assignment) -> bytes:
    """The file for the interviewer; `OfflineError` where it would be too large to be taken in."""
    data = _sealed(ASSIGNMENT, assignment, assignment.key)
    _refuse_bomb(data)
    return data


def work_file(work: Work, key: str) -> bytes:
    return _sealed(WORK, work, key)


def is_assignment(data: bytes) -> bool:
    """Whether the file says of itself that it is one."""
    return f'"schema": "{ASSIGNMENT}"'.encode() in data[-1000:]


def read_assignment(data: bytes) -> tuple[Assignment, Sealed]:
    """The assignment in a file that is whole; `OfflineError` says what is wrong."""
    sealed = _opened(data, ASSIGNMENT)
    found = _validated(Assignment, sealed.content)
    if not is_signed(found.key, ASSIGNMENT, sealed):
        raise OfflineError("The assignment's signature does not hold. Nothing was changed: ask for it again.")
    if faults := _loose_ends(found):
        raise OfflineError(f"The assignment is inconsistent: {faults[0]}. Nothing was changed.")
    return found, sealed


def person_of_assignment(data: bytes) -> str:
    """The id of the interviewer whom the file is for; raises as `read_assignment` does."""
    return read_assignment(data)[0].person_id


def read_work(data: bytes) -> tuple[Work, Sealed]:
    """The scorecards in a file that is whole; whose they are is known once the signature is checked."""
    sealed = _opened(data, WORK)
    return _validated(Work, sealed.content), sealed


def card_faults(card: Scorecard, interview: Interview, person_id: str) -> list[str]:
    """What in a scorecard from outside does not fit its interview; empty when all does."""
    if card.interviewer_id != person_id:
        return ["it is another interviewer's"]
    place = (interview.round_id, interview.id, interview.candidate_id)
    if (card.round_id, card.interview_id, card.candidate_id) != place:
        return ["it is of another interview"]
    if card.state == "withdrawn" or card.withdrawn_reason is not None:
        return ["only the round's lead withdraws a scorecard"]
    if (card.submitted_at is None) != (card.state == "draft") or (card.state == "draft" and card.amendments):
        return ["its state and its times contradict each other"]
    if len(card.amendments) > MAX_AMENDMENTS or len(card.moments) > MAX_MOMENTS:
        return [f"it has more than {MAX_AMENDMENTS} amendments or {MAX_MOMENTS} moments"]
    if any(one.author_id != person_id for one in card.amendments):
        return ["somebody else amended it"]
    if len({one.id for one in card.moments}) < len(card.moments):
        return ["a moment stands twice"]
    every = (card.content, *(one.before for one in card.amendments))
    return [fault for content in every for fault in _content_faults(content, interview)]


def _content_faults(content: CardContent, interview: Interview) -> list[str]:
    ids = [one.question_id for one in content.ratings]
    faults = ["a rating stands twice"] if len(set(ids)) < len(ids) else []
    for rating in content.ratings:
        faults += foreign(interview.plan, rating)
        if not 1 <= rating.version <= MAX_VERSION or rating.saved_at is None:
            faults.append(f"the rating of {rating.question_id} was never stored")
        try:
            Entry.model_validate(rating.model_dump(exclude={"version", "saved_at"}))
        except ValidationError:
            faults.append(f"the rating of {rating.question_id} holds what no window of the kit sends")
    return faults


def _loose_ends(assignment: Assignment) -> list[str]:
    people = {one.id for one in assignment.people}
    candidates = {one.id for one in assignment.candidates}
    interviews = {one.id: one for one in assignment.interviews}
    faults = [] if {assignment.round.lead_id, assignment.person_id} <= people else ["somebody is unknown"]
    if assignment.round.panel_ids != (assignment.person_id,):
        faults.append("the panel is not this interviewer alone")
    things: list[Candidate | Interview | Scorecard] = [
        *assignment.candidates,
        *assignment.interviews,
        *assignment.cards,
    ]
    faults += [f"{one.id} is of another round" for one in things if one.round_id != assignment.round.id]
    faults += [
        f"interview {one.id} has no candidate"
        for one in interviews.values()
        if one.candidate_id not in candidates
    ]
    for card in assignment.cards:
        if card.interview_id not in interviews:
            faults.append(f"scorecard {card.id} has no interview")
        elif fault := card_faults(card, interviews[card.interview_id], assignment.person_id):
            faults.append(f"scorecard {card.id}: {fault[0]}")
        elif card.state != "draft" or card.content != CardContent() or card.moments:
            faults.append(f"scorecard {card.id} is not empty")
    if len({one.id for one in things}) < len(things) or len(people) < len(assignment.people):
        faults.append("something stands twice")
    return faults


def _sealed(schema: str, value: Value, key: str) -> bytes:
    content = value.model_dump(mode="json")
    digest = digest_of_json(content, ascii_only=True)
    envelope = {
        "schema": schema,
        "schema_version": SCHEMA_VERSION,
        "digest": digest,
        "signature": signature_of(key, schema, digest),
        "content": content,
    }
    return (json.dumps(envelope, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()


def _refuse_bomb(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise OfflineError(f"The file has {len(data):,} bytes; take at most {MAX_BYTES:,}.")
    if data.count(b",") + data.count(b"[") + data.count(b"{") > MAX_PARTS:
        raise OfflineError(f"The file has more than {MAX_PARTS:,} parts; no more can be taken at once.")


def _json_in(data: bytes) -> Any:
    """What a file says, whatever it is; `OfflineError` where it is no JSON within bounds."""
    _refuse_bomb(data)
    try:
        return read_json(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise OfflineError(f"The file is not UTF-8 (byte {error.start}).") from error
    except OutsideError as error:
        raise OfflineError(f"The file does not fit its schema: {error}.") from error
    except ValueError as error:
        raise OfflineError("The file is not JSON, or not whole. Is it the right one?") from error


def _opened(data: bytes, schema: str) -> Sealed:
    envelope = _json_in(data)
    if not isinstance(envelope, dict) or envelope.get("schema") != schema:
        raise OfflineError(f"The file is of another kind: its key 'schema' should say '{schema}'.")
    version = envelope.get("schema_version")
    if type(version) is not int or not 1 <= version <= SCHEMA_VERSION:
        raise OfflineError(
            f"The file has schema version {version}; this kit knows up to {SCHEMA_VERSION}. "
            "Nothing was changed: update the kit and try again."
        )
    digest, signature = envelope.get("digest"), envelope.get("signature")
    if (
        digest != digest_of_json(envelope.get("content"), ascii_only=True)
        or not isinstance(digest, str)
        or not isinstance(signature, str)
    ):
        raise OfflineError("The file was changed or damaged since it was made: its digest does not match.")
    return Sealed(envelope["content"], digest, signature)


Content = TypeVar("Content", Assignment, Work)


def _validated(model: type[Content], content: Any) -> Content:
    try:
        return settled(model.model_validate_json(json.dumps(content)))
    except OutsideError as error:
        raise OfflineError(f"The file does not fit its schema: {error}.") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])[:200]
        raise OfflineError(
            f"The file does not fit its schema: {place}: {first['msg'][:200]} "
            f"({count(error.error_count(), 'fault')} in all)."
        ) from error
