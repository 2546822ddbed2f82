"""Every call of the store, as every role and as a stranger, in every mode of blindness.

Each tries a call on a round of its own, in which Ada has submitted, Dee owes, and the one who asks stands as
their role says. A call ends in 'yes', in 'no' (refused with reasons) or in 'not there' (as if there were nothing).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest

from scorecards.store import OPERATOR, NotAllowedError, NotFoundError, Store, open_database

from ..small_round import record, submit
from .calls import CALLS, OF_NOBODY, decide
from .roles import INSIDE, MODES, ROLES, Case, named


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    database = open_database(str(tmp_path_factory.mktemp("roles") / "kit.db"))
    store = Store(database)
    store.imports.add(named(record(id="first", candidates=())))
    store.office.set_admin(OPERATOR, "adm", True)
    yield store
    database.close()


_numbers = count(1)


def outcome(act: Callable[[], Any]) -> str:
    try:
        act()
    except NotAllowedError:
        return "no"
    except NotFoundError:
        return "not there"
    return "yes"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", CALLS)
def test_a_call_is_for_those_who_may(shared, subtests, name, mode) -> None:
    call = CALLS[name]
    for role, (viewer, own) in ROLES.items():
        case = Case(shared, next(_numbers), viewer, own, mode)
        wanted = "not there" if role in call.not_there else "yes" if role in call.may(mode) else "no"
        with subtests.test(role):
            assert outcome(lambda case=case: call.act(case)) == wanted


@pytest.mark.parametrize("role", ROLES)
def test_a_person_lists_only_the_rounds_in_which_they_have_business(shared, role) -> None:
    viewer, own = ROLES[role]
    case = Case(shared, next(_numbers), viewer, own, "own")
    assert (case.round in {one.id for one in shared.rounds.all(viewer)}) is (role in INSIDE)


def test_every_call_of_the_store_is_tried() -> None:
    desks = [Store, *(type(desk) for desk in vars(Store(None)).values())]  # type: ignore[arg-type]
    calls = {
        f"{desk.__name__}.{name}"
        for desk in desks
        for name, _ in inspect.getmembers(desk, inspect.isfunction)
        if not name.startswith("_")
    }
    tried = {name.split(" ")[0] for name in CALLS}
    assert calls - tried == OF_NOBODY.keys()
    assert tried <= calls


@pytest.mark.parametrize("mode", MODES)
def test_an_observer_reads_and_compares_once_all_are_in(shared, mode) -> None:
    case = Case(shared, next(_numbers), "obs", None, mode)
    submit(shared, "dee", f"{case.candidate}-first-dee")
    shared.interviews.dismiss("lea", f"{case.candidate}-empty", "Not needed.")
    assert {one.interviewer_id for one in shared.rounds.record("obs", case.round).cards} == {"ada", "dee"}
    assert shared.rounds.comparison("obs", case.round).cards


def test_an_observer_neither_votes_nor_decides_when_all_are_in(shared) -> None:
    case = Case(shared, next(_numbers), "obs", None, "own")
    submit(shared, "dee", f"{case.candidate}-first-dee")
    shared.interviews.dismiss("lea", f"{case.candidate}-empty", "Not needed.")
    for act in (CALLS["DebriefDesk.vote"].act, decide, CALLS["DebriefDesk.still_out"].act):
        assert outcome(lambda act=act: act(case)) == "no"


def test_a_lead_who_read_early_is_shown_and_the_others_stay_blind(shared) -> None:
    case = Case(shared, next(_numbers), "lea", None, "all")
    shared.candidates.read_early("lea", case.candidate, "Dee is on leave.")
    assert case.adas in {one.id for one in shared.rounds.record("lea", case.round).cards}
    assert outcome(lambda: shared.cards.get("cy", case.adas)) == "no"
    (event,) = shared.rounds.get("cy", case.round).events
    assert (event.what, event.person_id, event.candidate_id) == ("read_early", "lea", case.candidate)


def test_a_lead_who_read_early_and_is_assigned_then_is_blind_again(shared) -> None:
    case = Case(shared, next(_numbers), "cy", None, "all")
    shared.office.hand_over("lea", case.round, "cy", "On leave.")
    shared.candidates.read_early("cy", case.candidate, "Dee is on leave.")
    shared.interviews.assign("cy", f"{case.candidate}-empty", ["eve", "cy"])
    assert outcome(lambda: shared.cards.get("cy", case.adas)) == "no"
