"""A round of evidence only: levels and words as they were recorded, and nothing that was computed from them."""

from pathlib import Path

import pytest

from interview_kit.screens.parts.picture import picture_data
from scorecards.debriefing.agenda import agenda
from scorecards.documents import candidate_markdown, round_markdown
from scorecards.documents.comparison_rows import decision_rows
from scorecards.documents.tables import rating_rows
from scorecards.record.model import DecisionDraft, DecisionReason, RoundRecord, Scorecard, Verdict
from scorecards.record.rules import contradictions
from scorecards.store import Store, open_database

from ..debriefed import debriefed, decision
from ..small_bank import RUBRICS
from ..small_round import card, compared, draft, keep, record, save_all

HIGH = {"DRF-01": 4, "DRF-02": 4, "SEC-01": 4, "SEC-02": 4}
LOW = {"DRF-01": 1, "DRF-02": 1, "SEC-01": 1, "SEC-02": 1}
UNEVEN = {"DRF-01": 3, "DRF-02": 2, "SEC-01": 3, "SEC-02": 3}


def chosen_otherwise() -> Scorecard:
    """A scorecard whose levels are not those that its ticks propose."""
    one = card("ada", UNEVEN)
    ratings = tuple(
        each.model_copy(update={"level": 2, "ticks": ("a", "b"), "override_reason": "Only when asked."})
        for each in one.content.ratings
    )
    return one.model_copy(update={"content": one.content.model_copy(update={"ratings": ratings})})


def packet(whole: RoundRecord) -> str:
    return candidate_markdown(whole, "zed", compared(whole), RUBRICS).decode()


def test_a_recommendation_is_not_held_against_a_mean(tmp_path: Path) -> None:
    store = Store(open_database(f"sqlite:///{tmp_path}/kit.db"))
    keep(store, draft("ada"), evidence_only=True)
    save_all(store, "ada", "zed-first-ada", 3)
    store.cards.save_verdict("ada", "zed-first-ada", Verdict(recommendation="no"))
    assert store.cards.submit("ada", "zed-first-ada").state == "submitted"


@pytest.mark.parametrize("alone", [True, False])
def test_elsewhere_it_is(alone: bool) -> None:
    against = card("ada", HIGH, choice="no")
    assert bool(contradictions(record(against, evidence_only=alone), against)) is not alone


def test_the_picture_lists_single_levels_of_somebody_not_qualified_and_no_mean() -> None:
    whole = record(
        card("ada", UNEVEN), card("bo", HIGH), not_qualified={"ada": ("drift",)}, evidence_only=True
    )
    found = compared(whole)
    cell = picture_data(whole, found, RUBRICS, "code")["rows"]["zed"]["cells"]["drift"]
    assert cell["apart"] == ["Ada 3", "Ada 2"]
    assert not found.standings[0].score.apart


def test_the_agenda_names_people_in_no_computed_order() -> None:
    whole = record(card("ada", HIGH), card("bo", LOW), evidence_only=True)
    assert "between Ada, Bo" in agenda(whole, "zed", {})[0].words
    turned = record(card("ada", LOW), card("bo", HIGH), evidence_only=True)
    assert agenda(turned, "zed", {})[0].words == agenda(whole, "zed", {})[0].words


@pytest.mark.parametrize("alone", [True, False])
def test_the_level_that_ticks_propose_stands_only_where_something_is_computed(alone: bool) -> None:
    whole = record(chosen_otherwise(), evidence_only=alone)
    assert ("Level 3 was proposed" in packet(whole)) is not alone
    assert "Only when asked." in packet(whole)
    assert {row["proposed_level"] for row in rating_rows(whole)} == ({None} if alone else {3})


# A person who still owes another scorecard of the round reads it so, too


COMPARED = "Somebody stands before this candidate in the comparison, with at least 9 chances in 10."


@pytest.mark.parametrize("alone", [True, False])
def test_what_a_decision_departs_from_in_the_comparison_is_not_told(alone: bool) -> None:
    whole = record(card("ada", HIGH), card("bo", HIGH))
    against = ("1 of 2 scorecards missing.", COMPARED)
    told = debriefed(whole, decision(whole, departs_from=against))
    if alone:
        told = told.as_evidence_only()
    text = " ".join([packet(told), *(str(row) for row in decision_rows(told, RUBRICS))])
    assert "1 of 2 scorecards missing." in text
    assert ("at least a 90 % chance" in text) is not alone
    assert "The seals hold" in text


def test_nobody_is_told_that_there_is_no_decision_where_they_may_not_know(tmp_path: Path) -> None:
    store = Store(open_database(f"sqlite:///{tmp_path}/kit.db"))
    keep(store, card("ada", HIGH), draft("bo"))
    reason = (DecisionReason(competency="drift", words="Named the delay unasked."),)
    made = DecisionDraft(outcome="offer", decided_by="Ana", reasons=reason, departure_reason="It suffices.")
    store.debriefs.decide("lea", "zed", made)
    blind = store.rounds.record("bo", "r1").as_evidence_only()
    text = packet(blind) + round_markdown(blind, compared(blind), RUBRICS).decode()
    assert "No decision yet" not in text
    assert "None yet" not in text
    assert [row["decision"] for row in decision_rows(blind, RUBRICS)] == ["None that can be told here"]
    seen = store.rounds.record("lea", "r1")
    assert "Decided by Ana" in packet(seen)
