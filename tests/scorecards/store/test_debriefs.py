"""The debrief in a database: votes that stay sealed, openings that happen once, decisions that stay."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import text

from scorecards.comparison import compare_round
from scorecards.documents import ratings_csv, round_bundle, round_markdown
from scorecards.record.departures import ScorecardsMissing
from scorecards.record.model import Debrief, RoundRecord
from scorecards.record.seals import broken_seals, evidence_digest
from scorecards.store import OPERATOR, NotAllowedError, NotFoundError, Store

from ..awkward import AWKWARD
from ..debriefs import debrief, drafted
from ..small_bank import RUBRICS
from ..small_round import PLAN, card, draft, keep, rating, submit

SENIOR = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}
SECRET = "ocelot"
ADA, BO = card("ada", SENIOR), card("bo", SENIOR)
PANEL = ("ada", "bo", "cy", "dee")


@pytest.fixture
def both_in(store: Store) -> Store:
    """Ada and Bo have submitted; Cy sits on the panel, Lea leads, neither met Zed."""
    keep(store, ADA, BO)
    return store


@pytest.fixture
def one_out(store: Store) -> Store:
    """Ada and Bo have submitted, Dee owes hers; Cy sits on the panel, Lea leads."""
    keep(store, ADA, BO, draft("dee"), panel=PANEL)
    return store


def debrief_of(store: Store, viewer: Any = OPERATOR, candidate: str = "zed") -> Debrief:
    return store.rounds.record(viewer, "r1").debrief(candidate)


def cast(store: Store, *who: str, turn: Any = 1, choice: Any = "yes", reason: str = "") -> None:
    for one in who:
        store.debriefs.vote(one, "zed", turn, choice, reason)


def told(read: Callable[[], Any]) -> str:
    """All that a call gives back, a refusal's words included."""
    try:
        given = read()
        return given.decode("latin-1") if isinstance(given, bytes) else repr(given)
    except (NotAllowedError, NotFoundError, ValidationError) as refused:
        return repr(refused) + str(refused)


def documents(of: RoundRecord) -> bytes:
    """Everything that a round's document says."""
    return round_markdown(of, compare_round(of, None, {}), RUBRICS)


# Sealed


READS: dict[str, Callable[[Store, str], Any]] = {
    "the record": lambda store, who: store.rounds.record(who, "r1"),
    "the comparison": lambda store, who: store.rounds.comparison(who, "r1"),
    "the bundle": lambda store, who: round_bundle(store.rounds.record(who, "r1")),
    "the CSV": lambda store, who: ratings_csv(store.rounds.record(who, "r1")),
    "the Markdown": lambda store, who: documents(store.rounds.record(who, "r1")),
    "the statuses": lambda store, who: store.rounds.statuses(who, "r1"),
    "the round": lambda store, who: store.rounds.get(who, "r1"),
    "the people": lambda store, who: store.people.all(),
    "a scorecard": lambda store, who: store.cards.get(who, "zed-first-ada"),
    "who is still out": lambda store, who: store.debriefs.still_out(who, "zed", 1),
    "a vote for the second turn": lambda store, who: store.debriefs.vote(who, "zed", 2, "yes", ""),
    "an opening without a reason": lambda store, who: store.debriefs.open_votes(who, "zed", 1),
    "a decision without a reason": lambda store, who: store.debriefs.decide(who, "zed", drafted()),
}
VIEWERS = {
    "somebody who voted": "bo",
    "somebody who owes": "dee",
    "a panel member who met nobody": "cy",
    "the lead": "lea",
    "a stranger": "max",
}


@pytest.mark.parametrize("viewer", VIEWERS.values(), ids=VIEWERS)
def test_no_answer_whatever_tells_a_word_of_a_sealed_vote(one_out, viewer) -> None:
    cast(one_out, "ada", choice="strong_no", reason=SECRET)
    cast(one_out, "bo")
    answers = {what: told(lambda read=read: read(one_out, viewer)) for what, read in READS.items()}
    assert [what for what, answer in answers.items() if SECRET in answer or "strong_no" in answer] == []


@pytest.mark.parametrize("viewer", VIEWERS.values(), ids=VIEWERS)
def test_a_sealed_vote_leaves_no_trace_of_what_it_says(one_out, new_database, viewer) -> None:
    """Whatever Ada votes, every answer is the same to the byte; only who is out tells the lead that she voted."""
    other = Store(new_database())
    keep(other, ADA, BO, draft("dee"), panel=PANEL)
    cast(one_out, "ada", choice="strong_no", reason="One sentence.")
    cast(other, "ada", choice="strong_yes", reason="Another, and a longer one.")
    for what, read in READS.items():
        assert told(partial(read, one_out, viewer)) == told(partial(read, other, viewer)), what


def test_ones_own_sealed_vote_is_read_by_oneself(one_out) -> None:
    cast(one_out, "ada", choice="no", reason="  Found no number.  ")
    own = debrief_of(one_out, "ada").votes
    assert [(one.choice, one.reason) for one in own] == [("no", "Found no number.")]


@pytest.mark.parametrize("viewer", ["ada", "bo", "cy", "lea"])
def test_votes_that_are_open_are_read_by_everybody_in_the_debrief(both_in, viewer) -> None:
    cast(both_in, "ada", "bo", reason=SECRET)
    assert [one.person_id for one in debrief_of(both_in, viewer).votes] == ["ada", "bo"]


def test_open_votes_and_decisions_are_hidden_from_everyone_who_still_owes(one_out) -> None:
    cast(one_out, "ada", "bo", reason=SECRET)
    one_out.debriefs.open_votes("lea", "zed", 1, SECRET)
    one_out.debriefs.decide("lea", "zed", drafted(departure_reason=SECRET))
    assert debrief_of(one_out, "dee") == debrief()
    answers = {what: told(lambda read=read: read(one_out, "dee")) for what, read in READS.items()}
    assert [what for what, answer in answers.items() if SECRET in answer] == []


def test_submitting_shows_the_votes_that_are_open(one_out) -> None:
    cast(one_out, "ada", "bo")
    one_out.debriefs.open_votes("lea", "zed", 1, "Dee is away.")
    submit(one_out, "dee", "zed-first-dee")
    assert {one.person_id for one in debrief_of(one_out, "dee").votes} == {"ada", "bo"}


def test_a_new_interview_hides_the_debrief_again_but_for_ones_own_vote(both_in) -> None:
    cast(both_in, "ada", "bo")
    both_in.interviews.schedule("lea", "zed", "extra", PLAN, ["bo"])
    shown = debrief_of(both_in, "bo")
    assert ([one.person_id for one in shown.votes], shown.openings) == (["bo"], ())


def test_a_cast_vote_does_not_change_what_stands_for_others_comparison(one_out) -> None:
    """The stamp changes with what its reader may know: a sealed vote is not in it."""
    before = one_out.rounds.stamp("bo", "r1")
    cast(one_out, "ada")
    assert one_out.rounds.stamp("bo", "r1") == before


def test_the_stamp_of_a_comparison_changes_with_an_opening_and_a_decision(both_in) -> None:
    stamps = [both_in.rounds.stamp("cy", "r1")]
    cast(both_in, "ada", "bo")
    stamps.append(both_in.rounds.stamp("cy", "r1"))
    both_in.debriefs.decide("lea", "zed", drafted())
    stamps.append(both_in.rounds.stamp("cy", "r1"))
    assert len(set(stamps)) == 3


# Voting and opening


def test_the_last_vote_opens_the_turn(both_in) -> None:
    cast(both_in, "ada")
    assert debrief_of(both_in).openings == ()
    cast(both_in, "bo")
    opening = debrief_of(both_in).opening(1)
    assert (opening.by, opening.reason, opening.absent) == (None, "", ())
    assert (sorted(opening.speaking_order[:-1]), opening.speaking_order[-1]) == (["ada", "bo"], "lea")


def test_the_second_turn_opens_with_its_last_vote_and_draws_no_order(both_in) -> None:
    cast(both_in, "ada", "bo")
    cast(both_in, "bo", "ada", turn=2)
    assert debrief_of(both_in).opening(2).speaking_order == ()


def test_nobodys_scorecard_that_is_still_out_is_voted_over(one_out) -> None:
    cast(one_out, "ada", "bo")
    assert debrief_of(one_out).openings == ()
    submit(one_out, "dee", "zed-first-dee")
    cast(one_out, "dee")
    assert debrief_of(one_out).opening(1) is not None


@pytest.mark.parametrize("turn", [1, 2])
def test_an_open_vote_is_not_changed(both_in, turn) -> None:
    for each in (1, 2):
        cast(both_in, "ada", "bo", turn=each)
    before = debrief_of(both_in)
    with pytest.raises(NotAllowedError, match="no more are taken"):
        cast(both_in, "ada", turn=turn, choice="no")
    assert debrief_of(both_in) == before


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_an_abstention_says_why(one_out, reason) -> None:
    with pytest.raises(NotAllowedError, match="say why"):
        cast(one_out, "ada", choice="no_decision", reason=reason)
    assert debrief_of(one_out).votes == ()


@pytest.mark.parametrize(("turn", "choice"), [(3, "yes"), (0, "yes"), (1, "maybe")])
def test_there_are_two_turns_and_five_choices(one_out, turn, choice) -> None:
    with pytest.raises(ValidationError):
        cast(one_out, "ada", turn=turn, choice=choice)
    assert debrief_of(one_out).votes == ()


@pytest.mark.parametrize("words", AWKWARD.values(), ids=AWKWARD)
def test_a_votes_words_come_back_character_by_character(one_out, words) -> None:
    cast(one_out, "ada", reason=words)
    assert debrief_of(one_out).votes[0].reason == words.strip()


def test_a_nul_in_a_votes_words_is_left_out(one_out) -> None:
    cast(one_out, "ada", reason="no\x00 number")
    assert debrief_of(one_out).votes[0].reason == "no number"


VOTES_REFUSED: dict[str, tuple[str, type[Exception], str]] = {
    "somebody who owes": ("dee", NotAllowedError, "Submit your own"),
    "a lead who met nobody": ("lea", NotAllowedError, "met the candidate"),
    "a panel member who met nobody": ("cy", NotAllowedError, "met the candidate"),
    "a stranger": ("max", NotFoundError, "no such round"),
    "nobody": ("", NotFoundError, "no such round"),
}


@pytest.mark.parametrize(("viewer", "error", "words"), VOTES_REFUSED.values(), ids=VOTES_REFUSED)
def test_a_vote_that_is_not_theirs_to_cast_is_refused_and_not_stored(one_out, viewer, error, words) -> None:
    with pytest.raises(error, match=words):
        cast(one_out, viewer)
    assert debrief_of(one_out).votes == ()


def test_a_candidate_that_is_not_there_is_not_voted_on(one_out) -> None:
    with pytest.raises(NotFoundError):
        one_out.debriefs.vote("ada", "nobody", 1, "yes", "")


def test_the_lead_opens_early_with_a_reason_and_the_absent_named(one_out) -> None:
    cast(one_out, "ada")
    one_out.debriefs.open_votes("lea", "zed", 1, " Dee is away. ")
    opening = debrief_of(one_out, "cy").opening(1)
    assert (opening.by, opening.reason, opening.absent) == ("lea", "Dee is away.", ("bo", "dee"))


OPENINGS_REFUSED: dict[str, tuple[str, type[Exception], str, str]] = {
    "the lead without a reason": ("lea", NotAllowedError, " ", "2 of the votes are still out"),
    "an interviewer": ("ada", NotAllowedError, "Now.", "Only the round's lead"),
    "a stranger": ("max", NotFoundError, "Now.", "no such round"),
}


@pytest.mark.parametrize(
    ("viewer", "error", "reason", "words"), OPENINGS_REFUSED.values(), ids=OPENINGS_REFUSED
)
def test_votes_stay_sealed_where_opening_is_refused(one_out, viewer, error, reason, words) -> None:
    cast(one_out, "ada")
    with pytest.raises(error, match=words):
        one_out.debriefs.open_votes(viewer, "zed", 1, reason)
    assert debrief_of(one_out).openings == ()


def test_the_lead_who_met_nobody_is_told_whose_votes_are_out_and_nobody_else_is(one_out) -> None:
    cast(one_out, "ada")
    assert one_out.debriefs.still_out("lea", "zed", 1) == ("bo", "dee")
    for viewer, error in (("ada", NotAllowedError), ("cy", NotAllowedError), ("max", NotFoundError)):
        with pytest.raises(error):
            one_out.debriefs.still_out(viewer, "zed", 1)


def test_with_a_scorecard_withdrawn_the_lead_opens_without_waiting_for_its_author(both_in) -> None:
    cast(both_in, "ada")
    both_in.cards.withdraw("lea", "zed-first-bo", "Knew the candidate.")
    assert both_in.debriefs.still_out("lea", "zed", 1) == ()
    both_in.debriefs.open_votes("lea", "zed", 1)
    assert debrief_of(both_in).opening(1).absent == ()


@pytest.mark.parametrize("mode", ["own", "all", "open"])
def test_a_lead_who_owes_a_scorecard_neither_opens_nor_decides(store, mode) -> None:
    keep(store, ADA, draft("lea"), blindness=mode)
    if mode != "all":
        cast(store, "ada")
    for do in (
        lambda: store.debriefs.open_votes("lea", "zed", 1, "Now."),
        lambda: store.debriefs.still_out("lea", "zed", 1),
        lambda: store.debriefs.decide("lea", "zed", drafted(departure_reason="Now.")),
    ):
        with pytest.raises(NotAllowedError, match="Submit your own"):
            do()
    assert debrief_of(store).openings == debrief_of(store).decisions == ()


def test_where_all_are_waited_for_nobody_votes_before_the_last_scorecard(store) -> None:
    keep(store, ADA, draft("bo", SENIOR, choice="yes"), blindness="all")
    with pytest.raises(NotAllowedError, match="still out"):
        cast(store, "ada")
    store.cards.submit("bo", "zed-first-bo")
    cast(store, "ada", "bo")
    assert debrief_of(store).opening(1) is not None


def test_a_person_who_is_named_in_an_opening_is_among_the_records_people(one_out) -> None:
    """Dee did not vote, was taken out of the interview and left the panel: her name stays beside the opening."""
    cast(one_out, "ada", "bo")
    one_out.debriefs.open_votes("lea", "zed", 1, "Dee is away.")
    one_out.interviews.assign("lea", "zed-first", ["ada", "bo"])
    one_out.rounds.change(
        "lea", one_out.rounds.get("lea", "r1").model_copy(update={"panel_ids": ("ada", "bo", "cy")})
    )
    assert one_out.rounds.record("cy", "r1").person["dee"].name == "Dee"


# Deciding


def test_a_decision_is_kept_with_who_recorded_it_and_what_it_rests_on(both_in) -> None:
    both_in.debriefs.decide("lea", "zed", drafted(decided_by="Max"))
    whole = both_in.rounds.record("cy", "r1")
    kept = whole.debrief("zed").decision
    assert (kept.outcome, kept.decided_by, kept.recorded_by) == ("offer", "Max", "lea")
    assert kept.evidence_digest == evidence_digest(whole, "zed")
    assert broken_seals(whole.debrief("zed")) == ()


def test_a_second_decision_stands_beside_the_first_and_their_seals_hold(both_in) -> None:
    first = both_in.debriefs.decide("lea", "zed", drafted("more_evidence"))
    with pytest.raises(NotAllowedError, match="opened again"):
        both_in.debriefs.decide("lea", "zed", drafted())
    second = both_in.debriefs.decide("lea", "zed", drafted(reopened_because="Asked him now."))
    assert debrief_of(both_in).decisions == (first, second)
    assert broken_seals(debrief_of(both_in)) == ()


def test_a_first_decision_was_never_opened_again(both_in) -> None:
    assert both_in.debriefs.decide("lea", "zed", drafted(reopened_because="So.")).reopened_because == ""


def test_a_decision_names_what_stood_against_it_though_its_author_named_nothing(one_out) -> None:
    kept = one_out.debriefs.decide("lea", "zed", drafted(departure_reason="Dee is away."))
    assert kept.departures == (ScorecardsMissing(kind="scorecards_missing", missing=1, expected=3),)


def test_an_amendment_after_the_decision_shows_in_the_evidence(both_in) -> None:
    kept = both_in.debriefs.decide("lea", "zed", drafted())
    both_in.cards.amend("ada", "zed-first-ada", [rating("DRF-01", 4)], None, "Misheard.")
    assert evidence_digest(both_in.rounds.record("lea", "r1"), "zed") != kept.evidence_digest
    assert broken_seals(debrief_of(both_in)) == ()


@pytest.mark.parametrize(
    ("viewer", "error"), [("ada", NotAllowedError), ("cy", NotAllowedError), ("max", NotFoundError)]
)
def test_nobody_but_the_lead_decides(both_in, viewer, error) -> None:
    with pytest.raises(error):
        both_in.debriefs.decide(viewer, "zed", drafted())
    assert debrief_of(both_in).decisions == ()


def test_a_decision_changed_in_the_database_breaks_its_seal(database, both_in) -> None:
    both_in.debriefs.decide("lea", "zed", drafted())
    with database.writing() as connection:
        connection.execute(text("UPDATE decisions SET body = replace(body, 'offer', 'no_offer')"))
    assert broken_seals(debrief_of(both_in)) == (1,)
