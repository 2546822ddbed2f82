"""What a candidate may see of an interview: the card in hand and the exhibits shown so far, nothing else."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from question_bank import Exhibit, Question
from rubrics.model import Value

from ..record.model import Interview, Rating


class CandidateView(Value):
    """Everything that is sent to a candidate's window."""

    # waiting: the interview has not begun. card: a question is in hand. ended: closed or submitted.
    state: Literal["waiting", "card", "ended"]
    card: str = ""
    exhibits: tuple[Exhibit, ...] = ()


ENDED = CandidateView(state="ended")
WAITING = CandidateView(state="waiting")


def card_view(interview: Interview, rating: Rating) -> CandidateView:
    """The card of one planned question, with the exhibits that were shown by now."""
    question = interview.plan.question(rating.question_id)
    return CandidateView(
        state="card", card=question.card or question.prompt, exhibits=shown_exhibits(question, rating.given)
    )


def shown_exhibits(question: Question, given: Collection[str]) -> tuple[Exhibit, ...]:
    """The exhibits that come with the question, and those given since."""
    revealed = {
        reveal.exhibit for place, reveal in enumerate(question.reveals) if f"reveal-{place}" in given
    } | {exhibit.id for exhibit in question.exhibits if f"exhibit-{exhibit.id}" in given}
    return tuple(
        exhibit for exhibit in question.exhibits if exhibit.when == "start" or exhibit.id in revealed
    )
