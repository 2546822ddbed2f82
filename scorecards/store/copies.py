"""Everything of one database in another: for moving, for backups, and back from them. Verified by digest."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Table, create_engine, insert, select
from sqlalchemy.exc import DBAPIError

from . import damage
from . import tables as t
from .engine import (
    Database,
    DatabaseError,
    connected,
    database_url,
    open_database,
    refuse_unless_kits,
    shown,
    sqlite_file,
)
from .faults import in_words

AT_ONCE = 500


class Copied(NamedTuple):
    """What was carried over: rows by table, and the digest that both sides have."""

    rows: dict[str, int]
    digest: str


@contextmanager
def opened_to_read(where: str) -> Iterator[Database]:
    """The database at an address, to be read and never changed; `DatabaseError` where it is not the kit's.

    Of a SQLite file a copy is opened and brought up to date; PostgreSQL has to be up to date already.
    """
    file = sqlite_file(database_url(where))
    if file is None:
        with _served(where) as database:
            yield database
        return
    if not file.is_file():
        raise DatabaseError(f"{file}: there is no such file.")
    with TemporaryDirectory(prefix="interview-kit-") as folder:
        copy = Path(folder) / file.name
        try:
            _copied(file, copy)
            database = open_database(str(copy))
        except DatabaseError as error:
            raise DatabaseError(str(error).replace(f"sqlite:///{copy}", str(file))) from error
        try:
            yield database
        finally:
            database.close()


def _copied(file: Path, copy: Path) -> None:
    try:
        damage.copy_of(file, copy)
        # The copy is looked at: looking at the file itself could leave a companion beside it.
        if fault := damage.fault_of(copy):
            raise DatabaseError(damage.in_words(file, fault))
    except OSError as error:
        raise DatabaseError(f"{file}: {error.strerror}. Its copy goes to {copy.parent.parent}.") from error
    engine = create_engine(database_url(str(copy)))
    try:
        refuse_unless_kits(engine, newest=False)
    except DBAPIError as error:
        raise DatabaseError(f"{file}: {in_words(error)}") from error
    finally:
        engine.dispose()


@contextmanager
def _served(where: str) -> Iterator[Database]:
    database = connected(where)
    try:
        try:
            refuse_unless_kits(database.engine, newest=True)
        except DBAPIError as error:
            raise DatabaseError(f"{shown(database.engine.url)}: {in_words(error)}") from error
        yield database
    finally:
        database.close()


def copy_everything(source: Database, target: Database) -> Copied:
    """Carry every row over into an empty database, in one transaction; both may be of either kind.

    `source` may be in use: what is copied is one moment of it. Raises `DatabaseError`, with nothing changed,
    where the target is not empty or does not hold afterwards what the source holds.
    """
    with source.reading() as reading, target.writing() as writing:
        taken = [table.name for table in t.metadata.sorted_tables if writing.execute(select(table)).first()]
        if taken:
            raise DatabaseError(
                f"The database to write to is not empty ({', '.join(taken)}). Nothing was changed: give a new one."
            )
        rows = {table.name: _carried(reading, writing, table) for table in t.metadata.sorted_tables}
        told, kept = digest_of(reading), digest_of(writing)
        if told != kept:
            raise DatabaseError(
                "What was written does not read back as it was. Nothing was kept: the target stays empty."
            )
    return Copied(rows, told)


def back_up(source: Database, path: Path) -> Copied:
    """Everything in a SQLite file of its own, also while the kit is used; the file appears whole or not at all."""
    if path.exists():
        raise DatabaseError(f"{path}: there is a file of this name. Nothing was changed: give another name.")
    part = path.with_name(f".{path.name}.part")
    _clear(part)
    try:
        with closing(open_database(str(part))) as target:
            copied = copy_everything(source, target)
        with closing(sqlite3.connect(part)) as connection:
            # One file without companions.
            connection.execute("PRAGMA journal_mode=DELETE")
        part.replace(path)
    except sqlite3.Error as error:
        raise DatabaseError(f"{path}: {in_words(error)}") from error
    finally:
        _clear(part)
    return copied


def _clear(part: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        part.with_name(part.name + ending).unlink(missing_ok=True)


def digest_of(connection: Connection) -> str:
    """Content hash of all rows, in the order of their keys: the same on every database."""
    digest = hashlib.sha256()
    for table in t.metadata.sorted_tables:
        # Sorted here: databases sort text each in their own way.
        for line in sorted(_line(row) for batch in _batches(connection, table) for row in batch):
            digest.update(f"{table.name} {line}\n".encode())
    return digest.hexdigest()


def _carried(reading: Connection, writing: Connection, table: Table) -> int:
    number = 0
    for batch in _batches(reading, table):
        writing.execute(insert(table), [row._asdict() for row in batch])
        number += len(batch)
    return number


def _batches(connection: Connection, table: Table) -> Iterator[list[Row[Any]]]:
    found = connection.execute(select(table)).yield_per(AT_ONCE)
    for batch in found.partitions():
        yield list(batch)


def _line(row: Row[Any]) -> str:
    return json.dumps(list(row), ensure_ascii=False)
