"""Erasing a candidate: what goes, what stays, and what is told before it is done."""

from __future__ import annotations

import pytest

from scorecards.record.name_finder import NOT_LOOKED_FOR
from scorecards.store import OPERATOR, Store, open_database
from scorecards.store.privacy import looked_for

from ..small_round import card, draft, record
from .telling_names import LEAKING, SENIOR, called, wordy


def test_erasing_a_candidate_leaves_no_row_and_no_name_of_theirs(store, two_candidates) -> None:
    store.debriefs.vote("ada", "zed", 1, "yes", "Zelda is calm.")
    store.privacy.erase("lea", "zed")
    left = store.rounds.record(OPERATOR, "r1")
    assert [one.id for one in left.candidates] == ["yan"]
    assert {one.candidate_id for one in (*left.cards, *left.interviews)} == {"yan"}
    assert "Zelda" not in repr(left)


def test_what_stays_of_an_erased_candidate_are_counts(store, two_candidates) -> None:
    store.privacy.erase("lea", "zed")
    erased = store.rounds.get("lea", "r1").erased
    assert (erased.candidates, erased.scorecards) == (1, 1)


def test_the_log_says_that_it_happened_and_names_nobody(store, two_candidates) -> None:
    store.privacy.erase("lea", "zed")
    newest = store.audit.entries(OPERATOR)[0]
    assert (newest.actor, newest.action, newest.subject) == ("lea", "candidate_erased", "zed")
    assert newest.detail == {"interviews": 1, "scorecards": 1}
    assert store.audit.verify(OPERATOR).faults == ()


def test_the_file_itself_holds_no_word_of_the_erased(tmp_path) -> None:
    path = tmp_path / "kit.db"
    store = Store(database := open_database(str(path)))
    store.imports.add(called(record(wordy("ada", "Ocelots by night."))))
    told = [b"Ocelots", b"Quillfeather"]
    assert all(any(word in file.read_bytes() for file in tmp_path.iterdir()) for word in told)
    store.privacy.erase("lea", "zed")
    assert not any(word in file.read_bytes() for file in tmp_path.iterdir() for word in told)
    database.close()


def test_an_erasure_is_told_before_it_is_done(store, two_candidates) -> None:
    told = store.privacy.erasure("lea", "zed")
    assert (told.code, told.interviews, told.scorecards, told.mentioned_in) == ("C-01", 1, 1, 1)
    assert len(store.rounds.record(OPERATOR, "r1").candidates) == 2


def test_a_candidate_of_a_closed_round_is_erased(store, two_candidates) -> None:
    store.rounds.close("lea", "r1")
    store.privacy.erase("lea", "zed")
    assert len(store.rounds.record(OPERATOR, "r1").candidates) == 1


def test_a_reason_that_speaks_of_the_erased_goes_with_them(store) -> None:
    whole = record(card("ada", SENIOR), draft("bo"), draft("ada", slot="more"), blindness="all")
    store.imports.add(called(whole))
    store.interviews.dismiss("lea", "zed-more", "Zelda fell ill.")
    store.interviews.undo_dismissal("lea", "zed-more", "Zelda is well.")
    store.candidates.read_early("lea", "zed", "Zelda must hear today.")
    store.privacy.erase("lea", "zed")
    events = store.rounds.get("lea", "r1").events
    assert [one.what for one in events] == ["dismissal_undone", "read_early"]
    assert "Zelda" not in repr(events)


@pytest.mark.parametrize("name", LEAKING)
def test_erasing_sees_the_name_in_any_script(store, name) -> None:
    whole = record(
        card("ada", SENIOR), wordy("bo", LEAKING[name], candidate="yan"), candidates=("zed", "yan")
    )
    zed = whole.candidate["zed"].model_copy(update={"name": name})
    store.imports.add(whole.model_copy(update={"candidates": (zed, whole.candidate["yan"])}))
    assert store.privacy.erasure("lea", "zed").mentioned_in == 1


def test_an_everyday_word_that_is_a_name_is_told_apart_when_erasing(store) -> None:
    whole = record(
        card("ada", SENIOR), wordy("bo", "It will do.", candidate="yan"), candidates=("zed", "yan")
    )
    zed = whole.candidate["zed"].model_copy(update={"name": "Will Quillfeather"})
    store.imports.add(whole.model_copy(update={"candidates": (zed, whole.candidate["yan"])}))
    told = store.privacy.erasure("lea", "zed")
    assert (told.mentioned_in, told.perhaps_in) == (0, 1)


def test_the_kit_never_claims_that_a_name_is_nowhere(store, two_candidates) -> None:
    assert "not found" in looked_for(store.privacy.erasure("lea", "yan"))
    assert "nicknames" in " ".join(NOT_LOOKED_FOR)
