"""Clicks up and finished courses flat: the easier exam, the flat number's parts, and the size of the test."""

from __future__ import annotations

import math

from .material import question
from .wording import sample, wording

QUESTION = question("own-clicks")
GIVE = {number.about: " ".join(number.give.split()) for number in QUESTION.numbers}
FACTS = [wording(fact) for fact in QUESTION.facts]


def test_the_lead_over_a_plain_list_fell_while_the_hit_rate_rose() -> None:
    assert (21 - 17, 34 - 31, 34 - 21, 30 - 21) == (4, 3, 13, 9)
    assert "21 % in May, 34 % in October" in GIVE["the hit rate"]
    assert "17 % in May and 31 % in October" in GIVE["a plain list"]
    assert "30 % on October's clicks" in GIVE["the model from May"]
    ways = wording(QUESTION.signal("a"))
    assert "The lead fell from 4 points to 3" in ways
    assert "nine of the thirteen points" in sample(QUESTION, "frozen-model", "early-count")
    assert "from four points to three, while the mark went up by thirteen" in sample(
        QUESTION, "plain-list", "on-chosen"
    )


def test_the_flat_number_is_two_that_move() -> None:
    """0.16 + 0.14 = 0.18 + 0.12 = 0.30, and the chosen ones fell by a seventh."""
    assert math.isclose(0.16 + 0.14, 0.30)
    assert math.isclose(0.18 + 0.12, 0.30)
    assert round((0.14 - 0.12) / 0.14, 2) == round(1 / 7, 2)
    assert (
        "In May 0.16 assigned and 0.14 chosen, in October 0.18 and 0.12"
        in GIVE["what finished courses are made of"]
    )
    assert "0.30 a user and month" in QUESTION.prompt
    assert 0.12 < 0.13 < 0.14
    assert "0.13 a user and month, as in the weeks before and after" in GIVE["outages"]


def test_size_of_the_test() -> None:
    """16 x (0.62 / 0.03)² = 6,834 for all and 16 x (0.38 / 0.03)² = 2,567 for chosen courses."""
    everything, chosen = (16 * (spread / 0.03) ** 2 for spread in (0.62, 0.38))
    assert (round(everything), round(chosen)) == (6_834, 2_567)
    assert "0.62 courses a user and month for all, and 0.38" in GIVE["how much users vary"]
    assert everything < 40_000 / 2
    assert chosen < 0.4 * everything
    assert 0.62**2 - 0.38**2 > 0
    ways = wording(QUESTION.signal("c"))
    for figure in ("about 2,567 in each", "about 6,834 in each", "Nine weeks"):
        assert figure in ways
    assert 5 + 4 == 9 > 8
    assert "About 2,600 on each side" in sample(QUESTION, "frozen-model", "early-count")
    assert "about 2,600 each" in sample(QUESTION, "plain-list", "on-chosen").casefold()
    assert "6,834 and 16 x (0.38 / 0.03)² = 2,567" in FACTS[0]


def test_a_size_from_the_card_is_too_small() -> None:
    """Who takes 0.30 for the variance and a tenth for the difference gets 16 x 0.30 / 0.03² = 5,333, not 6,834."""
    from_the_card = 16 * 0.30 / 0.03**2
    assert round(from_the_card) == 5_333
    assert from_the_card < 0.8 * 16 * (0.62 / 0.03) ** 2
    assert "5,333, which is too few" in " ".join(str(QUESTION.signal("c").before_asked).split())


def test_whole_firms_take_more_people() -> None:
    """1 + 79 x 0.02 = 2.58, so 6,623 users or 83 firms a side, of the 250 there are."""
    effect = 1 + (80 - 1) * 0.02
    assert (effect, round(2_567 * effect), round(2_567 * effect / 80)) == (2.58, 6_623, 83)
    assert (40_000 / 500, 83 < 500 / 2) == (80, True)
    assert "about 2.6 times" in QUESTION.signal("g").listen_for
    assert "2,567 x 2.58 = 6,623 users, 83 firms" in FACTS[1]


def test_what_can_still_hide_in_a_zero() -> None:
    half = 1.96 * 0.38 * math.sqrt(2 / 2_567)
    assert round(half, 3) == 0.021
    assert half < 0.03
    assert "about 0.02 either way" in QUESTION.signal("i").listen_for


def test_the_card_holds_none_of_the_deciding_numbers() -> None:
    shown = QUESTION.prompt + str(QUESTION.card)
    assert not [
        kept for kept in ("0.03", "0.38", "0.14", "40,000", "31", "chosen", "assigned") if kept in shown
    ]
