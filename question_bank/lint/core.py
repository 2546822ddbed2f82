"""What a rule is: an id, a severity, a promise, and a function that yields the faults of a question or a bank."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from rubrics import Level
from rubrics.model import Slug, Text, Value

from ..anchor_rule import Proposal, propose_level
from ..model import Bank, Question, Track
from .text import stem, words

Severity = Literal["error", "warning"]
# load: while reading the files. question, bank: by `interview-kit check`. tests: by running generators.
Where = Literal["load", "question", "bank", "tests"]
Propose = Callable[[Question, Collection[str], Collection[str], Collection[str]], Proposal]


class Fault(NamedTuple):
    """What a rule found: the key of the file, what is wrong, what to do."""

    key: str
    message: str
    cure: str
    # The question, for rules over a whole bank; None where no single question is at fault.
    question: str | None = None


class Finding(NamedTuple):
    """A fault with its rule, severity and file. `question` is empty where it concerns the bank."""

    rule: str
    severity: Severity
    file: str
    question: str
    key: str
    message: str
    cure: str

    def __str__(self) -> str:
        place = f"{self.key}: " if self.key else ""
        return f"{self.severity} {self.rule} · {place}{self.message} → {self.cure}"


class Wanted(Value):
    """What a pillar of the bank holds at least; draft and retired questions do not count."""

    questions: Annotated[int, Field(ge=0)]
    # Of these, debugging cases, code reviews and exercises.
    practical: Annotated[int, Field(ge=0)]
    # Of each sub-skill.
    of_each_subskill: Annotated[int, Field(ge=0)]


class Blueprint(Value):
    """How many questions the shipped bank holds at least: by competency, and of a track's own."""

    competencies: dict[Slug, Wanted]
    tracks: dict[Track, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)


class Release(Value):
    """A question as it was released."""

    id: str
    version: int
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Released(Value):
    """All live questions of the last release."""

    questions: tuple[Release, ...] = ()


class Acceptance(Value):
    """A warning that somebody looked at and let stand."""

    rule: Text
    question: str
    reason: Text


class Accepted(Value):
    """The reviewed list of warnings that stand, each with its reason."""

    accepted: tuple[Acceptance, ...] = ()


class Known(NamedTuple):
    """What a rule may know besides the question."""

    bank: Bank
    today: dt.date
    # File of each question, by its id.
    files: dict[str, str] = {}  # noqa: RUF012
    blueprint: Blueprint | None = None
    # Whether profiles and loops belong to this bank; a private one may borrow the shipped ones.
    own_loops: bool = True
    released: Released = Released()
    # Texts that no question may copy from, by name.
    sources: tuple[tuple[str, str], ...] = ()
    propose: Propose = propose_level
    # Faults of the coverage map, where the bank has one.
    coverage: Callable[[Bank], Iterator[Fault]] | None = None

    def exempt(self, question: Question) -> frozenset[str]:
        """Stems of the words that the question's glossary terms explain."""
        terms = [self.bank.terms[key] for key in question.glossary if key in self.bank.terms]
        return frozenset(stem(word) for term in terms for word in words(f"{term.term} {term.id}"))


QuestionCheck = Callable[[Question, Known], Iterator[Fault]]
BankCheck = Callable[[Known], Iterator[Fault]]


class Rule(Value):
    """A rule of the bank. Its id is a letter for the group, the number in the plan, and a slug."""

    id: Annotated[str, Field(pattern=r"^[SPAFXKB][0-9]{2}[a-z]? [a-z0-9-]+$")]
    severity: Severity
    where: Where
    promise: Text
    on_question: QuestionCheck | None = None
    on_bank: BankCheck | None = None

    @cached_property
    def code(self) -> str:
        """The id's first part, such as P07a."""
        return self.id.partition(" ")[0]


def question_rule(rule_id: str, severity: Severity) -> Callable[[QuestionCheck], Rule]:
    """Make a rule of a function over one question; its docstring is the promise."""

    def make(check: QuestionCheck) -> Rule:
        return Rule(
            id=rule_id, severity=severity, where="question", promise=check.__doc__ or "", on_question=check
        )

    return make


def bank_rule(rule_id: str, severity: Severity) -> Callable[[BankCheck], Rule]:
    """Make a rule of a function over the whole bank; its docstring is the promise."""

    def make(check: BankCheck) -> Rule:
        return Rule(id=rule_id, severity=severity, where="bank", promise=check.__doc__ or "", on_bank=check)

    return make


def at_load(rule_id: str, promise: str) -> Rule:
    """A rule that reading the files enforces."""
    return Rule(id=rule_id, severity="error", where="load", promise=promise)


def in_tests(rule_id: str, promise: str) -> Rule:
    """A rule that the tests prove, since it runs programs."""
    return Rule(id=rule_id, severity="error", where="tests", promise=promise)


LEVELS: tuple[Level, ...] = (1, 2, 3, 4)
