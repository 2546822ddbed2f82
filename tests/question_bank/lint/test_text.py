"""Words, sentences, syllables, reading grade and likeness, against sums done by hand."""

from __future__ import annotations

from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.lint import text

SYLLABLES = {
    "cat": 1, "the": 1, "table": 2, "make": 1, "making": 2, "tested": 2, "walked": 1, "boxes": 2, "pages": 2,
    "science": 2, "idea": 3, "station": 2, "reading": 2, "model": 2, "monitoring": 4, "probability": 5,
    "organisation": 5, "i": 1, "rhythm": 1, "free-threaded": 3,
}  # fmt: skip
STEMS = {
    "tickets": "ticket", "ticket's": "ticket", "caches": "cach", "cache": "cach", "queries": "query",
    "counted": "count", "counting": "count", "stopped": "stop", "classes": "class", "class": "class",
    "found": "find", "finding": "find", "meant": "mean", "is": "is",
}  # fmt: skip


@pytest.mark.parametrize(("word", "count"), SYLLABLES.items())
def test_syllables_of_a_word(word, count) -> None:
    assert text.syllables(word) == count


@pytest.mark.parametrize(("word", "stem"), STEMS.items())
def test_stem_of_a_word(word, stem) -> None:
    assert text.stem(word) == stem


def test_reading_grade_by_flesch_and_kincaid() -> None:
    """Two sentences, 6 words, 7 syllables: 0.39 × 6/2 + 11.8 × 7/6 - 15.59 = -0.653."""
    assert text.reading_grade("The cat sat. A dog barking.") == pytest.approx(0.39 * 3 + 11.8 * 7 / 6 - 15.59)


def test_a_word_that_is_explained_elsewhere_counts_one_syllable() -> None:
    """Probability has five: four fewer over three words are 11.8 × 4 / 3 grades less."""
    told, free = (
        text.reading_grade("Probability is low.", exempt) for exempt in ((), {text.stem("probability")})
    )
    assert told - free == pytest.approx(11.8 * 4 / 3)


def test_an_empty_text_has_grade_0() -> None:
    assert text.reading_grade(" \n ") == 0


def test_abbreviations_and_decimals_end_no_sentence() -> None:
    assert text.sentences("It takes 3.1 ms, e.g. The rest waits. Then?") == [
        "It takes 3.1 ms, e.g. The rest waits.",
        "Then?",
    ]


def test_a_quoted_sentence_ends_at_its_mark() -> None:
    assert len(text.sentences('He asks "Why?" Then he waits.')) == 2


def test_a_hyphen_and_an_apostrophe_part_no_word() -> None:
    assert text.words("It's a small-business loan, 3.14.") == ["It's", "a", "small-business", "loan", "3.14"]


def test_jaccard_is_shared_over_either() -> None:
    """{b} of {a, b, c}."""
    assert text.jaccard({"a", "b"}, {"b", "c"}) == pytest.approx(1 / 3)


def test_runs_of_five_words() -> None:
    assert text.runs("One two three, four five six", 5) == {
        ("one", "two", "three", "four", "five"),
        ("two", "three", "four", "five", "six"),
    }


def test_a_text_shorter_than_the_run_has_none() -> None:
    assert text.runs("one two", 5) == set()


def test_cosine_of_two_bags() -> None:
    """3 × 1 over √(3² + 4²) × √(1²) = 0.6."""
    assert text.cosine({"a": 3, "b": 4}, {"a": 1}) == pytest.approx(0.6)


def test_a_rare_word_weighs_more() -> None:
    """In one of two texts: 1 + ln 2; in both: 1."""
    first, _ = text.weighted([("x", "cache loop"), ("y", "cache queue")])
    assert first.weights == {text.stem("cache"): 1.0, "loop": pytest.approx(1 + log(2))}


def test_likeness_of_half_the_words() -> None:
    """One of two words each: 1 / (√2 × √2)."""
    assert text.likeness("cache loop", "cache queue") == pytest.approx(1 / (sqrt(2) * sqrt(2)))


@given(st.text())
def test_no_text_breaks_the_measures(given_text) -> None:
    assert text.reading_grade(given_text) >= -15.59 + 0.39
    assert text.likeness(given_text, given_text) == pytest.approx(1) or not text.stems(given_text)
