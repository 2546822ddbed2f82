"""40 formulas in every text of a round, in what a spreadsheet opens: no cell is worked out."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from playwright.sync_api import Browser

from scorecards.documents import ratings_csv, round_xlsx
from scorecards.record.model import Person, RoundRecord
from tests.attack.conftest import Attacked
from tests.attack.payloads import FORMULAS
from tests.attack.watched import Watched
from tests.scorecards.documents.test_tables import saying
from tests.scorecards.small_bank import RUBRICS
from tests.scorecards.small_round import compared, record

SIGNS = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
# What a spreadsheet overlooks before a sign.
UNSEEN = " \t\r\n\xa0\u200b\ufeff"
# A payload alone, behind the separator of other countries' spreadsheets, behind a quote that closes the cell, in a line.
PLACES = ["{}", "x;{};", '";{}', "x\t{}", "x\n{}"]


def cells(data: bytes, separator: str) -> list[str]:
    """Every cell as a spreadsheet with this separator parts the file."""
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator)
    return [cell for row in rows for cell in row]


def runs(cell: str) -> bool:
    """Whether a spreadsheet may take the cell for a formula."""
    seen = cell.strip(UNSEEN)
    return seen.startswith(SIGNS) and not seen[1:].replace(".", "").isdigit()


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_the_csv_is_a_formula(formula: str) -> None:
    for place in PLACES:
        assert not any(map(runs, cells(ratings_csv(saying(place.format(formula))), ","))), place


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("formula", [one for one in FORMULAS if one.strip(UNSEEN)[1:2] not in ("1", "")])
def test_a_spreadsheet_with_another_separator_finds_no_call_in_the_csv(formula: str, separator: str) -> None:
    """It parts the file at the wrong places; still no cell calls anything."""
    for place in PLACES:
        found = cells(ratings_csv(saying(place.format(formula))), separator)
        assert [cell for cell in found if runs(cell) and any(sign in cell for sign in "(|!")] == [], place


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_the_workbook_is_a_formula_or_a_link(formula: str) -> None:
    whole = saying(formula)
    book = openpyxl.load_workbook(io.BytesIO(round_xlsx(whole, RUBRICS, compared(whole))))
    every = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert formula.strip(UNSEEN) in {str(cell.value).strip(UNSEEN) for cell in every}
    assert [cell.coordinate for cell in every if cell.data_type == "f" or cell.hyperlink] == []
    assert [cell.coordinate for cell in every if runs(str(cell.value)) and not cell.quotePrefix] == []


@pytest.mark.browser
def test_a_table_of_a_screen_saved_by_streamlits_own_button_holds_no_formula(
    attacked: Attacked, browser: Browser
) -> None:
    """Streamlit writes the cells as they stand: nothing on the screen may begin like one."""
    for number, formula in enumerate(FORMULAS[::2]):
        attacked.store.imports.add(named(number, formula))
    context = browser.new_context(accept_downloads=True)
    watched = Watched(context, attacked.server.url, attacked.lead)
    watched.open("/administration", "An administrator sees")
    watched.page.evaluate("() => { window.showSaveFilePicker = undefined }")
    watched.page.locator('[data-testid="stDataFrame"]').first.hover()
    with watched.page.expect_download() as download:
        watched.page.get_by_role("button", name="Download as CSV").first.click()
    data = download.value.path().read_bytes()
    context.close()
    found = cells(data, ",")
    assert any("WEBSERVICE" in cell for cell in found)
    assert [cell for cell in found if runs(cell)] == []


def named(number: int, formula: str) -> RoundRecord:
    """A round of this name and of a lead of this name."""
    whole = record(id=f"formula-{number}", name=formula, lead=f"lead-{number}", panel=(), candidates=())
    return whole.model_copy(update={"people": (Person(id=f"lead-{number}", name=formula),)})
