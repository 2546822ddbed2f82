"""Advising against a model: the stand-in case's sum, and that the samples' sums can be done again."""

from __future__ import annotations

from .material import question
from .wording import sample

QUESTION = question("without-a-model")


def test_the_two_people_are_cheaper_than_rule_and_model() -> None:
    """People 10 dollars a day; rule 0.6 x 18 + 1 x 4 = 14.80; model 0.15 x 18 + 240 / 20 = 14.70 at least."""
    people = 2 * 10 / 60 * 30
    rule = 3 * 2 / 10 * 18 + 1 * 4
    model = 3 * 1 / 20 * 18 + 240 / 20
    assert (round(people, 2), round(rule, 2), round(model, 2)) == (10.0, 14.8, 14.7)
    route = " ".join(str(QUESTION.no_experience_route).split())
    for figure in (
        "people 10 dollars a day, the rule 14.80, the model at least 14.70",
        "8 of 10",
        "19 of 20",
        "18 dollars",
    ):
        assert figure in route


def test_the_dispatchers_sum() -> None:
    """30 x 15 = 450 to win at most; 21 found are 315; 25 would be 60 more."""
    assert (30 * 15, 21 * 15, (25 - 21) * 15) == (450, 315, 60)
    told = sample(QUESTION, "price-of-errors", "counted-on")
    for figure in (
        "450 a day",
        "21 of the thirty",
        "315 saved for sixty calls",
        "sixty dollars more a day",
        "twelve weeks",
    ):
        assert figure in told


def test_the_museums_weeks() -> None:
    assert (41 + 11, 3 < 52) == (52, True)
    told = sample(QUESTION, "no-act", "looked-back")
    for figure in ("of 52 weeks she had changed three", "on 41 the sheet", "eleven were wrong"):
        assert figure in told


def test_the_shoe_shops_sum() -> None:
    """One return in twenty at nine dollars is 45 cents, against two dollars a call; one in four would be 2.25."""
    assert (9 / 20, 9 / 4 > 2, 9 / 8 < 2) == (0.45, True, True)
    best = next(one.answer for one in QUESTION.practice if one.level == 4)
    for figure in ("worth 45 cents", "one in four", "one in eight"):
        assert figure in " ".join(best.split())
