"""What a team's deployment needs from the terminal: administrators, the audit log, end dates, erasure, access."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from interview_kit.terminal.shared import (
    DatabaseOption,
    candidate_id,
    comparison,
    content,
    fail,
    opened,
    viewer_id,
    write,
)
from rubrics.counted import count
from scorecards.outside.addresses import AddressFaultError, normal_email
from scorecards.record.candidate_import import CandidateList, CandidateRow, read_candidates
from scorecards.record.model import RoundRecord
from scorecards.record.name_finder import NOT_LOOKED_FOR
from scorecards.record.names import HOW_WORDS, name_key
from scorecards.record.text_encoding import ENCODINGS
from scorecards.store import OPERATOR, NotAllowedError, NotFoundError, Store
from scorecards.store.office import RoundLine
from scorecards.store.privacy import looked_for

audit_app = typer.Typer(no_args_is_help=True, help="Read the audit log, and check that nobody altered it.")
Yes = Annotated[bool, typer.Option("--yes", help="Do it; without it you are only told what would be done.")]


class PackFormat(StrEnum):
    """What an access pack may be."""

    pdf = "pdf"
    md = "md"
    json = "json"


def admin(
    name: Annotated[str, typer.Argument(help="A person's name or id.")],
    remove: Annotated[bool, typer.Option("--remove", help="No administrator any more.")] = False,
    database: DatabaseOption = None,
) -> None:
    """Make somebody an administrator: they read the audit log, see that rounds are there, and end them."""
    store = opened(database)
    store.office.set_admin(OPERATOR, viewer_id(store, name), not remove)
    typer.echo(f"{name} is {'no administrator any more' if remove else 'an administrator'}.")


def link(
    name: Annotated[str, typer.Argument(help="A person's name or id; a new name makes a new person.")],
    email: Annotated[str, typer.Argument(help="The address with which they sign in from now on.")],
    database: DatabaseOption = None,
) -> None:
    """Say with which e-mail address somebody signs in. Whoever signed in as them before does so no longer."""
    store = opened(database)
    try:
        address = normal_email(email)
    except AddressFaultError as error:
        fail(f"{email}: {error}")
    known = [one.id for one in store.people() if name == one.id or name_key(name) == name_key(one.name)]
    try:
        who = viewer_id(store, name) if known else store.accounts.invite(name, address).id
        store.accounts.link(OPERATOR, who, address)
    except NotAllowedError as error:
        fail(str(error))
    typer.echo(f"{name} signs in with {address}.")


def sign_out(
    name: Annotated[str, typer.Argument(help="A person's name or id.")], database: DatabaseOption = None
) -> None:
    """End every session of somebody at once: a lost laptop, or they left the company."""
    store = opened(database)
    ended = store.accounts.end_sessions(OPERATOR, viewer_id(store, name))
    typer.echo(f"{ended} sessions of {name} ended.")


@audit_app.command(name="list")
def list_(
    round_id: Annotated[str | None, typer.Option("--round", help="Only this round, by its id.")] = None,
    person: Annotated[str | None, typer.Option(help="Only this person, by name or id.")] = None,
    action: Annotated[str | None, typer.Option(help="Only this action, as 'exported'.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="So many rows, the newest.")] = 200,
    database: DatabaseOption = None,
) -> None:
    """Write the newest rows: number, time, who, what, round, subject, detail, with tabs between."""
    store = opened(database)
    actor = viewer_id(store, person) if person else None
    found = store.audit.entries(OPERATOR, round_id=round_id, actor=actor, action=action, limit=limit)
    for one in found:
        told = (one.number, one.at.isoformat(), one.actor, one.action, one.round_id, one.subject, one.detail)
        typer.echo("\t".join("" if value is None else str(value) for value in told))


@audit_app.command()
def verify(
    expect: Annotated[
        str | None, typer.Option(help="A head that this command wrote earlier and you kept elsewhere.")
    ] = None,
    database: DatabaseOption = None,
) -> None:
    """Check that no row was removed or altered; writes the log's head, to be kept elsewhere. Exit code 1 if one was."""
    verdict = opened(database).audit.verify(OPERATOR, expect)
    for fault in verdict.faults:
        typer.echo(fault, err=True)
    typer.echo(f"{count(verdict.rows, 'row')}, {count(len(verdict.faults), 'fault')}. Head:", err=True)
    typer.echo(verdict.head)
    if verdict.faults:
        raise typer.Exit(1)


def purge(
    yes: Yes = False,
    today: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As if it were this day.")
    ] = None,
    clock_is_right: Annotated[
        bool, typer.Option("--clock-is-right", help="Purge even if nothing was recorded for a year.")
    ] = False,
    database: DatabaseOption = None,
) -> None:
    """Delete rounds past their end date, but for those on legal hold. Without --yes only lists them.

    Refused where nothing was recorded for a year: then the machine's clock may have jumped.
    """
    store, day = opened(database), (today.date() if today else date.today())
    sure = clock_is_right or today is not None
    try:
        lines = store.privacy.purge(OPERATOR, day, sure=sure) if yes else store.privacy.due(OPERATOR, day)
    except NotAllowedError as error:
        fail(str(error))
    for line in lines:
        typer.echo(_line(line))
    for one in store.lists.unreadable(OPERATOR):
        typer.echo(f"{one.id}: this round cannot be read ({one.reason}), so it has no end date.", err=True)
    gone = sum(not line.legal_hold for line in lines)
    typer.echo(f"{gone} deleted." if yes else f"{gone} would be deleted: --yes does it.", err=True)


def hold(
    round_id: Annotated[str, typer.Argument(metavar="ROUND")],
    reason: Annotated[str, typer.Option(help="Why everything in it is kept; empty lifts the hold.")],
    database: DatabaseOption = None,
) -> None:
    """Keep everything in a round whatever its end date, or lift that."""
    try:
        opened(database).privacy.hold(OPERATOR, round_id, reason)
    except NotFoundError as error:
        fail(f"{round_id}: {error} `interview-kit rounds` lists them.")
    typer.echo("The hold is set." if reason.strip() else "The hold is lifted.")


def erase(
    round_id: Annotated[str, typer.Argument(metavar="ROUND")],
    candidate: Annotated[str, typer.Argument(help="Code or id.")],
    yes: Yes = False,
    database: DatabaseOption = None,
) -> None:
    """Delete a candidate and everything recorded of them; counts and the audit log stay. Backups keep theirs."""
    store = opened(database)
    key = candidate_id(_record(store, round_id), candidate)
    try:
        told = store.privacy.erase(OPERATOR, key) if yes else store.privacy.erasure(OPERATOR, key)
    except NotAllowedError as error:
        fail(str(error))
    typer.echo(
        f"{told.code}: {count(told.interviews, 'interview')} and {count(told.scorecards, 'scorecard')} "
        f"{'deleted' if yes else 'would be deleted: --yes does it'}."
    )
    if told.mentioned_in:
        typer.echo(
            f"The name was found in {count(told.mentioned_in, 'scorecard')} about others. Have their authors amend them.",
            err=True,
        )
    if told.perhaps_in:
        typer.echo(
            f"The name is also an everyday word, found in {count(told.perhaps_in, 'scorecard')} about others.",
            err=True,
        )
    if told.mentioned_beside:
        typer.echo(
            f"Found in {count(told.mentioned_beside, 'text')} that stay with the round: votes, decisions, reasons.",
            err=True,
        )
    typer.echo(f"{looked_for(told)} Not looked for: {'; '.join(NOT_LOOKED_FOR)}.", err=True)


def access_pack(
    round_id: Annotated[str, typer.Argument(metavar="ROUND")],
    candidate: Annotated[str, typer.Argument(help="Code or id.")],
    out: Annotated[Path, typer.Option(help="The file to write.")],
    format: Annotated[PackFormat, typer.Option()] = PackFormat.pdf,
    database: DatabaseOption = None,
) -> None:
    """Write what is held about a candidate, for the candidate: others masked, interviewers by number."""
    from scorecards import documents as export

    store = opened(database)
    key = candidate_id(_record(store, round_id), candidate)
    record = store.privacy.access_pack(OPERATOR, key)
    if format is PackFormat.json:
        data = export.access_pack_json(record, key)
    else:
        rubrics = content().rubrics
        make = export.candidate_pdf if format is PackFormat.pdf else export.candidate_markdown
        data = make(record, key, comparison(record, rubrics), rubrics)
    write(out, data)
    typer.echo(f"Wrote {out}. Read it before you hand it over.")
    typer.echo(f"Not looked for: {'; '.join(NOT_LOOKED_FOR)}.", err=True)


def rename(
    name: Annotated[str, typer.Argument(help="A person's name or id.")],
    to: Annotated[str, typer.Argument(help="The name as it should be.")],
    database: DatabaseOption = None,
) -> None:
    """Correct a person's name, everywhere it is shown."""
    store = opened(database)
    try:
        renamed = store.names.rename_person(OPERATOR, viewer_id(store, name), to)
    except NotAllowedError as error:
        fail(str(error))
    typer.echo(f"{name} is now called {renamed.name}.")


def rename_candidate(
    round_id: Annotated[str, typer.Argument(metavar="ROUND")],
    candidate: Annotated[str, typer.Argument(help="Code or id.")],
    to: Annotated[str, typer.Argument(help="The name as it should be.")],
    database: DatabaseOption = None,
) -> None:
    """Correct a candidate's name. The old one is no longer looked for in notes."""
    store = opened(database)
    try:
        store.names.rename_candidate(OPERATOR, candidate_id(_record(store, round_id), candidate), to)
    except NotAllowedError as error:
        fail(str(error))
    typer.echo(f"{candidate} has been renamed.")


def add_candidates(
    round_id: Annotated[str, typer.Argument(metavar="ROUND")],
    file: Annotated[Path, typer.Argument(help="Names, one a line, or a CSV file.")],
    yes: Yes = False,
    head: Annotated[
        bool | None, typer.Option("--head/--no-head", help="Whether the first line is a header.")
    ] = None,
    columns: Annotated[
        str, typer.Option(help="The columns that make up the name, counted from 1, for example 2,1.")
    ] = "",
    across: Annotated[
        bool | None, typer.Option("--across/--one-a-line", help="Every cell is a name.")
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="The file's encoding, if the guess is wrong.")] = None,
    another: Annotated[
        bool, typer.Option("--another", help="Treat similar names as different people.")
    ] = False,
    skip: Annotated[
        bool, typer.Option("--skip", help="Skip lines with a problem and names similar to existing ones.")
    ] = False,
    database: DatabaseOption = None,
) -> None:
    """Add a list's candidates to a round. Without --yes it only shows what would be taken, and what would not."""
    store = opened(database)
    record = _record(store, round_id)
    named = store.record(OPERATOR, round_id, names=True)
    found = _candidates(file, [one.name for one in named.candidates], columns, head, across, encoding)
    open_: list[CandidateRow] = []
    good: list[CandidateRow] = []
    for row in found.rows:
        told = _why_not(row, found, bool(columns), another)
        typer.echo(f"{row.line}\t{row.name}\t{told or ''}")
        (open_ if told else good).append(row)
    typer.echo(
        f"Read as {found.encoding}; columns: {_taken(found)}. {found.left_out} columns are not read.",
        err=True,
    )
    if not yes or not good or (open_ and not skip):
        hint = " Fix these lines, or skip them with --skip." if open_ and not skip else ""
        typer.echo(
            f"{len(good)} would be added, {len(open_)} would not.{hint} Add them with --yes.", err=True
        )
        if (open_ and not skip) or not good:
            raise typer.Exit(1)
        return
    lead = record.round.lead_id
    try:
        added = store.add_candidates(lead, round_id, [row.name for row in good])
    except NotAllowedError as error:
        fail(str(error))
    typer.echo(f"{len(added)} candidates added, {len(open_)} left out.", err=True)


def _candidates(
    file: Path, known: list[str], columns: str, head: bool | None, across: bool | None, encoding: str | None
) -> CandidateList:
    if encoding is not None and encoding not in ENCODINGS:
        fail(f"{encoding}: write one of {', '.join(ENCODINGS)}.")
    numbers = [part.strip() for part in columns.split(",") if part.strip()]
    if not all(part.isdecimal() and int(part) for part in numbers):
        fail(f"--columns {columns}: write the column numbers, counted from 1 and separated by commas.")
    places = [int(part) - 1 for part in numbers]
    try:
        data = file.read_bytes()
    except OSError as error:
        fail(f"{file}: {error.strerror}.")
    return read_candidates(data, known, places, head=head, encoding=encoding, across=across)


def _why_not(row: CandidateRow, found: CandidateList, chosen: bool, another: bool) -> str | None:
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


def _record(store: Store, round_id: str) -> RoundRecord:
    try:
        return store.record(OPERATOR, round_id)
    except NotFoundError as error:
        fail(f"{round_id}: {error} `interview-kit rounds` lists them.")


def _line(line: RoundLine) -> str:
    held = f"on hold: {line.legal_hold}" if line.legal_hold else ""
    told = (
        line.id,
        " ".join(line.name.split()),
        str(line.purge_on),
        count(line.candidates, "candidate"),
        held,
    )
    return "\t".join(told)


def register(app: typer.Typer) -> None:
    """Hang these commands on the kit's."""
    app.add_typer(audit_app, name="audit")
    for command in (admin, link, purge, hold, erase):
        app.command()(command)
    app.command(name="access-pack")(access_pack)
    app.command(name="sign-out")(sign_out)
    app.command()(rename)
    app.command(name="rename-candidate")(rename_candidate)
    app.command(name="add-candidates")(add_candidates)
