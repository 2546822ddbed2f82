"""Exports of a round that shows evidence only: levels and words, and nothing computed from them."""

import io

import openpyxl
import pytest

from scorecards.export import card_markdown, round_markdown, round_xlsx
from scorecards.model import RoundRecord

from .small_bank import RUBRICS
from .small_round import card, record

# On drift 4 and 1: each interviewer 2.5, the panel 2.5. On security 3 and 4: 3.5. Overall 3.0.
LEVELS = {"DRF-01": 4, "DRF-02": 1, "SEC-01": 3, "SEC-02": 4}
COMPUTED = ("2.5", "3.5", "3.0", "100 %")


def whole(**told) -> RoundRecord:
    """Bo is not qualified on security: what he gave there stands apart in other rounds."""
    cards = (card("ada", LEVELS), card("bo", LEVELS))
    return record(*cards, not_qualified={"bo": ("security",)}, **told)


def summary(of: RoundRecord) -> dict[str, object]:
    book = openpyxl.load_workbook(io.BytesIO(round_xlsx(of, RUBRICS)))
    return dict(zip(*book["Summary"].iter_rows(values_only=True), strict=True))


@pytest.mark.parametrize("evidence_only", [False, True])
def test_markdown_of_a_round_holds_what_was_computed_only_where_that_is_wanted(evidence_only) -> None:
    text = round_markdown(whole(evidence_only=evidence_only), RUBRICS).decode()
    assert [one for one in COMPUTED if one in text] == ([] if evidence_only else list(COMPUTED))


def test_markdown_of_a_scorecard_has_its_levels_and_no_mean() -> None:
    told = whole(evidence_only=True)
    text = card_markdown(told, told.cards[0], RUBRICS).decode()
    assert "Labels come late: 4 Beyond senior" in text
    assert [one for one in (*COMPUTED, "Mean") if one in text] == []


def test_a_candidates_status_is_that_this_is_evidence_only() -> None:
    assert "| 2 of 2 | Evidence only | – | – |" in round_markdown(whole(evidence_only=True), RUBRICS).decode()


def test_the_workbooks_summary_counts_scorecards_and_leaves_the_rest_blank() -> None:
    told = summary(whole(evidence_only=True))
    assert (told["scorecards"], told["status"], told["coverage"]) == ("2 of 2", "Evidence only", "–")
    computed = [
        key for key in told if key not in ("candidate_code", "candidate", "status", "scorecards", "coverage")
    ]
    assert [told[key] for key in computed if told[key] not in (None, "")] == []
