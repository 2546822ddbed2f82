"""The numbers of the belt that stands still while the page is calm."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pandas as pd
import pytest

from question_bank.exhibits.one_client.generate import (
    CLIENTS,
    COLUMNS,
    GUILTY,
    ROWS,
    SEED,
    TRAIN,
    WEEKS,
    WRONG_FROM,
    Tables,
    _parcels,
    tables,
)
from question_bank.exhibits.quiet_weeks.generate import psi

from .material import printed_under, question

QUESTION = question("belt-stops")
TRUTH = QUESTION.ground_truth or ""
EXHIBITS = {
    "page": "overall",
    "psis": "psis",
    "stops": "stops",
    "by-firm": "by_client",
    "medians": "columns",
}
KEY = QUESTION.model_dump_json()


@pytest.fixture(scope="module")
def made() -> Tables:
    return tables()


def percent(cell: str) -> float:
    return float(cell.removesuffix(" %"))


def test_tables_are_the_generated_ones(made: Tables) -> None:
    """Every printed cell of the six tables equals the regenerated one."""
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
    assert "27.6 % of them stop the belt; it was 5.4 % before" in TRUTH


def test_other_firms_stay_as_they_were(made: Tables) -> None:
    """Between 89.1 and 91.0 % in week 6; stops between 5.4 and 7.2 % in both weeks."""
    others = [row for row in made.by_client if row[0] != GUILTY]
    right = [percent(row[5]) for row in others]
    stops = [percent(row[n]) for row in others for n in (3, 6)]
    assert (min(right), max(right), min(stops), max(stops)) == (89.1, 91.0, 5.4, 7.2)
    assert "all others between 5.4 and 7.2" in QUESTION.exhibit("by-firm").text_alternative


def test_sums_of_checks_and_rows(made: Tables) -> None:
    """7 firms x 4 columns are 28 checks; 89.8 less 89.3 is 0.5; the page shows neither firm nor column."""
    assert len(CLIENTS) * len(COLUMNS) == 28
    assert round(percent(made.overall[3][2]) - percent(made.overall[5][2]), 1) == 0.5
    shown = f"{QUESTION.prompt} {QUESTION.card} {QUESTION.exhibit('page').model_dump_json()}"
    assert not any(word in shown.lower() for word in ("length", "weight", "meter", "firm f", "unit"))


def test_minutes_of_stops_and_of_carrying() -> None:
    """84 stops a week are 17 a day, 67 minutes, 13 hours of twelve people; 80 parcels at a minute are 80 minutes."""
    assert round(84 / 5) == 17
    assert round(84 / 5 * 4) == 67
    assert round(84 / 5 * 4 * 12 / 60) == 13
    assert all(
        words in KEY
        for words in ("67 minutes in which twelve people wait, 13 hours", "80 minutes of one person")
    )


@pytest.fixture(scope="module")
def six_weeks() -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """The training rows and the weeks of the exhibit, all in centimeters."""
    rng = np.random.default_rng(SEED)
    return _parcels(rng, TRAIN), [_parcels(rng, ROWS) for _ in range(WEEKS)]


def test_no_centimeters_lie_where_the_meters_are(six_weeks: tuple[pd.DataFrame, list[pd.DataFrame]]) -> None:
    """13 to 360 cm; F's meters from 0.2 to 2.6; 809 rows of F in the two weeks, 73 to 86 a day."""
    train, weeks = six_weeks
    lengths = pd.concat([train, *weeks])["length"]
    assert (lengths.min(), lengths.max()) == (13, 360)
    wrong = pd.concat(weeks[WRONG_FROM - 1 :]).query("client == @GUILTY")["length"] / 100
    assert (round(wrong.min(), 1), wrong.max(), len(wrong)) == (0.2, 2.6, 809)
    assert wrong.max() < 5 < lengths.min()
    counts = [int((week["client"] == GUILTY).sum()) for week in weeks]
    assert (min(counts) // 5, round(max(counts) / 5)) == (73, 86)
    assert all(words in KEY for words in ("shorter than 13 or longer than 360", "0.2 and 2.6", "809"))


def test_psi_of_quiet_weeks_stays_below_the_lower_line(
    made: Tables, six_weeks: tuple[pd.DataFrame, list[pd.DataFrame]]
) -> None:
    """Below 0.004 in 150 draws; a line at 0.005 rings in weeks 5 and 6 and in no other of the exhibit."""
    train, _ = six_weeks
    rng = np.random.default_rng(1)
    lengths = train["length"].to_numpy(float)
    assert max(psi(lengths, _parcels(rng, ROWS)["length"].to_numpy(float)) for _ in range(150)) < 0.004
    assert [float(row[1]) > 0.005 for row in made.psis] == [False] * 4 + [True] * 2


def test_daily_medians_of_quiet_days() -> None:
    """F's daily median length moves by up to a quarter, no firm's median of any column by a factor of two."""
    rng = np.random.default_rng(2)
    usual = _parcels(rng, 4 * ROWS).groupby("client").median(numeric_only=True)[list(COLUMNS)]
    days = np.array(
        [
            (
                _parcels(rng, ROWS // 5).groupby("client").median(numeric_only=True)[list(COLUMNS)] / usual
            ).to_numpy()
            for _ in range(250)
        ]
    )
    long = days[:, CLIENTS.index(GUILTY), COLUMNS.index("length")]
    assert (round(long.min(), 2), round(long.max(), 2)) == (0.88, 1.26)
    assert (round(days.min(), 1), round(days.max(), 1)) == (0.7, 1.4)
    assert "between 0.88 and 1.26 times" in KEY


@pytest.mark.parametrize("name", list(EXHIBITS))
def test_heard_tables_hold_the_decisive_cells(name: str) -> None:
    """What is read aloud holds the last column of the row or column that matters."""
    exhibit = QUESTION.exhibit(name)
    decisive = exhibit.rows[5] if name != "medians" else exhibit.rows[0]
    shown = decisive[1 if name == "psis" else 2].removesuffix(" %")
    assert shown in exhibit.text_alternative
