"""A question's words, or a part's, as the tests of its numbers look them up."""

from __future__ import annotations

from pydantic import BaseModel

from question_bank.model import Question
from question_bank.question import texts_in


def wording(of: BaseModel) -> str:
    """Every text of a question, or of a part of it, on one line."""
    return " ".join(" ".join(texts_in(of.model_dump())).split())


def lacking(part: BaseModel, *figures: str) -> list[str]:
    """Those of the figures that its text does not say."""
    text = wording(part)
    return [figure for figure in figures if figure not in text]


def sample(question: Question, *ways: str) -> str:
    """The one practice answer of level 3 that takes exactly these ways, on one line."""
    (found,) = (one.answer for one in question.practice if one.level == 3 and one.ways == ways)
    return " ".join(found.split())
