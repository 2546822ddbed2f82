"""CSV and workbook: long tables that a spreadsheet shows and never runs."""

import io
import zipfile

import openpyxl
import pandas as pd
import pytest

from question_bank import Target
from scorecards.documents import ratings_csv, round_xlsx, safe_cell
from scorecards.documents.tables import RATING_COLUMNS, rating_rows
from scorecards.record.model import Candidate, Person, RoundRecord, Verdict

from ..awkward import AWKWARD
from ..small_bank import RUBRICS
from ..small_round import card, compared, draft, rating, record

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"]
MIXED = {"DRF-01": 3, "DRF-02": "no_evidence", "SEC-01": "skipped", "SEC-02": None}
SHEETS = ["Summary", "Decisions", "Comparison", "Votes", "Ratings", "Evidence", "Recommendations", "Method"]


def saying(text: str) -> RoundRecord:
    """A round in which every name and every word is this text."""
    one = card("ada", MIXED)
    words = {"evidence": text, "override_reason": text, "skip_text": text}
    said = one.content.model_copy(
        update={
            "ratings": tuple(each.model_copy(update=words) for each in one.content.ratings),
            "verdict": Verdict(recommendation="no", reason=text, contradiction=text),
        }
    )
    whole = record(one.model_copy(update={"content": said}), name=text)
    return whole.model_copy(
        update={
            "candidates": (Candidate(id="zed", round_id="r1", code=text, name=text),),
            "people": tuple(Person(id=person.id, name=text) for person in whole.people),
        }
    )


def read_csv(data: bytes) -> pd.DataFrame:
    return pd.read_csv(
        io.BytesIO(data), keep_default_na=False, na_values={"level": [""]}, dtype={"level": "Int64"}
    )


def book_of(whole: RoundRecord) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(round_xlsx(whole, RUBRICS, compared(whole))))


def cells(book: openpyxl.Workbook) -> list:
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row]


# CSV


def test_every_row_has_its_values_in_the_order_of_the_columns() -> None:
    assert [tuple(row) for row in rating_rows(record(card("ada", MIXED)))] == [RATING_COLUMNS] * 4


def test_pandas_reads_one_row_for_each_planned_question() -> None:
    frame = read_csv(ratings_csv(record(card("ada", MIXED), card("bo", {"DRF-01": 2}), draft("cy"))))
    assert list(frame.columns) == list(RATING_COLUMNS)
    # 2 submitted scorecards · 4 questions; the draft stays out
    assert len(frame) == 8


def test_a_level_is_blank_where_a_state_stands_in_its_place() -> None:
    frame = read_csv(ratings_csv(record(card("ada", MIXED))))
    assert frame["level"].tolist() == [3, pd.NA, pd.NA, pd.NA]
    assert frame["state"].tolist() == ["rated", "no_evidence", "skipped", "not_yet_rated"]
    assert frame["skip_reason"].tolist() == ["", "", "time", ""]


def test_levels_are_written_as_whole_numbers() -> None:
    assert b',3,"rated",' in ratings_csv(record(card("ada", MIXED)))


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_only_submitted_scorecards_are_exported(state) -> None:
    whole = record(card("ada", MIXED, state=state))
    assert len(read_csv(ratings_csv(whole))) == 0
    assert book_of(whole)["Ratings"].max_row == 1


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_words_survive_the_csv(text) -> None:
    frame = read_csv(ratings_csv(saying(text)))
    for column in ("round", "candidate", "candidate_code", "interviewer", "evidence", "override_reason"):
        assert set(frame[column]) <= {safe_cell(text), ""}, column


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_the_csv_starts_like_a_formula(text) -> None:
    frame = pd.read_csv(io.BytesIO(ratings_csv(saying(f"{text} x"))), dtype=str, keep_default_na=False)
    starts = {value[:1] for column in frame for value in frame[column]}
    assert not starts & set("=+-@\t\r")


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_gets_an_apostrophe(text) -> None:
    assert safe_cell(text).startswith("'")
    assert safe_cell(text).replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize("text", ["", "plain", "a=1", "1-1", "'=1", "a;b", "a\n- b\n- c; - d", "x = 1; y"])
def test_other_text_stays_as_it_is(text) -> None:
    assert safe_cell(text) == text


def test_the_byte_order_mark_can_be_left_out() -> None:
    whole = record(card("ada", MIXED))
    assert ratings_csv(whole) == b"\xef\xbb\xbf" + ratings_csv(whole, bom=False)
    assert ratings_csv(whole, bom=False).startswith(b"round_id,")


def test_an_empty_round_has_its_heads_and_no_rows() -> None:
    assert ratings_csv(record(), bom=False) == (",".join(RATING_COLUMNS) + "\r\n").encode()


# Workbook


def test_the_workbook_opens_with_its_sheets() -> None:
    assert book_of(record(card("ada", MIXED))).sheetnames == SHEETS


@pytest.mark.parametrize("whole", [record(), record(draft("ada"))], ids=["nobody", "a draft"])
def test_a_round_without_a_submitted_scorecard_has_all_sheets_too(whole) -> None:
    assert book_of(whole).sheetnames == SHEETS


def test_the_summary_shows_scores_with_coverage_and_what_is_missing() -> None:
    targets = (Target(competency="drift", must_have=True), Target(competency="security"))
    sheet = book_of(record(card("ada", {"DRF-01": 2}), draft("bo"), targets=targets))["Summary"]
    head, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    told = dict(zip(head, row, strict=True))
    # score 2 / 1; coverage 1 / 2; 2 is below the floor of 2.5
    assert (told["score"], told["coverage"], told["scorecards"]) == (2, "50 %", "1 of 2")
    assert told["status"] == f"Incomplete; floor not met: {RUBRICS.by_id['drift'].name}"
    assert told[RUBRICS.by_id["security"].name] is None


def test_levels_are_numbers_and_states_leave_the_cell_blank() -> None:
    sheet = book_of(record(card("ada", MIXED)))["Ratings"]
    place = RATING_COLUMNS.index("level")
    assert [row[place] for row in sheet.iter_rows(min_row=2, values_only=True)] == [3, None, None, None]


@pytest.mark.parametrize("text", [*FORMULAS, *AWKWARD.values()])
def test_no_cell_of_the_workbook_is_a_formula_or_a_link(text) -> None:
    found = cells(book_of(saying(text)))
    assert [cell.coordinate for cell in found if cell.data_type == "f" or cell.hyperlink] == []


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_what_looks_like_a_formula_stays_text_when_the_cell_is_edited(text) -> None:
    found = [cell for cell in cells(book_of(saying(text))) if cell.value == text]
    assert len(found) > 5
    assert all(cell.quotePrefix and cell.data_type == "s" for cell in found)


def test_a_cell_that_is_too_long_is_cut_and_says_so() -> None:
    one = card("ada", {})
    said = one.content.model_copy(update={"ratings": (rating("DRF-01", 3, evidence="z" * 40_000),)})
    book = book_of(record(one.model_copy(update={"content": said})))
    long = [cell.value for cell in cells(book) if str(cell.value).startswith("zzz")]
    # in the sheets Ratings and Evidence
    assert long == ["z" * 32_000 + " … cut here: the JSON export has all 40,000 characters"] * 2


def test_control_characters_become_a_visible_sign() -> None:
    values = {cell.value for cell in cells(book_of(saying("a\x01b\x1fc\ufffed")))}
    assert "a\ufffdb\ufffdc\ufffdd" in values


def test_text_that_looks_like_a_cell_escape_stays_as_typed() -> None:
    assert b"_x005F_x0041_" in _parts(round_xlsx(saying("_x0041_"), RUBRICS, compared(saying("_x0041_"))))


def test_the_method_tells_weights_in_per_cent_and_why_they_differ() -> None:
    targets = (Target(competency="drift", weight=3), Target(competency="security", weight=1))
    sheet = book_of(record(card("ada", MIXED), targets=targets))["Method"]
    told = {row[0]: row[1] for row in sheet.iter_rows(values_only=True)}
    # 3 / (3 + 1)
    assert told[f"Weight of {RUBRICS.by_id['drift'].name}"] == "3 (normalised 75.0 %)"
    assert told["Why weights differ"] == "The role is about drift."


def _parts(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())
