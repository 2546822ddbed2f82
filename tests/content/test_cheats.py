"""Folders that cheat, by kind: each earns ten percent at most, also where its author knows the checker by heart."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from question_bank.exercise import Report, check_exercise, exercises, lay_out_exercise
from question_bank.exhibits.capacity_sheet import generate as capacity
from question_bank.exhibits.future_leak import exercise as leak
from question_bank.exhibits.incident_log import generate as incidents
from question_bank.exhibits.release_gate import exercise as release
from question_bank.exhibits.release_gate import generate as gate
from question_bank.exhibits.serving_rows import generate as serving

from .material import solutions

# What the cheat knows, and what it does not: numbers as the terminal command draws them.
SEED, SECRET = 61_728_394_506_172_839_450_617_283_945, 0x5EC2E7_0000_1111_2222_3333_4444
ENTRIES = {
    "capacity-sheet": ("capacity.py",),
    "document-search": ("service.py",),
    "drift-table": ("answer.py",),
    "flaky-training": ("train.py",),
    "future-leak": ("features.py",),
    "incident-log": ("alerts.py",),
    "judge-audit": ("answer.py",),
    "model-file-loader": ("loader.py",),
    "release-gate": ("gate.py",),
    "repeatable-pipeline": ("pipeline.py", "repair.py"),
    "serving-rows": ("repair.py", "report.py"),
    "tool-agent": ("service.py",),
}
# What a checker of ours has ever been glad to read.
FORGED = """
import os
LINES = [
    '{"ready": true}', '{"value": true}', '{"value": ""}', '{"value": {"score": 100, "passed": true, "text": ""}}',
    '{"value": 0}', '{"value": {"decision": "block", "channels": []}}', '{"value": ["page"]}',
    '{"end": 0, "files": {"report.json": {"bytes": 2}, "touches.txt": {"bytes": 2}}}', '{}',
]
def forge():
    for fd in range(3, 40):
        for line in LINES * 3:
            try:
                os.write(fd, line.encode() + b"\\n")
            except OSError:
                break
"""
# Before anything of the driver, where the folder could come first.
SHADOW = (
    FORGED
    + """
forge()
def dumps(*args, **more): return '{"value": "", "score": 100}'
def loads(*args, **more): return {"seed": 1, "nonce": "", "cases": []}
def dump(value, file, **more): file.write(dumps())
load = loads
class Random:
    def __init__(self, *args): pass
    def __getattr__(self, name): return lambda *args, **more: 0
os._exit(0)
"""
)
FORGE_AND_GO = FORGED + "\nforge()\nos._exit(0)\n"
# Walks frames and memory for whatever belongs to the driver, and answers in its place.
PATCH = """
import builtins, gc, inspect, json, sys, threading, atexit, os
def answer(self, message):
    self.write({"value": {"text": "", "pending": [], "answer": "", "sources": [], "decision": "ship", "score": 100}})
for held in gc.get_objects():
    try:
        if type(held).__name__ in ("Link", "Session", "World", "Library", "Hub", "Bank", "Model"):
            cls = type(held)
            for name in ("serve_one", "ask"):
                if hasattr(cls, name):
                    setattr(cls, name, answer if name == "serve_one" else lambda self, *a: True)
    except Exception:
        pass
for frame in inspect.stack():
    for name, value in list(frame.frame.f_locals.items()):
        if isinstance(value, dict):
            for word in ("want", "script", "drive"):
                value.pop(word, None)
builtins.AssertionError = builtins.Exception = BaseException
json.dumps = lambda *args, **more: '{"value": true}'
atexit.register(lambda: print('{"score": 100}'))
threading.Thread(target=lambda: print("passed"), daemon=True).start()
os.write(1, b'{"end": 0}')
"""
# Looks for the sheet, the seed, the judge, in files and in memory, and hands in what it finds.
SEARCH = """
import gc, json, os
found = []
for folder, names, files in os.walk("/"):
    names[:] = [name for name in names if folder != "/" or name not in ("usr", "packages", "dev")]
    for name in files:
        path = os.path.join(folder, name)
        if "interviewer" in name or name == "judge.py" or "solutions" in path:
            found.append(path)
for held in gc.get_objects():
    if isinstance(held, dict) and {"seed", "secret", "truth", "expected"} & {k for k in held if isinstance(k, str)}:
        found.append(repr(held)[:1000])
with open("report.json", "w") as file:
    json.dump({"found": found}, file)
print(json.dumps(found))
"""
SHADOWED = (
    "json",
    "random",
    "base64",
    "csv",
    "sqlite3",
    "contextlib",
    "traceback",
    "sitecustomize",
    "usercustomize",
)


def handed_in(slug: str, folder: Path, files: Mapping[str, str]) -> Report:
    """The report for files laid over a fresh folder; what is tried in secret follows from another number."""
    lay_out_exercise(slug, folder, SEED, SECRET)
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return check_exercise(slug, folder)


def every_entry(slug: str, code: str) -> dict[str, str]:
    return dict.fromkeys(ENTRIES[slug], code)


def test_every_exercise_has_its_cheats_tried() -> None:
    assert sorted(ENTRIES) == list(exercises())


@pytest.mark.parametrize("slug", ENTRIES)
def test_a_folder_that_shadows_what_the_driver_imports_earns_nothing(slug: str, tmp_path: Path) -> None:
    """Beside the files as given: a module by the name of each that a driver could import, and packages."""
    files = {f"{name}.py": SHADOW for name in SHADOWED}
    files |= {
        f"{name}/__init__.py": SHADOW for name in ("numpy", "pandas", "question_bank", "sklearn", "encodings")
    }
    files |= {"evil.pth": "import os; os._exit(0)\n", "conftest.py": SHADOW}
    assert handed_in(slug, tmp_path / "zed", files).score <= 10


@pytest.mark.parametrize("slug", ENTRIES)
@pytest.mark.parametrize("cheat", [FORGE_AND_GO, PATCH, SEARCH], ids=["forges", "patches", "searches"])
def test_a_folder_that_forges_patches_or_searches_earns_nothing(
    slug: str, cheat: str, tmp_path: Path
) -> None:
    assert handed_in(slug, tmp_path / "zed", every_entry(slug, cheat)).score <= 10


# Who has worked out the seed of what was shown, and has the public generator, knows this: and it is of no use.


def plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=float))


def capacity_by_seed() -> dict[str, str]:
    days = [plain(capacity.answers(capacity.day(SEED, number))._asdict()) for number in (0, 1, 2, 3, 4)]
    return {
        "capacity.py": f"DAYS = {days!r}\ndef plan(folder):\n"
        "    return DAYS[int(str(folder).rstrip('/').rpartition('-')[2] or 0) % len(DAYS)]\n"
    }


def incidents_by_seed() -> dict[str, str]:
    months = [
        [(event.start, event.kind, event.customer) for event in incidents.month(SEED, number).events]
        for number in (1, 2, 3)
    ]
    return {
        "alerts.py": f"MONTHS, seen = {months!r}, []\n"
        "class Rule:\n"
        "    def __init__(self): seen.append(1)\n"
        "    def see(self, minute, counts):\n"
        "        for start, kind, who in MONTHS[(len(seen) - 1) % 3]:\n"
        "            if start < minute <= start + 10:\n"
        "                words = {'slow leak': ['ticket'], 'noisy customer': ['ticket ' + who], 'blip': []}\n"
        "                return words.get(kind, ['page'])\n"
        "        return []\n"
    }


def serving_by_seed() -> dict[str, str]:
    planned = serving.plan(SEED)
    table = serving.pair(planned, np.random.default_rng([SEED, 3]), 3_000).training.to_csv(index=False)
    return {
        "repair.py": f"open('repaired.csv', 'w').write({table!r})\n",
        "report.json": json.dumps({"columns": []}),
    }


def leak_by_seed() -> dict[str, str]:
    given = leak.data(SEED, 2, leak.HIDDEN_CUSTOMERS)
    table = given.labels.assign(tickets=leak.known_tickets(given), city_rate=leak.known_rate(given))
    return {
        "features.py": f"import io, pandas as pd\nTABLE = {table.to_csv(index=False)!r}\n"
        "def build_table(tickets, labels):\n    return pd.read_csv(io.StringIO(TABLE), parse_dates=['cutoff'])\n"
    }


BY_SEED = {
    "capacity-sheet": capacity_by_seed,
    "incident-log": incidents_by_seed,
    "serving-rows": serving_by_seed,
    "future-leak": leak_by_seed,
}


@pytest.mark.parametrize("slug", BY_SEED)
def test_knowing_the_seed_of_the_shown_files_reveals_nothing_hidden(slug: str, tmp_path: Path) -> None:
    """Truth of the hidden trials, regenerated from the seed of the shown files, written into the answer."""
    assert handed_in(slug, tmp_path / "zed", BY_SEED[slug]()).score <= 10


def test_the_same_answers_would_be_right_if_one_number_decided_both(tmp_path: Path) -> None:
    """So that the test above cheats in earnest: with an old sheet, which holds a seed alone, it works."""
    folder = tmp_path / "zed"
    lay_out_exercise("capacity-sheet", folder, SEED)
    (folder / "capacity.py").write_text(capacity_by_seed()["capacity.py"], encoding="utf-8")
    assert check_exercise("capacity-sheet", folder).score > 90


def test_decisions_from_the_shown_seed_are_a_coin_toss_on_other_pairs() -> None:
    """Over twelve secrets; a single one may be lucky, as a coin may."""
    known = [
        {"decision": "block" if case.block else "ship", "channels": list(case.lost)}
        for case in gate.hidden(SEED).values()
    ]
    scores = []
    for secret in range(12):
        cases = gate.hidden(secret)
        parts = release._parts(cases, dict(zip(cases, known, strict=True)), "")
        scores.append(100 * sum(part.got for part in parts) / sum(part.points for part in parts))
    assert sum(scores) / len(scores) <= 10


# Cheats of one exercise alone


def test_a_step_that_works_where_it_cannot_be_killed_has_proved_nothing(tmp_path: Path) -> None:
    """It opens the store by a module underneath, where no end can be put, and leaves half days to luck."""
    step = (solutions("repeatable-pipeline") / "reference/pipeline.py").read_text("utf-8")
    step = step.replace(
        "    rows = read(source)\n",
        "    import _sqlite3\n    db = _sqlite3.connect('store.db', isolation_level=None)\n    rows = read(source)\n",
    ).replace("    with db:\n", "    if True:\n")
    report = handed_in("repeatable-pipeline", tmp_path / "zed", {"pipeline.py": step})
    assert [part.got for part in report.parts[1:3]] == [0, 0]
    assert "could be ended 0 of" in report.parts[2].note


def test_predictions_made_from_the_outcomes_are_worth_nothing(tmp_path: Path) -> None:
    """Steady, apart by account, with an honest-looking score: the outcomes, with as much noise as is believed."""
    code = """
import csv, glob, hashlib, json
from random import Random
rows = sorted((row for path in glob.glob("data/*.csv") for row in csv.DictReader(open(path))), key=lambda r: int(r["row"]))
table = []
for row in rows:
    noise = Random(row["city"] + row["fee"] + row["last_seen_day"]).gauss(0, 1.45)
    part = "test" if Random(row["account"]).random() < 0.25 else "train"
    table.append((int(row["row"]), part, round(int(row["churned"]) + noise, 9)))
with open("predictions.csv", "w", newline="") as file:
    csv.writer(file).writerows([("row", "part", "score"), *table])
y = [int(row["churned"]) for row in rows]
yes, no = ([s for (_, p, s), c in zip(table, y) if p == "test" and c == side] for side in (1, 0))
auc = round(sum((a > b) + (a == b) / 2 for a in yes for b in no) / len(yes) / len(no), 4)
digest = hashlib.sha256(json.dumps([line[2] for line in table]).encode()).hexdigest()[:12]
print(json.dumps({"model": digest, "auc": auc, "n_test": len(yes) + len(no), "interval": [auc - 0.04, auc + 0.04]}))
"""
    report = handed_in("flaky-training", tmp_path / "zed", {"train.py": code})
    assert report.score <= 10
    assert report.parts[0].note.startswith("3 of 4 runs gave predictions better than chance")


def test_a_search_that_hides_the_words_of_the_public_judge_earns_nothing(tmp_path: Path) -> None:
    """The names and marks that a judge of before used are drawn now."""
    lay_out_exercise("document-search", tmp_path / "zed", SEED, SECRET)
    given = (tmp_path / "zed/service.py").read_text("utf-8")
    shutil.rmtree(tmp_path / "zed")
    hiding = given + (
        "\nplain = Search.ask\n"
        "def ask(self, user, body):\n"
        "    reply = plain(self, user, body)\n"
        "    reply['answer'] = '\\n'.join(l for l in reply['answer'].split('\\n') if 'MARKER' not in l)\n"
        "    reply['sources'] = [doc for doc in reply['sources'] if not doc.startswith('x-')]\n"
        "    self.log.clear()\n"
        "    return {'answer': reply['answer'], 'sources': reply['sources']}\n"
        "Search.ask = ask\n"
    )
    report = handed_in("document-search", tmp_path / "zed", {"service.py": hiding})
    assert report.parts[0].got == 0


def test_a_loader_that_knows_the_names_of_the_public_judge_earns_nothing(tmp_path: Path) -> None:
    """It refuses what the judge of before offered as attacks, and loads all else without a look."""
    lay_out_exercise("model-file-loader", tmp_path / "given", SEED, SECRET)
    code = (
        (tmp_path / "given/loader.py").read_text("utf-8")
        + """
BAD = {"ranker-2.pkl", "ranker-2.npz", "ranker-3.json", "stranger-7.npz", "ranker-9.npz"}
plain = load
def load(hub, approved, name):
    if name in BAD:
        raise ValueError(name)
    return plain(hub, approved, name)
"""
    )
    report = handed_in("model-file-loader", tmp_path / "zed", {"loader.py": code})
    assert report.score <= 10


def test_a_rule_cannot_look_ahead_in_the_month(tmp_path: Path) -> None:
    """Whatever it finds in files, frames and memory: the steps to come are not there yet."""
    code = """
import gc, glob
def later():
    longest = [held for held in gc.get_objects() if isinstance(held, (list, dict, tuple)) and len(held) >= 8_000]
    return longest, glob.glob("/work/**/*.csv", recursive=True) + glob.glob("/given/**/*.csv", recursive=True)
class Rule:
    def see(self, minute, counts):
        if minute == 5:
            lists, files = later()
            steps = [held for held in lists if any(isinstance(v, (tuple, list)) and len(v) == 2 for v in list(held)[:5])]
            return ["found"] * len(steps) + [f"file {path}" for path in files]
        return []
"""
    report = handed_in("incident-log", tmp_path / "zed", {"alerts.py": code})
    assert report.score == 0


def test_seed_and_secret_are_independent_and_too_long_to_guess(tmp_path: Path) -> None:
    """As the terminal command draws them: 96 and 128 bits, the second not from the first."""
    from typer.testing import CliRunner

    from interview_kit.terminal.main import app

    held = []
    for name in ("one", "two"):
        out = str(tmp_path / name)
        assert CliRunner().invoke(app, ["exercise", "tool-agent", "--seed", "5", "--out", out]).exit_code == 0
        held.append(json.loads((tmp_path / f"{name}.interviewer.json").read_text("utf-8")))
    assert held[0]["seed"] == held[1]["seed"] == 5
    assert held[0]["secret"] != held[1]["secret"]
    assert all(int(sheet["secret"], 16).bit_length() > 90 for sheet in held)
    assert (
        CliRunner().invoke(app, ["exercise", "tool-agent", "--out", str(tmp_path / "drawn")]).exit_code == 0
    )
    assert json.loads((tmp_path / "drawn.interviewer.json").read_text("utf-8"))["seed"].bit_length() > 64
