"""All rules, and what they find in a bank."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from rubrics import Problem, Rubrics
from rubrics.files import own_file, read_model

from ..load import BANK, Loaded, read_bank
from ..model import Bank
from . import anchors, bank, facts, fairness, keys, prompt, structure
from .core import Acceptance, Accepted, Blueprint, Fault, Finding, Known, Released, Rule

HERE = Path(__file__).parent
RULES: tuple[Rule, ...] = (
    *structure.RULES, *prompt.RULES, *anchors.RULES, *fairness.RULES, *facts.RULES, *keys.RULES, *bank.RULES,
)  # fmt: skip
UNUSED = Rule(
    id="B42 unused-acceptance",
    severity="error",
    where="bank",
    promise="Every accepted warning is still found, and its rule exists.",
)

Model = TypeVar("Model", bound=BaseModel)


class Verdict(NamedTuple):
    """What the judge found, and the warnings that stand with a reason."""

    findings: tuple[Finding, ...]
    accepted: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "warning")


def rule(rule_id: str) -> Rule:
    """The rule of this id or code; `KeyError` where there is none."""
    return {key: rule for rule in (*RULES, UNUSED) for key in (rule.id, rule.code)}[rule_id]


def judge(known: Known, accepted: Accepted = Accepted()) -> Verdict:
    """Every finding in the order of files and rules; accepted warnings apart."""
    found = sorted(_findings(known), key=lambda finding: finding.file)
    stands = {(entry.rule, entry.question) for entry in accepted.accepted}
    let = [f for f in found if f.severity == "warning" and (f.rule, f.question) in stands]
    used = {(finding.rule, finding.question) for finding in let}
    unused = [entry for entry in accepted.accepted if (entry.rule, entry.question) not in used]
    rest = [finding for finding in found if finding not in let]
    return Verdict((*map(_unused, unused), *rest), tuple(let))


def _findings(known: Known) -> Iterator[Finding]:
    for rule_ in RULES:
        if rule_.on_bank:
            yield from (_finding(rule_, fault, fault.question, known) for fault in rule_.on_bank(known))
        if rule_.on_question:
            for question in known.bank.questions:
                faults = rule_.on_question(question, known)
                yield from (_finding(rule_, fault, question.id, known) for fault in faults)


def _finding(rule_: Rule, fault: Fault, question_id: str | None, known: Known) -> Finding:
    file = known.files.get(question_id or "", question_id or "the bank")
    return Finding(rule_.id, rule_.severity, file, question_id or "", fault.key, fault.message, fault.cure)


def _unused(entry: Acceptance) -> Finding:
    message = f"{entry.rule} does not warn about {entry.question or 'the bank'}"
    return Finding(UNUSED.id, "error", "accepted.yaml", entry.question, "", message, "take the entry out")


def load_finding(problem: Problem) -> Finding:
    """A fault of reading as a finding, with the id of its rule."""
    rule_id = problem.rule or structure.FORM.id
    return Finding(rule_id, "error", problem.file, "", problem.key, problem.message, problem.cure)


def judge_folder(
    folder: Path = BANK,
    rubrics: Rubrics | None = None,
    *,
    today: dt.date,
    sources: tuple[tuple[str, str], ...] = (),
) -> tuple[Bank, Verdict]:
    """Read a bank and judge it; `ContentError` where it cannot be read.

    Counts and the article's map are judged on the shipped bank only. `accepted.yaml` and `released.yaml` are
    taken from a private bank's own folder.
    """
    loaded = read_bank(folder, rubrics)
    shipped = folder.resolve() == BANK.resolve()
    known = known_of(loaded, today, shipped=shipped)._replace(
        released=_own(own_file(folder, "released"), Released),
        own_loops=any((folder / part).exists() for part in ("profiles", "loops")),
        sources=sources,
    )
    accepted = _own(own_file(HERE if shipped else folder, "accepted"), Accepted)
    return loaded.bank, judge(known, accepted)


def known_of(loaded: Loaded, today: dt.date, *, shipped: bool) -> Known:
    """What the rules may know about a bank that was read."""
    known = Known(bank=loaded.bank, today=today, files=loaded.files)
    if not shipped:
        return known
    return known._replace(blueprint=_own(HERE / "blueprint.yaml", Blueprint), coverage=_coverage())


def _coverage() -> Callable[[Bank], Iterator[Fault]]:
    from ..coverage import coverage_faults, load_coverage

    held = load_coverage()
    return lambda bank_: (Fault(*fault) for fault in coverage_faults(held, bank_))


def _own(path: Path, model: type[Model]) -> Model:
    """The file's content; empty where there is no file."""
    return read_model(path, path.parent, model) if path.exists() else model()
