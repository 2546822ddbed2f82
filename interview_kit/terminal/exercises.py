"""Practical exercises: laid out, and scored."""

from __future__ import annotations

import secrets
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .shared import fail

if TYPE_CHECKING:
    from question_bank.exercise import Report


def exercises() -> None:
    """List the practical exercises: slug and title, with a tab between, one a line."""
    from question_bank.exercise import exercises, title

    for slug in exercises():
        typer.echo(f"{slug}\t{title(slug)}")


SlugArgument = Annotated[str, typer.Argument(help="Which exercise, as `exercises` lists it.")]
OutOption = Annotated[Path, typer.Option(help="The candidate's folder: a new or empty one.")]
SeedOption = Annotated[
    int | None, typer.Option(min=0, help="The same seed lays out the same files; without it one is drawn.")
]
FolderArgument = Annotated[Path, typer.Argument(help="What the candidate handed in.")]
SheetSeedOption = Annotated[
    int | None, typer.Option(min=0, help="Without it, the sheet beside the folder says.")
]
JsonOption = Annotated[Path | None, typer.Option("--json", help="Write the report there, too.")]
PassOption = Annotated[float, typer.Option("--pass", min=0, max=100, help="Percent that pass.")]
UnjailedOption = Annotated[
    bool, typer.Option("--without-jail", help="Run their code as yourself. Only on a disposable machine.")
]


def exercise(slug: SlugArgument, out: OutOption, seed: SeedOption = None) -> None:
    """Lay out a candidate's folder. Seed, secret and truth go into a sheet next to it, for your eyes only."""
    from question_bank.exercise import ExerciseError, lay_out_exercise

    try:
        # Too long to guess; the hidden trials do not follow from the files shown.
        shown, hidden = secrets.randbits(96) if seed is None else seed, secrets.randbits(128)
        sheet = lay_out_exercise(slug, out, shown, hidden)
    except ExerciseError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename or out}: {error.strerror}. Choose a folder that you may write to.")
    typer.echo(f"{out}: for the candidate; its README.md says what to do", err=True)
    typer.echo(f"{sheet}: for you; keep it, it is needed to score", err=True)


def check_exercise(
    slug: SlugArgument,
    folder: FolderArgument,
    seed: SheetSeedOption = None,
    json_path: JsonOption = None,
    passing: PassOption = 90,
    unjailed: UnjailedOption = False,
) -> None:
    """Score what a candidate handed in, part by part; it runs their code in a jail (bubblewrap, or podman).

    Exit code 0 where the score reaches --pass, 3 where it does not, 1 where nothing could be scored.
    """
    if unjailed:
        typer.echo(
            "Running without a jail: the candidate's code can read, change and send whatever you can.",
            err=True,
        )
    report = scored(slug, folder, seed, json_path, unjailed=unjailed)
    typer.echo(f"Jail: {report.jail}")
    for part in report.parts:
        typer.echo(f"{part.got:5.1f} of {part.points:3d}  {part.what}: {part.note}")
    typer.echo(f"{report.score:.1f} %")
    if report.score < passing:
        raise typer.Exit(3)


def scored(slug: str, folder: Path, seed: int | None, json_path: Path | None, *, unjailed: bool) -> Report:
    """The report, written to the file too where one is named; ends where nothing can be scored."""
    from question_bank.exercise import ExerciseError, check_exercise
    from question_bank.jail import without_jail

    try:
        with without_jail() if unjailed else nullcontext():
            report = check_exercise(slug, folder, seed)
        if json_path:
            json_path.write_text(report.model_dump_json(indent=1) + "\n", "utf-8")
    except ExerciseError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename or folder}: {error.strerror}.")
    return report
