"""Rounds of codes: who sees names, in fields and in words, and where names in the notes are looked for."""

from __future__ import annotations

import re

import pytest

from scorecards.documents import ratings_csv, round_bundle, round_markdown
from scorecards.store import OPERATOR, NotFoundError

from ..small_bank import RUBRICS
from ..small_round import compared, content, draft, rate, rating, record, save_all, submit
from .telling_names import NAMES, SENIOR, called


@pytest.mark.parametrize("viewer", ["lea", "ada", "cy", OPERATOR])
def test_a_round_of_codes_names_no_candidate_to_anybody(coded, viewer) -> None:
    assert {one.name for one in coded.rounds.record(viewer, "r1").candidates} == {"C-01", "C-02"}


def test_exports_of_a_round_of_codes_hold_codes(coded) -> None:
    whole = coded.rounds.record(OPERATOR, "r1")
    told = [one.model_copy(update={"content": content(SENIOR), "amendments": ()}) for one in whole.cards]
    whole = whole.model_copy(update={"cards": tuple(told)})
    files = (
        round_bundle(whole),
        ratings_csv(whole),
        round_markdown(whole, compared(whole), RUBRICS),
    )
    for data in files:
        assert b"Zelda" not in data
        assert re.search(rb"C.{0,2}-01", data)


def test_the_lead_looks_names_up_and_that_is_noted(coded) -> None:
    assert coded.privacy.names("lea", "r1") == NAMES
    assert coded.audit.entries(OPERATOR)[0].action == "names_seen"


def test_the_terminal_has_names_where_it_asks_for_them(coded) -> None:
    named = coded.rounds.record(OPERATOR, "r1", names=True)
    assert {one.name for one in named.candidates} == set(NAMES.values())


def test_nobody_else_has_names_by_asking(coded) -> None:
    assert "Zelda Quillfeather" not in repr(coded.rounds.record("lea", "r1", names=True).candidates)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Zelda went back.", ("Zelda",)),
        ("as QUILLFEATHER said, zelda", ("QUILLFEATHER", "zelda")),
        ("Zeldas and quills", ("Zeldas",)),
        ("She went back.", ()),
    ],
)
def test_names_in_the_notes_of_a_round_of_codes_are_found(store, words, found) -> None:
    store.imports.add(called(record(draft("ada"), anonymous=True)))
    rate(store, "ada", "zed-first-ada", rating("DRF-01", 3, evidence=words))
    assert store.privacy.names_in_words("ada", "zed-first-ada") == found


def test_where_names_are_shown_none_is_looked_for(store) -> None:
    store.imports.add(called(record(draft("ada"))))
    save_all(store, "ada", "zed-first-ada", evidence="Zelda went back a version at night.")
    assert store.privacy.names_in_words("ada", "zed-first-ada") == ()


def test_nobody_looks_for_names_in_anothers_notes(store) -> None:
    store.imports.add(called(record(draft("ada"), anonymous=True)))
    with pytest.raises(NotFoundError):
        store.privacy.names_in_words("lea", "zed-first-ada")


def test_a_scorecard_is_submitted_in_a_round_of_codes(store) -> None:
    store.imports.add(called(record(draft("ada"), anonymous=True)))
    assert submit(store, "ada", "zed-first-ada").state == "submitted"


def test_a_round_of_codes_has_codes_in_others_words_too(coded) -> None:
    for viewer in ("lea", OPERATOR):
        assert "Zelda" not in repr(coded.rounds.record(viewer, "r1"))
    (evidence, *_) = (one.evidence for one in coded.cards.get("lea", "zed-first-ada").content.ratings)
    assert evidence == "C-01 went back a version."


def test_your_own_words_stay_as_you_typed_them(coded) -> None:
    assert "Zelda" in coded.cards.get("ada", "zed-first-ada").content.ratings[0].evidence
    assert "Zelda" in repr(
        [one for one in coded.rounds.record("ada", "r1").cards if one.interviewer_id == "ada"]
    )


def test_the_terminal_has_the_words_as_they_are_where_it_asks_for_names(coded) -> None:
    assert "Zelda went back" in repr(coded.rounds.record(OPERATOR, "r1", names=True))
