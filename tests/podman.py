"""Podman's jail for the tests: led by an ordinary user, also where the tests themselves run as root.

Run as a script it is that user's side: it reads what to run as JSON and prints how it ended.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

PACKAGES = ("podman", "uidmap", "runc")
ACCOUNT = "interview-kit-tests"


class UnavailableError(Exception):
    """Podman cannot be tried here; the message says why."""


class Account(NamedTuple):
    """Whose rights podman is tried with; none of it is set where the tests have no more than that anyway."""

    user: int | None = None
    group: int | None = None

    @property
    def switch(self) -> dict[str, Any]:
        return {} if self.user is None else {"user": self.user, "group": self.group, "extra_groups": ()}


def account() -> Account:
    """Ourselves; for root an ordinary user who has numbers for the users inside a container."""
    if os.geteuid() != 0:
        return Account()
    with suppress(OSError):
        for line in Path("/etc/subuid").read_text().splitlines():
            with suppress(KeyError):
                found = pwd.getpwnam(line.split(":")[0])
                if found.pw_uid:
                    return Account(found.pw_uid, found.pw_gid)
    raise UnavailableError(f"root has no ordinary user to run podman as: useradd --create-home {ACCOUNT}")


class Podman:
    """A copy of the jail's code and a home of their own for the user, so that nothing of theirs is touched."""

    def __init__(self, home: Path) -> None:
        self.home, self.account = home, account()
        if shutil.which("podman") is None:
            raise UnavailableError("podman is not installed")
        self._lay()
        self.python = self._interpreter()
        found = self.ask({"try": True})
        if "number" not in found:
            raise UnavailableError("; ".join(found["troubles"]))
        self.number = found["number"]

    def _lay(self) -> None:
        from question_bank import jail

        shutil.copytree(Path(jail.__file__).parent, self.home / "code/jail")
        shutil.copy(__file__, self.home / "code/side.py")
        for name in ("run", "tmp"):
            (self.home / name).mkdir()
        for path in (self.home, *self.home.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
            if self.account.user is not None:
                os.chown(path, self.account.user, self.account.group or 0)
        (self.home / "run").chmod(0o700)

    def _interpreter(self) -> str:
        """The tests' own may lie where the user cannot read; the jail's code needs nothing installed."""
        for path in (sys.executable, "/usr/bin/python3"):
            words = [path, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
            with suppress(OSError):
                if not subprocess.run(
                    words, check=False, capture_output=True, **self.account.switch
                ).returncode:
                    return path
        raise UnavailableError(
            "no Python from 3.11 on that an ordinary user can start, such as /usr/bin/python3"
        )

    def ask(self, wanted: dict[str, Any], *more: str) -> dict[str, Any]:
        done = self.call([self.python, str(self.home / "code/side.py"), *more], json.dumps(wanted))
        assert done.returncode == 0, done.stderr
        return dict(json.loads(done.stdout))

    def call(self, words: list[str], given: str = "") -> subprocess.CompletedProcess[str]:
        folders = {"HOME": self.home, "XDG_RUNTIME_DIR": self.home / "run", "TMPDIR": self.home / "tmp"}
        environment = {**os.environ, **{name: str(path) for name, path in folders.items()}}
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            environment.pop(name, None)
        return subprocess.run(
            words,
            input=given,
            env=environment,
            cwd=self.home,
            capture_output=True,
            text=True,
            check=False,
            **self.account.switch,
        )

    def containers(self) -> str:
        return self.call(["podman", "ps", "--all", "--quiet"]).stdout


@contextmanager
def lent() -> Iterator[Podman]:
    """`UnavailableError` says why there is none."""
    home = Path(tempfile.mkdtemp(prefix="podman-"))
    try:
        yield Podman(home)
    finally:
        end(home)
        shutil.rmtree(home, ignore_errors=True)


def end(home: Path) -> None:
    """Podman leaves a process behind that holds the user's namespace; ours is ended."""
    for path in home.rglob("pause.pid"):
        with suppress(ProcessLookupError, ValueError):
            os.kill(int(path.read_text()), signal.SIGKILL)


# The user's side


def main() -> None:
    wanted = json.load(sys.stdin)
    if "try" in wanted:
        print(json.dumps(_tried()))
        return
    import jail  # type: ignore[import-not-found]  # the copy beside this file

    files = {name: text.encode() for name, text in wanted["files"].items()}
    chosen, limits = jail.kinds.JAILS[wanted["number"]], jail.Limits(seconds=wanted["seconds"])
    drive = Path(wanted["drive"]) if wanted["drive"] else None
    more = {"script": wanted["script"], "want": wanted["want"], "drive": drive}
    with jail.Session(
        chosen, files, limits, **more, answers={"double": lambda number: number * 2}
    ) as session:
        if drive:
            session.begin()
            print(json.dumps({"value": session.do(*wanted["do"])}))
            return
        ran = session.end()
    kept = {name: held.decode() for name, held in ran.files.items()}
    print(json.dumps({**ran._asdict(), "files": kept, "left": sorted(ran.left)}))


def _tried() -> dict[str, Any]:
    import jail

    troubles = []
    for number, kind in enumerate(jail.kinds.JAILS):
        if kind.name == "podman":
            if not (trouble := jail._tried(kind)):
                return {"number": number}
            troubles.append(trouble)
    return {"troubles": troubles}


if __name__ == "__main__":
    main()
