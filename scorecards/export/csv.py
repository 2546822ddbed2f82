"""A round as long CSV: one row per rating."""

from __future__ import annotations

import csv
import io

from ..model import RoundRecord
from .tables import RATING_COLUMNS, rating_rows

# What a spreadsheet would read as a formula when a cell starts with it.
FORMULA_STARTS = frozenset("=+-@\t\r")


def ratings_csv(record: RoundRecord, *, bom: bool = True) -> bytes:
    """UTF-8 CSV of all submitted ratings; numbers are blank for what is not a score.

    With `bom`, spreadsheets recognise the encoding. Text that a spreadsheet would run is prefixed with '.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(RATING_COLUMNS)
    for row in rating_rows(record):
        # In one line, without a call for each of a large round's third of a million cells.
        table.writerow(
            [f"'{v}" if isinstance(v, str) and v[:1] in FORMULA_STARTS else v for v in row.values()]
        )
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")


def safe_cell(text: str) -> str:
    """The text, with a ' before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text[:1] in FORMULA_STARTS else text
