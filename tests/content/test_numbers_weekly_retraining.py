"""The numbers of the weekly retraining that its own page praises."""

from __future__ import annotations

from math import comb, sqrt

import pytest

from question_bank.exhibits.retrain_loop.generate import (
    AUDIT,
    ROWS,
    Run,
    Tables,
    found_from_to,
    rescored,
    run,
    share_known_to,
    tables,
)

from .material import printed_under, question

QUESTION = question("weekly-retraining")
TRUTH = QUESTION.ground_truth or ""
FACTS = " ".join(fact.claim for fact in QUESTION.facts)
WORDS = QUESTION.model_dump_json(ensure_ascii=False)


def missing(*figures: str) -> list[str]:
    return [figure for figure in figures if figure not in WORDS]


@pytest.fixture(scope="module")
def made() -> Tables:
    return tables()


@pytest.fixture(scope="module")
def loop() -> Run:
    return run()


def test_tables_are_the_generated_ones(made: Tables) -> None:
    """Every printed cell of the four tables equals the regenerated one."""
    for exhibit, rows in zip(("page", "gate", "audit", "fresh"), made, strict=True):
        assert QUESTION.exhibit(exhibit).rows == rows, exhibit


def test_printed_cells_depend_on_the_seed_alone(made: Tables) -> None:
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


def test_share_caught_by_complaints() -> None:
    """One call in ten: 220 and 350 missed; 56 % of 908 is 508, 74 % of 425 is 314: 70 and 47 % caught."""
    assert (round(908 * 0.56), int(425 * 0.74)) == (508, 314)
    assert (round(100 * 508 / (508 + 220)), round(100 * 314 / (314 + 350))) == (70, 47)
    assert missing("22 calls are 220 missed, 35 are 350", "508 of 728 is 70 %, 314 of 664 is 47 %") == []


def test_what_the_old_model_finds_in_the_new_weeks(loop: Run) -> None:
    """1,053 readings that only the first model flags, 349 of them wrong; in week 7 409 and 136."""
    found = rescored(loop)
    assert (sum(flagged for flagged, _ in found), sum(wrong for _, wrong in found)) == (1_053, 349)
    assert found[-1] == (409, 136)
    missed = sum(int((week.wrong & ~week.stored).sum()) for week in loop.weeks[4:])
    assert round(missed - 349, -2) == 600
    assert missing("1,053 more to check", "flags 409 readings that passed; 136", "some 600") == []


def test_what_a_hundred_checks_find(loop: Run) -> None:
    """Ranks 901 to 1,000 hold 22 wrong readings, 651 to 750 hold 32; random unflagged ones two or three."""
    assert [round(found_from_to(loop.first, low, low + 100)) for low in (900, 650)] == [22, 32]
    assert [round(100 * missed / AUDIT) for missed in (41, 67)] == [2, 3]
    assert 32 - 2 == 30
    assert missing("901 to 1,000 find 22", "651 to 750 find 32", "about 30 wrong") == []


def test_how_small_a_fault_random_checks_can_show(loop: Run) -> None:
    """475 at random ±1.6 points, by score ±1.0, 100 at random ±3.4; the fault is 67 - 41 of 2,000."""
    known = [
        share_known_to(loop.newest, checks, by_score=by)
        for checks, by in ((475, False), (475, True), (100, False))
    ]
    assert [round(half, 1) for half in known] == [1.6, 1.0, 3.4]
    assert f"{196 * sqrt(0.0335 * 0.9665 / 475):.1f}" == "1.6"
    assert (67 - 41) / AUDIT == 0.013
    assert missing("±1.6 points", "±1.0", "±3.4", "the whole fault is 1.3") == []


def test_what_475_checks_would_have_shown() -> None:
    """17 or more wrong are more than 2.05 % explains: one time in ten at 2.5 %, 43 in 100 at 3.35 %."""

    def at_least(wrong: int, share: float) -> float:
        return 1 - sum(comb(475, n) * share**n * (1 - share) ** (475 - n) for n in range(wrong))

    assert at_least(17, 0.0205) < 0.025 < at_least(16, 0.0205)
    assert [round(at_least(17, share), 2) for share in (289 / 11_398, 0.0335)] == [0.1, 0.43]
    before, since = 0.0205, 0.0335
    spread = 1.96 * sqrt(before * (1 - before)) + 0.8416 * sqrt(since * (1 - since))
    assert round((spread / (since - before)) ** 2, -2) == 1_100
    assert missing("one time in ten", "43 times", "about 1,100") == []


def test_complaints_ring_louder(made: Tables) -> None:
    """29 + 34 + 35 = 98 in three weeks; the four weeks before had 21 each, so 63."""
    calls = [int(row[4]) for row in made.page]
    assert (sum(calls[4:]), 3 * sum(calls[:4]) // 4) == (98, 63)
    assert (98 - 63) / sqrt(63) > 4
    assert missing("98 in three weeks instead of the usual 63") == []


def test_the_card_does_not_say_what_is_stored() -> None:
    """What is stored for an unflagged reading, and how many checks there are, comes on request."""
    page = QUESTION.exhibit("page")
    shown = " ".join([QUESTION.prompt, QUESTION.card or "", *page.columns, page.text_alternative])
    assert [words for words in ("stored as right", "1,000", "one in ten") if words in shown] == []


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
