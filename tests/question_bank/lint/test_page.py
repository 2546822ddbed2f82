"""The author's page explains every rule, in the words of the rule, with a bad and a mended example."""

from __future__ import annotations

import re

import pytest

from question_bank import BANK
from question_bank.lint.judge import RULES, UNUSED

PAGE = (BANK.parent / "docs/write-questions.md").read_text("utf-8")
ROWS = {
    cells[0].split("`")[1]: cells
    for line in PAGE.splitlines()
    if re.match(r"\| `[SPAFXKB]\d\d", line)
    for cells in [[cell.strip() for cell in line.strip("|").split("|")]]
}


@pytest.mark.parametrize("one", [*RULES, UNUSED], ids=lambda one: one.code)
def test_the_page_explains_the_rule(one) -> None:
    told, asks, bad, mended = ROWS[one.id]
    assert asks == one.promise
    assert ("(warning)" in told) == (one.severity == "warning")
    assert bad
    assert mended
    assert bad != mended


def test_the_page_explains_no_rule_that_does_not_exist() -> None:
    assert set(ROWS) == {one.id for one in (*RULES, UNUSED)}
