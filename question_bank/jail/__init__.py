"""A jail for the code of candidates: chosen once, tried before it is trusted, and led from outside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

from . import bubblewrap, podman
from .kinds import JAILS, Jail, Unjailed
from .limits import CandidateError, EndedError, FolderLimits, Limits, RefusedError
from .session import Answer, Files, Ran, Session

__all__ = [
    "CandidateError",
    "EndedError",
    "FolderLimits",
    "Limits",
    "Ran",
    "RefusedError",
    "Session",
    "found_jail",
    "jail_in_use",
    "run",
    "serving",
    "without_jail",
]

_chosen: ContextVar[Jail | None] = ContextVar("jail", default=None)
NONE_HERE = (
    "A candidate's code runs only in a jail, and none works here ({why}). Install bubblewrap ({how}); in a "
    "container, allow it user namespaces. Or install podman ({or_how}), and check as an ordinary user. Nothing was "
    "run. On a machine that holds nothing else and is thrown "
    "away afterwards, --without-jail runs the code without one: it can then read and do everything that you can."
)


@cache
def found_jail() -> Jail:
    """The jail that works here, tried with a program of one line; `RefusedError` says what to install."""
    why = []
    for jail in JAILS:
        if trouble := _tried(jail):
            why.append(f"{jail.name} {trouble}")
        else:
            return jail
    raise RefusedError(NONE_HERE.format(why="; ".join(why), how=bubblewrap.HOW, or_how=podman.HOW))


def _tried(jail: Jail) -> str:
    """Empty where a program runs in it and hands a file back, otherwise what was seen."""
    files = {"tried.py": b"open('done.txt', 'w').write('it works')"}
    try:
        with Session(jail, files, Limits(seconds=20), script="tried.py", want=["done.txt"]) as session:
            ran, limited = session.end(), session.limited
    except FileNotFoundError:
        return "is not installed"
    except PermissionError as error:
        return str(error)
    except (OSError, CandidateError) as error:
        return f"fails: {error}"
    if ran.files.get("done.txt") != b"it works":
        return "fails: " + ((ran.err.strip() or "gave nothing")[-200:])
    return "" if limited else "cannot be limited: what runs in it is not seen from outside"


@contextmanager
def without_jail() -> Iterator[None]:
    """From here on candidates' code runs as the interviewer."""
    before = _chosen.set(Unjailed())
    try:
        yield
    finally:
        _chosen.reset(before)


def jail_in_use() -> Jail:
    """The one that candidates' code runs in from here; `RefusedError` where none works."""
    return _chosen.get() or found_jail()


def run(
    files: Files,
    script: str,
    args: Sequence[str] = (),
    *,
    want: Sequence[str] = (),
    limits: Limits | None = None,
    before: Path | None = None,
    **more: Any,
) -> Ran:
    """Run a script among these files; the `want`ed ones come back. `before` is a driver that runs ahead of it."""
    with Session(
        jail_in_use(), files, limits or Limits(), script=script, args=args, want=want, before=before, **more
    ) as session:
        return session.end()


@contextmanager
def serving(
    files: Files,
    drive: Path,
    *,
    answers: Mapping[str, Answer] | None = None,
    want: Sequence[str] = (),
    limits: Limits | None = None,
    **more: Any,
) -> Iterator[Session]:
    """A candidate's module behind a driver of ours, which is asked step by step and has no expectations."""
    with Session(
        jail_in_use(), files, limits or Limits(), drive=drive, answers=answers, want=want, **more
    ) as session:
        session.begin()
        yield session
