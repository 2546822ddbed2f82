"""A round as long CSV: one row per rating."""

from __future__ import annotations

import csv
import io
import re

from ..record.model import RoundRecord
from .tables import RATING_COLUMNS, rating_rows

# What a spreadsheet would read as a formula: a sign at the start, a full-width one too, after anything it overlooks.
_FORMULA = re.compile(r"[\s\x00-\x1f\u200b-\u200f\u2060-\u2064\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]")
# A spreadsheet whose separator is the semicolon begins a cell there, and at a line of a text that it parted before.
# The items of a list stay as they are: without a call in it, what begins with a dash runs nothing.
_INNER = re.compile(r"""([;\t\r\n][\s"']*)(?=[=@\uff1d\uff20]|[+\-\uff0b\uff0d][^;\t\r\n]*[(|!])""")


def ratings_csv(record: RoundRecord, *, bom: bool = True) -> bytes:
    """UTF-8 CSV of all submitted ratings; numbers are blank for what is not a score.

    With `bom`, spreadsheets recognise the encoding. Text that a spreadsheet would run is prefixed with '. All text
    stands in quotes, so that none parts it at a semicolon or a tab.
    """
    text = io.StringIO()
    text.write(",".join(RATING_COLUMNS) + "\r\n")
    table = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    for row in rating_rows(record):
        table.writerow([safe_cell(v) if isinstance(v, str) else v for v in row.values()])
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")


def safe_cell(text: str) -> str:
    """The text, with a ' before what a spreadsheet would take for a formula."""
    parted = ";" in text or "\n" in text or "\t" in text or "\r" in text
    inner = _INNER.sub(r"\1'", text) if parted else text
    return f"'{inner}" if like_a_formula(text) else inner


def like_a_formula(text: str) -> bool:
    """Whether a spreadsheet that reads this text, or in which somebody edits it, may run it."""
    return not text[:1].isalnum() and _FORMULA.match(text) is not None
