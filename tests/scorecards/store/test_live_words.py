"""Words of a live interview in the store: the newest win, and pages of an earlier kit go on."""

from __future__ import annotations

from typing import Any

import pytest

from scorecards.interviewing.message import Answer, Entry, Former, Told
from scorecards.store import Store
from scorecards.store.live import Seen

from ..small_round import draft, keep

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


# Newest words win


def counted(text: str, count: int, base: int = 0) -> Entry:
    return Entry(question_id="DRF-01", base=base, evidence=text, count=count)


def test_an_older_message_of_the_same_window_replaces_nothing(kept) -> None:
    """Two messages overlap, or a replica that hung goes on: the newer one was answered already."""
    tell(kept, "one", counted("first and second", 2), count=2, term=0)
    late = tell(kept, "one", counted("first", 1), count=1, term=0)
    assert evidence(kept) == "first and second"
    assert (late.ratings[0].evidence, late.older) == ("first and second", ("DRF-01",))


def test_the_same_count_again_is_stored_already(kept) -> None:
    for _ in range(2):
        answer = tell(kept, "one", counted("first", 1), count=1)
        assert (answer.older, answer.ratings[0].version) == ((), 1)


def test_words_that_came_back_to_what_they_were_are_newer_all_the_same(kept) -> None:
    """Typed, deleted again; the message in between comes last."""
    tell(kept, "one", counted("x", 1), count=1)
    tell(kept, "one", counted("x", 3), count=3)
    tell(kept, "one", counted("x and y", 2), count=2)
    assert evidence(kept) == "x"


def test_a_message_from_before_a_reload_replaces_nothing(kept) -> None:
    was = (Former(tab="one", count=4),)
    tell(kept, "one", counted("typed", 3), count=3)
    tell(kept, "two", counted("typed and more", 5), count=5, term=1, was=was)
    tell(kept, "one", counted("typed in betw", 4), count=4, term=1)
    assert evidence(kept) == "typed and more"


def test_after_a_crash_an_older_journal_gives_way_to_what_is_stored(kept) -> None:
    """The browser's disk was behind: the words that it brings back are an earlier state of those that are stored."""
    tell(kept, "one", counted("typed and more", 7), count=7)
    answer = tell(kept, "two", counted("typed", 5), count=6, term=1, was=(Former(tab="one", count=5),))
    assert (answer.older, evidence(kept)) == (("DRF-01",), "typed and more")


def test_a_copied_tab_overwrites_nothing_that_the_first_one_typed_since(kept) -> None:
    """The copy has the words and counts of the first, which goes on typing: both texts are shown."""
    tell(kept, "one", counted("typed", 5), count=5)
    tell(kept, "one", counted("typed and more", 7), count=7, term=1)
    was = (Former(tab="one", count=5, gone=False),)
    assert not tell(kept, "copy", count=6, term=1, was=was).holds
    answer = tell(kept, "copy", counted("typed in the copy", 9), count=9, term=1, was=was, wish="take")
    assert [one.evidence for one in answer.clashes] == ["typed and more"]
    assert evidence(kept) == "typed and more"


def test_a_late_message_moves_nothing_back(kept) -> None:
    """Neither the current question nor the one shown nor who leads."""
    window = opened(kept)
    tell(kept, "one", count=2, focus="DRF-02", shown="DRF-02", lead=True, led=None)
    tell(kept, "bos", viewer="bo", count=1, lead=True, led="ada")
    answer = tell(kept, "one", count=1, focus="DRF-01", shown="DRF-01", lead=True, led="bo")
    assert answer.leader_id == "bo"
    assert tell(kept, "bos", viewer="bo", count=2).others == {"ada": "DRF-02"}
    seen = kept.live.seen([window])[window]
    assert isinstance(seen, Seen)
    assert seen.question_id == "DRF-02"


def test_a_goodbye_that_comes_late_takes_nothing_from_the_window_that_is_back(kept) -> None:
    tell(kept, "one", count=1)
    tell(kept, "one", count=3, term=1)
    assert tell(kept, "one", count=2, term=1, wish="leave").holds
    assert not tell(kept, "other", count=1, term=1).holds


def test_a_goodbye_from_before_a_reload_takes_nothing_from_the_page_that_came_after(kept) -> None:
    tell(kept, "one", count=1)
    assert tell(kept, "two", count=3, term=1, was=(Former(tab="one", count=2),)).holds
    tell(kept, "one", count=2, term=1, wish="leave")
    assert not tell(kept, "other", count=1, term=2).holds


def test_what_was_sent_before_another_took_over_takes_nothing_back(kept) -> None:
    """Not even where the other has left since, and not a wish to take over either."""
    tell(kept, "one", counted("first", 1), count=1)
    tell(kept, "two", count=1, term=1, wish="take")
    tell(kept, "two", counted("first", 2, base=1), count=2, term=2, wish="leave")
    for wish in ("", "take"):
        late = tell(kept, "one", counted("late", 2, base=1), count=2, term=1, wish=wish)
        assert (late.holds, evidence(kept)) == (False, "first")


def test_a_window_that_finds_the_desk_free_is_told_so_and_takes_it_next(kept) -> None:
    tell(kept, "one", count=1, wish="leave")
    answer = tell(kept, "two", count=1, term=0)
    assert (answer.holds, answer.free) == (False, True)
    assert tell(kept, "two", count=2, term=answer.term).holds


def test_who_presses_to_lead_takes_it_only_from_whom_they_saw_leading(kept) -> None:
    tell(kept, "bos", viewer="bo", lead=True, led=None)
    assert tell(kept, "one", lead=True, led=None).leader_id == "bo"
    assert tell(kept, "one", lead=True, led="bo").leader_id == "ada"


# Pages of an earlier kit, which count nothing


def test_without_counts_words_go_on_also_where_an_answer_was_lost(kept) -> None:
    tell(kept, "one", words("first"))
    answer = tell(kept, "one", words("first and second", base=0))
    assert (answer.clashes, evidence(kept)) == ((), "first and second")


def test_without_counts_what_the_stored_words_begin_with_replaces_nothing(kept) -> None:
    tell(kept, "one", words("first and second"))
    late = tell(kept, "one", words("first", base=0))
    assert [one.evidence for one in late.clashes] == ["first and second"]
    assert evidence(kept) == "first and second"


def test_without_counts_words_are_deleted_over_the_version_that_was_read(kept) -> None:
    read = tell(kept, "one", words("first and second")).ratings[0]
    tell(kept, "one", words("first", base=read.version))
    assert evidence(kept) == "first"


@pytest.mark.parametrize("was", [(), (Former(tab="two", count=2_000_000_000),)])
@pytest.mark.parametrize("tab", ["one", "two"])
def test_without_counts_nothing_is_written_over_what_was_counted(kept, tab, was) -> None:
    """Whatever name the message gives, unless it was typed on the version that is stored."""
    tell(kept, "two", counted("counted", 1), count=1)
    late = tell(kept, tab, words("other", base=0), wish="take", was=was)
    assert [one.evidence for one in late.clashes] == ["counted"]
    assert evidence(kept) == "counted"


def opened(store: Store, viewer: str = "ada") -> str:
    window = store.live.window_id(store.live.open_window(viewer, CARD if viewer == "ada" else BOS))
    assert window is not None
    return window
