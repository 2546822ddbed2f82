"""Rounds in the store: people, candidates, plans, and what can no longer be changed."""

from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from question_bank import Bank, Target
from scorecards.interviewing.message import Happened, Told
from scorecards.record.model import DecisionDraft, DecisionReason, Round
from scorecards.record.names import clean_name
from scorecards.record.setup import new_round
from scorecards.store import OPERATOR, Database, NotAllowedError, NotFoundError, Store
from scorecards.store.tables import metadata

from ..awkward import AWKWARD
from ..small_bank import BANK, plan_of
from ..small_round import PLAN, card, draft, keep, rate, rating, save_all, submit

CARD = "zed-first-ada"
SENIOR = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}
OTHER = (Target(competency="drift", weight=2, must_have=True), Target(competency="security", weight=2))


def created(store: Store, **changes: Any) -> Round:
    """A round led by Lea with Ada and Bo on its panel, made as the screens make it."""
    lea, ada, bo = (store.people.add(name) for name in ("Lea", "Ada", "Bo"))
    round_ = new_round("r1", "Senior engineer", lea.id, BANK, "small", ["small-loop"], [ada.id, bo.id])
    return store.rounds.create(lea.id, round_.model_copy(update=changes))


def change(store: Store, viewer: str = "lea", **values: Any) -> Round:
    return store.rounds.change(viewer, store.rounds.get(OPERATOR, "r1").model_copy(update=values))


def every_row(database: Database) -> dict[str, set]:
    """All that is stored, by table."""
    with database.reading() as connection:
        return {
            table.name: set(map(tuple, connection.execute(select(table)).all()))
            for table in metadata.sorted_tables
        }


# People and names


def test_a_person_of_the_same_name_is_the_same_person(store) -> None:
    assert store.people.add("Ada") == store.people.add(" Ada ")
    assert [person.name for person in store.people.all()] == ["Ada"]


def test_names_come_back_character_by_character(store) -> None:
    lead = created(store).lead_id
    for name in AWKWARD.values():
        assert store.people.add(name) in store.people.all()
        change(store, lead, name=name)
        assert store.rounds.get(lead, "r1").name == name
    store.candidates.add(lead, "r1", list(AWKWARD.values()))
    kept = [clean_name(name) for name in AWKWARD.values()]
    assert [one.name for one in store.rounds.record(lead, "r1").by_code] == kept


@pytest.mark.parametrize("name", ["", "   ", "a\x00b", "x" * 10_001])
def test_a_name_is_neither_empty_nor_endless_and_holds_no_nul(store, name) -> None:
    with pytest.raises((ValidationError, NotAllowedError)):
        store.people.add(name)


# Setting up


def test_each_candidate_gets_every_interview_with_its_scorecards(store) -> None:
    round_ = created(store)
    added = store.candidates.add(round_.lead_id, "r1", ["Zed", "Yan"])
    whole = store.rounds.record(round_.lead_id, "r1")
    # 2 candidates · 2 interviews · 1 interviewer
    assert len(whole.interviews) == len(whole.statuses) == 4
    assert [candidate.code for candidate in added] == ["C-01", "C-02"]
    assert {interview.plan for interview in whole.interviews} == {slot.plan for slot in round_.slots}


def test_candidates_added_later_get_the_next_codes(store) -> None:
    round_ = created(store)
    store.candidates.add(round_.lead_id, "r1", ["Zed"])
    assert store.candidates.add(round_.lead_id, "r1", ["Yan"])[0].code == "C-02"


@pytest.mark.parametrize("names", [["zed "], ["Yan", "ZED"], ["Yan", "yan"]])
def test_a_name_that_is_here_or_twice_in_the_list_adds_nobody(store, names) -> None:
    lead = created(store).lead_id
    store.candidates.add(lead, "r1", ["Zed"])
    with pytest.raises(NotAllowedError, match="Tell the two apart"):
        store.candidates.add(lead, "r1", names)
    assert [one.name for one in store.rounds.record(lead, "r1").candidates] == ["Zed"]


def test_a_round_is_not_created_with_two_candidates_of_one_name(store) -> None:
    lea = store.people.add("Lea")
    round_ = new_round("r1", "Senior engineer", lea.id, BANK, "small", ["small-loop"], [lea.id])
    with pytest.raises(NotAllowedError, match="in the list twice"):
        store.rounds.create(lea.id, round_, ["Zed", "Zed"])
    assert store.rounds.all(lea.id) == ()


def test_a_round_is_created_only_by_its_lead(store) -> None:
    lea, ada = store.people.add("Lea"), store.people.add("Ada")
    round_ = new_round("r1", "Senior engineer", lea.id, BANK, "small", ["small-loop"], [ada.id])
    with pytest.raises(NotAllowedError):
        store.rounds.create(ada.id, round_)
    assert store.rounds.all(OPERATOR) == ()


def test_only_the_lead_adds_candidates(store) -> None:
    keep(store, draft("ada"))
    for viewer, error in (("ada", NotAllowedError), ("max", NotFoundError)):
        with pytest.raises(error):
            store.candidates.add(viewer, "r1", ["Yan"])
    assert len(store.rounds.record("lea", "r1").candidates) == 1


def test_an_interviewer_from_outside_the_panel_is_not_scheduled(store) -> None:
    keep(store, draft("ada"))
    store.people.add("Max")
    with pytest.raises(NotAllowedError, match="panel"):
        store.interviews.schedule("lea", "zed", "extra", PLAN, ["max"])
    assert len(store.rounds.record("lea", "r1").interviews) == 1


# Plans


def test_a_changed_bank_does_not_change_a_stored_interview(store) -> None:
    keep(store, draft("ada"))
    told = BANK.model_dump()
    for one in told["questions"]:
        one["title"] = "Told anew"
    bank = Bank.model_validate(told)
    assert plan_of(bank=bank).items[0].digest != PLAN.items[0].digest
    assert store.interviews.get("ada", "zed-first").plan == PLAN
    assert store.interviews.get("ada", "zed-first").plan.bank_digest == BANK.digest


@pytest.mark.parametrize("viewer", ["ada", "lea"])
def test_interviewer_and_lead_change_a_plan_before_the_interview(store, viewer) -> None:
    keep(store, draft("ada"))
    store.interviews.change_plan(viewer, "zed-first", plan_of("SEC-01"))
    assert store.interviews.get("lea", "zed-first").plan == plan_of("SEC-01")


def test_a_plan_stays_once_anything_was_recorded(store) -> None:
    keep(store, draft("ada"), draft("bo"))
    rate(store, "bo", "zed-first-bo", rating("DRF-01", None, evidence="W"))
    for viewer in ("ada", "lea"):
        with pytest.raises(NotAllowedError, match="begun"):
            store.interviews.change_plan(viewer, "zed-first", plan_of("SEC-01"))
    assert store.interviews.get("lea", "zed-first").plan == PLAN


@pytest.mark.parametrize(("viewer", "error"), [("cy", NotAllowedError), ("max", NotFoundError)])
def test_nobody_else_changes_a_plan(store, viewer, error) -> None:
    keep(store, draft("ada"))
    with pytest.raises(error):
        store.interviews.change_plan(viewer, "zed-first", plan_of("SEC-01"))
    assert store.interviews.get("lea", "zed-first").plan == PLAN


# Settings of a round


def test_the_lead_changes_name_weights_and_blindness_before_the_first_submit(store) -> None:
    keep(store, draft("ada", SENIOR))
    changed = change(store, name="Staff engineer", targets=OTHER, blindness="all")
    assert store.rounds.get("ada", "r1") == changed
    assert (changed.name, changed.targets, changed.blindness) == ("Staff engineer", OTHER, "all")


@pytest.mark.parametrize("values", [{"targets": OTHER}, {"blindness": "open"}], ids=["weights", "blindness"])
@pytest.mark.parametrize("state", ["submitted", "withdrawn"])
def test_weights_and_blindness_stay_after_the_first_submit(store, values, state) -> None:
    kept = keep(store, card("ada", SENIOR, state=state), draft("bo"))
    with pytest.raises(NotAllowedError, match="before the first scorecard is submitted"):
        change(store, **values)
    assert store.rounds.get("lea", "r1") == kept.round


def test_a_round_keeps_its_name_changeable_after_the_first_submit(store) -> None:
    keep(store, card("ada", SENIOR))
    assert change(store, name="Staff engineer").name == store.rounds.get("lea", "r1").name


@pytest.mark.parametrize(
    "author", [draft("ada"), card("ada", SENIOR), card("ada", SENIOR, state="withdrawn")]
)
def test_a_person_who_has_a_scorecard_stays_on_the_panel(store, author) -> None:
    kept = keep(store, author)
    with pytest.raises(NotAllowedError, match="stays on its panel"):
        change(store, panel_ids=("bo", "cy"))
    assert store.rounds.get("ada", "r1") == kept.round


def test_a_panel_member_without_a_scorecard_can_leave(store) -> None:
    keep(store, draft("ada"))
    change(store, panel_ids=("ada",))
    with pytest.raises(NotFoundError):
        store.rounds.get("cy", "r1")


@pytest.mark.parametrize(("viewer", "error"), [("ada", NotAllowedError), ("max", NotFoundError)])
def test_only_the_lead_changes_a_round(store, viewer, error) -> None:
    kept = keep(store, draft("ada"))
    with pytest.raises(error):
        change(store, viewer, name="Mine now", lead_id=viewer)
    assert store.rounds.get("lea", "r1") == kept.round


def test_a_round_keeps_its_lead_and_its_date(store) -> None:
    kept = keep(store, draft("ada"))
    changed = change(store, lead_id="ada")
    assert (changed.lead_id, changed.created_at) == ("lea", kept.round.created_at)


# Interviewers


def test_the_lead_exchanges_an_interviewer_who_has_recorded_nothing(store) -> None:
    keep(store, draft("ada"), draft("bo"))
    store.interviews.assign("lea", "zed-first", ["bo", "cy"])
    assert {status.interviewer_id for status in store.rounds.statuses("lea", "r1")} == {"bo", "cy"}


def test_an_interviewer_who_has_recorded_something_stays(store) -> None:
    keep(store, draft("ada"), draft("bo"))
    rate(store, "ada", CARD, rating("DRF-01", None, evidence="W"))
    with pytest.raises(NotAllowedError, match="recorded something"):
        store.interviews.assign("lea", "zed-first", ["cy"])
    assert {status.interviewer_id for status in store.rounds.statuses("lea", "r1")} == {"ada", "bo"}


def test_only_the_panel_is_assigned_and_only_by_the_lead(store) -> None:
    keep(store, draft("ada"))
    for viewer, who in (("lea", "max"), ("ada", "bo")):
        with pytest.raises(NotAllowedError):
            store.interviews.assign(viewer, "zed-first", ["ada", who])
    assert len(store.rounds.statuses("lea", "r1")) == 1


# Dismissing


def test_a_dismissed_interview_owes_nothing_and_tells_why(store) -> None:
    keep(store, draft("ada"))
    store.interviews.dismiss("lea", "zed-first", " Fell ill. ")
    status = store.rounds.statuses("lea", "r1")[0]
    assert (status.due, status.dismissed_reason) == (False, "Fell ill.")
    assert store.cards.own("ada") == (status,)


def test_a_dismissed_interview_takes_no_submit(store) -> None:
    keep(store, draft("ada"))
    store.interviews.dismiss("lea", "zed-first", "Fell ill.")
    save_all(store, "ada", CARD)
    with pytest.raises(NotAllowedError, match="dismissed"):
        store.cards.submit("ada", CARD)


@pytest.mark.parametrize(("viewer", "reason"), [("ada", "Fell ill."), ("lea", ""), ("lea", "  ")])
def test_dismissing_needs_the_lead_and_a_reason(store, viewer, reason) -> None:
    keep(store, draft("ada"))
    with pytest.raises(NotAllowedError):
        store.interviews.dismiss(viewer, "zed-first", reason)
    assert store.rounds.statuses("lea", "r1")[0].due


# Deleting


def full(store: Store, round_id: str, candidate: str) -> None:
    """A round with something in every table."""
    first = f"{candidate}-first"
    values = {"candidate": candidate, "round_id": round_id}
    cards = (draft("ada", **values), draft("bo", **values), draft("bo", slot="second", **values))
    # Each round with a plan of its own.
    plan = plan_of(name=f"The interview of {round_id}")
    keep(store, *cards, candidates=(candidate,), id=round_id, dismissed=[f"{candidate}-second"], plan=plan)
    store.hooks.set("lea", round_id, "https://example.org/hook")
    store.tokens.make("lea", round_id, "Another system")
    submit(store, "ada", f"{first}-ada")
    store.cards.amend("ada", f"{first}-ada", [rating("DRF-01", 4)], None, "Misheard.")
    rate(store, "bo", f"{first}-bo", rating("DRF-01", 2))
    begun = Happened(id="w-1", ago=0, kind="begun")
    store.live.tell("bo", f"{first}-bo", Told(tab="w", moments=(begun,)))
    store.live.open_window("bo", f"{first}-bo")
    store.debriefs.vote("ada", candidate, 1, "yes", "Went back a version.")
    store.debriefs.open_votes("lea", candidate, 1, "Bo is away.")
    reason = DecisionReason(competency="drift", words="Went back a version.")
    drafted = DecisionDraft(
        outcome="offer", decided_by="Lea", reasons=(reason,), departure_reason="Bo is away."
    )
    store.debriefs.decide("lea", candidate, drafted)


# What belongs to no round, or is set up by hand for one.
OF_NO_ROUND = ("people", "keys", "accounts", "sessions")


@pytest.mark.parametrize("viewer", ["lea", OPERATOR])
def test_deleting_removes_every_row_of_the_round_and_none_of_another(database, store, viewer) -> None:
    full(store, "r2", "yan")
    before = every_row(database)
    full(store, "r1", "zed")
    assert all(
        len(rows) > len(before[name]) for name, rows in every_row(database).items() if name not in OF_NO_ROUND
    )
    store.rounds.delete(viewer, "r1")
    after = every_row(database)
    # The log keeps that the round was there and that it was deleted.
    assert {name for name in after if after[name] != before[name]} == {"audit", "keys"}


@pytest.mark.parametrize(("viewer", "error"), [("ada", NotAllowedError), ("max", NotFoundError)])
def test_only_the_lead_deletes_a_round(database, store, viewer, error) -> None:
    full(store, "r1", "zed")
    before = every_row(database)
    with pytest.raises(error):
        store.rounds.delete(viewer, "r1")
    assert every_row(database) == before


def test_a_deleted_round_is_not_found(store) -> None:
    full(store, "r1", "zed")
    store.rounds.delete("lea", "r1")
    for read in (store.rounds.get, store.rounds.record, store.rounds.statuses, store.rounds.comparison):
        with pytest.raises(NotFoundError):
            read("lea", "r1")
    assert store.cards.own("ada") == ()
