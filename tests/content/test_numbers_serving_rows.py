"""The numbers of the same bookings in two tables."""

import datetime as dt

import numpy as np
import pytest

from question_bank.exhibits.serving_rows import generate
from question_bank.load import BANK
from question_bank.model import Question
from rubrics.files import read_model

from .wording import lacking

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


@pytest.fixture(scope="module")
def shown() -> generate.Pair:
    return generate.pair(generate.PRINTED, np.random.default_rng([6, 2]))


def test_what_stays_wrong_with_one_column_repaired(shown: generate.Pair) -> None:
    """As served 1,501; with the hour repaired 549, with the gap 1,146; one hour added 858, two hours 816."""
    due = generate.chance(shown.training) >= generate.FLAG
    served, training = shown.serving, shown.training
    tried = {
        "1,501": served,
        "549": served.assign(pickup_hour=training["pickup_hour"]),
        "1,146": served.assign(days_since_last=training["days_since_last"]),
        "858": served.assign(pickup_hour=(served["pickup_hour"] + 1) % 24),
        "816": served.assign(pickup_hour=(served["pickup_hour"] + 2) % 24),
    }
    for said, rows in tried.items():
        wrong = int(((generate.chance(rows) >= generate.FLAG) != due).sum())
        assert f"{wrong:,}" == said
    (repaired,) = (one.show or "" for one in QUESTION.reveals if one.if_asked.startswith("What stays wrong"))
    assert all(said in repaired for said in tried)


def test_which_way_the_buffers_differ(shown: generate.Pair) -> None:
    """1,775 due and 1,030 given: 1,123 left out, 378 for nothing, three of four left out; first trips 540 of 902."""
    due = generate.chance(shown.training) >= generate.FLAG
    given = generate.chance(shown.serving) >= generate.FLAG
    new = shown.training["days_since_last"].isna().to_numpy()
    assert (int(due.sum()), int(given.sum())) == (1_775, 1_030)
    assert (int((due & ~given).sum()), int((given & ~due).sum())) == (1_123, 378)
    assert (int((due != given)[new].sum()), int(new.sum()), round(4 * 1_123 / 1_501)) == (540, 902, 3)
    assert not lacking(QUESTION.signal("g"), "1,123", "378", "1,030", "1,775", "540 of these 902")


def test_the_jump_of_the_buffers_and_the_past() -> None:
    """20.6 to 35.5 %, a seventh of all bookings; 30 % of 62,000 are 18,600."""
    assert (100 * 1_030 / 5_000, 100 * 1_775 / 5_000, round(1 / 0.149)) == (20.6, 35.5, 7)
    assert round(62_000 * 1_501 / 5_000, -2) == 18_600
    assert not lacking(QUESTION, "20.6 % to 35.5 %", "a seventh", "about 18,600 of 62,000")


def test_october_is_when_two_hours_stop_being_right() -> None:
    """The last Sunday of October 2026 is the 25th."""
    day = dt.date(2026, 10, 25)
    assert (day.weekday(), (day + dt.timedelta(days=7)).month) == (6, 11)
    assert not lacking(QUESTION.turns[0], "until 25 October")


def test_the_card_names_no_month() -> None:
    assert not any(
        word in QUESTION.prompt + str(QUESTION.card) for word in ("March", "April", "UTC", "first trip")
    )
