"""Passes, windows and cookies that are forged, replayed or somebody else's. tests/web/test_api.py has API tokens."""

from __future__ import annotations

import pytest

from scorecards.interviewing.message import Entry, Told
from scorecards.interviewing.passes import PASS_SECONDS, Pass, read_pass, sign_pass
from scorecards.store import OPERATOR, NotAllowedError, NotFoundError, Store
from tests.scorecards.small_round import PLAN, draft, keep

CARD = "zed-first-ada"


@pytest.fixture
def kept(store: Store) -> Store:
    """Ada and Bo each owe a scorecard for Zed and one for Yan."""
    zed = [draft("ada"), draft("bo")]
    keep(store, *zed, *(draft(who, candidate="yan") for who in ("ada", "bo")), candidates=("zed", "yan"))
    return store


def write(store: Store, who: Pass, words: str = "Forged.") -> None:
    entry = Entry(question_id=PLAN.items[0].question.id, evidence=words)
    store.live.tell(who.person_id, who.card_id, Told(tab="t", wish="take", entries=(entry,)))


# Passes


def test_a_pass_changed_in_any_sign_is_none(kept: Store) -> None:
    signed = kept.live.sign(CARD, "ada")
    for place, sign in enumerate(signed):
        for other in ("0", "f", ".", "é", ""):
            if other != sign:
                assert kept.live.read(signed[:place] + other + signed[place + 1 :]) is None


@pytest.mark.parametrize("more", [".", "0", "\n", "\x00", " ", ".0", "é"])
def test_a_pass_with_something_before_or_after_it_is_none(kept: Store, more: str) -> None:
    signed = kept.live.sign(CARD, "ada")
    assert kept.live.read(signed + more) is None
    assert kept.live.read(more + signed) is None


def test_a_pass_that_is_signed_with_a_guessed_key_is_none(kept: Store) -> None:
    for key in ("", "signing", "pass", "0" * 64, CARD):
        assert kept.live.read(sign_pass(key, Pass(CARD, "ada"))) is None


def test_a_windows_address_is_no_pass_and_a_pass_no_address(kept: Store) -> None:
    """What is signed for one use is not good for another, though the key is one."""
    token, signed = kept.live.open_window("ada", CARD), kept.live.sign(CARD, "ada")
    assert kept.live.read(token) is None
    assert kept.live.window_id(signed) is None


def test_a_pass_is_good_for_16_hours_and_no_longer() -> None:
    signed = sign_pass("key", Pass(CARD, "ada"), now=1_000)
    assert read_pass("key", signed, now=1_000 + PASS_SECONDS) == Pass(CARD, "ada")
    assert read_pass("key", signed, now=1_001 + PASS_SECONDS) is None


def test_a_good_pass_for_a_made_up_scorecard_writes_nothing(kept: Store) -> None:
    """Even with the key, what it names has to be one's own."""
    for who in (Pass("zed-first-bo", "ada"), Pass("nothing", "ada"), Pass(CARD, "stranger")):
        assert kept.live.read(kept.live.sign(*who)) == who
        with pytest.raises(NotFoundError):
            write(kept, who)


def test_a_pass_of_somebody_who_was_taken_out_of_the_interview_writes_nothing(kept: Store) -> None:
    who = Pass(CARD, "ada")
    kept.interviews.assign("lea", "zed-first", ["bo"])
    with pytest.raises(NotFoundError):
        write(kept, who)


def test_a_pass_does_not_come_to_life_again_with_a_new_scorecard(kept: Store) -> None:
    """Taken out and put in again, Ada has another scorecard; the old pass names the one that is gone."""
    who = Pass(CARD, "ada")
    kept.interviews.assign("lea", "zed-first", ["bo"])
    kept.interviews.assign("lea", "zed-first", ["bo", "ada"])
    with pytest.raises(NotFoundError):
        write(kept, who)


def test_a_pass_of_a_deleted_round_writes_nothing(kept: Store) -> None:
    kept.rounds.delete("lea", "r1")
    with pytest.raises(NotFoundError):
        write(kept, Pass(CARD, "ada"))


def test_a_pass_for_an_erased_candidate_writes_nothing(kept: Store) -> None:
    kept.privacy.erase("lea", "zed")
    with pytest.raises(NotFoundError):
        write(kept, Pass(CARD, "ada"))


def test_with_a_pass_nothing_begins_in_a_closed_round(kept: Store) -> None:
    kept.rounds.close("lea", "r1")
    with pytest.raises(NotAllowedError):
        write(kept, Pass(CARD, "ada"))


def test_a_message_sent_again_later_takes_nothing_back(kept: Store) -> None:
    """Somebody replays what Ada's window said first; she has written on since."""
    who = Pass(CARD, "ada")
    write(kept, who, "First.")
    question = PLAN.items[0].question.id
    stored = kept.cards.get("ada", CARD).rating(question)
    entry = Entry(question_id=question, base=stored.version, evidence="First. And more.")
    kept.live.tell("ada", CARD, Told(tab="another", wish="take", entries=(entry,)))
    write(kept, who, "First.")
    assert kept.cards.get("ada", CARD).rating(question).evidence == "First. And more."


# Candidates' windows


def test_a_windows_address_leads_to_no_other_interview(kept: Store) -> None:
    """Its halves do not fit another window's."""
    one, other = kept.live.open_window("ada", CARD), kept.live.open_window("ada", "yan-first-ada")
    mixed = f"{one.partition('.')[0]}.{other.partition('.')[2]}"
    assert kept.live.window_id(mixed) is None
    assert len({one, other}) == 2


def test_a_windows_address_of_a_closed_window_stays_dead(kept: Store) -> None:
    token = kept.live.open_window("ada", CARD)
    kept.live.close_windows("ada", CARD)
    assert kept.live.open_window("ada", CARD) != token
    window = kept.live.window_id(token)
    assert window is not None
    assert kept.live.seen([window]) == {window: None}


def test_a_windows_address_of_a_dismissed_erased_or_deleted_interview_is_dead(kept: Store) -> None:
    first, second = (kept.live.open_window("ada", card) for card in (CARD, "yan-first-ada"))
    windows = [kept.live.window_id(token) or "" for token in (first, second)]
    kept.interviews.dismiss("lea", "zed-first", "Fell ill.")
    kept.privacy.erase("lea", "yan")
    assert kept.live.seen(windows) == dict.fromkeys(windows)
    kept.rounds.delete("lea", "r1")
    assert kept.live.seen(windows) == dict.fromkeys(windows)


@pytest.mark.parametrize("who", ["bo", "lea", "stranger", ""])
def test_nobody_opens_or_closes_the_window_of_a_scorecard_that_is_not_theirs(kept: Store, who: str) -> None:
    for act in (kept.live.open_window, kept.live.window_of, kept.live.close_windows):
        with pytest.raises(NotFoundError):
            act(who, CARD)


def test_a_window_shows_no_question_that_is_not_planned(kept: Store) -> None:
    """Who writes could otherwise name one on which whatever draws the windows breaks, for everybody."""
    kept.live.tell("ada", CARD, Told(tab="t", wish="take", focus="OPS-77"))
    window = kept.live.window_id(kept.live.open_window("ada", CARD)) or ""
    seen = kept.live.seen([window])[window]
    assert seen is not None
    assert seen.question_id is None


def test_the_operator_is_nobody_who_can_be_named(kept: Store) -> None:
    """No text that comes from outside is taken for the one who may do everything."""
    for name in ("operator", "OPERATOR", str(OPERATOR), repr(OPERATOR)):
        with pytest.raises((NotFoundError, NotAllowedError)):
            kept.cards.get(name, CARD)
