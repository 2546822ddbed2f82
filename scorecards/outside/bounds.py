"""What may be in a file from outside: the one place where its numbers, times, texts and sizes are bounded.

A file is looked at twice: `bounded` before it becomes a value, `settled` after. What passes both is kept by every
database, drawn by every screen and set in every document.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any, TypeVar

from pydantic import BaseModel

from question_bank import InterviewPlan

from ..record.model import LARGEST

# Years in which anything of the kit can have happened, or can be due.
YEARS = range(2000, 2200)
LONGEST_TEXT = 100_000
LONGEST_KEY = 200
DEEPEST = 40
# Entries of one list or one mapping: a scorecard has up to 20,000 moments.
MOST = 20_000

Settled = TypeVar("Settled")


class OutsideError(Exception):
    """A value that the kit never writes; the message says where it is and what is wrong with it."""

    def __init__(self, place: str, wrong: str):
        self.place, self.wrong = place[:200], wrong
        super().__init__(f"{self.place}: {wrong}")


def read_json(text: str) -> Any:
    """The JSON in this text, bounded. Raises `ValueError` (also `JSONDecodeError`) or `OutsideError`."""
    try:
        content = json.loads(text, parse_constant=_no_number)
    except RecursionError as error:
        raise OutsideError("The file", "it is nested too deep") from error
    bounded(content)
    return content


def bounded(content: Any) -> None:
    """Raise `OutsideError` at the first value in plain JSON that is out of bounds."""
    open_: list[tuple[tuple[str, ...], Any]] = [((), content)]
    while open_:
        place, value = open_.pop()
        if wrong := _wrong(place, value):
            raise OutsideError(".".join(place) or "The file", wrong)
        open_ += [((*place, key), one) for key, one in _parts(value)]


def settled(value: Settled, place: str = "") -> Settled:
    """The same with every time in UTC; `OutsideError` where a time or a day is of no year that can be meant."""
    if isinstance(value, datetime):
        return _in_utc(value, place)  # type: ignore[return-value]
    if isinstance(value, date):
        return _in_bounds(value, place)
    # A plan has days alone, and those `bounded` has seen.
    if isinstance(value, BaseModel) and not isinstance(value, InterviewPlan):
        old = {name: getattr(value, name) for name in type(value).model_fields}
        new = {name: settled(one, f"{place}.{name}".strip(".")) for name, one in old.items()}
        changed = {name: one for name, one in new.items() if one is not old[name]}
        return value.model_copy(update=changed) if changed else value
    if isinstance(value, tuple):
        parts = tuple(settled(one, f"{place}.{number}") for number, one in enumerate(value))
        return value if all(a is b for a, b in zip(parts, value, strict=True)) else parts  # type: ignore[return-value]
    return value


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from ((str(number), one) for number, one in enumerate(value))


def _wrong(place: tuple[str, ...], value: Any) -> str:
    """What is out of bounds with this one value; empty where nothing is."""
    if isinstance(value, str):
        return _wrong_text(value) or (_wrong_day(value) if place[-1:] and place[-1].endswith("_on") else "")
    if isinstance(value, int) and not -LARGEST <= value <= LARGEST:
        return f"a number is larger than {LARGEST:,}"
    if isinstance(value, float) and not (isfinite(value) and abs(value) <= LARGEST):
        return f"a number is larger than {LARGEST:,}"
    if len(place) > DEEPEST:
        return "it is nested too deep"
    if isinstance(value, dict | list):
        if len(value) > MOST:
            return f"it has {len(value):,} entries; {MOST:,} are the most"
        return (
            next((_wrong_key(key) for key in value if _wrong_key(key)), "") if isinstance(value, dict) else ""
        )
    return ""


def _wrong_key(key: str) -> str:
    return "a key is longer than any of the kit's" if len(key) > LONGEST_KEY else _wrong_text(key)


def _wrong_text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        return f"a text has {len(text):,} characters; {LONGEST_TEXT:,} are the most"
    # A half of a pair of UTF-16: no text, and no database takes it.
    return "" if text.isascii() or not any("\ud800" <= one <= "\udfff" for one in text) else "it is not text"


def _wrong_day(text: str) -> str:
    year = text[:4]
    sane = year.isdecimal() and int(year) in YEARS
    return "" if sane else f"'{text[:20]}' is not a date between {YEARS[0]} and {YEARS[-1]}"


def _in_utc(moment: datetime, place: str) -> datetime:
    # The year is looked at first: at the ends of the calendar another zone's time cannot be turned into UTC.
    _in_bounds(moment, place)
    if not moment.utcoffset():
        return moment
    return _in_bounds(moment.astimezone(UTC), place)


Day = TypeVar("Day", bound=date)


def _in_bounds(day: Day, place: str) -> Day:
    if day.year not in YEARS:
        raise OutsideError(place, f"the year {day.year} is not between {YEARS[0]} and {YEARS[-1]}")
    return day
