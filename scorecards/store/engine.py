"""Opening a database and bringing it up to date. SQLite for one machine, PostgreSQL for a team."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from shutil import disk_usage
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from . import damage
from .encryption import encryption, without_encryption
from .faults import FULL, READ_ONLY, in_words
from .gate import Gate
from .postgresql import postgresql_engine

# The revisions in migrations/versions, oldest first; a test keeps them true.
KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010")
HEAD = KNOWN[-1]
BUSY_SECONDS = 10
# Tables that every revision has.
OURS = {"people", "rounds", "candidates", "scorecards", "ratings"}
# Bytes on the disk below which saving is about to fail.
LEAST_FREE = 1024 * 1024
# What a SQLite connection does not recover from by itself.
_LASTING = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
# Alembic keeps its context in a module: threads take turns.
_ONE_UPGRADE = threading.Lock()


class DatabaseError(Exception):
    """The database cannot be used; the message says which and what to do."""


class SaveError(DatabaseError):
    """The database did not take it: nothing of it was stored; the message says why."""


class Database:
    """One engine, and the one way to read and to write through it."""

    def __init__(self, engine: Engine):
        self.engine = engine
        # SQLite has one writer: queueing here is faster and fairer than its busy waiting.
        self._one_writer = threading.Lock() if engine.dialect.name == "sqlite" else None
        self._gate = Gate()
        # Since a fault that lasts: until something is written again, every writer begins with new connections.
        self._unwell = False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection whose reads see one moment."""
        # PostgreSQL shows later commits within a transaction unless it is told otherwise; SQLite never does.
        options = {} if self._one_writer else {"isolation_level": "REPEATABLE READ"}
        try:
            with (
                self._gate.passed(),
                self.engine.connect().execution_options(**options) as connection,
                connection.begin(),
            ):
                yield connection
        except (DBAPIError, PoolTimeout) as error:
            self._heal(error)
            raise DatabaseError(in_words(error)) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: everything in it is stored, or nothing is."""
        try:
            with self._one_writer or nullcontext():
                self._renew_if_unwell()
                with self._gate.passed(), self._begun() as connection:
                    yield connection
                self._unwell = False
        except IntegrityError:
            raise
        except (DBAPIError, PoolTimeout) as error:
            self._heal(error)
            raise SaveError(f"Nothing of it was stored. {in_words(error)}") from error

    @contextmanager
    def _begun(self) -> Iterator[Connection]:
        with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    def _heal(self, error: Exception) -> None:
        """Open every connection anew after a fault that SQLite's keep: a file that was read-only, or gone."""
        if self._one_writer is not None and _code(getattr(error, "orig", error)) in _LASTING:
            self._unwell = True

    def _renew_if_unwell(self) -> None:
        if self._unwell:
            self._gate.renew(self.engine.dispose)

    def check(self) -> dict[str, str]:
        """The database's state for a health check: kind and revision.

        Raises `DatabaseError` when it is away, read-only or on a full disk. A write is begun and given up: nobody
        waits for it, and it waits for nobody.
        """
        with self.reading() as connection:
            revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
            if (
                self._one_writer is None
                and connection.execute(text("SHOW transaction_read_only")).scalar() == "on"
            ):
                raise DatabaseError(READ_ONLY)
        if self._one_writer is not None:
            self._try_to_write(self._one_writer)
        return {"database": self.engine.dialect.name, "revision": str(revision)}

    def _try_to_write(self, one_writer: threading.Lock) -> None:
        if (file := sqlite_file(self.engine.url)) is not None and disk_usage(file.parent).free < LEAST_FREE:
            raise DatabaseError(FULL)
        # Someone writes right now: then it can be written.
        if not one_writer.acquire(blocking=False):
            return
        try:
            self._renew_if_unwell()
            with self._gate.passed(), self.engine.connect() as connection:
                driver: Any = connection.connection.driver_connection
                driver.execute("PRAGMA busy_timeout=0")
                try:
                    driver.execute("BEGIN IMMEDIATE")
                    # Beginning alone is allowed on a file that can only be read.
                    driver.execute("UPDATE alembic_version SET version_num = version_num")
                finally:
                    if driver.in_transaction:
                        driver.execute("ROLLBACK")
                    driver.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")
        except sqlite3.OperationalError as error:
            if _code(error) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                self._heal(error)
                raise DatabaseError(in_words(error)) from error
        except DBAPIError as error:
            self._heal(error)
            raise DatabaseError(in_words(error)) from error
        finally:
            one_writer.release()

    def forget_deleted(self) -> None:
        """Leave nothing of deleted rows in SQLite's log beside the file; PostgreSQL's vacuum sees to its own."""
        if self._one_writer:
            with self._one_writer, self.engine.connect() as connection:
                driver: Any = connection.connection.driver_connection
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def open_database(where: str) -> Database:
    """The database at a URL or a file path, made or brought up to date where needed; `DatabaseError` if it cannot be."""
    url = database_url(where)
    if (file := sqlite_file(url)) is not None and file.is_file():
        if fault := damage.fault_of(file):
            raise DatabaseError(damage.in_words(file, fault))
        # Before it is opened to write: that alone would mark another program's file.
        if tables := damage.foreign_tables(file, OURS):
            raise _foreign(url, tables)
    try:
        engine = _engine(url)
        _bring_up_to_date(engine)
    except DBAPIError as error:
        look = "" if sqlite_file(url) else " Check the address and that the server runs."
        raise DatabaseError(f"{shown(url)}: {in_words(error)}{look}") from error
    except OSError as error:
        raise DatabaseError(f"{shown(url)}: {error}. Check the folder and its permissions.") from error
    except NoSuchModuleError as error:
        raise DatabaseError(f"{shown(url)}: use sqlite:///file.db or postgresql://host/name.") from error
    return Database(engine)


def connected(where: str) -> Database:
    """The database at an address as it is: neither made nor brought up to date."""
    return Database(_engine(database_url(where)))


def database_url(where: str) -> URL:
    """A SQLAlchemy URL from a URL or a plain file path; PostgreSQL goes through pg8000."""
    if "://" not in where:
        return URL.create("sqlite", database=str(Path(where).expanduser()))
    try:
        url = make_url(where)
    except (ArgumentError, ValueError) as error:
        raise DatabaseError(
            "That is no database address: use sqlite:///file.db or postgresql://user@host/name."
        ) from error
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+pg8000")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise DatabaseError(f"{shown(url)}: only SQLite and PostgreSQL are supported.")
    return url


def sqlite_file(url: URL) -> Path | None:
    """The file of a SQLite database; None for one in memory and for PostgreSQL."""
    kept = url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:"
    return Path(str(url.database)) if kept else None


def shown(url: URL) -> str:
    """The address without its password."""
    return url.render_as_string(hide_password=True)


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        try:
            arguments = encryption(url)
        except ValueError as error:
            raise DatabaseError(f"{shown(url)}: {error}.") from error
        return postgresql_engine(without_encryption(url), arguments)
    if (file := sqlite_file(url)) is not None:
        # A new folder for scorecards is its owner's alone.
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, pool_size=10, max_overflow=50)
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _code(error: BaseException | None) -> int | None:
    """SQLite's primary result code."""
    code = getattr(error, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else None


def _configure_sqlite(connection: Any, _record: object) -> None:
    # The driver opens no transaction by itself: `_begin_sqlite` does.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        f"busy_timeout={int(BUSY_SECONDS * 1000)}",
        "synchronous=FULL",
        # What is deleted is overwritten in the file.
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: a read that becomes a write could not wait for its turn.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_up_to_date(engine: Engine) -> None:
    revision, tables = _found(engine)
    if revision is not None and not tables >= OURS:
        raise _foreign(engine.url, sorted(tables))
    if revision == HEAD:
        return
    if revision is not None and revision > HEAD:
        raise DatabaseError(
            f"{shown(engine.url)} was written by a newer version (revision {revision}, this one knows {HEAD}). "
            "Nothing was changed; update the kit."
        )
    if revision is not None and revision not in KNOWN:
        raise DatabaseError(
            f"{shown(engine.url)} is marked with revision {revision}, which no version of the kit ever wrote. "
            "Nothing was changed; is it the kit's database?"
        )
    _upgrade(engine)


def _foreign(url: URL, tables: list[str]) -> DatabaseError:
    held = [name for name in tables if name != "alembic_version"]
    return DatabaseError(
        f"{shown(url)} is not a database of the kit: it holds {', '.join(held[:5]) or 'no table of it'}. "
        "Nothing was changed; give another address."
    )


def _found(engine: Engine) -> tuple[str | None, set[str]]:
    """The kit's revision, where there is one, and the names of all other tables."""
    with engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        if "alembic_version" not in tables:
            return None, tables
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return revision, tables - {"alembic_version"}


def refuse_unless_kits(database: Engine, *, newest: bool) -> None:
    """Raise `DatabaseError` where the database is not the kit's, and with `newest` where it is of an older kit."""
    revision, _ = _found(database)
    if revision is None:
        raise DatabaseError(f"{shown(database.url)} is not a database of the kit. Nothing was changed.")
    if newest and revision != HEAD:
        raise DatabaseError(
            f"{shown(database.url)} is at revision {revision}, this kit at {HEAD}, and a database that is only read is "
            "not changed. Run `interview-kit upgrade` on it first."
        )


def _upgrade(engine: Engine) -> None:
    # Imported here: a start with a current database does not need it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with (
        _ONE_UPGRADE,
        engine.connect().execution_options(writes=True) as connection,
        _references_at_rest(connection),
        connection.begin(),
    ):
        if engine.dialect.name == "postgresql":
            # An upgrade may take its time, and replicas that start together upgrade one after the other.
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(7243001)"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if engine.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise DatabaseError(
                f"{shown(engine.url)}: the upgrade would leave references to what is not there. Nothing was changed."
            )


@contextmanager
def _references_at_rest(connection: Connection) -> Iterator[None]:
    """SQLite rebuilds a table by dropping the old one; were references followed, all that hangs on it would go too."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        if connection.dialect.name == "sqlite":
            driver.execute("PRAGMA foreign_keys=ON")
