"""Candidates from a pasted list or from an applicant tracking system's CSV export: names, and nothing else."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from .candidate_heads import is_head, known_words, name_columns
from .names import KnownNames, Likeness, clean_name, invisible, name_key
from .text_encoding import decoded

MAX_CANDIDATES = 500
MAX_CSV_BYTES = 4 * 1024 * 1024
MAX_COLUMNS = 1000
NAME_LENGTH = 200
_DELIMITERS = ",;\t|"
# Letters of any script with the signs that names have: no address, no path.
_NAME_PART = re.compile(r"[^\W\d_][^@:/_;]*$")
_ADDRESS = re.compile(r"[<(\[]?(?:mailto:)?[^\s<>()\[\],;]+@[^\s<>()\[\],;]+\.[^\s<>()\[\],;]+[>)\]]?")
_LISTED = re.compile(r"^(?:\d{1,3}[.)]|[-*\u2022\u2013\u00b7])\s+")
# Signs that turn the direction of writing: a name could show as another.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NOT_CSV = {
    b"PK\x03\x04": "a workbook or an archive",
    b"\xd0\xcf\x11\xe0": "an old workbook",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "an archive",
}


class CandidateRow(NamedTuple):
    """A line of a candidates' list: the name, or why it cannot be taken."""

    line: int
    name: str
    fault: str | None
    # Names that it might be, in the round or in this list: someone is asked whether it is the same.
    like: tuple[Likeness, ...] = ()


class CandidateList(NamedTuple):
    """What a list holds, before anything of it is stored."""

    rows: tuple[CandidateRow, ...] = ()
    # The columns' heads; empty where the list has none.
    heads: tuple[str, ...] = ()
    # Places of the columns that make the name.
    columns: tuple[int, ...] = ()
    encoding: str = "UTF-8"
    # How many columns the widest line has.
    width: int = 0
    # Lines with a cell that is not read and might be a name: nothing is taken before someone has said what counts.
    dropped: tuple[int, ...] = ()
    # Each cell is a candidate.
    across: bool = False

    @property
    def left_out(self) -> int:
        """How many columns are not read."""
        return max(len(self.heads) - len(self.columns), 0)

    @property
    def labels(self) -> tuple[str, ...]:
        """The columns by their heads, or by number."""
        given = (*self.heads, *[""] * max(self.width - len(self.heads), 0))
        return tuple(head or f"column {place}" for place, head in enumerate(given, start=1))


_TOO_MANY = CandidateRow(
    1, "", f"More than {MAX_CANDIDATES} candidates: a round takes at most {MAX_CANDIDATES}."
)


class _UnreadableError(Exception):
    """The whole list cannot be read; the message says why."""


def read_candidates(
    data: bytes | str,
    known: Collection[str] = (),
    columns: Sequence[int] = (),
    *,
    head: bool | None = None,
    encoding: str | None = None,
    across: bool | None = None,
) -> CandidateList:
    """Candidates from pasted text or a CSV file, every faulty line with its reason.

    With a head line the column of the name counts, or those of first and last name. Without one, the first column,
    or both where there are two and the second is a name's: 'Doe, Jane' is one name. What is guessed can be said
    instead: `columns` by their places, whether the first line is a `head`, the `encoding`, and whether names stand
    `across`, one in every cell. No other column is read. Never raises: what cannot be read at all is one row with
    a fault.
    """
    try:
        text, read_as = _decoded(data, encoding)
        lines = _lines(text)
    except _UnreadableError as error:
        return CandidateList((CandidateRow(1, "", str(error)),), encoding=encoding or "UTF-8")
    if not lines:
        return CandidateList(encoding=read_as)
    return _read(lines, known, tuple(columns), head, read_as, across)


def _read(
    lines: Sequence[tuple[int, list[str]]],
    known: Collection[str],
    columns: tuple[int, ...],
    head: bool | None,
    read_as: str,
    across: bool | None,
) -> CandidateList:
    headed = head if head is not None else bool(columns) or is_head(lines[0][1]) or _looks_headed(lines)
    heads = tuple(lines[0][1]) if headed else ()
    body = lines[1:] if headed else lines
    width = max(len(cells) for _, cells in lines)
    chosen = _columns(columns, width, heads, [cells for _, cells in body])
    if len(heads) > 1 and not chosen:
        return CandidateList((), heads, (), read_as, width)
    if across is None:
        across = not headed and not columns and _stand_across(body)
    # Below a single head a comma parts a name, and no columns.
    by_column = () if len(heads) == 1 and not columns else chosen
    told = list(_names(body, by_column, heads, across))
    if len(told) > MAX_CANDIDATES:
        return CandidateList((_TOO_MANY,), heads, chosen, read_as, width)
    dropped = () if across or by_column else tuple(n for n, cells in body if _drops(cells))
    return CandidateList(tuple(_rows(told, known)), heads, chosen, read_as, width, dropped, across)


def _columns(
    wanted: tuple[int, ...], width: int, heads: Sequence[str], below: Sequence[Sequence[str]]
) -> tuple[int, ...]:
    """The columns that were asked for and are there; without any, those whose heads say so."""
    there = tuple(dict.fromkeys(place for place in wanted if 0 <= place < width))
    return there or name_columns(heads, below)


def _decoded(data: bytes | str, encoding: str | None) -> tuple[str, str]:
    """The text and the name of its encoding, which is a guess unless it was said."""
    size = len(data) if isinstance(data, bytes) else len(data.encode("utf-8", "replace"))
    if size > MAX_CSV_BYTES:
        raise _UnreadableError(f"The file has {size:,} bytes; take at most {MAX_CSV_BYTES:,}.")
    if isinstance(data, str):
        return data.removeprefix("\ufeff"), "UTF-8"
    for start, kind in _NOT_CSV.items():
        if data.startswith(start):
            raise _UnreadableError(f"The file is {kind}, no CSV: open it and save it as CSV.")
    try:
        return decoded(data, encoding, known_words)
    except (UnicodeDecodeError, LookupError) as error:
        place = f"Byte {error.start}" if isinstance(error, UnicodeDecodeError) else "The file"
        wide = isinstance(error, UnicodeDecodeError) and error.encoding.startswith("utf-16")
        what = f"not {encoding or 'UTF-16'}" if encoding or wide else "neither UTF-8 nor Windows-1252"
        raise _UnreadableError(f"{place} is {what}: save the file as CSV UTF-8.") from error


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """The filled lines with their numbers, at most one more than a round takes, after the head."""
    told, _, rest = text.partition("\n")
    # Excel may say the delimiter first.
    said = re.fullmatch(r'"?sep=([,;\t|])"?\r?', told)
    delimiter = said[1] if said else _delimiter(text)
    reader = csv.reader(io.StringIO(rest if said else text, newline=""), delimiter=delimiter, strict=True)
    try:
        return list(islice(_filled(reader, 1 if said else 0), MAX_CANDIDATES + 2))
    except csv.Error as error:
        raise _UnreadableError(
            f"The text is no CSV (line {reader.line_num}: {error}): check its quotes."
        ) from error


def _filled(reader: Iterator[list[str]], before: int) -> Iterator[tuple[int, list[str]]]:
    number = before + 1
    for line in reader:
        if len(line) > MAX_COLUMNS:
            raise _UnreadableError(f"Line {number} has {len(line)} columns; take at most {MAX_COLUMNS}.")
        cells = [cell.strip() for cell in line]
        if any(cells):
            yield number, cells
        number = before + reader.line_num + 1  # type: ignore[attr-defined]


def _delimiter(text: str) -> str:
    """The delimiter that the first line holds most often outside of quotes."""
    first = re.sub(r'"[^"]*"', "", text.lstrip("\r\n")[:100_000]).partition("\n")[0]
    return max(_DELIMITERS, key=first.count)


def _looks_headed(lines: Sequence[tuple[int, list[str]]]) -> bool:
    """Whether the first line is words alone, and a column below it numbers, dates or addresses alone."""
    first, rest = lines[0][1], [cells for _, cells in lines[1:51]]
    if len(first) < 2 or not rest or any(_is_data(cell) for cell in first):
        return False
    return any(
        all(place < len(cells) and _is_data(cells[place]) for cells in rest) for place in range(len(first))
    )


def _is_data(cell: str) -> bool:
    return "@" in cell or any(sign.isdecimal() for sign in cell)


def _stand_across(lines: Sequence[tuple[int, list[str]]]) -> bool:
    """Whether one line holds all: three names or more, each with two words or an address."""
    if len(lines) != 1:
        return False
    cells = [cell for cell in lines[0][1] if cell]
    several = [
        cell for cell in cells if len(cell.split()) > 1 or (len(cell) > 1 and "\u2e80" <= cell[0] <= "\ud7ff")
    ]
    bare = [_without_address(cell) for cell in cells]
    named = [cell for cell in bare if _NAME_PART.match(_unlisted(cell))]
    addressed = all(told != cell and told.strip() for told, cell in zip(bare, cells, strict=True))
    return len(cells) == len(named) and (
        (len(cells) > 2 and len(several) == len(cells)) or (len(cells) > 1 and addressed)
    )


def _drops(cells: Sequence[str]) -> bool:
    """Whether a cell that is not read might be a name."""
    if len(cells) == 2 and _NAME_PART.match(cells[1]):
        # "Doe, Jane" is one name; "Jane Doe, Bob Roe" may be two.
        return all(len(cell.split()) > 1 for cell in cells)
    return any(_NAME_PART.match(cell) for cell in cells[1:])


def _names(
    lines: Sequence[tuple[int, list[str]]], columns: Sequence[int], heads: Sequence[str], across: bool
) -> Iterator[tuple[int, str, str | None]]:
    """Line, name, and what is wrong with the line itself."""
    for number, cells in lines:
        if across:
            yield from ((number, _bare(cell), None) for cell in cells if cell)
        elif columns and len(heads) > 1 and len(cells) > len(heads):
            more = f"This line has {len(cells)} cells, and the head has {len(heads)}"
            yield number, _name(cells, columns), f"{more}: put what holds the delimiter in quotes."
        else:
            yield number, _name(cells, columns), None


def _rows(told: Sequence[tuple[int, str, str | None]], known: Collection[str]) -> Iterator[CandidateRow]:
    here = {name_key(name) for name in known}
    seen: dict[str, int] = {}
    alike = KnownNames(known)
    for number, name, wrong in told:
        fault = wrong or _fault(name, here, seen)
        like = () if fault else tuple(one for one in alike.near(name) if one.how != "same")
        shown = name[: NAME_LENGTH + 1] if fault else clean_name(name)
        yield CandidateRow(number, shown, fault, like)
        seen.setdefault(name_key(name[: NAME_LENGTH + 1]), number)
        if not fault:
            alike.add(shown)


def _name(cells: list[str], columns: Sequence[int]) -> str:
    """The name in a line: of its columns, or, in a list without a head, 'Doe, Jane' as it was pasted."""
    if not columns and len(cells) == 2 and _NAME_PART.match(cells[1]) and "@" not in cells[1]:
        return ", ".join((_unlisted(cells[0]), cells[1])) if cells[0] else cells[1]
    taken = [cells[place] if place < len(cells) else "" for place in columns or [0]]
    parts = [_bare(cell) if columns else _bare(_unlisted(cell)) for cell in taken if cell]
    return ("" if len(parts) > 1 and all(map(_joined, parts)) else " ").join(parts)


def _bare(cell: str) -> str:
    """'Jane' of 'Jane <jane@firm.example>'; an address alone stays, and is refused as one."""
    told = _without_address(cell)
    return told if told == cell else told.strip(' \t,;"') or cell


def _without_address(cell: str) -> str:
    """Longer cells are no name, and would take long to look through."""
    return _ADDRESS.sub("", cell) if "@" in cell and len(cell) <= 4 * NAME_LENGTH else cell


def _unlisted(cell: str) -> str:
    """Without the number or the dot of a list."""
    return _LISTED.sub("", cell)


def _joined(part: str) -> bool:
    """Han and Hangul names are written in one."""
    return bool(re.fullmatch("[\u3005\u3400-\u9fff\uac00-\ud7ff]{1,3}", part))


def _fault(name: str, here: Collection[str], seen: dict[str, int]) -> str | None:
    if not name:
        return "There is no name in this line."
    if len(name) > NAME_LENGTH:
        return f"The name has {len(name)} characters; take at most {NAME_LENGTH}."
    if any(ord(sign) < 32 or sign in _TURNING for sign in name):
        return "The name holds a control character or a line break."
    if not any(unicodedata.category(sign)[0] in "LNPS" and not invisible(sign) for sign in name):
        return "This name has no visible characters."
    if _ADDRESS.fullmatch(name):
        return "This is an e-mail address, not a name."
    if name_key(name) in here:
        return "This name is already in the round; tell the two apart."
    if (line := seen.get(name_key(name))) is not None:
        return f"This name stands in line {line} already; tell the two apart, or leave one out."
    return None
