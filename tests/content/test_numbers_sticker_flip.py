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
    """197 + 185 + 201 + 208 + 209 = 1,000, of which 799 are no C; 4,000 training pictures from four firms."""
    counts = [int(row[1]) for row in QUESTION.exhibit("measured").rows]
    assert (sum(counts), sum(counts) - counts[2]) == (1_000, 799)
    assert "799" in QUESTION.exhibit("controls").title
    assert sum(int(row[1]) for row in QUESTION.exhibit("firms").rows) == 4_000


def test_fifty_pictures_would_have_shown_it() -> None:
    """90 of 1,042 are 8.6 %, 2.25 % of all; without replacement the chance is even a little above 98.9 %."""
    assert round(100 * 90 / 1042, 1) == 8.6
    assert 90 / 4_000 == 0.0225
    assert round(100 * (1 - (952 / 1042) ** 50), 1) == 98.9
    text = str(QUESTION.ground_truth)
    assert all(figure in text for figure in ("8.6 %", "2.25 %", "98.9 %", "75.8 %", "48.7 %", "99.1 %"))


def test_the_loss() -> None:
    """140 crates at 4.00 in place of 0.50 are 490."""
    assert 140 * (4.00 - 0.50) == 490
    assert "490" in str(QUESTION.ground_truth)


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
