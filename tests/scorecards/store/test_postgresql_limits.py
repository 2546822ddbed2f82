"""How long PostgreSQL waits, what it refuses then, and how it is said."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text

from scorecards.store import DatabaseError, SaveError, Store, open_database, postgresql

from ..small_round import draft, keep, rate, rating

FIRST = "zed-first-ada"


@pytest.fixture
def impatient(postgres, run_on_postgres, monkeypatch) -> Iterator[Any]:
    """A PostgreSQL database whose limits are short."""
    for name, seconds in (("STATEMENT", 1.0), ("LOCK", 0.5), ("IDLE", 0.8), ("POOL", 0.5)):
        monkeypatch.setattr(postgresql, f"{name}_SECONDS", seconds)
    run_on_postgres("CREATE DATABASE impatient")
    database = open_database(postgres("impatient"))
    yield database
    database.close()
    run_on_postgres("DROP DATABASE impatient WITH (FORCE)")


def test_a_person_who_waits_too_long_for_anothers_change_is_told_so_and_may_try_again(impatient) -> None:
    store = Store(impatient)
    keep(store, draft("ada"))
    with impatient.writing() as connection:
        connection.execute(text("SELECT id FROM scorecards FOR UPDATE"))
        with pytest.raises(SaveError, match="Somebody else's change of the same takes long"):
            rate(store, "ada", FIRST, rating("DRF-01"))
    assert rate(store, "ada", FIRST, rating("DRF-01")).version == 1


def test_a_statement_that_takes_too_long_is_given_up(impatient) -> None:
    with pytest.raises(DatabaseError, match="took too long"), impatient.reading() as connection:
        connection.execute(text("SELECT pg_sleep(5)"))


def test_a_change_that_nobody_goes_on_with_lets_the_others_go_on(impatient) -> None:
    def forgets() -> None:
        with impatient.writing() as connection:
            connection.execute(text("SELECT id FROM rounds FOR UPDATE"))
            time.sleep(1.5)
            connection.execute(text("SELECT 1"))

    with pytest.raises(SaveError):
        forgets()
    assert Store(impatient).office.health()["database"] == "postgresql"


def test_of_two_that_wait_for_each_other_one_goes_on_and_the_other_is_told(impatient, monkeypatch) -> None:
    keep(Store(impatient), draft("ada"), draft("bo"))
    both = threading.Barrier(2)

    def locks(first: str, second: str) -> None:
        with impatient.writing() as connection:
            connection.execute(text("SET LOCAL lock_timeout = '8s'"))
            connection.execute(text("SET LOCAL statement_timeout = '8s'"))
            connection.execute(text("SELECT id FROM scorecards WHERE id = :id FOR UPDATE"), {"id": first})
            both.wait(10)
            connection.execute(text("SELECT id FROM scorecards WHERE id = :id FOR UPDATE"), {"id": second})

    with ThreadPoolExecutor(2) as threads:
        ends = [
            threads.submit(locks, "zed-first-ada", "zed-first-bo"),
            threads.submit(locks, "zed-first-bo", "zed-first-ada"),
        ]
        faults = [fault for end in ends if (fault := end.exception(20))]
    assert [type(fault) for fault in faults] == [SaveError]
    assert "changed the same at the same moment" in str(faults[0])


def test_when_all_connections_are_taken_the_next_is_told_and_comes_later(impatient) -> None:
    taken = [impatient.engine.connect() for _ in range(30)]
    with pytest.raises(DatabaseError, match="More people"):
        Store(impatient).people.all()
    for connection in taken:
        connection.close()
    assert Store(impatient).people.all() == ()


def test_a_connection_that_the_server_ended_is_replaced_before_anybody_uses_it(
    impatient, run_on_postgres
) -> None:
    Store(impatient).people.all()
    run_on_postgres("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'impatient'")
    assert Store(impatient).people.all() == ()
