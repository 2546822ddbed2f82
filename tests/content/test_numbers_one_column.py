"""The numbers of the one alarm on a calm morning."""

from __future__ import annotations

from math import log

import pytest

from .material import question

QUESTION = question("one-column")
GIVE = {number.about: number.give for number in QUESTION.numbers}
FACTS = " ".join(fact.claim for fact in QUESTION.facts)
ANSWERS = [sample.answer for sample in QUESTION.practice if sample.source == "written"]


def index(share: float) -> float:
    """PSI of ten bins when a partner with this share of rows sends 70 % youngest and 30 % second youngest."""
    bins = [10 * (1 - share) + 100 * share * own for own in (0.7, 0.3, *[0.0] * 8)]
    return sum((held - 10) / 100 * log(held / 10) for held in bins)


def test_the_index_follows_from_its_ten_shares() -> None:
    """The partner with 30 % of the rows leaves the other bins 70 % of their 10 %, that is 7 %; PSI 0.299."""
    shares = [28, 16, *[7] * 8]
    assert sum(shares) == 100
    assert round(sum((share / 100 - 0.1) * log(share / 10) for share in shares), 3) == 0.299
    assert round(index(0.3), 3) == 0.299
    assert (1_300 * 30 // 100, 100 - 30) == (390, 7 * 10)
    assert "28 %, the next 16 %" in GIVE["Shares in the ten bins"]
    assert "0.30" in QUESTION.prompt


def test_a_small_partner_does_not_show() -> None:
    """With 5 % of the rows the same mistake gives 0.011, within earlier Mondays."""
    assert round(index(0.05), 3) == 0.011
    assert 0.01 <= round(index(0.05), 2) <= 0.04
    assert "between 0.01 and 0.04" in GIVE["Earlier Mondays"]
    assert "5 % of the rows gives 0.011" in FACTS
    assert "index of about 0.01" in QUESTION.signal("h").listen_for


def test_today_is_156_hours_too_short() -> None:
    """390 x 24 minutes = 156 hours, 2.6 for each of 60; a visit less or two each; 910 visits are fine."""
    assert (390 * 24 / 60, 390 * 24 / 60 / 60, 390 / 60) == (156, 2.6, 6.5)
    assert (1_300 - 390, 390 - 312) == (910, 78)
    assert "156 hours" in QUESTION.signal("b").listen_for
    assert "910" in QUESTION.turns[0].good
    assert "312 of the 390" in GIVE["Known boilers"]
    assert "78 are new" in GIVE["Known boilers"]


@pytest.mark.parametrize("word", ["partner", "390", "24 minutes", "service", "22:00"])
def test_the_opening_does_not_name_the_cause(word: str) -> None:
    """What the field holds, who sends it and what it did is given on request."""
    assert word not in QUESTION.prompt + (QUESTION.card or "")


def test_training_rows_with_the_mistake() -> None:
    """12 % of rows have it, so about seven of eight do not."""
    assert round(0.88 * 8) == 7
    assert "12 %" in (QUESTION.reveals[0].show or "")
    assert "Twelve percent of their training rows" in ANSWERS[-1]
