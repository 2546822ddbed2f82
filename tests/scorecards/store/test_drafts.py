"""A draft in the store: every change is kept, and nobody's words are overwritten unseen."""

import pytest

from scorecards.record.model import Rating, Verdict
from scorecards.store import NotAllowedError, NotFoundError, Store

from ..awkward import AWKWARD
from ..small_round import draft, keep, rate, rating, save_all, tell

CARD = "zed-first-ada"


@pytest.fixture
def kept(store: Store) -> Store:
    """A round in which Ada and Bo each owe a scorecard for Zed."""
    keep(store, draft("ada"), draft("bo"))
    return store


def save(store: Store, one: Rating, base: int = 0, writer: str = "window-1") -> Rating:
    return rate(store, "ada", CARD, one, base=base, writer=writer)


def stored(store: Store, question_id: str = "DRF-01") -> Rating:
    return store.cards.get("ada", CARD).rating(question_id)


# Saving


def test_a_rating_is_read_back_as_it_was_saved(kept) -> None:
    whole = rating(
        "DRF-01",
        3,
        probes=(0, 1),
        red_flags=("b",),
        given=("exhibit-plot", "number-0"),
        override_reason="So.",
    )
    save(kept, whole)
    assert stored(kept).same_content(whole)


def test_every_change_is_kept_and_counted(kept) -> None:
    changes = [
        rating("DRF-01", None, evidence="W"),
        rating("DRF-01", None, evidence="We"),
        rating("DRF-01", None, evidence="We", ticks=("a",)),
        rating("DRF-01", 2, evidence="We"),
        rating("DRF-01", "skipped"),
        rating("DRF-01", None),
    ]
    for count, change in enumerate(changes, start=1):
        saved = save(kept, change, base=count - 1)
        assert saved.version == count
        assert stored(kept) == saved
        assert stored(kept).same_content(change)


def test_the_time_of_saving_is_stored_in_utc(kept) -> None:
    saved = save(kept, rating("DRF-01", 3))
    assert saved.saved_at.utcoffset().total_seconds() == 0
    assert stored(kept).saved_at == saved.saved_at


def test_words_come_back_character_by_character(kept) -> None:
    for version, text in enumerate(AWKWARD.values()):
        words = rating("DRF-01", None, evidence=text, skip_text=text, override_reason=text)
        save(kept, words, base=version)
        assert stored(kept).same_content(words)


def test_words_of_a_recommendation_come_back_character_by_character(kept) -> None:
    save_all(kept, "ada", CARD)
    for text in AWKWARD.values():
        verdict = Verdict(recommendation="no_decision", reason=text, contradiction=text)
        kept.cards.save_verdict("ada", CARD, verdict)
        assert kept.cards.get("ada", CARD).content.verdict == verdict


def test_ratings_of_other_questions_and_scorecards_stay_as_they_are(kept) -> None:
    save(kept, rating("DRF-01", 3))
    save(kept, rating("SEC-01", 1))
    assert stored(kept).level == 3
    assert kept.cards.get("bo", "zed-first-bo").content.ratings == ()


def test_words_for_a_recommendation_may_be_saved_before_it_is_chosen(kept) -> None:
    kept.cards.save_verdict("ada", CARD, Verdict(reason="Not sure yet."))
    assert kept.cards.get("ada", CARD).content.verdict.reason == "Not sure yet."


def test_a_recommendation_is_refused_while_a_question_has_neither_level_nor_state(kept) -> None:
    save(kept, rating("DRF-01", 3))
    with pytest.raises(NotAllowedError) as refused:
        kept.cards.save_verdict("ada", CARD, Verdict(recommendation="yes"))
    assert len(refused.value.reasons) == 3
    assert kept.cards.get("ada", CARD).content.verdict == Verdict()


# Whose


@pytest.mark.parametrize("viewer", ["bo", "lea", "cy", "max"])
def test_nobody_writes_into_the_scorecard_of_another(kept, viewer) -> None:
    with pytest.raises(NotFoundError):
        rate(kept, viewer, CARD, rating("DRF-01", 1), writer="window-1")
    assert not stored(kept).decided


@pytest.mark.parametrize("viewer", ["bo", "lea", "cy", "max"])
def test_nobody_recommends_or_submits_for_another(kept, viewer) -> None:
    save_all(kept, "ada", CARD)
    with pytest.raises(NotFoundError):
        kept.cards.save_verdict(viewer, CARD, Verdict(recommendation="no"))
    with pytest.raises(NotFoundError):
        kept.cards.submit(viewer, CARD)
    assert kept.cards.get("ada", CARD).content.verdict == Verdict()


@pytest.mark.parametrize("card_id", ["zed-first-nobody", "", "' OR 1=1 --"])
def test_a_scorecard_that_does_not_exist_is_not_found(kept, card_id) -> None:
    with pytest.raises(NotFoundError):
        rate(kept, "ada", card_id, rating("DRF-01"), writer="window-1")
    with pytest.raises(NotFoundError):
        kept.cards.get("ada", card_id)


# Two windows


def test_a_stale_write_is_a_clash_and_carries_what_is_stored(kept) -> None:
    newer = save(kept, rating("DRF-01", None, evidence="From window one."), base=0, writer="window-1")
    late = rating("DRF-01", None, evidence="From window two.")
    assert tell(kept, "ada", CARD, late, writer="window-2").clashes == (newer,)


def test_a_stale_write_overwrites_nothing(kept) -> None:
    newer = save(kept, rating("DRF-01", 3), base=0, writer="window-1")
    tell(kept, "ada", CARD, rating("DRF-01", 1), writer="window-2")
    assert stored(kept) == newer


def test_a_window_that_has_read_the_newest_version_may_write(kept) -> None:
    first = save(kept, rating("DRF-01", 3), base=0, writer="window-1")
    second = save(kept, rating("DRF-01", 2), base=first.version, writer="window-2")
    assert (second.version, stored(kept).level) == (2, 2)


def test_a_window_overtaken_by_another_clashes_with_its_old_base(kept) -> None:
    first = save(kept, rating("DRF-01", 3), base=0, writer="window-1")
    second = save(kept, rating("DRF-01", 2), base=first.version, writer="window-2")
    late = tell(kept, "ada", CARD, rating("DRF-01", 4), base=first.version, writer="window-1")
    assert (late.clashes, stored(kept).level) == ((second,), 2)


def test_the_window_that_wrote_last_may_write_on_an_older_base(kept) -> None:
    """A fast typist sends the next change before the answer to the last one is back."""
    for words in ("a", "a word", "a word more"):
        saved = save(kept, rating("DRF-01", 3, evidence=words), base=0, writer="window-1")
    assert saved.version == 3


def test_the_same_content_once_more_is_no_change(kept) -> None:
    """A message that is sent again because its answer was lost does no harm."""
    first = save(kept, rating("DRF-01", 3), base=0, writer="window-1")
    assert save(kept, rating("DRF-01", 3), base=0, writer="window-2") == first


def test_another_question_in_another_window_is_no_conflict(kept) -> None:
    save(kept, rating("DRF-01", 3), base=0, writer="window-1")
    save(kept, rating("DRF-02", 2), base=0, writer="window-2")
    assert (stored(kept).level, stored(kept, "DRF-02").level) == (3, 2)
