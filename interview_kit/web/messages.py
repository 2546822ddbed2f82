"""A window's message from the network: the envelope strictly, each entry and each moment on its own."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from pydantic import Field, ValidationError

from rubrics.model import Value
from scorecards.interviewing.message import MOST_ENTRIES, MOST_MOMENTS, Entry, Happened, Refusal, Told

_LONE = re.compile("[\ud800-\udfff]")


class Message(Value):
    """What a window sends: its pass, and what it tells."""

    pass_: str = Field(alias="pass", max_length=400)
    told: Told


class Read(NamedTuple):
    """A message with the parts of it that make sense, and a refusal for each of the others."""

    message: Message
    refused: tuple[Refusal, ...] = ()
    # Where the entries and moments that are left stood in the message as it was sent.
    entries: tuple[int, ...] = ()
    moments: tuple[int, ...] = ()

    def all_refused(self, later: Sequence[Refusal]) -> list[Refusal]:
        """With those that were refused further on, by their places in the message as it was sent."""
        if not self.refused:
            return list(later)
        places = {"entry": self.entries, "mark": self.entries, "moment": self.moments}
        return [*self.refused, *(one._replace(place=places[one.what][one.place]) for one in later)]


def read_message(body: bytes) -> Read:
    """The message in these bytes. Raises `ValueError` where there is none, or its envelope makes no sense."""
    try:
        return Read(Message.model_validate_json(body))
    except ValidationError:
        return _part_by_part(body)


def _part_by_part(body: bytes) -> Read:
    raw = _well_formed(_json(body))
    told = raw.get("told") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or not isinstance(told, dict):
        raise ValueError("A message has a pass and what is told.")
    parts = {name: told.get(name, []) for name in ("entries", "moments")}
    if not all(isinstance(part, list) for part in parts.values()):
        raise ValueError("told: entries and moments are lists.")
    envelope = Message.model_validate({**raw, "told": {k: v for k, v in told.items() if k not in parts}})
    entries = _each("entry", parts["entries"], Entry, MOST_ENTRIES)
    moments = _each("moment", parts["moments"], Happened, MOST_MOMENTS)
    good = {"entries": tuple(entries.good.values()), "moments": tuple(moments.good.values())}
    message = envelope.model_copy(update={"told": envelope.told.model_copy(update=good)})
    return Read(message, (*entries.refused, *moments.refused), tuple(entries.good), tuple(moments.good))


def _json(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"Not JSON: {error}") from error


def _well_formed(value: Any) -> Any:
    """The same with a mark in place of every half of a character, which no database takes."""
    if isinstance(value, str):
        return _LONE.sub("�", value)
    if isinstance(value, list):
        return [_well_formed(one) for one in value]
    if isinstance(value, dict):
        return {_LONE.sub("�", key): _well_formed(one) for key, one in value.items()}
    return value


class _Parts(NamedTuple):
    good: dict[int, Any]
    refused: list[Refusal]


def _each(what: Literal["entry", "moment"], raw: list[Any], model: type[Value], most: int) -> _Parts:
    parts = _Parts({}, [])
    for place, one in enumerate(raw):
        try:
            if place >= most:
                raise ValueError(f"More than {most:,} at once.")
            parts.good[place] = model.model_validate_json(json.dumps(one))
        except ValueError as error:
            question = one.get("question_id") if isinstance(one, dict) else None
            named = question if isinstance(question, str) else None
            parts.refused.append(Refusal(what, place, named, in_words(error)))
    return parts


def in_words(error: ValueError) -> str:
    """Where the first fault is and what it is."""
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else str(first["msg"])
