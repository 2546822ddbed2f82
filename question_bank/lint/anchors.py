"""Signals and anchors: observable, cumulative, bound to each other, and of a length that betrays nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Question, Signal
from .core import LEVELS, Fault, Known, Rule, question_rule
from .text import likeness, share, stems, word_count
from .words import word_list

ALIKE, NEGATED = 0.85, 0.70
SHORTEST, LONGEST, RATIO = 15, 60, 2.5
# Stems that an anchor shares with its signal: two, or one that no other signal of the question has.
SHARED = 2
# Of a decoy's words; it may speak of the same things. Calibrated: good questions share 0.62 at most.
DECOY_SHARE = 0.70
ASSISTANT = "junior with an AI assistant"
_NEGATION = re.compile(
    r"\b(?:not|no|never|without|none|nothing|nobody|neither|nor|cannot|\w+n't)\b", re.IGNORECASE
)
_AS_BEFORE = re.compile(r"^As level [123], and\s+")
_CLAUSE = re.compile(r"[;:]\s+|,\s+or\s+|\.\s+")


def own_part(anchor: str) -> str:
    """What an anchor adds to the one before it."""
    return _AS_BEFORE.sub("", anchor)


def own_words(signal: Signal) -> set[str]:
    """Stems of all that a signal says about itself; its decoy is somebody else's words."""
    said = (signal.label, signal.listen_for, signal.plain_meaning or "", signal.check_question or "")
    return set(stems(" ".join(said)))


@question_rule("A15a observable", "error")
def observable(question: Question, known: Known) -> Iterator[Fault]:
    """Each anchor has a verb of saying or doing."""
    for level in LEVELS:
        if not word_list("acts").hits(own_part(question.anchors[level])):
            yield Fault(
                f"anchors.level_{level}",
                "it has no verb of saying or doing",
                "write what they say, show, ask, count or refuse",
            )


@question_rule("A15b opinion", "error")
def opinion(question: Question, known: Known) -> Iterator[Fault]:
    """Anchors and signals say what was done, not how somebody liked it."""
    texts = [(f"anchors.level_{level}", question.anchors[level]) for level in LEVELS]
    texts += [(f"signals.{s.id}", f"{s.label}. {s.listen_for}") for s in question.signals]
    for key, text in texts:
        for hit in word_list("opinions").hits(_unquoted(text)):
            yield Fault(key, f"'{hit.found}' is an opinion", hit.explanation)


def _unquoted(text: str) -> str:
    """Without what candidates are quoted with: they may use any word."""
    return re.sub(r'"[^"]*"', '""', text)


@question_rule("A16a cumulative", "error")
def cumulative(question: Question, known: Known) -> Iterator[Fault]:
    """Anchors 3 and 4 begin with what they build on: "As level 2, and", "As level 3, and"."""
    for level in (3, 4):
        start = f"As level {level - 1}, and "
        if not question.anchors[level].startswith(start):
            yield Fault(
                f"anchors.level_{level}", "it does not build on the level below", f"begin with '{start}'"
            )


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
        yield level, own_part(question.anchors[level - 1]), own_part(question.anchors[level])


def _opposed(low: str, high: str) -> bool:
    counts = {len(_NEGATION.findall(text)) for text in (low, high)}
    return len(counts) == 2 and likeness(_NEGATION.sub(" ", low), _NEGATION.sub(" ", high)) >= NEGATED


@question_rule("A17a signal-in-anchor", "error")
def signal_in_anchor(question: Question, known: Known) -> Iterator[Fault]:
    """Anchor 3 holds every must of level 3, anchor 4 every signal of level 4: two words of it, or one of its own."""
    for signal in question.signals:
        if signal.level == 4 or (signal.level == 3 and signal.must):
            shared = own_words(signal) & set(stems(question.anchors[signal.level]))
            others = {word for other in question.signals if other is not signal for word in own_words(other)}
            if len(shared) < SHARED and shared <= others:
                yield Fault(
                    f"anchors.level_{signal.level}",
                    f"it does not speak of signal {signal.id} ({signal.label})",
                    "say it there in words of the signal",
                )


@question_rule("A17b clause-without-signal", "error")
def clause_without_signal(question: Question, known: Known) -> Iterator[Fault]:
    """Every clause of anchor 4 belongs to a signal."""
    theirs = {word for signal in question.signals for word in own_words(signal)}
    for clause in _CLAUSE.split(own_part(question.anchors[4])):
        own = set(stems(clause))
        if len(own) >= 4 and len(own & theirs) < SHARED:
            message = f"no signal listens for '{clause.strip()[:60]}'"
            yield Fault("anchors.level_4", message, "take it out, or add the signal")


@question_rule("A18 frequency", "warning")
def frequency(question: Question, known: Known) -> Iterator[Fault]:
    """Anchors have no words that two people read differently, such as often or etc."""
    for level in LEVELS:
        for hit in word_list("frequency").hits(_unquoted(question.anchors[level])):
            yield Fault(
                f"anchors.level_{level}",
                f"'{hit.found}' can be read in two ways",
                "write a number, or leave it out",
            )


@question_rule("A19 assistant-level", "error")
def assistant_level(question: Question, known: Known) -> Iterator[Fault]:
    """Anchor 2 says what a junior with an AI assistant also says."""
    if ASSISTANT not in question.anchors[2]:
        yield Fault("anchors.level_2", f"it does not say what a {ASSISTANT} says", "add that sentence")


@question_rule("A20 red-flag-manner", "error")
def red_flag_manner(question: Question, known: Known) -> Iterator[Fault]:
    """A red flag is a statement or an act, not manner, voice, looks or a life outside work."""
    for flag in question.red_flags:
        for hit in word_list("manner").hits(_unquoted(f"{flag.flag}. {flag.reason}")):
            yield Fault(f"red_flags.{flag.id}", f"'{hit.found}' is manner", hit.explanation)


@question_rule("A21a anchor-length", "warning")
def anchor_length(question: Question, known: Known) -> Iterator[Fault]:
    """An anchor has 15 to 60 words."""
    for level in LEVELS:
        if not SHORTEST <= (count := word_count(question.anchors[level])) <= LONGEST:
            yield Fault(f"anchors.level_{level}", f"it has {count} words", f"write {SHORTEST} to {LONGEST}")


@question_rule("A21b even-length", "warning")
def even_length(question: Question, known: Known) -> Iterator[Fault]:
    """The longest anchor has less than 2.5 times the words of the shortest; length must not betray a level."""
    counts = [word_count(question.anchors[level]) for level in LEVELS]
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
    observable, opinion, cumulative, alike, negation, signal_in_anchor, clause_without_signal, frequency,
    assistant_level, red_flag_manner, anchor_length, even_length, decoy_satisfies,
)  # fmt: skip
