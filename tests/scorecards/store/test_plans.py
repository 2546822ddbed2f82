"""Plans by digest: stored once, named by rounds and interviews, and gone with the last of them."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import event, select

from scorecards.record.model import RoundSlot
from scorecards.store import OPERATOR, Database, NotAllowedError, Store
from scorecards.store import tables as t

from ..small_bank import plan_of
from ..small_round import BEGAN, PLAN, draft, keep, record

OTHER = plan_of("DRF-01", name="Another interview")


def names_of(database: Database) -> list[str]:
    """What the stored plans are called."""
    with database.reading() as connection:
        return sorted(
            json.loads(body)["name"] for body in connection.execute(select(t.plans.c.body)).scalars()
        )


def change(database: Database, statement: str) -> None:
    """Behind the kit's back."""
    with database.writing() as connection:
        connection.exec_driver_sql(statement)


def test_rounds_and_interviews_with_one_plan_store_it_once(store, database) -> None:
    keep(store, draft("ada"), draft("ada", slot="second"))
    keep(store, draft("ada", candidate="yan", round_id="r2"), candidates=("yan",), id="r2")
    assert names_of(database) == [PLAN.name]


def test_a_stored_round_is_small(store, database) -> None:
    kept = keep(store, draft("ada"), draft("ada", slot="second"))
    with database.reading() as connection:
        body = connection.execute(select(t.rounds.c.body)).scalar_one()
    assert len(body) < 2_000 < len(kept.round.model_dump_json())


def test_what_is_read_has_its_plans_as_they_were(store) -> None:
    kept = keep(store, draft("ada"), draft("ada", slot="second"))
    assert store.rounds.get("lea", "r1") == kept.round
    assert store.rounds.record("lea", "r1").interviews == kept.interviews
    assert store.interviews.get("ada", "zed-first") == kept.interview["zed-first"]


# Lists


def lists(store: Store) -> None:
    for viewer in ("lea", OPERATOR):
        assert store.rounds.all(viewer)
        assert store.lists.rounds(viewer)
        assert store.lists.unreadable(viewer) == ()
    assert store.office.rounds(OPERATOR)
    assert store.privacy.due(OPERATOR, BEGAN.date()) == ()
    assert store.rounds.statuses("lea", "r1")
    assert store.cards.own("ada")


def test_no_list_reads_a_plan(store, database) -> None:
    keep(store, draft("ada"))
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    lists(store)
    assert asked
    assert [statement for statement in asked if "plans" in statement] == []


def test_a_record_reads_the_plans_of_its_interviews_at_once(store, database) -> None:
    keep(store, *(draft("ada", slot=f"slot{n}") for n in range(6)))
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    assert len(store.rounds.record("lea", "r1").interviews) == 6
    # Once for the interviews, once for the round's own slots.
    assert sum("FROM plans" in statement for statement in asked) == 2


# A plan goes with the last that names it


def test_a_plan_stays_until_the_last_round_that_names_it_is_deleted(store, database) -> None:
    keep(store, draft("ada"))
    keep(store, draft("ada", candidate="yan", round_id="r2"), candidates=("yan",), id="r2")
    store.rounds.delete("lea", "r1")
    assert names_of(database) == [PLAN.name]
    store.rounds.delete("lea", "r2")
    assert names_of(database) == []


def test_a_purge_takes_the_plans_along(store, database) -> None:
    keep(store, draft("ada"))
    store.privacy.set_purge("lea", "r1", BEGAN.date())
    store.privacy.purge(OPERATOR, BEGAN.date(), sure=True)
    assert names_of(database) == []


def test_an_erased_candidate_takes_along_the_plan_of_their_own_interview(store, database) -> None:
    keep(store, draft("ada"), candidates=("zed", "yan"))
    store.interviews.schedule("lea", "zed", "extra", OTHER, ["ada"])
    assert names_of(database) == [OTHER.name, PLAN.name]
    store.privacy.erase("lea", "zed")
    assert names_of(database) == [PLAN.name]


def test_a_changed_plan_takes_the_place_of_one_that_nothing_else_names(store, database) -> None:
    keep(store, draft("ada"))
    store.interviews.schedule("lea", "zed", "extra", OTHER, ["ada"])
    extra = next(one for one in store.rounds.record("lea", "r1").interviews if one.slot_id == "extra")
    store.interviews.change_plan("ada", extra.id, plan_of("SEC-01", name="The third"))
    assert names_of(database) == [PLAN.name, "The third"]
    assert store.interviews.get("ada", extra.id).plan.name == "The third"


def test_a_slot_with_another_plan_lets_go_of_the_first(store, database) -> None:
    kept = keep(store, candidates=())
    slot = RoundSlot(id="first", plan=OTHER)
    store.rounds.change("lea", kept.round.model_copy(update={"slots": (slot,)}))
    assert names_of(database) == [OTHER.name]
    assert store.rounds.get("lea", "r1").slots == (slot,)


def test_deleting_an_unreadable_round_takes_its_plans_along(store, database) -> None:
    keep(store, draft("ada"))
    change(database, "UPDATE rounds SET body = 'x'")
    told = json.loads(store.lists.salvage("lea", "r1"))
    assert [json.loads(one["body"])["name"] for one in told["plans"]] == [PLAN.name]
    store.lists.delete("lea", "r1")
    assert names_of(database) == []


# A damaged plan


@pytest.fixture
def damaged(store: Store, database: Database) -> Store:
    """A round whose plan is damaged, with one interview of another plan, and another round."""
    keep(store, draft("ada"), draft("bo"))
    store.interviews.schedule("lea", "zed", "extra", OTHER, ["ada"])
    keep(store, draft("ada", candidate="yan", round_id="r2"), candidates=("yan",), id="r2", plan=OTHER)
    change(
        database,
        "UPDATE plans SET body = replace(body, 'The first', 'A first') WHERE body LIKE '%The first%'",
    )
    return store


def test_a_damaged_plan_is_one_line_and_damages_only_what_names_it(damaged) -> None:
    told = damaged.rounds.record("lea", "r1")
    assert len(told.damaged) == 1
    assert told.damaged[0].startswith("Plan ")
    assert sorted(one.plan.name for one in told.interviews) == [OTHER.name, "This interview cannot be read"]
    assert damaged.rounds.record("lea", "r2").damaged == ()
    lists(damaged)


def test_settings_are_changed_over_a_damaged_plan_and_it_stays_named(damaged, database) -> None:
    before = names_of(database)
    damaged.rounds.change("lea", damaged.rounds.get("lea", "r1").model_copy(update={"name": "Renamed"}))
    assert damaged.rounds.get("lea", "r1").name == "Renamed"
    assert names_of(database) == before


def test_nobody_is_added_to_an_interview_that_cannot_be_read(damaged) -> None:
    with pytest.raises(NotAllowedError, match="cannot be read"):
        damaged.candidates.add("lea", "r1", ["Somebody New"])
    assert [one.code for one in damaged.rounds.record("lea", "r1").candidates] == ["C-01"]


def test_a_round_with_a_damaged_plan_is_deleted_with_it(damaged, database) -> None:
    damaged.rounds.delete("lea", "r1")
    assert names_of(database) == [OTHER.name]


def test_a_round_comes_back_in_over_a_plan_that_is_here(store) -> None:
    whole = record(draft("ada"))
    keep(store, draft("ada", candidate="yan", round_id="r2"), candidates=("yan",), id="r2")
    store.imports.take(OPERATOR, whole, {"lea": "lea", "ada": "ada", "bo": "bo", "cy": "cy"})
    assert store.rounds.get("lea", "r1").slots == whole.round.slots
