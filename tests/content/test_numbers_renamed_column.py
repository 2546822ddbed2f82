"""A renamed column and the wrong price three models later: the tables and what is told of them."""

from __future__ import annotations

from question_bank.exhibits.renamed_column import generate

from .material import printed_under, question
from .wording import sample, wording

QUESTION = question("renamed-column")


def test_tables_are_what_the_generator_gives() -> None:
    assert QUESTION.exhibit("by-day").rows == generate.days()
    assert QUESTION.exhibit("trace").rows == generate.trace()
    assert QUESTION.exhibit("feeds").rows == generate.by_feed()


def test_the_shops_price_stands_in_prompt_and_title() -> None:
    price = f"{generate.one_bicycle().price:.0f}"
    assert price in QUESTION.title
    assert f"offered at {price}" in QUESTION.prompt


def test_no_page_calls_although_a_tenth_is_wrong() -> None:
    """Each mean since day 5 lies within 15 % of the four days before, and the dealer feed's falls by over half."""
    means = [[float(row[place]) for row in generate.days()] for place in (3, 4, 5)]
    for values in means:
        before = sum(values[:4]) / 4
        assert all(0.85 < value / before < 0.95 for value in values[4:])
    dealers = generate.by_feed()[0]
    assert float(dealers[3]) < 0.5 * float(dealers[2])


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


def test_what_can_still_be_sold_is_what_the_musts_stop() -> None:
    """Of 141, 38 are sold, 12 reserved and 91 open: 103 can still be sold, and the shortfall is 38 x 297."""
    sold, reserved, still_open = 38, 12, 91
    total = int(generate.by_feed()[0][1])
    assert (sold + reserved + still_open, reserved + still_open) == (total, 103)
    true, asked = round(generate.true_mean()), int(generate.by_feed()[0][3])
    assert (true, asked, true - asked, sold * (true - asked)) == (413, 116, 297, 11_286)
    facts = wording(QUESTION.facts[1])
    assert "38 + 12 + 91 = 141; 12 + 91 = 103" in facts
    assert "413 - 116 = 297; 38 x 297 = 11,286" in facts
    given = " ".join(number.give for number in QUESTION.numbers)
    assert "Of 141, 38 are sold, 12 are reserved and 91 are open" in given
    assert "mean price of 413 dollars. They were offered at 116" in given
    assert "103 unsold ones" in QUESTION.signal("b").listen_for
    assert "11,300 dollars (38 times 297)" in QUESTION.signal("h").listen_for


def test_tonights_sales_take_the_count_and_the_hour() -> None:
    """Neither alone: 103 unsold, of which 12 close at 20:00."""
    before = " ".join(str(QUESTION.signal("b").before_asked).split())
    assert "It takes both: the 103 unsold (or 12 and 91), and the 12 before 20:00" in before
    for level_3 in [one for one in QUESTION.practice if one.level >= 3]:
        said = " ".join(level_3.answer.split())
        assert "eight" in said
        assert "103" in said or ("12 reserved" in said and "91" in said)


def test_the_deciding_numbers_are_on_no_card() -> None:
    shown = wording(QUESTION.exhibit("by-day")) + QUESTION.prompt + str(QUESTION.card)
    for kept in ("141", "103", "116", "20:00", "02:00", "frame", "dealer"):
        assert kept not in shown


def test_samples_at_the_line_tell_the_cases_figures() -> None:
    backwards = sample(QUESTION, "one-bicycle", "skip-the-run")
    for step in ("0.9 enquiries", "fit 0.00", "38 sold, 12 reserved, 91 open", "all 103", "Sunday at two"):
        assert step in backwards
    by_feed = sample(QUESTION, "cut-by-feed", "drop-the-rows")
    for step in ("416 to 116", "141 listings", "12 reserved, 91 open", "Sunday 02:00"):
        assert step in by_feed


def test_zeros_are_read_in_the_dealer_feed_only_and_only_since_day_five() -> None:
    for one in generate.listings():
        assert (one.read == 0.0) == (one.dealers and one.day >= 5)
    sizes = [one.size for one in generate.listings()]
    assert round(sum(sizes) / len(sizes)) == 55
