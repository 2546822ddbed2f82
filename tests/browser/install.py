"""Finds a browser for the tests, or installs one: Debian's chromium, elsewhere Playwright's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_browser() -> str | None:
    """The path of a Chromium: the one named by INTERVIEW_KIT_BROWSER, the system's, or Playwright's own."""
    named = os.environ.get("INTERVIEW_KIT_BROWSER")
    if named:
        return named if Path(named).exists() else None
    for name in NAMES:
        if found := shutil.which(name):
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install_packages(*packages: str) -> None:
    """Install Debian's packages where this is a Debian; what fails is said by the test that needs them."""
    if not Path("/etc/debian_version").exists() or not shutil.which("apt-get"):
        return
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    # A package's service does not start: on Debian, runlevel 1 is the one without services.
    setting = ["env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1"]
    waiting = ["-o", "DPkg::Lock::Timeout=120"]
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        with suppress(FileNotFoundError):  # no sudo
            subprocess.run(
                [*root, *setting, "apt-get", *waiting, *words], check=False, stdout=subprocess.DEVNULL
            )


def install() -> None:
    """Install a browser by the means this system has; what fails is said by `main`."""
    install_packages("chromium", "fonts-dejavu")
    if find_browser() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> None:
    if find_browser() is None:
        print("No browser found; installing one for the browser tests ...", flush=True)
        install()
    browser = find_browser()
    if browser is None:
        raise SystemExit(
            "The browser tests need Chromium, and none could be found or installed here. "
            "Install it (Debian: apt-get install chromium), or name one: INTERVIEW_KIT_BROWSER=/path/to/chromium."
        )
    print(f"Browser: {browser}", flush=True)


if __name__ == "__main__":
    main()
