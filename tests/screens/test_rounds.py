"""The Rounds page without a browser: a new round, its settings, and a closed one."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from streamlit.testing.v1 import AppTest

from question_bank import load_bank
from scorecards.record.model import Person
from scorecards.record.setup import new_round
from scorecards.store import Store, new_id, open_database
from tests.screens.pages import button, drawn, looked_at_by, words

BANK = load_bank()
HOLD = "End date and legal hold"


class Led(NamedTuple):
    """A lead in front of the page."""

    lead: Person
    store: Store


@pytest.fixture
def led(monkeypatch, tmp_path) -> Led:
    store = Store(open_database(str(tmp_path / "rounds.db")))
    lead = store.people.add("Lea")
    looked_at_by(monkeypatch, lead, store, BANK)
    return Led(lead, store)


def a_round(led: Led) -> str:
    round_ = new_round(new_id(), "Autumn", led.lead.id, BANK, "generalist", ["core-loop"], [led.lead.id])
    led.store.rounds.create(led.lead.id, round_)
    return round_.id


def test_a_round_without_a_name_is_not_created(led: Led) -> None:
    page = button(drawn("rounds", round="new"), "Create the round").click().run()
    assert not page.exception
    assert "Name the opening." in words(page)
    assert led.store.rounds.all(led.lead.id) == ()


def test_a_round_with_a_name_is_created_with_the_usual_interviews(led: Led) -> None:
    page = drawn("rounds", round="new")
    page.text_input[0].set_value("Spring")
    button(page, "Create the round").click().run()
    (created,) = led.store.rounds.all(led.lead.id)
    assert created.name == "Spring"
    assert created.slots


def test_settings_saved_without_a_change_leave_the_round_as_it_is(led: Led) -> None:
    round_id = a_round(led)
    before = led.store.rounds.all(led.lead.id)
    page = button(drawn("rounds", round=round_id), "Save settings").click().run()
    assert not page.exception
    assert not page.error
    assert led.store.rounds.all(led.lead.id) == before


def test_a_closed_round_offers_no_settings_to_save(led: Led) -> None:
    round_id = a_round(led)
    led.store.rounds.close(led.lead.id, round_id)
    page = drawn("rounds", round=round_id)
    assert "The round is closed. Open it again to change its settings." in words(page)
    assert "Save settings" not in [one.label for one in page.button]


def expanded(page: AppTest, label: str) -> bool:
    """Whether the box of this label is open."""
    (box,) = (one for one in page.expander if one.label == label)
    return box.proto.expanded


def test_a_legal_hold_that_was_just_set_is_in_sight_with_its_reason(led: Led) -> None:
    page = drawn("rounds", round=a_round(led))
    assert not expanded(page, HOLD)
    page.text_input(key="hold-reason").set_value("A claim is pending.")
    button(page, "Set a legal hold").click().run()
    assert expanded(page, HOLD)
    assert "On hold: A claim is pending." in words(page)


def test_lifting_a_legal_hold_says_that_it_is_lifted(led: Led) -> None:
    round_id = a_round(led)
    led.store.privacy.hold(led.lead.id, round_id, "A claim is pending.")
    page = button(drawn("rounds", round=round_id), "Lift the hold").click().run()
    button(page, "Yes, lift the hold").click().run()
    assert [one.value for one in page.toast] == ["The legal hold is lifted."]
    assert not expanded(page, HOLD)


class Handed(NamedTuple):
    """An assignment that was made on another machine, and for whom."""

    interviewer: Person
    data: bytes


@pytest.fixture
def handed(tmp_path: Path) -> Handed:
    server = Store(open_database(str(tmp_path / "server.db")))
    lead, ada = (server.people.add(name) for name in ("Cleo", "Ada Away"))
    round_ = new_round(new_id(), "Winter", lead.id, BANK, "generalist", ["founder-screen"], [ada.id])
    server.rounds.create(lead.id, round_, ["Cara Candidate"])
    return Handed(ada, server.offline.assign(lead.id, round_.id, ada.id))


def imported(handed: Handed) -> AppTest:
    page = drawn("rounds")
    page.file_uploader[0].set_value([("assignment.json", handed.data, "application/json")]).run()
    return button(page, "Import").click().run()


def test_another_persons_assignment_is_taken_in_and_says_whose_it_is(led: Led, handed: Handed) -> None:
    page = imported(handed)
    assert not page.exception
    assert "This assignment is for **Ada Away**." in words(page)
    assert "Cara" not in words(page)
    assert [one.name for one in led.store.rounds.all(handed.interviewer.id)] == ["Winter"]
    assert led.store.rounds.all(led.lead.id) == ()


def test_ones_own_assignment_opens_its_round(
    led: Led, handed: Handed, monkeypatch: pytest.MonkeyPatch
) -> None:
    led.store.offline.take(handed.data)
    looked_at_by(monkeypatch, handed.interviewer, led.store, BANK)
    page = imported(handed)
    assert not page.exception
    assert "This assignment is for" not in words(page)
    assert "Cara Candidate" in words(page)
