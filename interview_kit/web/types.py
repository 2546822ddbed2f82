"""Writes what the browser code knows of its messages from the types that check them here.

    python -m interview_kit.web.types

`messages.d.ts` has the types, for `tsc`; `constants.js` has the few values that a script needs when it runs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from pydantic_core import to_jsonable_python

from interview_kit.web.answered import Answered
from interview_kit.web.browser_code import ASSETS
from scorecards.interviewing.message import Entry, Told
from scorecards.interviewing.typed import MOST_LETTERS, Typed

_MADE = "// Made by `python -m interview_kit.web.types`; do not edit.\n"
# What is sent may leave out what has a default; what comes back is complete.
_SENT: tuple[type[BaseModel], ...] = (Told, Typed)
_RECEIVED: tuple[type[BaseModel], ...] = (Answered,)
_NAMES = {
    "Rating": "StoredRating",
    "ProposalTold": "Proposal",
    "MomentTold": "StoredMoment",
    "RefusalTold": "Refusal",
}
_PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}
_ABOUT_SENDING = {"question_id", "base", "count"}


def type_text() -> str:
    """The text of `messages.d.ts`."""
    sent = models_json_schema([(one, "validation") for one in _SENT])[1]["$defs"]
    received = models_json_schema([(one, "serialization") for one in _RECEIVED])[1]["$defs"]
    blocks = {_called(name): _interface(_called(name), schema) for name, schema in sent.items()}
    blocks |= {
        _called(name): _interface(_called(name), schema, complete=True) for name, schema in received.items()
    }
    return "\n".join([_MADE, *(blocks[name] for name in sorted(blocks))])


def value_text() -> str:
    """The text of `constants.js`."""
    nothing = Entry(question_id="XXX-01")
    # Field by field: a dump leaves out what a later kit added and what says nothing.
    empty = {
        name: to_jsonable_python(getattr(nothing, name))
        for name in Entry.model_fields
        if name not in _ABOUT_SENDING
    }
    lines = "".join(f"  {name}: {_literal(value)},\n" for name, value in empty.items())
    return (
        f"{_MADE}\n/**\n * What of a rating is typed and ticked, as it is before anything is.\n"
        " * @type {Readonly<Omit<import('./types.d.ts').Rating, 'question_id' | 'version'>>}\n */\n"
        f"export const NO_RATING = {{\n{lines}}}\n\n"
        f"/** As many characters as a box of words holds. */\nexport const MOST_LETTERS = {MOST_LETTERS}\n"
    )


def _literal(value: object) -> str:
    return "''" if value == "" else json.dumps(value)


def _called(name: str) -> str:
    return _NAMES.get(name, name)


def _interface(name: str, schema: dict[str, Any], *, complete: bool = False) -> str:
    required = set(schema["properties"] if complete else schema.get("required", ()))
    fields = "".join(_field(key, told, key in required) for key, told in schema["properties"].items())
    about = schema.get("description", "").partition("\n")[0]
    return f"/** {about} */\nexport interface {name} {{\n{fields}}}\n"


def _field(name: str, schema: dict[str, Any], required: bool) -> str:
    return f"  {name}{'' if required else '?'}: {_type(schema)}\n"


def _type(schema: dict[str, Any]) -> str:
    return " | ".join(dict.fromkeys(_members(schema)))


def _members(schema: dict[str, Any]) -> Iterator[str]:
    if "anyOf" in schema:
        for one in schema["anyOf"]:
            yield from _members(one)
    elif "$ref" in schema:
        yield _called(schema["$ref"].rpartition("/")[2])
    elif "enum" in schema:
        yield from (_quoted(value) for value in schema["enum"])
    elif "const" in schema:
        yield _quoted(schema["const"])
    else:
        yield _whole(schema)


def _quoted(value: object) -> str:
    return f"'{value}'" if isinstance(value, str) else json.dumps(value)


def _whole(schema: dict[str, Any]) -> str:
    kind = schema["type"]
    if kind == "array":
        inner = _type(schema["items"])
        return f"({inner})[]" if "|" in inner else f"{inner}[]"
    if kind == "object":
        values = schema.get("additionalProperties") or next(iter(schema["patternProperties"].values()))
        return f"Record<string, {_type(values)}>"
    return _PLAIN[kind]


def main(folder: Path = ASSETS) -> None:
    (folder / "messages.d.ts").write_text(type_text(), "utf-8")
    (folder / "constants.js").write_text(value_text(), "utf-8")


if __name__ == "__main__":
    main()
