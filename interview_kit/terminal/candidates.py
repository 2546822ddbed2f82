"""A round's candidates: a list of them added, a name corrected."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .shared import DatabaseOption, Yes, candidate_id, fail, opened, read, record_of

if TYPE_CHECKING:
    from scorecards.record.candidate_import import CandidateList, CandidateRow


def rename_candidate(
    round_id: Annotated[str, typer.Argument(metavar="ROUND")],
    candidate: Annotated[str, typer.Argument(help="Code or id.")],
    to: Annotated[str, typer.Argument(help="The name as it should be.")],
    database: DatabaseOption = None,
) -> None:
    """Correct a candidate's name. The old one is no longer looked for in notes."""
    from scorecards.store import OPERATOR, NotAllowedError

    store = opened(database)
    try:
        store.names.rename_candidate(OPERATOR, candidate_id(record_of(store, round_id), candidate), to)
    except NotAllowedError as error:
        fail(str(error))
    typer.echo(f"{candidate} has been renamed.")


RoundArgument = Annotated[str, typer.Argument(metavar="ROUND")]
FileArgument = Annotated[Path, typer.Argument(help="Names, one a line, or a CSV file.")]
HeadOption = Annotated[
    bool | None, typer.Option("--head/--no-head", help="Whether the first line is a header.")
]
ColumnsOption = Annotated[
    str, typer.Option(help="The columns that make up the name, counted from 1, for example 2,1.")
]
AcrossOption = Annotated[bool | None, typer.Option("--across/--one-a-line", help="Every cell is a name.")]
EncodingOption = Annotated[str | None, typer.Option(help="The file's encoding, if the guess is wrong.")]
AnotherOption = Annotated[bool, typer.Option("--another", help="Treat similar names as different people.")]
SkipOption = Annotated[
    bool, typer.Option("--skip", help="Skip lines with a problem and names similar to existing ones.")
]


def add_candidates(
    round_id: RoundArgument,
    file: FileArgument,
    yes: Yes = False,
    head: HeadOption = None,
    columns: ColumnsOption = "",
    across: AcrossOption = None,
    encoding: EncodingOption = None,
    another: AnotherOption = False,
    skip: SkipOption = False,
    database: DatabaseOption = None,
) -> None:
    """Add a list's candidates to a round. Without --yes it only shows what would be taken, and what would not."""
    from scorecards.store import OPERATOR, NotAllowedError

    store = opened(database)
    lead = record_of(store, round_id).round.lead_id
    named = store.rounds.record(OPERATOR, round_id, names=True)
    found = _candidates(file, [one.name for one in named.candidates], columns, head, across, encoding)
    good, open_ = _parted(found, chosen=bool(columns), another=another)
    if not yes or not good or (open_ and not skip):
        _tell_only(len(good), len(open_), skip=skip)
        return
    try:
        added = store.candidates.add(lead, round_id, [row.name for row in good])
    except NotAllowedError as error:
        fail(str(error))
    typer.echo(f"{len(added)} candidates added, {len(open_)} left out.", err=True)


def _parted(
    found: CandidateList, *, chosen: bool, another: bool
) -> tuple[list[CandidateRow], list[CandidateRow]]:
    """The rows that can be added, and those that cannot; prints each, and how the file was read."""
    open_: list[CandidateRow] = []
    good: list[CandidateRow] = []
    for row in found.rows:
        told = _why_not(row, found, chosen, another)
        typer.echo(f"{row.line}\t{row.name}\t{told or ''}")
        (open_ if told else good).append(row)
    typer.echo(
        f"Read as {found.encoding}; columns: {_taken(found)}. {found.left_out} columns are not read.",
        err=True,
    )
    return good, open_


def _tell_only(good: int, open_: int, *, skip: bool) -> None:
    """Say what would be added; ends with 1 where it cannot be as it stands."""
    hint = " Fix these lines, or skip them with --skip." if open_ and not skip else ""
    typer.echo(f"{good} would be added, {open_} would not.{hint} Add them with --yes.", err=True)
    if (open_ and not skip) or not good:
        raise typer.Exit(1)


def _candidates(
    file: Path, known: list[str], columns: str, head: bool | None, across: bool | None, encoding: str | None
) -> CandidateList:
    from scorecards.record.candidate_import import read_candidates
    from scorecards.record.text_encoding import ENCODINGS

    if encoding is not None and encoding not in ENCODINGS:
        fail(f"{encoding}: write one of {', '.join(ENCODINGS)}.")
    numbers = [part.strip() for part in columns.split(",") if part.strip()]
    if not all(part.isdecimal() and int(part) for part in numbers):
        fail(f"--columns {columns}: write the column numbers, counted from 1 and separated by commas.")
    places = [int(part) - 1 for part in numbers]
    return read_candidates(read(file), known, places, head=head, encoding=encoding, across=across)


def _why_not(row: CandidateRow, found: CandidateList, chosen: bool, another: bool) -> str | None:
    from scorecards.record.names import HOW_WORDS

    if row.fault:
        return row.fault
    if row.line in found.dropped and not chosen:
        return "Some cells in this line would be skipped. Say with --columns or --across which ones are the name."
    if row.like and not another:
        like = row.like[0]
        return f"Is this {like.name} ({HOW_WORDS[like.how]})? If not, use --another; if so, use --skip."
    return None


def _taken(found: CandidateList) -> str:
    if found.across:
        return "every cell"
    return (
        ", ".join(found.labels[place] for place in found.columns if place < len(found.labels)) or "as written"
    )
