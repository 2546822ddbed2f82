"""How long a text may be that is typed in one go. What is longer is refused whole, never cut."""

from __future__ import annotations

from collections.abc import Iterable

from ..record.model import DecisionDraft, Rating, Round, Verdict
from .errors import NotAllowedError

# As the model has it.
MOST_IN_NAME = 10_000
MOST_IN_ADDRESS = 2000
MOST_IN_REASON = 10_000
MOST_IN_CLOSING = 2000
# As much as any column of words takes.
MOST_IN_WORDS = 100_000


def why_too_long(what: str, text: str, most: int) -> list[str]:
    """Why the text is refused; empty where it is short enough. `what` begins the sentence."""
    if len(text) <= most:
        return []
    return [f"{what} has {len(text):,} characters; at most {most:,} are taken. Nothing was stored."]


def refuse_long(what: str, text: str, most: int) -> None:
    """Raise `NotAllowedError` where the text is longer; `what` begins the sentence."""
    if reasons := why_too_long(what, text, most):
        raise NotAllowedError(reasons)


def refuse_reason(reason: str, missing: str) -> None:
    """Raise `NotAllowedError` where there is no reason, with these words, or where it is too long."""
    if not reason.strip():
        raise NotAllowedError([missing])
    refuse_long("The reason", reason, MOST_IN_REASON)


def refuse_round_words(round_: Round) -> None:
    """Raise `NotAllowedError` where a text of a round's settings is too long."""
    refuse_long("The reason for the weights", round_.weights_reason or "", MOST_IN_REASON)
    refuse_long("The closing words", round_.closing_words, MOST_IN_CLOSING)


def why_decision_too_long(
    decided_by: str, reasons: Iterable[tuple[str, str]], dissent: str, explanations: Iterable[str]
) -> list[str]:
    """Why the texts of a decision are refused; each of the reasons comes with what it is about."""
    found = why_too_long("The name of the person who decided", decided_by, MOST_IN_NAME)
    for about, words in reasons:
        found += why_too_long(f"What is said of {about}", words, MOST_IN_REASON)
    found += why_too_long("The dissent", dissent, MOST_IN_REASON)
    for words in explanations:
        found += why_too_long("The explanation", words, MOST_IN_REASON)
    return found


def refuse_long_decision(draft: DecisionDraft) -> None:
    """Raise `NotAllowedError` where a text of a decision is too long."""
    reasons = [(one.competency, one.words) for one in draft.reasons]
    dissent = "".join(one.words for one in draft.dissent)
    explanations = (draft.said, draft.departure_reason, draft.reopened_because)
    if found := why_decision_too_long(draft.decided_by, reasons, dissent, explanations):
        raise NotAllowedError(found)


def refuse_long_words(ratings: Iterable[Rating], verdict: Verdict | None, reason: str) -> None:
    """Raise `NotAllowedError` where a text of an amendment is too long."""
    refuse_long("The reason", reason, MOST_IN_REASON)
    for rating in ratings:
        for field, text in rating.texts():
            refuse_long(f"{rating.question_id}: the {field.replace('_', ' ')}", text, MOST_IN_WORDS)
    if verdict is not None:
        refuse_long("The reason of the recommendation", verdict.reason, MOST_IN_WORDS)
        refuse_long("The explanation", verdict.contradiction, MOST_IN_WORDS)
