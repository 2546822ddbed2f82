"""Runs one script of a candidate with the network, other programs and the rest of the disk closed to it.

`python -I exercise_guard.py FOLDER SCRIPT ARGS…`; every refusal is a PermissionError that names the event.
"""

from __future__ import annotations

import os
import runpy
import sys
from typing import Any

# What a script of an exercise never needs; names of Python's audit events.
CLOSED = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "pty.")
WRITES = {
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.chmod",
    "os.link",
    "os.symlink",
    "os.truncate",
}


def close(folder: str) -> None:
    """From here on: no network, no other program, no writing outside `folder`."""

    def outside(path: Any) -> bool:
        if isinstance(path, int) or path is None:
            return False
        full = os.path.realpath(os.fsdecode(path))
        return full != os.devnull and not full.startswith(folder + os.sep)

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event.startswith(CLOSED) and event != "socket.gethostname":
            raise PermissionError(f"{event} is closed in an exercise")
        if event == "open":
            path, mode, flags = args
            writes = (
                any(letter in mode for letter in "wax+")
                if isinstance(mode, str)
                else flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
            )
            if writes and outside(path):
                raise PermissionError(f"writing to {path!r} is closed in an exercise")
        elif event in WRITES and any(outside(path) for path in args[:2] if isinstance(path, str | bytes)):
            raise PermissionError(f"{event} outside the folder is closed in an exercise")

    sys.addaudithook(hook)


def main() -> None:
    folder, script = os.path.realpath(sys.argv[1]), sys.argv[2]
    sys.dont_write_bytecode = True
    sys.path.insert(0, folder)
    sys.argv = sys.argv[2:]
    close(folder)
    runpy.run_path(os.path.join(folder, script), run_name="__main__")


if __name__ == "__main__":
    main()
