"""A real server in a process of its own, and a real browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from screens.wiring import PERSON_COOKIE

from .install import ARGUMENTS, find_browser

ROOT = Path(__file__).parents[2]
expect.set_options(timeout=20_000)


class Server:
    """`python app.py` on a port and a database of its own; can be killed and started again."""

    def __init__(self, database: Path):
        self.database = database
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.port = taken.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        environment = os.environ | {
            "INTERVIEW_KIT_DATABASE": str(self.database),
            "INTERVIEW_KIT_PORT": str(self.port),
        }
        self.process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment)
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=1).read()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("The server did not answer within 30 seconds.")

    def kill(self) -> None:
        """SIGKILL: no goodbye, nothing flushed."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path / "interviews.db")
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        pytest.fail("No browser: run `python -m tests.browser.install`, or `make test`, which does it.")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    yield opened
    opened.close()


def sign_in(context: BrowserContext, url: str, name: str) -> Page:
    """A new page on which this person is signed in, at the list of rounds."""
    page = context.new_page()
    page.goto(url)
    page.get_by_label("Or enter your name").fill(name)
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("Rounds", exact=True).first).to_be_visible()
    for _ in range(100):
        if any(cookie.get("name") == PERSON_COOKIE for cookie in context.cookies()):
            return page
        page.wait_for_timeout(50)
    raise AssertionError("The browser was not told to remember who signed in.")
