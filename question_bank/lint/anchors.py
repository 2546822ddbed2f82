"""Signals and anchors: observable, cumulative, bound to each other, and of a length that betrays nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Question
from .core import LEVELS, Fault, Known, Rule, question_rule
from .text import likeness, share, stems, word_count
from .words import word_list

ALIKE, NEGATED = 0.85, 0.70
SHORTEST, LONGEST, RATIO = 15, 70, 2.5
# Of a decoy's words; it may speak of the same things. Calibrated: good questions share 0.62 at most.
DECOY_SHARE = 0.70
ASSISTANT = "assistant"
_NEGATION = re.compile(
    r"\b(?:not|no|never|without|none|nothing|nobody|neither|nor|cannot|\w+n't)\b", re.IGNORECASE
)


@question_rule("A15a observable", "error")
def observable(question: Question, known: Known) -> Iterator[Fault]:
    """Each anchor has a verb of saying or doing."""
    for level in LEVELS:
        if not word_list("acts").hits(question.anchors.own(level)):
            yield Fault(
                f"anchors.level_{level}",
                "it has no verb of saying or doing",
                "write what they say, show, ask, count or refuse",
            )


@question_rule("A15b opinion", "error")
def opinion(question: Question, known: Known) -> Iterator[Fault]:
    """Anchors and signals say what was done, not how somebody liked it."""
    texts = [(f"anchors.level_{level}", question.anchors.own(level)) for level in LEVELS]
    texts += [(f"signals.{s.id}", f"{s.label}. {s.listen_for}") for s in question.signals]
    for key, text in texts:
        for hit in word_list("opinions").hits(_unquoted(text)):
            yield Fault(key, f"'{hit.found}' is an opinion", hit.explanation)


def _unquoted(text: str) -> str:
    """Without what candidates are quoted with: they may use any word."""
    return re.sub(r'"[^"]*"', '""', text)


@question_rule("A16b alike", "error")
def alike(question: Question, known: Known) -> Iterator[Fault]:
    """Neighbouring anchors say different things."""
    for level, low, high in _neighbours(question):
        if not _opposed(low, high) and (found := likeness(low, high)) >= ALIKE:
            yield Fault(
                f"anchors.level_{level}",
                f"{found:.0%} like the level below",
                "name the acts that this level adds",
            )


@question_rule("A16c negation", "error")
def negation(question: Question, known: Known) -> Iterator[Fault]:
    """No anchor is its neighbour with a "not" in it."""
    for level, low, high in _neighbours(question):
        if _opposed(low, high):
            yield Fault(
                f"anchors.level_{level}",
                "it is the level below with a 'not' more or less",
                "say what is done at each level",
            )


def _neighbours(question: Question) -> Iterator[tuple[int, str, str]]:
    for level in (2, 3, 4):
        yield level, question.anchors.own(level - 1), question.anchors.own(level)


def _opposed(low: str, high: str) -> bool:
    counts = {len(_NEGATION.findall(text)) for text in (low, high)}
    return len(counts) == 2 and likeness(_NEGATION.sub(" ", low), _NEGATION.sub(" ", high)) >= NEGATED


@question_rule("A18 frequency", "warning")
def frequency(question: Question, known: Known) -> Iterator[Fault]:
    """Anchors have no words that two people read differently, such as often or etc."""
    for level in LEVELS:
        for hit in word_list("frequency").hits(_unquoted(question.anchors.own(level))):
            yield Fault(
                f"anchors.level_{level}",
                f"'{hit.found}' can be read in two ways",
                "write a number, or leave it out",
            )


@question_rule("A19 assistant-level", "error")
def assistant_level(question: Question, known: Known) -> Iterator[Fault]:
    """Anchor 2 says what an AI assistant says, too."""
    if ASSISTANT not in question.anchors.own(2):
        yield Fault("anchors.level_2", f"it does not say what an AI {ASSISTANT} says", "add that sentence")


@question_rule("A20 red-flag-manner", "error")
def red_flag_manner(question: Question, known: Known) -> Iterator[Fault]:
    """A red flag is a statement or an act, not manner, voice, looks or a life outside work."""
    for flag in question.red_flags:
        for hit in word_list("manner").hits(_unquoted(f"{flag.flag}. {flag.reason}")):
            yield Fault(f"red_flags.{flag.id}", f"'{hit.found}' is manner", hit.explanation)


@question_rule("A21a anchor-length", "warning")
def anchor_length(question: Question, known: Known) -> Iterator[Fault]:
    """An anchor has 15 to 70 words."""
    for level in LEVELS:
        if not SHORTEST <= (count := word_count(question.anchors.own(level))) <= LONGEST:
            yield Fault(f"anchors.level_{level}", f"it has {count} words", f"write {SHORTEST} to {LONGEST}")


@question_rule("A21b even-length", "warning")
def even_length(question: Question, known: Known) -> Iterator[Fault]:
    """The longest anchor has less than 2.5 times the words of the shortest; length must not betray a level."""
    counts = [word_count(question.anchors.own(level)) for level in LEVELS]
    if max(counts) >= RATIO * min(counts):
        yield Fault("anchors", f"they have {min(counts)} to {max(counts)} words", "even them out")


@question_rule("A22 decoy-satisfies", "warning")
def decoy_satisfies(question: Question, known: Known) -> Iterator[Fault]:
    """A decoy does not say what its signal listens for."""
    for signal in question.signals:
        decoy = set(stems(signal.decoy or ""))
        if len(decoy) >= 3 and (held := share(decoy, stems(signal.listen_for))) > DECOY_SHARE:
            message = f"{held:.0%} of its words also stand in listen_for"
            yield Fault(f"signals.{signal.id}.decoy", message, "write what only sounds right")


RULES: tuple[Rule, ...] = (
    observable, opinion, alike, negation, frequency, assistant_level, red_flag_manner,
    anchor_length, even_length, decoy_satisfies,
)  # fmt: skip
