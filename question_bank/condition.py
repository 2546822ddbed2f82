"""How an interview is held: what a candidate may use, what is read out to them, and what that means for the choice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from .question import Question

Condition = Literal["room", "remote", "assisted"]
SENIOR = 3


class Held(NamedTuple):
    """A condition in words: its name, the sentence for the candidate, and the advice for the person who plans."""

    name: str
    say: str
    advice: str


CONDITIONS: dict[Condition, Held] = {
    "room": Held(
        "In the room",
        "We do this without an AI assistant. Paper and a pocket calculator are welcome.",
        "In the room any question separates.",
    ),
    "remote": Held(
        "Remote",
        "We do this without an AI assistant. Please don't use one while we talk; paper and a calculator are welcome.",
        "An assistant at the other end hears what you say. Prefer questions on which an assistant stays below "
        "level 3 when it is probed, and stories that a second interviewer can check.",
    ),
    "assisted": Held(
        "Remote, assistant allowed and screen shared",
        "You may use an AI assistant. Please share your screen, and tell me what you take from it and why.",
        "Prefer questions of the kind “An assistant's answer”: what counts is what they keep, throw away and ask.",
    ),
}


class Alone(NamedTuple):
    """What an assistant alone would get over several questions."""

    questions: int
    untried: int
    # How many of them an assistant passes at level 3 in at least half of its runs.
    from_card: int
    when_probed: int

    @property
    def words(self) -> str:
        """One line; measured ones only, and how many were not."""
        tried = self.questions - self.untried
        if not tried:
            return "What an assistant alone would get here was not measured."
        missing = f" {self.untried} not measured." if self.untried else ""
        return (
            f"An assistant alone reaches level {SENIOR} on {self.from_card} of {tried} from the card, "
            f"on {self.when_probed} of {tried} when probed.{missing}"
        )


def alone(questions: Iterable[Question]) -> Alone:
    """What the baselines of these questions say together."""
    listed = list(questions)
    tried = [question.assistant for question in listed if question.assistant is not None]
    return Alone(
        questions=len(listed),
        untried=len(listed) - len(tried),
        from_card=sum(baseline.passes("card") for baseline in tried),
        when_probed=sum(baseline.passes("probed") or baseline.passes("card") for baseline in tried),
    )


def holds(question: Question) -> bool:
    """Whether it was tried, and an assistant that is probed stays below level 3."""
    return question.assistant is not None and not alone([question]).when_probed
