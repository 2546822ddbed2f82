"""The audit log: read, and checked."""

from __future__ import annotations

from typing import Annotated

import typer

from .shared import DatabaseOption, WholeHelp, opened, viewer_id

app = typer.Typer(
    cls=WholeHelp, no_args_is_help=True, help="Read the audit log, and check that nobody altered it."
)


@app.command(name="list")
def list_(
    round_id: Annotated[str | None, typer.Option("--round", help="Only this round, by its id.")] = None,
    person: Annotated[str | None, typer.Option(help="Only this person, by name or id.")] = None,
    action: Annotated[str | None, typer.Option(help="Only this action, as 'exported'.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="So many rows, the newest.")] = 200,
    database: DatabaseOption = None,
) -> None:
    """Write the newest rows: number, time, who, what, round, subject, detail, with tabs between."""
    from scorecards.store import OPERATOR

    store = opened(database)
    actor = viewer_id(store, person) if person else None
    found = store.audit.entries(OPERATOR, round_id=round_id, actor=actor, action=action, limit=limit)
    for one in found:
        told = (one.number, one.at.isoformat(), one.actor, one.action, one.round_id, one.subject, one.detail)
        typer.echo("\t".join("" if value is None else str(value) for value in told))


@app.command()
def verify(
    expect: Annotated[
        str | None, typer.Option(help="A head that this command wrote earlier and you kept elsewhere.")
    ] = None,
    database: DatabaseOption = None,
) -> None:
    """Check that no row was removed or altered; writes the log's head, to be kept elsewhere. Exit code 1 if one was."""
    from rubrics.counted import count
    from scorecards.store import OPERATOR

    verdict = opened(database).audit.verify(OPERATOR, expect)
    for fault in verdict.faults:
        typer.echo(fault, err=True)
    typer.echo(f"{count(verdict.rows, 'row')}, {count(len(verdict.faults), 'fault')}. Head:", err=True)
    typer.echo(verdict.head)
    if verdict.faults:
        raise typer.Exit(1)
