"""Candidates from a pasted list or from an applicant tracking system's CSV export: names, and nothing else."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

MAX_CANDIDATES = 500
MAX_CSV_BYTES = 4 * 1024 * 1024
MAX_COLUMNS = 1000
NAME_LENGTH = 200
_DELIMITERS = ",;\t|"
# Heads as the systems write them, without signs and in small letters; docs/run-a-round.md has the sources.
_WHOLE = (
    "name",
    "candidate",
    "candidate name",
    "full name",
    "applicant",
    "applicant name",
    "candidate full name",
)
_FIRST = (
    "first name", "firstname", "given name", "forename", "candidate first name", "applicant first name",
    "vorname", "prénom", "nombre", "förnamn", "fornavn",
)  # fmt: skip
_LAST = (
    "last name", "lastname", "surname", "family name", "candidate last name", "applicant last name",
    "nachname", "nom de famille", "apellidos", "efternamn", "etternavn", "efternavn",
)  # fmt: skip
# Two of these in the first line: it is a head, though none of it says where the name stands.
_OTHER = frozenset(
    (
        "id", "candidate id", "application id", "applicant id", "email", "e mail", "email address", "phone",
        "phone number", "mobile", "stage", "current stage", "status", "source", "origin", "job", "job title", "title",
        "position", "headline", "company", "current company", "location", "city", "country", "address", "tags",
        "created at", "date added", "applied at", "applied on", "application date", "date applied", "resume", "linkedin",
        "rating", "recruiter", "coordinator", "owner", "notes", "gender", "race", "ethnicity", "age", "birthday",
        "date of birth", "nationality", "disability status", "veteran status",
    )
)  # fmt: skip
# Letters of any script with the signs that names have: no address, no number, no path.
_NAME_PART = re.compile(r"[^\W\d_][^\d@:/_;]*$")
_ADDRESS = re.compile(r"\S+@\S+\.\S+$")
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


class CandidateList(NamedTuple):
    """What a list holds, before anything of it is stored."""

    rows: tuple[CandidateRow, ...] = ()
    # The columns' heads; empty where the list has none.
    heads: tuple[str, ...] = ()
    # Places of the columns that make the name.
    columns: tuple[int, ...] = ()
    encoding: str = "UTF-8"

    @property
    def left_out(self) -> int:
        """How many columns are not read."""
        return max(len(self.heads) - len(self.columns), 0)


class _UnreadableError(Exception):
    """The whole list cannot be read; the message says why."""


def read_candidates(
    data: bytes | str, known: Collection[str] = (), columns: Sequence[int] = ()
) -> CandidateList:
    """Candidates from pasted text or a CSV file, every faulty line with its reason.

    With a head line the column of the name counts, or those of first and last name; `columns` are places that
    somebody chose instead. Without one, the first column, or both where there are two and the second is letters
    alone: 'Doe, Jane' is one name. No other column is read. Never raises: what cannot be read at all is one row
    with a fault.
    """
    try:
        text, encoding = _decoded(data)
        lines = _lines(text)
    except _UnreadableError as error:
        return CandidateList((CandidateRow(1, "", str(error)),))
    if not lines:
        return CandidateList(encoding=encoding)
    heads = tuple(lines[0][1]) if columns or _is_head(lines[0][1]) else ()
    chosen = tuple(place for place in columns if 0 <= place < len(heads)) or _columns(heads)
    if heads and not chosen:
        return CandidateList((), heads, (), encoding)
    rows = tuple(_rows(lines[1:] if heads else lines, chosen, known))
    if len(rows) > MAX_CANDIDATES:
        fault = f"More than {MAX_CANDIDATES} candidates: a round takes at most {MAX_CANDIDATES}."
        rows = (CandidateRow(1, "", fault),)
    return CandidateList(rows, heads, chosen, encoding)


def _decoded(data: bytes | str) -> tuple[str, str]:
    """The text and the name of its encoding: UTF-8, UTF-16 by its mark or its zeros, else Windows-1252."""
    size = len(data) if isinstance(data, bytes) else len(data.encode("utf-8", "replace"))
    if size > MAX_CSV_BYTES:
        raise _UnreadableError(f"The file has {size:,} bytes; take at most {MAX_CSV_BYTES:,}.")
    if isinstance(data, str):
        return data.removeprefix("\ufeff"), "UTF-8"
    for start, kind in _NOT_CSV.items():
        if data.startswith(start):
            raise _UnreadableError(f"The file is {kind}, no CSV: open it and save it as CSV.")
    if (wide := _wide(data)) is not None:
        try:
            return data.decode(wide).removeprefix("\ufeff"), "UTF-16"
        except UnicodeDecodeError as error:
            raise _UnreadableError(
                f"Byte {error.start} is not UTF-16: save the file as CSV UTF-8."
            ) from error
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError as error:
        raise _UnreadableError(
            f"Byte {error.start} is neither UTF-8 nor Windows-1252: save the file as CSV UTF-8."
        ) from error


def _wide(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:400]
    if len(sample) < 4 or len(data) % 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 2 < len(sample) // 2 or min(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


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


def _plain(head: str) -> str:
    """A head in small letters without signs: 'Candidate: Full-Name' is 'candidate full name'."""
    return " ".join(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", head).casefold()).split())


def _is_head(cells: Sequence[str]) -> bool:
    plain = [_plain(cell) for cell in cells]
    return bool(_columns(cells)) or sum(cell in _OTHER for cell in plain) >= 2


def _columns(heads: Sequence[str]) -> tuple[int, ...]:
    """Places of what makes the name: first and last name, else the whole one."""
    plain = [_plain(head) for head in heads]

    def place(words: Sequence[str]) -> int | None:
        return next((plain.index(word) for word in words if word in plain), None)

    first, last, whole = place(_FIRST), place(_LAST), place(_WHOLE)
    if whole is not None and (first is None or last is None):
        return (whole,)
    return tuple(one for one in (first, last) if one is not None)


def _rows(
    lines: Sequence[tuple[int, list[str]]], columns: Sequence[int], known: Collection[str]
) -> Iterator[CandidateRow]:
    here = {_same(name) for name in known}
    seen: dict[str, int] = {}
    for number, cells in lines:
        name = _name(cells, columns)
        yield CandidateRow(number, name[: NAME_LENGTH + 1], _fault(name, here, seen))
        seen.setdefault(_same(name), number)


def _name(cells: list[str], columns: Sequence[int]) -> str:
    """The name in a line: of its columns, or, in a list without a head, 'Doe, Jane' as it was pasted."""
    if not columns and len(cells) == 2 and _NAME_PART.match(cells[1]):
        return ", ".join(cells) if cells[0] else cells[1]
    taken = [cells[place] if place < len(cells) else "" for place in columns or [0]]
    return " ".join(cell for cell in taken if cell)


def _same(name: str) -> str:
    """What two spellings of one name have in common."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _fault(name: str, here: Collection[str], seen: dict[str, int]) -> str | None:
    if not name:
        return "There is no name in this line."
    if len(name) > NAME_LENGTH:
        return f"The name has {len(name)} characters; take at most {NAME_LENGTH}."
    if any(ord(sign) < 32 or sign in _TURNING for sign in name):
        return "The name holds a control character or a line break."
    if _ADDRESS.fullmatch(name):
        return "This is an e-mail address, not a name."
    if _same(name) in here:
        return "This name is already in the round; tell the two apart."
    if (line := seen.get(_same(name))) is not None:
        return f"This name stands in line {line} already; tell the two apart, or leave one out."
    return None
