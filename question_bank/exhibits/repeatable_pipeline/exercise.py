"""The exercise on a step that is not safe to repeat: lay it out, kill it at random, and compare with an oracle."""

from __future__ import annotations

import csv
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from question_bank.exercise import Part
from question_bank.jail import Limits, Ran, run
from question_bank.jail.results import UnreadableError, read_json, whole

from ..bench import scripts
from .generate import GIVEN, Row, Totals, as_csv, build_store, corrected, oracle, world

TITLE = "A nightly load that doubles a day"
HERE = Path(__file__).parent
DAYS_DRIVEN = 6
KILLS = 7
# How a process ends that drive.py has ended.
ENDED = 137

README = """# A nightly load that doubles a day

A water company loads one file of meter readings each night into `store.db` (SQLite): `readings` holds every
reading, `daily` one line a day, `meters` the litres of each meter since the beginning. On the board,
yesterday's total was twice the usual one.

- `incoming/`: the files as they are valid now, one a day. A corrected file replaces the earlier one. A meter may
  send the same litres twice on one day; both readings count.
- `scheduler.py`: starts the step for each new or changed file and tries again after a failure. Leave it as it
  is; `runs` in the store and `run_log.csv` show what it did.
- `pipeline.py`: the step.

Two tasks:

1. Repair `pipeline.py`, so that each day counts once, however often its step is started, wherever its process
   ends and whether its file has changed since. `load_day(db, source, day)` keeps its name and arguments. Anyone
   who reads the store in between, also after a process has ended midway, finds a day as it was or as it will
   be, with the three tables in step. Columns of the three tables stay as they are.
2. Write `repair.py`: run in this folder, it brings `store.db` to what the files in `incoming/` say, in all
   three tables.

Scoring uses other files and another store, made in the same way. The process is ended at random places in between,
without warning; then all three tables are compared with what the files say. Python and its standard library are
enough. You have 45 minutes. Afterwards you talk us through it.
"""


def lay_out(folder: Path, seed: int) -> None:
    """Writes the task, the step and its scheduler, the files, the spoilt store and the run log."""
    made = world(seed)
    (folder / "README.md").write_text(README, encoding="utf-8")
    for path in sorted(GIVEN.glob("*.py")):
        shutil.copyfile(path, folder / path.name)
    _deliver(folder, made.current)
    build_store(folder / "store.db", made)
    with open(folder / "run_log.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("day", "attempt", "started", "ended", "state", "note"))
        writer.writerows(line[:6] for line in made.log)


def _deliver(folder: Path, files: Mapping[str, Sequence[Row]]) -> None:
    (folder / "incoming").mkdir(exist_ok=True)
    for day, rows in files.items():
        (folder / "incoming" / f"{day}.csv").write_text(as_csv(rows), encoding="utf-8")


def truth(folder: Path, seed: int, secret: int | None = None) -> dict[str, Any]:
    """What the three tables of the shown store should hold, by day and in all."""
    right = oracle(world(seed).current)
    wrong = [line._asdict() for line in world(seed).log if line.commits is not None or line.version]
    return {"daily": right.daily, "litres": sum(right.meters.values()), "troubles": wrong}


def check(folder: Path, seed: int, secret: int | None = None) -> list[Part]:
    """Repairs a hidden store, then drives the step through kills, corrected files and repeats."""
    hidden = seed if secret is None else secret
    return [*_repaired(folder, hidden), *_driven(folder, hidden)]


class Work:
    """What lies in the folder from one start of the step to the next: the store, and what the step keeps beside it."""

    def __init__(self, folder: Path, files: Mapping[str, Sequence[Row]]) -> None:
        self.ours: dict[str, bytes | Path] = {
            "scheduler.py": GIVEN / "scheduler.py",
            "_drive.py": HERE / "drive.py",
        }
        self.held: dict[str, bytes | Path] = dict(scripts(folder))
        self.incoming: dict[str, bytes] = {}
        self.deliver(files)

    def deliver(self, files: Mapping[str, Sequence[Row]]) -> None:
        self.incoming = {f"incoming/{day}.csv": as_csv(rows).encode() for day, rows in files.items()}

    def run(self, script: str, args: Sequence[str] = ()) -> Ran:
        ran = run(
            {**self.held, **self.incoming, **self.ours}, script, args, want=["*"], limits=Limits(seconds=20)
        )
        # A process that was ended from outside may leave nothing to read; then all is as it was.
        self.held = dict(ran.files) if ran.files else self.held
        return ran

    def look(self) -> tuple[Totals, bool] | None:
        """What the tables hold, read where nobody's code can do harm."""
        store = {name: data for name, data in self.held.items() if name.startswith("store.db")}
        ran = run({**store, "_look.py": HERE / "look.py"}, "_look.py", want=["held.json"])
        try:
            held = read_json(ran.files["held.json"])
            readings = Counter(
                {(str(d), str(m), whole(x)): whole(count) for d, m, x, count in held["readings"]}
            )
            lines = [(str(day), whole(count), whole(litres)) for day, count, litres in held["daily"]]
            meters = {str(meter): whole(litres) for meter, litres in held["meters"] if litres}
        except (UnreadableError, KeyError, TypeError, ValueError):
            return None
        daily = {day: (count, litres) for day, count, litres in lines}
        return Totals(readings, daily, meters), len(lines) == len(daily)


@contextmanager
def _bench(folder: Path, files: Mapping[str, Sequence[Row]]) -> Iterator[Work]:
    """A fresh folder with the candidate's modules, the trusted scheduler and these files."""
    yield Work(folder, files)


def _drive(work: Work, kind: str, number: int = 0) -> Ran:
    return work.run("_drive.py", [kind, str(number)])


def _read(work: Work) -> tuple[Totals, bool] | None:
    return work.look()


def _equal(found: tuple[Totals, bool] | None, right: Totals) -> tuple[bool, bool, bool]:
    """Whether readings, daily and meters hold exactly what they should."""
    if found is None:
        return False, False, False
    held, one_line = found
    return (
        held.readings == right.readings,
        one_line and held.daily == right.daily,
        held.meters == right.meters,
    )


def _repaired(folder: Path, seed: int) -> list[Part]:
    made = world(seed, "repair")
    with _bench(folder, made.current) as work, tempfile.TemporaryDirectory() as name:
        build_store(Path(name) / "store.db", made)
        work.held["store.db"] = (Path(name) / "store.db").read_bytes()
        ran = work.run("repair.py")
        same = _equal(_read(work), oracle(made.current))
    note = _said(same) if ran.code == 0 else f"repair.py ended with {ran.code}: {ran.err.strip()[-160:]}"
    return [_part("repair.py brings a spoilt store to what the files say", 18, _share(same), note)]


def _driven(folder: Path, seed: int) -> list[Part]:
    draw = random.Random(f"{seed}:drive")
    made = world(seed, "drive")
    files = dict(list(made.current.items())[:DAYS_DRIVEN])
    with _bench(folder, files) as work:
        a_day = _touches_a_day(folder, files)
        ended, half = _kill(work, files, a_day, draw)
        final = _drive(work, "through")
        # A step that keeps its work away from where it would be ended has not stood anything.
        after_kills = _equal(_read(work), oracle(files)) if ended >= KILLS // 2 else (False, False, False)
        files |= {day: corrected(draw, list(files[day])) for day in draw.sample(sorted(files), 2)}
        work.deliver(files)
        for kind, number in (("at", 1 + draw.randrange(a_day)), ("done", 1), ("through", 0)):
            _drive(work, kind, number)
        after_correction = _equal(_read(work), oracle(files))
        _drive(work, "again")
        after_repeat = _equal(_read(work), oracle(files))
    trouble = "" if final.code == 0 else f"; the step ended with {final.err.strip()[-160:]}"
    return [
        _part("Tables equal the files after random kills and retries", 16, _share(after_kills),
              _said(after_kills) + trouble),
        _part("No half state could be read after any kill", 10, not half and all(after_kills), half),
        _part("Corrected files replace the earlier ones", 12, _share(after_correction), _said(after_correction)),
        _part("Each step once more by hand changes nothing", 4, _share(after_repeat), _said(after_repeat)),
    ]  # fmt: skip


def _touches_a_day(folder: Path, files: Mapping[str, list[Row]]) -> int:
    """How often the step touches the database for one day, when nothing stops it."""
    with _bench(folder, files) as work:
        counted = _drive(work, "through").files.get("touches.txt", b"0")
    touches = int(counted) if counted.isdigit() and len(counted) < 7 else 0
    return max(4, touches // len(files))


def _kill(work: Work, files: Mapping[str, list[Row]], a_day: int, draw: random.Random) -> tuple[int, str]:
    """End the process at random places; how often that worked, and the first half state that a reader found."""
    places = [("at", 1 + draw.randrange(a_day)) for _ in range(KILLS)]
    places[0:0], places[3:3] = [("done", 1)], [("done", 2)]
    half, ended = "", 0
    for kind, number in places:
        ended += _drive(work, kind, number).code == ENDED and kind == "at"
        half = half or _half_state(_read(work), files)
    return ended, half if ended >= KILLS // 2 else f"the step could be ended {ended} of {KILLS} times only"


def _half_state(found: tuple[Totals, bool] | None, files: Mapping[str, list[Row]]) -> str:
    """Which day stands half in the store, or in some tables only; empty where none does."""
    if found is None:
        return ""
    held, one_line = found
    loaded = {day for day, _, _ in held.readings} | set(held.daily)
    right = oracle({day: rows for day, rows in files.items() if day in loaded})
    same = _equal((held, one_line), right)
    return "" if all(same) else f"after a kill: {_said(same)}"


def _share(same: tuple[bool, bool, bool]) -> float:
    return sum(same) / 3


def _said(same: tuple[bool, bool, bool]) -> str:
    wrong = [name for name, right in zip(("readings", "daily", "meters"), same, strict=True) if not right]
    return f"wrong: {', '.join(wrong)}" if wrong else "all three tables right"


def _part(what: str, points: int, share: float, note: str) -> Part:
    return Part(what=what, points=points, got=round(points * share, 2), note=note)
