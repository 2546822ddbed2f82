"""Who could have read others when they were made an interviewer, and what a decision departs from."""

from typing import Any, get_args

import pytest
from sqlalchemy import text

from scorecards.comparison import compare_round
from scorecards.debriefing.debrief import departures_of
from scorecards.documents import candidate_markdown, round_bundle, round_markdown
from scorecards.record.model import Decision, RoundEventKind
from scorecards.record.seals import broken_seals, sealed
from scorecards.record.sight import not_blind
from scorecards.store import NotAllowedError, Store

from ..debriefs import drafted
from ..small_bank import RUBRICS
from ..small_round import PLAN, card, draft, keep, submit

SENIOR = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}
ADA, BO = card("ada", SENIOR), card("bo", SENIOR)
PANEL = ("ada", "bo", "cy", "dee")
FINAL = "Your first vote is final"


@pytest.fixture
def alone(store: Store) -> Store:
    """Ada alone has submitted; Bo owes his. Nobody else's words can be read by Ada."""
    keep(store, ADA, draft("bo"), panel=PANEL)
    return store


@pytest.fixture
def both_in(store: Store) -> Store:
    keep(store, ADA, BO, panel=PANEL)
    return store


def events_of(store: Store) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    found = store.rounds.get("lea", "r1").events
    return [(one.what, one.assigned, one.could_have_read) for one in found]


def cast(store: Store, who: str, choice: Any = "yes", turn: Any = 1, reason: str = "") -> None:
    store.debriefs.vote(who, "zed", turn, choice, reason)


# Who could have read when they were made an interviewer


def test_a_panel_member_who_could_read_is_named_when_assigned(both_in) -> None:
    both_in.interviews.assign("lea", "zed-first", ["ada", "bo", "cy"])
    assert events_of(both_in) == [("assigned", ("cy",), ("cy",))]
    assert not_blind(both_in.rounds.record("lea", "r1")) == (("cy", "zed"),)


def test_a_lead_who_leaves_reads_and_comes_back_is_named(store) -> None:
    keep(store, ADA, draft("lea"), panel=(*PANEL, "lea"))
    store.interviews.assign("lea", "zed-first", ["ada"])
    assert store.cards.get("lea", "zed-first-ada")
    store.interviews.assign("lea", "zed-first", ["ada", "lea"])
    assert events_of(store) == [("assigned", ("lea",), ("lea",))]


def test_a_person_scheduled_after_they_could_read_is_named(both_in) -> None:
    both_in.interviews.schedule("lea", "zed", "extra", PLAN, ["dee"])
    assert events_of(both_in) == [("scheduled", ("dee",), ("dee",))]


def test_a_person_assigned_before_anyone_submitted_is_blind_and_not_named(store) -> None:
    keep(store, draft("ada"), panel=PANEL)
    store.interviews.assign("lea", "zed-first", ["ada", "cy"])
    store.interviews.schedule("lea", "zed", "extra", PLAN, ["dee"])
    assert events_of(store) == []


def test_a_person_who_owed_one_all_along_is_blind_and_not_named(alone) -> None:
    alone.interviews.schedule("lea", "zed", "extra", PLAN, ["bo"])
    assert events_of(alone) == []


def test_in_a_round_that_waits_for_all_a_panel_member_is_named_once_all_were_in(store) -> None:
    keep(store, ADA, BO, panel=PANEL, blindness="all")
    store.interviews.schedule("lea", "zed", "extra", PLAN, ["bo"])
    store.interviews.assign("lea", "zed-first", ["ada", "bo", "cy"])
    assert events_of(store)[-1] == ("assigned", ("cy",), ("cy",))


def test_while_one_is_out_a_panel_member_of_a_round_that_waits_is_not_named(store) -> None:
    keep(store, ADA, draft("bo"), panel=PANEL, blindness="all")
    store.interviews.assign("lea", "zed-first", ["ada", "bo", "cy"])
    assert events_of(store) == []


def test_an_observer_who_read_and_becomes_an_interviewer_is_named(store) -> None:
    keep(store, ADA, BO, observer_ids=("obs",), panel=PANEL, blindness="all")
    store.interviews.schedule("lea", "zed", "extra", PLAN, ["bo"])
    seats = {"observer_ids": (), "panel_ids": (*PANEL, "obs")}
    store.rounds.change("lea", store.rounds.get("lea", "r1").model_copy(update=seats))
    store.interviews.assign("lea", "zed-first", ["ada", "bo", "obs"])
    assert events_of(store)[-1] == ("assigned", ("obs",), ("obs",))


def test_a_person_who_read_left_the_panel_and_came_back_is_named(store) -> None:
    keep(store, ADA, BO, panel=PANEL, blindness="all")
    without = store.rounds.get("lea", "r1").model_copy(update={"panel_ids": ("ada", "bo", "dee")})
    store.rounds.change("lea", without)
    store.interviews.schedule("lea", "zed", "extra", PLAN, ["bo"])
    store.rounds.change("lea", without.model_copy(update={"panel_ids": PANEL}))
    store.interviews.assign("lea", "zed-first", ["ada", "bo", "cy"])
    assert events_of(store)[-1] == ("assigned", ("cy",), ("cy",))


def test_a_lead_who_read_handed_over_and_interviews_then_is_named(store) -> None:
    keep(store, ADA, draft("bo"), panel=PANEL, blindness="all")
    store.candidates.read_early("lea", "zed", "Bo is away.")
    store.office.hand_over("lea", "r1", "dee", "On leave.")
    store.rounds.change(
        "dee", store.rounds.get("dee", "r1").model_copy(update={"panel_ids": (*PANEL, "lea")})
    )
    store.interviews.assign("dee", "zed-first", ["ada", "bo", "lea"])
    assert events_of(store)[-1] == ("assigned", ("lea",), ("lea",))


def test_an_interviewer_dismissed_and_taken_back_is_named(alone) -> None:
    alone.interviews.schedule("lea", "zed", "extra", PLAN, ["dee"])
    extra = next(s for s in alone.cards.own("dee") if s.state == "draft").interview_id
    alone.interviews.dismiss("lea", extra, "Ill.")
    alone.interviews.undo_dismissal("lea", extra, "Well again.")
    assert events_of(alone)[-1] == ("dismissal_undone", ("dee",), ("dee",))


def test_a_person_who_was_not_blind_is_named_in_the_documents(both_in) -> None:
    both_in.interviews.assign("lea", "zed-first", ["ada", "bo", "cy"])
    whole = both_in.rounds.record("lea", "r1")
    comparison = compare_round(whole, None, {})
    assert "Cy was made an interviewer after they could have read others' scorecards." in (
        candidate_markdown(whole, "zed", comparison, RUBRICS).decode()
    )
    packet = round_markdown(whole, comparison, RUBRICS).decode()
    assert "By then Cy could have read others' scorecards." in packet
    assert "Made interviewers after they could have read others: Cy on" in packet


def test_a_first_vote_of_a_person_who_was_not_blind_is_final_at_once(both_in) -> None:
    both_in.interviews.assign("lea", "zed-first", ["ada", "bo", "cy"])
    submit(both_in, "cy", next(s.card_id for s in both_in.cards.own("cy")))
    cast(both_in, "cy", "no")
    with pytest.raises(NotAllowedError, match=FINAL):
        cast(both_in, "cy", "yes")


@pytest.mark.parametrize("what", get_args(RoundEventKind))
def test_a_document_knows_the_words_of_every_event(both_in, what) -> None:
    both_in.interviews.assign("lea", "zed-first", ["ada", "bo", "cy"])
    whole = both_in.rounds.record("lea", "r1")
    event = whole.round.events[0].model_copy(update={"what": what})
    told = whole.model_copy(update={"round": whole.round.model_copy(update={"events": (event,)})})
    assert round_markdown(told, compare_round(told, None, {}), RUBRICS)


# What a decision departs from


def test_an_offer_departs_from_the_comparison_though_the_draft_is_silent(store) -> None:
    keep(store, ADA)
    with pytest.raises(NotAllowedError, match="stands against this decision"):
        store.debriefs.decide("lea", "zed", drafted())
    kept = store.debriefs.decide("lea", "zed", drafted(departure_reason="Enough."))
    assert [one.kind for one in kept.departures] == ["no_place"]


def test_a_lead_who_may_not_compare_yet_departs_from_no_comparison(store) -> None:
    keep(store, ADA, draft("lea", candidate="yan"), candidates=("zed", "yan"), panel=(*PANEL, "lea"))
    kept = store.debriefs.decide("lea", "zed", drafted(departure_reason="Enough."))
    assert "no_place" not in {one.kind for one in kept.departures}


def test_computed_values_do_not_leave_the_store_for_people_who_owe(store) -> None:
    keep(store, ADA, card("bo", SENIOR), draft("bo", candidate="yan"), candidates=("zed", "yan"), panel=PANEL)
    low = {"departs_from": ("Somebody stands before this candidate in the comparison, ocelot.",)}
    store.debriefs.decide("lea", "zed", drafted("no_offer", departure_reason="Enough.", **low))
    assert "ocelot" in repr(store.rounds.record("lea", "r1").debriefs)
    for told in (
        repr(store.rounds.record("bo", "r1")),
        round_bundle(store.rounds.record("bo", "r1")).decode(),
    ):
        assert "ocelot" not in told


def test_the_lead_who_owes_reads_what_she_recorded_herself(store) -> None:
    keep(store, ADA, draft("lea", candidate="yan"), candidates=("zed", "yan"), panel=(*PANEL, "lea"))
    low = {"departs_from": ("Only 40 % of what counts was rated.",)}
    kept = store.debriefs.decide("lea", "zed", drafted(departure_reason="Enough.", **low))
    told = store.rounds.record("lea", "r1").debrief("zed").decision
    assert told == kept
    assert "low_coverage" in {one.kind for one in departures_of(told)}


def test_a_decision_that_an_older_kit_stored_keeps_its_seal_in_the_database(database, store) -> None:
    """Sentences stay as they were stored: the seal is over them."""
    keep(store, ADA, BO)
    kept = store.debriefs.decide("lea", "zed", drafted())
    old = Decision(**kept.model_dump() | {"departs_from": ("1 of 2 scorecards missing.",), "seal": ""})
    body = sealed(old, "zed", None).model_dump_json()
    with database.writing() as connection:
        connection.execute(text("UPDATE decisions SET body = :body"), {"body": body})
    held = store.rounds.record("lea", "r1").debrief("zed")
    assert broken_seals(held) == ()
    assert [one.kind for one in departures_of(held.decision)] == ["scorecards_missing"]
