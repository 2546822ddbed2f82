"""A control group for one jail where this machine lets us make one (root, mostly): memory and processes, enforced.

Where none can be made, limits of each process and the watch of `watch.py` have to do.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from .limits import Limits

ROOT = Path("/sys/fs/cgroup")


class Group:
    """The folders of a control group; `enter` is called by the process that goes in."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.folders = folders

    def enter(self) -> None:
        for folder in self.folders:
            (folder / "cgroup.procs").write_text(str(os.getpid()))

    def remove(self) -> None:
        for folder in self.folders:
            with suppress(OSError):
                folder.rmdir()


def _wanted(limits: Limits) -> tuple[dict[Path, dict[str, str]], ...]:
    """Version 2, then version 1: for each folder what is written into which file."""
    memory = str(limits.all_megabytes << 20)
    # Four more than the candidate's own: bubblewrap's two, our process, and a thread beside it.
    processes = str(limits.processes + 4)
    name = f"interview-kit-{os.getpid()}-{secrets.token_hex(4)}"
    two = {ROOT / name: {"memory.max": memory, "pids.max": processes}}
    one = {
        ROOT / "memory" / name: {"memory.limit_in_bytes": memory},
        ROOT / "pids" / name: {"pids.max": processes},
    }
    return two, one


def made(limits: Limits) -> Group | None:
    """A new group with these limits, or None where this machine gives us none."""
    for wanted in _wanted(limits):
        group = Group(tuple(wanted))
        try:
            for folder, values in wanted.items():
                if not folder.parent.joinpath("cgroup.procs").exists():
                    raise FileNotFoundError(folder)
                folder.mkdir()
                _written(folder, values)
        except OSError:
            group.remove()
            continue
        return group
    return None


def _written(folder: Path, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        # Not created where it is missing: then the controller is not ours to use.
        with open(os.open(folder / name, os.O_WRONLY), "w") as file:
            file.write(value)
