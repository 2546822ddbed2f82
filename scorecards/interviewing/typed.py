"""What a box that saves while you type has sent and not seen confirmed: by slot, with the window's counts."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints, field_validator

from rubrics.model import Value

from .message import Count, Former

MOST_LETTERS = 100_000
Slot = Annotated[str, StringConstraints(max_length=200)]


class TypedText(Value):
    """The text of one slot, the stored version that it was typed over, and the window's count then."""

    model_config = ConfigDict(extra="ignore")

    text: str
    base: Annotated[int, Field(ge=0)] = 0
    count: Count | None = None

    @field_validator("text")
    @classmethod
    def _storable(cls, text: str) -> str:
        """What a database takes of it: no NUL, no half of a character, no more than fits."""
        return text[:MOST_LETTERS].replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


class Typed(Value):
    """What a tab has typed and not seen confirmed, by slot."""

    model_config = ConfigDict(extra="ignore")

    tab: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{0,64}$")] = ""
    was: Annotated[tuple[Former, ...], Field(max_length=8)] = ()
    entries: Annotated[dict[Slot, TypedText], Field(max_length=20)] = Field(default_factory=dict)

    def text(self, slot: str, otherwise: str) -> str:
        """What is typed in this slot; what is stored where nothing is."""
        return self.entries[slot].text if slot in self.entries else otherwise

    @property
    def counts(self) -> dict[str, int]:
        """How far the window had counted at each of its texts."""
        return {slot: one.count or 0 for slot, one in self.entries.items()}


NOTHING_TYPED = Typed()
