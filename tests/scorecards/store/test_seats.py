"""Nobody waits for what will not come: interviewers who leave, candidates who leave, and the way back."""

from __future__ import annotations

import pytest

from scorecards.documents import round_bundle
from scorecards.documents.bundle import read_round_bundle
from scorecards.record.model import DecisionDraft, DecisionReason, Round, RoundSlot
from scorecards.record.score import candidate_score
from scorecards.store import OPERATOR, NotAllowedError, NotFoundError, Store

from ..debriefs import drafted
from ..small_round import PLAN, card, draft, keep, rate, rating, save_all

SENIOR = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}
BOS = "zed-first-bo"


def gone(**values: str) -> DecisionDraft:
    """The candidate withdrew."""
    return DecisionDraft(
        **{"outcome": "withdrew", "decided_by": "The candidate", "reasons": (), "said": "Took another job."}
        | values
    )


@pytest.fixture
def waiting(store) -> Store:
    """A round that waits for all: Ada has submitted, Bo typed a word and left."""
    keep(store, card("ada", SENIOR), draft("bo"), blindness="all")
    rate(store, "bo", BOS, rating("DRF-01", 2))
    return store


def status(store: Store, card_id: str):
    return next(one for one in store.rounds.statuses(OPERATOR, "r1") if one.card_id == card_id)


# One scorecard


def test_a_round_that_waits_for_all_goes_on_once_a_scorecard_is_let_go(waiting) -> None:
    waiting.seats.let_go("lea", BOS, "Left the company.")
    assert [one.id for one in waiting.rounds.record("lea", "r1").cards] == ["zed-first-ada"]
    waiting.debriefs.vote("ada", "zed", 1, "yes", "")
    assert waiting.rounds.record("ada", "r1").debrief("zed").opening(1) is not None


def test_what_was_let_go_keeps_its_words_and_is_not_counted(waiting) -> None:
    waiting.seats.let_go("lea", BOS, "Left the company.")
    kept = waiting.cards.get("bo", BOS)
    assert kept.rating("DRF-01").level == 2
    assert kept.not_owed is not None
    assert kept.not_owed.reason == "Left the company."
    score = candidate_score(waiting.rounds.record(OPERATOR, "r1"), "zed")
    assert (score.submitted, score.expected) == (1, 1)


def test_what_was_let_go_cannot_be_submitted(waiting) -> None:
    waiting.seats.let_go("lea", BOS, "Left the company.")
    with pytest.raises(NotAllowedError, match="no longer owed"):
        waiting.cards.submit("bo", BOS)


def test_letting_go_is_undone_and_who_could_have_read_is_kept(waiting) -> None:
    waiting.seats.let_go("lea", BOS, "Left the company.")
    waiting.seats.ask_again("lea", BOS, "Came back.")
    assert status(waiting, BOS).due
    events = waiting.rounds.get("lea", "r1").events
    assert [(one.what, one.whose, one.could_have_read) for one in events] == [
        ("not_owed", "bo", ()),
        ("owed_again", "bo", ("bo", "cy", "lea")),
    ]
    assert waiting.rounds.record("lea", "r1").cards == ()


def test_a_scorecard_is_let_go_with_a_reason_only(waiting) -> None:
    with pytest.raises(NotAllowedError, match="Say why"):
        waiting.seats.let_go("lea", BOS, "  ")


def test_a_submitted_scorecard_is_not_let_go(waiting) -> None:
    with pytest.raises(NotAllowedError, match="submitted"):
        waiting.seats.let_go("lea", "zed-first-ada", "Left the company.")


def test_a_scorecard_is_let_go_once(waiting) -> None:
    waiting.seats.let_go("lea", BOS, "Left the company.")
    with pytest.raises(NotAllowedError, match="already"):
        waiting.seats.let_go("lea", BOS, "Left the company.")


def test_a_scorecard_that_is_owed_is_not_asked_for_again(waiting) -> None:
    with pytest.raises(NotAllowedError, match="not been let go"):
        waiting.seats.ask_again("lea", BOS, "Came back.")


def test_a_scorecard_that_is_nowhere_is_not_there(waiting) -> None:
    with pytest.raises(NotFoundError):
        waiting.seats.let_go("lea", "nowhere", "Left.")


def test_an_interviewer_who_left_can_be_taken_off_the_panel(waiting) -> None:
    waiting.seats.let_go("lea", BOS, "Left the company.")
    round_ = waiting.rounds.get("lea", "r1")
    waiting.rounds.change("lea", round_.model_copy(update={"panel_ids": ("ada", "cy")}))
    with pytest.raises(NotFoundError):
        waiting.rounds.record("bo", "r1")
    with pytest.raises(NotAllowedError, match="on the panel first"):
        waiting.seats.ask_again("lea", BOS, "Came back.")


def test_what_was_let_go_comes_through_a_bundle(waiting, new_database) -> None:
    waiting.seats.let_go("lea", BOS, "Left the company.")
    data = round_bundle(waiting.rounds.record(OPERATOR, "r1"))
    other = Store(new_database())
    other.imports.add(read_round_bundle(data))
    assert round_bundle(other.rounds.record(OPERATOR, "r1")) == data
    assert not status(other, BOS).due


def test_a_bundle_without_any_of_it_says_nothing_of_it(store) -> None:
    data = round_bundle(keep(store, card("ada", SENIOR)))
    assert b"not_owed" not in data
    assert b'"said"' not in data
    assert b'"whose"' not in data


# Another interviewer


def test_an_interview_goes_to_another_person_who_begins_with_a_blank_scorecard(waiting) -> None:
    given = waiting.seats.give_to("lea", BOS, "cy", "Bo left the company.")
    assert waiting.cards.get("cy", given).content.ratings == ()
    assert waiting.cards.get("bo", BOS).rating("DRF-01").level == 2
    assert {
        (s.interviewer_id, s.due) for s in waiting.rounds.statuses("lea", "r1") if s.state == "draft"
    } == {
        ("cy", True),
        ("bo", False),
    }


def test_an_interviewer_who_takes_over_and_could_have_read_others_is_named(store) -> None:
    keep(store, card("ada", SENIOR), draft("bo"), blindness="own")
    store.seats.give_to("lea", BOS, "cy", "Bo is ill.")
    (event,) = store.rounds.get("lea", "r1").events
    assert (event.what, event.whose, event.assigned, event.could_have_read) == (
        "given_to",
        "bo",
        ("cy",),
        ("cy",),
    )


def test_an_untouched_scorecard_goes_when_somebody_else_takes_over(store) -> None:
    keep(store, draft("bo"))
    store.seats.give_to("lea", BOS, "cy", "Bo is ill.")
    assert [one.interviewer_id for one in store.rounds.statuses("lea", "r1")] == ["cy"]


@pytest.mark.parametrize(("who", "why"), [("ada", "already"), ("max", "panel first")])
def test_an_interview_cannot_go_to_its_own_interviewer_or_a_stranger(waiting, who, why) -> None:
    with pytest.raises(NotAllowedError, match=why):
        waiting.seats.give_to("lea", BOS, who, "Bo left.")


# The candidate


def test_a_candidate_who_withdraws_is_owed_nothing_more(store) -> None:
    keep(store, draft("ada"), draft("bo"), draft("ada", slot="second"), blindness="all")
    store.debriefs.decide("lea", "zed", gone())
    assert not any(one.due for one in store.rounds.statuses("lea", "r1"))
    assert store.rounds.record("lea", "r1").debrief("zed").decision.outcome == "withdrew"


def test_a_lead_who_owes_a_scorecard_records_that_the_candidate_withdrew(store) -> None:
    keep(store, draft("lea"), card("ada", SENIOR), panel=("ada", "lea"))
    store.debriefs.decide("lea", "zed", gone())
    assert store.rounds.record("lea", "r1").debrief("zed").decision.by_candidate


def test_a_candidate_who_is_back_is_owed_what_was_let_go_with_them_and_nothing_else(store) -> None:
    keep(store, draft("ada"), draft("bo"))
    store.seats.let_go("lea", BOS, "Left the company.")
    store.debriefs.decide("lea", "zed", gone())
    back = gone(outcome="more_evidence", said="Is back.", reopened_because="Changed their mind.")
    store.debriefs.decide("lea", "zed", back)
    assert {one.interviewer_id: one.due for one in store.rounds.statuses("lea", "r1")} == {
        "ada": True,
        "bo": False,
    }


def test_an_offer_that_is_declined_follows_the_offer(store) -> None:
    keep(store, card("ada", SENIOR))
    store.debriefs.decide("lea", "zed", drafted("offer", departure_reason="One met them."))
    store.debriefs.decide("lea", "zed", gone(outcome="declined", said="The pay."))
    decisions = store.rounds.record("lea", "r1").debrief("zed").decisions
    assert [one.outcome for one in decisions] == ["offer", "declined"]


@pytest.mark.parametrize("outcome", ["offer", "no_offer"])
def test_what_a_panel_decides_is_tied_to_a_competency(outcome) -> None:
    with pytest.raises(ValueError, match="competency"):
        gone(outcome=outcome)


def test_only_the_lead_records_that_a_candidate_left(store) -> None:
    keep(store, draft("ada"))
    with pytest.raises(NotAllowedError):
        store.debriefs.decide("ada", "zed", gone())


def test_the_old_reasons_still_read(store) -> None:
    reason = DecisionReason(competency="drift", words="Deep.")
    assert gone(outcome="offer", reasons=(reason,)).reasons == (reason,)


# One act, one transaction


def slot(*who: str) -> RoundSlot:
    return RoundSlot(id="third", plan=PLAN, interviewer_ids=who)


def test_an_added_interview_is_there_for_every_candidate(store) -> None:
    keep(store, draft("ada"), candidates=("zed", "yan"))
    store.seats.add_slot("lea", "r1", slot("cy"))
    added = [one for one in store.rounds.record("lea", "r1").interviews if one.slot_id == "third"]
    assert {one.candidate_id for one in added} == {"zed", "yan"}
    assert store.rounds.get("lea", "r1").slots[-1].id == "third"


def broken_after(monkeypatch: pytest.MonkeyPatch, name: str, times: int) -> None:
    """The disk fails at the so-manieth call."""
    import scorecards.store.candidates as candidates
    import scorecards.store.interviews as interviews
    import scorecards.store.seats as seats

    whole, calls = getattr(seats, name), []

    def failing(*given):
        calls.append(given)
        if len(calls) > times:
            raise RuntimeError("The disk is full.")
        return whole(*given)

    for module in (seats, candidates, interviews):
        if hasattr(module, name):
            monkeypatch.setattr(module, name, failing)


def snapshot(store: Store) -> object:
    record = store.rounds.record(OPERATOR, "r1")
    return record.round, record.candidates, record.interviews, record.statuses


def test_an_interview_that_fails_halfway_is_added_for_no_one(store, monkeypatch) -> None:
    keep(store, draft("ada"), candidates=("zed", "yan"))
    before = snapshot(store)
    broken_after(monkeypatch, "put_interview", 1)
    with pytest.raises(RuntimeError):
        store.seats.add_slot("lea", "r1", slot("cy"))
    assert snapshot(store) == before


def test_interviewers_that_fail_halfway_are_set_nowhere(store, monkeypatch) -> None:
    keep(store, draft("ada"), draft("ada", candidate="yan"), candidates=("zed", "yan"))
    before = snapshot(store)
    broken_after(monkeypatch, "seat", 1)
    with pytest.raises(RuntimeError):
        store.seats.set_interviewers("lea", "r1", "first", ["cy"])
    assert snapshot(store) == before


def test_a_round_that_fails_at_its_second_candidate_is_not_there(store, monkeypatch) -> None:
    round_ = keep(store, draft("ada")).round
    made = Round.model_validate(round_.model_dump() | {"id": "r2"})
    broken_after(monkeypatch, "put_interview", 1)
    with pytest.raises(RuntimeError):
        store.rounds.create("lea", made, ["Yan", "Xia"])
    assert [one.id for one in store.rounds.all("lea")] == ["r1"]


def test_a_round_is_made_with_its_candidates(store) -> None:
    round_ = keep(store, draft("ada")).round
    made = Round.model_validate(round_.model_dump() | {"id": "r2"})
    store.rounds.create("lea", made, ["Yan", "Xia"])
    assert [one.code for one in store.rounds.record("lea", "r2").by_code] == ["C-01", "C-02"]


def test_interviewers_are_set_wherever_nothing_is_recorded(store) -> None:
    keep(store, draft("ada"), draft("ada", candidate="yan"), candidates=("zed", "yan"))
    save_all(store, "ada", "zed-first-ada")
    kept = store.seats.set_interviewers("lea", "r1", "first", ["cy"])
    assert kept == ("C-01",)
    assert {one.interview_id: one.interviewer_id for one in store.rounds.statuses("lea", "r1")} == {
        "zed-first": "ada",
        "yan-first": "cy",
    }


def test_a_scorecard_let_go_is_not_in_the_way_of_others(waiting) -> None:
    waiting.seats.let_go("lea", BOS, "Left.")
    assert waiting.seats.set_interviewers("lea", "r1", "first", ["ada", "cy"]) == ()
