"""Runs the generators of exhibits: what they print may hang on their seed alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from ..load import BANK
from .core import Fault

HASH_SEEDS = ("0", "1", "2")
SECONDS = 120
# Lists every folder in another order for each hash seed, before the script can ask for one.
_SHUFFLED = """
import os, random, runpy, sys
listed, scanned = os.listdir, os.scandir
class Scan(list):
    def __enter__(self): return self
    def __exit__(self, *_): return None
    def __next__(self): return self.pop()
    def close(self): pass
def mixed(found):
    found = sorted(found, key=lambda one: getattr(one, "name", one))
    random.Random(os.environ["PYTHONHASHSEED"]).shuffle(found)
    return found
os.listdir = lambda *given: mixed(listed(*given))
os.scandir = lambda *given: Scan(mixed(scanned(*given)))
script, root = sys.argv[1:]
sys.argv, sys.path[:0] = [script], [os.path.dirname(script), root]
runpy.run_path(script, run_name="__main__")
"""


def generators(folder: Path = BANK / "exhibits") -> list[Path]:
    """The scripts whose output the shipped exhibits are made of, in order."""
    return sorted(folder.glob("*/generate.py"))


def generator_faults(script: Path) -> Iterator[Fault]:
    """Faults by X30: the script fails, or prints other bytes under another hash seed and order of files."""
    runs = [_run(script, seed) for seed in HASH_SEEDS]
    failed = [run.stderr.decode("utf-8", "replace").splitlines()[-1:] for run in runs if run.returncode]
    if failed:
        yield Fault(script.parent.name, f"it fails: {' '.join(failed[0])}", "mend it")
    elif len({run.stdout for run in runs}) > 1:
        message = "it prints other bytes under another hash seed or order of files"
        yield Fault(script.parent.name, message, "sort files and sets; give every draw a seed of its own")
    elif not runs[0].stdout:
        yield Fault(script.parent.name, "it prints nothing", "print what the exhibit shows")


def _run(script: Path, hash_seed: str) -> subprocess.CompletedProcess[bytes]:
    environment = {
        "PATH": os.defpath,
        "PYTHONHASHSEED": hash_seed,
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
    }
    command = [sys.executable, "-c", _SHUFFLED, str(script.resolve()), str(BANK.parent)]
    return subprocess.run(
        command, env=environment, cwd=script.parent, capture_output=True, timeout=SECONDS, check=False
    )
