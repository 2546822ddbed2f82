"""Broken rubrics: each fault names the file, the key and a cure, and all come at once."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from rubrics import LIBRARY, ContentError, load_rubrics
from rubrics.files import mapping_in
from tests.rubrics.broken_text import BROKEN_TEXT

FILE = "drift.yaml"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LIBRARY, tmp_path / "library"))


def change(library: Path, edit, name: str = FILE) -> None:
    """Write the file anew with what `edit` does to its mapping."""
    data = mapping_in((library / name).read_bytes(), name)
    edit(data)
    (library / name).write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")


def faults(library: Path) -> ContentError:
    with pytest.raises(ContentError) as caught:
        load_rubrics(library)
    return caught.value


def assert_told(error: ContentError, file: str, key: str, says: str) -> None:
    """One line names the file, the key and what is wrong, and every line ends with a cure."""
    place = f"{file}: {key}" if key else file
    assert [line for line in str(error).splitlines() if line.startswith(place) and says in line], str(error)
    assert all(problem.cure for problem in error.problems)
    assert "→" in str(error)


def drop(*keys):
    """An edit that removes what lies at the end of the keys."""

    def edit(data):
        for key in keys[:-1]:
            data = data[key]
        del data[keys[-1]]

    return edit


def put(value, *keys):
    """An edit that sets what lies at the end of the keys."""

    def edit(data):
        for key in keys[:-1]:
            data = data[key]
        data[keys[-1]] = value

    return edit


BROKEN = {
    "no definition": (drop("definition"), "definition", "required"),
    "no level 2": (drop("levels", "level_2"), "levels.level_2", "required"),
    "level 3 is empty": (put("  ", "levels", "level_3"), "levels.level_3", "at least 1"),
    "a fifth level": (put("More.", "levels", "level_5"), "levels.level_5", "not permitted"),
    "a key nobody knows": (put("blue", "colour"), "colour", "not permitted"),
    "a number where text belongs": (put(42, "name"), "name", "string"),
    "text where true or false belongs": (put("perhaps", "pillar"), "pillar", "boolean"),
    "a name of 81 characters": (put("x" * 81, "name"), "name", "80"),
    "a text of 7,000 characters": (put("x" * 7000, "definition"), "definition", "6000"),
    "a code in small letters": (put("drf", "code"), "code", "pattern"),
    "an id that is not the file's name": (put("drifting", "id"), "id", "file's name"),
    "one sub-skill only": (lambda d: d["subskills"].__delitem__(slice(1, None)), "", "two sub-skills"),
    "a sub-skill twice": (lambda d: d["subskills"].append(dict(d["subskills"][0])), "", "twice"),
    "a sub-skill of another competency": (put("SYS9", "subskills", 0, "id"), "subskills.0.id", "DRF"),
    "a sub-skill without a name": (drop("subskills", 1, "name"), "subskills.1.name", "required"),
    "sub-skills as a mapping": (put({"DRF1": "x"}, "subskills"), "subskills", "tuple"),
}

BROKEN_SCALE = {
    "a level missing": (drop("levels", 3), "levels", "required"),
    "a level too many": (lambda d: d["levels"].append(dict(d["levels"][0])), "levels", "at most 4"),
    "levels in another order": (lambda d: d["levels"].reverse(), "", "order"),
    "a level that is no number": (put("three", "levels", 2, "level"), "levels.2.level", "1, 2, 3 or 4"),
    "a state missing": (drop("states", 2), "states", "required"),
    "a state twice": (lambda d: put(dict(d["states"][0]), "states", 1)(d), "", "twice"),
    "a state nobody knows": (put("maybe", "states", 0, "id"), "states.0.id", "not_asked"),
}


@pytest.mark.parametrize(("edit", "key", "says"), BROKEN.values(), ids=BROKEN)
def test_a_broken_rubric_names_file_key_and_cure(library, edit, key, says) -> None:
    change(library, edit)
    assert_told(faults(library), FILE, key, says)


@pytest.mark.parametrize(("edit", "key", "says"), BROKEN_SCALE.values(), ids=BROKEN_SCALE)
def test_a_broken_scale_names_file_key_and_cure(library, edit, key, says) -> None:
    change(library, edit, "scale.yaml")
    assert_told(faults(library), "scale.yaml", key, says)


@pytest.mark.parametrize("broken", BROKEN_TEXT, ids=lambda broken: broken.name)
def test_a_file_that_is_no_mapping_names_itself_and_a_cure(library, broken) -> None:
    (library / FILE).write_bytes(broken.data)
    assert_told(faults(library), FILE, "", broken.says)


def test_brackets_nested_without_end_do_not_end_the_process(library) -> None:
    (library / FILE).write_bytes(b"id: " + b"[" * 200_000)
    code = "import sys; from pathlib import Path; from rubrics import *\n"
    code += "try: load_rubrics(Path(sys.argv[1]))\nexcept ContentError as error: print(error)"
    done = subprocess.run([sys.executable, "-c", code, str(library)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(FILE)


def test_a_missing_scale_is_named(library) -> None:
    (library / "scale.yaml").unlink()
    assert_told(faults(library), "scale.yaml", "", "missing")


def test_a_folder_without_rubrics_is_named(tmp_path) -> None:
    shutil.copy(LIBRARY / "scale.yaml", tmp_path)
    assert_told(faults(tmp_path), tmp_path.name, "", "no rubric")


def test_a_folder_that_is_not_there_is_a_fault_and_no_crash(tmp_path) -> None:
    assert_told(faults(tmp_path / "nowhere"), "scale.yaml", "", "missing")


def test_one_code_in_two_files_is_named(library) -> None:
    change(library, put("SYS", "code"))
    error = faults(library)
    assert [problem.key for problem in error.problems if "used 2 times" in problem.message] == ["SYS"]


def test_one_subskill_in_two_files_is_named(library) -> None:
    change(library, put("DRF1", "subskills", 0, "id"), "specialist.yaml")
    assert "'DRF1' is used 2 times" in str(faults(library))


def test_a_link_out_of_the_folder_is_not_followed(library, tmp_path) -> None:
    (library / FILE).rename(tmp_path / "outside.yaml")
    (library / FILE).symlink_to(tmp_path / "outside.yaml")
    assert_told(faults(library), FILE, "", "outside")


def test_a_link_to_itself_is_a_fault_and_no_crash(library) -> None:
    (library / FILE).unlink()
    (library / FILE).symlink_to(library / FILE)
    assert_told(faults(library), FILE, "", "")


def test_a_folder_that_is_called_like_a_file_is_named(library) -> None:
    (library / "more.yaml").mkdir()
    assert_told(faults(library), "more.yaml", "", "cannot be read")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(library) -> None:
    (library / FILE).chmod(0)
    assert_told(faults(library), FILE, "", "cannot be read")


def test_faults_in_several_files_come_at_once(library) -> None:
    change(library, drop("definition"))
    change(library, lambda d: (drop("name")(d), put("blue", "colour")(d)), "mlops.yaml")
    (library / "security.yaml").write_bytes(b"")
    change(library, drop("levels", 0), "scale.yaml")
    assert {(problem.file, problem.key) for problem in faults(library).problems} == {
        (FILE, "definition"),
        ("mlops.yaml", "name"),
        ("mlops.yaml", "colour"),
        ("security.yaml", ""),
        ("scale.yaml", "levels.3"),
    }


def test_files_of_another_kind_are_left_alone(library) -> None:
    (library / "notes.txt").write_text("not a rubric", "utf-8")
    assert load_rubrics(library).digest == load_rubrics().digest


def test_the_digest_changes_with_one_word_only(library) -> None:
    before = load_rubrics(library).digest
    (library / FILE).write_text("# a comment\n" + (library / FILE).read_text("utf-8"), "utf-8")
    assert load_rubrics(library).digest == before
    change(library, put("Another word.", "definition"))
    assert load_rubrics(library).digest != before


@pytest.mark.parametrize("ending", [".yml", ".YAML"])
def test_rubrics_and_the_scale_are_read_however_their_ending_is_written(tmp_path, ending) -> None:
    folder = shutil.copytree(LIBRARY, tmp_path / "rubrics")
    for path in sorted(folder.glob("*.yaml")):
        path.rename(path.with_suffix(ending))
    assert load_rubrics(folder).digest == load_rubrics().digest


def test_a_rubric_that_is_not_read_is_named(tmp_path) -> None:
    folder = shutil.copytree(LIBRARY, tmp_path / "rubrics")
    (folder / "drift.yaml").rename(folder / "drift.yaml.txt")
    with pytest.raises(ContentError) as refused:
        load_rubrics(folder)
    assert_told(refused.value, "drift.yaml.txt", "", "not read")
