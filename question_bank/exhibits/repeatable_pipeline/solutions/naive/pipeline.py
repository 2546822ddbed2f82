"""The nightly step: deletes the day before it is loaded; totals by meter are added as before."""

import csv
import sqlite3
from pathlib import Path

TABLES = """
CREATE TABLE IF NOT EXISTS readings (day TEXT, meter TEXT, litres INTEGER);
CREATE TABLE IF NOT EXISTS daily (day TEXT, readings INTEGER, litres INTEGER);
CREATE TABLE IF NOT EXISTS meters (meter TEXT PRIMARY KEY, litres INTEGER);
"""


def read(source: Path) -> list[tuple[str, int]]:
    with open(source, newline="", encoding="utf-8") as file:
        return [(row["meter"], int(row["litres"])) for row in csv.DictReader(file)]


def load_day(db: sqlite3.Connection, source: Path, day: str) -> None:
    rows = read(source)
    db.execute("DELETE FROM readings WHERE day = ?", (day,))
    db.execute("DELETE FROM daily WHERE day = ?", (day,))
    db.commit()
    db.executemany("INSERT INTO readings VALUES (?, ?, ?)", [(day, *row) for row in rows])
    db.commit()
    total = "SELECT day, COUNT(*), SUM(litres) FROM readings WHERE day = ? GROUP BY day"
    db.execute(f"INSERT INTO daily {total}", (day,))
    db.commit()
    db.executemany(
        "INSERT INTO meters VALUES (?, ?)"
        " ON CONFLICT (meter) DO UPDATE SET litres = litres + excluded.litres",
        rows,
    )
    db.commit()
