# ruff: noqa: E501 - programs of attackers stand on one line
"""What both jails keep: bubblewrap always, podman where an ordinary user can have it here."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest

from question_bank import jail
from question_bank.jail import Limits, kinds, podman
from question_bank.jail.podman import RUNTIMES
from tests.podman import Podman, UnavailableError, lent

from .test_jail import ATTEMPTS, KIT, Outside, command, outside, running

__all__ = ["outside"]


class Inside(Protocol):
    """A jail to run programs in, and what must be empty when none runs."""

    def run(self, code: str, want: str = "", seconds: int = 20) -> jail.Ran: ...

    def double(self, number: int, drive: str) -> Any: ...

    def left(self) -> str: ...


class InBubblewrap:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, code: str, want: str = "", seconds: int = 20) -> jail.Ran:
        files, wanted = {"answer.py": code.encode()}, [want] if want else []
        kept = Limits(seconds=seconds)
        with jail.Session(kinds.Bubblewrap(), files, kept, script="answer.py", want=wanted) as session:
            return session.end()

    def double(self, number: int, drive: str) -> Any:
        (self.folder / "drive.py").write_text(drive)
        answers = {"double": lambda asked: asked * 2}
        with jail.serving({}, self.folder / "drive.py", answers=answers) as session:
            return session.do("double", number)

    def left(self) -> str:
        return ""


class InPodman:
    """The same through an ordinary user's process."""

    def __init__(self, lent: Podman) -> None:
        self.lent = lent

    def ask(self, **wanted: Any) -> dict[str, Any]:
        default = {"files": {}, "script": "answer.py", "want": [], "seconds": 20, "drive": ""}
        return self.lent.ask({**default, "number": self.lent.number, **wanted})

    def run(self, code: str, want: str = "", seconds: int = 20) -> jail.Ran:
        told = self.ask(files={"answer.py": code}, want=[want] if want else [], seconds=seconds)
        files = {name: held.encode() for name, held in told["files"].items()}
        return jail.Ran(told["code"], told["out"], told["err"], files, frozenset(told["left"]))

    def double(self, number: int, drive: str) -> Any:
        path = self.lent.home / "drive.py"
        path.write_text(drive)
        return self.ask(drive=str(path), do=["double", number])["value"]

    def left(self) -> str:
        kept = [path.name for path in (self.lent.home / "tmp").iterdir()]
        return self.lent.containers() + " ".join(name for name in kept if name.startswith("exercise-"))


@pytest.fixture(scope="session")
def borrowed() -> Iterator[Podman | str]:
    """Podman, or why there is none."""
    try:
        with lent() as held:
            yield held
    except UnavailableError as error:
        yield str(error)


@pytest.fixture(params=["bubblewrap", "podman"])
def inside(request: pytest.FixtureRequest, tmp_path: Path) -> Inside:
    if request.param == "bubblewrap":
        return InBubblewrap(tmp_path)
    held = request.getfixturevalue("borrowed")
    if isinstance(held, str):
        pytest.skip(f"podman cannot be tried here: {held}")
    return InPodman(held)


# Podman's runtimes need a /proc, so that a listing of it alone is no escape: it must name nobody else.
OTHERS = """
import glob, os
for name in ('cmdline', 'environ', 'maps'):
    for path in glob.glob(f'/proc/[0-9]*/{name}'):
        try: print(open(path).read())
        except OSError: pass
"""
ALL = {**ATTEMPTS, "other processes": OTHERS}
ONE_AFTER_THE_OTHER = """
import json, subprocess, sys
told = {}
for name, code in json.loads(CODES).items():
    done = subprocess.run([sys.executable, '-I', '-S', '-c', code], capture_output=True, text=True, stdin=None)
    told[name] = [done.stdout, done.stderr.replace(code, '')]
open('told.json', 'w').write(json.dumps(told))
"""


@contextmanager
def somebody(secret: str) -> Iterator[None]:
    """A program of this machine with a secret in its command line."""
    words = [sys.executable, "-c", "import sys; print(flush=True); sys.stdin.read()", secret]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        yield
        process.kill()


def test_nothing_outside_can_be_had_in_either_jail(inside: Inside, outside: Outside) -> None:
    """All attempts in one run, each in a process of its own."""
    words = {
        "FILE": str(outside.file),
        "KIT": str(KIT),
        "HOME": os.path.expanduser("~"),
        "PORT": str(outside.port),
        "ABSTRACT": outside.abstract,
        "SOCKET": str(outside.path),
        "PARENT": str(os.getpid()),
    }
    codes = json.dumps(ALL)
    for word, value in words.items():
        codes = codes.replace(word, value)
    with somebody(outside.secret):
        ran = inside.run(ONE_AFTER_THE_OTHER.replace("CODES", repr(codes)), "told.json", seconds=60)
    told = json.loads(ran.files["told.json"])
    assert set(told) == set(ALL), ran.err
    got = {name: out for name, (out, _) in told.items() if "GOT" in out or "root:" in out}
    assert got == {}
    assert outside.secret not in told["other processes"][0] + told["the environment"][0]
    assert [name for name, said in told.items() if outside.secret in "".join(said)] == []


def test_a_process_that_hides_ends_with_either_jail(inside: Inside) -> None:
    """Two forks and a session of its own; no process, container or folder is left."""
    mark = f"{secrets.randbelow(10**9) + 10**9}.5"
    code = (
        "import os\n"
        "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        f"        os.execv('/usr/bin/sleep', ['sleep', '{mark}'])\n    os._exit(0)\n"
        "os.wait()"
    )
    assert inside.run(code).code == 0
    assert not [pid for pid in running() if mark in command(pid)]
    assert inside.left() == ""


def test_what_does_not_end_is_ended_in_either_jail(inside: Inside) -> None:
    """Every signal that can be ignored is; the output so far is kept, and nothing is left."""
    code = "import signal\nfor n in range(1, 32):\n    try: signal.signal(n, signal.SIG_IGN)\n    except OSError: pass\nprint('begun', flush=True)\nwhile True: pass"
    ran = inside.run(code, seconds=2)
    assert (ran.code, ran.out) == (None, "begun\n")
    assert "ran longer than 2 seconds" in ran.err
    assert inside.left() == ""


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("held = bytearray(2_000_000_000)", "MemoryError"),
        ("with open('big', 'wb') as file:\n    while True: file.write(bytes(1 << 20))", "OSError"),
        ("import os\nwhile True: os.fork()", "BlockingIOError"),
        ("import os\nfor n in range(10**7): os.mkdir(f'd{n}')", "more than 20,000 files"),
        ("import os, time\nfor n in range(40):\n    if os.fork() == 0: break\nheld = b'x' * (300 << 20)\ntime.sleep(15)", "more than 1536 MB"),
    ],
    ids=["memory", "the folder's size", "processes", "the folder's entries", "memory of all together"],
)  # fmt: skip
def test_what_wants_too_much_fails_alone_in_either_jail(inside: Inside, code: str, says: str) -> None:
    ran = inside.run(code, seconds=15)
    assert ran.code != 0
    assert says in ran.err or "ran longer" in ran.err or "more than" in ran.err or ran.code == -9


def test_a_result_that_is_a_link_is_not_read_from_either_jail(inside: Inside) -> None:
    ran = inside.run("import os; os.symlink('/given/answer.py', 'report.json')", "report.json")
    assert (ran.code, ran.files, ran.left) == (0, {}, {"report.json"})


def test_all_that_is_printed_comes_out_of_either_jail_in_order(inside: Inside) -> None:
    """Also what is written just before the end, by a program that fails."""
    ran = inside.run("import sys\nfor n in range(5000): print(n)\nsys.exit('over')")
    assert ran.out.split() == [str(n) for n in range(5000)]
    assert (ran.code, ran.err) == (1, "over\n")


def test_a_driver_in_either_jail_asks_the_judge(inside: Inside) -> None:
    assert inside.double(21, "def begin(link, job):\n    return lambda *asked: link.ask(*asked)\n") == 42


def test_it_is_nobody_in_either_jail(inside: Inside) -> None:
    """With a name of its own for the machine, in an empty folder, in a root that holds only what it needs."""
    ran = inside.run("import os; print(os.getresuid(), os.uname().nodename, os.getcwd(), os.listdir('/etc') if os.path.isdir('/etc') else [])")  # fmt: skip
    assert ran.out == "(65534, 65534, 65534) exercise /work []\n"


# Which jail is taken


def test_podman_is_no_jail_where_root_would_start_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(podman, "found", lambda: "/usr/bin/podman")
    monkeypatch.setattr("os.geteuid", lambda: 0)
    with pytest.raises(PermissionError, match="as an ordinary user"):
        podman.command(Path("/nowhere"), 3, Limits(), RUNTIMES[0])


def test_a_runtime_that_refuses_is_followed_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some runtimes refuse some machines: each is tried, and the first that works is taken."""
    tried = []

    def trouble(kind: kinds.Jail) -> str:
        tried.append(kind)
        return "" if getattr(kind, "runtime", None) == RUNTIMES[2] else "fails: cgroups in hybrid mode"

    jail.found_jail.cache_clear()
    monkeypatch.setattr(jail, "_tried", trouble)
    try:
        assert jail.found_jail().name == "podman"
    finally:
        jail.found_jail.cache_clear()
    assert tried == list(kinds.JAILS)


def test_no_settings_of_the_user_reach_podman(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of settings could mount folders, a variable lead to another machine."""
    monkeypatch.setenv("CONTAINER_HOST", "ssh://elsewhere")
    monkeypatch.setenv("CONTAINERS_CONF", "/home/zed/containers.conf")
    held = podman.environment()
    assert held["CONTAINERS_CONF"] == os.devnull
    assert "CONTAINER_HOST" not in held
