"""Finds bubblewrap for the tests of the exercises, or installs Debian's; says what is missing where it does not work."""

from __future__ import annotations

from question_bank.jail import RefusedError, bubblewrap, found_jail
from tests.browser.install import install_packages


def main() -> None:
    if bubblewrap.found() is None:
        print("No bubblewrap found; installing it for the tests of the exercises ...", flush=True)
        install_packages("bubblewrap")
    try:
        jail = found_jail()
    except RefusedError as error:
        raise SystemExit(f"The tests of the exercises need a jail. {error}") from None
    print(f"Jail: {jail.name}", flush=True)


if __name__ == "__main__":
    main()
