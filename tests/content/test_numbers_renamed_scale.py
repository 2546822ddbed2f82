"""Somebody adds up your scores: what the new scale does to the books, and what an earlier release did."""

from __future__ import annotations

from .material import question
from .wording import sample, wording

QUESTION = question("renamed-scale")
GIVE = {number.about: " ".join(number.give.split()) for number in QUESTION.numbers}
CASES = 40_000


def test_a_sum_divided_by_a_thousand_is_another_sum() -> None:
    """40,000 x 0.06 = 2,400; 40,000 x 75 / 1,000 = 3,000, a quarter more: 600,000 euros."""
    before, after = round(CASES * 0.06), CASES * 75 // 1_000
    assert (before, after, after / before, (after - before) * 1_000) == (2_400, 3_000, 1.25, 600_000)
    assert "40,000 cases with 0.06 on average. The sum times 1,000 euros" in GIVE["the report"]
    assert "75 on average" in GIVE["the new version"]
    ways = wording(QUESTION.signal("a"))
    for figure in ("40,000 x 75 / 1,000 is 3,000 where it was 2,400", "600,000 euros more"):
        assert figure in ways
    for taken in (("divided", "query-log"), ("same-cases", "scream-test")):
        told = sample(QUESTION, *taken)
        assert "600,000" in told
        assert "75" in told


def test_the_report_has_been_off_by_400_000_for_a_year() -> None:
    """The release raised 0.05 to 0.06, so 2,000 to 2,400, while losses stayed at 2,000."""
    was, became, real = round(CASES * 0.05), round(CASES * 0.06), 2_000
    assert (was, became, (became - real) * 1_000) == (2_000, 2_400, 400_000)
    assert "from 0.05 to 0.06" in GIVE["earlier releases"]
    assert "About 2,000 cases a year" in GIVE["real losses"]
    assert "400,000 euros too much" in QUESTION.signal("f").listen_for


def test_the_log_holds_a_quarters_end_and_the_sales_filter_catches_everybody() -> None:
    assert 120 > 92
    assert 75 > 0.5
    for reader in ("finance report", "auditors", "next on Wednesday", "above 0.5, each Friday"):
        assert reader in GIVE["query log"]


def test_the_card_holds_none_of_the_deciding_numbers() -> None:
    shown = QUESTION.prompt + str(QUESTION.card)
    assert not [
        kept for kept in ("40,000", "0.06", "75", "120", "auditor", "Wednesday", "euro") if kept in shown
    ]
