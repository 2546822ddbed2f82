"""What people typed, in Streamlit's Markdown: one paragraph of plain text."""

import pytest

from interview_kit.screens.parts.text import plain

HARD_BREAK = "  \n"
SPACE = "\N{NO-BREAK SPACE}"
JOINER = "\N{WORD JOINER}"


@pytest.mark.parametrize(
    ("typed", "escaped"),
    [
        ("Name\n===", f"Name{HARD_BREAK}\\=\\=\\="),
        ("Name\n---", f"Name{HARD_BREAK}\\-\\-\\-"),
        ("&copy; &#42; AT&T", "&amp;copy; &amp;\\#42; AT&amp;T"),
        ("Name\n\n    code", f"Name{HARD_BREAK}{SPACE}{HARD_BREAK}{SPACE * 4}code"),
        ("a\r\nb\rc", f"a{HARD_BREAK}b{HARD_BREAK}c"),
        ("1. a\n2) b", f"1\\. a{HARD_BREAK}2\\) b"),
        (" within a sentence ", " within a sentence "),
    ],
)
def test_nothing_typed_begins_a_block_or_stands_for_another_sign(typed: str, escaped: str) -> None:
    assert plain(typed) == escaped


@pytest.mark.parametrize("typed", ["a\n\nb", "a\n \n\t\nb", "\n\n\na", "a\n\n\n    b"])
def test_a_text_stays_one_paragraph(typed: str) -> None:
    assert all(line.strip(" \t") for line in plain(typed).split("\n")[1:])


@pytest.mark.parametrize("typed", [":material/check:", "a:material_check:b", ":streamlit:"])
def test_an_icon_of_streamlits_stays_the_word_that_was_typed(typed: str) -> None:
    """Streamlit puts its icons into text whose signs are escaped: an unseen sign parts the colon from the name."""
    assert f":{JOINER}" in plain(typed)


@pytest.mark.parametrize(
    "typed", ["a -> b", "<- x", "<->", "a -- b", "n >= 3", "n <= 3", "n ~= 3", "a ->\nb"]
)
def test_an_arrow_stays_the_two_signs_that_were_typed(typed: str) -> None:
    assert JOINER in plain(typed)
    assert plain(typed).replace(JOINER, "").replace("\\", "").replace(HARD_BREAK, "\n") == typed


@pytest.mark.parametrize("typed", ["a->b", "10:30", "materials: two", "x - y", "--flag", "a = b"])
def test_nothing_else_is_parted(typed: str) -> None:
    assert JOINER not in plain(typed)
