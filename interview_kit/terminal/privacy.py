"""End dates, holds, erasure, and what a candidate may ask for."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .shared import DatabaseOption, Yes, candidate_id, fail, opened, record_of, source, write

if TYPE_CHECKING:
    from scorecards.store.office import RoundLine


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
    from scorecards.store import OPERATOR, NotAllowedError

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
    from scorecards.store import OPERATOR, NotFoundError

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
    from rubrics.counted import count
    from scorecards.record.name_finder import NOT_LOOKED_FOR
    from scorecards.store import OPERATOR, NotAllowedError
    from scorecards.store.privacy import looked_for

    store = opened(database)
    key = candidate_id(record_of(store, round_id), candidate)
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
    format: Annotated[str, typer.Option()] = "pdf",
    database: DatabaseOption = None,
) -> None:
    """Write what is held about a candidate, for the candidate: others masked, interviewers by number."""
    from scorecards.documents.formats import ACCESS_PACK
    from scorecards.record.name_finder import NOT_LOOKED_FOR
    from scorecards.store import OPERATOR

    store = opened(database)
    key = candidate_id(record_of(store, round_id), candidate)
    record = store.privacy.access_pack(OPERATOR, key)
    write(out, ACCESS_PACK[format].make(source(record), key))
    typer.echo(f"Wrote {out}. Read it before you hand it over.")
    typer.echo(f"Not looked for: {'; '.join(NOT_LOOKED_FOR)}.", err=True)


def _line(line: RoundLine) -> str:
    from rubrics.counted import count

    held = f"on hold: {line.legal_hold}" if line.legal_hold else ""
    told = (
        line.id,
        " ".join(line.name.split()),
        str(line.purge_on),
        count(line.candidates, "candidate"),
        held,
    )
    return "\t".join(told)
