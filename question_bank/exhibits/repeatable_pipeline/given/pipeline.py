"""The nightly step: loads one day's file of readings and brings the totals up to date."""

import csv
import sqlite3
from pathlib import Path

TABLES = """
CREATE TABLE IF NOT EXISTS readings (day TEXT, meter TEXT, litres INTEGER);
CREATE TABLE IF NOT EXISTS daily (day TEXT, readings INTEGER, litres INTEGER);
CREATE TABLE IF NOT EXISTS meters (meter TEXT PRIMARY KEY, litres INTEGER);
"""
BATCH = 100


def read(source: Path) -> list[tuple[str, int]]:
    with open(source, newline="", encoding="utf-8") as file:
        return [(row["meter"], int(row["litres"])) for row in csv.DictReader(file)]


def load_day(db: sqlite3.Connection, source: Path, day: str) -> None:
    rows = read(source)
    for start in range(0, len(rows), BATCH):
        batch = [(day, meter, litres) for meter, litres in rows[start : start + BATCH]]
        db.executemany("INSERT INTO readings VALUES (?, ?, ?)", batch)
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
