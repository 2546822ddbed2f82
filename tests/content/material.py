"""Questions, exercises and generators as the tests of the content read and run them."""

from __future__ import annotations

import hashlib
import json
import math
import shutil
import subprocess
import sys
from pathlib import Path

from question_bank.exercise import Report, check_exercise, lay_out_exercise, load_exercise
from question_bank.load import BANK
from question_bank.model import Question
from rubrics.files import read_model

DIGEST = """
import hashlib, sys, tempfile
from pathlib import Path
from question_bank.exercise import load_exercise
with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    load_exercise(sys.argv[1]).lay_out(folder, int(sys.argv[2]))
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    held = b"".join(path.name.encode() + path.read_bytes() for path in files)
    print(hashlib.sha256(held).hexdigest())
"""


def question(family: str) -> Question:
    (path,) = (BANK / "questions").glob(f"*/{family}.yaml")
    return read_model(path, BANK, Question)


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


def digest_under(slug: str, seed: int, hash_seed: str) -> str:
    """Of all files that a candidate gets, laid out in a process of its own."""
    command = [sys.executable, "-c", DIGEST, slug, str(seed)]
    environment = {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(BANK.parent), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def digest_here(slug: str, seed: int, folder: Path) -> str:
    folder.mkdir()
    load_exercise(slug).lay_out(folder, seed)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in files)).hexdigest()


def stopped(report: Report) -> tuple[str, str, str]:
    """Attacks stopped, honest cases that work, and the score, as they are printed in a table."""
    passed = [int(part.note.partition(" ")[0]) for part in report.parts]
    score = f"{report.score:.1f}".removesuffix(".0")
    return str(passed[0] + passed[1]), str(passed[2]), f"{score} %"


def machine_points(family: str) -> list[int]:
    return [task.points for task in question(family).tasks if task.scored_by == "machine"]


def printed_under(package: str, hash_seed: str) -> str:
    """What a generator prints in a process of its own."""
    command = [sys.executable, str(BANK / "exhibits" / package / "generate.py")]
    environment = {"PYTHONHASHSEED": hash_seed, "OMP_NUM_THREADS": "1"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def wilson(hits: int, of: int, z: float = 1.959964) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), as two shares."""
    share, spread = hits / of, z * z / of
    middle = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return middle - half, middle + half


def said(asked: Question) -> str:
    """Everything that a candidate or interviewer can be given of it, on one line."""
    gives = [number.give for number in asked.numbers]
    turns = [turn.say + turn.good for turn in asked.turns]
    facts = [fact.claim for fact in asked.facts]
    return " ".join(" ".join([asked.prompt, asked.for_you, *gives, *turns, *facts]).split())
