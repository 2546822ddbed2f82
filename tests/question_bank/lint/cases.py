"""What a fixture of a rule is: a small change of a worked question, and which rules it then breaks."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from question_bank import Bank, Question, load_bank
from question_bank.lint.core import Known
from question_bank.lint.judge import judge, load_finding
from question_bank.load import question_faults, read_bank
from question_bank.model import AssistantRun, Baseline
from rubrics import ContentError
from rubrics.files import content_files, mapping_in

# Their facts were all checked in the days before.
TODAY = dt.date(2026, 12, 1)
# Questions as fixtures start from them: they change with the rules, not with the shipped bank.
HERE = Path(__file__).parent / "worked"
Edit = Callable[[dict[str, Any]], Any]
Change = Callable[[Known], Known]

STORY, REWRITE, DESIGN = "SHP-01", "HYB-01", "SYS-05"
WEEKS, REVIEW, EXERCISE, NIGHT = "DRF-01", "MLO-05", "MLO-02", "OPS-01"
WORKED = (STORY, REWRITE, DESIGN, WEEKS, REVIEW, EXERCISE, NIGHT, "DRF-05", "SEC-01", "SEC-05")


class Case(NamedTuple):
    """A fixture: the code of the rule it is about, what is done, and a function that returns what it breaks."""

    rule: str
    name: str
    broken: Callable[[Path], set[str]]


@cache
def files() -> dict[str, tuple[str, dict[str, Any]]]:
    """File name and mapping of every worked question, by id."""
    paths = content_files(HERE / "questions")
    held = [(path.relative_to(HERE).as_posix(), mapping_in(path.read_bytes(), path.name)) for path in paths]
    return {data["id"]: (name, data) for name, data in held}


@cache
def worked() -> Bank:
    """The worked questions, with the shipped terms, profiles and loops: sound by every rule."""
    bank = load_bank(HERE)
    return bank_with(bank, questions=tuple(map(tried, bank.questions)))


def tried(question: Question) -> Question:
    """The question with a baseline of today, if it has none: an assistant got nothing that counts."""
    if question.assistant is not None:
        return question
    runs = (AssistantRun(level=1),) * 3
    baseline = Baseline(
        assistant="An assistant", tried_on=TODAY, version=question.version, card=runs, probed=runs
    )
    return question.model_copy(update={"assistant": baseline})


def edited(question_id: str, *edits: Edit) -> dict[str, Any]:
    data = copy.deepcopy(files()[question_id][1])
    for edit in edits:
        edit(data)
    return data


def known(*questions: Question, **changes: Any) -> Known:
    """A bank of these questions with the shipped terms, profiles and loops."""
    questions = tuple(map(tried, questions))
    return Known(bank=bank_with(worked(), questions=questions), today=TODAY)._replace(**changes)


def bank_with(bank: Bank, **changes: Any) -> Bank:
    """The bank with these parts in place of its own."""
    return Bank(**{name: getattr(bank, name) for name in Bank.model_fields} | changes)


def rules_broken(given: Known) -> set[str]:
    verdict = judge(given)
    assert all(f.message and f.cure for f in verdict.findings)
    return {finding.rule for finding in verdict.findings}


def on_question(
    rule: str, name: str, question_id: str, *edits: Edit, after: Change = lambda known: known
) -> Case:
    """A changed question in a bank of its own, by the rules of reading and of the judge."""

    def broken(folder: Path) -> set[str]:
        question = Question.model_validate(edited(question_id, *edits))
        faults = question_faults(files()[question_id][0], question, worked())
        return {fault.rule for fault in faults} | rules_broken(after(known(question)))

    return Case(rule, name, broken)


def on_file(rule: str, name: str, question_id: str, *edits: Edit, file: str = "") -> Case:
    """A changed question in a file, by the rules of reading."""

    def broken(folder: Path) -> set[str]:
        path = folder / (file or files()[question_id][0])
        path.parent.mkdir(parents=True)
        path.write_text(yaml.safe_dump(edited(question_id, *edits), allow_unicode=True), "utf-8")
        return refused(folder)

    return Case(rule, name, broken)


def on_bank(rule: str, name: str, change: Change, questions: tuple[str, ...] = WORKED) -> Case:
    """The worked questions as a bank, changed as a whole."""

    def broken(folder: Path) -> set[str]:
        return rules_broken(change(known(*(worked().by_id[one] for one in questions))))

    return Case(rule, name, broken)


def refused(folder: Path) -> set[str]:
    """The rules that reading the folder finds broken."""
    try:
        read_bank(folder, worked().rubrics)
    except ContentError as error:
        return {load_finding(problem).rule for problem in error.problems}
    return set()


def nothing(data: dict[str, Any]) -> None:
    """The question as it is."""


def more(text: str, *keys: Any) -> Edit:
    """An edit that writes the text behind what lies at the end of the keys."""
    return swap(lambda held: f"{held.rstrip()} {text}", *keys)


def swap(change: Callable[[Any], Any], *keys: Any) -> Edit:
    """An edit that changes what lies at the end of the keys."""

    def edit(data: Any) -> None:
        for key in keys[:-1]:
            data = data[key]
        data[keys[-1]] = change(data[keys[-1]])

    return edit


def signal(letter: str, key: str, value: Any) -> Edit:
    """An edit that sets a key of the signal with this letter."""

    def edit(data: Any) -> None:
        next(one for one in data["signals"] if one["id"] == letter)[key] = value

    return edit
