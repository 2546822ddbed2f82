"""`interview-kit import`: a round from another database, and files that are refused."""

import json
from pathlib import Path

import pytest

from scorecards.store import Store, open_database

from .running import Kept, exported, refused, run

pytestmark = pytest.mark.usefixtures("no_settings_of_this_machine")


def test_a_round_goes_through_another_database_without_a_byte_changed(kept, tmp_path) -> None:
    first = exported(kept, tmp_path / "first.json")
    other = kept._replace(database=str(tmp_path / "other.db"))
    result = run("import", tmp_path / "first.json", "--database", other.database)
    assert (result.exit_code, result.stdout) == (0, f"{kept.round_id}\n")
    assert exported(other, tmp_path / "second.json") == first
    # The documents differ in nothing but the mark of the import.
    before, after = (
        [line.rpartition(b",")[0] for line in exported(one, tmp_path / "a", "--format", "csv").splitlines()]
        for one in (kept, other)
    )
    assert before == after
    assert b"Imported from a file" in exported(other, tmp_path / "b", "--format", "md")


def test_a_round_that_is_there_already_is_refused_and_stays(kept, tmp_path) -> None:
    first = exported(kept, tmp_path / "first.json")
    result = run("import", tmp_path / "first.json", "--database", kept.database)
    refused(result, kept.round_id, "already in this database; nothing was changed")
    assert exported(kept, tmp_path / "second.json") == first


def test_two_people_of_one_name_are_told_apart_by_their_ids(kept, tmp_path) -> None:
    exported(kept, tmp_path / "round.json")
    other = kept._replace(database=str(tmp_path / "other.db"))
    opened = open_database(other.database)
    Store(opened).people.add("Ada")
    opened.close()
    into = ("import", tmp_path / "round.json", "--database", other.database)
    refused(run(*into), "say whether they are the same", f"--person {kept.ada}=ID, or =new")
    assert run(*into, "--person", f"{kept.ada}=new").exit_code == 0
    words = ("export", kept.round_id, "--out", tmp_path / "out.json", "--database", other.database, "--as")
    assert run(*words, "Ada (imported)").exit_code == 0
    assert run(*words, kept.ada).exit_code == 0


def edited(kept: Kept, tmp_path: Path, **values: object) -> Path:
    """An export with other values in its envelope."""
    envelope = json.loads(exported(kept, tmp_path / "good.json")) | values
    (tmp_path / "edited.json").write_text(json.dumps(envelope), "utf-8")
    return tmp_path / "edited.json"


def test_a_newer_bundle_is_refused_and_nothing_is_imported(kept, tmp_path) -> None:
    result = run("import", edited(kept, tmp_path, schema_version=99), "--database", tmp_path / "new.db")
    refused(result, "schema version 99", "update the kit")
    assert run("rounds", "--database", tmp_path / "new.db").stdout == ""


def test_a_changed_bundle_is_refused(kept, tmp_path) -> None:
    content = json.loads(exported(kept, tmp_path / "good.json"))["content"]
    content["round"]["name"] = "Another name"
    result = run("import", edited(kept, tmp_path, content=content), "--database", tmp_path / "new.db")
    refused(result, "changed or damaged")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b"[]", "no bundle"),
        (b'{"schema": "something/else"}', "no bundle"),
        (b"[" * 200_000, "nested too deep"),
        (b'{"schema": "interview-kit/round", "schema_version": true}', "bundle"),
        (b'{"schema": "interview-kit/round", "schema_version": 1, "content": {}}', "digest"),
    ],
)
def test_a_file_that_is_no_bundle_is_refused(tmp_path, data, says) -> None:
    (tmp_path / "x.json").write_bytes(data)
    refused(run("import", tmp_path / "x.json", "--database", tmp_path / "new.db"), "x.json", says)


def test_a_file_that_is_not_there_is_refused(tmp_path) -> None:
    result = run("import", tmp_path / "nowhere.json", "--database", tmp_path / "new.db")
    refused(result, "nowhere.json: No such file")
