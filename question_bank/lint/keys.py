"""Keys that hold: clauses and musts agree, every way reaches its level, and the assistant alone does not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ..model import Question
from .core import Fault, Known, Rule, at_load, question_rule
from .text import sentences, words
from .words import word_list

# Kinds to which a card alone asks for no answer: a story can be made up, an exercise has to be done.
NOT_ANSWERED = ("behavioural", "exercise")
TOPIC_WORDS = (3, 6)
SAMPLES = 5
SPOKEN_WORDS = 20
OLDEST_BASELINE = 180
# A question of these is tried in its own way, or not yet.
IN_USE = ("pilot", "live")
_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")

BASELINE = at_load(
    "K50 baseline-fits", "A baseline belongs to a question, and its ticks earn the levels that it tells."
)


@question_rule("K43a clause-and-must", "error")
def clause_and_must(question: Question, known: Known) -> Iterator[Fault]:
    """Anchor 3 is made of the musts, anchor 4 of the signals of level 4, a clause each; anchor 2 of what earns 2."""
    beyond = frozenset(signal.id for signal in question.signals if signal.level == 4)
    basic = frozenset(signal.id for signal in question.signals if signal.must and signal.level == 2)
    yield from _clauses(question, 3, question.musts - basic)
    yield from _clauses(question, 4, beyond)
    named = question.anchors.signals(2)
    if not named or named & beyond or basic - named:
        yield Fault(
            "anchors.level_2",
            f"it stands for {_letters(named)}",
            "name signals of level 2 or 3, and every must of level 2",
        )
    if question.anchors.signals(1):
        yield Fault("anchors.level_1", "it stands for signals", "level 1 is what shows none")


def _clauses(question: Question, level: int, wanted: Collection[str]) -> Iterator[Fault]:
    clauses = question.anchors.clauses(level)
    named = [signal for clause in clauses for signal in clause.signals]
    if sorted(named) != sorted(wanted) or any(len(clause.signals) != 1 for clause in clauses):
        yield Fault(
            f"anchors.level_{level}",
            f"its clauses stand for {_letters(named)}, level {level} is made of {_letters(wanted)}",
            "write one clause for each of them",
        )


def _letters(signals: Collection[str]) -> str:
    return ", ".join(sorted(signals)) or "nothing"


@question_rule("K43b route-earns", "error")
def route_earns(question: Question, known: Known) -> Iterator[Fault]:
    """Every route earns the level that it claims."""
    for n, route in enumerate(question.routes):
        earned = known.propose(question, route.earns, (), ()).level
        if earned != route.level:
            yield Fault(
                f"routes.{n}",
                f"'{route.id}' earns level {earned}, and claims {route.level}",
                "mend what it earns, or make the outcome a must with ways",
            )


@question_rule("K44a second-half", "error")
def second_half(question: Question, known: Known) -> Iterator[Fault]:
    """A question has a turn, with what a merely fluent reaction is, and a limit; a story from their past, a trace."""
    if not question.turns:
        yield Fault("turns", "there is none", "add news that comes after the first answer")
    for n, turn in enumerate(question.turns):
        if turn.fluent is None:
            yield Fault(f"turns.{n}.fluent", "it is missing", "write what only sounds like a good reaction")
        if turn.minute is not None and turn.minute >= question.minutes.answer:
            message = (
                f"minute {turn.minute} comes when the answer's {question.minutes.answer} minutes are over"
            )
            yield Fault(f"turns.{n}.minute", message, "bring it earlier")
    if question.kind == "behavioural" and question.trace is None:
        yield Fault("trace", "it is missing", "ask for a detail that a second interviewer can check")
    if question.kind != "behavioural" and question.limit is None:
        yield Fault("limit", "it is missing", "ask what would make their own answer wrong")


@question_rule("K44b neutral-probe", "error")
def neutral_probe(question: Question, known: Known) -> Iterator[Fault]:
    """Every must has a neutral probe, and no neutral probe holds a number of the second half."""
    neutral = [probe for probe in question.probes if probe.help == 0]
    for must in sorted(question.musts - {missed for probe in neutral for missed in probe.if_missed}):
        yield Fault(
            "probes", f"the must '{must}' has no neutral probe", f"add one with if_missed: [{must}], help: 0"
        )
    kept = _numbers_kept(question)
    for n, probe in enumerate(question.probes):
        if probe.help == 0 and (told := sorted(set(_NUMBER.findall(probe.ask)) & kept)):
            yield Fault(
                f"probes.{n}.ask", f"it holds {told[0]}, which is given on request", "ask without the number"
            )


def _numbers_kept(question: Question) -> frozenset[str]:
    """Numbers of two digits and more that are given on request, and stand nowhere on the card."""
    given = " ".join(
        [number.give for number in question.numbers] + [one.show or "" for one in question.reveals]
    )
    at_start = [exhibit.model_dump_json() for exhibit in question.exhibits if exhibit.when == "start"]
    card = " ".join([question.prompt, question.card or "", *at_start])
    return frozenset(one for one in set(_NUMBER.findall(given)) - set(_NUMBER.findall(card)) if len(one) > 1)


@question_rule("K45a sample-spread", "error")
def sample_spread(question: Question, known: Known) -> Iterator[Fault]:
    """Five samples at least: one at 1, one at 2, two at 3 that take different ways, one at 4."""
    levels = [sample.level for sample in question.practice]
    if len(levels) < SAMPLES or levels.count(3) < 2 or {1, 2, 4} - set(levels):
        shown = ", ".join(map(str, levels))
        yield Fault("practice", f"the samples show {shown}", "show 1, 2, 3 by two ways, and 4")
    threes = [sample.ways for sample in question.practice if sample.level == 3]
    if len(threes) > 1 and len(set(threes)) < 2:
        yield Fault(
            "practice", "the samples at 3 name the same ways", "have one take another way, and name it"
        )
    ways = {way.id for signal in question.signals for way in signal.ways} | {
        one.id for one in question.routes
    }
    for n, sample in enumerate(question.practice):
        for unknown in sorted(set(sample.ways) - ways):
            yield Fault(f"practice.{n}.ways", f"'{unknown}' is no way and no route", "use the id of one")


@question_rule("K45b assistant-sample", "warning")
def assistant_sample(question: Question, known: Known) -> Iterator[Fault]:
    """A sample at level 2 is what a real assistant said to the card; of a story or an exercise, at any level."""
    if question.status not in IN_USE:
        return
    levels = {sample.level for sample in question.practice if sample.source == "assistant"}
    if not (levels if question.kind in NOT_ANSWERED else 2 in levels):
        yield Fault(
            "practice", "no assistant's answer is among them", "keep one of the card runs, source: assistant"
        )


@question_rule("K46 topic", "error")
def topic(question: Question, known: Known) -> Iterator[Fault]:
    """The topic has three to six words and is not the title."""
    low, high = TOPIC_WORDS
    count = len(question.topic.split())
    if question.topic == question.title or not low <= count <= high:
        yield Fault(
            "topic", f"it has {count} words", f"say in {low} to {high} words what the question is about"
        )


@question_rule("K47 spoken-sentence", "warning")
def spoken_sentence(question: Question, known: Known) -> Iterator[Fault]:
    """A sentence that is said to the candidate has at most 20 words."""
    for key, text in spoken(question):
        for sentence in sentences(text):
            if (count := len(words(sentence))) > SPOKEN_WORDS:
                yield Fault(key, f"'{sentence[:60]}' has {count} words", "make it two sentences")


def spoken(question: Question) -> Iterator[tuple[str, str]]:
    """What is said to the candidate, with its key."""
    yield "prompt", question.prompt
    yield from ((f"probes.{n}.ask", probe.ask) for n, probe in enumerate(question.probes))
    yield from ((f"signals.{one.id}.check_question", one.check_question or "") for one in question.signals)
    yield from ((f"turns.{n}.say", turn.say) for n, turn in enumerate(question.turns))
    yield from (
        (f"{key}.ask", one.ask) for key, one in (("limit", question.limit), ("trace", question.trace)) if one
    )


@question_rule("K48 translated", "warning")
def translated(question: Question, known: Known) -> Iterator[Fault]:
    """No text has words that read as translated."""
    from .facts import told

    # What an assistant said is kept as it was.
    quoted = {f"practice.{n}.answer" for n, one in enumerate(question.practice) if one.source == "assistant"}
    for key, text in told(question):
        if not key.endswith(".code") and key not in quoted:
            for hit in word_list("translated").hits(text):
                yield Fault(key, f"'{hit.found}' reads as translated", hit.explanation)


@question_rule("K49a assistant-must", "error")
def assistant_must(question: Question, known: Known) -> Iterator[Fault]:
    """No must of level 3 is what an assistant says to the card in most runs; a story it can make up."""
    if question.assistant is not None and question.kind != "behavioural":
        for must in sorted(question.musts & question.assistant.says):
            if question.signal(must).level == 2:
                continue
            yield Fault(
                f"signals.{must}", "most card runs of an assistant said it", "make it a signal of level 2"
            )


@question_rule("K49b probed-must", "warning")
def probed_must(question: Question, known: Known) -> Iterator[Fault]:
    """An assistant that is probed does not reach level 3 in most runs."""
    if question.assistant is not None and question.assistant.passes("probed"):
        levels = ", ".join(str(run.level) for run in question.assistant.probed)
        message = f"an assistant that was probed got {levels}"
        yield Fault(
            "assistant", message, "have a must need the second half, or leave the mark on the question"
        )


@question_rule("K49c baseline-age", "warning")
def baseline_age(question: Question, known: Known) -> Iterator[Fault]:
    """A question in use was tried on an assistant, in this version, within 180 days."""
    if question.status not in IN_USE:
        return
    cure = "try it again: interview-kit assistant-card, then assistant-score"
    baseline = question.assistant
    if baseline is None:
        yield Fault("assistant", "it was tried on no assistant", cure)
    elif baseline.version < question.version:
        yield Fault("assistant", f"version {baseline.version} was tried, this is {question.version}", cure)
    elif (age := (known.today - baseline.tried_on).days) > OLDEST_BASELINE:
        yield Fault("assistant", f"it was tried {age} days ago", cure)


RULES: tuple[Rule, ...] = (
    clause_and_must, route_earns, second_half, neutral_probe, sample_spread, assistant_sample, topic,
    spoken_sentence, translated, assistant_must, probed_must, baseline_age, BASELINE,
)  # fmt: skip
