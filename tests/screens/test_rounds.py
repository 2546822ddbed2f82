"""The Rounds page without a browser: a new round, its settings, and a closed one."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from question_bank import load_bank
from scorecards.record.model import Person
from scorecards.record.setup import new_round
from scorecards.store import Store, new_id, open_database
from tests.screens.pages import button, drawn, looked_at_by, words

BANK = load_bank()


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
