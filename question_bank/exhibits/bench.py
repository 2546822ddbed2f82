"""A bench for exercises: cases led from outside against a candidate's module in the jail, and how parts are scored."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from question_bank.exercise import Part
from question_bank.jail import CandidateError, Limits, RefusedError, run
from question_bank.jail.results import UnreadableError, read_json

Case = Callable[[int | str], str]


class FailedError(Exception):
    """A case failed; the text says what was seen."""


class Verdicts(NamedTuple):
    """For each case the empty string where it passed, or what was seen."""

    seen: dict[str, str]

    def passed(self, names: Sequence[str]) -> list[str]:
        return [name for name in names if self.seen.get(name, "missing") == ""]

    def first_failure(self, names: Sequence[str]) -> str:
        failed = [(name, self.seen[name]) for name in names if self.seen.get(name)]
        return f"{failed[0][0]}: {failed[0][1]}" if failed else ""


def run_cases(judge: Any, cases: Sequence[str], folder: Path, hidden: int) -> Verdicts:
    """Run the functions of the module `judge` named by `cases`; each leads a process of its own."""
    return Verdicts({name: _tried(getattr(judge, name), folder, hidden) for name in cases})


def _tried(case: Callable[[Path, int], str], folder: Path, hidden: int) -> str:
    try:
        return case(folder, hidden)
    except RefusedError:
        raise
    except (CandidateError, FailedError, UnreadableError) as error:
        return str(error) or type(error).__name__


def handed_in(folder: Path, *but: str, pattern: str = "**/*") -> dict[str, Path]:
    """The files of a folder by their names in it, without those that are laid over."""
    found = (path for path in sorted(folder.glob(pattern)) if path.is_file())
    named = {path.relative_to(folder).as_posix(): path for path in found}
    return {name: path for name, path in named.items() if name not in but and "__pycache__" not in name}


def scripts(folder: Path, *but: str) -> dict[str, Path]:
    """The candidate's own modules, at the top of the folder."""
    return handed_in(folder, *but, pattern="*.py")


def laid_out(lay_out: Callable[[Path], None], folder: Path) -> dict[str, bytes]:
    """What an exercise writes for a candidate, as bytes by name."""
    folder.mkdir()
    lay_out(folder)
    return {name: path.read_bytes() for name, path in handed_in(folder).items()}


def part(what: str, points: int, verdicts: Verdicts, names: Sequence[str], counts: bool = True) -> Part:
    """A part that earns its share of passed cases, or nothing where `counts` is false."""
    passed = verdicts.passed(names)
    got = points * len(passed) / len(names) if counts else 0.0
    note = f"{len(passed)} of {len(names)}"
    if failure := verdicts.first_failure(names):
        note += f"; {failure}"
    return Part(what=what, points=points, got=round(got, 2), note=note)


Files = Mapping[str, bytes | Path]


def reported(
    folder: Path, lay_out: Callable[[Path], None], read: Callable[[Any], dict[str, Any]]
) -> tuple[dict[str, Any] | None, str]:
    """What `read` finds in report.json, or in what answer.py makes of data laid out here; else None and why."""
    data: bytes | None = None
    if (folder / "answer.py").is_file():
        with tempfile.TemporaryDirectory() as temporary:
            given = laid_out(lay_out, Path(temporary) / "given")
            held = {**given, **scripts(folder)}
            ran = run(held, "answer.py", want=["report.json"], limits=Limits(seconds=60))
        if ran.code != 0:
            return None, f"answer.py ended with {ran.code}: {ran.err.strip()[-200:]}"
        data = ran.files.get("report.json")
    elif (folder / "report.json").is_file():
        data = (folder / "report.json").read_bytes()
    if data is None:
        return None, "report.json cannot be read: it is missing"
    try:
        return read(read_json(data)), ""
    except (UnreadableError, KeyError, TypeError, ValueError) as error:
        return None, f"report.json cannot be read: {type(error).__name__} {error}"
