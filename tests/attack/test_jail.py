# ruff: noqa: E501 - attackers' programs are on one line
"""What someone tries who wants out of the jail, or to bring down the checker from inside it."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from interview_kit.terminal.main import app
from question_bank import jail
from question_bank.exercise import lay_out_exercise
from question_bank.jail import CandidateError, Limits, bubblewrap, kinds, podman
from question_bank.jail.inside import Clock
from question_bank.jail.watch import Watch

KIT = Path(jail.__file__).parent.parent.parent


class Outside(NamedTuple):
    """What an attacker would like to have: a file, a sheet, a listening port and two listening sockets."""

    secret: str
    file: Path
    port: int
    abstract: str
    path: Path


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outside]:
    secret = secrets.token_hex(12)
    monkeypatch.setenv("OIDC_CLIENT_SECRET", secret)
    (tmp_path / "zed.interviewer.json").write_text(secret)
    abstract, path = f"kit-{secret}", tmp_path / "socket"
    with (
        socket.create_server(("127.0.0.1", 0)) as tcp,
        socket.socket(socket.AF_UNIX) as one,
        socket.socket(socket.AF_UNIX) as two,
    ):
        one.bind(f"\0{abstract}")
        two.bind(str(path))
        one.listen()
        two.listen()
        yield Outside(secret, tmp_path / "zed.interviewer.json", tcp.getsockname()[1], abstract, path)


# Each ends in an exception, or prints nothing but what is inside. FILE, PORT and the like are filled in.
ATTEMPTS = {
    "the interviewer's sheet": "print(open('FILE').read())",
    "the environment": "import os; print(dict(os.environ))",
    "the environment of other processes": "print(open('/proc/1/environ').read(), open('/proc/self/environ').read())",
    "names and passwords of this machine": "print('root:', len(open('/etc/passwd').read()))",
    "the kit's own files": "print('GOT', open('KIT/question_bank/exercise.py').read()[:50])",
    "the kit as a module": "import question_bank; print('GOT', question_bank)",
    "the home folder": "import os; print('GOT', [n for n in os.listdir('HOME') if f'HOME/{n}/' not in os.__file__ + '/'] or 1 / 0)",
    "other processes": "import os; print('GOT', os.listdir('/proc'))",
    "a port of this machine": "import socket; print('GOT', socket.create_connection(('127.0.0.1', PORT), 2))",
    "an address elsewhere": "import socket; print('GOT', socket.create_connection(('192.0.2.1', 80), 2))",
    "an abstract socket": "import socket; s = socket.socket(socket.AF_UNIX); s.connect('\\0ABSTRACT'); print('GOT', s)",
    "a socket in a folder": "import socket; s = socket.socket(socket.AF_UNIX); s.connect('SOCKET'); print('GOT', s)",
    "a signal to the checker": "import os; os.kill(PARENT, 0); print('GOT it')",
    "a mount": "import ctypes; assert ctypes.CDLL(None).mount(b'none', b'/tmp', b'tmpfs', 0, None) == 0; print('GOT it')",
    "user namespaces in it": "import ctypes; assert ctypes.CDLL(None).unshare(0x10000000) == 0; print('GOT it')",
    "another root": "import os; os.chroot('/tmp'); print('GOT it')",
    "tracing the driver": (
        "import ctypes, os\nfor pid in {1, 2, os.getppid()}:\n"
        "    if ctypes.CDLL(None).ptrace(16, pid, 0, 0) == 0: print('GOT it', pid)"
    ),
    "a file in the system": "open('/usr/GOT', 'w'); print('GOT it')",
    "a file among the packages": "open('/packages/0/GOT.pth', 'w'); print('GOT it')",
    "a file in the root": "open('/GOT', 'w'); print('GOT it')",
    "a device": "import os, stat; os.mknod('/tmp/d', stat.S_IFBLK | 0o600, os.makedev(254, 0)); open('/tmp/d'); print('GOT it')",
    "the driver": "open('/driver/inside.py', 'a'); print('GOT it')",
    "settings of the kernel": "open('/proc/sys/kernel/core_pattern', 'w'); print('GOT it')",
    "a terminal to type into": "import fcntl, termios; fcntl.ioctl(open('/dev/tty'), termios.TIOCSTI, b'x'); print('GOT it')",
    "standard input": "import sys; print('GOT', sys.stdin.read()) if sys.stdin.read(1) else None",
    "rights by a program of root": (
        "import glob, os, subprocess\nfor path in ('/usr/bin/su', '/usr/bin/mount', '/usr/bin/passwd'):\n"
        "    if os.path.exists(path): subprocess.run([path, '--help'], check=False)\n"
        "print('GOT it') if 0 in os.getresuid() else None"
    ),
}


def jailed(code: str, **more: object) -> jail.Ran:
    return jail.run({"answer.py": code.encode()}, "answer.py", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_nothing_outside_can_be_had(attempt: str, outside: Outside) -> None:
    words = {
        "FILE": str(outside.file),
        "KIT": str(KIT),
        "HOME": os.path.expanduser("~"),
        "PORT": str(outside.port),
        "ABSTRACT": outside.abstract,
        "SOCKET": str(outside.path),
        "PARENT": str(os.getpid()),
    }
    code = ATTEMPTS[attempt]
    for word, value in words.items():
        code = code.replace(word, value)
    ran = jailed(code)
    assert ran.code is not None, ran.err
    assert "GOT" not in ran.out
    assert "root:" not in ran.out
    assert outside.secret not in ran.out + ran.err.replace(code, "")


def test_a_process_that_hides_from_its_parents_ends_with_the_jail() -> None:
    """Two forks and a session of its own: with the namespace ends every process in it."""
    mark = f"{secrets.randbelow(10**9) + 10**9}.5"
    code = (
        "import os, sys\n"
        "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        f"        os.execv('/usr/bin/sleep', ['sleep', '{mark}'])\n    os._exit(0)\n"
        "os.wait()"
    )
    assert jailed(code).code == 0
    assert not [pid for pid in running() if mark in command(pid)]


def test_nothing_of_a_jail_is_left_on_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No control group, no folder, no process of it."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert jailed("import os\nfor n in range(9): os.fork()", limits=Limits(seconds=9)).code is not None
    assert not list(Path("/sys/fs/cgroup").glob(f"*/interview-kit-{os.getpid()}-*"))
    assert not list(Path("/sys/fs/cgroup").glob(f"interview-kit-{os.getpid()}-*"))
    assert not list(tmp_path.iterdir())


def running() -> list[str]:
    return [name for name in os.listdir("/proc") if name.isdigit()]


def command(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


# What is too much


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("while True: pass", "ran longer than"),
        ("import time\nwhile True: time.sleep(1)", "ran longer than"),
        ("import signal, time\nfor n in range(1, 32):\n    try: signal.signal(n, signal.SIG_IGN)\n    except OSError: pass\ntime.sleep(99)", "ran longer than"),
        ("for n in range(10**7): open(f'/tmp/{n}', 'w').close()", "more than 2,000 files"),
        ("import os\nfor n in range(10**7): os.mkdir(f'd{n}')", ""),
    ],
)  # fmt: skip
def test_a_program_that_does_not_end_is_ended(code: str, says: str) -> None:
    # Few enough to be reached in time on a busy machine.
    ran = jailed(code, limits=Limits(seconds=3, folder_entries=2_000))
    assert ran.code is None
    assert says in ran.err


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("held = bytearray(2_000_000_000)", "MemoryError"),
        ("with open('big', 'wb') as file:\n    while True: file.write(bytes(1 << 20))", "OSError"),
        ("with open('/dev/shm/big', 'wb') as file:\n    while True: file.write(bytes(1 << 20))", "OSError"),
        ("import os\nwhile True: os.fork()", "BlockingIOError"),
    ],
)  # fmt: skip
def test_a_program_that_wants_too_much_fails_alone(code: str, says: str) -> None:
    """Memory, folders in memory, processes: the limit is the candidate's, not the checker's."""
    ran = jailed(code, limits=Limits(seconds=10))
    assert ran.code != 0
    assert says in ran.err or "more than" in ran.err or "ran longer" in ran.err


def test_many_processes_do_not_hold_together_what_one_may_not() -> None:
    """Sixty of 300 MB would be 18 GB: the control group or the watch from outside ends them."""
    code = "import os, time\nfor n in range(60):\n    if os.fork() == 0: break\nheld = b'x' * (300 << 20)\ntime.sleep(30)"
    begun = time.monotonic()
    ran = jailed(code, limits=Limits(seconds=25))
    assert ran.code != 0
    assert time.monotonic() - begun < 600


def test_output_without_an_end_stays_outside_of_the_checkers_memory() -> None:
    """300 MB: the beginning and the end are kept, the cut is said, and the checker stays small."""
    code = (
        "import re\nfrom pathlib import Path\nfrom question_bank import jail\n"
        'code = b\'block = "x" * (1 << 20)\\nfor n in range(300): print(block)\\nprint("the end")\'\n'
        "ran = jail.run({'a.py': code}, 'a.py', limits=jail.Limits(seconds=300))\n"
        "print(len(ran.out), 'bytes cut' in ran.out, ran.out.endswith('the end\\n'))\n"
        # Not getrusage: that one also counts what the tests' own process held before this one began.
        "print(int(re.search(r'VmHWM:\\s+(\\d+) kB', Path('/proc/self/status').read_text())[1]) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=KIT, capture_output=True, text=True, check=True)
    told, megabytes = done.stdout.splitlines()
    assert told.split()[1:] == ["True", "True"]
    assert int(told.split()[0]) < 70_000
    assert int(megabytes) < 150


def test_what_lies_in_this_machines_folders_is_not_laid_at_the_candidates_door() -> None:
    """The first process sees them until its own folders stand, which takes a while on a busy machine."""
    crowded = Limits(folder_entries=0)
    assert Watch(os.getpid(), crowded).seen() == ""


def test_time_in_which_programs_waited_for_a_processor_does_not_count() -> None:
    clock = Clock()
    clock.began, clock.waited = clock.began - 10, clock.waited - 6
    assert 2 <= clock.seconds < 5


def test_the_time_of_a_machine_that_is_always_busy_runs_out_too() -> None:
    clock = Clock()
    clock.began, clock.waited = clock.began - 100, clock.waited - 100
    assert 20 <= clock.seconds < 30


@pytest.fixture
def no_jail(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    jail.found_jail.cache_clear()
    for kind in (bubblewrap, podman):
        monkeypatch.setattr(kind, "found", lambda: None)
    yield
    jail.found_jail.cache_clear()


# The driver beside the candidate's code


SHADOWS = (
    "json",
    "random",
    "base64",
    "os",
    "socket",
    "types",
    "sitecustomize",
    "usercustomize",
    "encodings",
    "contextlib",
)


def test_nothing_in_the_folder_stands_before_the_standard_library() -> None:
    """Modules by the names of those that the driver imports, and a file of paths, are never looked at."""
    files: dict[str, bytes | Path] = {f"{name}.py": b"print('GOT it'); raise SystemExit" for name in SHADOWS}
    files |= {"numpy/__init__.py": b"print('GOT it')", "evil.pth": b"import os; print('GOT it')"}
    files |= {"question_bank/__init__.py": b"mine = 1", "conftest.py": b"print('GOT it')"}
    code = f"import {', '.join(name for name in SHADOWS if 'customize' not in name)}, numpy; print(json.__file__)"
    ran = jail.run({**files, "answer.py": code.encode()}, "answer.py")
    assert ran.code == 0
    assert "GOT" not in ran.out
    assert not ran.out.startswith("/work")


DRIVE = "def begin(link, job):\n    import answer\n    return answer.answer\n"


@pytest.mark.parametrize(
    "code",
    [
        "import os; os._exit(0)",
        "import sys; sys.exit(0)",
        "def answer(): import os; os._exit(0)",
        "import os\ndef answer():\n    os.close(3)\n    for n in range(3, 256):\n        try: os.write(n, b'{\\n')\n        except OSError: pass\n    os._exit(0)",
        "import os\ndef answer():\n    for n in range(3, 256):\n        try: os.write(n, b'x' * 3_000_000)\n        except OSError: pass",
        "import os\ndef answer():\n    for n in range(3, 256):\n        try: os.write(n, b'[' * 90_000 + b'\\n')\n        except OSError: pass",
        "import os\ndef answer():\n    while True:\n        for n in range(3, 256):\n            try: os.write(n, b'{\"ask\": [\"nothing\"]}\\n' * 50)\n            except OSError: pass",
        "def answer(): raise KeyboardInterrupt('no')",
        "def answer(): return object()",
        "def answer():\n    import os, signal; os.kill(os.getppid(), signal.SIGKILL)\n    while True: pass",
    ],
)  # fmt: skip
def test_a_driver_that_is_ended_or_speaks_nonsense_is_an_error_of_the_candidates(
    code: str, tmp_path: Path
) -> None:
    """Never a hang, a traceback of the checker, or an answer."""
    drive = tmp_path / "drive.py"
    drive.write_text(DRIVE)
    with (
        pytest.raises(CandidateError),
        jail.serving({"answer.py": code.encode()}, drive, limits=Limits(seconds=3)) as session,
    ):
        session.do()


def test_the_judge_is_asked_only_for_what_it_offers(tmp_path: Path) -> None:
    """Nothing of its memory can be reached by a name, and a wrong argument is the asker's error."""
    drive = tmp_path / "drive.py"
    drive.write_text("def begin(link, job):\n    return lambda *asked: link.ask(*asked)\n")
    answers = {"double": lambda number: number * 2 + 0}
    with jail.serving({}, drive, answers=answers) as session:
        assert session.do("double", 4) == 8
        for asked in (
            ("__class__",),
            ("answers",),
            ("double",),
            ("double", [1]),
            ("double", {"a": 1}),
            (1,),
            ([],),
        ):
            with pytest.raises(CandidateError):
                session.do(*asked)
        assert session.do("double", 5) == 10


def test_a_jail_knows_no_namespace_but_its_own() -> None:
    """Even where the first process of the machine has the same number, it is not seen."""
    assert kinds.Bubblewrap().alone
    ran = jailed("import os; print(os.getpid() < 10, os.getuid(), os.uname().nodename)")
    assert ran.out.split() == ["True", "65534", "exercise"]


# At the terminal


@pytest.mark.usefixtures("no_jail")
def test_the_command_runs_nothing_without_a_jail_unless_it_is_told_to(tmp_path: Path) -> None:
    """Exit code 1 and what to install; with the flag a warning, and a score."""
    folder = tmp_path / "zed"
    lay_out_exercise("incident-log", folder, 3)
    (folder / "alerts.py").write_text("raise ValueError('it ran')")
    refusing = CliRunner().invoke(app, ["check-exercise", "incident-log", str(folder)])
    assert refusing.exit_code == 1
    assert "Install bubblewrap" in refusing.output
    assert "it ran" not in refusing.output
    told = CliRunner().invoke(app, ["check-exercise", "incident-log", str(folder), "--without-jail"])
    assert told.exit_code == 3
    assert "whatever you can" in told.output
    assert "Jail: none" in told.output
    assert "it ran" in told.output
