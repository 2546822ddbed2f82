"""Podman without root: a container whose root is an empty folder, with the interpreter read-only, folders in memory."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from . import places
from .limits import Limits

HOW = "Debian, Ubuntu: apt-get install podman uidmap; Fedora: dnf install podman"
# Numbers that a container finds passed-on files under: our line, its output, its errors.
CHANNEL, OUT, ERR = 3, 4, 5
# Podman passes on what lies at 3, 4 and 5, and prints nothing of its own between the candidate's lines.
PASS_ON = """
import fcntl, os, sys
held = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10) for fd in (int(sys.argv[1]), 1, 2)]
os.close(int(sys.argv[1]))
for at, fd in enumerate(held, 3):
    os.dup2(fd, at)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
os.execvp(sys.argv[2], sys.argv[2:])
"""
POINTS = ("usr", "dev", "proc", "sys", "run", "etc", "work", "tmp", "given", "driver", "packages")
KEPT = (
    *("PATH", "HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME"),
    "DBUS_SESSION_BUS_ADDRESS",
)
PAUSE, STARTING, TIDYING = 0.02, 20, 30


class Runtime(NamedTuple):
    """What starts the container, and whether its control groups can hold limits. Which works is found by trying."""

    words: tuple[str, ...]
    limits: bool


RUNTIMES = (
    Runtime((), True),
    Runtime(("--runtime", "crun", "--cgroup-manager", "cgroupfs"), False),
    Runtime(("--runtime", "runc", "--cgroup-manager", "cgroupfs"), False),
)


def found() -> str | None:
    return shutil.which("podman", path=f"{os.environ.get('PATH', '')}:/usr/bin:/usr/local/bin")


def program() -> str:
    """Where podman lies; for root none, since a container of root's is started with all of root's rights."""
    path = found()
    if path is None:
        raise FileNotFoundError("podman")
    if os.geteuid() == 0:
        raise PermissionError(
            "is a jail only where root does not start it: run the check as an ordinary user"
        )
    return path


def environment() -> dict[str, str]:
    """No settings of the user's or the machine's: they could mount folders and pass on variables."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    path = f"{kept.get('PATH', os.defpath)}:/usr/sbin:/sbin"
    return {**kept, "PATH": path, "CONTAINERS_CONF": os.devnull}


def command(home: Path, channel: int, limits: Limits, runtime: Runtime) -> list[str]:
    """The whole command line. `/etc`, `/run` and `/sys` are covered; `/proc` is the container's own, read by nobody."""
    run = [program(), *runtime.words, "run", "--rm", "--name", home.name, "--pidfile", str(home / "pid")]
    return [
        *(sys.executable, "-I", "-S", "-c", PASS_ON, str(channel)),
        *run,
        *("--pull", "never", "--log-driver", "none", "--preserve-fds", "3"),
        *("--network", "none", "--no-hosts", "--http-proxy=false", "--hostname", "exercise"),
        *("--user", "65534:65534", "--passwd=false", "--cap-drop", "all", "--ulimit", "host"),
        *("--security-opt", "no-new-privileges", "--security-opt", "label=disable"),
        *("--security-opt", "mask=/etc:/run:/sys", "--read-only", "--read-only-tmpfs=false"),
        *("--timeout", str(limits.wall_seconds), *_bounds(limits, runtime), *_folders(home, limits)),
        *(word for name, value in places.ENVIRONMENT.items() for word in ("--env", f"{name}={value}")),
        *("--workdir", places.WORK, "--rootfs", str(home / "root")),
        *(str(places.interpreter()), *places.arguments(CHANNEL, OUT, ERR)),
    ]


def _bounds(limits: Limits, runtime: Runtime) -> list[str]:
    """Of all processes together; where the runtime's control groups hold none, the watch from outside does."""
    memory = f"{limits.all_megabytes}m"
    wanted = ["--memory", memory, "--memory-swap", memory, "--pids-limit", str(limits.processes + 4)]
    return wanted if runtime.limits else []


def _folders(home: Path, limits: Limits) -> list[str]:
    size = f"size={limits.folder_megabytes}m"
    read = {"/usr": "/usr", **places.folders(), **{path: path for path in places.prefixes()}}
    read |= {str(home / name): f"/{name}" for name in ("given", "driver")}
    read |= {path: f"{places.PACKAGES}/{number}" for number, path in enumerate(places.packages())}
    return [
        *(word for path, inside in read.items() for word in ("--volume", f"{path}:{inside}:ro,rprivate")),
        *(word for path in places.covered() for word in ("--tmpfs", f"{path}:ro,size=4k,notmpcopyup")),
        *(
            word
            for path in (places.WORK, "/tmp")
            for word in ("--tmpfs", f"{path}:rw,{size},mode=1777,notmpcopyup")
        ),
        *("--shm-size", f"{limits.folder_megabytes}m"),
    ]


def lay_root(home: Path) -> None:
    """The container's root: mount points alone, which anybody may pass; nobody else comes into `home` itself."""
    root = home / "root"
    for name in POINTS:
        (root / name).mkdir(parents=True)
    for name, target in places.links().items():
        (root / name.strip("/")).symlink_to(target)
    for path in (root, home / "given", home / "driver"):
        for held in (path, *path.rglob("*")):
            if not held.is_symlink():
                held.chmod(0o755 if held.is_dir() else 0o644)
    # A runtime may give a folder in memory the rights of the folder that it lies over.
    for name in ("work", "tmp"):
        (root / name).chmod(0o1777)


def first(home: Path, process: subprocess.Popen[bytes]) -> int:
    """The container's first process, which podman writes down before it starts."""
    ends, written = time.monotonic() + STARTING, home / "pid"
    while process.poll() is None and time.monotonic() < ends:
        if written.exists() and (number := written.read_text().strip()):
            return int(number)
        time.sleep(PAUSE)
    raise ProcessLookupError(home.name)


def remove(home: Path, runtime: Runtime) -> None:
    """End and delete the container of this run, however far it came."""
    words: Sequence[str] = (program(), *runtime.words, "rm", "--force", "--ignore", "--time", "0", home.name)
    subprocess.run(words, env=environment(), capture_output=True, check=False, timeout=TIDYING)
