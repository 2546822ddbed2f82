"""What becomes of a debrief when its round is closed, removed, exported and imported."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from scorecards.documents import read_round_bundle, round_bundle
from scorecards.record.model import Debrief, Vote
from scorecards.record.seals import broken_seals
from scorecards.store import OPERATOR, Database, NotAllowedError, Store, open_database

from ..awkward import AWKWARD
from ..debriefs import debrief, drafted, vote, with_debrief
from ..small_round import card, draft, keep, record, submit
from .test_rounds import every_row

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


# Closed and removed


IN_A_CLOSED_ROUND: dict[str, Callable[[Store], object]] = {
    "a vote": lambda store: cast(store, "bo"),
    "a changed vote": lambda store: cast(store, "ada", choice="no"),
    "an opening": lambda store: store.debriefs.open_votes("lea", "zed", 1, "Now."),
    "a decision": lambda store: store.debriefs.decide("lea", "zed", drafted()),
}


@pytest.mark.parametrize("write", IN_A_CLOSED_ROUND.values(), ids=IN_A_CLOSED_ROUND)
def test_a_closed_round_takes_no_part_of_a_debrief(both_in, write) -> None:
    cast(both_in, "ada")
    both_in.rounds.close("lea", "r1")
    before = both_in.rounds.record(OPERATOR, "r1")
    with pytest.raises(NotAllowedError, match="closed"):
        write(both_in)
    assert both_in.rounds.record(OPERATOR, "r1") == before


def test_closing_a_round_opens_no_vote(both_in) -> None:
    cast(both_in, "ada", reason=SECRET)
    both_in.rounds.close("lea", "r1")
    assert SECRET not in repr(both_in.rounds.record("lea", "r1"))


def whole_debrief(store: Store, candidate: str = "zed") -> None:
    """Both turns voted, the first opened early; decided, opened again, decided otherwise."""
    store.debriefs.vote("ada", candidate, 1, "no", AWKWARD["quotes"])
    store.debriefs.open_votes("lea", candidate, 1, AWKWARD["emoji"])
    store.debriefs.vote("bo", candidate, 2, "no_decision", AWKWARD["right to left"])
    store.debriefs.vote("ada", candidate, 2, "yes", "")
    store.debriefs.decide("lea", candidate, drafted("more_evidence", departure_reason="Not asked."))
    again = drafted("no_offer", departure_reason="Asked now.", reopened_because="Asked now.")
    store.debriefs.decide("lea", candidate, again)


def rows_of_debriefs(database: Database) -> dict[str, int]:
    return {
        name: len(rows)
        for name, rows in every_row(database).items()
        if name in ("votes", "openings", "decisions")
    }


@pytest.mark.parametrize(
    "remove", ["DELETE FROM candidates WHERE id = 'zed'", "DELETE FROM rounds WHERE id = 'r1'"]
)
def test_a_removed_candidate_or_round_takes_the_debrief_along(database, both_in, remove) -> None:
    whole_debrief(both_in)
    assert rows_of_debriefs(database) == {"votes": 3, "openings": 2, "decisions": 2}
    with database.writing() as connection:
        connection.execute(text(remove))
    assert rows_of_debriefs(database) == {"votes": 0, "openings": 0, "decisions": 0}


# Out and in again


def test_export_import_export_gives_the_same_bytes_with_a_whole_debrief(both_in, new_database) -> None:
    whole_debrief(both_in)
    first = round_bundle(both_in.rounds.record(OPERATOR, "r1"))
    other = Store(new_database())
    other.imports.add(read_round_bundle(first))
    assert round_bundle(other.rounds.record(OPERATOR, "r1")) == first
    assert broken_seals(debrief_of(other)) == ()


def test_a_round_from_a_file_gives_the_same_bytes_on_every_database(store, tmp_path) -> None:
    """Ids that sort differently by alphabet and by code: the order is one everywhere."""
    on_file = open_database(str(tmp_path / "other.db"))
    cards = [
        card(who, SENIOR, candidate=zed) for who in PANEL_OF_ALL_SORTS for zed in ("a-b", "aB", "a_c", "B")
    ]
    keep(Store(on_file), *cards, panel=PANEL_OF_ALL_SORTS, candidates=("a-b", "aB", "a_c", "B"))
    for who in PANEL_OF_ALL_SORTS:
        Store(on_file).debriefs.vote(who, "aB", 1, "yes", "")
    first = round_bundle(Store(on_file).rounds.record(OPERATOR, "r1"))
    store.imports.add(read_round_bundle(first))
    assert round_bundle(store.rounds.record(OPERATOR, "r1")) == first
    on_file.close()


PANEL_OF_ALL_SORTS = ("ada", "Bo", "b-o", "b_a", "9")


def test_an_imported_debrief_goes_on_where_it_stood(one_out, new_database) -> None:
    cast(one_out, "ada", choice="no")
    other = Store(new_database())
    other.imports.add(read_round_bundle(round_bundle(one_out.rounds.record(OPERATOR, "r1"))))
    assert debrief_of(other, "bo") == debrief()
    submit(other, "dee", "zed-first-dee")
    cast(other, "bo", "dee")
    assert debrief_of(other, "lea").opening(1) is not None


def bundle_with(held: Debrief) -> bytes:
    return round_bundle(with_debrief(record(ADA, BO), held))


def opening_by(**values: Any) -> Debrief:
    opening = debrief(openings=(1,)).openings[0].model_copy(update=values)
    return Debrief(candidate_id="zed", openings=(opening,))


FOREIGN: dict[str, Debrief] = {
    "a vote of nobody": debrief(vote("max")),
    "an opening by nobody": opening_by(by="max"),
    "an absent nobody": opening_by(absent=("max",)),
    "a nobody who speaks": opening_by(speaking_order=("ada", "max")),
    "a candidate who is not there": Debrief(candidate_id="yan", votes=(vote("ada"),)),
    "a vote that stands twice": debrief(vote("ada"), vote("ada", "no")),
    "an opening that stands twice": debrief(openings=(1, 1)),
}


@pytest.mark.parametrize("held", FOREIGN.values(), ids=FOREIGN)
def test_a_bundle_whose_debrief_names_nobody_or_counts_twice_is_refused(held) -> None:
    with pytest.raises(Exception, match="is inconsistent"):
        read_round_bundle(bundle_with(held))


def test_a_bundle_whose_vote_holds_a_nul_is_refused_in_words(both_in) -> None:
    cast(both_in, "ada", reason="word")
    held = both_in.rounds.record(OPERATOR, "r1")
    nul = Vote.model_construct(**held.debriefs[0].votes[0].model_dump() | {"reason": "wo\x00rd"})
    forged = held.model_copy(update={"debriefs": (held.debriefs[0].model_copy(update={"votes": (nul,)}),)})
    with pytest.raises(Exception, match="does not fit its schema"):
        read_round_bundle(round_bundle(forged))
