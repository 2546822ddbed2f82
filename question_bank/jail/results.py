"""Reads what came out of the jail. All of it is hostile: sizes, depths, numbers, names."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Sequence
from typing import Any

MOST_DEEP, MOST_BYTES = 40, 1 << 20


class UnreadableError(ValueError):
    """A result cannot be read; the text says why."""


def read_json(data: bytes) -> Any:
    """A JSON value of bounded depth. `UnreadableError` for everything else."""
    if len(data) > MOST_BYTES:
        raise UnreadableError(f"larger than {MOST_BYTES >> 20} MB")
    try:
        held = json.loads(data.decode("utf-8"))
        _depth(held, MOST_DEEP)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"{type(error).__name__} {str(error)[:100]}") from error
    return held


def _depth(value: Any, left: int) -> None:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if inner and not left:
        raise UnreadableError(f"nested more than {MOST_DEEP} deep")
    for one in inner:
        if isinstance(one, dict | list):
            _depth(one, left - 1)


def read_columns(data: bytes, columns: Sequence[str], most_rows: int) -> dict[str, list[str]]:
    """The named columns of a CSV file as text; `UnreadableError` where one is missing or there is too much."""
    try:
        lines = csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True)
        head = next(lines, [])
        places = {name: head.index(name) for name in columns}
        found: dict[str, list[str]] = {name: [] for name in columns}
        for count, line in enumerate(lines):
            if count >= most_rows:
                raise UnreadableError(f"more than {most_rows:,} rows")
            for name, place in places.items():
                found[name].append(line[place])
    except (ValueError, IndexError, csv.Error) as error:
        raise UnreadableError(f"{type(error).__name__} {str(error)[:100]}") from error
    return found


def number(value: Any) -> float:
    """A finite number; its text also counts. `UnreadableError` for everything else."""
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise UnreadableError(f"{str(value)[:40]!r} is no number") from error
    if not math.isfinite(found):
        raise UnreadableError(f"{value} is not a finite number")
    return found


def whole(value: Any) -> int:
    """A whole number of bounded size."""
    found = number(value)
    if found != int(found) or abs(found) > 2**53:
        raise UnreadableError(f"{str(value)[:40]!r} is no whole number")
    return int(found)


def plain(text: str, most: int = 300) -> str:
    """Text of a candidate's program for a terminal: one line, no control characters, bounded."""
    kept = "".join(letter if letter.isprintable() else " " for letter in text[: 4 * most])
    return " ".join(kept.split())[:most]
