"""Content that is edited while the app runs: the last good bank stays until the files are mended."""

import shutil
import threading
from pathlib import Path

import pytest

from question_bank import BANK, LiveBank, load_bank

STORY = "questions/shipped/after-launch.yaml"
TITLE = load_bank().by_id["SHP-01"].title


@pytest.fixture(autouse=True)
def _look_every_time(monkeypatch) -> None:
    monkeypatch.setattr("question_bank.live.CHECK_SECONDS", -1.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / STORY).parent.mkdir(parents=True)
    shutil.copy(BANK / STORY, tmp_path / STORY)
    return tmp_path


def retitle(folder: Path, title: str) -> None:
    text = (folder / STORY).read_text("utf-8")
    lines = [f"title: {title}" if line.startswith("title:") else line for line in text.splitlines()]
    (folder / STORY).write_text("\n".join(lines) + "\n", "utf-8")


def test_without_a_folder_it_is_the_shipped_bank() -> None:
    assert LiveBank().current().bank.digest == load_bank().digest


def test_an_edit_is_seen_without_a_restart(folder) -> None:
    live = LiveBank(folder)
    assert live.current().bank.by_id["SHP-01"].title == TITLE
    retitle(folder, "Another title")
    assert live.current().bank.by_id["SHP-01"].title == "Another title"


def test_broken_files_leave_the_last_good_bank_and_are_named(folder) -> None:
    live = LiveBank(folder)
    good = live.current().bank
    (folder / STORY).write_text("id: [", "utf-8")
    content = live.current()
    assert content.bank is good
    assert [problem.file for problem in content.problems] == [STORY]


def test_mended_files_are_taken_and_the_faults_are_gone(folder) -> None:
    live = LiveBank(folder)
    live.current()
    whole = (folder / STORY).read_text("utf-8")
    (folder / STORY).write_text(whole.replace("kind:", "kin:", 1), "utf-8")
    assert {problem.key for problem in live.current().problems} == {"kind", "kin"}
    (folder / STORY).write_text(whole, "utf-8")
    retitle(folder, "Mended")
    content = live.current()
    assert (content.bank.by_id["SHP-01"].title, content.problems) == ("Mended", ())


def test_faults_stay_named_as_long_as_they_are_there(folder) -> None:
    live = LiveBank(folder)
    (folder / STORY).write_text("", "utf-8")
    assert live.current().problems == live.current().problems != ()


def test_a_file_that_is_removed_leaves_the_bank(folder) -> None:
    more = folder / "questions/drift/quiet-weeks.yaml"
    more.parent.mkdir()
    shutil.copy(BANK / "questions/drift/quiet-weeks.yaml", more)
    live = LiveBank(folder)
    assert set(live.current().bank.by_id) == {"SHP-01", "DRF-01"}
    more.unlink()
    assert set(live.current().bank.by_id) == {"SHP-01"}


def test_where_the_folder_was_never_good_the_shipped_bank_stands_in(folder) -> None:
    (folder / STORY).write_text("- nothing", "utf-8")
    content = LiveBank(folder).current()
    assert content.bank.digest == load_bank().digest
    assert [problem.file for problem in content.problems] == [STORY]


def test_broken_rubrics_are_named_too(folder, tmp_path) -> None:
    live = LiveBank(folder, tmp_path / "no-rubrics")
    assert [problem.file for problem in live.current().problems] == ["scale.yaml"]


def test_unchanged_files_are_not_read_again(folder) -> None:
    live = LiveBank(folder)
    assert live.current().bank is live.current().bank


def test_between_two_looks_the_disk_is_left_alone(folder, monkeypatch) -> None:
    monkeypatch.setattr("question_bank.live.CHECK_SECONDS", 3600.0)
    live = LiveBank(folder)
    live.current()
    retitle(folder, "Not yet")
    assert live.current().bank.by_id["SHP-01"].title == TITLE


def test_many_threads_get_whole_content_while_a_file_changes(folder) -> None:
    live = LiveBank(folder)
    titles: set[str] = set()

    def ask() -> None:
        for _ in range(20):
            titles.add(live.current().bank.by_id["SHP-01"].title)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    retitle(folder, "Changed meanwhile")
    for thread in threads:
        thread.join()
    assert titles <= {TITLE, "Changed meanwhile"}
    assert live.current().bank.by_id["SHP-01"].title == "Changed meanwhile"
