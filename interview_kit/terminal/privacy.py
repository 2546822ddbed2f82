"""End dates, holds, erasure, and what a candidate may ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .shared import DatabaseOption, Yes, candidate_id, fail, no_such_round, opened, record_of, source, write

if TYPE_CHECKING:
    from scorecards.store.lists import Unreadable
    from scorecards.store.office import RoundLine
    from scorecards.store.privacy import Erasure


TodayOption = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As if it were this day.")]
ClockOption = Annotated[
    bool, typer.Option("--clock-is-right", help="Purge even if nothing was recorded for a year.")
]
RoundArgument = Annotated[str, typer.Argument(metavar="ROUND")]
CandidateArgument = Annotated[str, typer.Argument(help="Code or id.")]


def purge(
    yes: Yes = False,
    today: TodayOption = None,
    clock_is_right: ClockOption = False,
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
    print_purged(lines, store.lists.unreadable(OPERATOR), done=yes)


def print_purged(lines: Sequence[RoundLine], unreadable: Sequence[Unreadable], *, done: bool) -> None:
    """Each round past its end date, each that has none because it cannot be read, and how many go."""
    for line in lines:
        typer.echo(_line(line))
    for one in unreadable:
        typer.echo(f"{one.id}: this round cannot be read ({one.reason}), so it has no end date.", err=True)
    gone = sum(not line.legal_hold for line in lines)
    typer.echo(f"{gone} deleted." if done else f"{gone} would be deleted: --yes does it.", err=True)


def hold(
    round_id: RoundArgument,
    reason: Annotated[str, typer.Option(help="Why everything in it is kept; empty lifts the hold.")],
    database: DatabaseOption = None,
) -> None:
    """Keep everything in a round whatever its end date, or lift that."""
    from scorecards.store import OPERATOR, NotFoundError

    try:
        opened(database).privacy.hold(OPERATOR, round_id, reason)
    except NotFoundError as error:
        no_such_round(round_id, error)
    typer.echo("The hold is set." if reason.strip() else "The hold is lifted.")


def erase(
    round_id: RoundArgument, candidate: CandidateArgument, yes: Yes = False, database: DatabaseOption = None
) -> None:
    """Delete a candidate and everything recorded of them; counts and the audit log stay. Backups keep theirs."""
    from scorecards.store import OPERATOR, NotAllowedError

    store = opened(database)
    key = candidate_id(record_of(store, round_id), candidate)
    try:
        told = store.privacy.erase(OPERATOR, key) if yes else store.privacy.erasure(OPERATOR, key)
    except NotAllowedError as error:
        fail(str(error))
    print_erased(told, done=yes)


def print_erased(told: Erasure, *, done: bool) -> None:
    """What goes, where else the name was found, and what was not looked for."""
    from rubrics.counted import count
    from scorecards.record.name_finder import NOT_LOOKED_FOR
    from scorecards.store.privacy import looked_for

    typer.echo(
        f"{told.code}: {count(told.interviews, 'interview')} and {count(told.scorecards, 'scorecard')} "
        f"{'deleted' if done else 'would be deleted: --yes does it'}."
    )
    for line in _found_elsewhere(told):
        typer.echo(line, err=True)
    typer.echo(f"{looked_for(told)} Not looked for: {'; '.join(NOT_LOOKED_FOR)}.", err=True)


def _found_elsewhere(told: Erasure) -> Iterator[str]:
    from rubrics.counted import count

    if told.mentioned_in:
        about = count(told.mentioned_in, "scorecard")
        yield f"The name was found in {about} about others. Have their authors amend them."
    if told.perhaps_in:
        about = count(told.perhaps_in, "scorecard")
        yield f"The name is also an everyday word, found in {about} about others."
    if told.mentioned_beside:
        texts = count(told.mentioned_beside, "text")
        yield f"Found in {texts} that stay with the round: votes, decisions, reasons."


def access_pack(
    round_id: RoundArgument,
    candidate: CandidateArgument,
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
