"""Looks from outside at what a jail uses, ten times a second: processes, memory, entries of its folders."""

from __future__ import annotations

import os
from pathlib import Path

from . import places
from .limits import Limits

PAGE = os.sysconf("SC_PAGE_SIZE")


class Watch:
    """`seen` says what is over its limit; empty where nothing is. Knows the jail by its first process."""

    def __init__(self, first: int, limits: Limits) -> None:
        self.first, self.limits = first, limits
        space = _namespace(first)
        # In the machine's own process namespace, the candidate's processes look like any other.
        self.space = 0 if space == _namespace(os.getpid()) else space

    def seen(self) -> str:
        inside = [pid for pid in _all() if self.space and _namespace(pid) == self.space]
        if len(inside) > self.limits.processes + 4:
            return f"more than {self.limits.processes} processes"
        if sum(map(_resident, inside)) > self.limits.all_megabytes << 20:
            return f"more than {self.limits.all_megabytes} MB of memory"
        entries = sum(_entries(self.first, folder) for folder in (places.WORK, "/tmp", "/dev/shm"))
        if entries > self.limits.folder_entries:
            return f"more than {self.limits.folder_entries:,} files and folders"
        return ""


def _all() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def _namespace(pid: int) -> int:
    try:
        return os.stat(f"/proc/{pid}/ns/pid").st_ino
    except OSError:
        return 0


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError, ValueError):
        return 0


def _entries(first: int, folder: str) -> int:
    """Used entries of a folder in memory; its place in the jail is ours, so no link leads elsewhere.

    None while the first process still sees this machine's folders: those say nothing about the candidate.
    """
    try:
        if os.path.samestat(os.stat(f"/proc/{first}/root"), os.stat("/")):
            return 0
        about = os.statvfs(f"/proc/{first}/root{folder}")
    except OSError:
        return 0
    return about.f_files - about.f_ffree if about.f_files else 0
