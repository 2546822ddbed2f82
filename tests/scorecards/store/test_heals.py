"""A SQLite file that could not be written for a while: what fails, what is said, and that all saves work at once after."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest

from scorecards.store import DatabaseError, Store, engine, open_database

from ..small_round import draft, keep

# Runs as someone to whom a file's permissions mean something.
SCRIPT = """
import os, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from scorecards.store import DatabaseError, Store, open_database
folder = Path(sys.argv[1])
file = folder / "kit.db"
def allow(on):
    for one in folder.iterdir():
        one.chmod(0o644 if on else 0o444)
    folder.chmod(0o755 if on else 0o555)
def save(number):
    try:
        store.people.add(f"Person {number}")
    except DatabaseError as error:
        return str(error)
    return ""
# Everything is imported before: the interpreter may lie where this user reads nothing.
warm = open_database(sys.argv[2])
Store(warm).people.add("Ada")
warm.check()
warm.close()
if os.geteuid() == 0:
    os.chown(folder, 65534, 65534)
    os.seteuid(65534)
database = open_database(str(file))
store = Store(database)
store.people.add("Ada")
allow(False)
database.close()
with ThreadPoolExecutor(8) as pool:
    failed = list(pool.map(save, range(16)))
assert all("read-only" in one or "cannot be opened" in one for one in failed), failed
try:
    database.check()
except DatabaseError as error:
    print("unwell:", error)
allow(True)
with ThreadPoolExecutor(8) as pool:
    print("failed after:", sum(map(bool, pool.map(save, range(100, 140)))))
print(database.check()["database"], len(store.people.all()))
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that everyone may enter, which those of pytest are not."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made)


def test_once_the_file_can_be_written_again_every_save_works(folder: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(folder), str(tmp_path / "warm.db")],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=Path(engine.__file__).parents[2],
    )
    told = done.stdout.splitlines()
    assert done.stderr == ""
    assert told[0].startswith("unwell: ")
    assert told[1:] == ["failed after: 0", "sqlite 41"]


def test_a_connection_that_can_only_read_is_not_used_again(tmp_path) -> None:
    """SQLite opens a file that it may not write for reading, and stays at that."""
    database = open_database(str(tmp_path / "kit.db"))
    store = Store(database)
    with database.reading() as connection:
        connection.connection.driver_connection.execute("PRAGMA query_only=ON")
    with pytest.raises(DatabaseError, match="read-only"):
        store.people.add("Ada")
    store.people.add("Ada")


def test_the_health_check_says_that_the_disk_is_full(tmp_path, monkeypatch) -> None:
    database = open_database(str(tmp_path / "kit.db"))
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(engine, "disk_usage", lambda _: usage(1000, 999, 1))
    with pytest.raises(DatabaseError, match=r"disk is full"):
        database.check()


def test_the_health_check_does_not_wait_for_writers(tmp_path) -> None:
    database = open_database(str(tmp_path / "kit.db"))
    with database.writing():
        done = threading.Thread(target=database.check)
        done.start()
        done.join(5)
        assert not done.is_alive()
    holder = sqlite3.connect(tmp_path / "kit.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert database.check()["database"] == "sqlite"
    holder.rollback()


def test_the_health_check_leaves_nothing_behind(tmp_path) -> None:
    database = open_database(str(tmp_path / "kit.db"))
    keep(Store(database), draft("ada"))
    before = (tmp_path / "kit.db-wal").read_bytes()
    for _ in range(3):
        database.check()
    assert (tmp_path / "kit.db-wal").read_bytes() == before
    Store(database).people.add("Zoe")


def test_the_health_check_says_that_postgresql_is_read_only(new_address) -> None:
    address = new_address()
    if address.startswith("sqlite"):
        pytest.skip("of PostgreSQL alone")
    database = open_database(address)
    with database.writing() as connection:
        connection.exec_driver_sql(
            f"ALTER DATABASE {database.engine.url.database} SET default_transaction_read_only = on"
        )
    database.engine.dispose()
    with pytest.raises(DatabaseError, match="read-only"):
        database.check()
    database.close()
