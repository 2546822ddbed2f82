"""Runs in the jail, without the candidate's code: what the three tables of a store hold, as JSON.

A store that someone else's program wrote is not opened outside.
"""

import json
import sqlite3
from collections import Counter

MOST = 20_000


def rows(db, query):
    found = db.execute(query).fetchmany(MOST + 1)
    if len(found) > MOST:
        raise SystemExit("too many rows")
    return found


def main():
    db = sqlite3.connect("store.db")
    readings = Counter(rows(db, "SELECT day, meter, litres FROM readings"))
    held = {
        "readings": [[*row, count] for row, count in readings.items()],
        "daily": rows(db, "SELECT day, readings, litres FROM daily"),
        "meters": rows(db, "SELECT meter, litres FROM meters"),
    }
    with open("held.json", "w", encoding="utf-8") as file:
        json.dump(held, file)


main()
