"""The one finder of names: in any script, with what people do to names when they type, and nothing beside them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.record.name_finder import NameFinder

NAMES = (
    "王伟", "김민준", "José García", "Zoë Ng", "Anna Müller", "Jan van der Berg", "O'Neil, Cara", "Jean-Luc Picard",
    "Иванов Пётр", "Мария Достоевская", "محمد علي", "דוד כהן", "สมชาย ใจดี", "山田太郎", "Łukasz Kowalski",
    "Søren Åberg", "Γιώργος Παπαδόπουλος", "Wu Li",
)  # fmt: skip


def found(text: str, *names: str) -> list[str]:
    return [text[one.start : one.stop] for one in NameFinder(names).find(text)]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("王伟", "今天王伟讲得很好，王先生", ["王伟", "王"]),
        ("김민준", "김민준은 민준이가 김 씨", ["김민준", "민준", "김"]),
        ("山田太郎", "山田さんは太郎です", ["山田", "太郎"]),
        ("สมชาย ใจดี", "พบคุณสมชายเมื่อวาน", ["สมชาย"]),
        ("José García", "Jose said; GARCÍA; Jose\u0301 Garci\u0301a", ["Jose", "GARCÍA", "Jose\u0301 Garci\u0301a"]),
        ("Zoë Ng", "Ng was fast, being so; zoe", ["Ng", "zoe"]),
        ("Wu Li", "Wu said, would, li. ali", ["Wu", "li"]),
        ("Anna Müller", "Mueller, Muller, Müllers", ["Mueller", "Muller", "Müllers"]),
        ("Anna Mueller", "Müller Anna", ["Müller Anna"]),
        ("Anna Müller", "Anna's, Annas, A\u200bnna", ["Anna", "Annas", "A\u200bnna"]),
        ("Anna Müller", "Ａｎｎａ, \u0410nna", ["Ａｎｎａ", "\u0410nna"]),
        ("Anna Müller", "banana, annual, planner, müll", []),
        ("O'Neil, Cara", "O’Neil, ONeil, o`neil’s", ["O’Neil", "ONeil", "o`neil"]),
        ("Jean-Luc Picard", "Jean‑Luc Picard, jeanluc", ["Jean‑Luc Picard", "jeanluc"]),
        ("Jan van der Berg", "Jan van der Berg; der Mann van", ["Jan van der Berg"]),
        ("Иванов Пётр", "Иванова, Ивановым, Петру", ["Иванова", "Ивановым", "Петру"]),
        ("Мария Достоевская", "Марии Достоевской", ["Марии Достоевской"]),
        ("محمد علي", "ومحمد قال لمحمد", ["ومحمد", "لمحمد"]),
        ("דוד כהן", "לדוד ודוד", ["לדוד ודוד"]),
        ("Łukasz Kowalski", "Lukasza Kowalskiego", ["Lukasza Kowalskiego"]),
        ("Søren Åberg", "Soeren Aaberg, Soren Aberg", ["Soeren Aaberg", "Soren Aberg"]),
        ("Anna Müller", "anna.mueller@firm.example", ["anna.mueller"]),
        ("007", "Agent 007, 1007", ["007"]),
    ],
)  # fmt: skip
def test_a_name_is_found_as_people_write_it(name, text, words) -> None:
    assert found(text, name) == words


def test_an_everyday_word_is_found_and_is_not_sure() -> None:
    finder = NameFinder(["Will May", "Zelda Roe"])
    assert [one.sure for one in finder.find("will may zelda")] == [True, True]
    assert [one.sure for one in finder.find("It will do. Zelda.")] == [False, True]


def test_a_shared_name_belongs_to_everyone_who_has_it() -> None:
    finder = NameFinder(["Kim Lee", "Max Lee"])
    assert [one.names for one in finder.find("Lee; Max Lee")] == [("Kim Lee", "Max Lee"), ("Max Lee",)]


def test_a_code_is_found_and_no_longer_one() -> None:
    finder = NameFinder([], [("Zed", "C-01")])
    assert [(one.start, one.stop) for one in finder.find("c-01, C-011, XC-01")] == [(0, 4)]


VARIANTS = st.sampled_from(
    [str, str.upper, str.lower, lambda name: "\u200b".join(name), lambda name: f"{name}\u0301"]
)
FILL = st.text(alphabet=" .,;:\n!?()0123456789", max_size=30)


@given(st.sampled_from(NAMES), VARIANTS, FILL, FILL)
def test_a_planted_name_is_found_whole_and_nothing_else_changes(name, variant, before, after) -> None:
    text = f"{before} {variant(name)} {after}"
    masked = NameFinder([name]).replace(text, lambda _: "[X]")
    assert "[X]" in masked
    assert masked.startswith(f"{before} ")
    assert masked.endswith(f" {after}")
    assert not any(part in masked for part in variant(name).replace(",", " ").split() if len(part) > 3)


@given(st.text(), st.lists(st.text(max_size=20), max_size=4))
def test_places_are_in_order_and_within_the_text(text, names) -> None:
    last = 0
    for one in NameFinder(names).find(text):
        assert last <= one.start < one.stop <= len(text)
        last = one.stop


@pytest.mark.parametrize(
    "unit", ["王伟", "a'", "Anna ", "C-", "\u0301", "Müllers ", "An-", "김민", "e\u0301"], ids=ascii
)
def test_a_hostile_text_takes_time_that_grows_with_its_length_alone(unit) -> None:
    finder = NameFinder(NAMES, [(name, f"C-{n}") for n, name in enumerate(NAMES)])

    def seconds(size: int) -> float:
        began = time.process_time()
        finder.find((unit * size)[:size])
        return time.process_time() - began

    seconds(1000)
    small, large = seconds(50_000), seconds(400_000)
    assert large < 8 * 4 * max(small, 0.02)
