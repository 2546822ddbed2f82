"""From a folder of YAML to a `Bank`, every fault at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from rubrics import ContentError, Problem, Rubrics, load_rubrics
from rubrics.files import content_files, read_model, shown_path

from .anchor_rule import propose_level
from .model import Bank, Glossary, LoopTemplate, Profile, Question, Term

BANK = Path(__file__).parent
# What a probe may answer besides a missed signal: a manner of answering.
MANNERS = ("vague", "we", "tool-name-only")

Model = TypeVar("Model", bound=BaseModel)


def load_bank(folder: Path = BANK, rubrics: Rubrics | None = None) -> Bank:
    """Questions, profiles, loops and glossary below `folder`; `ContentError` with all faults at once.

    A private bank needs `questions/` only: profiles, loops and the glossary are taken from the shipped
    bank where the folder has none of its own.
    """
    rubrics = rubrics or load_rubrics()
    problems: list[Problem] = []
    questions = _read_all(folder / "questions", folder, Question, problems)
    profiles = _read_all(_own_or_shipped(folder, "profiles"), None, Profile, problems)
    loops = _read_all(_own_or_shipped(folder, "loops"), None, LoopTemplate, problems)
    glossary = _read_glossary(_own_or_shipped(folder, "glossary.yaml"), problems)
    if not questions and not problems:
        problems.append(
            Problem("questions", "", "there is no question", "add questions/<competency>/<slug>.yaml")
        )
    bank = Bank(
        rubrics=rubrics,
        questions=tuple(sorted((question for _, question in questions), key=lambda question: question.id)),
        profiles=tuple(profile for _, profile in profiles),
        loops=tuple(loop for _, loop in loops),
        glossary=glossary,
    )
    problems += _doubled([(name, question.id) for name, question in questions])
    for name, question in questions:
        problems += _question_faults(name, question, bank)
    for name, profile in profiles:
        problems += _profile_faults(name, profile, bank)
    for name, loop in loops:
        problems += _loop_faults(name, loop, bank)
    if problems:
        raise ContentError(problems)
    return bank


def _own_or_shipped(folder: Path, part: str) -> Path:
    return folder / part if (folder / part).exists() else BANK / part


def _read_all(
    folder: Path, root: Path | None, model: type[Model], problems: list[Problem]
) -> list[tuple[str, Model]]:
    root = root or folder.parent
    values = []
    for path in content_files(folder):
        try:
            values.append((shown_path(path, root), read_model(path, root, model)))
        except ContentError as error:
            problems += error.problems
    return values


def _read_glossary(path: Path, problems: list[Problem]) -> Glossary:
    try:
        glossary = read_model(path, path.parent, Glossary)
    except ContentError as error:
        problems += error.problems
        return Glossary(terms=())
    problems += _doubled([(path.name, term.id) for term in glossary.terms])
    return glossary


def _doubled(named: list[tuple[str, str]]) -> list[Problem]:
    counts = Counter(key for _, key in named)
    return [
        Problem(
            name,
            "id",
            f"'{key}' is used {counts[key]} times",
            "give each its own id; ids are never used again",
        )
        for name, key in named
        if counts[key] > 1
    ]


def _question_faults(name: str, question: Question, bank: Bank) -> Iterator[Problem]:
    competency = bank.rubrics.by_id.get(question.competency)
    if competency is None:
        known = ", ".join(bank.rubrics.by_id)
        yield Problem(name, "competency", f"'{question.competency}' is no competency", f"use one of {known}")
    elif question.subskill not in {subskill.id for subskill in competency.subskills}:
        known = ", ".join(subskill.id for subskill in competency.subskills)
        yield Problem(
            name,
            "subskill",
            f"'{question.subskill}' is no sub-skill of {competency.id}",
            f"use one of {known}",
        )
    if Path(name).parent.name != question.competency:
        yield Problem(
            name,
            "competency",
            "the file lies in another competency's folder",
            f"move it to questions/{question.competency}/",
        )
    yield from _signal_faults(name, question)
    yield from _reference_faults(name, question, bank.terms)
    yield from _practice_faults(name, question)


def _signal_faults(name: str, question: Question) -> Iterator[Problem]:
    counts = Counter(signal.id for signal in question.signals)
    for signal_id, count in counts.items():
        if count > 1:
            yield Problem(
                name, "signals", f"'{signal_id}' stands {count} times", "give each signal its own letter"
            )
    if not 5 <= len(question.signals) <= 9:
        yield Problem(name, "signals", f"there are {len(question.signals)}", "have 5 to 9")
    if sum(signal.must and signal.level == 3 for signal in question.signals) < 2:
        yield Problem(
            name,
            "signals",
            "fewer than two musts of level 3",
            "mark what a senior always shows with must: true",
        )
    if sum(signal.level == 4 for signal in question.signals) < 2:
        yield Problem(
            name, "signals", "fewer than two signals of level 4", "add one; level 4 could not be reached"
        )
    probed = {missed for probe in question.probes for missed in probe.if_missed}
    for unknown in sorted(probed - counts.keys() - set(MANNERS)):
        yield Problem(
            name,
            "probes",
            f"'{unknown}' is no signal",
            f"use a signal's letter or one of {', '.join(MANNERS)}",
        )
    for must in sorted(question.musts - probed):
        yield Problem(name, "probes", f"the must '{must}' has no probe", f"add one with if_missed: [{must}]")


def _reference_faults(name: str, question: Question, terms: dict[str, Term]) -> Iterator[Problem]:
    for key in question.glossary:
        if key not in terms:
            yield Problem(
                name, "glossary", f"'{key}' is not in glossary.yaml", "add the term or correct the key"
            )
    exhibits = {exhibit.id for exhibit in question.exhibits}
    for n, reveal in enumerate(question.reveals):
        if reveal.exhibit and reveal.exhibit not in exhibits:
            yield Problem(
                name, f"reveals.{n}.exhibit", f"'{reveal.exhibit}' is no exhibit", "use an exhibit's id"
            )
    flags = Counter(flag.id for flag in question.red_flags)
    for flag, count in flags.items():
        if count > 1:
            yield Problem(
                name, "red_flags", f"'{flag}' stands {count} times", "give each red flag its own letter"
            )
    reviewed = [exhibit for exhibit in question.exhibits if exhibit.code is not None]
    if question.defects and reviewed:
        last = max(exhibit.code.count("\n") + 1 for exhibit in reviewed if exhibit.code is not None)
        for defect in question.defects:
            if any(not 1 <= line <= last for line in defect.lines):
                yield Problem(
                    name, f"defects.{defect.id}.lines", f"the code has {last} lines", "name lines that exist"
                )
    needed = {
        "review": ("defects", "false_trails", "exhibits"),
        "debugging": ("ground_truth", "exhibits", "rivals"),
        "design": ("numbers", "accept_also"),
        "situational": ("accept_also",),
        "exercise": ("tasks",),
        "behavioural": ("ledger", "no_experience_route"),
    }[question.kind]
    for key in needed:
        if not getattr(question, key):
            yield Problem(name, key, f"a question of kind '{question.kind}' needs it", f"add {key}")


def _practice_faults(name: str, question: Question) -> Iterator[Problem]:
    if len(question.practice) < 3:
        yield Problem(name, "practice", f"there are {len(question.practice)} samples", "have three or more")
    signals = {signal.id for signal in question.signals}
    flags = {flag.id for flag in question.red_flags}
    for n, sample in enumerate(question.practice):
        for unknown in sorted({*sample.ticks, *sample.helped} - signals) + sorted(
            set(sample.red_flags) - flags
        ):
            yield Problem(
                name,
                f"practice.{n}",
                f"'{unknown}' is neither signal nor red flag",
                "use an id of this question",
            )
        proposal = propose_level(question, sample.ticks, sample.helped, sample.red_flags)
        if proposal.level != sample.level:
            yield Problem(
                name,
                f"practice.{n}.level",
                f"the ticks give {proposal.level}, the sample says {sample.level} ({'; '.join(proposal.because)})",
                "correct the ticks or the level",
            )


def _profile_faults(name: str, profile: Profile, bank: Bank) -> Iterator[Problem]:
    for target in profile.targets:
        if target.competency not in bank.rubrics.by_id:
            yield Problem(name, "targets", f"'{target.competency}' is no competency", "use a rubric's id")
    loops = {loop.id for loop in bank.loops}
    for loop in profile.loops:
        if loop not in loops:
            yield Problem(
                name, "loops", f"'{loop}' is no loop template", f"use one of {', '.join(sorted(loops))}"
            )


def _loop_faults(name: str, loop: LoopTemplate, bank: Bank) -> Iterator[Problem]:
    for slot in loop.slots:
        for item in slot.items:
            if item.competency not in bank.rubrics.by_id:
                yield Problem(
                    name, f"slots.{slot.id}", f"'{item.competency}' is no competency", "use a rubric's id"
                )
            if item.subskill and item.subskill not in bank.rubrics.subskills:
                yield Problem(
                    name, f"slots.{slot.id}", f"'{item.subskill}' is no sub-skill", "use a sub-skill's id"
                )
        planned = sum(item.minutes for item in slot.items) + slot.around
        if planned * 10 > slot.minutes * 9:
            message = f"{planned} minutes do not fit nine tenths of {slot.minutes}"
            yield Problem(name, f"slots.{slot.id}", message, "drop or shorten an item; a tenth stays free")
