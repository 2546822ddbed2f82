"""What the content needs from the terminal: is it sound, and which versions are live?"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .shared import fail

if TYPE_CHECKING:
    from question_bank import Bank
    from question_bank.lint.core import Finding
    from question_bank.lint.judge import Verdict


BankOption = Annotated[Path | None, typer.Option(help="A question bank's folder; without it the one in use.")]
RubricsOption = Annotated[Path | None, typer.Option(help="A rubrics folder; without it the one in use.")]
StrictOption = Annotated[bool, typer.Option("--strict", help="Warnings fail too.")]
SourcesOption = Annotated[
    Path | None, typer.Option(help="A folder of .txt files from which nothing may be copied.")
]
ReleaseOption = Annotated[
    bool, typer.Option("--release", help="Without an error: note versions and digests of live questions.")
]


def check(
    bank: BankOption = None,
    rubrics: RubricsOption = None,
    strict: StrictOption = False,
    compare_with: SourcesOption = None,
    release: ReleaseOption = False,
) -> None:
    """Check the content: what each rule finds, with file, key and cure, and counts by competency and kind.

    Exit code 1 where there is an error, and with --strict also where there is a warning.
    """
    from question_bank import BANK
    from rubrics import LIBRARY
    from scorecards.outside.settings import load_settings

    settings = load_settings()
    bank_folder = bank or settings.bank_path or BANK
    loaded, verdict = judged(bank_folder, rubrics or settings.rubrics_path or LIBRARY, compare_with)
    if release and not verdict.errors:
        note_release(loaded, bank_folder)
    print_findings(verdict.findings)
    print_counts(loaded, verdict)
    if verdict.errors or (strict and verdict.warnings):
        raise typer.Exit(1)


def judged(bank: Path, rubrics: Path, compare_with: Path | None) -> tuple[Bank, Verdict]:
    """The bank in its folder and what the rules find in it; ends with the faults where it cannot be read."""
    from question_bank.lint.judge import judge_folder, load_finding
    from rubrics import ContentError, load_rubrics
    from rubrics.counted import count

    for folder in filter(None, (bank, rubrics, compare_with)):
        if not folder.is_dir():
            fail(f"{folder}: there is no such folder.")
    today = dt.datetime.now(dt.UTC).date()
    try:
        return judge_folder(bank, load_rubrics(rubrics), today=today, sources=texts_in(compare_with))
    except ContentError as error:
        print_findings([load_finding(problem) for problem in error.problems], err=True)
        fail(f"{count(len(error.problems), 'fault')} in the content.")


def texts_in(folder: Path | None) -> tuple[tuple[str, str], ...]:
    """Name and text of each .txt file of the folder, in order; nothing without a folder."""
    paths = sorted(folder.glob("*.txt")) if folder else []
    try:
        return tuple((path.name, path.read_text("utf-8")) for path in paths)
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{folder}: a text cannot be read ({error}).")


def note_release(bank: Bank, folder: Path) -> None:
    """Write released.yaml: from now on a changed live question needs a higher version."""
    from rubrics.files import own_file

    live = [question for question in bank.questions if question.status == "live"]
    lines = [f"  - {{id: {q.id}, version: {q.version}, digest: {q.digest}}}" for q in live]
    path = own_file(folder, "released")
    try:
        path.write_text("\n".join(["questions:", *lines] if lines else ["questions: []"]) + "\n", "utf-8")
    except OSError as error:
        fail(f"{path}: {error.strerror}.")
    typer.echo(f"{path}: {len(live)} live questions noted", err=True)


def print_findings(findings: Sequence[Finding], *, err: bool = False) -> None:
    """What was found, below the name of each file."""
    by_file = sorted(findings, key=lambda finding: finding.file)
    for file, found in groupby(by_file, key=lambda finding: finding.file):
        typer.echo(file, err=err)
        for finding in found:
            typer.echo(f"  {finding}", err=err)


def print_counts(bank: Bank, verdict: Verdict) -> None:
    """A table: competencies down, kinds across."""
    from question_bank import KINDS
    from rubrics.counted import count

    kinds = list(KINDS)
    width = max(len(c.id) for c in bank.rubrics.competencies)
    counts = Counter((question.competency, question.kind) for question in bank.questions)
    typer.echo(" ".join(["competency".ljust(width), *kinds, "sum"]))
    for competency in bank.rubrics.competencies:
        row = [counts[competency.id, kind] for kind in kinds]
        cells = [str(n).rjust(len(kind)) for n, kind in zip(row, kinds, strict=True)]
        typer.echo(" ".join([competency.id.ljust(width), *cells, str(sum(row)).rjust(3)]))
    typer.echo(
        f"{count(len(bank.questions), 'question')}, {count(len(bank.rubrics.competencies), 'competency')}, "
        f"{count(len(bank.profiles), 'profile')}, {count(len(bank.glossary.terms), 'term')}: "
        f"{count(len(verdict.errors), 'error')}, {count(len(verdict.warnings), 'warning')}, "
        f"{len(verdict.accepted)} accepted. Bank {bank.digest[:12]}"
    )
