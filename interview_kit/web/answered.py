"""What a window of the live interview is answered, as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from rubrics import Level
from rubrics.model import Value
from scorecards.interviewing.message import Answer, Refusal
from scorecards.record.model import CardState, MomentKind, Rating


class ProposalTold(Value):
    """The level that a question's ticks propose."""

    level: Level
    because: tuple[str, ...]
    missing: tuple[str, ...]


class MomentTold(Value):
    """A moment; `t` is its time by the server's clock, in milliseconds."""

    id: str
    t: float
    kind: MomentKind
    question_id: str | None
    detail: str


class RefusalTold(Value):
    """A part of the message that is not stored, however often it is sent."""

    what: Literal["entry", "mark", "moment"]
    place: int
    question_id: str | None
    reason: str


class Answered(Value):
    """How things stand after a message; see `Answer`, whose parts these are."""

    holds: bool
    term: int
    free: bool
    state: CardState
    leader: str | None
    others: dict[str, str | None]
    shown: str | None
    window: str | None
    ratings: tuple[Rating, ...]
    older: tuple[str, ...]
    clashes: tuple[Rating, ...]
    proposals: dict[str, ProposalTold]
    moments: tuple[MomentTold, ...]
    refused: tuple[RefusalTold, ...]


def answered(
    answer: Answer, proposals: Mapping[str, Mapping[str, Any]], refused: Iterable[Refusal]
) -> Answered:
    """The answer with what the ticks propose, and with what was refused before the store was asked."""
    told = {name: value for name, value in answer._asdict().items() if name in Answered.model_fields}
    return Answered.model_validate(
        told
        | {
            "leader": answer.leader_id,
            "window": f"c/{answer.window}" if answer.window else None,
            "proposals": proposals,
            "moments": [
                {"id": one.id, "t": one.at.timestamp() * 1000, "kind": one.kind}
                | {"question_id": one.question_id, "detail": one.detail}
                for one in answer.moments
            ],
            "refused": [one._asdict() for one in refused],
        }
    )
