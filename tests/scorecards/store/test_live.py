"""The live interview in the store: one window writes, nothing is overwritten unseen, and a candidate looks on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import update

from scorecards.interviewing.message import OLDEST_MOMENT, Answer, Entry, Former, Happened, Refusal, Told
from scorecards.interviewing.passes import Pass
from scorecards.record.model import now
from scorecards.store import Database, NotAllowedError, NotFoundError, Store, open_database
from scorecards.store.live import Seen, Unreadable
from scorecards.store.rows import time_text
from scorecards.store.tables import desks, ratings, windows

from ..small_round import draft, keep, submit

CARD = "zed-first-ada"
BOS = "zed-first-bo"


@pytest.fixture
def kept(store: Store) -> Store:
    """A round in which Ada and Bo each owe a scorecard for Zed."""
    keep(store, draft("ada"), draft("bo"))
    return store


def tell(store: Store, tab: str = "one", *entries: Entry, viewer: str = "ada", **told: Any) -> Answer:
    card = CARD if viewer == "ada" else BOS
    return store.live.tell(viewer, card, Told(tab=tab, entries=entries, **told))


def words(text: str, base: int = 0, question: str = "DRF-01") -> Entry:
    return Entry(question_id=question, base=base, evidence=text)


def evidence(store: Store, question: str = "DRF-01") -> str:
    return store.cards.get("ada", CARD).rating(question).evidence


def silence(database: Database, seconds: int) -> None:
    """As if the window that holds a scorecard had said nothing for so long."""
    with database.writing() as connection:
        held = connection.execute(desks.select()).one().held_at
        earlier = time_text(datetime.fromisoformat(held) - timedelta(seconds=seconds))
        connection.execute(update(desks).values(held_at=earlier))


# One window writes


def test_the_first_window_writes(kept) -> None:
    answer = tell(kept, "one", words("They name the flag."))
    assert (answer.holds, evidence(kept)) == (True, "They name the flag.")


def test_a_second_window_reads_and_stores_nothing(kept) -> None:
    tell(kept, "one", words("first"))
    answer = tell(kept, "two", words("second", base=1))
    assert (answer.holds, evidence(kept)) == (False, "first")


def test_a_window_that_reads_is_told_all_that_stands_there(kept) -> None:
    tell(kept, "one", words("first"), moments=(Happened(id="one-1", ago=0, kind="begun"),))
    answer = tell(kept, "two")
    assert [rating.evidence for rating in answer.ratings] == ["first"]
    assert [moment.kind for moment in answer.moments] == ["begun"]


def test_taking_over_ends_the_other_windows_writing(kept) -> None:
    tell(kept, "one", words("first"))
    assert tell(kept, "two", words("second", base=1), wish="take").holds
    assert not tell(kept, "one", words("late", base=1)).holds
    assert evidence(kept) == "second"


def test_taking_over_with_words_typed_on_an_older_text_is_a_clash_and_overwrites_nothing(kept) -> None:
    tell(kept, "one", words("first"))
    answer = tell(kept, "two", words("typed offline", base=0), wish="take")
    assert [rating.evidence for rating in answer.clashes] == ["first"]
    assert evidence(kept) == "first"


def test_a_window_that_left_makes_room(kept) -> None:
    tell(kept, "one", words("first"), wish="leave")
    assert tell(kept, "two", words("second", base=1)).holds
    assert evidence(kept) == "second"


def test_a_leaving_window_stores_its_last_words(kept) -> None:
    tell(kept, "one", words("last words"), wish="leave")
    assert evidence(kept) == "last words"


@pytest.mark.parametrize(("seconds", "holds"), [(15, False), (25, True)])
def test_a_window_that_fell_silent_for_twenty_seconds_makes_room(database, kept, seconds, holds) -> None:
    tell(kept, "one")
    silence(database, seconds)
    assert tell(kept, "two").holds is holds


def test_a_window_after_a_crash_goes_on_under_its_old_name(kept) -> None:
    """Its last answer was lost: the same words on the old base are its own, not a clash."""
    tell(kept, "one", words("first"))
    answer = tell(kept, "new", words("first and more", base=0), was=(Former(tab="one", count=9),))
    assert (answer.holds, answer.clashes) == (True, ())
    assert evidence(kept) == "first and more"


def test_the_same_message_twice_changes_nothing(kept) -> None:
    begun = Happened(id="one-1", ago=0, kind="begun")
    for _ in range(2):
        answer = tell(kept, "one", words("first"), moments=(begun,))
    assert answer.ratings[0].version == 1
    assert len(kept.cards.get("ada", CARD).moments) == 1


def test_a_question_outside_the_plan_is_refused_and_the_rest_is_stored(kept) -> None:
    answer = tell(kept, "one", words("foreign", question="OPS-77"), words("first"))
    assert evidence(kept) == "first"
    assert answer.refused == (Refusal("entry", 0, "OPS-77", "OPS-77 is not in this interview's plan."),)


@pytest.mark.parametrize(
    ("marks", "reason"),
    [
        ({"ticks": ("a", "z")}, "DRF-01 has no signal 'z'."),
        ({"probes": (0, 99)}, "DRF-01 has no probe '99'."),
        ({"red_flags": ("z",)}, "DRF-01 has no red flag 'z'."),
    ],
)
def test_a_mark_that_the_question_does_not_have_is_refused_and_the_words_are_stored(
    kept, marks, reason
) -> None:
    answer = tell(kept, "one", Entry(question_id="DRF-01", evidence="the words", **marks))
    assert answer.refused == (Refusal("mark", 0, "DRF-01", reason),)
    stored = kept.cards.get("ada", CARD).rating("DRF-01")
    assert (stored.evidence, stored.ticks, stored.probes, stored.red_flags) == (
        "the words",
        marks.get("ticks", ())[:1],
        marks.get("probes", ())[:1],
        (),
    )


def test_a_moment_of_a_question_outside_the_plan_is_refused_and_the_others_are_stored(kept) -> None:
    moments = (
        Happened(id="a", ago=0, kind="begun"),
        Happened(id="b", ago=0, kind="opened", question_id="OPS-77"),
        Happened(id="c", ago=0, kind="paused"),
    )
    answer = tell(kept, "one", moments=moments)
    assert [one.kind for one in kept.cards.get("ada", CARD).moments] == ["begun", "paused"]
    assert [(one.what, one.place) for one in answer.refused] == [("moment", 1)]


@pytest.mark.parametrize("ago", [-5, OLDEST_MOMENT + 1, 5 * 365 * 24 * 3600 * 1000, 1e300])
def test_an_age_that_cannot_be_is_brought_into_range(kept, ago) -> None:
    """A clock five years behind and then set right; a laptop that slept for eight days."""
    tell(kept, "one", moments=(Happened(id="a", ago=ago, kind="begun"),))
    (moment,) = kept.cards.get("ada", CARD).moments
    assert timedelta(0) <= now() - moment.at < timedelta(days=7, minutes=1)


def test_ages_cut_to_the_oldest_keep_their_order(kept) -> None:
    ago, kinds = 2 * OLDEST_MOMENT, ("begun", "paused", "resumed", "ended")
    told = tuple(Happened(id=f"z-{9 - n}", ago=ago - n, kind=kind) for n, kind in enumerate(kinds))
    tell(kept, "one", moments=told)
    assert [one.kind for one in kept.cards.get("ada", CARD).moments] == list(kinds)


def test_nobody_writes_anothers_scorecard(kept) -> None:
    with pytest.raises(NotFoundError):
        kept.live.tell("bo", CARD, Told(tab="one"))


def test_a_submitted_scorecard_takes_nothing_and_says_so(kept) -> None:
    submit(kept, "ada", CARD)
    before = evidence(kept)
    answer = tell(kept, "one", words("too late"))
    assert (answer.holds, answer.state, evidence(kept)) == (False, "submitted", before)


# Moments


def test_a_moment_is_dated_by_the_servers_clock(kept) -> None:
    """What a window sends is how long ago it was; a laptop with a wrong clock does no harm."""
    minute = 60_000
    told = (Happened(id="a", ago=2 * minute, kind="begun"), Happened(id="b", ago=minute, kind="paused"))
    tell(kept, "one", moments=told)
    begun, paused = kept.cards.get("ada", CARD).moments
    assert (paused.at - begun.at) == timedelta(minutes=1)


def test_a_plan_stays_as_it_is_once_the_interview_has_begun(kept) -> None:
    tell(kept, "one", moments=(Happened(id="a", ago=0, kind="begun"),))
    interview = kept.interviews.get("ada", "zed-first")
    with pytest.raises(NotAllowedError, match="has begun"):
        kept.interviews.change_plan("ada", interview.id, interview.plan)


# Two interviewers


def test_each_sees_where_the_other_is_and_nothing_else(kept) -> None:
    tell(kept, "one", words("Ada's words"), focus="DRF-02")
    answer = tell(kept, "two", viewer="bo", focus="DRF-01")
    assert answer.others == {"ada": "DRF-02"}
    assert "Ada's words" not in str(answer)


def test_who_leads_is_told_to_both(kept) -> None:
    tell(kept, "two", viewer="bo", lead=True)
    assert tell(kept, "one").leader_id == "bo"


# The candidate's window


def test_looking_at_another_question_does_not_show_it(kept) -> None:
    window = opened(kept)
    tell(kept, "one", focus="DRF-01", shown="DRF-01", lead=True)
    answer = tell(kept, "one", focus="DRF-02", shown="DRF-01")
    seen = kept.live.seen([window])[window]
    assert isinstance(seen, Seen)
    assert (seen.question_id, answer.shown) == ("DRF-01", "DRF-01")


def test_who_comes_to_lead_leaves_what_the_candidate_sees_as_it_is(kept) -> None:
    window = opened(kept)
    tell(kept, "one", focus="DRF-01", shown="DRF-01", lead=True, led=None)
    tell(kept, "bos", viewer="bo", focus="DRF-02", shown="DRF-02")
    assert (
        tell(kept, "bos", viewer="bo", focus="DRF-02", shown="DRF-02", lead=True, led="ada").shown == "DRF-01"
    )
    seen = kept.live.seen([window])[window]
    assert isinstance(seen, Seen)
    assert seen.question_id == "DRF-01"


def test_every_answer_says_whether_a_candidate_looks_on(kept) -> None:
    assert tell(kept, "one").window is None
    token = kept.live.open_window("bo", BOS)
    assert tell(kept, "one").window == token


def test_a_damaged_rating_stops_only_the_window_that_shows_it(database, store) -> None:
    keep(store, draft("ada"), draft("cy", slot="second"))
    damaged, whole = opened(store), store.live.window_id(store.live.open_window("cy", "zed-second-cy"))
    tell(store, "one", words("first"), focus="DRF-01", lead=True)
    assert whole is not None
    with database.writing() as connection:
        connection.execute(update(ratings).values(body="{damaged"))
    seen = store.live.seen([damaged, whole])
    assert isinstance(seen[damaged], Unreadable)
    assert isinstance(seen[whole], Seen)


def opened(store: Store, viewer: str = "ada") -> str:
    window = store.live.window_id(store.live.open_window(viewer, CARD if viewer == "ada" else BOS))
    assert window is not None
    return window


def test_an_interview_has_one_open_window(kept) -> None:
    assert kept.live.open_window("ada", CARD) == kept.live.open_window("bo", BOS)


def test_a_window_follows_the_one_who_leads(kept) -> None:
    window = opened(kept)
    tell(kept, "one", focus="DRF-02")
    tell(kept, "two", viewer="bo", focus="SEC-01", lead=True)
    seen = kept.live.seen([window])[window]
    assert isinstance(seen, Seen)
    assert seen.question_id == "SEC-01"


def test_a_window_knows_what_was_given(kept) -> None:
    window = opened(kept)
    given = Entry(question_id="DRF-01", given=("exhibit-plot",))
    tell(kept, "one", given, focus="DRF-01", lead=True)
    seen = kept.live.seen([window])[window]
    assert isinstance(seen, Seen)
    assert seen.given == ("exhibit-plot",)


def test_a_closed_window_has_ended_for_good(kept) -> None:
    token = kept.live.open_window("ada", CARD)
    window = opened(kept)
    kept.live.close_windows("ada", CARD)
    assert kept.live.seen([window]) == {window: None}
    assert kept.live.open_window("ada", CARD) != token


def test_a_window_ends_when_the_leader_submits(kept) -> None:
    window = opened(kept)
    tell(kept, "one", focus="DRF-01", lead=True)
    submit(kept, "ada", CARD)
    assert kept.live.seen([window]) == {window: None}


def test_a_window_ends_after_a_day(database, kept) -> None:
    window = opened(kept)
    with database.writing() as connection:
        connection.execute(update(windows).values(opened_at="2026-01-01T00:00:00.000000Z"))
    assert kept.live.seen([window]) == {window: None}


def test_a_made_up_address_is_nobodys(kept) -> None:
    token = kept.live.open_window("ada", CARD)
    window, _, signature = token.partition(".")
    for forged in (window, f"{window}.", f"{window}.{'0' * 40}", f"{'0' * 24}.{signature}", "", "é.é"):
        assert kept.live.window_id(forged) is None


def test_a_pass_of_one_database_is_nothing_in_another(kept, new_database) -> None:
    signed = kept.live.sign(CARD, "ada")
    assert kept.live.read(signed) == Pass(CARD, "ada")
    assert Store(new_database()).live.read(signed) is None


def test_replicas_that_sign_for_the_first_time_at_once_sign_with_the_same_key(new_address) -> None:
    """Each pass is good at every replica."""
    address = new_address()
    replicas = [open_database(address) for _ in range(6)]
    for database in replicas:
        with database.reading():
            pass  # the connection is there: what follows comes at once
    ready = Barrier(len(replicas))

    def signed(database: Database) -> str:
        ready.wait()
        return Store(database).live.sign(CARD, "ada")

    with ThreadPoolExecutor(len(replicas)) as together:
        passes = list(together.map(signed, replicas))
    assert [Store(database).live.read(one) for one in passes for database in replicas] == [
        Pass(CARD, "ada")
    ] * 36
    for database in replicas:
        database.close()
