"""Anybody's ratings from a CSV file: strict, and all faults at once with their line numbers."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from ..record.names import KnownNames, name_key
from .ratings import UNNAMED, Ratings, Row, Spelling, table

NEEDED = ("candidate", "interviewer", "rating")
COLUMNS = ("candidate", "interviewer", "competency", "rating")
WHO: tuple[Literal["candidate", "interviewer"], ...] = ("candidate", "interviewer")
LARGEST = 1e9
# How people and tools write "no rating".
NOT_RATED = frozenset(
    (
        "",
        "na",
        "n/a",
        "n.a.",
        "n. a.",
        "#n/a",
        "nan",
        "null",
        "none",
        "nil",
        "-",
        "--",
        "–",
        "—",
        "?",
        ".",
        "k.a.",
        "k. a.",
    )
)
NUMBER = re.compile(r"[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)")
SCALE = re.compile(r"\s*([+-]?[0-9.]+)\s*(?:-|–|\.\.)\s*([+-]?[0-9.]+)\s*")


class RatingsError(Exception):
    """The file cannot be used; `faults` holds every reason."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Fault(NamedTuple):
    """What is wrong in a line; line 0 is the file."""

    line: int
    words: str


class Line(NamedTuple):
    """A line of the file by column name; `number` counts from 1, the header included."""

    number: int
    cells: dict[str, str]


class Sheet(NamedTuple):
    """The lines that could be read, and what was wrong with the others."""

    delimiter: str
    lines: list[Line]
    faults: list[Fault]


def read_scale(text: str) -> tuple[float, float]:
    """`1-4` as (1, 4)."""
    found = SCALE.fullmatch(text)
    if not found or not all(NUMBER.fullmatch(part) for part in found.groups()):
        raise RatingsError([f"The scale '{text}' is not understood: write lowest-highest, such as 1-4."])
    low, high = (float(part) for part in found.groups())
    if not low < high:
        raise RatingsError([f"The scale '{text}' has its lowest rating first: write it the other way round."])
    return low, high


def read_ratings(
    data: bytes, scale: tuple[float, float] | None = None, same: Sequence[tuple[str, str]] = ()
) -> Ratings:
    """The ratings of a CSV with a header; a blank rating, or N/A, means not rated. Raises RatingsError with all faults.

    Spellings of a name that differ in case, spaces or invisible signs alone are one. `same` are pairs of names that
    mean one person; what else might is in the ratings' `spellings`.
    """
    text = _decoded(data)
    sheet = _sheet(text, _delimiter(text))
    sheet, spellings = _one_spelling(sheet, same)
    named = any(line.cells.get("competency") for line in sheet.lines)
    faults = [*sheet.faults, *(fault for line in sheet.lines for fault in _empty_ids(line, named))]
    rows: list[Row] = []
    first: dict[tuple[str, str, str], int] = {}
    for line in sheet.lines:
        value = _number(line, sheet.delimiter, scale, faults)
        key = (line.cells["candidate"], line.cells["interviewer"], line.cells.get("competency", UNNAMED))
        if value is None or not all(key[: 3 if named else 2]):
            continue
        if named and key in first:
            faults.append(_twice(line, first[key]))
        first.setdefault(key, line.number)
        rows.append(Row(*key, value))
    if not faults and not rows:
        faults.append(Fault(0, "There is no rating in the file."))
    if faults:
        raise RatingsError([fault.words for fault in sorted(faults)])
    return table(rows, unrated=[line.cells["candidate"] for line in sheet.lines])._replace(
        spellings=spellings
    )


def _one_spelling(sheet: Sheet, same: Sequence[tuple[str, str]]) -> tuple[Sheet, tuple[Spelling, ...]]:
    """The lines with one spelling for each name, and names that may still be one person."""
    merged = {name_key(other): name for name, other in same}
    found: list[Spelling] = []
    lines = [line._replace(cells=dict(line.cells)) for line in sheet.lines]
    for what in WHO:
        shown: dict[str, str] = {}
        first: dict[str, int] = {}
        for line in lines:
            line.cells[what] = name = merged.get(name_key(line.cells[what]), line.cells[what])
            # Not the first one: the order of the lines changes nothing.
            shown[name_key(name)] = min(shown.get(name_key(name), name), name)
            first.setdefault(name_key(name), line.number)
        for line in lines:
            line.cells[what] = shown[name_key(line.cells[what])]
        found += _questions(what, [(shown[key], number) for key, number in first.items()])
    return sheet._replace(lines=lines), tuple(found)


def _questions(what: Literal["candidate", "interviewer"], names: list[tuple[str, int]]) -> Iterator[Spelling]:
    known, line_of = KnownNames(), dict(names)
    for name, line in names:
        for one in known.near(name):
            yield Spelling(what, one.name, line_of[one.name], name, line, one.how)
        known.add(name)


def _decoded(data: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                line = data[: error.start].count(b"\n") + 1
                raise RatingsError(
                    [f"line {line}: the file is not UTF-8. Save it as 'CSV UTF-8' and try again."]
                ) from error
    return ""


def _delimiter(text: str) -> str:
    """Of comma, semicolon and tab the one that the first line with words has most of."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=lambda mark: (header.count(mark), mark == ","))


def _sheet(text: str, delimiter: str) -> Sheet:
    """The lines below the header; raises where there is no header to read them by."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] = []
    faults: list[Fault] = []
    lines: list[Line] = []
    start = 1
    try:
        for cells in reader:
            number, start = start, reader.line_num + 1
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                continue
            if not header:
                header = [cell.casefold() for cell in cells]
                faults += _header_faults(header, number)
            elif len(cells) != len(header):
                faults.append(_fault(number, f"{len(cells)} cells, and the header has {len(header)}"))
            else:
                named = zip(header, cells, strict=True)
                lines.append(Line(number, {key: cell for key, cell in named if key in COLUMNS}))
    except csv.Error as error:
        faults.append(_fault(start, f"the table breaks off here: {error}"))
    if any(name not in header for name in NEEDED):
        raise RatingsError([fault.words for fault in faults] or ["The file is empty."])
    return Sheet(delimiter, lines, faults)


def _fault(number: int, words: str) -> Fault:
    return Fault(number, f"line {number}: {words}.")


def _header_faults(header: list[str], number: int) -> list[Fault]:
    missing = [name for name in NEEDED if name not in header]
    faults = [
        _fault(number, f"the column '{name}' stands there twice")
        for name in COLUMNS
        if header.count(name) > 1
    ]
    if missing:
        names = ", ".join(f"'{name}'" for name in missing)
        there = ", ".join(f"'{name[:40]}'" for name in header[:20])
        faults.append(_fault(number, f"no column {names}; the header has {there}"))
    return faults


def _empty_ids(line: Line, named: bool) -> list[Fault]:
    """Missing ids, and ids that would upset a terminal."""
    wanted = ("candidate", "interviewer", "competency") if named else ("candidate", "interviewer")
    faults = [_fault(line.number, f"no {name}") for name in wanted if not line.cells[name]]
    for name in wanted:
        if any(unicodedata.category(letter) in ("Cc", "Zl", "Zp") for letter in line.cells[name]):
            faults.append(
                _fault(line.number, f"the {name} has a line break or another control character in it")
            )
    return faults


def _number(
    line: Line, delimiter: str, scale: tuple[float, float] | None, faults: list[Fault]
) -> float | None:
    """The rating; None where it is blank, or at fault, which is then added to the faults."""
    words = line.cells["rating"]
    if words.casefold() in NOT_RATED:
        return None
    plain = words.replace(",", ".") if delimiter != "," else words
    shown = words[:40] if words.isprintable() else ascii(words[:40])
    if not NUMBER.fullmatch(plain):
        faults.append(_fault(line.number, f"the rating '{shown}' is not a number"))
        return None
    value = float(plain)
    if abs(value) > LARGEST:
        faults.append(_fault(line.number, f"the rating {shown} is too large"))
    elif scale and not scale[0] <= value <= scale[1]:
        faults.append(_fault(line.number, f"the rating {shown} is outside of {scale[0]:g}-{scale[1]:g}"))
    return value


def _twice(line: Line, before: int) -> Fault:
    cells = line.cells
    return _fault(
        line.number,
        f"{cells['interviewer']} rated {cells['candidate']} on {cells['competency']} in line {before} already",
    )
