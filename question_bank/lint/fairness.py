"""Fairness and law: no protected topics, no story of one country, nothing confidential, nothing by colour alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ..model import Exhibit, Question
from .core import Fault, Known, Rule, question_rule
from .text import stems
from .words import word_list

CONFIDENTIAL = "Leave out anything confidential; change names and numbers if you like."
CODE_COLUMNS = 100
EXERCISE_MINUTES = 60
HEARD_WORDS = 8
# This many consecutive words of a planted fault are no coincidence.
REPEATED_WORDS = 4
# Words for describing what is where in a file.
_LAYOUT = frozenset(
    stems(
        "A Python file of lines, a script, module or program. Imports, constants and settings. The function, its "
        "method, the class. The part that runs, its parts. Have it read out line by line."
    )
)
_COLOURS = "red|green|blue|orange|yellow|purple|grey|gray|amber"
_COLOUR = re.compile(
    rf"\b(?:in|marked|shown|printed|coloured|colored|highlighted)(?: in)? (?:{_COLOURS})\b"
    rf"|\b(?:{_COLOURS}) (?:lines?|bars?|curves?|rows?|cells?|dots?|areas?|bands?|columns?|boxes|box|arrows?)\b",
    re.IGNORECASE,
)


def heard(question: Question) -> Iterator[tuple[str, str]]:
    """What the candidate hears or sees, with its key."""
    yield "prompt", question.prompt
    yield "card", question.card or ""
    yield from ((f"probes.{n}.ask", probe.ask) for n, probe in enumerate(question.probes))
    yield from ((f"signals.{s.id}.check_question", s.check_question or "") for s in question.signals)
    yield from ((f"numbers.{n}", f"{fact.about}: {fact.give}") for n, fact in enumerate(question.numbers))
    yield from ((f"turns.{n}.say", turn.say) for n, turn in enumerate(question.turns))
    yield from (("limit.ask", limit.ask) for limit in (question.limit,) if limit)
    yield from (("trace.ask", trace.ask) for trace in (question.trace,) if trace)
    yield from ((f"reveals.{n}.show", reveal.show or "") for n, reveal in enumerate(question.reveals))
    yield "no_experience_route", question.no_experience_route or ""
    for exhibit in question.exhibits:
        yield f"exhibits.{exhibit.id}", exhibit_text(question, exhibit.id)


def exhibit_text(question: Question, exhibit_id: str) -> str:
    """All words of an exhibit but its code."""
    exhibit = question.exhibit(exhibit_id)
    cells = " ".join(" ".join(row) for row in (exhibit.columns, *exhibit.rows))
    return f"{exhibit.title}. {cells}. {exhibit.text or ''} {exhibit.text_alternative}"


def scored(question: Question) -> Iterator[tuple[str, str]]:
    """What decides about a level, with its key."""
    yield from ((f"signals.{s.id}", f"{s.label}. {s.listen_for}") for s in question.signals)
    yield from ((f"anchors.level_{level}", question.anchors[level]) for level in (1, 2, 3, 4))
    yield from ((f"red_flags.{flag.id}", f"{flag.flag}. {flag.reason}") for flag in question.red_flags)


@question_rule("F23 protected-topic", "error")
def protected_topic(question: Question, known: Known) -> Iterator[Fault]:
    """Neither what a candidate hears nor what decides touches a protected topic."""
    for key, text in (*heard(question), *scored(question)):
        for hit in word_list("protected").hits(text):
            yield Fault(
                key,
                f"'{hit.found}' touches {hit.entry.replace('-', ' ')}: {hit.explanation}",
                "take it out; where the machine is meant, say so (age of the data)",
            )


@question_rule("F24 neutral-story", "warning")
def neutral_story(question: Question, known: Known) -> Iterator[Fault]:
    """A story needs no life in one country, sport, belief or wealth."""
    for key, text in heard(question):
        for hit in word_list("stories").hits(text):
            yield Fault(
                key, f"'{hit.found}': {hit.explanation}", "tell it with things that everybody at work knows"
            )


@question_rule("F25 confidential", "error")
def confidential(question: Question, known: Known) -> Iterator[Fault]:
    """A question about the past tells the candidate to leave out what is confidential."""
    if question.kind == "behavioural" and CONFIDENTIAL not in question.prompt:
        yield Fault("prompt", "it does not say what may be left out", f"end with '{CONFIDENTIAL}'")


@question_rule("F26a heard-exhibit", "error")
def heard_exhibit(question: Question, known: Known) -> Iterator[Fault]:
    """The text alternative of an exhibit tells its content, in eight words at least."""
    for exhibit in question.exhibits:
        if len(exhibit.text_alternative.split()) < HEARD_WORDS:
            yield Fault(
                f"exhibits.{exhibit.id}.text_alternative",
                "it is too short to hold the content",
                "say what somebody would read off it",
            )


@question_rule("F26b code-width", "error")
def code_width(question: Question, known: Known) -> Iterator[Fault]:
    """Lines of code have 100 columns at most."""
    for exhibit in question.exhibits:
        for n, line in enumerate((exhibit.code or "").splitlines(), 1):
            if len(line) > CODE_COLUMNS:
                yield Fault(
                    f"exhibits.{exhibit.id}.code",
                    f"line {n} has {len(line)} columns",
                    f"break it at {CODE_COLUMNS}",
                )


@question_rule("F26c colour-only", "error")
def colour_only(question: Question, known: Known) -> Iterator[Fault]:
    """Nothing that the candidate has to tell apart is told apart by colour."""
    for key, text in heard(question):
        if match := _COLOUR.search(text):
            yield Fault(key, f"'{match.group()}' means something by colour", "name it by a word or a number")


@question_rule("F26d gives-away", "error")
def gives_away(question: Question, known: Known) -> Iterator[Fault]:
    """The text alternative of an exhibit to be judged describes what is there and repeats no word of what is wrong."""
    wrong = [question.ground_truth or "", *(f"{one.what} {one.harm} {one.fix}" for one in question.defects)]
    for exhibit in question.exhibits:
        if exhibit.when == "after_answer":
            continue
        for said in wrong:
            if hint := _hint(exhibit, question.prompt, stems(said)):
                yield Fault(
                    f"exhibits.{exhibit.id}.text_alternative",
                    f"it hints at a fault: '{hint}' is in the answer and not in the exhibit",
                    "for code, say which parts it has and in which lines; for a table, read out what is in it",
                )
                break


def _hint(exhibit: Exhibit, prompt: str, said: list[str]) -> str:
    """What an alternative has in common with an answer beyond the exhibit itself; of code any word, else a phrase."""
    told = stems(exhibit.text_alternative)
    if exhibit.code is not None:
        names = re.sub(r"[_.]|(?<=[a-z])(?=[A-Z])", " ", exhibit.code)
        shown = set(stems(f"{exhibit.title} {prompt} {exhibit.code} {names}")) | _LAYOUT
        return next((word for word in told if word in said and word not in shown and not word.isdigit()), "")
    cells = " ".join(" ".join(row) for row in (exhibit.columns, *exhibit.rows))
    shown_runs = set(_runs(stems(f"{exhibit.title} {prompt} {cells} {exhibit.text or ''}")))
    said_runs = set(_runs(said)) - shown_runs
    return next((" ".join(run) for run in _runs(told) if run in said_runs and not _figures(run)), "")


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[n:] for n in range(REPEATED_WORDS)), strict=False)


def _figures(words: Collection[str]) -> bool:
    """Whether most of it is numbers, which an alternative has to read out."""
    return sum(word[:1].isdigit() for word in words) * 2 >= len(words)


@question_rule("F27 unpaid-work", "warning")
def unpaid_work(question: Question, known: Known) -> Iterator[Fault]:
    """An exercise takes no longer than an hour with its talk."""
    if question.kind == "exercise" and question.minutes.total > EXERCISE_MINUTES:
        yield Fault(
            "minutes",
            f"it takes {question.minutes.total} minutes",
            f"cut it to {EXERCISE_MINUTES}, or pay for it",
        )


RULES: tuple[Rule, ...] = (
    protected_topic, neutral_story, confidential, heard_exhibit, code_width, colour_only, gives_away,
    unpaid_work,
)  # fmt: skip
