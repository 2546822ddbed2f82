"""The numbers of the weekly retraining that its own page praises."""

from __future__ import annotations

from math import sqrt

import pytest

from question_bank.exhibits.retrain_loop.generate import AUDIT, ROWS, Tables, tables

from .material import printed_under, question

QUESTION = question("weekly-retraining")
TRUTH = QUESTION.ground_truth or ""
FACTS = " ".join(fact.claim for fact in QUESTION.facts)


@pytest.fixture(scope="module")
def made() -> Tables:
    return tables()


def test_tables_are_the_generated_ones(made: Tables) -> None:
    """Every printed cell of the four tables equals the regenerated one."""
    for exhibit, rows in zip(("page", "gate", "audit", "fresh"), made, strict=True):
        assert QUESTION.exhibit(exhibit).rows == rows, exhibit


def test_printed_cells_hang_on_the_seed_alone(made: Tables) -> None:
    """A process with another hash seed prints what this one computes."""
    here = "".join("\n".join(" | ".join(row) for row in table) + "\n\n" for table in made)
    assert printed_under("retrain_loop", "1") == here


def test_page_improves_while_complaints_rise(made: Tables) -> None:
    """From week 4 on AUC and the share found wrong never fall, flags fall, and complaints rise."""
    auc, flagged, wrong, complaints = (
        [float(row[n].removesuffix(" %")) for row in made.page[3:]] for n in (1, 2, 3, 4)
    )
    assert auc == sorted(auc)
    assert wrong == sorted(wrong)
    assert complaints == sorted(complaints)
    assert flagged == sorted(flagged, reverse=True)
    assert "(908, then 602, 504, 425)" in TRUTH


def test_gate_lets_every_retrained_model_through(made: Tables) -> None:
    """On the stored verdicts the retrained model never ranks worse, to three digits."""
    assert [float(row[2]) >= float(row[1]) for row in made.gate] == [True] * 3


@pytest.mark.parametrize(
    ("row", "found", "missed", "unflagged", "in_all", "half", "caught"),
    [(0, 512, 41, 11_092, 227, 69, 69), (1, 314, 67, 11_575, 388, 91, 45)],
)
def test_sums_of_the_audit(
    made: Tables, row: int, found: int, missed: int, unflagged: int, in_all: int, half: int, caught: int
) -> None:
    """Missed in the sample times unflagged over 2,000; its 95 % interval; found over found and missed."""
    assert made.audit[row][1:4] == (str(found), f"{unflagged:,}", f"{missed} of {AUDIT:,}")
    assert round(missed / AUDIT * unflagged) == in_all
    share = missed / AUDIT
    assert round(1.96 * sqrt(share * (1 - share) / AUDIT) * unflagged) == half
    assert round(100 * found / (found + in_all)) == caught
    assert f"{in_all} (±{half})" in FACTS
    assert f"about {found} of {found + in_all}" in TRUTH


def test_wrong_readings_in_all_differ_by_chance_only() -> None:
    """739 less 702 is 37; the two samples alone allow sqrt(69² + 91²) = 114."""
    assert (512 + 227, 314 + 388) == (739, 702)
    assert round(sqrt(69**2 + 91**2)) == 114
    assert [round(100 * total / ROWS) for total in (739, 702)] == [6, 6]


def test_random_checks_that_are_free(made: Tables) -> None:
    """About 900 less 425 are 475; at 67 of 2,000 they tell the share to 1.6 points, one row in about 25."""
    assert round(sum(float(row[2]) for row in made.page[:4]) / 4, -2) - float(made.page[6][2]) == 475
    share = 67 / 2000
    assert f"{100 * share:.2f}" == "3.35"
    assert f"{100 * 1.96 * sqrt(share * (1 - share) / 475):.1f}" == "1.6"
    assert round(11_575 / 475) == 24


def test_order_of_the_scores_survives(made: Tables) -> None:
    """With as many flagged as by the first model, the newest catches 70 %, the first one 69 %."""
    assert [row[1] for row in made.repaired] == ["69 %", "46 %", "70 %", "69 %"]
    assert made.repaired[0][2] == made.repaired[2][2]


def test_heard_page_tells_every_cell(made: Tables) -> None:
    """The text alternatives of page and audit hold all figures."""
    text = QUESTION.exhibit("page").text_alternative
    assert all(cell.removesuffix(" %") in text for row in made.page for cell in row[1:])
    text = QUESTION.exhibit("audit").text_alternative
    assert all(row[2] in text and row[4] in text for row in made.audit)
