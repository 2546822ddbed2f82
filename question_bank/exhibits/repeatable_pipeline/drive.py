"""Runs the trusted scheduler with the candidate's step, and ends the process at a chosen place.

`_drive.py at N` ends it at the N-th time that a step touches the database, `_drive.py done N` just before the N-th
day is marked as done, `_drive.py through 0` lets it run and writes the number of touches to touches.txt,
`_drive.py again 0` repeats each day's step by hand.
"""

import os
import sqlite3
import sys
from pathlib import Path

kind, number = sys.argv[1], int(sys.argv[2])
seen = {"at": 0, "done": 0}
inside = []


def touch(what):
    if what == "at" and not inside:
        return
    seen[what] += 1
    if kind == what and seen[what] == number:
        # As if the machine had lost its power: nothing is rolled back or tidied up.
        os._exit(137)


def touching(method):
    def touched(self, *args, **kwargs):
        if args and str(args[0]).startswith("UPDATE runs SET state = ?") and args[1][0] == "done":
            touch("done")
        touch("at")
        result = method(self, *args, **kwargs)
        touch("at")
        return result

    return touched


class Cursor(sqlite3.Cursor):
    execute = touching(sqlite3.Cursor.execute)
    executemany = touching(sqlite3.Cursor.executemany)
    executescript = touching(sqlite3.Cursor.executescript)


class Connection(sqlite3.Connection):
    commit = touching(sqlite3.Connection.commit)
    __exit__ = touching(sqlite3.Connection.__exit__)

    def cursor(self, factory=Cursor):
        return super().cursor(factory)

    def execute(self, *args):
        return self.cursor().execute(*args)

    def executemany(self, *args):
        return self.cursor().executemany(*args)

    def executescript(self, *args):
        return self.cursor().executescript(*args)


open_store = sqlite3.connect
sqlite3.connect = lambda *args, **kwargs: open_store(*args, **{**kwargs, "factory": Connection})


def watched(step):
    def run(*args):
        inside.append(step)
        try:
            return step(*args)
        finally:
            inside.pop()

    return run


def main():
    import pipeline
    import scheduler

    if kind == "again":
        db = sqlite3.connect("store.db")
        for source in sorted(Path("incoming").glob("*.csv")):
            pipeline.load_day(db, source, source.stem)
        db.close()
        return
    pipeline.load_day = watched(pipeline.load_day)
    scheduler.main()
    if kind == "through":
        Path("touches.txt").write_text(str(seen["at"]), encoding="utf-8")


main()
