"""Runs the nightly step for every new or changed file. Part of the surroundings: leave it as it is.

`python scheduler.py` works on store.db and incoming/. A step that raises is tried again, three times in all.
A step whose process dies is found at the next start and tried again. A file that has changed is loaded anew.
"""

import hashlib
import sqlite3
from pathlib import Path

import pipeline

ATTEMPTS = 3
RUNS = """
CREATE TABLE IF NOT EXISTS runs (day TEXT, attempt INTEGER, file TEXT, state TEXT, note TEXT);
"""


def mark(db: sqlite3.Connection, number: int, state: str, note: str = "") -> None:
    db.execute("UPDATE runs SET state = ?, note = ? WHERE rowid = ?", (state, note, number))
    db.commit()


def is_done(db: sqlite3.Connection, day: str, digest: str) -> bool:
    found = db.execute("SELECT 1 FROM runs WHERE day = ? AND file = ? AND state = 'done'", (day, digest))
    return found.fetchone() is not None


def tried(db: sqlite3.Connection, day: str, digest: str) -> int:
    """How often this file has been tried."""
    return db.execute("SELECT COUNT(*) FROM runs WHERE day = ? AND file = ?", (day, digest)).fetchone()[0]


def run_day(db: sqlite3.Connection, source: Path) -> None:
    day, digest = source.stem, hashlib.sha256(source.read_bytes()).hexdigest()[:8]
    earlier = db.execute("SELECT 1 FROM runs WHERE day = ? AND file <> ?", (day, digest)).fetchone()
    for _ in range(ATTEMPTS):
        if is_done(db, day, digest):
            return
        row = (day, tried(db, day, digest) + 1, digest, "running", "")
        number = db.execute("INSERT INTO runs VALUES (?, ?, ?, ?, ?)", row).lastrowid
        db.commit()
        try:
            pipeline.load_day(db, source, day)
        except Exception as error:
            db.rollback()
            mark(db, number, "failed", f"{type(error).__name__}: {error}"[:200])
        else:
            mark(db, number, "done", "new file" if earlier else "")


def main(folder: Path = Path()) -> None:
    db = sqlite3.connect(folder / "store.db")
    db.executescript(RUNS + pipeline.TABLES)
    db.execute("UPDATE runs SET state = 'lost', note = 'process ended' WHERE state = 'running'")
    db.commit()
    for source in sorted((folder / "incoming").glob("*.csv")):
        run_day(db, source)
    db.close()


if __name__ == "__main__":
    main()
