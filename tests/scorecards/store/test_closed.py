"""A round's lid, dismissals and the way back, and marks that stay once a scorecard is submitted."""

from collections.abc import Callable

import pytest

from scorecards.documents import read_round_bundle, round_bundle
from scorecards.interviewing.message import Entry, Told
from scorecards.record.model import Verdict
from scorecards.store import OPERATOR, NotAllowedError, NotFoundError, Store

from ..small_round import PLAN, card, draft, keep, rate, rating, save_all, submit

CARD, BO = "zed-first-ada", "zed-first-bo"
SENIOR = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}
MARKS = {"bo": ("drift",)}


@pytest.fixture
def closed(store: Store) -> Store:
    """Ada has submitted, Bo has begun, Cy has not; then the lead closes the round."""
    keep(store, draft("ada"), draft("bo"), draft("cy", slot="second"))
    submit(store, "ada", CARD)
    save_all(store, "bo", BO)
    store.rounds.close("lea", "r1")
    return store


def change(store: Store, **values) -> None:
    store.rounds.change("lea", store.rounds.get(OPERATOR, "r1").model_copy(update=values))


# Closing


WRITES: dict[str, Callable[[Store], object]] = {
    "settings": lambda store: change(store, name="Other"),
    "candidates": lambda store: store.candidates.add("lea", "r1", ["Yan"]),
    "an interview": lambda store: store.interviews.schedule("lea", "zed", "extra", PLAN, ["ada"]),
    "a plan": lambda store: store.interviews.change_plan("cy", "zed-second", PLAN),
    "interviewers": lambda store: store.interviews.assign("lea", "zed-second", ["bo"]),
    "a dismissal": lambda store: store.interviews.dismiss("lea", "zed-second", "Fell ill."),
    "a rating": lambda store: rate(store, "cy", "zed-second-cy", rating("DRF-01")),
    "a recommendation": lambda store: store.cards.save_verdict("bo", BO, Verdict(recommendation="yes")),
    "a submit": lambda store: store.cards.submit("bo", BO),
    "an amendment": lambda store: store.cards.amend(
        "ada", CARD, [], Verdict(recommendation="no"), "Misread."
    ),
    "a withdrawal": lambda store: store.cards.withdraw("lea", CARD, "Knew the candidate."),
}


@pytest.mark.parametrize("what", WRITES)
def test_nothing_in_a_closed_round_changes(closed, what) -> None:
    before = closed.rounds.record(OPERATOR, "r1")
    with pytest.raises(NotAllowedError, match="closed"):
        WRITES[what](closed)
    assert closed.rounds.record(OPERATOR, "r1") == before


def test_closing_opens_nothing_that_is_hidden(closed) -> None:
    """Bo still owes his scorecard: closed or not, he does not read Ada's."""
    with pytest.raises(NotAllowedError):
        closed.cards.get("bo", CARD)
    with pytest.raises(NotAllowedError):
        closed.rounds.comparison("bo", "r1")


def test_a_closed_round_is_read_as_before(closed) -> None:
    assert closed.cards.get("ada", CARD).state == "submitted"
    assert closed.rounds.comparison("ada", "r1").round.state == "closed"


def test_an_interview_cannot_begin_in_a_closed_round(closed) -> None:
    told = Told(tab="tab", entries=(Entry(question_id="DRF-01", evidence="Words."),))
    with pytest.raises(NotAllowedError, match="closed"):
        closed.live.tell("cy", "zed-second-cy", told)
    assert closed.cards.get("cy", "zed-second-cy").content.ratings == ()


def test_an_interview_that_has_begun_keeps_its_words_though_the_round_is_closed(closed) -> None:
    """An interviewer who types while the lead closes loses nothing; submitting is what waits."""
    stored = closed.cards.get("bo", BO).rating("DRF-01")
    told = Told(
        tab="bo-window",
        entries=(Entry(question_id="DRF-01", base=stored.version, level=3, evidence="The last words."),),
    )
    closed.live.tell("bo", BO, told)
    assert closed.cards.get("bo", BO).rating("DRF-01").evidence == "The last words."


def test_an_opened_round_goes_on_where_it_stood(closed) -> None:
    closed.rounds.open("lea", "r1")
    closed.cards.save_verdict("bo", BO, Verdict(recommendation="yes"))
    assert closed.cards.submit("bo", BO).state == "submitted"


def test_who_closed_and_opened_is_kept_through_changes_of_settings(closed) -> None:
    closed.rounds.open("lea", "r1")
    change(closed, name="Renamed", events=(), state="closed")
    after = closed.rounds.get("lea", "r1")
    assert [(event.what, event.person_id) for event in after.events] == [("closed", "lea"), ("opened", "lea")]
    assert (after.name, after.state) == ("Renamed", "open")


def test_a_closed_round_survives_export_and_import(closed, new_database) -> None:
    bundle = round_bundle(closed.rounds.record(OPERATOR, "r1"))
    other = Store(new_database())
    other.imports.add(read_round_bundle(bundle))
    assert round_bundle(other.rounds.record(OPERATOR, "r1")) == bundle


def test_a_closed_round_can_be_deleted(closed) -> None:
    closed.rounds.delete("lea", "r1")
    assert closed.rounds.all(OPERATOR) == ()


@pytest.mark.parametrize(("viewer", "error"), [("ada", NotAllowedError), ("max", NotFoundError)])
def test_only_the_lead_closes_and_opens(store, viewer, error) -> None:
    keep(store, draft("ada"))
    with pytest.raises(error):
        store.rounds.close(viewer, "r1")
    store.rounds.close("lea", "r1")
    with pytest.raises(error):
        store.rounds.open(viewer, "r1")
    assert store.rounds.get("lea", "r1").state == "closed"


def test_a_round_is_closed_once_and_opened_once(store) -> None:
    keep(store, draft("ada"))
    with pytest.raises(NotAllowedError, match="open already"):
        store.rounds.open("lea", "r1")
    store.rounds.close("lea", "r1")
    with pytest.raises(NotAllowedError, match="closed"):
        store.rounds.close("lea", "r1")


# Dismissing


def test_an_interview_with_a_submitted_scorecard_is_not_dismissed(store) -> None:
    keep(store, card("ada", SENIOR), draft("bo"))
    with pytest.raises(NotAllowedError, match="It took place: 1 of its scorecards is submitted"):
        store.interviews.dismiss("lea", "zed-first", "Fell ill.")
    assert store.rounds.statuses("lea", "r1")[1].due


def test_a_withdrawn_scorecard_does_not_stand_in_the_way_of_dismissing(store) -> None:
    keep(store, card("ada", SENIOR, state="withdrawn"), draft("bo"))
    store.interviews.dismiss("lea", "zed-first", "It was void.")
    assert not store.rounds.statuses("lea", "r1")[1].due


def test_a_dismissal_can_be_taken_back_and_the_scorecard_is_owed_again(store) -> None:
    keep(store, draft("ada"), dismissed=["zed-first"])
    store.interviews.undo_dismissal("lea", "zed-first", " New date. ")
    status = store.rounds.statuses("lea", "r1")[0]
    assert (status.due, status.dismissed_reason) == (True, None)
    event = store.rounds.get("lea", "r1").events[0]
    assert (event.what, event.person_id, event.interview_id) == ("dismissal_undone", "lea", "zed-first")
    assert (event.reason, event.could_have_read) == ("New date.", ())


def test_who_could_read_others_while_it_was_dismissed_is_kept(store) -> None:
    """Bo owed nothing meanwhile, so Ada's scorecard was open to him; Cy still owes another one."""
    keep(
        store,
        card("ada", SENIOR),
        draft("bo", slot="second"),
        draft("cy", slot="second"),
        draft("cy", slot="third"),
        dismissed=["zed-second"],
    )
    store.interviews.undo_dismissal("lea", "zed-second", "New date.")
    assert store.rounds.get("lea", "r1").events[0].could_have_read == ("bo",)


@pytest.mark.parametrize(("viewer", "reason"), [("ada", "New date."), ("lea", ""), ("lea", " ")])
def test_taking_a_dismissal_back_needs_the_lead_and_a_reason(store, viewer, reason) -> None:
    keep(store, draft("ada"), dismissed=["zed-first"])
    with pytest.raises(NotAllowedError):
        store.interviews.undo_dismissal(viewer, "zed-first", reason)
    assert not store.rounds.statuses("lea", "r1")[0].due


def test_only_a_dismissed_interview_is_taken_back(store) -> None:
    keep(store, draft("ada"))
    with pytest.raises(NotAllowedError, match="not dismissed"):
        store.interviews.undo_dismissal("lea", "zed-first", "New date.")


# Marks and closing words


def test_the_lead_marks_who_is_not_qualified_before_the_first_submit(store) -> None:
    keep(store, draft("ada", SENIOR), draft("bo"))
    change(store, not_qualified=MARKS)
    assert store.rounds.get("bo", "r1").not_qualified == MARKS


@pytest.mark.parametrize("state", ["submitted", "withdrawn"])
@pytest.mark.parametrize("marks", [{}, {"bo": ("security",)}, MARKS | {"cy": ("drift",)}])
def test_marks_stay_after_the_first_submit(store, state, marks) -> None:
    kept = keep(store, card("ada", SENIOR, state=state), draft("bo"), not_qualified=MARKS)
    with pytest.raises(NotAllowedError, match="before the first scorecard is submitted"):
        change(store, not_qualified=marks)
    assert store.rounds.get("lea", "r1") == kept.round


def test_a_round_that_could_not_be_read_again_is_not_stored(store) -> None:
    kept = keep(store, draft("ada"))
    for marks in ({"max": ("drift",)}, {"bo": ("cooking",)}):
        with pytest.raises(NotAllowedError):
            change(store, not_qualified=marks)
    assert store.rounds.get("lea", "r1") == kept.round


def test_closing_words_can_be_changed_at_any_time(store) -> None:
    keep(store, card("ada", SENIOR), draft("bo"))
    change(store, closing_words="Thank you. We write on Friday.")
    assert store.rounds.get("bo", "r1").closing_words == "Thank you. We write on Friday."


def test_a_level_that_stands_apart_does_not_hold_back_a_submit(store) -> None:
    """All of Bo's levels on drift are 1; with the rest at 3 his yes contradicts nothing that counts."""
    keep(store, draft("bo"), not_qualified=MARKS)
    for key, level in {**SENIOR, "DRF-01": 1, "DRF-02": 1}.items():
        rate(store, "bo", BO, rating(key, level))
    store.cards.save_verdict("bo", BO, Verdict(recommendation="yes"))
    assert store.cards.submit("bo", BO).state == "submitted"
