"""All text of a question, or of a part of it, on one line: where a number of the key is looked up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel


def whole_text(part: BaseModel) -> str:
    """Every text in it, in its order, with single spaces."""
    return " ".join(" ".join(_texts(part.model_dump())).split())


def lacking(part: BaseModel, *figures: str) -> list[str]:
    """Those of the figures that its text does not say."""
    text = whole_text(part)
    return [figure for figure in figures if figure not in text]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
