"""What is not said, and why: a refusal is a value like any other result."""

from __future__ import annotations

from typing import NamedTuple

from rubrics.counted import count as count


class Refusal(NamedTuple):
    """Something that these ratings do not support; both parts are whole phrases in plain words."""

    what: str
    why: str


def listed(words: list[str], most: int = 6) -> str:
    """`Ana, Bo and Cy`; beyond `most` the rest is counted."""
    if len(words) > most:
        words = [*words[: most - 1], f"{len(words) - most + 1} more"]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
