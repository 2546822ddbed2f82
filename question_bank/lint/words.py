"""Word lists with an explanation for each entry. Nothing else of the judge is needed to use them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field

from rubrics.files import read_model
from rubrics.model import Slug, Text, Value

FOLDER = Path(__file__).parent / "words"


class Hit(Value):
    """A listed word in a text: what stands there, from which character on, and why it is listed."""

    entry: Slug
    found: str
    start: int
    explanation: Text


class Entry(Value):
    """Words that share one explanation. A `*` stands for any further letters; capitals in a word must match."""

    id: Slug
    explanation: Text
    words: Annotated[tuple[Text, ...], Field(min_length=1)]
    # Phrases in which these words mean something else, listed one by one.
    fine: tuple[Text, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return _pattern(self.words)

    @cached_property
    def fine_pattern(self) -> re.Pattern[str] | None:
        return _pattern(self.fine) if self.fine else None

    def hits(self, text: str) -> list[Hit]:
        """Where the words stand, outside the fine phrases."""
        if self.fine_pattern:
            text = self.fine_pattern.sub(lambda match: "·" * len(match.group()), text)
        return [
            Hit(entry=self.id, found=match.group(), start=match.start(), explanation=self.explanation)
            for match in self.pattern.finditer(text)
        ]


class WordList(Value):
    """A list of entries, such as the protected topics."""

    about: Text
    entries: tuple[Entry, ...]

    def hits(self, text: str) -> list[Hit]:
        """Every listed word in the text, in the order of the text."""
        return sorted((hit for entry in self.entries for hit in entry.hits(text)), key=lambda hit: hit.start)


@cache
def word_list(name: str) -> WordList:
    """The list `words/<name>.yaml`; read once."""
    return read_model(FOLDER / f"{name}.yaml", FOLDER, WordList)


def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all phrases at word boundaries, the longest first; spaces match any white space."""
    exact = _either(phrase for phrase in phrases if phrase != phrase.lower())
    folded = _either(phrase for phrase in phrases if phrase == phrase.lower())
    either = "|".join([*([exact] if exact else []), *([f"(?i:{folded})"] if folded else [])])
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])")


def _either(phrases: Iterable[str]) -> str:
    return "|".join(map(_one, sorted(phrases, key=len, reverse=True)))


def _one(phrase: str) -> str:
    return re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
