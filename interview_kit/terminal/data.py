"""The database as a whole: up to date, copied, brought back, carried over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .shared import DatabaseOption, database_of, fail, opened

if TYPE_CHECKING:
    from scorecards.store.copies import Copied


def upgrade(database: DatabaseOption = None) -> None:
    """Bring the database up to date, or make it; prints its kind and revision."""
    state = opened(database).office.health()
    typer.echo(f"{state['database']} at revision {state['revision']}")


BackupArgument = Annotated[
    Path | None,
    typer.Argument(help="The file to write; it must not exist yet. Without it: backups/ beside the data."),
]


def backup(out: BackupArgument = None, database: DatabaseOption = None) -> None:
    """Write everything into one SQLite file, also while the kit is used; prints its digest."""
    from scorecards.outside.settings import load_settings
    from scorecards.store import DatabaseError
    from scorecards.store.copies import back_up, opened_to_read
    from scorecards.store.damage import new_backup
    from scorecards.store.engine import database_url, sqlite_file

    address = database or load_settings().database
    try:
        out = out or new_backup(sqlite_file(database_url(address)))
        with opened_to_read(address) as source:
            out.parent.mkdir(parents=True, exist_ok=True)
            copied = back_up(source, out)
    except (DatabaseError, OSError) as error:
        fail(str(error))
    typer.echo(f"Wrote {out}.", err=True)
    print_copied(copied)


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")], database: DatabaseOption = None
) -> None:
    """Bring a backup into an empty database of either kind; prints its digest."""
    from scorecards.outside.settings import load_settings
    from scorecards.store.damage import is_plain_copy

    if file.is_file() and is_plain_copy(file):
        typer.echo(
            f"{file} is not a backup but a plain copy of a database. If it was in use then, what was saved last may be "
            "missing: it is in the file next to it that ends in -wal.",
            err=True,
        )
    carry(str(file), database or load_settings().database)


def move(
    from_: Annotated[str, typer.Option("--from", help="The address or file of the database that is.")],
    to: Annotated[str, typer.Option("--to", help="The address or file of an empty one.")],
) -> None:
    """Carry everything from one database over to another, verified by digest; the first stays as it is."""
    carry(from_, to)


def carry(where: str, to: str) -> None:
    """Copy everything from one database, which is only read, into another, and report on the terminal."""
    from scorecards.store import DatabaseError
    from scorecards.store.copies import copy_everything, opened_to_read
    from scorecards.store.engine import database_url

    try:
        if database_url(where) == database_url(to):
            fail(f"{to} is the source itself. Give another database.")
        with opened_to_read(where) as source:
            copied = copy_everything(source, database_of(to))
    except DatabaseError as error:
        fail(str(error))
    print_copied(copied)


def print_copied(copied: Copied) -> None:
    counts = ", ".join(f"{number} {name}" for name, number in copied.rows.items() if number)
    typer.echo(counts or "Nothing was in it.", err=True)
    typer.echo(copied.digest)
