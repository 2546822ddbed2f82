"""Exports of a round that shows evidence only: levels and words, and nothing computed from them."""

import io

import openpyxl
import pytest

from scorecards.comparison import RoundComparison, compare_round
from scorecards.documents import card_markdown, round_markdown, round_xlsx
from scorecards.record.model import RoundRecord

from ..small_bank import RUBRICS
from ..small_round import card, record

# On drift 4 and 1: each interviewer 2.5, the panel 2.5. On security 3 and 4: 3.5. Overall 3.0.
LEVELS = {"DRF-01": 4, "DRF-02": 1, "SEC-01": 3, "SEC-02": 4}
COMPUTED = ("2.5", "3.5", "3.0", "100 %")


def whole(**told) -> RoundRecord:
    """Bo is not qualified on security: what he gave there stands apart in other rounds."""
    cards = (card("ada", LEVELS), card("bo", LEVELS))
    return record(*cards, not_qualified={"bo": ("security",)}, **told)


def compared(of: RoundRecord) -> RoundComparison:
    return compare_round(of, None, {})


@pytest.mark.parametrize("evidence_only", [False, True])
def test_markdown_of_a_round_holds_what_was_computed_only_where_that_is_wanted(evidence_only) -> None:
    told = whole(evidence_only=evidence_only)
    text = round_markdown(told, compared(told), RUBRICS).decode()
    assert [one for one in COMPUTED if one in text] == ([] if evidence_only else list(COMPUTED))


def test_markdown_of_a_scorecard_has_its_levels_and_no_mean() -> None:
    told = whole(evidence_only=True)
    text = card_markdown(told, told.cards[0], RUBRICS).decode()
    assert "4 Beyond senior" in text
    assert [one for one in (*COMPUTED, "Mean") if one in text] == []


def test_the_workbook_has_no_number_but_the_levels_given() -> None:
    told = whole(evidence_only=True)
    book = openpyxl.load_workbook(io.BytesIO(round_xlsx(told, RUBRICS, compared(told))))
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [one for one in cells if isinstance(one, float) and one != round(one)] == []
    assert [one for one in cells for number in COMPUTED if number in str(one)] == []
