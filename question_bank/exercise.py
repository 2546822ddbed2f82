"""Practical exercises: a candidate's folder laid out from a seed, and a checker that scores what comes back.

An exercise is a package `exhibits/<slug>/` with

- `exercise.py`: `TITLE`; `NEEDS`, packages that its task promises beside the kit's own; `lay_out(folder, seed)`
  writes what the candidate gets; `truth(folder, seed, secret)` returns what the candidate must not see, as JSON
  values; `check(folder, seed, secret)` returns the scored `Part`s of a copy of what was handed in;
- `drive.py`, where there is one: the part of the checker that runs in the jail beside the candidate's code. It
  passes inputs and outputs on and knows nothing of what is expected;
- `solutions/reference`, `solutions/naive`, `solutions/cheating`: files laid over the candidate's folder, with
  the scores that they should get in `solutions/expected.json`.

Everything here is public, also to candidates; two numbers are not. What is shown follows from the `seed`, what is
tried in secret from the `secret`, and neither can be worked out from the other. Both lie in the sheet that
`lay_out_exercise` puts beside the candidate's folder and never inside it. Sheets of before hold a seed alone; then
it serves as both.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import json
import tempfile
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, NamedTuple

from pydantic import Field, computed_field

from rubrics.model import Slug, Text, Value

from .jail import jail_in_use
from .jail.folder import copied
from .jail.kinds import JailName
from .jail.limits import RefusedError
from .jail.results import plain
from .load import BANK


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
    # Which jail their code ran in: "none" where somebody said so.
    jail: JailName
    parts: tuple[Part, ...]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def score(self) -> float:
        points = sum(part.points for part in self.parts)
        return round(100 * sum(part.got for part in self.parts) / points, 1)


class Key(NamedTuple):
    """The truth on the interviewer's sheet: about the files shown, and about the hidden trials."""

    seed: int
    secret: int | None = None


def exercises() -> tuple[str, ...]:
    """The slugs of all exercises, in order."""
    return tuple(
        sorted(path.parent.name.replace("_", "-") for path in (BANK / "exhibits").glob("*/exercise.py"))
    )


def title(slug: str) -> str:
    """An exercise's title, read without loading what its checker needs."""
    return str(_constants(slug)["TITLE"])


@cache
def _constants(slug: str) -> dict[str, Any]:
    """The literal values at the top of an exercise's module."""
    if slug not in exercises():
        raise ExerciseError(f"there is no exercise '{slug}'; there are {', '.join(exercises())}")
    path = BANK / "exhibits" / slug.replace("-", "_") / "exercise.py"
    return {
        line.targets[0].id: ast.literal_eval(line.value)
        for line in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(line, ast.Assign)
        and isinstance(line.targets[0], ast.Name)
        and line.targets[0].id in ("TITLE", "NEEDS")
    }


def load_exercise(slug: str) -> ModuleType:
    """The module of an exercise; `ExerciseError` names the ones there are, or the package that is missing."""
    _constants(slug)
    try:
        return importlib.import_module(f"question_bank.exhibits.{slug.replace('-', '_')}.exercise")
    except ModuleNotFoundError as error:
        raise _missing(slug, str(error.name)) from error


def _missing(slug: str, module: str) -> ExerciseError:
    package = {"sklearn": "scikit-learn"}.get(module, module)
    return ExerciseError(
        f"the exercise '{slug}' needs the package {package}, which is not installed here: pip install {package}"
    )


def lay_out_exercise(slug: str, folder: Path, seed: int, secret: int | None = None) -> Path:
    """Write the candidate's folder; returns the interviewer's sheet, which holds seed, secret and truth.

    Without `secret` the hidden trials follow from the seed too: for tests, and where nobody can know the seed.
    """
    exercise = load_exercise(slug)
    if folder.exists() and any(folder.iterdir()):
        raise ExerciseError(f"{folder} is not empty; name a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    exercise.lay_out(folder, seed)
    sheet = sheet_of(folder)
    held = {"exercise": slug, "seed": seed, "truth": exercise.truth(folder, seed, secret)}
    if secret is not None:
        held["secret"] = f"{secret:x}"
    sheet.write_text(json.dumps(held, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return sheet


def sheet_of(folder: Path) -> Path:
    """Where the interviewer's sheet of a candidate's folder lies: beside it, never inside."""
    return folder.resolve().with_name(f"{folder.resolve().name}.interviewer.json")


def check_exercise(slug: str, folder: Path, seed: int | None = None, secret: int | None = None) -> Report:
    """Score a folder that a candidate handed in. Without `seed` the interviewer's sheet beside it is read.

    Their code runs in a jail (`question_bank.jail`); where none works, `ExerciseError` says what to install.
    """
    exercise = load_exercise(slug)
    for module in _constants(slug).get("NEEDS", ()):
        if importlib.util.find_spec(module) is None:
            raise _missing(slug, module)
    if not folder.is_dir():
        raise ExerciseError(f"{folder}: there is no such folder")
    try:
        jail = jail_in_use()
        return Report(exercise=slug, jail=jail.name, parts=_parts(exercise, folder, slug, seed, secret))
    except RefusedError as error:
        raise ExerciseError(str(error)) from error


def _parts(
    exercise: ModuleType, folder: Path, slug: str, seed: int | None, secret: int | None
) -> tuple[Part, ...]:
    with tempfile.TemporaryDirectory(prefix="handed-in-") as name:
        # Copied once, within limits: later changes to the folder have no effect.
        copied(folder, Path(name))
        key = _key(slug, folder) if seed is None else Key(seed, secret)
        parts = exercise.check(Path(name), key.seed, key.secret)
    # Notes quote what the candidate's code said; a terminal must be able to show them.
    return tuple(part.model_copy(update={"note": plain(part.note)}) for part in parts)


def _key(slug: str, folder: Path) -> Key:
    sheet = sheet_of(folder)
    try:
        held = json.loads(sheet.read_text(encoding="utf-8"))
        of, seed, secret = held["exercise"], int(held["seed"]), held.get("secret")
        key = Key(seed, None if secret is None else int(secret, 16))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ExerciseError(
            f"{sheet} cannot be read; put it back beside the folder, or give --seed"
        ) from error
    if of != slug:
        raise ExerciseError(f"{sheet} belongs to the exercise '{of}', not to '{slug}'")
    return key
