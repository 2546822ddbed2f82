"""The reviewed loader of model files: its lines, its faults, and what happens with hostile test files."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest

from question_bank.exhibits.bench import Verdicts, run_cases
from question_bank.exhibits.model_file_loader import artefacts, exercise, judge

from .material import machine_points, question

HERE = Path(exercise.__file__).parent
QUESTION = question("model-file-loader")
CODE = QUESTION.exhibit("loader").code or ""
LINES = CODE.splitlines()
CASES = (
    "attack_known_to_the_scanner",
    "attack_missed_by_the_scanner",
    "attack_renamed",
    "attack_object_inside",
    "attack_swapped_after_approval",
    "attack_second_fetch_differs",
    "attack_newer_name",
    "attack_swapped_on_our_disk",
)


def verdicts(folder: Path, loader: Path) -> Verdicts:
    folder.mkdir()
    (folder / "loader.py").write_text(loader.read_text(encoding="utf-8"), encoding="utf-8")
    return run_cases(judge, CASES, folder, 7)


def test_the_code_on_the_page_is_the_code_that_is_run() -> None:
    """The exhibit equals the file, parses, has 53 lines, and fits a page."""
    assert (HERE / "reviewed.py").read_text(encoding="utf-8") == CODE
    ast.parse(CODE)
    assert len(LINES) == 53
    assert max(map(len, LINES)) <= 100
    assert "53 lines" in QUESTION.exhibit("loader").text_alternative


@pytest.mark.parametrize(
    ("defect", "pieces"),
    [
        ("D1", ["pickle.loads(path.read_bytes())", "allow_pickle=True", 'held["weights"]']),
        ("D2", ["hub.digests()[name]"]),
        ("D3", ["if name not in approved", "log.warning"]),
        (
            "D4",
            [
                "hashlib.sha256(hub.fetch(name))",
                "path.write_bytes(hub.fetch(name))",
                "scan.check(path)",
                "path.read_bytes()",
            ],
        ),
        ("D5", ["path.exists()", "return path"]),
        ("D6", ["for name in hub.names()"]),
        ("D7", ["KEEP / name"]),
        ("D8", ['path.suffix != ".npz"', "except scan.ScanError", "loading anyway"]),
    ],
)
def test_every_fault_stands_on_the_line_that_the_key_names(defect: str, pieces: list[str]) -> None:
    """The numbered lines of a defect hold the code that it talks about."""
    lines = next(found.lines for found in QUESTION.defects if found.id == defect)
    assert [piece in LINES[line - 1] for line, piece in zip(lines, pieces, strict=True)] == [True] * len(
        pieces
    )


def test_the_reviewed_code_fails_as_the_table_says(tmp_path: Path) -> None:
    """One file refused by the scanner, the code of three runs, four are loaded; the repaired code stops all."""
    reviewed = verdicts(tmp_path / "reviewed", HERE / "reviewed.py")
    ran = [case for case in CASES if reviewed.seen[case] == "code in the file ran"]
    loaded = [case for case in CASES if "loaded" in reviewed.seen[case]]
    assert reviewed.passed(CASES) == [CASES[0]]
    assert (ran, loaded) == (list(CASES[1:4]), list(CASES[4:]))
    repaired = verdicts(tmp_path / "repaired", HERE / "solutions/reference/loader.py")
    assert repaired.passed(CASES) == list(CASES)


def test_the_table_has_a_row_for_every_file_that_is_tried() -> None:
    """Eight rows: one refused, three that run, four that are loaded."""
    said = [row[1] for row in QUESTION.exhibit("tried").rows]
    assert said == ["refused by the scanner"] + ["its code runs"] * 3 + ["loaded"] * 4
    assert "refuses one, runs the code of three and loads four" in " ".join(f.claim for f in QUESTION.facts)


def test_a_name_with_dots_writes_outside_the_folder(tmp_path: Path) -> None:
    """KEEP / "../x" lies next to downloads, as D7 says."""
    assert (tmp_path / "downloads" / "../x.npz").resolve() == (tmp_path / "x.npz").resolve()


def test_the_questions_points_are_the_checkers() -> None:
    """20 + 28 + 12 points by machine."""
    assert machine_points("model-file-loader") == [20, 28, 12]


def test_an_object_inside_runs_when_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Line 48 only opens an array file, line 49 runs the object; a pickle called .npz runs in line 48."""
    monkeypatch.chdir(tmp_path)
    Path("inside.npz").write_bytes(artefacts.npz_with_object("ran"))
    held = np.load("inside.npz", allow_pickle=True)
    assert not Path("ran").exists()
    _ = held["weights"]
    assert Path("ran").exists()
    Path("renamed.npz").write_bytes(artefacts.pickled(False, "ran too"))
    np.load("renamed.npz", allow_pickle=True)
    assert Path("ran too").exists()


def test_names_are_compared_as_text() -> None:
    """ranker-9 beats ranker-10, and ranker-6b beats ranker-6, as D6 says and as the pods have seen."""
    assert max(["ranker-9.npz", "ranker-10.npz"]) == "ranker-9.npz"
    assert max(["ranker-6.npz", "ranker-6b.npz"]) == "ranker-6b.npz"
    harm = next(found.harm for found in QUESTION.defects if found.id == "D6")
    assert "ranker-9 also beats our own ranker-10" in harm
    assert "ranker-6b beats ranker-6" in harm


SHEET = {number.about: number.give for number in QUESTION.numbers}


def test_what_is_not_known_any_more() -> None:
    """Warnings go back 30 of 70 days; going back costs $9,000 a week, about $1,300 a day."""
    assert 70 - 30 == 40
    assert round(9_000 / 7, -2) == 1_300
    assert "24 pods for 70 days" in SHEET["Where it runs"]
    assert "30 days" in SHEET["What is logged"]
    assert "11 pods" in SHEET["What is logged"]
    assert "Four of the seven" in SHEET["What was kept"]
    assert "nobody kept the file" in SHEET["What is served"]
    assert "11 of 24 pods" in QUESTION.signal("e").listen_for
    assert "40 days nobody knows" in QUESTION.signal("e").listen_for
    assert "$1,300 a day" in QUESTION.signal("d").ways[0].listen_for


def test_neither_card_nor_task_holds_what_decides() -> None:
    """What was kept, where it ran, what is logged: on request only. The task gives symptoms and interface."""
    opening = QUESTION.prompt + str(QUESTION.card) + CODE
    assert not any(word in opening for word in ("24", "70", "kept", "ranker-6"))
    assert not any(
        word in exercise.README for word in ("run code from a file", "What is checked", "publishes")
    )
