"""Exports of somebody who is blind hold no word of what is hidden from them."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from scorecards.documents import (
    candidate_markdown,
    candidate_pdf,
    ratings_csv,
    round_bundle,
    round_markdown,
    round_pdf,
    round_xlsx,
)
from scorecards.record.model import RoundRecord
from scorecards.store import Store

from ..small_bank import RUBRICS
from ..small_round import card, compared, draft, keep
from ..store.test_blindness import SECRET, SENIOR, secretive
from .pdf_text import pdf_text

EXPORTS: dict[str, Callable[[RoundRecord], bytes]] = {
    "csv": ratings_csv,
    "json": round_bundle,
    "markdown": lambda record: round_markdown(record, compared(record), RUBRICS),
    "pdf": lambda record: round_pdf(record, compared(record), RUBRICS),
    "candidate's pdf": lambda record: candidate_pdf(record, "zed", compared(record), RUBRICS),
    "candidate's markdown": lambda record: candidate_markdown(record, "zed", compared(record), RUBRICS),
    "xlsx": lambda record: round_xlsx(record, RUBRICS, compared(record)),
}
BLIND = {"an interviewer who owes": "bo", "a lead who interviews and owes": "lea"}


@pytest.fixture
def kept(store: Store) -> Store:
    """Ada has submitted, Bo and the lead owe theirs, Cy sits on the panel without a scorecard."""
    keep(store, secretive(), draft("bo"), draft("lea"))
    return store


def words(data: bytes) -> str:
    """All the text in an export; a workbook is unpacked, a PDF is read."""
    if data.startswith(b"%PDF"):
        return " ".join(pdf_text(data).split())
    if not data.startswith(b"PK"):
        return data.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS)
@pytest.mark.parametrize("viewer", BLIND.values(), ids=BLIND)
def test_no_export_of_a_blind_viewer_holds_a_hidden_word(kept, viewer, export) -> None:
    assert SECRET not in words(export(kept.rounds.record(viewer, "r1")))


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS)
@pytest.mark.parametrize("viewer", ["ada", "cy"])
def test_an_export_of_somebody_who_sees_holds_the_words(kept, viewer, export) -> None:
    assert SECRET in words(export(kept.rounds.record(viewer, "r1")))


@pytest.mark.parametrize("viewer", BLIND.values(), ids=BLIND)
def test_no_cell_of_a_blind_viewers_workbook_holds_a_hidden_score_or_word(kept, viewer) -> None:
    seen = kept.rounds.record(viewer, "r1")
    book = openpyxl.load_workbook(io.BytesIO(round_xlsx(seen, RUBRICS, compared(seen))))
    rows = list(book["Summary"].iter_rows(values_only=True))
    told = dict(zip(*rows, strict=True))
    assert (told["score"], told["coverage"]) == (None, "0 %")
    assert SECRET not in str([list(sheet.iter_rows(values_only=True)) for sheet in book])


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS)
def test_a_hidden_scorecard_leaves_no_trace_of_its_levels(store, new_database, export) -> None:
    """Whatever Ada gave, the export of somebody who is blind to it has the same bytes."""
    other = Store(new_database())
    keep(store, card("ada", SENIOR), draft("bo"))
    keep(other, card("ada", dict.fromkeys(SENIOR, 1), choice="strong_no"), draft("bo"))
    first, second = (export(each.rounds.record("bo", "r1")) for each in (store, other))
    # A workbook holds the time at which it was written.
    assert _undated(first) == _undated(second)


def _undated(data: bytes) -> object:
    if not data.startswith(b"PK"):
        return data
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [list(sheet.iter_rows(values_only=True)) for sheet in book]
