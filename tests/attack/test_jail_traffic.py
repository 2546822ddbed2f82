"""What goes into the jail and what comes out of it, and what holds where there is none."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from question_bank import jail
from question_bank.exercise import ExerciseError, check_exercise, lay_out_exercise
from question_bank.jail import RefusedError, bubblewrap, podman
from question_bank.jail.folder import Copy, copied
from question_bank.jail.limits import FolderLimits
from question_bank.jail.results import UnreadableError, plain, read_columns, read_json


def jailed(code: str, **more: object) -> jail.Ran:
    return jail.run({"answer.py": code.encode()}, "answer.py", **more)  # type: ignore[arg-type]


# What comes out


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.symlink('/etc/passwd', 'report.json')",
        "import os; os.symlink('/given/answer.py', 'report.json')",
        "import os; os.mkfifo('report.json')",
        "import os; os.mkdir('report.json')",
        "open('report.json', 'w').truncate(60 << 20)",
        "import socket; socket.socket(socket.AF_UNIX).bind('report.json')",
        "import os; os.symlink('/dev/zero', 'report.json')",
    ],
)
def test_a_result_that_is_no_plain_file_is_not_read(code: str) -> None:
    ran = jailed(code, want=["report.json"])
    assert ran.code == 0
    assert ran.files == {}
    assert ran.left == {"report.json"}


def test_a_folder_that_is_a_link_is_not_gone_through() -> None:
    ran = jailed("import os; os.symlink('/given', 'out')", want=["out/answer.py"])
    assert ran.files == {}


@pytest.mark.parametrize(
    "data",
    [b"[" * 500_000, b"[" * 60 + b"]" * 60, b"9" * 5000, b"\xff", b"", b" " * (2 << 20), b'{"a": NaN'],
)
def test_a_hostile_json_value_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_json(data)


@pytest.mark.parametrize(
    "data", [b"a,b\n" * 100, b"a\n1", b'a,b\n"1', b"\xff", b"a,b\n1\n", b"a,b\n" + b"x" * 200_000]
)
def test_a_hostile_table_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_columns(data, ("a", "b"), 50)


def test_what_a_program_says_is_shown_without_control_characters() -> None:
    assert plain("\x1b[2Jred\x07 line\nnext‮") == "[2Jred line next"


# Folders that are handed in


def test_what_is_no_plain_file_is_refused_with_its_name(tmp_path: Path) -> None:
    """Pipes, sockets, hard links, names that cannot be printed."""
    for name, make, says in (
        ("pipe", lambda path: os.mkfifo(path), "is no file"),
        ("socket", lambda path: socket.socket(socket.AF_UNIX).bind(str(path)), "is no file"),
        ("hard", lambda path: hard_link(path), "hard link"),
        ("two\nlines", lambda path: path.write_text(""), "cannot be printed"),
        ("\x1b[2J", lambda path: path.write_text(""), "cannot be printed"),
        (os.fsdecode(b"\xff"), lambda path: path.write_text(""), "cannot be printed"),
    ):
        folder = tmp_path / f"folder-{says[:4]}-{len(name)}"
        folder.mkdir()
        make(folder / name)  # type: ignore[no-untyped-call]
        refused(folder, tmp_path, says)


def hard_link(path: Path) -> None:
    (path.parent.parent / "elsewhere").write_text("mine")
    os.link(path.parent.parent / "elsewhere", path)


def refused(folder: Path, tmp_path: Path, says: str) -> None:
    target = tmp_path / f"copy-{secrets.token_hex(4)}"
    target.mkdir()
    with pytest.raises(RefusedError) as error:
        copied(folder, target, FolderLimits(megabytes=4, entries=500))
    assert says in str(error.value)
    assert str(error.value).isprintable()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes devices")
def test_a_device_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mknod(tmp_path / "folder/zero", 0o20666, os.makedev(1, 5))
    refused(tmp_path / "folder", tmp_path, "is no file")


def test_what_is_too_much_is_refused_and_not_copied(tmp_path: Path) -> None:
    """A file of 10 GB that takes no room on the disk, thousands of names, 1,500 folders in one another."""
    for name in ("sparse", "many", "deep"):
        (tmp_path / name).mkdir()
    with open(tmp_path / "sparse/big.csv", "wb") as file:
        file.truncate(10 << 30)
    for n in range(600):
        (tmp_path / f"many/{n}").touch()
    at = os.open(tmp_path / "deep", os.O_RDONLY)
    for _ in range(1_500):
        os.mkdir("d", dir_fd=at)
        inner = os.open("d", os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = inner
    os.close(at)
    refused(tmp_path / "sparse", tmp_path, "more than 4 MB")
    refused(tmp_path / "many", tmp_path, "more than 500 files")
    refused(tmp_path / "deep", tmp_path, "20 folders deep")
    # pytest's own tidying does not go so deep.
    subprocess.run(["rm", "-rf", str(tmp_path / "deep")], check=True)


@pytest.mark.parametrize("swap", ["link to a file", "link to a folder"])
def test_a_name_that_is_swapped_while_it_is_copied_leads_nowhere(tmp_path: Path, swap: str) -> None:
    """Between the look at a name and its opening it becomes a link."""
    folder, target = tmp_path / "folder", tmp_path / "copy"
    for path in (folder, target, folder / "inner"):
        path.mkdir()
    (folder / "notes.txt").write_text("mine")

    class Slow(Copy):
        def _open(self, name: str, path: str, opened: int, flags: int = 0) -> int:
            if name == "notes.txt" and swap == "link to a file":
                (folder / name).unlink()
                (folder / name).symlink_to("/etc/passwd")
            if name == "inner" and swap == "link to a folder":
                (folder / name).rmdir()
                (folder / name).symlink_to("/etc")
            return super()._open(name, path, opened, flags)

    with pytest.raises(RefusedError, match="cannot be opened"):
        Slow(folder, FolderLimits()).into(target)
    assert not list(target.rglob("passwd"))


# Where there is no jail


@pytest.fixture
def no_jail(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    jail.found_jail.cache_clear()
    for kind in (bubblewrap, podman):
        monkeypatch.setattr(kind, "found", lambda: None)
    yield
    jail.found_jail.cache_clear()


@pytest.mark.usefixtures("no_jail")
def test_without_a_jail_nothing_runs_and_it_is_said_what_to_install(tmp_path: Path) -> None:
    folder = tmp_path / "zed"
    lay_out_exercise("tool-agent", folder, 3)
    (folder / "service.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    with pytest.raises(ExerciseError, match="apt-get install bubblewrap"):
        check_exercise("tool-agent", folder)
    assert not (tmp_path / "ran").exists()


@pytest.mark.usefixtures("no_jail")
def test_somebody_who_says_so_runs_it_without_a_jail() -> None:
    with jail.without_jail():
        assert jailed("print(6 * 7)").out == "42\n"
    with pytest.raises(RefusedError):
        jailed("print(6 * 7)")


def test_a_jail_that_is_there_and_does_not_work_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In many containers bubblewrap is installed and may make no namespace. Nothing of the trial is left."""
    broken = tmp_path / "bwrap"
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(podman, "found", lambda: None)
    broken.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    broken.chmod(0o755)
    jail.found_jail.cache_clear()
    monkeypatch.setattr(bubblewrap, "found", lambda: str(broken))
    try:
        with pytest.raises(RefusedError, match="No permissions to create new namespace"):
            jail.found_jail()
    finally:
        jail.found_jail.cache_clear()
    assert list(tmp_path.iterdir()) == [broken]
