"""The exercise on a capacity sheet: lay it out, and try what was written on other days."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from question_bank.exercise import Part
from question_bank.jail import CandidateError, Limits, Session, serving

from ..bench import laid_out, scripts
from .generate import HIDDEN_DAYS, LINES, SHOWN, Answers, Day, answers, day, talk

TITLE = "A capacity sheet and its log"
HERE = Path(__file__).parent

README = """# A capacity sheet and its log

A service describes photographs for an image archive. Requests are served in order of arrival; each worker handles one
at a time, as fast alone as alongside others. This folder holds one day:

| file | holds |
|---|---|
| `requests.csv` | every request: `arrived`, `started`, `finished` in ms since midnight, `size` of the answer in bytes |
| `sheet.csv` | the capacity sheet that the team plans with: `line`, `value`, `unit`, `made_from` |
| `outage.json` | a planned outage on that day: `begin`, `end` in ms since midnight, `workers` |

The sheet was made from the log of an earlier week, so each measured figure is a few percent off this day's. That is no
error. At most one line was entered in another unit than it says. Sizes are decimal: 1 kB is 1,000 bytes, 1 Mbit a
million bits.

Write `capacity.py` with `plan(folder)`, which reads the three files in `folder` and returns a dictionary with

| key | meaning |
|---|---|
| `busiest_per_second` | requests a second in the busiest quarter hour (they begin at :00, :15, :30, :45), by arrival |
| `busy_workers` | how many workers the requests of that quarter hour keep busy on average |
| `workers_needed` | fewest workers of whom at most 70 % are then busy |
| `waiting` | requests that wait at `end` (rules of the outage below) |
| `minutes_to_clear` | minutes from `end` until, for the first time, nobody waits |
| `workers_to_clear_in_60` | fewest workers, from `end` on and at least `workers`, for whom that takes at most 60 minutes |
| `wrong_line` | the line that was entered in the wrong unit; `None` if there is none |

Rules of the outage: from `begin` to `end` no request is started and none is lost; those started before are finished as
in the log. From `end` on, `workers` serve in order of arrival.

`python run.py` prints what you return for this folder. Scoring calls `plan` for four other days, one of which has no
wrong line. Python, NumPy and pandas are there; no network is needed. You have 40 minutes. Afterwards we talk about it,
and change it together.
"""

RUN = '''"""Calls capacity.plan: `python run.py` for this folder, `python run.py FOLDER ...` for others."""

import json
import sys


def main(folders):
    from capacity import plan

    said = {}
    for folder in folders:
        try:
            said[folder] = plan(folder)
        except Exception as error:
            said[folder] = {"error": f"{type(error).__name__}: {error}"}
    text = json.dumps(said, indent=1, default=float)
    if folders == ["."]:
        print(text)
    else:
        with open("said.json", "w", encoding="utf-8") as file:
            file.write(text)


main(sys.argv[1:] or ["."])
'''


def lay_out(folder: Path, seed: int) -> None:
    """Writes the task, the script that calls it, and one day."""
    (folder / "README.md").write_text(README, encoding="utf-8")
    (folder / "run.py").write_text(RUN, encoding="utf-8")
    write(day(seed, SHOWN), folder)


def write(shown: Day, folder: Path) -> None:
    """The three files of a day."""
    with open(folder / "requests.csv", "w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(shown.log._fields)
        lines.writerows(zip(*(column.tolist() for column in shown.log), strict=True))
    with open(folder / "sheet.csv", "w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(("line", "value", "unit", "made_from"))
        lines.writerows((name, f"{shown.sheet[name]:g}", unit, made) for name, unit, made in LINES)
    text = json.dumps(shown.outage._asdict(), indent=1)
    (folder / "outage.json").write_text(text + "\n", encoding="utf-8")


def truth(folder: Path, seed: int, secret: int | None = None) -> dict[str, Any]:
    """The answers for the day shown, with those of the talk about it, and for the days that are scored."""
    shown = day(seed, SHOWN)
    scored = {
        f"day {number}": answers(day(_seed_of(number, seed, secret), number))._asdict()
        for number in range(1, HIDDEN_DAYS + 1)
    }
    return {"shown": {**answers(shown)._asdict(), **talk(shown)._asdict()}, **scored}


def check(folder: Path, seed: int, secret: int | None = None) -> list[Part]:
    """Scores capacity.py on the hidden days; what it reads is written by us."""
    days = [day(_seed_of(number, seed, secret), number) for number in range(1, HIDDEN_DAYS + 1)]
    said, trouble = _said(folder, days)
    return _scored([answers(asked) for asked in days], said, trouble)


def _seed_of(number: int, seed: int, secret: int | None) -> int:
    return seed if secret is None or number == SHOWN else secret


def _said(folder: Path, days: Sequence[Day]) -> tuple[list[dict[str, Any]], str]:
    """What plan returns for each day, and why it gave nothing at all."""
    names = [f"day-{number}" for number in range(1, len(days) + 1)]
    files: dict[str, bytes | Path] = dict(scripts(folder))
    with tempfile.TemporaryDirectory() as held:
        for name, asked in zip(names, days, strict=True):
            written = laid_out(partial(write, asked), Path(held) / name)
            files |= {f"{name}/{file}": data for file, data in written.items()}
    try:
        with serving(files, HERE / "drive.py", limits=Limits(seconds=40)) as asked_for:
            return [_planned(asked_for, name) for name in names], ""
    except CandidateError as error:
        return [{} for _ in names], f"capacity.py gave nothing: {error}"


def _planned(session: Session, name: str) -> dict[str, Any]:
    try:
        said = session.do(name)
    except CandidateError as error:
        return {"error": str(error)}
    return said if isinstance(said, dict) else {}


def _scored(true: Sequence[Answers], said: Sequence[dict[str, Any]], trouble: str) -> list[Part]:
    pairs = list(zip(true, said, strict=True))
    named = _wrong_lines(pairs)
    trouble = trouble or next((str(one["error"]) for one in said if "error" in one), "")

    def part(what: str, points: int, credit: Callable[[Answers, dict[str, Any]], float]) -> Part:
        shares = [credit(*pair) for pair in pairs]
        note = f"{sum(shares):g} of {len(shares)} days"
        got = round(points * sum(shares) / len(shares), 2)
        return Part(what=what, points=points, got=got, note=trouble or note)

    return [
        part("Requests a second in the busiest quarter hour", 8, _busiest),
        part("Workers busy then, and workers needed", 14, _busy),
        part("Requests that wait when the outage ends", 10, _waiting),
        part("Minutes until nobody waits, and workers for an hour", 16, _clear),
        Part(
            what="The line in another unit, and no line where there is none",
            points=12,
            got=round(12 * named, 2),
            note=trouble or f"{sum(_right_line(*pair) for pair in pairs)} of {len(pairs)} days",
        ),
    ]


def _near(value: Any, true: float, share: float, least: float = 0.0) -> bool:
    """Whether a number lies within a share of the truth, or within `least` of it."""
    try:
        return abs(float(value) - true) <= max(share * abs(true), least)
    except (TypeError, ValueError, OverflowError):
        return False


def _busiest(true: Answers, said: dict[str, Any]) -> float:
    return float(_near(said.get("busiest_per_second"), true.busiest_per_second, 0.01))


def _busy(true: Answers, said: dict[str, Any]) -> float:
    """Half for the workers busy; the other half for those needed, where the first is right."""
    if not _near(said.get("busy_workers"), true.busy_workers, 0.02):
        return 0.0
    return 0.5 + 0.5 * _near(said.get("workers_needed"), true.workers_needed, 0)


def _waiting(true: Answers, said: dict[str, Any]) -> float:
    return float(_near(said.get("waiting"), true.waiting, 0.02))


def _clear(true: Answers, said: dict[str, Any]) -> float:
    """Half for the minutes, within 6 % or 5 minutes; the rest for the workers, a quarter if one beside."""
    if not _near(said.get("minutes_to_clear"), true.minutes_to_clear, 0.06, 5):
        return 0.0
    given = said.get("workers_to_clear_in_60")
    exact, beside = (_near(given, true.workers_to_clear_in_60, 0, least) for least in (0, 1))
    return 0.5 + 0.25 * exact + 0.25 * beside


def _right_line(true: Answers, said: dict[str, Any]) -> bool:
    return "wrong_line" in said and said["wrong_line"] == true.wrong_line


def _wrong_lines(pairs: Sequence[tuple[Answers, dict[str, Any]]]) -> float:
    """Share of wrong lines found, less what a false alarm on the day without one costs: a quarter."""
    found = [_right_line(true, said) for true, said in pairs if true.wrong_line]
    calm = all(_right_line(true, said) for true, said in pairs if true.wrong_line is None)
    return max(0.0, sum(found) / len(found) * (1.0 if calm else 0.75))
