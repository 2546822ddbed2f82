"""The reviewed loader of model files: its lines, its faults, and what happens with hostile test files."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from question_bank.exhibits.bench import Verdicts, run_cases
from question_bank.exhibits.model_file_loader import exercise, judge

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
        ("D1", ["pickle.loads(path.read_bytes())", "allow_pickle=True"]),
        ("D2", ["hub.digests()[name]"]),
        ("D3", ["if name not in approved", "log.warning"]),
        ("D4", ["hashlib.sha256(hub.fetch(name))", "path.write_bytes(hub.fetch(name))"]),
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
    """KEEP / "../x" lies beside downloads, as D7 says."""
    assert (tmp_path / "downloads" / "../x.npz").resolve() == (tmp_path / "x.npz").resolve()


def test_the_questions_points_are_the_checkers() -> None:
    """20 + 28 + 12 points by machine."""
    assert machine_points("model-file-loader") == [20, 28, 12]
