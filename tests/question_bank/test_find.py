"""Search: every word, in whatever case, in the texts and not in the names of fields."""

from __future__ import annotations

import pytest

from question_bank import load_bank

BANK = load_bank()


def ids(**filters) -> list[str]:
    return [question.id for question in BANK.find(**filters)]


def test_without_a_filter_all_are_found_in_the_banks_order() -> None:
    assert ids() == [question.id for question in BANK.questions]


@pytest.mark.parametrize(
    "text", ["Rust Sunday rewrite", "sunday REWRITE RUST", "  rust   sunda rewr ", "rust\nsunday\nrewrite"]
)
def test_every_word_has_to_stand_somewhere(text) -> None:
    assert ids(text=text) == ["HYB-01"]


def test_a_word_that_stands_nowhere_finds_nothing() -> None:
    assert ids(text="rust xylophone") == []


def test_a_question_is_found_by_its_id() -> None:
    assert ids(text="shp-01") == ["SHP-01"]


def test_names_of_fields_are_no_text() -> None:
    """Each question has a field listen_for, and none says this word."""
    assert ids(text="listen_for") == []


def test_filters_hold_all_at_once() -> None:
    found = BANK.find(competencies=("security",), kinds=("review",), max_minutes=20, text="line")
    assert found
    assert {(q.competency, q.kind, q.minutes.total <= 20) for q in found} == {("security", "review", True)}
