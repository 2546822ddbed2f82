"""The numbers of the day that counted twice."""

from __future__ import annotations

import ast
import datetime as dt
import sqlite3
from collections import Counter

import pytest

from question_bank.exhibits.repeatable_pipeline import generate

from .material import question
from .wording import lacking

QUESTION = question("repeatable-pipeline")
KEY = " ".join((QUESTION.ground_truth or "").split())
CODE = (generate.GIVEN / "pipeline.py").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page() -> generate.Page:
    return generate.page()


def number(cell: str) -> int:
    return int(cell.replace(",", ""))


def test_printed_tables_are_the_regenerated_ones(page: generate.Page) -> None:
    """Every cell of log, counts and meters comes from running the job and stopping it."""
    assert QUESTION.exhibit("log").rows == page.log
    assert QUESTION.exhibit("counts").rows == page.counts
    assert QUESTION.exhibit("meters").rows == page.meters


@pytest.mark.parametrize("exhibit", ["log", "counts", "meters"])
def test_text_alternatives_name_every_number(exhibit: str) -> None:
    shown = QUESTION.exhibit(exhibit)
    heard = " ".join(shown.text_alternative.split())
    cells = {cell for row in shown.rows for cell in row[1:]} - {"–"}
    assert [cell for cell in sorted(cells) if cell not in heard] == []


def test_the_job_on_the_page_is_the_job_that_runs() -> None:
    """The exhibit equals given/pipeline.py, and the lines that are named hold what is said."""
    assert QUESTION.exhibit("job").code == CODE
    ast.parse(CODE)
    lines = CODE.splitlines()
    assert f"{len(lines)} lines" in QUESTION.exhibit("job").text_alternative
    assert max(map(len, lines)) <= 100
    assert [lines[n - 1].split("(")[0] for n in (7, 20)] == ['TABLES = """', "def load_day"]


def test_each_wrong_day_is_off_by_what_the_key_says(page: generate.Page) -> None:
    """11th 290 + 286 = 576, 13th and 17th twice, 15th a batch of 100 more, the others equal."""
    extra = {row[0]: number(row[2]) - number(row[1]) for row in page.counts}
    assert extra == {
        "05-11": 290, "05-12": 0, "05-13": 280, "05-14": 0, "05-15": 100, "05-16": 0, "05-17": 254,
    }  # fmt: skip
    assert "290 + 286 = 576 rows" in KEY
    assert "100 rows too many (373 for 273)" in KEY


def test_meters_hold_two_of_the_four_wrong_days(page: generate.Page) -> None:
    """Surplus 106,507 = 48,412 of the 17th + 58,095 of the first file of the 11th (115,682 − 57,587)."""
    counts = {row[0]: row for row in page.counts}
    first_file = number(counts["05-11"][5]) - number(counts["05-11"][4])
    assert (first_file, number(counts["05-17"][4])) == (58_095, 48_412)
    assert page.meters[2][1] == f"{58_095 + 48_412:,}" == "106,507"
    assert "106,507 litres: 48,412 of the 17th and 58,095" in KEY


def test_five_days_were_started_again_and_four_are_wrong(page: generate.Page) -> None:
    days = [row[0] for row in page.log]
    again = {day for day in days if days.count(day) > 1}
    wrong = {row[0] for row in page.counts if row[1] != row[2]}
    assert (len(again), len(wrong), again - wrong) == (5, 4, {"05-14"})
    assert "Five days were started more than once, four are wrong" in KEY


def test_six_equal_rows_of_yesterday_are_real(page: generate.Page) -> None:
    """Deleting equal rows would drop six readings of the 17th that count."""
    assert page.equal_rows == 6
    shown = [reveal.show for reveal in QUESTION.reveals if reveal.show and "six rows" in reveal.show]
    assert len(shown) == 1


def test_the_first_week_is_right() -> None:
    """As the reveal says: one start a day, counts equal to the files."""
    made = generate.world(3)
    first = [line for line in made.log if line.day < generate.days()[7]]
    assert [(line.attempt, line.state) for line in first] == [(1, "done")] * 7


def test_the_counts_are_given_on_request_and_no_wrong_day_but_one_is_on_the_card() -> None:
    when = {exhibit.id: exhibit.when for exhibit in QUESTION.exhibits}
    assert when == {"log": "start", "counts": "on_request", "job": "on_request", "meters": "on_request"}
    shown = QUESTION.prompt + str(QUESTION.card)
    assert not any(figure in shown for figure in ("13th", "15th", "11th", "106,507", "ten", "crew"))


def test_the_wrong_days_of_the_key_are_those_of_the_table(page: generate.Page) -> None:
    held = {row[0]: (row[1], row[2]) for row in page.counts if row[1] != row[2]}
    assert held == {
        "05-11": ("286", "576"), "05-13": ("280", "560"), "05-15": ("273", "373"), "05-17": ("254", "508"),
    }  # fmt: skip
    assert not lacking(QUESTION.signal("b"), *(f"{rows} for {due}" for due, rows in held.values()))


def test_the_third_table_to_the_litre(page: generate.Page) -> None:
    """772,927 due, 879,434 held, 106,507 too many; what was doubled in readings is another sum."""
    due, held, surplus = (number(row[1]) for row in page.meters)
    assert held - due == surplus == 48_412 + 58_095
    too_many = sum(number(row[5]) - number(row[4]) for row in page.counts)
    assert too_many > surplus
    assert not lacking(QUESTION.signal("e"), "106,507", "48,412", "58,095", "772,927")
    assert not lacking(QUESTION.turns[0], "879,434", "772,927")


def test_a_key_of_file_and_line_with_surplus_rows_deleted_holds_as_well() -> None:
    """The 11th's two files one after the other, the 17th twice: the tables equal the files."""
    made = generate.world(3)
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE readings (day TEXT, line INT, meter TEXT, litres INT, PRIMARY KEY (day, line))")
    for day, versions in made.files.items():
        for rows in [*versions, versions[-1]]:
            numbered = [(day, line, *row) for line, row in enumerate(rows)]
            db.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?)", numbered)
            db.execute("DELETE FROM readings WHERE day = ? AND line >= ?", (day, len(rows)))
    right = generate.oracle(made.current).readings
    assert Counter(db.execute("SELECT day, meter, litres FROM readings").fetchall()) == right
    db.close()


def test_it_is_a_monday_morning() -> None:
    assert dt.date(2026, 5, 18).weekday() == 0
    assert (generate.FIRST_DAY + dt.timedelta(days=generate.DAYS - 1)).isoformat() == "2026-05-17"
    assert not lacking(QUESTION, "each Monday at ten", "four minutes", "17 May 2026 is a Sunday")
