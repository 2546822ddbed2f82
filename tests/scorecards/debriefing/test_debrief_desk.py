"""The desk at which a candidate is debriefed: what the lead learns of sealed votes, and what a decision holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scorecards.debriefing.debrief import departures
from scorecards.debriefing.departure_words import departure_words
from scorecards.record.model import DecisionDraft, DecisionReason, RoundRecord
from scorecards.record.seals import evidence_changed
from scorecards.store import NotAllowedError, Store, open_database

from ..debriefed import debriefed
from ..small_round import card, draft, keep, rating, record

ALL = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(open_database(f"sqlite:///{tmp_path}/kit.db"))


def told(**changes: Any) -> DecisionDraft:
    values = {
        "outcome": "offer",
        "decided_by": "Ana Decider",
        "reasons": (DecisionReason(competency="drift", words="Named the delay unasked."),),
        "departure_reason": "The rest suffices.",
    }
    return DecisionDraft.model_validate(values | changes)


def words(whole: RoundRecord, outcome: str) -> list[str]:
    return [departure_words(one, {}) for one in departures(whole, "zed", outcome)]


def refused(store: Store, who: str, why: str) -> None:
    with pytest.raises(NotAllowedError, match=why):
        store.debriefs.still_out(who, "zed", 1)


def test_a_lead_who_did_not_interview_learns_whose_vote_is_out_and_no_vote(store: Store) -> None:
    keep(store, card("ada", ALL), card("bo", ALL), card("cy", ALL))
    refused(store, "lea", "Nobody has cast")
    store.debriefs.vote("ada", "zed", 1, "yes", "Enough.")
    store.debriefs.vote("bo", "zed", 1, "no", "Not enough.")
    assert store.debriefs.still_out("lea", "zed", 1) == ("cy",)
    assert not store.rounds.record("lea", "r1").debrief("zed").votes
    refused(store, "ada", "Only the round's lead")
    store.debriefs.open_votes("lea", "zed", 1, "Cy is on leave.")
    assert store.rounds.record("lea", "r1").debrief("zed").openings[0].absent == ("cy",)


def test_a_lead_who_owes_a_scorecard_learns_of_no_vote(store: Store) -> None:
    keep(store, card("ada", ALL), draft("lea"), panel=("ada", "lea"))
    store.debriefs.vote("ada", "zed", 1, "yes", "Enough.")
    refused(store, "lea", "Submit your own scorecard")


def test_what_stands_against_a_decision_is_kept_though_the_draft_is_silent(store: Store) -> None:
    keep(store, card("ada", ALL), draft("bo"))
    kept = store.debriefs.decide("lea", "zed", told(departs_from=("No place.",)), {})
    assert [departure_words(one, {}) for one in kept.departures] == [
        "No place.",
        "1 of 2 scorecards missing.",
        "No place in the comparison: 1 interviewer, and 2 are needed.",
    ]
    assert kept.departs_from == ()


@pytest.mark.parametrize("nobody", ["\u200b", "–", "...", "\u2060 \u2060"])
def test_a_decision_names_somebody_who_can_be_read(store: Store, nobody: str) -> None:
    keep(store, card("ada", ALL))
    with pytest.raises(NotAllowedError, match="Name the person"):
        store.debriefs.decide("lea", "zed", told(decided_by=nobody))


@pytest.mark.parametrize(
    ("choices", "outcome", "against"),
    [
        (("no", "strong_no"), "offer", "2 of 2 recommendations are against."),
        (("no", "no_decision"), "offer", "1 of 1 recommendations is against."),
        (("yes", "no"), "offer", None),
        (("yes", "strong_yes"), "no_offer", "2 of 2 recommendations are in favour."),
        (("yes", "strong_yes"), "more_evidence", None),
    ],
)
def test_before_any_vote_was_opened_recommendations_stand_against_an_outcome(
    choices, outcome, against
) -> None:
    whole = record(*(card(who, ALL, choice=one) for who, one in zip(("ada", "bo"), choices, strict=True)))
    assert words(whole, outcome) == ([against] if against else [])


def test_the_vote_of_a_withdrawn_scorecard_stands_against_nothing() -> None:
    whole = debriefed(record(card("ada", ALL, choice="no"), card("bo", ALL), card("lea", ALL)), opened=(1,))
    assert words(whole, "no_offer") == ["2 of 3 votes are in favour."]
    left = debriefed(
        record(card("ada", ALL), card("bo", ALL, state="withdrawn"), card("lea", ALL)), opened=(1,)
    )
    assert words(left, "no_offer") == []


def test_that_scorecards_changed_after_the_decision_is_known(store: Store) -> None:
    keep(store, card("ada", ALL), card("bo", ALL))
    store.debriefs.decide("lea", "zed", told(), {})
    assert not evidence_changed(store.rounds.record("lea", "r1"), "zed")
    store.cards.amend("ada", "zed-first-ada", [rating("DRF-01", 2)], None, "Misheard.")
    assert evidence_changed(store.rounds.record("lea", "r1"), "zed")
