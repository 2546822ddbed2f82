"""How fast content is read and searched: the shipped bank, and thousands of copies of its questions.

Prints milliseconds with their targets, and ratios that hold on any machine: against PyYAML's own safe loader on
the same files, and against JSON, the fastest form that could be kept. The copies have ids of their own and lie
in a folder thrown away, as does what is kept of them for the next start. One run, on this machine.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import cycle, product
from pathlib import Path
from string import ascii_uppercase

import yaml

from question_bank import BANK
from rubrics.files import content_files

from .measuring import met, seconds

# One start of the kit: reads the bank in the folder and searches it, in milliseconds.
START = """
import json, sys, time
from pathlib import Path
from question_bank import BANK, load_bank
from rubrics import load_rubrics
rubrics, folder = load_rubrics(), Path(sys.argv[1])
def ms(work):
    begun = time.perf_counter()
    held = work()
    return held, 1000 * (time.perf_counter() - begun)
bank, first = ms(lambda: load_bank(folder, rubrics))
searches = [ms(lambda: bank.find(text=text))[1] for text in ("rollback", "sticker crates", "e", "xylophone")]
_, again = ms(lambda: load_bank(folder, rubrics))
print(json.dumps({"questions": len(bank.questions), "load": first, "again": again, "search": max(searches)}))
"""


def ids() -> Iterator[str]:
    """Ids as questions may have them, each once."""
    for *letters, number in product(ascii_uppercase, ascii_uppercase, ascii_uppercase, range(1000)):
        yield f"{''.join(letters)}-{number:03d}"


def copies(folder: Path, many: int) -> None:
    """Write so many questions: copies of the shipped ones, with other ids."""
    shipped = [(path.parent.name, path.read_text("utf-8")) for path in content_files(BANK / "questions")]
    for n, (new_id, (competency, text)) in enumerate(zip(ids(), cycle(shipped), strict=False)):
        if n == many:
            return
        path = folder / "questions" / competency / f"copy-{n:05d}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(re.sub(r"^id: \S+", f"id: {new_id}", text, count=1), "utf-8")


def started(folder: Path, cache: Path) -> dict[str, float]:
    """What a new process measures."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(BANK.parent)}
    command = [sys.executable, "-c", START, str(folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def fastest(work: Callable[[], object], rounds: int = 5) -> float:
    """The fewest milliseconds that the work took."""
    return 1000 * min(seconds(work) for _ in range(rounds))


def plain_ms() -> tuple[float, float]:
    """Milliseconds of PyYAML's safe loader in C, and of JSON, for the texts of the shipped questions."""
    texts = [path.read_text("utf-8") for path in content_files(BANK / "questions")]
    values = [json.dumps(yaml.load(text, Loader=yaml.CSafeLoader), default=str) for text in texts]
    in_yaml = fastest(lambda: [yaml.load(text, Loader=yaml.CSafeLoader) for text in texts])
    return in_yaml, fastest(lambda: [json.loads(value) for value in values])


def shipped_bank(cache: Path) -> None:
    """Print how long the shipped bank takes, beside what reading its files costs at least."""
    starts = [started(BANK, cache) for _ in range(3)]
    fastest_one = min(starts, key=lambda start: start["load"])
    load, many = fastest_one["load"], fastest_one["questions"]
    print(f"The shipped bank, {many:.0f} questions, in a new process:")
    print(f"  load {load:.0f} ms ({met(load, 200)}), {load / many:.2f} ms a question")
    in_yaml, in_json = plain_ms()
    print(
        f"  against PyYAML's safe loader on the questions alone: {load / in_yaml:.2f}; "
        f"against JSON: {load / in_json:.0f}"
    )


def large_bank(folder: Path, cache: Path, many: int) -> None:
    """Print how long so many copies take, when nothing is kept of them yet, and then."""
    copies(folder, many)
    first, second = started(folder, cache), started(folder, cache)
    print(f"{many:,} copies with other ids:")
    for what, taken in (
        ("load at the very first start", first["load"]),
        ("load at the next start", second["load"]),
        ("load again in the same process", second["again"]),
    ):
        print(f"  {what} {taken:,.0f} ms ({met(taken, 3000)})")
    print(f"  next / very first = {second['load'] / first['load']:.2f}")
    print(
        f"  slowest search {second['search']:.0f} ms ({met(second['search'], 100)}); "
        f"after the very first start {first['search']:.0f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=10_000, help="how many copies")
    many = parser.parse_args().questions
    with tempfile.TemporaryDirectory() as name:
        shipped_bank(Path(name) / "cache")
        large_bank(Path(name) / "bank", Path(name) / "cache", many)


if __name__ == "__main__":
    main()
