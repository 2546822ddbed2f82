"""`interview-kit check` and releasing: what each fault of the content is called."""

import shutil
from pathlib import Path

import pytest

from question_bank import BANK, load_bank
from rubrics import LIBRARY

from .running import refused, run

pytestmark = pytest.mark.usefixtures("no_settings_of_this_machine")

STORY = "questions/shipped/after-launch.yaml"


# check


def test_check_prints_counts_by_competency_and_kind() -> None:
    result = run("check")
    assert result.exit_code == 0, result.output
    head, *rows, last = result.stdout.splitlines()
    assert head.split()[0] == "competency"
    assert head.split()[-1] == "sum"
    assert len(rows) == 9
    assert sum(int(row.split()[-1]) for row in rows) == len(load_bank().questions)
    assert last.startswith(f"{len(load_bank().questions)} questions, 9 competencies, 5 profiles, ")
    assert ": 0 errors, 0 warnings, " in last


def test_check_tells_every_fault_of_a_bad_bank(tmp_path) -> None:
    bank = tmp_path / "bank"
    shutil.copytree(BANK / "questions", bank / "questions")
    (bank / STORY).write_text("- nothing\n", "utf-8")
    (bank / "questions/drift/quiet-weeks.yaml").write_text("id: [\n", "utf-8")
    text = (bank / "questions/mlops/future-leak.yaml").read_text("utf-8")
    (bank / "questions/mlops/future-leak.yaml").write_text(text.replace("kind:", "kin:", 1), "utf-8")
    result = run("check", "--bank", bank)
    refused(result, STORY, "questions/drift/quiet-weeks.yaml", "error S01a form · kin: ")
    *lines, last = result.stderr.splitlines()
    assert last == "4 faults in the content."
    found = [line for line in lines if line.startswith("  error ")]
    assert len(found) == 4
    assert all("→" in line for line in found)
    assert [line for line in lines if line not in found] == [
        "questions/drift/quiet-weeks.yaml", "questions/mlops/future-leak.yaml", STORY,
    ]  # fmt: skip


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """The file of the one question of a private bank in the folder `bank`."""
    (tmp_path / "bank" / STORY).parent.mkdir(parents=True)
    shutil.copy(BANK / STORY, tmp_path / "bank" / STORY)
    (tmp_path / "bank/assistant").mkdir()
    shutil.copy(BANK / "assistant/SHP-01.yaml", tmp_path / "bank/assistant/SHP-01.yaml")
    return tmp_path / "bank" / STORY


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_check_prints_findings_below_their_file_and_fails_on_an_error(story, tmp_path) -> None:
    rewrite(story, "Tell me what happened", "Did it fail? What did you do? Tell me what happened")
    result = run("check", "--bank", tmp_path / "bank")
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{STORY}\n  error P07a one-question · prompt: it asks 2 questions → ")
    assert ": 1 error, 0 warnings, 0 accepted." in result.stdout.splitlines()[-1]


def test_check_fails_on_a_warning_where_it_is_strict(story, tmp_path) -> None:
    rewrite(story, "names no failure of it", "often names no failure of it")
    assert run("check", "--bank", tmp_path / "bank").exit_code == 0
    result = run("check", "--bank", tmp_path / "bank", "--strict")
    assert result.exit_code == 1
    assert "  warning A18 frequency · anchors.level_1: 'often'" in result.stdout


def test_a_released_question_cannot_change_without_a_new_version(story, tmp_path) -> None:
    bank = ("check", "--bank", tmp_path / "bank")
    rewrite(story, "status: pilot", "status: live")
    assert "1 live questions noted" in run(*bank, "--release").stderr
    assert run(*bank).exit_code == 0
    rewrite(story, "A polished story", "A smooth story")
    result = run(*bank)
    assert result.exit_code == 1
    assert "error S05a version · version: the text differs from the released version 2" in result.stdout
    rewrite(story, "version: 2", "version: 3")
    assert run(*bank).exit_code == 0


def test_nothing_is_released_while_there_is_an_error(story, tmp_path) -> None:
    rewrite(story, "Tell me what happened", "Why? Tell me: what happened?")
    assert run("check", "--bank", tmp_path / "bank", "--release").exit_code == 1
    assert not (tmp_path / "bank/released.yaml").exists()


def test_check_finds_words_copied_from_a_text(story, tmp_path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/essay.txt").write_text("Anything that has run for real has misbehaved. So.", "utf-8")
    result = run("check", "--bank", tmp_path / "bank", "--compare-with", tmp_path / "texts")
    assert (
        "warning X33 copied-words · for_you: 'anything that has run for real has misbehaved'" in result.stdout
    )


def test_check_tells_every_fault_of_bad_rubrics(tmp_path) -> None:
    rubrics = tmp_path / "rubrics"
    shutil.copytree(LIBRARY, rubrics)
    (rubrics / "drift.yaml").write_text("", "utf-8")
    (rubrics / "scale.yaml").unlink()
    refused(run("check", "--rubrics", rubrics), "drift.yaml", "scale.yaml", "2 faults in the content.")


def test_check_takes_the_folders_from_the_settings(tmp_path, monkeypatch) -> None:
    (tmp_path / "bank" / STORY).parent.mkdir(parents=True)
    shutil.copy(BANK / STORY, tmp_path / "bank" / STORY)
    monkeypatch.setenv("INTERVIEW_KIT_BANK_PATH", str(tmp_path / "bank"))
    assert "1 question," in run("check").stdout


def test_check_names_a_folder_that_is_not_there(tmp_path) -> None:
    refused(run("check", "--bank", tmp_path / "nowhere"), "nowhere: there is no such folder")
    refused(run("check", "--rubrics", tmp_path / "nowhere"), "nowhere: there is no such folder")
