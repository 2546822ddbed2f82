"""Everything of one database in another, of either kind, and nothing half done."""

import sqlite3

import pytest
from sqlalchemy import insert, select

from question_bank import load_bank
from scorecards.record.demo import demo_record
from scorecards.store import OPERATOR, DatabaseError, Store, open_database
from scorecards.store import tables as t
from scorecards.store.copies import back_up, copy_everything, digest_of

BANK = load_bank()


@pytest.fixture
def filled(database):
    """A database of either kind with the demo round, votes and a window in it."""
    store = Store(database)
    record = demo_record(BANK)
    store.imports.add(record)
    store.live.key()
    who = next(c for c in record.candidates if not any(s.due for s in record.statuses_of(c.id)))
    author = next(s.interviewer_id for s in record.statuses_of(who.id) if s.state == "submitted")
    store.debriefs.vote(author, who.id, 1, "yes", "As noted.")
    return database


def all_rows(database):
    with database.reading() as connection:
        return digest_of(connection)


def test_a_copy_holds_what_the_first_holds(filled, tmp_path) -> None:
    target = open_database(str(tmp_path / "copy.db"))
    copied = copy_everything(filled, target)
    assert all_rows(target) == all_rows(filled) == copied.digest
    assert copied.rows["scorecards"] > 20
    assert copied.rows["votes"] == 1
    round_id = Store(filled).rounds.all(OPERATOR)[0].id
    assert Store(target).rounds.record(OPERATOR, round_id) == Store(filled).rounds.record(OPERATOR, round_id)


def test_a_backup_is_restored_into_an_empty_database_of_either_kind(database, tmp_path) -> None:
    first = open_database(str(tmp_path / "first.db"))
    Store(first).imports.add(demo_record(BANK))
    back_up(first, tmp_path / "backup.db")
    copy_everything(open_database(str(tmp_path / "backup.db")), database)
    assert all_rows(database) == all_rows(first)


def test_a_backup_is_one_file_and_leaves_nothing_beside_it(filled, tmp_path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    back_up(filled, folder / "backup.db")
    assert [path.name for path in folder.iterdir()] == ["backup.db"]
    with sqlite3.connect(folder / "backup.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_backup_made_while_somebody_writes_is_one_moment(filled, tmp_path) -> None:
    """What is written after the copy began is not in it."""
    store = Store(filled)
    before = all_rows(filled)
    with filled.reading() as connection:
        connection.execute(select(t.people)).first()
        store.people.add("Late Comer")
        assert digest_of(connection) == before
    assert all_rows(filled) != before


def test_a_database_that_is_not_empty_is_left_alone(filled, tmp_path) -> None:
    target = open_database(str(tmp_path / "used.db"))
    Store(target).people.add("Ana")
    before = all_rows(target)
    with pytest.raises(DatabaseError, match=r"not empty \(people\)"):
        copy_everything(filled, target)
    assert all_rows(target) == before


def test_a_file_that_is_there_is_not_written_over(filled, tmp_path) -> None:
    path = tmp_path / "backup.db"
    path.write_text("mine")
    with pytest.raises(DatabaseError, match="give another name"):
        back_up(filled, path)
    assert path.read_text() == "mine"


def test_one_changed_letter_changes_the_digest(filled) -> None:
    before = all_rows(filled)
    with filled.writing() as connection:
        connection.execute(insert(t.people).values(id="x", name="Xena"))
    assert all_rows(filled) != before
