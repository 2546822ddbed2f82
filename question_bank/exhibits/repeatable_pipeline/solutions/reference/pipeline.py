"""The nightly step: replaces one day in all three tables, in one transaction."""

import csv
import sqlite3
from pathlib import Path

TABLES = """
CREATE TABLE IF NOT EXISTS readings (day TEXT, meter TEXT, litres INTEGER);
CREATE TABLE IF NOT EXISTS daily (day TEXT, readings INTEGER, litres INTEGER);
CREATE TABLE IF NOT EXISTS meters (meter TEXT PRIMARY KEY, litres INTEGER);
"""
ADD = "INSERT INTO meters VALUES (?, ?) ON CONFLICT (meter) DO UPDATE SET litres = litres + excluded.litres"


def read(source: Path) -> list[tuple[str, int]]:
    with open(source, newline="", encoding="utf-8") as file:
        return [(row["meter"], int(row["litres"])) for row in csv.DictReader(file)]


def load_day(db: sqlite3.Connection, source: Path, day: str) -> None:
    """What the day held before is taken out, what the file says is put in; a kill undoes both."""
    rows = read(source)
    with db:
        before = db.execute("SELECT meter, -litres FROM readings WHERE day = ?", (day,)).fetchall()
        db.executemany(ADD, before)
        db.execute("DELETE FROM readings WHERE day = ?", (day,))
        db.execute("DELETE FROM daily WHERE day = ?", (day,))
        db.executemany("INSERT INTO readings VALUES (?, ?, ?)", [(day, *row) for row in rows])
        db.execute("INSERT INTO daily VALUES (?, ?, ?)", (day, len(rows), sum(litres for _, litres in rows)))
        db.executemany(ADD, rows)
