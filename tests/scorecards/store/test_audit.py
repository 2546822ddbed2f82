"""The log of who did what: complete, chained, and read by administrators only."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from scorecards.interviewing.message import Happened, Told
from scorecards.record.model import DecisionDraft, DecisionReason
from scorecards.store import OPERATOR, NotAllowedError, Store
from scorecards.store import tables as t
from scorecards.store.audit import ACTIONS

from ..small_round import card, draft, keep, rating, submit

SENIOR = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}


def done(store: Store) -> list[tuple[str, str, str | None]]:
    """Actor, action and subject of every row but the import that the test began with, oldest first."""
    found = store.audit.entries(OPERATOR, limit=1000)
    return [(one.actor, one.action, one.subject) for one in reversed(found)][1:]


def decide(store: Store) -> None:
    reason = DecisionReason(competency="drift", words="Went back a version.")
    told = DecisionDraft(outcome="offer", decided_by="Lea", reasons=(reason,), departure_reason="Known.")
    store.debriefs.decide("lea", "zed", told)


# What is done in a round in which Ada has submitted and Bo owes, and the rows that tell it.
DEEDS: dict[str, tuple[Callable[[Store], Any], list[tuple[str, str, str | None]]]] = {
    "close": (lambda s: s.rounds.close("lea", "r1"), [("lea", "round_closed", None)]),
    "change": (
        lambda s: s.rounds.change("lea", s.rounds.get("lea", "r1").model_copy(update={"name": "Other"})),
        [("lea", "round_changed", None)],
    ),
    "evidence only": (
        lambda s: s.rounds.show_evidence_only("lea", "r1", True, "Counsel."),
        [("lea", "evidence_only", None)],
    ),
    "add candidates": (lambda s: s.candidates.add("lea", "r1", ["Yan"]), [("lea", "candidates_added", None)]),
    "assign": (
        lambda s: s.interviews.assign("lea", "zed-first", ["ada", "bo", "cy"]),
        [("lea", "assigned", "zed-first")],
    ),
    "submit": (lambda s: submit(s, "bo", "zed-first-bo"), [("bo", "submitted", "zed-first-bo")]),
    "amend": (
        lambda s: s.cards.amend("ada", "zed-first-ada", [rating("DRF-01", 4)], None, "Misheard."),
        [("ada", "amended", "zed-first-ada")],
    ),
    "withdraw": (
        lambda s: s.cards.withdraw("lea", "zed-first-ada", "Knew the candidate."),
        [("lea", "withdrawn", "zed-first-ada")],
    ),
    "begin": (
        lambda s: s.live.tell(
            "bo", "zed-first-bo", Told(tab="w", moments=(Happened(id="w-1", ago=0, kind="begun"),))
        ),
        [("bo", "begun", "zed-first-bo")],
    ),
    "open and close the window": (
        lambda s: (s.live.open_window("bo", "zed-first-bo"), s.live.close_windows("bo", "zed-first-bo")),
        [("bo", "window_opened", "zed-first"), ("bo", "windows_closed", "zed-first")],
    ),
    "read another's scorecard": (
        lambda s: s.cards.get("lea", "zed-first-ada"),
        [("lea", "seen", None)],
    ),
    "read the round": (lambda s: s.rounds.record("lea", "r1"), [("lea", "seen", None)]),
    "read one's own": (lambda s: s.cards.get("ada", "zed-first-ada"), []),
    "vote and open": (
        lambda s: (
            s.debriefs.vote("ada", "zed", 1, "yes", ""),
            s.debriefs.open_votes("lea", "zed", 1, "Bo is away."),
        ),
        [("ada", "voted", "zed"), ("lea", "votes_opened", "zed")],
    ),
    "decide": (decide, [("lea", "decided", "zed")]),
    "export": (lambda s: s.audit.exported("lea", "r1", "csv"), [("lea", "exported", None)]),
    "hand over": (
        lambda s: s.office.hand_over("lea", "r1", "cy", "On leave."),
        [("lea", "handed_over", "cy")],
    ),
    "delete": (lambda s: s.rounds.delete("lea", "r1"), [("lea", "round_deleted", None)]),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_the_log_tells_who_did_what(store, deed) -> None:
    act, told = DEEDS[deed]
    keep(store, card("ada", SENIOR), draft("bo"))
    act(store)
    assert done(store) == told


def test_reading_the_same_again_is_one_reading(store) -> None:
    keep(store, card("ada", SENIOR), draft("bo"))
    for _ in range(3):
        store.rounds.record("lea", "r1")
    assert done(store) == [("lea", "seen", None)]


def test_a_refused_act_leaves_no_row(store) -> None:
    keep(store, card("ada", SENIOR), draft("bo"))
    with pytest.raises(NotAllowedError):
        store.cards.withdraw("ada", "zed-first-ada", "I changed my mind.")
    assert done(store) == []


def test_the_log_holds_no_name_and_no_word(store) -> None:
    keep(store, card("ada", SENIOR), draft("bo"))
    store.cards.withdraw("lea", "zed-first-ada", "Ocelot")
    store.candidates.add("lea", "r1", ["Ocelot"])
    assert "ocelot" not in repr(store.audit.entries(OPERATOR)).lower()


@pytest.mark.parametrize("person", ["lea", "ada", "max"])
def test_only_an_administrator_reads_the_log(store, person) -> None:
    keep(store, card("ada", SENIOR))
    store.people.add("Max")
    with pytest.raises(NotAllowedError):
        store.audit.entries(person)
    with pytest.raises(NotAllowedError):
        store.audit.verify(person)


def test_an_administrator_reads_the_log(store) -> None:
    keep(store, card("ada", SENIOR))
    store.office.set_admin(OPERATOR, "cy", True)
    assert [one.action for one in store.audit.entries("cy")] == ["admin_made", "round_imported"]
    assert store.audit.verify("cy").faults == ()


def test_entries_are_found_by_round_actor_and_action(store) -> None:
    keep(store, card("ada", SENIOR), draft("bo"))
    store.rounds.close("lea", "r1")
    store.rounds.open("lea", "r1")
    (found,) = store.audit.entries(OPERATOR, round_id="r1", actor="lea", action="round_closed")
    assert found.number == 2
    assert [one.number for one in store.audit.entries(OPERATOR, before=3, limit=1)] == [2]


# The chain


@pytest.fixture
def chained(store, database) -> Any:
    keep(store, card("ada", SENIOR), draft("bo"))
    for _ in range(3):
        store.rounds.close("lea", "r1")
        store.rounds.open("lea", "r1")
    return database


def test_a_log_that_nobody_touched_has_no_fault(store, chained) -> None:
    verdict = store.audit.verify(OPERATOR)
    assert (verdict.rows, verdict.faults) == (7, ())


@pytest.mark.parametrize("column", ["at", "actor", "action", "round_id", "subject", "detail"])
def test_an_altered_row_is_found(store, chained, column) -> None:
    with chained.writing() as connection:
        connection.execute(update(t.audit).where(t.audit.c.number == 4).values({column: "x"}))
    assert "Row 4 was altered" in " ".join(store.audit.verify(OPERATOR).faults)


@pytest.mark.parametrize("number", [1, 4])
def test_a_removed_row_is_found(store, chained, number) -> None:
    with chained.writing() as connection:
        connection.execute(delete(t.audit).where(t.audit.c.number == number))
    assert f"Rows {number} to {number} are missing." in store.audit.verify(OPERATOR).faults


def test_a_missing_end_is_found(store, chained) -> None:
    with chained.writing() as connection:
        connection.execute(delete(t.audit).where(t.audit.c.number >= 6))
    assert "The log ends at row 5; the last written was 7." in store.audit.verify(OPERATOR).faults


def test_an_emptied_log_is_found(store, chained) -> None:
    with chained.writing() as connection:
        connection.execute(delete(t.audit))
    assert store.audit.verify(OPERATOR).faults


def test_a_log_that_was_chained_anew_is_found_by_the_head_noted_elsewhere(store, chained) -> None:
    """A person who writes to the database can chain it anew: then only a head kept elsewhere tells."""
    head = store.audit.verify(OPERATOR).head
    with chained.writing() as connection:
        connection.execute(delete(t.audit))
        connection.execute(delete(t.keys).where(t.keys.c.name == "audit_head"))
    store.rounds.close("lea", "r1")
    assert store.audit.verify(OPERATOR).faults == ()
    assert store.audit.verify(OPERATOR, head).faults == (
        "The row 7 that was given to compare with is not in the log as it was.",
    )


@pytest.mark.parametrize("head", ["", "7", "x:y", "-1:abc"])
def test_a_head_that_is_none_is_a_fault_and_no_crash(store, chained, head) -> None:
    assert store.audit.verify(OPERATOR, head).faults


def test_a_row_put_in_is_found(store, chained) -> None:
    with chained.writing() as connection:
        row = dict(connection.execute(t.audit.select().where(t.audit.c.number == 7)).one()._mapping)
        connection.execute(insert(t.audit).values(row | {"number": 8}))
    assert "Row 8 was altered, or a row before it was removed." in store.audit.verify(OPERATOR).faults


def test_writers_at_once_make_one_chain(store) -> None:
    keep(store, card("ada", SENIOR), draft("bo"))
    people = [store.people.add(f"P{n}").id for n in range(8)]
    threads = [
        threading.Thread(target=lambda who=who: [store.audit.exported(who, "r1", "csv") for _ in range(5)])
        for who in people
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    verdict = store.audit.verify(OPERATOR)
    assert (verdict.rows, verdict.faults) == (41, ())


def test_every_action_has_a_name_that_fits_its_column() -> None:
    assert max(map(len, ACTIONS)) <= t.audit.c.action.type.length


def test_details_are_json(store, chained) -> None:
    with chained.reading() as connection:
        for row in connection.execute(t.audit.select()):
            assert isinstance(json.loads(row.detail), dict)
