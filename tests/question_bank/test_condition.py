"""How an interview is held, and what an assistant alone would get in it."""

import datetime as dt

import pytest

from question_bank.condition import CONDITIONS, alone, holds
from question_bank.model import AssistantRun, Baseline
from tests.scorecards.small_bank import BANK

QUESTION = BANK.questions[0]


def tried(card: list[int], probed: list[int] = ()):  # type: ignore[assignment]
    """The question with these levels of an assistant."""
    return QUESTION.model_copy(
        update={
            "assistant": Baseline(
                assistant="An assistant",
                tried_on=dt.date(2026, 11, 30),
                version=1,
                card=tuple(AssistantRun(level=level) for level in card),
                probed=tuple(AssistantRun(level=level) for level in probed),
            )
        }
    )


def test_a_question_holds_where_the_probed_assistant_stays_below_three() -> None:
    assert holds(tried([2, 2, 1], [2, 2, 3]))


@pytest.mark.parametrize(("card", "probed"), [([2, 2, 2], [3, 3, 2]), ([3, 3, 2], [])])
def test_a_question_that_an_assistant_passes_does_not_hold(card, probed) -> None:
    assert not holds(tried(card, probed))


def test_a_question_that_was_not_tried_does_not_hold() -> None:
    assert not holds(QUESTION)


def test_what_an_assistant_alone_would_get_is_one_line() -> None:
    several = [
        tried([2, 2, 2], [2, 2, 2]),
        tried([2, 2, 2], [3, 3, 3]),
        tried([3, 4, 3], [4, 4, 4]),
        QUESTION,
    ]
    assert alone(several).words == (
        "An assistant alone reaches level 3 on 1 of 3 from the card, on 2 of 3 when probed. 1 not measured."
    )


def test_nothing_is_claimed_where_nothing_was_measured() -> None:
    assert alone([QUESTION, QUESTION]).words == "What an assistant alone would get here was not measured."


def test_the_sentence_for_the_candidate_says_whether_an_assistant_is_allowed() -> None:
    assert "without an AI assistant" in CONDITIONS["room"].say
    assert "without an AI assistant" in CONDITIONS["remote"].say
    assert CONDITIONS["assisted"].say.startswith("You may use an AI assistant.")
