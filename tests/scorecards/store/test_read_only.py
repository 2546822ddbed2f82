"""What is only read is never changed: backups, sources of a move, files of other programs, disks for reading."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from scorecards.store import OPERATOR, DatabaseError, Store, engine, open_database
from scorecards.store.copies import back_up, copy_everything, opened_to_read
from scorecards.store.damage import is_plain_copy

from ..small_round import draft, keep, rate, rating
from .test_kept import unpacked

State = dict[str, tuple[bytes, int]]


def state(folder: Path) -> State:
    """Every file with its bytes and the time of its last change."""
    return {one.name: (one.read_bytes(), one.stat().st_mtime_ns) for one in folder.iterdir()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "source"
    made.mkdir()
    return made


def in_use(folder: Path) -> Path:
    """A database whose newest words are only in the log next to it, as after a kill."""
    first = folder.parent / "first.db"
    database = open_database(str(first))
    keep(Store(database), draft("ada"))
    rate(Store(database), "ada", "zed-first-ada", rating("DRF-01"))
    for ending in ("", "-wal"):
        shutil.copy(f"{first}{ending}", folder / f"kit.db{ending}")
    database.close()
    return folder / "kit.db"


def cut_off(folder: Path) -> Path:
    in_use(folder)
    database = open_database(str(folder / "kit.db"))
    database.close()
    return folder / "kit.db"


def of_an_older_kit(folder: Path) -> Path:
    (folder / "kit.db").write_bytes(unpacked("v1.db"))
    return folder / "kit.db"


@pytest.mark.parametrize("make", [in_use, cut_off, of_an_older_kit])
def test_a_source_stays_as_it_is_to_the_byte_and_second(
    folder, tmp_path, make: Callable[[Path], Path]
) -> None:
    path = make(folder)
    before = state(folder)
    target = open_database(str(tmp_path / "target.db"))
    with opened_to_read(str(path)) as source:
        copy_everything(source, target)
    assert state(folder) == before
    (round_,) = Store(target).rounds.all(OPERATOR)
    assert round_.id == "r1"


def test_changes_in_the_log_next_to_a_source_are_not_left_behind(folder) -> None:
    with opened_to_read(str(in_use(folder))) as source:
        assert Store(source).cards.get("ada", "zed-first-ada").rating("DRF-01").level == 3


def test_a_source_in_use_is_one_moment_of_it(folder) -> None:
    database = open_database(str(folder / "kit.db"))
    keep(Store(database), draft("ada"))
    with opened_to_read(str(folder / "kit.db")) as source:
        Store(database).people.add("Late Comer")
        assert "Late Comer" not in [one.name for one in Store(source).people.all()]
    database.close()


@pytest.mark.parametrize("make", [in_use, cut_off, of_an_older_kit])
def test_a_source_on_a_read_only_disk_is_read(folder, tmp_path, make: Callable[[Path], Path]) -> None:
    """A real one, where this machine lets a test mount it."""
    path = make(folder)
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "--bind", "-o", "ro", str(folder), str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(disk)], capture_output=True, check=True)
        with pytest.raises(OSError, match="Read-only"):
            (disk / "x").write_text("x")
        with opened_to_read(str(disk / path.name)) as source:
            assert [one.id for one in Store(source).rounds.all(OPERATOR)] == ["r1"]
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def foreign(folder: Path) -> Path:
    with closing(sqlite3.connect(folder / "kit.db")) as connection:
        connection.execute("CREATE TABLE tunes (name TEXT)")
    return folder / "kit.db"


def foreign_with_revisions(folder: Path) -> Path:
    """Of another program that counts its revisions as the kit does."""
    with closing(sqlite3.connect(foreign(folder))) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0004')")
    return folder / "kit.db"


def empty(folder: Path) -> Path:
    (folder / "kit.db").touch()
    return folder / "kit.db"


def no_database(folder: Path) -> Path:
    (folder / "kit.db").write_text("Minutes of a meeting. " * 100)
    return folder / "kit.db"


def of_a_newer_kit(folder: Path) -> Path:
    with closing(sqlite3.connect(cut_off(folder))) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    return folder / "kit.db"


def missing(folder: Path) -> Path:
    return folder / "kit.db"


WRONG = {
    foreign: "not a database of the kit",
    foreign_with_revisions: "not a database of the kit",
    empty: "not a database of the kit",
    no_database: "kit.db",
    of_a_newer_kit: "newer version",
    missing: "no such file",
}


@pytest.mark.parametrize(("make", "said"), WRONG.items(), ids=lambda one: getattr(one, "__name__", ""))
def test_a_database_of_another_program_is_named_and_left_alone(folder, make, said) -> None:
    path = make(folder)
    before = state(folder)
    with pytest.raises(DatabaseError, match=said) as refused, opened_to_read(str(path)):
        pass
    assert str(path) in str(refused.value)
    assert state(folder) == before


@pytest.mark.parametrize("make", [foreign, foreign_with_revisions])
def test_no_table_of_the_kit_comes_into_another_programs_file(folder, make) -> None:
    path = make(folder)
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match="not a database of the kit: it holds tunes"):
        open_database(str(path))
    assert path.read_bytes() == before


@pytest.mark.parametrize("make", WRONG, ids=lambda one: one.__name__)
def test_restore_ends_with_a_fault_and_makes_no_database(folder, tmp_path, make) -> None:
    target = tmp_path / "target.db"
    command = [
        sys.executable,
        "-m",
        "interview_kit.terminal",
        "restore",
        str(make(folder)),
        "--database",
        str(target),
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=Path(engine.__file__).parents[2]
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert not target.exists()


def test_a_postgresql_of_an_older_kit_is_not_upgraded_by_reading_it(new_address) -> None:
    address = new_address()
    if address.startswith("sqlite"):
        pytest.skip("of PostgreSQL alone")
    database = open_database(address)
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0004'"))
    with pytest.raises(DatabaseError, match="interview-kit upgrade"), opened_to_read(address):
        pass
    assert database.check()["revision"] == "0004"
    database.close()


def test_a_plain_copy_of_a_database_in_use_is_told_from_a_backup(folder, tmp_path) -> None:
    path = in_use(folder)
    assert not is_plain_copy(path)
    with opened_to_read(str(path)) as source:
        back_up(source, tmp_path / "backup.db")
    assert not is_plain_copy(tmp_path / "backup.db")
    shutil.copy(path, tmp_path / "copied.db")
    assert is_plain_copy(tmp_path / "copied.db")


FULL = """
import resource, signal, sys
from pathlib import Path
from scorecards.store import DatabaseError, open_database
from scorecards.store.copies import back_up
source = open_database(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    back_up(source, Path(sys.argv[2]))
except DatabaseError as error:
    print(error)
"""


@pytest.mark.parametrize("bytes_", [0, 4096, 50_000, 200_000])
def test_a_full_disk_leaves_nothing_of_a_backup(folder, tmp_path, bytes_) -> None:
    """No file may grow beyond so many bytes: what a full disk answers."""
    path = cut_off(folder)
    out = tmp_path / "out"
    out.mkdir()
    command = [sys.executable, "-c", FULL, str(path), str(out / "backup.db"), str(bytes_)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=Path(engine.__file__).parents[2]
    )
    assert done.stderr == ""
    assert "disk" in done.stdout
    assert list(out.iterdir()) == []
