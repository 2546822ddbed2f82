"""What submitting opens to its author, by the round's rule, and in which words the screen says so."""

from typing import Any

import pytest

from interview_kit.screens.parts.promise import promise_words
from scorecards.record.model import RoundRecord, Scorecard
from scorecards.record.rules import why_not_see
from scorecards.record.sight import promise

from ..small_round import card, draft, record

SENIOR = {"DRF-01": 3}
MINE, ADA, BO = draft("cy"), card("ada", SENIOR), card("bo", SENIOR)
CASES: dict[str, tuple[tuple[Scorecard, ...], str, list[str]]] = {
    "all others are in": ((ADA, BO), "own", ["You will then see 2 scorecards by others."]),
    "one other is out": (
        (ADA, draft("bo")), "own",
        ["You will then see 1 scorecard by others.",
         "Waiting for: Bo. You will see theirs as they are submitted."]),
    "one more of one's own is owed": (
        (ADA, draft("cy", slot="second")), "own",
        ["Others' scorecards stay hidden until you submit what you still owe here: The first interview."]),
    "all others are out": ((draft("ada"), draft("bo")), "own",
        ["Waiting for: Ada, Bo. You will see theirs as they are submitted."]),
    "nobody else interviews": ((), "own", ["No one else has a scorecard for this candidate."]),
    "a round that waits, one other is out": (
        (ADA, draft("bo")), "all", ["Others' scorecards stay hidden until all are in. Waiting for: Bo."]),
    "a round that waits, all others are in": ((ADA, BO), "all", ["You will then see 2 scorecards by others."]),
    "a round that waits, one more of one's own": (
        (ADA, draft("cy", slot="second")), "all",
        ["Others' scorecards stay hidden until you submit what you still owe here: The first interview."]),
    "a round that is not blind": ((ADA, draft("bo")), "open",
        ["You can already read 1 scorecard by others.",
         "Waiting for: Bo. You will see theirs as they are submitted."]),
}  # fmt: skip


def with_mine(cards: tuple[Scorecard, ...], mode: str) -> RoundRecord:
    panel = ("ada", "bo", "cy")
    return record(MINE, *cards, panel=panel, blindness=mode)


@pytest.mark.parametrize(("cards", "mode", "words"), CASES.values(), ids=CASES)
def test_the_screen_promises_what_submitting_opens(cards, mode, words) -> None:
    assert promise_words(with_mine(cards, mode), MINE.id) == words


@pytest.mark.parametrize(("cards", "mode", "words"), CASES.values(), ids=CASES)
def test_what_is_promised_opens(cards, mode, words) -> None:
    """The rules themselves, once it is submitted."""
    whole = with_mine(cards, mode)
    told = promise(whole.round, MINE.id, whole.statuses)
    done = with_mine(cards, mode)
    submitted = tuple(
        one.model_copy(update={"state": "submitted"}) if one.card_id == MINE.id else one
        for one in done.statuses
    )
    assert told.opens + told.open_before == sum(readable(whole, submitted, one) for one in submitted)


def readable(whole: RoundRecord, statuses: Any, one: Any) -> bool:
    others = one.interviewer_id != "cy" and one.state == "submitted"
    return others and not why_not_see(whole.round, "cy", one, statuses)


def test_a_dismissed_interview_is_not_waited_for() -> None:
    whole = record(MINE, ADA, draft("bo", slot="second"), dismissed=("zed-second",), blindness="all")
    assert promise_words(whole, MINE.id) == ["You will then see 1 scorecard by others."]
