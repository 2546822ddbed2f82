"""The jails there are: bubblewrap, podman, or none at all for somebody who says so."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from . import bubblewrap, places
from .bubblewrap import Fds
from .limits import Limits


class Jail(Protocol):
    """A way to run our driver beside a candidate's code. `alone` is false where nothing is closed."""

    name: str
    alone: bool
    environment: Mapping[str, str]

    def prepared(self, home: Path, limits: Limits, fds: Fds) -> tuple[list[str], dict[str, Any]]:
        """The command, and what the driver is told of where things lie."""
        ...

    def ended(self, home: Path) -> None:
        """Called after the process has ended, to end what might be left."""
        ...


class Bubblewrap:
    name, alone = bubblewrap.NAME, True
    environment: Mapping[str, str] = {"PATH": os.defpath}

    def prepared(self, home: Path, limits: Limits, fds: Fds) -> tuple[list[str], dict[str, Any]]:
        words = bubblewrap.command(home / "given", home / "driver", limits, fds)
        return words, _inside()

    def ended(self, home: Path) -> None:
        """Nothing: the namespace of processes ends with its first one."""


def _inside() -> dict[str, Any]:
    packages = [f"{places.PACKAGES}/{number}" for number in range(len(places.packages()))]
    return {"given": places.GIVEN, "work": places.WORK, "driver": places.DRIVER, "packages": packages}


class Unjailed:
    """No jail: the code runs as the interviewer, for a machine that is thrown away afterwards."""

    name, alone = "none", False
    environment: Mapping[str, str] = dict(places.ENVIRONMENT)

    def prepared(self, home: Path, limits: Limits, fds: Fds) -> tuple[list[str], dict[str, Any]]:
        flags = places.arguments(fds.channel)[:-2]
        words = [
            str(places.interpreter()),
            *flags,
            str(home / "driver" / places.INSIDE.name),
            str(fds.channel),
        ]
        told = {name: str(home / name) for name in ("given", "work", "driver")}
        return words, {**told, "packages": list(places.packages())}

    def ended(self, home: Path) -> None:
        """What went into a session of its own stays behind; that is what a jail is for."""
