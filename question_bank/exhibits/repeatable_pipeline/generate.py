"""Fourteen days of water-meter readings, and the store that the given step made of them.

The given step is really run, and stopped after chosen commits; what then stands in the store is what a retry
leaves behind.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import random
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

GIVEN = Path(__file__).with_name("given")
RUNS = "CREATE TABLE runs (day TEXT, attempt INTEGER, file TEXT, state TEXT, note TEXT);"
FIRST_DAY, DAYS = dt.date(2026, 5, 4), 14
Row = tuple[str, int]


class Attempt(NamedTuple):
    """One line of the run log; `commits` is after how many commits the step ended, None where it finished."""

    day: str
    attempt: int
    started: str
    ended: str
    state: str
    note: str
    version: int
    commits: int | None


class World(NamedTuple):
    """Files by day (for each the versions that arrived) and the log of what was tried."""

    files: dict[str, list[list[Row]]]
    log: list[Attempt]

    @property
    def current(self) -> dict[str, list[Row]]:
        return {day: versions[-1] for day, versions in self.files.items()}


class Totals(NamedTuple):
    """What the three tables have to hold; readings as a count of equal rows."""

    readings: Counter[tuple[str, str, int]]
    daily: dict[str, tuple[int, int]]
    meters: dict[str, int]


def days() -> list[str]:
    return [(FIRST_DAY + dt.timedelta(days=n)).isoformat() for n in range(DAYS)]


def rows_of(draw: random.Random, count: int) -> list[Row]:
    """A day's file. Some meters send the same amount twice, and both readings count."""
    rows = [(f"W{draw.randrange(100, 190)}", draw.randrange(5, 400)) for _ in range(count)]
    rows += draw.sample(rows, max(1, count // 40))
    draw.shuffle(rows)
    return rows


def corrected(draw: random.Random, rows: list[Row]) -> list[Row]:
    """The file that comes later: a few rows gone, a few amounts changed."""
    kept = [row for row in rows if draw.random() > 0.03]
    return [
        (meter, litres + (draw.randrange(1, 50) if draw.random() < 0.05 else 0)) for meter, litres in kept
    ]


def world(seed: int, name: str = "shown") -> World:
    """Files and log of a fortnight; troubles fall on days of the second week, drawn from seed and name."""
    draw = random.Random(f"{seed}:{name}")
    files = {day: [rows_of(draw, draw.randrange(230, 290))] for day in days()}
    week = days()[7:]
    last = week[-1]
    partly, empty, late, unsummed = draw.sample(week[:-1], 4)
    files[late].append(corrected(draw, files[late][0]))
    troubles = {last: "whole", partly: "partly", empty: "empty", late: "late", unsummed: "unsummed"}
    log = [line for day in days() for line in _attempts(draw, day, troubles.get(day, ""), len(files[day][0]))]
    return World(files, log)


def _attempts(draw: random.Random, day: str, trouble: str, count: int) -> list[Attempt]:
    """Lines of one day. Commits of the given step: one for each hundred rows, one for daily, one for meters."""
    batches = -(-count // 100)
    first, again = f"02:0{draw.randrange(2, 8)}", f"02:{draw.randrange(31, 40)}"
    stop = {"whole": batches + 2, "partly": 1, "unsummed": batches + 1}.get(trouble)
    if stop is not None:
        lost = Attempt(day, 1, first, "", "lost", "process ended", 0, stop)
        return [lost, Attempt(day, 2, again, _later(again), "done", "", 0, None)]
    if trouble == "empty":
        failed = Attempt(day, 1, first, first, "failed", "FileNotFoundError", 0, 0)
        return [failed, Attempt(day, 2, again, _later(again), "done", "", 0, None)]
    done = Attempt(day, 1, first, _later(first), "done", "", 0, None)
    return (
        [done, Attempt(day, 1, "14:10", "14:11", "done", "new file", 1, None)]
        if trouble == "late"
        else [done]
    )


def _later(time: str) -> str:
    hour, minute = time.split(":")
    return f"{hour}:{int(minute) + 1:02d}"


class EndedError(Exception):
    """The step's process is gone."""


class Stopping:
    """A connection whose step ends after so many commits; what came later never happened."""

    def __init__(self, db: sqlite3.Connection, commits: int | None):
        self.db, self.left = db, commits

    def commit(self) -> None:
        self.db.commit()
        self._count()

    def _count(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left <= 0:
                raise EndedError

    def execute(self, *args: object) -> sqlite3.Cursor:
        return self.db.execute(*args)  # type: ignore[arg-type]

    def executemany(self, *args: object) -> sqlite3.Cursor:
        return self.db.executemany(*args)  # type: ignore[arg-type]


def build_store(path: Path, made: World) -> None:
    """The store as the given step and its retries left it, with the run log in the table `runs`."""
    step = ModuleType("pipeline")
    exec((GIVEN / "pipeline.py").read_text(encoding="utf-8"), step.__dict__)
    db = sqlite3.connect(path)
    db.execute("PRAGMA synchronous = OFF")
    db.executescript(RUNS + step.TABLES)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "day.csv"
        for line in made.log:
            source.write_text(as_csv(made.files[line.day][line.version]), encoding="utf-8")
            if line.commits != 0:
                try:
                    step.load_day(Stopping(db, line.commits), source, line.day)
                except EndedError:
                    db.rollback()
            digest = hashlib.sha256(source.read_bytes()).hexdigest()[:8]
            row = (line.day, line.attempt, digest, line.state, line.note)
            db.execute("INSERT INTO runs VALUES (?, ?, ?, ?, ?)", row)
            db.commit()
    db.close()


def as_csv(rows: Sequence[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("meter", "litres"))
    writer.writerows(rows)
    return text.getvalue()


def oracle(files: dict[str, list[Row]]) -> Totals:
    """What the tables hold when every file has been loaded exactly once."""
    readings = Counter((day, meter, litres) for day, rows in files.items() for meter, litres in rows)
    daily = {day: (len(rows), sum(litres for _, litres in rows)) for day, rows in files.items()}
    meters: Counter[str] = Counter()
    for rows in files.values():
        for meter, litres in rows:
            meters[meter] += litres
    return Totals(readings, daily, dict(meters))


def tables(path: Path) -> tuple[Totals, bool]:
    """What a store holds, and whether `daily` has one line a day; meters at zero count as absent."""
    db = sqlite3.connect(path)
    try:
        readings = Counter(db.execute("SELECT day, meter, litres FROM readings").fetchall())
        lines = db.execute("SELECT day, readings, litres FROM daily").fetchall()
        meters = {meter: litres for meter, litres in db.execute("SELECT meter, litres FROM meters") if litres}
    finally:
        db.close()
    daily = {day: (count, litres) for day, count, litres in lines}
    return Totals(readings, daily, meters), len(lines) == len(daily)


class Page(NamedTuple):
    """What the question prints: the run log of the last week, rows and litres by day, and litres of all meters."""

    log: tuple[tuple[str, ...], ...]
    counts: tuple[tuple[str, ...], ...]
    meters: tuple[tuple[str, ...], ...]
    equal_rows: int


def page(seed: int = 3) -> Page:
    """The printed tables; the board shows the newest line of `daily`."""
    made = world(seed)
    with tempfile.TemporaryDirectory() as folder:
        build_store(Path(folder) / "store.db", made)
        db = sqlite3.connect(Path(folder) / "store.db")
        counts = tuple(_line(db, day, made.current[day]) for day in days()[7:])
        held = db.execute("SELECT SUM(litres) FROM meters").fetchone()[0]
        db.close()
    log = tuple(
        (line.day[5:], str(line.attempt), line.started, line.ended or "–", line.state, line.note or "–")
        for line in made.log
        if line.day in days()[7:]
    )
    due = sum(litres for rows in made.current.values() for _, litres in rows)
    meters = (
        ("Files of all 14 days", f"{due:,}"),
        ("Table meters", f"{held:,}"),
        ("Surplus", f"{held - due:,}"),
    )
    yesterday = made.current[days()[-1]]
    return Page(log, counts, meters, len(yesterday) - len(set(yesterday)))


def _line(db: sqlite3.Connection, day: str, rows: list[Row]) -> tuple[str, ...]:
    held = db.execute("SELECT COUNT(*) FROM readings WHERE day = ?", (day,)).fetchone()[0]
    lines = db.execute("SELECT litres FROM daily WHERE day = ? ORDER BY rowid", (day,)).fetchall()
    due = sum(litres for _, litres in rows)
    return day[5:], f"{len(rows)}", f"{held}", f"{len(lines)}", f"{due:,}", f"{lines[-1][0]:,}"


def main() -> None:
    shown = page()
    for table in shown[:3]:
        for row in table:
            print(*row, sep=" | ")
        print()
    print(shown.equal_rows)


if __name__ == "__main__":
    main()
