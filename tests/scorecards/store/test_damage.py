"""A database that cannot be used: what is said, what is offered, and that nothing is touched."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event, text

from scorecards.store import DatabaseError, SaveError, Store, engine, open_database
from scorecards.store.copies import back_up
from scorecards.store.faults import in_words

from ..small_round import draft, keep, rate, rating

CARD = "zed-first-ada"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A database with a round in it, closed."""
    path = tmp_path / "interviews.db"
    database = open_database(str(path))
    keep(Store(database), *(draft(who) for who in ("ada", "bo", "cy")))
    database.close()
    return path


def damage(path: Path) -> None:
    """Rubbish over the second half, as a disk that is dying leaves it."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(os.urandom(path.stat().st_size // 2))


def files(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_a_damaged_file_is_named_and_not_touched(kept) -> None:
    damage(kept)
    before = files(kept.parent)
    with pytest.raises(DatabaseError, match=r"interviews\.db is damaged: .* Nothing was changed"):
        open_database(str(kept))
    assert files(kept.parent) == before


def test_the_last_good_backup_is_offered(kept, tmp_path) -> None:
    source = open_database(str(kept))
    (tmp_path / "backups").mkdir()
    for number, name in enumerate(("old.db", "good.db", "damaged.db")):
        back_up(source, tmp_path / "backups" / name)
        os.utime(tmp_path / "backups" / name, (1_000_000 + number, 1_000_000 + number))
    source.close()
    damage(tmp_path / "backups" / "damaged.db")
    sqlite3.connect(tmp_path / "another.db").execute("CREATE TABLE x (y)").connection.close()
    damage(kept)
    with pytest.raises(DatabaseError, match=r"last good backup is \S+good\.db, of 1970-01-12"):
        open_database(str(kept))


def test_what_is_offered_brings_everything_back(kept, tmp_path) -> None:
    source = open_database(str(kept))
    back_up(source, tmp_path / "good.db")
    was = Store(source).rounds.record("lea", "r1")
    source.close()
    kept.unlink()
    shutil.copy(tmp_path / "good.db", kept)
    assert Store(open_database(str(kept))).rounds.record("lea", "r1") == was


def test_without_a_backup_that_is_said(kept) -> None:
    damage(kept)
    with pytest.raises(DatabaseError, match="No good backup lies beside it"):
        open_database(str(kept))


def test_a_whole_file_whose_log_is_beside_it_opens(kept, tmp_path) -> None:
    database = open_database(str(kept))
    rate(Store(database), "ada", CARD, rating("DRF-01"))
    # As after a kill: the log was never written back.
    copy = tmp_path / "killed"
    copy.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(f"{kept}{ending}", copy / f"interviews.db{ending}")
    database.close()
    again = Store(open_database(str(copy / "interviews.db")))
    assert again.cards.get("ada", CARD).rating("DRF-01").version == 1


def save(store: Store) -> None:
    rate(store, "ada", CARD, rating("DRF-01"))


def test_a_full_disk_stores_nothing_says_so_and_goes_on_once_there_is_room(kept) -> None:
    database = open_database(str(kept))
    store = Store(database)
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    # SQLite's own way to a full disk: no page more than there are.
    full = open_database(str(kept))
    event.listen(full.engine, "connect", lambda c, _: c.execute(f"PRAGMA max_page_count={pages}"))
    full.engine.dispose()
    long = rating("DRF-01").model_copy(update={"evidence": "x" * 90_000})
    with pytest.raises(SaveError, match=r"Nothing of it was stored. .*disk is full"):
        rate(Store(full), "ada", CARD, long)
    assert store.cards.get("ada", CARD).content.ratings == ()
    save(store)
    assert len(store.cards.get("ada", CARD).content.ratings) == 1


def test_a_read_only_database_says_so(kept) -> None:
    database = open_database(str(kept))
    event.listen(database.engine, "connect", lambda c, _: c.execute("PRAGMA query_only=ON"))
    database.engine.dispose()
    with pytest.raises(SaveError, match="read-only"):
        save(Store(database))


def test_a_database_that_another_program_holds_says_so(kept, monkeypatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.2)
    store = Store(open_database(str(kept)))
    holder = sqlite3.connect(kept, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(SaveError, match="Another program holds the database"):
        save(store)
    holder.rollback()
    save(store)


def test_a_file_that_is_damaged_while_the_kit_runs_says_so(kept) -> None:
    store = Store(open_database(str(kept)))
    with sqlite3.connect(kept) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    damage(kept)
    with pytest.raises(DatabaseError, match="damaged"):
        store.rounds.record("lea", "r1")


def test_text_that_cannot_be_decoded_is_damage_and_is_not_repeated(kept) -> None:
    with sqlite3.connect(kept) as connection:
        connection.execute("UPDATE rounds SET body = CAST(x'226865722073616c617279ff22' AS TEXT)")
    with pytest.raises(DatabaseError, match="damaged") as failed:
        Store(open_database(str(kept))).rounds.record("lea", "r1")
    assert "salary" not in str(failed.value)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("53100", "disk"),
        ("53300", "no connection left"),
        ("25006", "read-only"),
        ("08006", "away"),
        ("57P01", "away"),
        ("28P01", "password"),
    ],
)
def test_what_postgresql_refuses_is_said_in_words(code: str, said: str) -> None:
    assert said in in_words(Exception({"C": code, "M": "as the server says it"}))


def test_what_nothing_is_known_of_keeps_the_drivers_words() -> None:
    assert in_words(Exception({"C": "XX000", "M": "as the server says it"})) == "as the server says it."


def test_no_fault_tells_what_was_written(database) -> None:
    with pytest.raises(DatabaseError) as failed, database.reading() as connection:
        connection.execute(text("SELECT :secret FROM nowhere"), {"secret": "her notes"})
    assert "her notes" not in str(failed.value)
