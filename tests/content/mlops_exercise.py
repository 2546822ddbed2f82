"""What every exercise of the MLOps pillar is held to."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from question_bank.exercise import Report, check_exercise, lay_out_exercise, load_exercise
from question_bank.load import BANK
from question_bank.model import Question
from rubrics.files import read_model

LAY_OUT = """
import sys
from pathlib import Path
from question_bank.exercise import load_exercise
Path(sys.argv[3]).mkdir()
load_exercise(sys.argv[1]).lay_out(Path(sys.argv[3]), int(sys.argv[2]))
"""


def question(family: str) -> Question:
    return read_model(BANK / f"questions/mlops/{family}.yaml", BANK, Question)


def solutions(slug: str) -> Path:
    return BANK / "exhibits" / slug.replace("-", "_") / "solutions"


def scored(slug: str, solution: str, folder: Path, seed: int) -> Report:
    """The report for one of the three solutions, laid over a fresh candidate's folder."""
    lay_out_exercise(slug, folder, seed)
    shutil.copytree(solutions(slug) / solution, folder, dirs_exist_ok=True)
    return check_exercise(slug, folder)


def expected(slug: str, solution: str) -> tuple[float, float]:
    low, high = json.loads((solutions(slug) / "expected.json").read_text(encoding="utf-8"))[solution]
    return low, high


def digest(folder: Path) -> str:
    """Of the names and bytes of all files."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    held = b"".join(path.relative_to(folder).as_posix().encode() + path.read_bytes() for path in files)
    return hashlib.sha256(held).hexdigest()


def digest_here(slug: str, seed: int, folder: Path) -> str:
    folder.mkdir()
    load_exercise(slug).lay_out(folder, seed)
    return digest(folder)


def digest_under(slug: str, seed: int, hash_seed: str, folder: Path) -> str:
    """Of a folder laid out in a process of its own."""
    command = [sys.executable, "-c", LAY_OUT, slug, str(seed), str(folder)]
    environment = {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(BANK.parent), "OMP_NUM_THREADS": "1"}
    subprocess.run(command, env=environment, capture_output=True, check=True)
    return digest(folder)


def machine_points(family: str) -> list[int]:
    return [task.points for task in question(family).tasks if task.scored_by == "machine"]
