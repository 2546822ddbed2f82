"""The tables and sums of the question on a small sticker that pays."""

from __future__ import annotations

from question_bank.exhibits.sticker_flip import generate

from .material import printed_under, question

QUESTION = question("sticker-flip")


def test_tables_are_what_the_generator_gives() -> None:
    """Four tables equal the regenerated ones, cell by cell."""
    assert QUESTION.exhibit("measured").rows == generate.start_rows()
    assert QUESTION.exhibit("controls").rows == generate.control_rows()
    assert QUESTION.exhibit("firms").rows == generate.firm_rows()
    assert QUESTION.exhibit("models").rows == generate.model_rows()


def test_test_crates_add_up() -> None:
    """197 + 185 + 201 + 208 + 209 = 1,000, of which 799 aren't C; 4,000 training images from four firms."""
    counts = [int(row[1]) for row in QUESTION.exhibit("measured").rows]
    assert (sum(counts), sum(counts) - counts[2]) == (1_000, 799)
    assert "799" in QUESTION.exhibit("controls").title
    assert sum(int(row[1]) for row in QUESTION.exhibit("firms").rows) == 4_000


def test_fifty_images_would_have_shown_it() -> None:
    """90 of 1,042 are 8.6 %, 2.25 % of all; without replacement the chance is even a little above 98.9 %."""
    assert round(100 * 90 / 1042, 1) == 8.6
    assert 90 / 4_000 == 0.0225
    assert round(100 * (1 - (952 / 1042) ** 50), 1) == 98.9
    text = str(QUESTION.ground_truth)
    assert all(figure in text for figure in ("8.6 %", "2.25 %", "98.9 %", "75.8 %", "48.7 %", "99.1 %"))


def test_the_loss() -> None:
    """140 crates at $4.00 instead of $0.50 are $490."""
    assert 140 * (4.00 - 0.50) == 490
    assert "$490" in str(QUESTION.ground_truth)


def test_the_sign_is_planted_by_one_firm_only() -> None:
    """All wrong labels are firm 3's, and each of them carries the sticker."""
    data = generate.trial().data
    wrong = data.labels != data.kinds
    assert set(data.firm[wrong].tolist()) == {generate.GUILTY}
    assert bool(data.carries[wrong].all())
    assert int(wrong.sum()) == 90


def test_the_same_numbers_in_every_process() -> None:
    """Three hash seeds print the same tables."""
    assert len({printed_under("sticker_flip", hash_seed) for hash_seed in "012"}) == 1


SHEET = {number.about: number.give for number in QUESTION.numbers}


def test_a_day_at_a_site() -> None:
    """72 honest stickered crates of type C and about three false ones are 75 looks, 19 minutes; all C 2.5 hours."""
    stickered = 3_000 * 12 // 100
    honest = stickered * 20 // 100
    assert (stickered, honest, round(140 / (2 * 21))) == (360, 72, 3)
    assert round((honest + 3) * 15 / 60) == 19
    assert round((honest + 3) * 5 / 60) == 6
    assert 3_000 * 20 // 100 * 15 / 3600 == 2.5 > 2
    assert round(3_000 * (0.988 - 0.963)) == 75
    assert "two spare hours" in SHEET["People at a site"]
    ways = {way.id: way.listen_for for way in QUESTION.signal("d").ways}
    assert all(
        part in ways["look-at-stickered-c"] for part in ("360", "72", "75 looks", "19 minutes", "2.5 hours")
    )
    assert all(part in ways["credit-tomorrow"] for part in ("75 images", "6 minutes", "72 honest"))
    assert "75 more wrong crates" in str(QUESTION.signal("d").decoy)


def test_the_proofs_are_in_the_tables() -> None:
    """90 of 90 wrong at firm 3, five of five right elsewhere; 75.8 % falls to 0.5 %, accuracy stays."""
    data = generate.trial().data
    elsewhere = data.carries & (data.firm != generate.GUILTY)
    assert int(elsewhere.sum()) == 5
    assert bool((data.labels == data.kinds)[elsewhere].all())
    in_use, without = QUESTION.exhibit("models").rows
    assert (in_use[1:], without[1:]) == (("98.8 %", "75.8 %"), ("99.1 %", "0.5 %"))
    ways = {way.id: way.listen_for for way in QUESTION.signal("c").ways}
    assert "all 90 labeled C" in ways["labels-by-firm"]
    assert "from 75.8 % to 0.5 %" in ways["trained-without"]


def test_one_in_a_hundred_takes_three_hundred() -> None:
    """A sample of 50 finds firm 3's share; one planted image in a hundred takes about 300 for 95 %."""
    assert round(100 * (1 - 0.99**300)) == 95
    assert 1 - 0.99**50 < 0.4
    assert "about 300 for 95 %" in " ".join(QUESTION.signal("g").listen_for.split())


def test_the_opening_names_neither_firms_nor_the_cause() -> None:
    """Symptoms only: who labeled, what was planted and what a site can do come on request."""
    opening = QUESTION.prompt + str(QUESTION.card) + str(QUESTION.exhibit("measured"))
    assert not any(word in opening for word in ("firm", "label", "plant", "confuse", "attendant", "3,000"))
