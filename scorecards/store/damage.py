"""Whether a SQLite file is whole, looked at without writing to it, and the last good backup beside it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Collection
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

BACKUPS = "backups"


def fault_of(path: Path) -> str | None:
    """What is wrong with the file, or None. Nothing is written, and nothing is mended."""
    try:
        with closing(_opened(path)) as connection:
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError:
        # Locked, or not to be opened: the code that opens it to write gives a better message.
        return None
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if found == "ok" else " ".join(str(found).split())


def foreign_tables(path: Path, ours: Collection[str]) -> list[str]:
    """Tables of another program in a whole SQLite file; empty where it is the kit's, or holds nothing yet."""
    try:
        with closing(_opened(path)) as connection:
            found = {
                name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            }
    except sqlite3.OperationalError:
        # Locked, or not to be opened: the code that opens it to write gives a better message.
        return []
    return [] if {"alembic_version", *ours} <= found else sorted(found)


def copy_of(path: Path, copy: Path) -> None:
    """The database in the file as it is now, in a new file. Nothing next to `path` is written, made or touched.

    Also from a folder or a disk that nothing may be written to, and while the kit has the file open.
    """
    log, index, journal = (path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal"))
    if _filled(log) and index.exists():
        # Someone may have it open: then only SQLite itself can say what one moment of it is.
        try:
            with closing(_opened(path)) as source, closing(sqlite3.connect(copy)) as target:
                source.backup(target)
            return
        except sqlite3.OperationalError:
            copy.unlink(missing_ok=True)
    shutil.copyfile(path, copy)
    for beside in filter(_filled, (log, journal)):
        shutil.copyfile(beside, copy.with_name(copy.name + beside.name.removeprefix(path.name)))


def is_plain_copy(path: Path) -> bool:
    """Whether the file was copied from a database in use, or is one: a backup has not SQLite's mark of a log.

    The newest changes are then only in the log, and the file does not show whether there were any.
    """
    with path.open("rb") as file:
        head = file.read(20)
    return head[18:20] == b"\x02\x02" and not path.with_name(f"{path.name}-wal").exists()


def _filled(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def last_good_backup(path: Path) -> Path | None:
    """The newest whole database of the kit that lies beside the file, or in the folder for backups there."""
    folders = (path.parent, path.parent / BACKUPS)
    found = [
        one for folder in folders for one in folder.glob("*.db") if one.is_file() and one.name != path.name
    ]
    newest = sorted(found, key=lambda one: one.stat().st_mtime, reverse=True)
    return next((one for one in newest if fault_of(one) is None and _is_ours(one)), None)


def new_backup(path: Path | None) -> Path:
    """Where the next backup goes where nobody says it: beside a SQLite file, else below the folder one stands in."""
    folder = (path.parent if path else Path("data")) / BACKUPS
    return folder / f"{path.stem if path else 'interviews'}-{datetime.now(UTC):%Y-%m-%d-%H%M%S}.db"


def in_words(path: Path, fault: str) -> str:
    """What is damaged, that nothing was touched, and how to go on."""
    good = last_good_backup(path)
    way = (
        f"The last good backup is {good}, of {datetime.fromtimestamp(good.stat().st_mtime, UTC):%Y-%m-%d %H:%M} UTC. "
        f"Move the damaged file away with its companions (-wal, -shm), then: interview-kit restore {good}"
        if good
        else f"No good backup lies beside it or in {path.parent / BACKUPS}. Keep the file; `sqlite3 FILE .recover` may "
        "save a part of it."
    )
    return f"{path} is damaged: {fault[:200]}. Nothing was changed. {way}"


def _opened(path: Path) -> sqlite3.Connection:
    log = path.with_name(f"{path.name}-wal")
    # Without a log beside it nothing has to be shared with anybody: then not even a companion is made.
    way = "mode=ro" if log.exists() and log.stat().st_size else "immutable=1"
    return sqlite3.connect(f"{path.resolve().as_uri()}?{way}", uri=True)


def _is_ours(path: Path) -> bool:
    try:
        with closing(_opened(path)) as connection:
            return bool(connection.execute("SELECT version_num FROM alembic_version").fetchone())
    except sqlite3.Error:
        return False
