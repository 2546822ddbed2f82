"""Builds all three tables anew from the files, in one transaction; safe to start again."""

import sqlite3
from pathlib import Path

from pipeline import read


def main() -> None:
    files = {source.stem: read(source) for source in sorted(Path("incoming").glob("*.csv"))}
    rows = [(day, *row) for day, readings in files.items() for row in readings]
    db = sqlite3.connect("store.db")
    with db:
        for table in ("readings", "daily", "meters"):
            db.execute(f"DELETE FROM {table}")
        db.executemany("INSERT INTO readings VALUES (?, ?, ?)", rows)
        db.execute("INSERT INTO daily SELECT day, COUNT(*), SUM(litres) FROM readings GROUP BY day")
        db.execute("INSERT INTO meters SELECT meter, SUM(litres) FROM readings GROUP BY meter")
    db.close()


if __name__ == "__main__":
    main()
