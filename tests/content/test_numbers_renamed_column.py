"""A renamed column and the wrong price three models later: the tables and what is told of them."""

from __future__ import annotations

from question_bank.exhibits.renamed_column import generate

from .material import printed_under, question

QUESTION = question("renamed-column")


def test_tables_are_what_the_generator_gives() -> None:
    assert QUESTION.exhibit("by-day").rows == generate.days()
    assert QUESTION.exhibit("trace").rows == generate.trace()
    assert QUESTION.exhibit("feeds").rows == generate.by_feed()


def test_the_sellers_price_stands_in_prompt_and_title() -> None:
    price = f"{generate.one_bicycle().price:.0f}"
    assert price in QUESTION.title
    assert f"cost {price}" in QUESTION.prompt


def test_no_page_calls_although_a_tenth_is_wrong() -> None:
    """Each mean since day 5 lies within 15 % of the four days before, and the importer's falls by over half."""
    means = [[float(row[place]) for row in generate.days()] for place in (3, 4, 5)]
    for values in means:
        before = sum(values[:4]) / 4
        assert all(0.85 < value / before < 0.95 for value in values[4:])
    importer = generate.by_feed()[0]
    assert float(importer[3]) < 0.5 * float(importer[2])


def test_the_answer_key_tells_the_simulated_figures() -> None:
    truth = str(QUESTION.ground_truth)
    for row in generate.trace()[1:]:
        assert row[1] in truth
        assert row[2] in truth
    assert f"{generate.by_feed()[0][1]} listings" in truth


def test_the_generator_prints_the_same_under_three_hash_seeds() -> None:
    assert len({printed_under("renamed_column", seed) for seed in "012"}) == 1


def test_the_table_ends_on_the_day_of_the_call_and_the_mean_falls_by_nine_in_a_hundred() -> None:
    """Day 7 is the last row; (411 + 414 + 406 + 406) / 4 = 409, (371 + 372 + 373) / 3 = 372, 9 % less."""
    assert generate.days()[-1][0] == "7"
    prices = [float(row[5]) for row in generate.days()]
    before, since = sum(prices[:4]) / 4, sum(prices[4:]) / 3
    assert (round(before), round(since), round(100 * (1 - since / before))) == (409, 372, 9)
    assert "from 409 to 372, nine per cent" in QUESTION.facts[0].claim
