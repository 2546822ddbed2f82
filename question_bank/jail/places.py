"""What of this machine a jail holds: the interpreter and its packages, read-only, and nothing of the kit."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

# Where things lie inside.
GIVEN, WORK, DRIVER, PACKAGES = "/given", "/work", "/driver", "/packages"
INSIDE = Path(__file__).with_name("inside.py")
SYSTEM = ("/bin", "/lib", "/lib32", "/lib64", "/sbin")
OWN = ("question_bank", "scorecards", "rubrics", "interview_kit")


@cache
def interpreter() -> Path:
    """The real program, behind a virtual environment's links."""
    return Path(os.path.realpath(sys.executable))


@cache
def prefixes() -> tuple[str, ...]:
    """Folders of the interpreter that lie outside of /usr."""
    found = {os.path.realpath(sys.base_prefix), str(interpreter().parent.parent)}
    outside = sorted(path for path in found if not path.startswith("/usr") and path != "/")
    return tuple(path for path in outside if not any(path.startswith(f"{other}/") for other in outside))


@cache
def packages() -> tuple[str, ...]:
    """The folders that packages are installed in."""
    names = ("site-packages", "dist-packages")
    found = [os.path.realpath(path) for path in sys.path if Path(path).name in names]
    return tuple(dict.fromkeys(path for path in found if os.path.isdir(path)))


def hidden(folder: str) -> list[str]:
    """The kit itself, where it is installed among the packages: covered by empty folders."""
    return [name for name in OWN if os.path.isdir(os.path.join(folder, name))]


def covered() -> list[str]:
    """Where the kit would be seen inside, if nothing lay over it."""
    return [f"{PACKAGES}/{number}/{name}" for number, path in enumerate(packages()) for name in hidden(path)]


def links() -> dict[str, str]:
    """/bin, /lib and the like where this system has them as links, with where they lead."""
    return {path: os.readlink(path) for path in SYSTEM if os.path.islink(path)}


def folders() -> dict[str, str]:
    """The same where they are folders of their own."""
    return {path: path for path in SYSTEM if os.path.isdir(path) and not os.path.islink(path)}


def arguments(*fds: int) -> list[str]:
    """The interpreter's, with nothing of the environment, the user or the packages run at its start."""
    return ["-I", "-S", "-B", "-X", "utf8", f"{DRIVER}/{INSIDE.name}", *map(str, fds)]


ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/tmp",
    "TMPDIR": "/tmp",
    "LANG": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JOBLIB_MULTIPROCESSING": "0",
}
