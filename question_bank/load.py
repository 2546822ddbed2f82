"""From a folder of YAML to a `Bank`, every fault at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from rubrics import ContentError, Problem, Rubrics, load_rubrics
from rubrics.files import (
    content_files,
    is_content,
    model_in,
    overlooked,
    own_file,
    read_bytes,
    read_model,
    shown_path,
)

from .anchor_rule import propose_level
from .baseline import PARTS as BASELINE_PARTS
from .kept import kept, nothing_thrown_away
from .model import Bank, Baseline, Glossary, LoopTemplate, Profile, Question, Term

BANK = Path(__file__).parent
# The folders of a bank, and the files that lie beside them.
PARTS = ("questions", "profiles", "loops", "assistant")
BESIDE = ("glossary", "released", "accepted")
# What a probe may answer besides a missed signal: a manner of answering.
MANNERS = ("vague", "we", "tool-name-only")
KIND_NEEDS: dict[str, tuple[str, ...]] = {
    "situational": (),
    "review": ("defects", "false_trails", "exhibits"),
    "debugging": ("ground_truth", "exhibits", "rivals"),
    "design": ("numbers",),
    "exercise": ("tasks",),
    "behavioural": ("ledger", "no_experience_route"),
    "assisted": ("defects", "false_trails", "exhibits"),
}
# Ids of the rules that reading enforces; question_bank/lint lists them with all others.
KIND, UNIQUE, REFERENCES, HOME = "S01b kind-fields", "S01c unique-ids", "S01d references", "S01e home"
SUBSKILL, SIGNALS, PROBED = "S02a one-subskill", "S02b signal-counts", "S03a must-has-probe"
BASELINE = "K50 baseline-fits"
PRACTICE, DEFECT_LINES, LOOP_FIT = "S04a practice-level", "X29a defect-lines", "B37a loop-fit"

Model = TypeVar("Model", bound=BaseModel)


class Loaded(NamedTuple):
    """A bank, and the file of each question by its id."""

    bank: Bank
    files: dict[str, str]


def load_bank(folder: Path = BANK, rubrics: Rubrics | None = None) -> Bank:
    """Questions, profiles, loops and glossary below `folder`; `ContentError` with all faults at once.

    A private bank needs `questions/` only: profiles, loops and the glossary are taken from the shipped
    bank where the folder has none of its own.
    """
    return read_bank(folder, rubrics).bank


@nothing_thrown_away()
def read_bank(folder: Path = BANK, rubrics: Rubrics | None = None) -> Loaded:
    """As `load_bank`, with the file of each question."""
    rubrics = rubrics or load_rubrics()
    problems: list[Problem] = []
    with kept(folder) as before:
        questions = _read_all(folder / "questions", folder, Question, problems, before.question)
    questions = _with_baselines(questions, folder, problems)
    profiles = _read_all(_own_or_shipped(folder, "profiles"), None, Profile, problems)
    loops = _read_all(_own_or_shipped(folder, "loops"), None, LoopTemplate, problems)
    glossary = _read_glossary(_glossary(folder), problems)
    problems += _not_read(folder)
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
        problems += question_faults(name, question, bank)
    for name, profile in profiles:
        problems += _profile_faults(name, profile, bank)
    for name, loop in loops:
        problems += _loop_faults(name, loop, bank)
    if problems:
        raise ContentError(problems)
    return Loaded(bank, {question.id: name for name, question in questions})


def _with_baselines(
    questions: list[tuple[str, Question]], folder: Path, problems: list[Problem]
) -> list[tuple[str, Question]]:
    """Each question with what an assistant alone got on it, from `assistant/<ID>.yaml`."""
    known = {question.id: question for _, question in questions}
    found: dict[str, Baseline] = {}
    for name, question in questions:
        if question.assistant is not None:
            cure = f"keep it in assistant/{question.id}.yaml, as assistant-score writes it"
            problems.append(Problem(name, "assistant", "it is measured, not written here", cure, BASELINE))
    for name, baseline in _read_all(folder / "assistant", folder, Baseline, problems):
        question_id = Path(name).stem
        if question_id not in known:
            message = f"there is no question '{question_id}'"
            problems.append(Problem(name, "", message, "name the file as its question's id", BASELINE))
        else:
            problems += _baseline_faults(name, known[question_id], baseline)
            found[question_id] = baseline
    return [
        (
            name,
            question.model_copy(update={"assistant": found[question.id]})
            if question.id in found
            else question,
        )
        for name, question in questions
    ]


def _baseline_faults(name: str, question: Question, baseline: Baseline) -> Iterator[Problem]:
    """Runs whose ticks do not earn their level; of a version before this one they are as they were."""
    if baseline.version != question.version:
        return
    for part in BASELINE_PARTS:
        for n, run in enumerate(baseline.runs(part)):
            earned = propose_level(question, run.ticks, (), run.red_flags).level
            if earned != run.level:
                message = f"its ticks earn {earned}, it says {run.level}"
                yield Problem(name, f"{part}.{n}.level", message, "correct the ticks or the level", BASELINE)


def _own_or_shipped(folder: Path, part: str) -> Path:
    return folder / part if (folder / part).exists() else BANK / part


def _glossary(folder: Path) -> Path:
    own = own_file(folder, "glossary")
    return own if own.exists() else BANK / "glossary.yaml"


def _not_read(folder: Path) -> Iterator[Problem]:
    """What is in the folder and looks like content, but is not read."""
    for part in PARTS:
        yield from overlooked(folder / part, folder)
    for path in sorted(folder.iterdir()) if folder.is_dir() and folder != BANK else ():
        if path.is_dir() and path.name not in PARTS and path.name.casefold() in PARTS:
            cure = f"call it {path.name.casefold()}/"
            yield Problem(f"{path.name}/", "", "the folder is not read", cure)
        elif path.is_file() and is_content(path.name) and path.stem.casefold() not in BESIDE:
            message = "the file is outside the folders and is not read"
            yield Problem(path.name, "", message, f"move it into one of {', '.join(PARTS)}")


def _read_all(
    folder: Path,
    root: Path | None,
    model: type[Model],
    problems: list[Problem],
    parse: Callable[[bytes, str], Model] | None = None,
) -> list[tuple[str, Model]]:
    root = root or folder.parent
    parse = parse or (lambda data, name: model_in(data, name, model))
    values = []
    for path in content_files(folder):
        name = shown_path(path, root)
        try:
            values.append((name, parse(read_bytes(path, root), name)))
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
    cure = "give each its own id; ids are never used again"
    return [
        Problem(name, "id", f"'{key}' is used {counts[key]} times", cure, UNIQUE)
        for name, key in named
        if counts[key] > 1
    ]


def question_faults(name: str, question: Question, bank: Bank) -> Iterator[Problem]:
    """What is wrong with a question read from the file `name`, before the rules of question_bank/lint."""
    yield from _place_faults(name, question, bank)
    yield from _signal_faults(name, question)
    yield from _probe_faults(name, question)
    yield from _reference_faults(name, question, bank.terms)
    yield from _kind_faults(name, question)
    yield from _practice_faults(name, question)


def _place_faults(name: str, question: Question, bank: Bank) -> Iterator[Problem]:
    competency = bank.rubrics.by_id.get(question.competency)
    if competency is None:
        known = ", ".join(bank.rubrics.by_id)
        message = f"'{question.competency}' is no competency"
        yield Problem(name, "competency", message, f"use one of {known}", HOME)
    elif question.subskill not in {subskill.id for subskill in competency.subskills}:
        known = ", ".join(subskill.id for subskill in competency.subskills)
        message = f"'{question.subskill}' is no sub-skill of {competency.id}"
        yield Problem(name, "subskill", message, f"use one of {known}", SUBSKILL)
    if Path(name).parent.name != question.competency:
        message, cure = (
            "the file lies in another competency's folder",
            f"move it to questions/{question.competency}/",
        )
        yield Problem(name, "competency", message, cure, HOME)


def _signal_faults(name: str, question: Question) -> Iterator[Problem]:
    counts = Counter(signal.id for signal in question.signals)
    for signal_id, count in counts.items():
        if count > 1:
            message = f"'{signal_id}' stands {count} times"
            yield Problem(name, "signals", message, "give each signal its own letter", UNIQUE)
    if not 5 <= len(question.signals) <= 9:
        yield Problem(name, "signals", f"there are {len(question.signals)}", "have 5 to 9", SIGNALS)
    if sum(signal.must and signal.level == 3 for signal in question.signals) < 2:
        cure = "mark what a senior always shows with must: true"
        yield Problem(name, "signals", "fewer than two musts of level 3", cure, SIGNALS)
    if sum(signal.level == 4 for signal in question.signals) < 2:
        message, cure = "fewer than two signals of level 4", "add one; level 4 could not be reached"
        yield Problem(name, "signals", message, cure, SIGNALS)


def _probe_faults(name: str, question: Question) -> Iterator[Problem]:
    probed = {missed for probe in question.probes for missed in probe.if_missed}
    for unknown in sorted(probed - {signal.id for signal in question.signals} - set(MANNERS)):
        cure = f"use a signal's letter or one of {', '.join(MANNERS)}"
        yield Problem(name, "probes", f"'{unknown}' is no signal", cure, REFERENCES)
    for must in sorted(question.musts - probed):
        cure = f"add one with if_missed: [{must}]"
        yield Problem(name, "probes", f"the must '{must}' has no probe", cure, PROBED)


def _reference_faults(name: str, question: Question, terms: dict[str, Term]) -> Iterator[Problem]:
    for key in question.glossary:
        if key not in terms:
            cure = "add the term or correct the key"
            yield Problem(name, "glossary", f"'{key}' is not in glossary.yaml", cure, REFERENCES)
    exhibits = {exhibit.id for exhibit in question.exhibits}
    for n, reveal in enumerate(question.reveals):
        if reveal.exhibit and reveal.exhibit not in exhibits:
            message = f"'{reveal.exhibit}' is no exhibit"
            yield Problem(name, f"reveals.{n}.exhibit", message, "use an exhibit's id", REFERENCES)
    for flag, count in Counter(flag.id for flag in question.red_flags).items():
        if count > 1:
            message, cure = f"'{flag}' stands {count} times", "give each red flag its own letter"
            yield Problem(name, "red_flags", message, cure, UNIQUE)


def _kind_faults(name: str, question: Question) -> Iterator[Problem]:
    for key in KIND_NEEDS[question.kind]:
        if not getattr(question, key):
            message = f"a question of kind '{question.kind}' needs it"
            yield Problem(name, key, message, f"add {key}", KIND)
    lengths = [exhibit.code.count("\n") + 1 for exhibit in question.exhibits if exhibit.code is not None]
    for defect in question.defects if lengths else ():
        if any(not 1 <= line <= max(lengths) for line in defect.lines):
            message = f"the code has {max(lengths)} lines"
            yield Problem(name, f"defects.{defect.id}.lines", message, "name lines that exist", DEFECT_LINES)


def _practice_faults(name: str, question: Question) -> Iterator[Problem]:
    if len(question.practice) < 3:
        message = f"there are {len(question.practice)} samples"
        yield Problem(name, "practice", message, "have three or more", PRACTICE)
    signals = {signal.id for signal in question.signals}
    flags = {flag.id for flag in question.red_flags}
    for n, sample in enumerate(question.practice):
        for unknown in sorted({*sample.ticks, *sample.helped} - signals) + sorted(
            {*sample.red_flags} - flags
        ):
            message = f"'{unknown}' is neither signal nor red flag"
            yield Problem(name, f"practice.{n}", message, "use an id of this question", REFERENCES)
        proposal = propose_level(question, sample.ticks, sample.helped, sample.red_flags)
        if proposal.level != sample.level:
            because = "; ".join(proposal.because)
            message = f"the ticks give {proposal.level}, the sample says {sample.level} ({because})"
            cure = "correct the ticks or the level"
            yield Problem(name, f"practice.{n}.level", message, cure, PRACTICE)


def _profile_faults(name: str, profile: Profile, bank: Bank) -> Iterator[Problem]:
    for target in profile.targets:
        if target.competency not in bank.rubrics.by_id:
            message = f"'{target.competency}' is no competency"
            yield Problem(name, "targets", message, "use a rubric's id", REFERENCES)
    loops = {loop.id for loop in bank.loops}
    for loop in profile.loops:
        if loop not in loops:
            cure = f"use one of {', '.join(sorted(loops))}"
            yield Problem(name, "loops", f"'{loop}' is no loop template", cure, REFERENCES)


def _loop_faults(name: str, loop: LoopTemplate, bank: Bank) -> Iterator[Problem]:
    for slot in loop.slots:
        key = f"slots.{slot.id}"
        for item in slot.items:
            if item.competency not in bank.rubrics.by_id:
                message = f"'{item.competency}' is no competency"
                yield Problem(name, key, message, "use a rubric's id", REFERENCES)
            if item.subskill and item.subskill not in bank.rubrics.subskills:
                message = f"'{item.subskill}' is no sub-skill"
                yield Problem(name, key, message, "use a sub-skill's id", REFERENCES)
        planned = sum(item.minutes for item in slot.items) + slot.around
        if planned * 10 > slot.minutes * 9:
            message = f"{planned} minutes do not fit nine tenths of {slot.minutes}"
            yield Problem(name, key, message, "drop or shorten an item; a tenth stays free", LOOP_FIT)
