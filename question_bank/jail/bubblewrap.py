"""Bubblewrap: namespaces of its own for everything, an empty root, the interpreter read-only, folders in memory."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NamedTuple

from . import places
from .limits import Limits

NAME = "bubblewrap"
HOW = "Debian, Ubuntu: apt-get install bubblewrap; Fedora: dnf install bubblewrap"


class Fds(NamedTuple):
    """Open files that go along: to the judge, for the jail's first process, with the filter of system calls."""

    channel: int
    info: int
    calls: int | None


def found() -> str | None:
    return shutil.which("bwrap", path=f"{os.environ.get('PATH', '')}:/usr/bin:/usr/local/bin")


def command(given: Path, driver: Path, limits: Limits, fds: Fds) -> list[str]:
    """The whole command line. No /proc is mounted: nothing in there is needed, and for root much of it is writable."""
    size, program = str(limits.folder_megabytes << 20), found()
    if program is None:
        raise FileNotFoundError("bwrap")
    return [
        program,
        *("--unshare-all", "--unshare-user", "--disable-userns"),
        *("--die-with-parent", "--new-session", "--cap-drop", "ALL"),
        *("--uid", "65534", "--gid", "65534", "--hostname", "exercise"),
        *("--info-fd", str(fds.info), "--clearenv"),
        *(("--seccomp", str(fds.calls)) if fds.calls is not None else ()),
        *(word for name, value in places.ENVIRONMENT.items() for word in ("--setenv", name, value)),
        *("--ro-bind", "/usr", "/usr", *_usr_links()),
        *(word for path in places.prefixes() for word in ("--ro-bind", path, path)),
        *_packages(),
        *("--dev", "/dev", "--size", size, "--tmpfs", "/dev/shm", "--remount-ro", "/dev"),
        *("--size", size, "--perms", "0700", "--tmpfs", places.WORK),
        *("--size", size, "--perms", "0700", "--tmpfs", "/tmp"),
        *("--ro-bind", str(given), places.GIVEN, "--ro-bind", str(driver), places.DRIVER),
        *("--remount-ro", "/", "--chdir", places.WORK),
        *("--", str(places.interpreter()), *places.arguments(fds.channel)),
    ]


def _usr_links() -> list[str]:
    """/bin, /lib and the like, as this system has them."""
    words: list[str] = []
    for name in ("bin", "lib", "lib32", "lib64", "sbin"):
        path = Path("/", name)
        if path.is_symlink():
            words += ["--symlink", os.readlink(path), str(path)]
        elif path.is_dir():
            words += ["--ro-bind", str(path), str(path)]
    return words


def _packages() -> list[str]:
    words: list[str] = []
    for number, path in enumerate(places.packages()):
        inside = f"{places.PACKAGES}/{number}"
        words += ["--ro-bind", path, inside]
        for name in places.hidden(path):
            words += ["--tmpfs", f"{inside}/{name}", "--remount-ro", f"{inside}/{name}"]
    return words
