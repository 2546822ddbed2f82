"""The numbers of the belt that stands still while the page is calm."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from question_bank.exhibits.one_client.generate import CLIENTS, COLUMNS, GUILTY, ROWS, Tables, tables

from .material import printed_under, question

QUESTION = question("belt-stops")
TRUTH = QUESTION.ground_truth or ""
EXHIBITS = {"page": "overall", "stops": "stops", "by-firm": "by_client", "medians": "columns"}


@pytest.fixture(scope="module")
def made() -> Tables:
    return tables()


def percent(cell: str) -> float:
    return float(cell.removesuffix(" %"))


def test_tables_are_the_generated_ones(made: Tables) -> None:
    """Every printed cell of the five tables equals the regenerated one."""
    for exhibit, name in {**EXHIBITS, "parcels": "examples"}.items():
        assert QUESTION.exhibit(exhibit).rows == getattr(made, name), exhibit


def test_printed_cells_hang_on_the_seed_alone(made: Tables) -> None:
    """A process with another hash seed prints what this one computes."""
    here = "".join("\n".join(" | ".join(row) for row in table) + "\n\n" for table in made)
    assert printed_under("one_client", "1") == here


def test_stops_before_and_since(made: Tables) -> None:
    """472 a week before, 562 since; F 28 and 112, so 84 of 90; the other firms 443 and 450."""
    everybody, guilty = (np.array([float(row[n]) for row in made.stops]) for n in (1, 2))
    means = [(part[:4].mean(), part[4:].mean()) for part in (everybody, guilty, everybody - guilty)]
    assert means == [(471.75, 562.5), (28.5, 112.5), (443.25, 450.0)]
    assert means[1][1] - means[1][0] == 84
    assert "from 472 a week to 562; F accounts for 84 of these 90" in TRUTH


def test_what_one_firm_can_move(made: Tables) -> None:
    """15.6 points on 381 of 8,000 are 0.7 of the total; chance moves the total by 0.7, F by 5.6."""
    row = next(row for row in made.by_client if row[0] == GUILTY)
    lost = percent(row[2]) - percent(row[5])
    assert f"{lost:.1f}" == "15.6"
    assert f"{int(row[4]) / ROWS * lost:.1f}" == "0.7"
    assert f"{100 * 1.96 * sqrt(0.898 * 0.102 / ROWS):.1f}" == "0.7"
    spread = 100 * 1.96 * sqrt(0.880 * 0.120 / int(row[1]) + 0.724 * 0.276 / int(row[4]))
    assert f"{spread:.1f}" == "5.6"


def test_model_sends_none_of_the_firms_parcels_by_hand(made: Tables) -> None:
    """What is decided wrongly in week 6 is exactly what stops the belt: 100 - 72.4 = 27.6."""
    row = next(row for row in made.by_client if row[0] == GUILTY)
    assert round(percent(row[5]) + percent(row[6]), 1) == 100
    assert "27.6 % of them stop the belt, before it was 5.4 %" in TRUTH


def test_other_firms_stay_as_they_were(made: Tables) -> None:
    """Between 89.1 and 91.0 % in week 6; stops between 5.4 and 7.2 % in both weeks."""
    others = [row for row in made.by_client if row[0] != GUILTY]
    right = [percent(row[5]) for row in others]
    stops = [percent(row[n]) for row in others for n in (3, 6)]
    assert (min(right), max(right), min(stops), max(stops)) == (89.1, 91.0, 5.4, 7.2)
    assert "all others between 5.4 and 7.2" in QUESTION.exhibit("by-firm").text_alternative


def test_sums_of_checks_and_rows(made: Tables) -> None:
    """7 firms x 4 columns are 28 checks; twice 381 parcels of F are about 800; 89.8 less 89.3 is 0.5."""
    assert len(CLIENTS) * len(COLUMNS) == 28
    assert round(2 * int(made.by_client[5][4]), -2) == 800
    assert round(percent(made.overall[3][2]) - percent(made.overall[5][2]), 1) == 0.5


@pytest.mark.parametrize("name", list(EXHIBITS))
def test_heard_tables_hold_the_decisive_cells(name: str) -> None:
    """What is read aloud holds the last column of the row or column that matters."""
    exhibit = QUESTION.exhibit(name)
    decisive = exhibit.rows[5] if name != "medians" else exhibit.rows[0]
    shown = decisive[2].removesuffix(" %")
    assert shown in exhibit.text_alternative
