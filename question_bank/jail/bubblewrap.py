"""Bubblewrap: namespaces of its own for everything, an empty root, the interpreter read-only, folders in memory."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import BinaryIO

from . import places
from .limits import Limits

HOW = "Debian, Ubuntu: apt-get install bubblewrap; Fedora: dnf install bubblewrap"


def first(named: BinaryIO) -> int:
    """The jail's first process, which bubblewrap names."""
    return int(json.loads(named.read(1 << 12))["child-pid"])


def found() -> str | None:
    return shutil.which("bwrap", path=f"{os.environ.get('PATH', '')}:/usr/bin:/usr/local/bin")


def command(home: Path, channel: int, info: int, limits: Limits) -> list[str]:
    """The whole command line. No /proc is mounted: nothing in there is needed, and for root much of it is writable."""
    size, program = str(limits.folder_megabytes << 20), found()
    if program is None:
        raise FileNotFoundError("bwrap")
    return [
        program,
        *("--unshare-all", "--unshare-user", "--disable-userns"),
        *("--die-with-parent", "--new-session", "--cap-drop", "ALL"),
        *("--uid", "65534", "--gid", "65534", "--hostname", "exercise"),
        *("--info-fd", str(info), "--clearenv"),
        *(word for name, value in places.ENVIRONMENT.items() for word in ("--setenv", name, value)),
        *("--ro-bind", "/usr", "/usr", *_system()),
        *(word for path in places.prefixes() for word in ("--ro-bind", path, path)),
        *_packages(),
        *("--dev", "/dev", "--size", size, "--tmpfs", "/dev/shm", "--remount-ro", "/dev"),
        *("--size", size, "--perms", "0700", "--tmpfs", places.WORK),
        *("--size", size, "--perms", "0700", "--tmpfs", "/tmp"),
        *("--ro-bind", str(home / "given"), places.GIVEN),
        *("--ro-bind", str(home / "driver"), places.DRIVER),
        *("--remount-ro", "/", "--chdir", places.WORK),
        *("--", str(places.interpreter()), *places.arguments(channel)),
    ]


def _system() -> list[str]:
    """/bin, /lib and the like, as this system has them."""
    return [
        *(word for path, target in places.links().items() for word in ("--symlink", target, path)),
        *(word for path in places.folders() for word in ("--ro-bind", path, path)),
    ]


def _packages() -> list[str]:
    found = enumerate(places.packages())
    return [
        *(word for number, path in found for word in ("--ro-bind", path, f"{places.PACKAGES}/{number}")),
        *(word for path in places.covered() for word in ("--tmpfs", path, "--remount-ro", path)),
    ]
