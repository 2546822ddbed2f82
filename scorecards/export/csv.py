"""A round as long CSV: one row per rating."""

from __future__ import annotations

from ..model import RoundRecord
from .tables import RATING_COLUMNS, rating_rows

# What a spreadsheet would read as a formula when a cell starts with it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def ratings_csv(record: RoundRecord, *, bom: bool = True) -> bytes:
    """UTF-8 CSV of all submitted ratings; numbers are blank for what is not a score.

    With `bom`, spreadsheets recognise the encoding. Text that a spreadsheet would run is prefixed with '.
    """
    import pandas as pd

    frame = pd.DataFrame(rating_rows(record), columns=list(RATING_COLUMNS))
    frame = frame.astype({"level": "Int64", "proposed_level": "Int64"})
    for column in frame.columns.difference(["level", "proposed_level", "amendments"]):
        frame[column] = [safe_cell(str(value)) for value in frame[column]]
    text = frame.to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig" if bom else "utf-8")


def safe_cell(text: str) -> str:
    """The text, with a ' before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
