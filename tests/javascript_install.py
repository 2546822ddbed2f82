"""Finds node and the packages that check the browser code, or installs them: Debian's node, and npm's packages.

Nothing that ships needs them. Where they cannot be had, their tests are skipped, and that is said.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

from tests.browser.install import install_packages

ROOT = Path(__file__).parent.parent
PACKAGES = ROOT / "node_modules"
# `node --test` takes files by pattern, and the modules iterate as a browser of today does.
OLDEST = 20
_WITHOUT = "The browser code is not checked here, its tests are skipped: "


def find_node() -> str | None:
    """The path of a node that is new enough."""
    node = shutil.which("node") or shutil.which("nodejs")
    if node is None:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)", said)
    return node if found and int(found[1]) >= OLDEST else None


def _wanted() -> dict[str, str]:
    """The packages as the lock has them, by folder."""
    told = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    return {folder: one["version"] for folder, one in told.items() if folder}


def _installed(folder: str) -> str | None:
    told = ROOT / folder / "package.json"
    return json.loads(told.read_text("utf-8"))["version"] if told.exists() else None


def are_installed() -> bool:
    """Whether every package is there in the version of the lock."""
    return all(_installed(folder) == version for folder, version in _wanted().items())


def missing() -> str:
    """What the checks lack; empty where nothing."""
    if find_node() is None:
        return f"there is no node {OLDEST} or newer (Debian: apt-get install nodejs npm)."
    return "" if are_installed() else "the packages of package-lock.json are not installed (npm ci)."


def install() -> None:
    """Install by the means this system has; what fails is said by `main`."""
    if find_node() is None or shutil.which("npm") is None:
        install_packages("nodejs", "npm")
    if (npm := shutil.which("npm")) and find_node() and not are_installed():
        subprocess.run([npm, "ci", "--no-progress", "--loglevel=error"], cwd=ROOT, check=False)


def main() -> None:
    if missing():
        print("Installing what checks the browser code ...", flush=True)
        install()
    if lacking := missing():
        print(f"{_WITHOUT}{lacking}", flush=True)
    else:
        print(f"Browser code: checked with {find_node()}", flush=True)


if __name__ == "__main__":
    main()
