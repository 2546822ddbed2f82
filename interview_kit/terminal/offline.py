"""Work without a server: an assignment out, what was done back in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .shared import DatabaseOption, content, fail, opened, read, viewer_id, write


def assign(
    round_id: Annotated[str, typer.Argument(metavar="ROUND", help="The id, as `rounds` lists it.")],
    to: Annotated[str, typer.Option(help="The interviewer: a name or an id.")],
    out: Annotated[Path, typer.Option(help="The file to write; give it to this interviewer alone.")],
    database: DatabaseOption = None,
) -> None:
    """Write an assignment: an interviewer's interviews, to be held without this server."""
    from scorecards.interviewing.offline import OfflineError
    from scorecards.store import OPERATOR, NotAllowedError, NotFoundError

    store = opened(database)
    try:
        data = store.offline.assign(OPERATOR, round_id, viewer_id(store, to))
    except (NotFoundError, NotAllowedError, OfflineError) as error:
        fail(f"{round_id}: {error}")
    write(out, data)
    typer.echo(f"{out}: {len(data):,} bytes. Anyone who has it can hand in as {to}.", err=True)


def take(
    file: Annotated[Path, typer.Argument(help="A file that `assign` wrote.")], database: DatabaseOption = None
) -> None:
    """Take an assignment in on the interviewer's own machine; prints the round's id."""
    from scorecards.interviewing.offline import OfflineError
    from scorecards.record.frozen import missing_words, not_here
    from scorecards.store import OPERATOR

    store = opened(database)
    try:
        round_id = store.offline.take(read(file))
    except OfflineError as error:
        fail(f"{file}: {error}")
    typer.echo(round_id)
    plans = [one.plan for one in store.rounds.record(OPERATOR, round_id).interviews]
    if words := missing_words(not_here(plans, content().rubrics)):
        typer.echo(words, err=True)


def hand_in(
    round_id: Annotated[str, typer.Argument(metavar="ROUND", help="The id that `take` printed.")],
    out: Annotated[Path, typer.Option(help="The file to write, for the round's lead.")],
    database: DatabaseOption = None,
) -> None:
    """Write the scorecards of an assignment, sealed, for the round's lead to merge; they stay here, too."""
    from scorecards.store import OPERATOR, NotFoundError

    try:
        data = opened(database).offline.hand_in(OPERATOR, round_id)
    except NotFoundError as error:
        fail(f"{round_id}: {error}")
    write(out, data)
    typer.echo(f"{out}: {len(data):,} bytes", err=True)


def merge(
    file: Annotated[Path, typer.Argument(help="A file that `hand-in` wrote.")],
    database: DatabaseOption = None,
) -> None:
    """Merge what an interviewer hands in. Conflicts are listed and nothing is overwritten; then exit code 3."""
    from scorecards.interviewing.offline import OfflineError
    from scorecards.store import OPERATOR, NotAllowedError, NotFoundError

    try:
        merged = opened(database).offline.merge(OPERATOR, read(file))
    except (OfflineError, NotAllowedError, NotFoundError) as error:
        fail(f"{file}: {error}")
    for what, labels in (("taken", merged.taken), ("same", merged.same), ("older", merged.older)):
        for label in labels:
            typer.echo(f"{what}\t{label}")
    for conflict in merged.conflicts:
        typer.echo(f"conflict\t{conflict.label}\t{'; '.join(conflict.where)}")
    if merged.conflicts:
        raise typer.Exit(3)
