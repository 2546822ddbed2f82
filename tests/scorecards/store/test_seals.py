"""Every seal of a record: final, or added to with what stood there before. And who could have read others by when."""

from typing import Any

import pytest

from scorecards.comparison import compare_round
from scorecards.documents import candidate_markdown, read_round_bundle, round_bundle, round_markdown
from scorecards.documents.comparison_rows import vote_rows
from scorecards.record.model import Verdict, Vote
from scorecards.record.seals import evidence_changed
from scorecards.store import OPERATOR, NotAllowedError, Store, open_database

from ..debriefs import drafted
from ..small_bank import RUBRICS
from ..small_round import PLAN, card, draft, keep, rating, submit
from .test_database import copy_rows, migrated

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


def votes_of(store: Store, viewer: Any = OPERATOR) -> list[tuple[str, int, str, bool | None]]:
    found = store.rounds.record(viewer, "r1").debrief("zed").votes
    return [(one.choice, one.number, one.reason, one.could_have_read) for one in found]


def cast(store: Store, who: str, choice: Any = "yes", turn: Any = 1, reason: str = "") -> None:
    store.debriefs.vote(who, "zed", turn, choice, reason)


# First votes


def test_a_vote_that_is_changed_before_reading_is_added_and_the_one_before_stays(alone) -> None:
    cast(alone, "ada", "no", reason="At first sight.")
    cast(alone, "ada", "yes", reason="On reflection.")
    assert votes_of(alone) == [("no", 1, "At first sight.", False), ("yes", 2, "On reflection.", False)]
    assert alone.rounds.record("ada", "r1").debrief("zed").vote("ada", 1).choice == "yes"


def test_the_same_vote_once_more_adds_nothing(alone) -> None:
    cast(alone, "ada", "no")
    cast(alone, "ada", "no", reason="  ")
    assert [number for _, number, _, _ in votes_of(alone)] == [1]


def test_a_first_vote_is_final_once_others_could_be_read(both_in) -> None:
    cast(both_in, "ada", "no")
    with pytest.raises(NotAllowedError, match=FINAL):
        cast(both_in, "ada", "strong_yes")
    assert votes_of(both_in) == [("no", 1, "", True)]


def test_a_first_vote_becomes_final_when_someone_else_submits(alone) -> None:
    cast(alone, "ada", "no")
    submit(alone, "bo", "zed-first-bo")
    with pytest.raises(NotAllowedError, match=FINAL):
        cast(alone, "ada", "yes")


def test_a_first_vote_stays_final_though_what_could_be_read_is_withdrawn(both_in) -> None:
    cast(both_in, "ada", "no")
    both_in.cards.withdraw("lea", "zed-first-bo", "Knew the candidate.")
    with pytest.raises(NotAllowedError, match=FINAL):
        cast(both_in, "ada", "yes")


def test_a_first_vote_is_final_once_a_decision_is_recorded(alone) -> None:
    cast(alone, "ada", "no")
    alone.debriefs.decide("lea", "zed", drafted("no_offer", departure_reason="Bo is away."))
    with pytest.raises(NotAllowedError, match=FINAL):
        cast(alone, "ada", "yes")


@pytest.mark.parametrize("mode", ["own", "all", "open"])
def test_a_person_who_could_read_can_still_cast_one_vote_which_says_so(store, mode) -> None:
    keep(store, ADA, BO, blindness=mode)
    cast(store, "ada", "no")
    assert votes_of(store) == [("no", 1, "", True)]


def test_a_lead_who_read_early_and_votes_later_cannot_change_the_vote(store) -> None:
    keep(store, ADA, card("lea", SENIOR), draft("dee"), panel=(*PANEL, "lea"), blindness="all")
    store.candidates.read_early("lea", "zed", "Dee is on leave.")
    cast(store, "lea", "no")
    with pytest.raises(NotAllowedError, match=FINAL):
        cast(store, "lea", "yes")


def test_a_new_interview_that_hides_others_again_allows_no_second_try(both_in) -> None:
    cast(both_in, "ada", "no")
    both_in.interviews.schedule("lea", "zed", "extra", PLAN, ["ada"])
    extra = next(s for s in both_in.cards.own("ada") if s.state == "draft")
    submit(both_in, "ada", extra.card_id)
    with pytest.raises(NotAllowedError, match=FINAL):
        cast(both_in, "ada", "yes")


# Second votes


def test_a_second_vote_is_changed_by_adding_and_final_once_opened(both_in) -> None:
    for who in ("ada", "bo"):
        cast(both_in, who, "no")
    cast(both_in, "ada", "no", turn=2)
    cast(both_in, "ada", "yes", turn=2, reason="Read the log.")
    second = [one for one in both_in.rounds.record(OPERATOR, "r1").debrief("zed").votes if one.turn == 2]
    assert [(one.choice, one.number) for one in second] == [("no", 1), ("yes", 2)]
    cast(both_in, "bo", "no", turn=2)
    with pytest.raises(NotAllowedError, match="no more are taken"):
        cast(both_in, "ada", "no", turn=2)


def test_others_see_neither_a_sealed_vote_nor_that_it_was_changed(alone) -> None:
    cast(alone, "ada", "no")
    cast(alone, "ada", "yes")
    assert votes_of(alone, "lea") == []
    assert [number for _, number, _, _ in votes_of(alone, "ada")] == [1, 2]


def test_a_changed_vote_counts_once_in_what_a_decision_departs_from(alone) -> None:
    for choice in ("no", "strong_no", "yes"):
        cast(alone, "ada", choice)
    alone.debriefs.open_votes("lea", "zed", 1, "Bo is away.")
    kept = alone.debriefs.decide("lea", "zed", drafted("no_offer", departure_reason="Bo is away."))
    assert [(one.kind, getattr(one, "among", 0)) for one in kept.departures][-1] == ("votes_in_favour", 1)


# What was voted before is shown


def changed_and_opened(store: Store) -> Any:
    cast(store, "ada", "strong_no", reason="At first sight.")
    cast(store, "ada", "yes", reason="On reflection.")
    store.debriefs.open_votes("lea", "zed", 1, "Bo is away.")
    return store.rounds.record("lea", "r1")


def test_documents_tell_what_was_voted_before_and_when_it_was_changed(alone) -> None:
    whole = changed_and_opened(alone)
    comparison = compare_round(whole, None, {})
    for text_ in (
        candidate_markdown(whole, "zed", comparison, RUBRICS).decode(),
        round_markdown(whole, comparison, RUBRICS).decode(),
    ):
        assert "Ada changed their first vote before reading on" in text_
        assert "Strong no: At first sight." in text_


def test_the_workbook_lists_every_version_of_a_vote(alone) -> None:
    rows = list(vote_rows(changed_and_opened(alone)))
    assert [(row["vote"], row["which"].split(" at ")[0]) for row in rows] == [
        ("Strong no", "changed before reading"),
        ("Yes", "counts"),
    ]


def test_a_bundle_brings_every_version_of_a_vote_elsewhere(alone, new_database) -> None:
    changed_and_opened(alone)
    first = round_bundle(alone.rounds.record(OPERATOR, "r1"))
    other = Store(new_database())
    other.imports.add(read_round_bundle(first))
    assert round_bundle(other.rounds.record(OPERATOR, "r1")) == first


@pytest.mark.parametrize("numbers", [(2,), (1, 3)])
def test_a_bundle_from_which_a_version_of_a_vote_is_missing_is_refused(alone, numbers) -> None:
    changed_and_opened(alone)
    whole = alone.rounds.record(OPERATOR, "r1")
    held = whole.debriefs[0]
    votes = tuple(held.votes[0].model_copy(update={"number": number}) for number in numbers)
    forged = whole.model_copy(update={"debriefs": (held.model_copy(update={"votes": votes}),)})
    with pytest.raises(Exception, match="is inconsistent"):
        read_round_bundle(round_bundle(forged))


def test_a_vote_of_an_older_kit_says_what_it_said_and_no_more() -> None:
    old = {"person_id": "ada", "turn": 1, "choice": "no", "reason": "", "at": "2026-01-05T09:30:00Z"}
    assert Vote.model_validate(old).model_dump(mode="json") == old


# Other seals


def test_a_submitted_recommendation_changes_only_by_amendment(both_in) -> None:
    with pytest.raises(NotAllowedError, match="amend it instead"):
        both_in.cards.save_verdict("ada", "zed-first-ada", Verdict(recommendation="strong_no"))
    with pytest.raises(NotAllowedError, match="amend it instead"):
        both_in.cards.submit("ada", "zed-first-ada")
    kept = both_in.cards.amend(
        "ada", "zed-first-ada", [], Verdict(recommendation="no_decision", reason="Hm."), "Misread."
    )
    assert kept.amendments[0].before.verdict.recommendation == "yes"
    assert kept.amendments[0].after_seeing_others


def test_a_second_amendment_keeps_what_the_first_one_said(both_in) -> None:
    for level in (2, 4):
        both_in.cards.amend("ada", "zed-first-ada", [rating("DRF-01", level)], None, "Misread.")
    kept = both_in.cards.get("ada", "zed-first-ada").amendments
    assert [one.before.ratings[0].level for one in kept] == [3, 2]


def test_an_amendment_after_losing_access_still_counts_as_after_seeing_others(both_in) -> None:
    """Ada could read Bo; one more interview of hers closes that, and does not undo it."""
    both_in.interviews.schedule("lea", "zed", "extra", PLAN, ["ada"])
    kept = both_in.cards.amend("ada", "zed-first-ada", [rating("DRF-01", 4)], None, "Misread.")
    assert kept.amendments[0].after_seeing_others


def test_your_own_second_scorecard_does_not_count_as_another_persons(store) -> None:
    keep(store, ADA, card("ada", SENIOR, slot="second"))
    kept = store.cards.amend("ada", "zed-first-ada", [rating("DRF-01", 4)], None, "Misread.")
    assert not kept.amendments[0].after_seeing_others


def test_in_a_round_that_waits_for_all_an_amendment_after_all_were_in_stays_after_seeing_others(
    store,
) -> None:
    keep(store, ADA, BO, panel=PANEL, blindness="all")
    store.interviews.schedule("lea", "zed", "extra", PLAN, ["dee"])
    kept = store.cards.amend("ada", "zed-first-ada", [rating("DRF-01", 4)], None, "Misread.")
    assert kept.amendments[0].after_seeing_others


def test_a_withdrawal_is_final(both_in) -> None:
    both_in.cards.withdraw("lea", "zed-first-bo", "Knew the candidate.")
    with pytest.raises(NotAllowedError, match="Only a submitted scorecard"):
        both_in.cards.withdraw("lea", "zed-first-bo", "Another reason.")
    assert both_in.cards.get("lea", "zed-first-bo").withdrawn_reason == "Knew the candidate."


def test_an_opening_is_final(both_in) -> None:
    cast(both_in, "ada")
    both_in.debriefs.open_votes("lea", "zed", 1, "Bo is away.")
    before = both_in.rounds.record(OPERATOR, "r1").debrief("zed").openings
    with pytest.raises(NotAllowedError, match="open already"):
        both_in.debriefs.open_votes("lea", "zed", 1, "Another reason.")
    assert both_in.rounds.record(OPERATOR, "r1").debrief("zed").openings == before


def test_what_hides_scorecards_is_final_once_one_is_submitted(both_in) -> None:
    changed = both_in.rounds.get("lea", "r1").model_copy(update={"blindness": "open"})
    with pytest.raises(NotAllowedError, match="before the first scorecard"):
        both_in.rounds.change("lea", changed)


def test_the_record_of_an_early_reading_stays(store) -> None:
    keep(store, ADA, draft("bo"), blindness="all")
    store.candidates.read_early("lea", "zed", "Bo is away.")
    store.rounds.change(
        "lea", store.rounds.get("lea", "r1").model_copy(update={"events": (), "name": "Other"})
    )
    assert [one.reason for one in store.rounds.get("lea", "r1").events] == ["Bo is away."]


def test_what_a_decision_rests_on_does_not_move_and_shows_that_scorecards_did(both_in) -> None:
    kept = both_in.debriefs.decide("lea", "zed", drafted())
    both_in.cards.withdraw("lea", "zed-first-bo", "Knew the candidate.")
    whole = both_in.rounds.record("lea", "r1")
    assert whole.debrief("zed").decision == kept
    assert evidence_changed(whole, "zed")


# Databases of older kits


def test_votes_of_an_older_database_are_number_one_and_can_be_added_to(database, store, new_address) -> None:
    keep(store, ADA, draft("bo"), panel=PANEL)
    cast(store, "ada", "no", reason="At first sight.")
    address = new_address()
    older = migrated(address, "0006")
    copy_rows(database, older)
    older.dispose()
    upgraded = open_database(address)
    again = Store(upgraded)
    assert votes_of(again) == [("no", 1, "At first sight.", None)]
    cast(again, "ada", "yes")
    assert [(choice, number) for choice, number, _, _ in votes_of(again)] == [("no", 1), ("yes", 2)]
    upgraded.close()
