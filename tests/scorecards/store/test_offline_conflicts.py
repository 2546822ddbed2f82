"""Work that comes back from a laptop and clashes with what is here: it is listed, and no word is overwritten."""

from __future__ import annotations

from scorecards.store import Store

from ..small_round import PLAN, rate, rating, save_all, submit
from .offline_files import CARD, LABEL, taken


def conflict(server: Store, laptop: Store) -> tuple[str, ...]:
    """What clashes on the first candidate; nothing of the scorecard may have changed."""
    before = server.cards.get("ada", CARD)
    merged = server.offline.merge("lea", laptop.offline.hand_in("ada", "r1"))
    assert server.cards.get("ada", CARD) == before
    (one,) = merged.conflicts
    assert one.label == LABEL
    return one.where


def test_a_question_that_both_sides_rated_differently_is_listed(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    rate(laptop, "ada", CARD, rating("DRF-01", 2))
    rate(laptop, "ada", CARD, rating("SEC-01", 2))
    rate(server, "ada", CARD, rating("DRF-01", 3), writer="v")
    assert conflict(server, laptop) == (PLAN.question("DRF-01").title,)


def test_a_merged_rating_that_was_changed_here_since_is_listed(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    stored = rate(laptop, "ada", CARD, rating("DRF-01", 2))
    server.offline.merge("lea", laptop.offline.hand_in("ada", "r1"))
    rate(server, "ada", CARD, rating("DRF-01", 4), base=stored.version, writer="v")
    rate(laptop, "ada", CARD, rating("DRF-01", 1), base=stored.version)
    assert conflict(server, laptop) == (PLAN.question("DRF-01").title,)


def test_a_submission_without_what_was_written_here_is_listed(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    submit(laptop, "ada", CARD)
    rate(server, "ada", CARD, rating("DRF-01", 1), writer="v")
    assert conflict(server, laptop) == (PLAN.question("DRF-01").title,)


def test_a_scorecard_submitted_on_both_sides_is_listed(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    submit(laptop, "ada", CARD, given=2, choice="no")
    submit(server, "ada", CARD, given=3)
    assert conflict(server, laptop) == ("it is submitted here already with other content",)


def test_a_draft_for_a_scorecard_that_is_submitted_here_is_listed(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    save_all(laptop, "ada", CARD, given=2)
    submit(server, "ada", CARD, given=3)
    assert conflict(server, laptop) == ("it is submitted here already",)


def test_amendments_on_both_sides_are_listed(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    submit(laptop, "ada", CARD)
    server.offline.merge("lea", laptop.offline.hand_in("ada", "r1"))
    server.cards.amend("ada", CARD, [rating("DRF-01", 3, evidence="What was said there.")], None, "Here.")
    laptop.cards.amend("ada", CARD, [rating("DRF-01", 4)], None, "There.")
    assert conflict(server, laptop) == ("it is submitted here already with other content",)


def test_an_interview_that_was_dismissed_meanwhile_is_listed(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    submit(laptop, "ada", CARD)
    server.interviews.dismiss("lea", "zed-first", "Fell ill.")
    assert conflict(server, laptop) == ("it was dismissed here: no scorecard is owed",)


def test_a_conflict_on_one_scorecard_leaves_the_others_alone(server: Store, laptop: Store) -> None:
    taken(server, laptop)
    for card_id in (CARD, "yan-first-ada"):
        submit(laptop, "ada", card_id)
    rate(server, "ada", CARD, rating("DRF-01", 1), writer="v")
    merged = server.offline.merge("lea", laptop.offline.hand_in("ada", "r1"))
    assert (merged.taken, [one.label for one in merged.conflicts]) == ((f"C-02, {PLAN.name}",), [LABEL])
