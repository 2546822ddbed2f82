"""What fields of recorded values are made of: ids, names, words, moments."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import StringConstraints

# The largest whole number that every database keeps in a column.
LARGEST = 2**31 - 1
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
# Any script, any punctuation; no NUL, which PostgreSQL cannot hold.
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000, pattern=r"^[^\x00]*$")
]
QuestionId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,3}-[0-9]{2,3}$")]
Words = Annotated[str, StringConstraints(max_length=100_000)]
# Words with a column of their own, which in PostgreSQL holds no NUL.
ColumnWords = Annotated[str, StringConstraints(max_length=100_000, pattern=r"^[^\x00]*$")]


def is_none(value: object) -> bool:
    """A field that a later kit added is left out where it says nothing: what was written before stays the same."""
    return value is None


def now() -> datetime:
    """This moment in UTC, to the microsecond."""
    return datetime.now(UTC)
