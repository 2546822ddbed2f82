"""The shape of the code: how long its functions and files are, and how much a function decides.

`python -m tests.shape` prints it, a line for each package, and then whatever is over a bound.
"""

from __future__ import annotations

import ast
import json
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.javascript_install import PACKAGES, find_node

ROOT = Path(__file__).parent.parent
# Steps of the schema in a row: what they are is a list.
MIGRATIONS = "scorecards/store/migrations/"
SHIPPED = ("rubrics", "question_bank", "scorecards", "interview_kit")
# Exhibits and exercises are content: code that candidates read.
CONTENT = "question_bank/exhibits/"

MOST_LINES = 50
MOST_IN_NINE_OF_TEN = 20
MOST_DECISIONS = 20
MOST_LINES_IN_FILE = 400

_BRANCHES = (ast.If, ast.For, ast.While, ast.ExceptHandler, ast.IfExp, ast.Assert, ast.match_case)


class Function(NamedTuple):
    """A function: where it stands, its lines from `def` to its end, and its cyclomatic complexity."""

    path: str
    name: str
    lines: int
    decisions: int

    @property
    def place(self) -> str:
        return f"{self.path}:{self.name}"


class Row(NamedTuple):
    """What the functions of a package come to."""

    functions: int
    median: int
    nine_of_ten: int
    longest: int


def paths_of(*endings: str) -> list[str]:
    """Files that git keeps, or would keep; empty outside a checkout."""
    wanted = [f"*.{ending}" for ending in endings]
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *wanted]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    names = sorted(name for name in done.stdout.split("\0") if name and (ROOT / name).is_file())
    return [name for name in names if not name.startswith(CONTENT)]


def package_of(path: str) -> str:
    """The package that a file is counted with: a room of the two large packages, otherwise its first folder."""
    parts = path.split("/")
    rooms = 2 if parts[0] in ("scorecards", "interview_kit") else 1
    return "/".join(parts[: min(rooms, len(parts) - 1)]) or "."


def decisions(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """McCabe's complexity, each condition of a comprehension and each `and` or `or` counted too."""
    return 1 + sum(_branches(node) for statement in function.body for node in ast.walk(statement))


def _branches(node: ast.AST) -> int:
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.comprehension):
        return 1 + len(node.ifs)
    return int(isinstance(node, _BRANCHES))


def functions_in(source: str, path: str) -> Iterator[Function]:
    """Every function of a Python file, those inside others too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield Function(path, node.name, lines, decisions(node))


@cache
def python_functions() -> tuple[Function, ...]:
    """Every function of the project in Python, without migrations."""
    paths = [path for path in paths_of("py") if not path.startswith(MIGRATIONS)]
    return tuple(one for path in paths for one in functions_in((ROOT / path).read_text("utf-8"), path))


@cache
def javascript_functions() -> tuple[Function, ...]:
    """Every function of the browser code; empty where node or its packages are missing."""
    node = find_node()
    if node is None or not (PACKAGES / "typescript").is_dir():
        return ()
    scripts = [path for path in paths_of("js") if path.startswith("interview_kit/")]
    command = [node, "tests/javascript/functions.js", *scripts]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(Function(one["path"], one["name"], one["lines"], 0) for one in json.loads(done.stdout))


def by_package(functions: Iterable[Function]) -> dict[str, Row]:
    """What the functions of each package come to; nine in ten are no longer than `nine_of_ten`."""
    found: dict[str, list[int]] = defaultdict(list)
    for one in functions:
        found[package_of(one.path)].append(one.lines)
    return {package: row_of(sorted(lines)) for package, lines in sorted(found.items())}


def row_of(lines: list[int]) -> Row:
    """Of lengths in order."""
    return Row(len(lines), lines[len(lines) // 2], lines[len(lines) * 9 // 10], lines[-1])


def long_files() -> dict[str, int]:
    """Files of what ships, of its tests and of its benchmarks that are too long, with their lines."""
    kept = [path for path in paths_of("py", "js") if path.startswith((*SHIPPED, "tests/", "benchmarks/"))]
    lines = {path: len((ROOT / path).read_text("utf-8").splitlines()) for path in kept}
    return {path: count for path, count in lines.items() if count > MOST_LINES_IN_FILE}


def long_functions() -> dict[str, int]:
    """Functions that are too long, with their lines."""
    every = (*python_functions(), *javascript_functions())
    return {one.place: one.lines for one in every if one.lines > MOST_LINES}


def tangled_functions() -> dict[str, int]:
    """Functions that decide too much, with their complexity."""
    return {one.place: one.decisions for one in python_functions() if one.decisions > MOST_DECISIONS}


def _table(rows: Mapping[str, Row]) -> Iterator[str]:
    yield f"{'Package':<28}{'functions':>10}{'median':>8}{'p90':>5}{'longest':>9}"
    for package, row in rows.items():
        yield f"{package:<28}{row.functions:>10}{row.median:>8}{row.nine_of_ten:>5}{row.longest:>9}"


def _outliers(title: str, found: Mapping[str, int]) -> Iterator[str]:
    yield f"\n{title}: {len(found) or 'none'}"
    for place, count in sorted(found.items(), key=lambda one: (-one[1], one[0])):
        yield f"{count:>5} {place}"


def report() -> Iterator[str]:
    """The whole of it, line by line."""
    yield from _table(by_package(python_functions()))
    scripts = by_package(javascript_functions())
    yield from (
        ["", "JavaScript", *_table(scripts)] if scripts else ["", "JavaScript: no node to count it with"]
    )
    yield from _outliers(f"Functions over {MOST_LINES} lines", long_functions())
    yield from _outliers(f"Functions with a complexity over {MOST_DECISIONS}", tangled_functions())
    yield from _outliers(f"Files over {MOST_LINES_IN_FILE} lines", long_files())


if __name__ == "__main__":
    print(*report(), sep="\n")
