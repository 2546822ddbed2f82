"""The jails there are: bubblewrap, podman without root, or none at all for somebody who says so."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, Literal, NamedTuple, Protocol

from . import bubblewrap, places, podman
from .limits import Limits

JailName = Literal["bubblewrap", "podman", "none"]


class Fds(NamedTuple):
    """Open files that may go along: the line to the judge, and where the jail's first process is named."""

    channel: int
    info: int


class Start(NamedTuple):
    """The command, the open files that it inherits, and what the driver is told of where things lie."""

    words: list[str]
    along: tuple[int, ...]
    told: dict[str, Any]


class Jail(Protocol):
    """A way to run our driver beside a candidate's code. `alone` is false where nothing is closed.

    `grouped` where a control group of ours goes around it. `patience` is how many seconds its command may take to
    tidy up after the jail's first process was ended.
    """

    name: JailName
    alone: bool
    grouped: bool
    patience: float

    def environment(self) -> Mapping[str, str]: ...

    def prepared(self, home: Path, limits: Limits, fds: Fds) -> Start: ...

    def first(self, home: Path, named: BinaryIO, process: subprocess.Popen[bytes]) -> int:
        """The first process inside, with which all of the jail ends; an error of any of several kinds without one."""
        ...

    def ended(self, home: Path, tidied: bool) -> None:
        """Called after its command has ended; `tidied` where that happened by itself."""
        ...


class Bubblewrap:
    name: JailName = "bubblewrap"
    alone, grouped, patience = True, True, 0.0

    def environment(self) -> Mapping[str, str]:
        return {"PATH": os.defpath}

    def prepared(self, home: Path, limits: Limits, fds: Fds) -> Start:
        return Start(bubblewrap.command(home, fds.channel, fds.info, limits), fds, _inside())

    def first(self, home: Path, named: BinaryIO, process: subprocess.Popen[bytes]) -> int:
        return bubblewrap.first(named)

    def ended(self, home: Path, tidied: bool) -> None:
        """Nothing: the namespace of processes ends with its first one."""


class Podman:
    name: JailName = "podman"
    alone, grouped, patience = True, False, 15.0

    def __init__(self, runtime: podman.Runtime) -> None:
        self.runtime = runtime

    def environment(self) -> Mapping[str, str]:
        return podman.environment()

    def prepared(self, home: Path, limits: Limits, fds: Fds) -> Start:
        words = podman.command(home, fds.channel, limits, self.runtime)
        podman.lay_root(home)
        return Start(words, (fds.channel,), _inside())

    def first(self, home: Path, named: BinaryIO, process: subprocess.Popen[bytes]) -> int:
        return podman.first(home, process)

    def ended(self, home: Path, tidied: bool) -> None:
        if not tidied:
            podman.remove(home, self.runtime)


def _inside() -> dict[str, Any]:
    packages = [f"{places.PACKAGES}/{number}" for number in range(len(places.packages()))]
    return {"given": places.GIVEN, "work": places.WORK, "driver": places.DRIVER, "packages": packages}


class Unjailed:
    """No jail: the code runs as the interviewer, for a machine that is thrown away afterwards."""

    name: JailName = "none"
    alone, grouped, patience = False, False, 0.0

    def environment(self) -> Mapping[str, str]:
        return places.ENVIRONMENT

    def prepared(self, home: Path, limits: Limits, fds: Fds) -> Start:
        flags = places.arguments()[:-1]
        words = [
            str(places.interpreter()),
            *flags,
            str(home / "driver" / places.INSIDE.name),
            str(fds.channel),
        ]
        told = {name: str(home / name) for name in ("given", "work", "driver")}
        return Start(words, (fds.channel,), {**told, "packages": list(places.packages())})

    def first(self, home: Path, named: BinaryIO, process: subprocess.Popen[bytes]) -> int:
        raise ProcessLookupError("there is no jail")

    def ended(self, home: Path, tidied: bool) -> None:
        """What went into a session of its own stays behind; that is what a jail is for."""


# In this order they are tried.
JAILS: tuple[Jail, ...] = (Bubblewrap(), *(Podman(runtime) for runtime in podman.RUNTIMES))
