"""The code of the question on what a training record leaves out, before and after the review."""

from __future__ import annotations

import ast
import json
import random
import subprocess
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
import pytest

from question_bank.exhibits.nightly_record import fixed, reviewed

from .material import question

QUESTION = question("nightly-record")
CODE = QUESTION.exhibit("job").code or ""
LINES = CODE.splitlines()


def visits(rows: int = 200) -> pd.DataFrame:
    rng = np.random.default_rng(3)
    columns = {"distance": rng.gamma(2, 4, rows), "device_age": rng.integers(0, 15, rows)}
    table = pd.DataFrame({"visit": np.arange(rows), "day": np.arange(rows) // 10, **columns})
    table["first_visit"] = rng.integers(0, 2, rows)
    table["minutes"] = 20 + table["distance"] + rng.normal(0, 5, rows)
    return table


def git(*words: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@b.example")
    subprocess.run(["git", *who, *words], check=True, capture_output=True)


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a night's export, an empty registry and a commit."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TREES", raising=False)
    monkeypatch.setenv("IMAGE", "registry.example/trainer@sha256:" + "0" * 64)
    (tmp_path / "data").mkdir()
    (tmp_path / "registry").mkdir()
    visits().to_csv(tmp_path / "data/visits.csv", index=False)
    (tmp_path / "train.txt").write_text("the code")
    git("init", "-q")
    git("add", "train.txt")
    git("commit", "-q", "-m", "first")
    return tmp_path


def run_reviewed() -> int:
    return reviewed.file_away(*reviewed.train(reviewed.settings()))


def reviewed_record(version: int) -> dict[str, object]:
    return json.loads((reviewed.REGISTRY / f"record-{version}.json").read_text())


def fixed_record(version: int) -> dict[str, object]:
    return json.loads((fixed.REGISTRY / str(version) / "record.json").read_text())


def test_the_code_on_the_page_is_the_code_that_was_run() -> None:
    """The exhibit equals the file, parses, and is short enough for a page."""
    assert Path(reviewed.__file__).read_text(encoding="utf-8") == CODE
    ast.parse(CODE)
    assert max(map(len, LINES)) <= 100
    assert len(LINES) == 54
    assert "54 lines" in QUESTION.exhibit("job").text_alternative


@pytest.mark.parametrize(
    ("defect", "parts"),
    [
        ("D1", ["data/visits.csv", "CONFIG"]),
        ("D2", ['"TREES" in os.environ', 'chosen["trees"]', "CONFIG"]),
        ("D3", [") + 1", "joblib.dump", "record-{version}"]),
        ("D4", ["rev-parse", "stdout"]),
        ("D5", [":latest"]),
        ("D6", ["RandomForestRegressor("]),
        ("D7", ["joblib.dump", "record-{version}", "live.txt"]),
        ("D8", ["live.txt"]),
        ("D9", ["dropna()"]),
    ],
)
def test_every_fault_stands_on_the_line_that_the_key_names(defect: str, parts: list[str]) -> None:
    """The numbered lines of a defect hold the code that it talks about."""
    lines = next(found.lines for found in QUESTION.defects if found.id == defect)
    assert [part in LINES[line - 1] for line, part in zip(lines, parts, strict=True)] == [True] * len(parts)


def test_parts_lie_where_the_prose_says() -> None:
    """Settings, commit, train and file away begin on lines 23, 30, 35 and 43."""
    assert [n for n, line in enumerate(LINES, 1) if line.startswith("def ")] == [23, 30, 35, 43]
    assert LINES[13].startswith("CONFIG")
    assert LINES[19].startswith("REGISTRY")
    assert "cut" in LINES[36]
    assert "x[:cut]" in LINES[38]
    assert "time.time()" in LINES[45]


def test_a_late_night_is_recorded_with_the_trees_it_did_not_have(
    workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With TREES=5 the reviewed record says 60 for a forest of 5; the fixed one says 5."""
    monkeypatch.setenv("TREES", "5")
    version = run_reviewed()
    model = joblib.load(reviewed.REGISTRY / f"model-{version}.joblib")
    assert (len(model.estimators_), reviewed_record(version)["settings"]["trees"]) == (5, 60)  # type: ignore[index]
    assert fixed_record(fixed.run())["settings"]["trees"] == 5  # type: ignore[index]


def test_a_deleted_model_makes_the_next_one_overwrite_another(workplace: Path) -> None:
    """Of fourteen the third is deleted: the reviewed job calls the next 14 again, the fixed one 15."""
    for n in range(1, 15):
        (reviewed.REGISTRY / f"model-{n}.joblib").write_text(f"model {n}")
    (reviewed.REGISTRY / "model-3.joblib").unlink()
    assert run_reviewed() == 14
    assert (reviewed.REGISTRY / "model-14.joblib").read_bytes() != b"model 14"
    for n in range(1, 15):
        (fixed.REGISTRY / f"{n}.taken").touch()
    assert fixed.run() == 15


def test_the_next_export_leaves_only_the_fixed_job_able_to_rebuild(
    workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the data was replaced, the fixed version is rebuilt from its record with equal answers."""
    version = fixed.run()
    run_reviewed()
    visits(300).to_csv("data/visits.csv", index=False)
    record = fixed_record(version)
    held = (fixed.SNAPSHOTS / f"{record['data_sha256']}.csv").read_bytes()
    again = fixed.train(record["settings"], held)  # type: ignore[arg-type]
    model = joblib.load(fixed.REGISTRY / str(version) / "model.joblib")
    cases = visits()[reviewed.CONFIG["features"]]
    assert np.array_equal(again.model.predict(cases), model.predict(cases))
    assert len(pd.read_csv(reviewed.CONFIG["data"])) == 300
    assert not [key for key in reviewed_record(1) if "sha" in key]


def test_the_reviewed_job_gives_another_forest_from_the_same_data(workplace: Path) -> None:
    """Two runs on one export answer differently without a seed, and alike with one."""
    cases = visits()[reviewed.CONFIG["features"]]
    one, two = (reviewed.train(reviewed.settings())[0].predict(cases) for _ in range(2))
    assert not np.array_equal(one, two)
    held = Path("data/visits.csv").read_bytes()
    one, two = (fixed.train(fixed.settings(), held).model.predict(cases) for _ in range(2))
    assert np.array_equal(one, two)


def test_code_outside_the_commit_is_filed_by_the_reviewed_job_only(workplace: Path) -> None:
    """With a changed file outside the commit the fixed job files nothing."""
    (workplace / "train.txt").write_text("other code")
    assert reviewed_record(run_reviewed())["commit"]
    with pytest.raises(fixed.IncompleteError, match="outside the commit"):
        fixed.run()
    assert not list(fixed.REGISTRY.glob("*.taken"))


def test_a_missing_history_gives_the_reviewed_record_an_empty_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outside a repository git fails: the reviewed job goes on with nothing, the fixed one stops."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert reviewed.commit() == ""
    with pytest.raises(fixed.IncompleteError, match="git rev-parse failed"):
        fixed.commit()


def test_an_image_by_its_tag_is_refused(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fixed job wants the image's digest."""
    monkeypatch.setenv("IMAGE", "registry.example/trainer:latest")
    with pytest.raises(fixed.IncompleteError, match="digest"):
        fixed.run()


def test_numbers_on_the_sheet() -> None:
    """180 MB a night is 65.7 GB a year; thirteen files and one make fourteen."""
    assert round(0.18 * 365, 1) == 65.7
    gives = " ".join(number.give for number in QUESTION.numbers)
    assert "180 MB" in gives
    assert "66 GB" in gives
    assert "65.7 GB" in QUESTION.facts[3].claim
    assert "13 files + 1 = 14" in QUESTION.facts[3].claim
    assert (round(30 * 0.18, 1), 300 - 30, 300 - 238) == (5.4, 270, 62)
    words = QUESTION.model_dump_json(ensure_ascii=False)
    figures = ("5.4 GB", "270 of 300", "62 numbers", "41 nights", "August 12", "3 of 50")
    assert [figure for figure in figures if figure not in words] == []


def test_numbers_given_again_are_runs_less_the_highest_number() -> None:
    """A version is the count of files plus one: whatever is cleared, no number below the highest is left out."""
    draw = random.Random(5)
    for _ in range(50):
        files: set[int] = set()
        given = []
        for _ in range(300):
            if files and draw.random() < 0.3:
                files.discard(draw.choice(sorted(files)))
            given.append(len(files) + 1)
            files.add(given[-1])
        assert len(given) - max(given) == len(given) - len(set(given))


def test_what_decides_is_not_on_the_card() -> None:
    shown = QUESTION.prompt + (QUESTION.card or "") + CODE
    assert [words for words in ("backup", "97", "300", "August") if words in shown] == []
