"""Word lists: whole words, exceptions one by one, and an explanation for each."""

from __future__ import annotations

import pytest

from question_bank.lint.words import FOLDER, Entry, WordList, word_list

NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


def found(text: str, *words: str, fine: tuple[str, ...] = ()) -> list[str]:
    entry = Entry(id="one", explanation="So.", words=words, fine=fine)
    return [hit.found for hit in WordList(about="Words.", entries=(entry,)).hits(text)]


@pytest.mark.parametrize("name", NAMES)
def test_every_list_says_what_it_is_about_and_explains_each_entry(name) -> None:
    held = word_list(name)
    assert held.about.rstrip().endswith(".")
    assert [entry.id for entry in held.entries if not entry.explanation.endswith(".")] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_word_stands_twice_in_a_list(name) -> None:
    words = [word for entry in word_list(name).entries for word in (*entry.words, *entry.fine)]
    assert sorted({word for word in words if words.count(word) > 1}) == []


@pytest.mark.parametrize("name", NAMES)
def test_an_exception_holds_a_listed_word(name) -> None:
    """Otherwise it excepts nothing."""
    for entry in word_list(name).entries:
        bare = entry.model_copy(update={"fine": ()})
        plain = Entry(id=bare.id, explanation=bare.explanation, words=bare.words)
        assert [phrase for phrase in entry.fine if not plain.hits(phrase.replace("*", ""))] == []


def test_a_word_is_found_as_a_whole_word_only() -> None:
    assert found("A page, an agent, an age.", "age") == ["age"]


def test_a_part_of_a_hyphenated_word_is_another_word() -> None:
    assert found("A best-practice run", "best") == []


def test_case_does_not_matter_where_the_list_has_small_letters() -> None:
    assert found("Good and GOOD", "good") == ["Good", "GOOD"]


def test_case_matters_where_the_list_has_capitals() -> None:
    assert found("The IT team uses it", "IT") == ["IT"]


def test_a_star_stands_for_any_ending() -> None:
    assert found("pregnant, pregnancy", "pregnan*") == ["pregnant", "pregnancy"]


def test_the_longest_phrase_wins() -> None:
    assert found("best practices", "best practice", "best practices") == ["best practices"]


def test_a_phrase_is_found_across_a_line_break() -> None:
    assert found("date\n  of birth", "date of birth") == ["date\n  of birth"]


def test_an_exception_covers_its_phrase_and_nothing_else() -> None:
    assert found("deep learning is deep", "deep", fine=("deep learning",)) == ["deep"]


def test_a_hit_says_where_it_stands_and_why() -> None:
    (hit,) = word_list("protected").hits("Tell me, how old are you?")
    assert (hit.entry, hit.start, hit.found) == ("age", 9, "how old are you")
    assert "protected" in hit.explanation
