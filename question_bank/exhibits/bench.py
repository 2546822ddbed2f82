"""A bench for exercises whose answer is one module: cases in, verdicts out, in a closed process.

It keeps honest code honest and stops simple forgeries (printed words, edited data, leaving early). It is no
jail: code that walks the interpreter's own frames can still forge a verdict, so the talk about it decides.
"""

from __future__ import annotations

import json
import secrets
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from question_bank.exercise import Part, run_guarded

# Runs in the candidate's process. Cases and nonce are taken off the disk before their code is imported, so
# that printing the wanted words, or leaving early, earns nothing.
RUNNER = """
import importlib, json, os, sys, traceback

def main():
    with open("_cases.json", encoding="utf-8") as file:
        held = json.load(file)
    os.remove("_cases.json")
    del sys.argv[1:]
    import _judge
    verdicts = {}
    for name in held["cases"]:
        try:
            verdicts[name] = getattr(_judge, name)(importlib, held["seed"]) or ""
        except BaseException as error:
            verdicts[name] = f"{type(error).__name__}: {error}"[:200]
    sys.stdout.write("\\n" + held["nonce"] + json.dumps(verdicts) + "\\n")
    sys.stdout.flush()

main()
"""


class Verdicts(NamedTuple):
    """For each case the empty string where it passed, or what was seen; `trouble` where nothing came back."""

    seen: dict[str, str]
    trouble: str

    def passed(self, names: Sequence[str]) -> list[str]:
        return [name for name in names if self.seen.get(name, "missing") == ""]

    def first_failure(self, names: Sequence[str]) -> str:
        failed = [(name, self.seen[name]) for name in names if self.seen.get(name)]
        return f"{failed[0][0]}: {failed[0][1]}" if failed else self.trouble


def run_cases(
    folder: Path, trusted: Mapping[str, str], judge: str, cases: Sequence[str], seed: int, seconds: int = 40
) -> Verdicts:
    """Run the functions of `judge` named by `cases` against a copy of `folder`.

    `trusted` are files laid over the candidate's, so that editing the data or the stand-ins has no effect.
    """
    nonce = secrets.token_hex(16)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name) / "work"
        laid_over = {**trusted, "_judge.py": judge, "_runner.py": RUNNER}
        unwanted = shutil.ignore_patterns("__pycache__", "_cases.json", *laid_over)
        shutil.copytree(folder, work, ignore=unwanted, ignore_dangling_symlinks=True)
        for path, text in laid_over.items():
            (work / path).write_text(text, encoding="utf-8")
        held = {"nonce": nonce, "seed": seed, "cases": list(cases)}
        (work / "_cases.json").write_text(json.dumps(held), encoding="utf-8")
        ran = run_guarded(work, "_runner.py", seconds=seconds)
    lines = [line for line in ran.out.splitlines() if line.startswith(nonce)]
    if not lines:
        return Verdicts(
            {}, (ran.err.strip().splitlines() or ["the program ended without a result"])[-1][:200]
        )
    seen: dict[str, Any] = json.loads(lines[-1][len(nonce) :])
    return Verdicts({key: str(value) for key, value in seen.items()}, "")


def part(what: str, points: int, verdicts: Verdicts, names: Sequence[str], counts: bool = True) -> Part:
    """A part that earns its share of passed cases, or nothing where `counts` is false."""
    passed = verdicts.passed(names)
    got = points * len(passed) / len(names) if counts else 0.0
    note = f"{len(passed)} of {len(names)}"
    if failure := verdicts.first_failure(names):
        note += f"; {failure}"
    return Part(what=what, points=points, got=round(got, 2), note=note)
