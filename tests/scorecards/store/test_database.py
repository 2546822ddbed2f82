"""Databases: made, brought up to date, refused; and many who write at once."""

import json
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, create_engine, insert, select, text
from sqlalchemy.exc import IntegrityError

import scorecards.store
from scorecards.documents import round_bundle
from scorecards.record.model import Rating
from scorecards.store import (
    OPERATOR,
    Database,
    DatabaseError,
    NotAllowedError,
    Store,
    open_database,
)
from scorecards.store import tables as t
from scorecards.store.engine import HEAD, KNOWN, database_url
from scorecards.store.tables import metadata

from ..small_round import draft, keep, rate, rating, record, submit, tell
from .test_rounds import every_row

MIGRATIONS = Path(scorecards.store.__file__).parent / "migrations"
THREADS = 8
SAVES = 50


def run(database: Database, statement: str) -> None:
    with database.writing() as connection:
        connection.execute(text(statement))


# Making and upgrading


def test_the_newest_migration_is_the_one_that_the_engine_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_the_migrations_make_the_tables_as_they_are_declared(database) -> None:
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_new_database_tells_its_kind_and_revision(store) -> None:
    assert store.office.health()["database"] in ("sqlite", "postgresql")
    assert store.office.health()["revision"] == HEAD


def test_opening_again_keeps_what_is_stored(new_address) -> None:
    address = new_address()
    first = open_database(address)
    kept = keep(Store(first), draft("ada"))
    first.close()
    again = open_database(address)
    assert Store(again).rounds.get("lea", "r1") == kept.round
    again.close()


def test_a_database_of_a_newer_kit_is_refused_with_nothing_changed(new_address) -> None:
    address = new_address()
    database = open_database(address)
    keep(Store(database), draft("ada"))
    run(database, "UPDATE alembic_version SET version_num = '9999'")
    before = every_row(database)
    with pytest.raises(DatabaseError, match=r"newer version \(revision 9999"):
        open_database(address)
    assert every_row(database) == before
    assert database.check()["revision"] == "9999"
    database.close()


def test_several_processes_may_open_an_empty_database_at_once(new_address) -> None:
    code = "import sys, scorecards.store as s; print(s.open_database(sys.argv[1]).check()['revision'])"
    command = [sys.executable, "-c", code, new_address()]
    started = [subprocess.Popen(command, stdout=PIPE, stderr=PIPE, text=True) for _ in range(4)]
    answers = [process.communicate(timeout=60) for process in started]
    assert [said.strip() or wrong[-300:] for said, wrong in answers] == [HEAD] * 4


def migrated(address: str, revision: str) -> Engine:
    """An empty database as a kit of this revision left it."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(database_url(address))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return engine


def copy_rows(database: Database, older: Engine) -> None:
    """Every row, as far as the older tables have a place for it; where they held whole plans, with its plans."""
    known = MetaData()
    known.reflect(older)
    with database.reading() as source, older.begin() as target:
        plans = {row.digest: row.body for row in source.execute(select(t.plans))}
        for table in known.sorted_tables:
            if table.name in metadata.tables:
                found = [dict(row._mapping) for row in source.execute(select(metadata.tables[table.name]))]
                if found:
                    columns = table.c.keys()
                    told = [with_plans(table.name, row, plans) for row in found]
                    target.execute(insert(table), [{name: row[name] for name in columns} for row in told])


def with_plans(table: str, row: dict[str, Any], plans: dict[str, str]) -> dict[str, Any]:
    """The row as it was before plans had a table of their own."""
    if table == "interviews":
        return row | {"plan": plans[row["plan_digest"]]}
    if table != "rounds":
        return row
    body = json.loads(row["body"])
    for slot in body["slots"]:
        slot["plan"] = json.loads(plans[slot.pop("plan_digest")])
    return row | {"body": json.dumps(body, ensure_ascii=False, separators=(",", ":"))}


def rows_of(database: Database) -> dict[str, Any]:
    """All that is stored, a round's JSON by what it says: the order of its keys is no matter."""
    tables = every_row(database)
    bodies = {json.dumps(json.loads(row[3]), sort_keys=True) for row in tables["rounds"]}
    return tables | {"rounds": {(*row[:3], *row[4:]) for row in tables["rounds"]}, "bodies": bodies}


def without(tables: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: rows for name, rows in tables.items() if name not in names}


@pytest.mark.parametrize("revision", KNOWN[:-1])
def test_a_database_of_any_older_kit_is_brought_up_to_date_with_nothing_lost(
    new_address, database, revision
) -> None:
    keep(Store(database), draft("ada"), draft("bo"), draft("ada", slot="second"))
    submit(Store(database), "bo", "zed-first-bo")
    address = new_address()
    older = migrated(address, revision)
    copy_rows(database, older)
    older.dispose()
    upgraded = open_database(address)
    # Older kits kept no log of what was done, and no account of which window writes and wrote which words.
    added = {"audit", "keys", "closing_words", "desks"}
    assert without(rows_of(upgraded), added) == without(rows_of(database), added)
    before, after = (Store(one).rounds.record(OPERATOR, "r1") for one in (database, upgraded))
    assert after == before
    assert round_bundle(after) == round_bundle(before)
    with upgraded.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    upgraded.close()


DAMAGED = {
    "a round's JSON": "UPDATE rounds SET body = 'x'",
    "a round of another shape": "UPDATE rounds SET body = '[]'",
    "a round without slots": """UPDATE rounds SET body = replace(body, '"slots"', '"spaces"')""",
    "a plan in a round": """UPDATE rounds SET body = replace(body, '"around"', '"about"')""",
    "a plan in an interview": "UPDATE interviews SET plan = 'x' WHERE id = 'zed-first'",
}


@pytest.mark.parametrize("statement", DAMAGED.values(), ids=DAMAGED)
def test_damage_in_a_database_of_an_older_kit_is_one_line_after_it_is_brought_up_to_date(
    new_address, database, statement
) -> None:
    keep(Store(database), draft("ada"), draft("ada", slot="second"))
    address = new_address()
    older = migrated(address, KNOWN[-2])
    copy_rows(database, older)
    with older.begin() as connection:
        connection.exec_driver_sql(statement)
    older.dispose()
    upgraded = open_database(address)
    store = Store(upgraded)
    unreadable = store.lists.unreadable("lea")
    assert len(unreadable or store.rounds.record("lea", "r1").damaged) == 1
    store.lists.delete("lea", "r1") if unreadable else store.rounds.delete("lea", "r1")
    assert every_row(upgraded)["plans"] == set()
    upgraded.close()


def test_after_an_upgrade_sqlite_follows_references_again(tmp_path) -> None:
    migrated(f"sqlite:///{tmp_path}/old.db", KNOWN[0]).dispose()
    database = open_database(str(tmp_path / "old.db"))
    with pytest.raises(IntegrityError):
        run(database, "INSERT INTO panel (round_id, person_id) VALUES ('nowhere', 'nobody')")
    database.close()


def test_an_upgrade_that_leaves_a_reference_to_nothing_changes_nothing(tmp_path) -> None:
    older = migrated(f"sqlite:///{tmp_path}/old.db", KNOWN[0])
    with older.begin() as connection:
        connection.execute(text("INSERT INTO panel (round_id, person_id) VALUES ('nowhere', 'nobody')"))
    older.dispose()
    with pytest.raises(DatabaseError, match="Nothing was changed"):
        open_database(str(tmp_path / "old.db"))
    found = sqlite3.connect(tmp_path / "old.db").execute("SELECT version_num FROM alembic_version").fetchall()
    assert found == [(KNOWN[0],)]


def test_a_missing_folder_is_made(tmp_path) -> None:
    open_database(str(tmp_path / "a" / "b" / "kept.db")).close()
    assert (tmp_path / "a" / "b" / "kept.db").exists()


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("Not a database. " * 100, "utf-8")
    with pytest.raises(DatabaseError, match=r"notes\.db"):
        open_database(str(path))
    assert path.read_text("utf-8") == "Not a database. " * 100


@pytest.mark.parametrize(
    "address", ["mysql://host/name", "nonsense://", "://", "postgresql://host:port/name"]
)
def test_an_address_of_no_known_kind_is_refused_in_words(address) -> None:
    with pytest.raises(DatabaseError):
        open_database(address)


def test_a_server_that_is_away_is_named_without_its_password() -> None:
    with pytest.raises(DatabaseError) as refused:
        open_database("postgresql://ada:correct-horse@127.0.0.1:1/kit")
    assert "127.0.0.1:1/kit" in str(refused.value)
    assert "correct-horse" not in str(refused.value)


def test_a_sqlite_file_survives_a_power_cut_and_keeps_its_references(tmp_path) -> None:
    database = open_database(str(tmp_path / "kept.db"))
    with database.reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    # 2 is FULL: every commit waits for the disk
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    database.close()


# Reading and writing


def test_a_transaction_that_fails_stores_nothing(database) -> None:
    before = every_row(database)
    whole = record(draft("ada"), draft("bo"))
    doubled = whole.model_copy(update={"cards": (*whole.cards, whole.cards[0])})
    with pytest.raises(NotAllowedError):
        Store(database).imports.add(doubled)
    assert every_row(database) == before


def test_the_reads_of_one_reading_see_one_moment(database) -> None:
    count = text("SELECT count(*) FROM people")
    with database.reading() as connection:
        assert connection.execute(count).scalar() == 0
        run(database, "INSERT INTO people (id, name) VALUES ('ada', 'Ada')")
        assert connection.execute(count).scalar() == 0


def save(store: Store, who: str, one: Rating, writer: str) -> Rating:
    return rate(store, who, f"zed-first-{who}", one, writer=writer)


def in_threads(work: Callable[[int], list]) -> list[list]:
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(work, range(THREADS)))


def test_eight_who_save_at_once_lose_nothing(store) -> None:
    panel = [f"p{n}" for n in range(THREADS)]
    keep(store, *(draft(who) for who in panel), panel=panel)

    def conduct(n: int) -> list[Rating]:
        keys = ("DRF-01", "SEC-01")
        return [
            save(store, panel[n], rating(keys[turn % 2], 3, evidence=f"{n} {turn}"), "w")
            for turn in range(SAVES)
        ]

    in_threads(conduct)
    for n, who in enumerate(panel):
        kept = {one.question_id: one for one in store.cards.get(who, f"zed-first-{who}").content.ratings}
        # 50 saves, 25 for each of two questions; the last two are turns 48 and 49
        assert {key: (one.version, one.evidence) for key, one in kept.items()} == {
            "DRF-01": (25, f"{n} 48"),
            "SEC-01": (25, f"{n} 49"),
        }


def test_eight_who_save_into_one_question_count_every_save(store) -> None:
    keep(store, draft("ada"))

    def write(n: int) -> list[int]:
        told = (rating("DRF-01", 3, evidence=f"{n} {turn}") for turn in range(SAVES))
        return [save(store, "ada", one, "w").version for one in told]

    saved = in_threads(write)
    # 8 · 50: each save has a version of its own
    assert sorted(version for versions in saved for version in versions) == list(range(1, 401))


def test_of_eight_windows_that_write_at_once_one_wins_and_the_others_are_told(store) -> None:
    keep(store, draft("ada"))

    def write(n: int) -> list[str]:
        told = rating("DRF-01", 3, evidence=f"window {n}")
        answer = tell(store, "ada", "zed-first-ada", told, writer=f"window-{n}")
        if answer.clashes:
            return ["told", answer.clashes[0].evidence]
        return ["won", answer.ratings[0].evidence]

    answers = in_threads(write)
    assert Counter(answer for answer, _ in answers) == {"won": 1, "told": THREADS - 1}
    kept = store.cards.get("ada", "zed-first-ada").rating("DRF-01").evidence
    assert {words for _, words in answers} == {kept}


def test_another_process_finds_every_save_in_the_file(tmp_path) -> None:
    database = open_database(str(tmp_path / "kept.db"))
    store = Store(database)
    keep(store, draft("ada"))
    save(store, "ada", rating("DRF-01", 3), "w")
    found = sqlite3.connect(tmp_path / "kept.db").execute("SELECT version FROM ratings").fetchall()
    assert found == [(1,)]
    database.close()
