"""The numbers of the same bookings in two tables."""

import datetime as dt

import pytest

from question_bank.exhibits.serving_rows import generate
from question_bank.load import BANK
from question_bank.model import Question
from rubrics.files import read_model

QUESTION = read_model(BANK / "questions/mlops/serving-rows.yaml", BANK, Question)
KEY = " ".join((QUESTION.ground_truth or "").split())
EXHIBITS = {"counted": 0, "five-bookings": 1, "hours": 2, "first-trips": 3, "effect": 4}


@pytest.fixture(scope="module")
def page() -> generate.Page:
    return generate.page()


@pytest.mark.parametrize("exhibit", EXHIBITS)
def test_printed_cells_are_the_regenerated_ones(page: generate.Page, exhibit: str) -> None:
    """Every cell that the candidate may see equals the regenerated one."""
    assert QUESTION.exhibit(exhibit).rows == page[EXHIBITS[exhibit]]


@pytest.mark.parametrize("exhibit", EXHIBITS)
def test_text_alternatives_name_every_number(exhibit: str) -> None:
    """Somebody who hears a table gets each number but the zeros and the date's form."""
    shown = QUESTION.exhibit(exhibit)
    cells = {cell.removesuffix(" %") for row in shown.rows for cell in row[1:]} - {"0", "0.0000", "empty"}
    assert [cell for cell in sorted(cells) if cell not in shown.text_alternative] == []


def test_the_clocks_change_on_the_last_sunday_of_march() -> None:
    """29 March 2026 is a Sunday and a week later it is April."""
    day = generate.SWITCH.date()
    assert (day.weekday(), (day + dt.timedelta(days=7)).month) == (6, 4)
    assert QUESTION.exhibit("hours").rows[0][0] == f"up to {day.day} March, {generate.SWITCH:%H:%M} UTC"


def test_every_booking_is_apart_by_the_shift_of_its_period(page: generate.Page) -> None:
    """2,341 by one hour, 2,659 by two: 5,000 together, as the key says."""
    before, after = (int(row[-1].replace(",", "")) for row in page.hours)
    assert before + after == generate.ROWS
    assert (page.hours[0][2], page.hours[1][3]) == (page.hours[0][-1], page.hours[1][-1])
    assert f"all {before:,} bookings" in KEY
    assert f"{after:,} after it" in KEY


def test_numbers_of_the_key_stand_in_the_tables(page: generate.Page) -> None:
    """Scores, shares and changed decisions of the card and the key are printed cells."""
    scores = {row[0]: row for row in page.effect}
    assert f"AUC is {scores['none (training rows)'][1]} with the training rows" in " ".join(
        (QUESTION.card or "").split()
    )
    assert f"and {scores['all (as served)'][1]} with the rows as served" in " ".join(
        (QUESTION.card or "").split()
    )
    assert f"{scores['all (as served)'][2]} of 5,000 buffers" in KEY
    assert scores["trip_km"][2] == "1"
    assert f"says {page.members[0][4]} where {page.members[0][2]} come back late" in KEY


def test_no_column_differs_but_five(page: generate.Page) -> None:
    """Five rows of zeros, five with a count; two of these are equal gaps."""
    counted = [row for row in page.columns if row[3] != "0"]
    assert len(page.columns) - len(counted) == 5
    equal_gaps = [row[0] for row in counted if row[1] == row[2] == row[3]]
    assert equal_gaps == ["last_rating", "home_km"]
