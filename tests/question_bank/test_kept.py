"""Questions that were read before: the same as if parsed anew, and never in the way."""

from __future__ import annotations

import gc
import shutil
from pathlib import Path

import pytest

from question_bank import BANK, kept, load_bank
from question_bank.model import Question
from rubrics import ContentError, load_rubrics

RUBRICS = load_rubrics()
FILES = (
    "questions/shipped/after-launch.yaml",
    "questions/drift/quiet-weeks.yaml",
    "questions/mlops/future-leak.yaml",
)


@pytest.fixture(autouse=True)
def _a_cache_of_its_own(tmp_path, monkeypatch) -> None:
    """Three questions are a large bank here, and the process has read nothing yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(kept, "LARGE", 3)
    monkeypatch.setattr(gc, "freeze", lambda: None)
    new_process()


def new_process() -> None:
    kept._alive.clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / "bank" / name).parent.mkdir(parents=True)
        shutil.copy(BANK / name, tmp_path / "bank" / name)
    return tmp_path / "bank"


@pytest.fixture
def parsed(monkeypatch) -> list[str]:
    """The names of the files that are parsed from now on."""
    names: list[str] = []
    parse = kept.model_in

    def noted(data: bytes, name: str, model: type[Question]) -> Question:
        names.append(name)
        return parse(data, name, model)

    monkeypatch.setattr(kept, "model_in", noted)
    return names


def test_a_file_with_the_same_bytes_gives_the_same_question_within_a_process(folder) -> None:
    assert load_bank(folder, RUBRICS).questions[0] is load_bank(folder, RUBRICS).questions[0]


def test_the_next_start_parses_nothing(folder, parsed) -> None:
    load_bank(folder, RUBRICS)
    new_process()
    del parsed[:]
    load_bank(folder, RUBRICS)
    assert parsed == []


def test_a_kept_question_is_the_question(folder) -> None:
    first = load_bank(folder, RUBRICS)
    new_process()
    second = load_bank(folder, RUBRICS)
    assert second.questions == first.questions
    assert second.digest == first.digest
    assert [question.spoken for question in second.questions] == [
        Question.model_validate(question.model_dump()).spoken for question in first.questions
    ]


def test_an_edited_file_is_parsed_and_the_others_are_not(folder, parsed) -> None:
    load_bank(folder, RUBRICS)
    new_process()
    path = folder / FILES[0]
    path.write_text(path.read_text("utf-8").replace("title: A feature", "title: Another feature"), "utf-8")
    del parsed[:]
    bank = load_bank(folder, RUBRICS)
    assert parsed == [FILES[0]]
    assert bank.by_id["SHP-01"].title.startswith("Another")


def test_a_kept_question_is_checked_against_the_bank_all_the_same(folder) -> None:
    load_bank(folder, RUBRICS)
    new_process()
    shutil.copy(BANK / "glossary.yaml", folder / "glossary.yaml")
    text = (folder / "glossary.yaml").read_text("utf-8")
    (folder / "glossary.yaml").write_text(text.replace("id: rollback", "id: roll-back"), "utf-8")
    with pytest.raises(ContentError, match="'rollback' is not in"):
        load_bank(folder, RUBRICS)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: b"of other code\n" + data.partition(b"\n")[2],
        lambda data: data.replace(b"\t", b" "),
        lambda data: data.replace(b'"status":"pilot"', b'"status":"wrong"'),
        lambda data: data.replace(b'{"id":', b'{"id'),
    ],
    ids=["empty", "cut off", "other code", "no columns", "a wrong value", "no JSON"],
)
def test_a_spoilt_file_costs_time_only(folder, parsed, spoil) -> None:
    first = load_bank(folder, RUBRICS)
    path = kept.cache_file(folder)
    path.write_bytes(spoil(path.read_bytes()))
    new_process()
    del parsed[:]
    assert load_bank(folder, RUBRICS).questions == first.questions
    assert parsed


def test_a_cache_folder_that_cannot_be_written_is_let_be(folder, tmp_path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    assert len(load_bank(folder, RUBRICS).questions) == 3


def test_a_small_bank_is_not_kept(folder, monkeypatch) -> None:
    monkeypatch.setattr(kept, "LARGE", 4)
    load_bank(folder, RUBRICS)
    assert not kept.cache_file(folder).exists()


def test_one_edit_in_a_large_bank_does_not_write_all_of_it_again(folder, monkeypatch) -> None:
    """One parsed of three is more than a twentieth; with a limit of two, it is less than half."""
    load_bank(folder, RUBRICS)
    before = kept.cache_file(folder).read_bytes()
    monkeypatch.setattr(kept, "WORTH", 2)
    path = folder / FILES[0]
    path.write_text(path.read_text("utf-8").replace("title: A feature", "title: Another feature"), "utf-8")
    load_bank(folder, RUBRICS)
    assert kept.cache_file(folder).read_bytes() == before


def test_a_broken_file_is_named_and_nothing_is_lost(folder) -> None:
    load_bank(folder, RUBRICS)
    (folder / FILES[0]).write_text("id: [", "utf-8")
    with pytest.raises(ContentError) as caught:
        load_bank(folder, RUBRICS)
    assert [problem.file for problem in caught.value.problems] == [FILES[0]]


def test_garbage_is_searched_for_again_after_reading(folder) -> None:
    load_bank(folder, RUBRICS)
    assert gc.isenabled()
