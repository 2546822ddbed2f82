"""The sums in the accounts of a release that was taken back."""

from __future__ import annotations

from .material import question
from .wording import lacking

QUESTION = question("rolled-back")


def test_each_sample_accounts_for_what_it_counts() -> None:
    """Tuesday ten to Wednesday two are 28 hours; 340 = 290 + 50; 61 = 55 + 6."""
    _, _, invoices, _, orders = [one for one in QUESTION.practice if one.source == "written"]
    assert (24 + 14 - 10, 290 + 50, 55 + 6) == (28, 340, 61)
    assert not lacking(invoices, "Tuesday at ten", "Wednesday at two", "28 hours", "340", "290", "Fifty")
    assert not lacking(orders, "61 orders", "55 could still", "six waited", "at six. At ten", "four hours")


def test_the_letters_of_somebody_without_a_release() -> None:
    """400 an hour: 1,200 from nine to noon, 800 from ten; a tenth of these are 80."""
    assert (3 * 400, 2 * 400, 2 * 400 // 10) == (1_200, 800, 80)
    route = " ".join(str(QUESTION.no_experience_route).split())
    assert all(figure in route for figure in ("400 letters an hour", "a tenth", "1,200", "800", "about 80"))
