"""Facts and exhibits: sourced, dated, parsing, without secrets, and proved by running them."""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..exercise import exercises
from ..model import Question
from .core import Fault, Known, Rule, at_load, in_tests, question_rule
from .fairness import heard
from .text import runs
from .words import word_list

OLDEST = {"stable": None, "yearly": 400, "fast": 180}
CODE_LINES = (25, 60)
COPIED_WORDS = 8
MACHINE, NAIVE, CHEATING = 90.0, (30.0, 60.0), 10.0

_ADDRESS = re.compile(r"https?://[\w.-]+\.[a-z]{2,}")
_OWN_SUM = re.compile(
    r"\b(arithmetic|simulation|measured|generated|computed|generator|repeated|exercise|exhibit)\b.*\btests?\b",
    re.I | re.S,
)
# A place in a book: its year, and where in it.
_BOOK = re.compile(r"\b(?:19|20)\d\d\b.*\b(?:chapter|section|page|pp|ISBN|doi)\b", re.I | re.S)
_YEARLESS = re.compile(r"\b(?:LLM|ML|ASI|API)(?:0[1-9]|10)\b(?!:20\d\d)")
_STANDARD = re.compile(
    r"\b(?:LLM\d\d:20\d\d|ML\d\d:20\d\d|ASI\d\d(?::20\d\d)?|CVE-\d{4}-\d{4,}|AML\.[A-Z]+\d{4}(?:\.\d{3})?|RFC ?\d{3,5}"
    r"|ISO(?:/IEC)? ?\d{4,5}|NIST (?:AI|SP) ?[\d-]+|PEP ?\d{1,4}|CWE-\d+|EN ?\d{5})\b"
)
_SECRETS = (
    ("a key of a cloud", re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b")),
    ("a token of a code host", re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,}|glpat-[\w-]{20,})")),
    ("a key of a model vendor", re.compile(r"\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,}")),
    ("a key of a search vendor", re.compile(r"\bAIza[0-9A-Za-z_-]{35}\b")),
    ("a token of a chat", re.compile(r"\bxox[abprs]-[0-9A-Za-z-]{10,}")),
    ("a private key", re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----")),
    ("a signed token", re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}")),
    ("a password in an address", re.compile(r"\b[a-z][a-z0-9+]*://[^\s:/@{}<>]+:[^\s:/@{}<>]{3,}@[\w.-]+")),
)  # fmt: skip
# Domains that belong to nobody (RFC 2606).
_RESERVED = r"(?:[\w-]+\.)*(?:example(?:\.\w+)?|test|invalid|localhost)\b"
_PERSONAL = (
    ("an e-mail address", re.compile(rf"\b[\w.+-]+@(?!{_RESERVED})[\w-]+(?:\.[\w-]+)+\b")),
    ("an account number", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")),
    ("a card number", re.compile(r"\b(?:\d{4}[ -]){3}\d{4}\b")),
    ("a telephone number", re.compile(r"(?<!\w)\+\d{1,3}[ -]\(?\d{2,4}\)?[ -]?\d{3,}[\d -]*\d")),
)  # fmt: skip

DEFECT_LINES = at_load("X29a defect-lines", "The lines that a defect names exist in the code.")
REGENERATED = in_tests(
    "X30 same-bytes", "A generator gives the same bytes under three hash seeds and any order of files."
)
SOLUTIONS = in_tests(
    "X31c solutions",
    "The checker gives the reference 90 or more, the naive 30 to 60, the cheating 10 or less.",
)


def told(question: Question) -> Iterator[tuple[str, str]]:
    """Every text of a question but its facts, by key."""
    for key, value in question.model_dump(exclude={"facts"}).items():
        yield from _texts(key, value)


def _texts(key: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, Mapping):
        for part, inner in value.items():
            yield from _texts(f"{key}.{part}", inner)
    elif isinstance(value, list | tuple):
        for n, inner in enumerate(value):
            yield from _texts(f"{key}.{n}", inner)


@question_rule("X28a standard-sourced", "error")
def standard_sourced(question: Question, known: Known) -> Iterator[Fault]:
    """A standard, an advisory or a list's entry that the text names stands in a fact with its source."""
    facts = " ".join(f"{fact.claim} {fact.source}" for fact in question.facts)
    for key, text in told(question):
        if key.endswith(".code"):
            continue
        for name in sorted(set(_STANDARD.findall(text))):
            if name not in facts:
                yield Fault(key, f"'{name}' has no fact", "add it to facts with its source and date")


@question_rule("X28b source-address", "error")
def source_address(question: Question, known: Known) -> Iterator[Fault]:
    """A source has an address or a place in a book, or says that the kit's own tests repeat the sum."""
    for n, fact in enumerate(question.facts):
        if not any(kind.search(fact.source) for kind in (_ADDRESS, _BOOK, _OWN_SUM)):
            yield Fault(
                f"facts.{n}.source",
                "nobody can look it up",
                "give its address and version, or the sum that tests repeat",
            )


@question_rule("X28c entry-year", "error")
def entry_year(question: Question, known: Known) -> Iterator[Fault]:
    """An entry of a top-ten list is named with its year, since numbers move between issues."""
    texts = [*told(question)]
    texts += [(f"facts.{n}", f"{fact.claim} {fact.source}") for n, fact in enumerate(question.facts)]
    for key, text in texts:
        if key.endswith(".code"):
            continue
        for name in sorted(set(_YEARLESS.findall(text))):
            if not name.startswith("ASI") or not re.search(r"\b20\d\d\b", text):
                yield Fault(key, f"'{name}' has no year", f"write {name}:2026, or the year of its list")


@question_rule("X28d fact-age", "warning")
def fact_age(question: Question, known: Known) -> Iterator[Fault]:
    """A fast fact was checked within 180 days, a yearly one within 400."""
    for n, fact in enumerate(question.facts):
        limit = OLDEST[fact.volatility]
        age = (known.today - fact.checked_on).days
        if limit and age > limit:
            yield Fault(
                f"facts.{n}.checked_on",
                f"checked {age} days ago, a {fact.volatility} fact",
                "read the source again and set the date",
            )


@question_rule("X28e fact-future", "error")
def fact_future(question: Question, known: Known) -> Iterator[Fault]:
    """No fact was checked tomorrow."""
    for n, fact in enumerate(question.facts):
        if fact.checked_on > known.today + dt.timedelta(days=1):
            yield Fault(
                f"facts.{n}.checked_on",
                f"{fact.checked_on} is in the future",
                "set the day on which it was read",
            )


@question_rule("X29b code-parses", "error")
def code_parses(question: Question, known: Known) -> Iterator[Fault]:
    """Code is Python that parses."""
    for exhibit in question.exhibits:
        try:
            ast.parse(exhibit.code or "")
        except (SyntaxError, ValueError) as error:
            line = getattr(error, "lineno", None)
            yield Fault(
                f"exhibits.{exhibit.id}.code",
                f"line {line}: {error.args[0]}",
                "mend it; what is no Python goes into text",
            )


@question_rule("X29c defect-on-code", "error")
def defect_on_code(question: Question, known: Known) -> Iterator[Fault]:
    """The lines of a defect hold code."""
    codes = [exhibit.code for exhibit in question.exhibits if exhibit.code and exhibit.when == "start"]
    if len(codes) != 1:
        return
    lines = codes[0].splitlines()
    for defect in question.defects:
        empty = [n for n in defect.lines if n <= len(lines) and not lines[n - 1].strip()]
        if empty:
            yield Fault(
                f"defects.{defect.id}.lines",
                f"line {empty[0]} is empty",
                "count again; the text above may have moved it",
            )


@question_rule("X29d review-size", "error")
def review_size(question: Question, known: Known) -> Iterator[Fault]:
    """Code under review has 25 to 60 lines, all files together."""
    low, high = CODE_LINES
    codes = [exhibit.code for exhibit in question.exhibits if exhibit.code and exhibit.when == "start"]
    count = sum(len(code.splitlines()) for code in codes)
    if question.kind == "review" and codes and not low <= count <= high:
        yield Fault("exhibits", f"the code has {count} lines", f"show {low} to {high}")


@question_rule("X29e false-trails", "error")
def false_trails(question: Question, known: Known) -> Iterator[Fault]:
    """A review has two false trails at least: code that looks wrong and is right."""
    if question.kind == "review" and len(question.false_trails) < 2:
        yield Fault(
            "false_trails",
            f"there is {len(question.false_trails)}",
            "add one; without it, finding fault always pays",
        )


@question_rule("X31a exercise-exists", "error")
def exercise_exists(question: Question, known: Known) -> Iterator[Fault]:
    """The exercise that a question names is shipped with the kit."""
    if question.exercise and question.exercise not in exercises():
        yield Fault(
            "exercise", f"there is no exercise '{question.exercise}'", "`interview-kit exercises` lists them"
        )


@question_rule("X31b task-points", "error")
def task_points(question: Question, known: Known) -> Iterator[Fault]:
    """The tasks of an exercise make 100 points."""
    if question.kind == "exercise" and (points := sum(task.points for task in question.tasks)) != 100:
        yield Fault("tasks", f"they make {points} points", "let them make 100")


@question_rule("X32a secret", "error")
def secret(question: Question, known: Known) -> Iterator[Fault]:
    """No text looks like a live key, token or password."""
    for key, text in told(question):
        for what, pattern in _SECRETS:
            match = pattern.search(text)
            if match and not re.search(r"example|\*\*\*|\.\.\.|…", match.group(), re.IGNORECASE):
                yield Fault(key, f"it looks like {what}", "write EXAMPLE or dots in its place")


@question_rule("X32b personal-data", "error")
def personal_data(question: Question, known: Known) -> Iterator[Fault]:
    """No text holds an address, an account, a card or a telephone number that could be somebody's."""
    for key, text in told(question):
        for what, pattern in _PERSONAL:
            if match := pattern.search(text):
                yield Fault(
                    key, f"'{match.group()}' could be {what} of a person", "use example.com, or words"
                )


@question_rule("X32c real-company", "error")
def real_company(question: Question, known: Known) -> Iterator[Fault]:
    """Stories name no real company."""
    for key, text in heard(question):
        for hit in word_list("companies").hits(text):
            yield Fault(key, f"'{hit.found}' is real", "invent one, or say what it does")


@question_rule("X33 copied-words", "warning")
def copied_words(question: Question, known: Known) -> Iterator[Fault]:
    """No eight words in a row stand in one of the texts given to compare with."""
    for name, source in known.sources:
        theirs = runs(source, COPIED_WORDS)
        for key, text in told(question):
            for words in sorted(runs(text, COPIED_WORDS) & theirs)[:1]:
                yield Fault(key, f"'{' '.join(words)}' also stands in {name}", "say it in your own words")


class Scores(NamedTuple):
    """Percentages that a checker gave the three shipped solutions of an exercise."""

    reference: float
    naive: float
    cheating: float


def score_faults(scores: Scores) -> Iterator[Fault]:
    """Faults by X31c; none where the three scores lie in their bounds."""
    if scores.reference < MACHINE:
        yield Fault("reference", f"it gets {scores.reference}", f"it should get {MACHINE:.0f} or more")
    if not NAIVE[0] <= scores.naive <= NAIVE[1]:
        yield Fault("naive", f"it gets {scores.naive}", "it should get 30 to 60")
    if scores.cheating > CHEATING:
        yield Fault("cheating", f"it gets {scores.cheating}", f"it should get {CHEATING:.0f} or less")


RULES: tuple[Rule, ...] = (
    standard_sourced, source_address, entry_year, fact_age, fact_future, DEFECT_LINES, code_parses,
    defect_on_code, review_size, false_trails, REGENERATED, exercise_exists, task_points, SOLUTIONS, secret,
    personal_data, real_company, copied_words,
)  # fmt: skip
