"""A question's words as the tests of its numbers look them up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from question_bank.model import Question


def wording(of: Question | Any) -> str:
    """Every text of a question, or of a part of it, on one line."""
    return " ".join(" ".join(_texts(of.model_dump())).split())


def sample(question: Question, *ways: str) -> str:
    """The one practice answer of level 3 that takes exactly these ways, on one line."""
    (found,) = (one.answer for one in question.practice if one.level == 3 and one.ways == ways)
    return " ".join(found.split())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
