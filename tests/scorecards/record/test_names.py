"""Names: one form, one key, questions where two are nearly the same, and one person for one name on every database."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from scorecards.record.model import Person
from scorecards.record.names import KnownNames, UnusableNameError, clean_name, name_key, near
from scorecards.store import OPERATOR, NotAllowedError, Store

from ..small_round import card, record

SPELLINGS = [
    "José Ana",
    "jose\u0301 ana ",
    "JOSÉ  ANA",
    "José\u200b Ana",
    "Ｊｏｓé Ana",
    "\u202eJosé\u00a0Ana",
]


@pytest.mark.parametrize("name", SPELLINGS)
def test_spellings_of_one_name_have_one_key(name) -> None:
    assert name_key(name) == name_key(SPELLINGS[0])


@pytest.mark.parametrize("name", ["", " ", "\u200b", "\u3164\u2060", "\u0301", "\ufeff\n"])
def test_a_name_without_visible_characters_is_refused(name) -> None:
    with pytest.raises(UnusableNameError):
        clean_name(name)


@pytest.mark.parametrize("name", ["علی\u200cرضا", "👩🏽\u200d🔬 Ada", "葛\U000e0100城"])
def test_characters_that_a_script_needs_stay(name) -> None:
    assert clean_name(name) == name


@given(st.text())
def test_a_cleaned_name_is_clean_and_the_same(name) -> None:
    try:
        clean = clean_name(name)
    except UnusableNameError:
        return
    assert clean_name(clean) == clean
    assert name_key(clean) == name_key(name)


@pytest.mark.parametrize(
    ("name", "other", "how"),
    [
        ("José García", "Jose Garcia", "accents"),
        ("Müller", "Mueller", "accents"),
        ("Müller", "Muller", "accents"),
        ("Anna Müller", "Müller, Anna", "order"),
        ("\u0410nna Poe", "Anna Poe", "look_alike"),
        ("Ada Byron", "Ada Bryon", "letter"),
        ("Anna Poe", "Ana Poe", "letter"),
        ("ada byron", "Ada Byron", "same"),
    ],
)
def test_names_that_might_be_one_are_asked_about(name, other, how) -> None:
    assert [one.how for one in near(name, [other])] == [how]
    assert [one.how for one in near(other, [name])] == [how]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Interviewer 1", "Interviewer 2"),
        ("Ada", "Ida"),
        ("Bo", "Jo"),
        ("Person A", "Person B"),
        ("Ana", "Bo"),
    ],
)
def test_other_names_are_not_asked_about(name, other) -> None:
    assert near(name, [other]) == ()


def test_five_hundred_names_are_compared_quickly_with_five_thousand() -> None:
    known = KnownNames(f"Someone Called{n}" for n in range(5000))
    began = time.process_time()
    for n in range(500):
        known.near(f"Sombody Called{n}")
    assert time.process_time() - began < 2


# In the database


def test_every_spelling_is_the_same_person(store) -> None:
    assert {store.people.add(name).id for name in SPELLINGS} == {store.people.all()[0].id}
    assert store.people.all()[0].name == "José Ana"


def test_eight_who_add_one_name_at_once_make_one_person(store) -> None:
    with ThreadPoolExecutor(8) as threads:
        added = list(threads.map(store.people.add, ["Ana", "ana ", "ANA", "A\u200bna"] * 2))
    assert len({one.id for one in added}) == 1
    assert len(store.people.all()) == 1


def test_two_replicas_that_add_one_name_at_once_make_one_person(new_address) -> None:
    from scorecards.store import open_database

    address = new_address()
    databases = [open_database(address) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        added = list(threads.map(lambda one: Store(one).people.add("Ana"), databases))
    assert len({one.id for one in added}) == 1
    for one in databases:
        one.close()


def test_an_invisible_name_makes_no_person(store) -> None:
    with pytest.raises(NotAllowedError):
        store.people.add("\u200b")


def test_duplicates_from_a_file_stay_two_and_the_first_is_found(store) -> None:
    store.people.add("Ada")
    store.imports.add(record(card("ada", {"DRF-01": 3})))
    assert sorted(one.name for one in store.people.all() if name_key(one.name) == "ada") == ["Ada", "Ada"]
    assert store.people.add("ada") in store.people.all()
    assert len([one for one in store.people.all() if name_key(one.name) == "ada"]) == 2


def test_a_database_from_before_names_had_a_key_keeps_its_doubles(database) -> None:
    with database.writing() as connection:
        connection.execute(text("INSERT INTO people (id, name) VALUES ('b', 'Ana'), ('a', 'ANA')"))
    assert Store(database).people.add("ana").id == "a"


def test_a_corrected_name_is_the_persons_and_the_log_has_neither(store) -> None:
    ana = store.people.add("Anna Mulier")
    assert store.names.rename_person(ana.id, ana.id, " Anna  Müller ").name == "Anna Müller"
    assert store.people.all() == (Person(id=ana.id, name="Anna Müller"),)
    entry = store.audit.entries(OPERATOR)[0]
    assert (entry.action, entry.subject, entry.detail) == ("person_renamed", ana.id, {})


def test_a_name_that_is_taken_cannot_be_taken_again(store) -> None:
    ana, bo = store.people.add("Ana"), store.people.add("Bo")
    with pytest.raises(NotAllowedError, match="already"):
        store.names.rename_person(bo.id, bo.id, "ANA")
    assert store.names.rename_person(ana.id, ana.id, "ANA").name == "ANA"


def test_a_name_that_was_given_up_is_available(store) -> None:
    ana = store.people.add("Ana")
    store.names.rename_person(ana.id, ana.id, "Ana Poe")
    assert store.people.add("Ana").id != ana.id


def test_a_candidate_is_renamed_and_not_to_anothers_name(store) -> None:
    store.imports.add(record(card("ada", {"DRF-01": 3}), candidates=("zed", "yan")))
    store.names.rename_candidate("lea", "zed", "Zed Roe")
    assert store.rounds.record("lea", "r1").candidate["zed"].name == "Zed Roe"
    yan = store.rounds.record("lea", "r1").candidate["yan"].name
    with pytest.raises(NotAllowedError, match="already"):
        store.names.rename_candidate("lea", "zed", yan.upper())


def test_in_a_round_of_codes_a_similar_name_is_shown_as_its_code(store) -> None:
    store.imports.add(record(card("ada", {"DRF-01": 3}), candidates=("zed", "yan"), anonymous=True))
    store.names.rename_candidate("lea", "zed", "José García")
    code = store.rounds.record("lea", "r1").candidate["zed"].code
    assert store.names.candidates_like("lea", "r1", ["Jose Garcia", "Bo"]) == (((code, "accents"),), ())
