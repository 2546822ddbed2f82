"""Finds nginx for the tests, or installs Debian's."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tests.browser.install import install_packages

HOW = (
    "The tests of the replicas need nginx, and none could be found or installed here. Install it (Debian: "
    "apt-get install nginx-light), or name one: INTERVIEW_KIT_NGINX=/path/to/nginx."
)


def find_nginx() -> str | None:
    """The path of nginx: the one named by INTERVIEW_KIT_NGINX, or the system's."""
    named = os.environ.get("INTERVIEW_KIT_NGINX")
    if named:
        return named if Path(named).exists() else None
    # A user who is not root need not have it in the path.
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def main() -> None:
    if find_nginx() is None or shutil.which("openssl") is None:
        print("No nginx or no openssl found; installing them for the tests of the replicas ...", flush=True)
        install_packages("nginx-light", "openssl")
    nginx = find_nginx()
    if nginx is None:
        raise SystemExit(HOW)
    print(f"nginx: {nginx}", flush=True)


if __name__ == "__main__":
    main()
