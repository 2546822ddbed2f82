"""Legal holds and end dates: what is purged, what is held, and a clock that jumped."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from scorecards.documents import round_bundle
from scorecards.record.model import now
from scorecards.store import OPERATOR, NotAllowedError, Store, rows
from scorecards.store import tables as t

from ..small_round import card, draft, keep
from .telling_names import SENIOR


@pytest.mark.parametrize(
    "act",
    [
        lambda s: s.privacy.erase("lea", "zed"),
        lambda s: s.rounds.delete("lea", "r1"),
    ],
    ids=["erase", "delete"],
)
def test_a_legal_hold_keeps_everything_and_says_why(store, two_candidates, act) -> None:
    store.privacy.hold("lea", "r1", "A claim is pending.")
    with pytest.raises(NotAllowedError, match=r"A claim is pending\."):
        act(store)
    assert len(store.rounds.record(OPERATOR, "r1").candidates) == 2


def test_a_lifted_hold_holds_no_more(store, two_candidates) -> None:
    store.privacy.hold("lea", "r1", "A claim is pending.")
    store.privacy.hold("lea", "r1", " ")
    store.rounds.delete("lea", "r1")


def rounds_that_end(store: Store) -> None:
    for name, day in (("past", date(2026, 1, 1)), ("held", date(2026, 1, 1)), ("later", date(2027, 1, 1))):
        keep(store, card("ada", SENIOR, candidate=name, round_id=name), candidates=(name,), id=name)
        store.privacy.set_purge("lea", name, day)
    keep(store, card("ada", SENIOR))
    store.privacy.hold("lea", "held", "A claim is pending.")


def test_a_dry_run_tells_what_is_due_and_deletes_nothing(store) -> None:
    rounds_that_end(store)
    due = store.privacy.due(OPERATOR, date(2026, 6, 1))
    assert {(one.id, one.legal_hold) for one in due} == {("past", ""), ("held", "A claim is pending.")}
    assert len(store.rounds.all(OPERATOR)) == 4


def test_purging_deletes_what_is_past_its_day_and_not_held(store) -> None:
    rounds_that_end(store)
    assert [one.id for one in store.privacy.purge(OPERATOR, date(2026, 6, 1))] == ["past"]
    assert {one.id for one in store.rounds.all(OPERATOR)} == {"held", "later", "r1"}
    assert store.audit.entries(OPERATOR)[0].action == "round_purged"


def test_a_round_is_purged_on_its_day(store) -> None:
    rounds_that_end(store)
    assert store.privacy.due(OPERATOR, date(2025, 12, 31)) == ()
    assert len(store.privacy.due(OPERATOR, date(2026, 1, 1))) == 2


def test_settings_neither_set_an_end_date_nor_lift_a_hold(store, two_candidates) -> None:
    store.privacy.hold("lea", "r1", "A claim is pending.")
    stored = store.rounds.get("lea", "r1")
    store.rounds.change("lea", stored.model_copy(update={"legal_hold": "", "purge_on": date(2020, 1, 1)}))
    assert (store.rounds.get("lea", "r1").legal_hold, store.rounds.get("lea", "r1").purge_on) == (
        "A claim is pending.",
        None,
    )


def test_a_bundle_keeps_end_date_hold_and_counts(store, two_candidates) -> None:
    store.privacy.set_purge("lea", "r1", date(2027, 1, 1))
    told = json.loads(round_bundle(store.rounds.record(OPERATOR, "r1")))["content"]["round"]
    assert told["purge_on"] == "2027-01-01"


# A clock that jumped


@pytest.fixture
def ended(store: Store) -> Store:
    """A round of January 2026 that may be purged from March on."""
    keep(store, draft("ada"))
    store.privacy.set_purge("lea", "r1", date(2026, 3, 1))
    return store


def test_a_purge_by_a_clock_that_jumped_ten_years_deletes_nothing_and_says_why(ended) -> None:
    later = now().date() + timedelta(days=3653)
    with pytest.raises(NotAllowedError, match=r"nothing was recorded since .* --clock-is-right"):
        ended.privacy.purge(OPERATOR, later)
    assert [one.id for one in ended.rounds.all(OPERATOR)] == ["r1"]
    assert [one.id for one in ended.privacy.purge(OPERATOR, later, sure=True)] == ["r1"]


def test_what_is_recorded_under_the_wrong_clock_does_not_make_it_right(ended, database) -> None:
    """Someone opened a page before the purge ran."""
    later = now() + timedelta(days=3653)
    with database.writing() as connection:
        connection.execute(update(t.audit).where(t.audit.c.number == 1).values(at=rows.time_text(later)))
    with pytest.raises(NotAllowedError, match="clock"):
        ended.privacy.purge(OPERATOR, later.date())


def test_a_purge_within_a_year_of_the_last_record_goes_on(ended) -> None:
    later = now().date() + timedelta(days=300)
    assert [one.id for one in ended.privacy.purge(OPERATOR, later)] == ["r1"]
