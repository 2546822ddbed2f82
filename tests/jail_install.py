"""Finds the jails for the tests of the exercises, or installs Debian's; without bubblewrap says what is missing.

Podman is tried besides: where it cannot be had its tests are skipped with the reason.
"""

from __future__ import annotations

import subprocess
from contextlib import suppress

from question_bank.jail import RefusedError, bubblewrap, found_jail, podman
from tests.browser.install import install_packages
from tests.podman import ACCOUNT, PACKAGES, UnavailableError, account, lent


def second_jail() -> str:
    """Podman, with an ordinary user for it where the tests run as root."""
    if podman.found() is None:
        print("No podman found; installing it for the tests of the exercises ...", flush=True)
        install_packages(*PACKAGES)
    try:
        account()
    except UnavailableError:
        with suppress(FileNotFoundError):
            subprocess.run(["useradd", "--create-home", ACCOUNT], check=False)
    try:
        with lent():
            return "Second jail: podman"
    except (UnavailableError, OSError) as error:
        return f"No second jail, its tests are skipped: {error}"


def main() -> None:
    if bubblewrap.found() is None:
        print("No bubblewrap found; installing it for the tests of the exercises ...", flush=True)
        install_packages("bubblewrap")
    try:
        jail = found_jail()
    except RefusedError as error:
        raise SystemExit(f"The tests of the exercises need a jail. {error}") from None
    print(f"Jail: {jail.name}", flush=True)
    print(second_jail(), flush=True)


if __name__ == "__main__":
    main()
