"""Practical exercises: a candidate's folder laid out from a seed, and a checker that scores what comes back.

An exercise is a package `exhibits/<slug>/` with

- `exercise.py`: `TITLE`; `lay_out(folder, seed)` writes what the candidate gets; `truth(folder, seed)` returns
  what the candidate must not see, as JSON values; `check(folder, seed)` returns the scored `Part`s;
- `solutions/reference`, `solutions/naive`, `solutions/cheating`: files laid over the candidate's folder, with
  the scores that they should get in `solutions/expected.json`.

The generator is public, the seed of a round is not: it stands in the sheet that `lay_out_exercise` puts beside
the candidate's folder and never inside it.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Annotated, NamedTuple

from pydantic import Field, computed_field

from rubrics.model import Slug, Text, Value

from .load import BANK

GUARD = Path(__file__).with_name("exercise_guard.py")


class ExerciseError(Exception):
    """An exercise cannot be laid out or checked; the message says why and what to do."""


class Part(Value):
    """One scored part of what a candidate handed in."""

    what: Text
    points: Annotated[int, Field(ge=1, le=100)]
    got: Annotated[float, Field(ge=0, le=100)]
    # What was seen: the number, the failing input, the missing file.
    note: str = ""


class Report(Value):
    """What a checker found. `score` is a percentage of the machine's points."""

    exercise: Slug
    parts: tuple[Part, ...]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def score(self) -> float:
        points = sum(part.points for part in self.parts)
        return round(100 * sum(part.got for part in self.parts) / points, 1)


class Ran(NamedTuple):
    """How a candidate's program ended. `code` is None where it ran out of time."""

    code: int | None
    out: str
    err: str


def exercises() -> tuple[str, ...]:
    """The slugs of all exercises, in order."""
    return tuple(
        sorted(path.parent.name.replace("_", "-") for path in (BANK / "exhibits").glob("*/exercise.py"))
    )


def load_exercise(slug: str) -> ModuleType:
    """The module of an exercise; `ExerciseError` names the ones there are."""
    if slug not in exercises():
        raise ExerciseError(f"there is no exercise '{slug}'; there are {', '.join(exercises())}")
    return importlib.import_module(f"question_bank.exhibits.{slug.replace('-', '_')}.exercise")


def lay_out_exercise(slug: str, folder: Path, seed: int) -> Path:
    """Write the candidate's folder; returns the interviewer's sheet, which holds the seed and the truth."""
    exercise = load_exercise(slug)
    if folder.exists() and any(folder.iterdir()):
        raise ExerciseError(f"{folder} is not empty; name a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    exercise.lay_out(folder, seed)
    sheet = sheet_of(folder)
    truth = exercise.truth(folder, seed)
    text = json.dumps({"exercise": slug, "seed": seed, "truth": truth}, indent=1, sort_keys=True)
    sheet.write_text(text + "\n", encoding="utf-8")
    return sheet


def sheet_of(folder: Path) -> Path:
    """Where the interviewer's sheet of a candidate's folder lies: beside it, never inside."""
    return folder.resolve().with_name(f"{folder.resolve().name}.interviewer.json")


def check_exercise(slug: str, folder: Path, seed: int | None = None) -> Report:
    """Score a folder that a candidate handed in. Without `seed` the interviewer's sheet beside it is read."""
    exercise = load_exercise(slug)
    if not folder.is_dir():
        raise ExerciseError(f"{folder}: there is no such folder")
    _refuse_ways_out(folder)
    return Report(exercise=slug, parts=tuple(exercise.check(folder, _seed(slug, folder, seed))))


def _refuse_ways_out(folder: Path) -> None:
    """No link out of a folder that somebody handed in is followed, and nothing is read that is no file."""
    home = folder.resolve()
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            raise ExerciseError(
                f"{folder} holds a link, {name!r}; look where it leads, delete it, check again"
            )
        if not (path.is_file() or path.is_dir()) or not path.resolve().is_relative_to(home):
            raise ExerciseError(f"{folder} holds {name!r}, which is no file; delete it and check again")


def _seed(slug: str, folder: Path, seed: int | None) -> int:
    if seed is not None:
        return seed
    sheet = sheet_of(folder)
    try:
        held = json.loads(sheet.read_text(encoding="utf-8"))
        found = (held["exercise"], int(held["seed"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ExerciseError(
            f"{sheet} cannot be read; put it back beside the folder, or give --seed"
        ) from error
    if found[0] != slug:
        raise ExerciseError(f"{sheet} belongs to the exercise '{found[0]}', not to '{slug}'")
    return found[1]


def run_candidate(
    folder: Path, script: str, args: Sequence[str] = (), *, seconds: int = 30, megabytes: int = 512
) -> Ran:
    """Run a candidate's script in a copy of their folder, with no network and no writing outside the copy.

    The guard keeps honest code honest and stops a careless one; it is no jail against an attacker. Whoever
    checks strangers' code does it on a machine that holds nothing else.
    """
    with tempfile.TemporaryDirectory() as copied:
        work = Path(copied) / "work"
        shutil.copytree(folder, work, symlinks=False, ignore_dangling_symlinks=True)
        return run_guarded(work, script, args, seconds=seconds, megabytes=megabytes)


def run_guarded(
    work: Path, script: str, args: Sequence[str] = (), *, seconds: int = 30, megabytes: int = 512
) -> Ran:
    """As `run_candidate`, in the folder itself: what the script writes there can be read afterwards."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_FSIZE, (megabytes << 20, megabytes << 20))
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))

    environment = {
        "PATH": os.defpath,
        "PYTHONHASHSEED": "0",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(GUARD), str(work.resolve()), script, *args],
            cwd=work,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
            preexec_fn=limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Ran(None, "", f"ran longer than {seconds} seconds")
    return Ran(done.returncode, done.stdout, done.stderr)
