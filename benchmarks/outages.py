"""What an interviewer loses when the network goes, the server dies or the laptop sleeps: nothing, it should be.

A real browser types without a pause on the live screen while the network is cut for 30 seconds, for five minutes,
and for longer than a session lives; and while the server is killed at ten random moments. Prints, for each, how
old the youngest word on the disk was at the kill, and whether every word was stored in the end.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, expect

from .browsing import a_browser, page_of
from .serving import OURS, ROOT, WORDS, free_port, seated, served

# interview_kit/screens/.streamlit/config.toml: disconnectedSessionTTL.
SESSION_SECONDS = 120
STAMP = re.compile(r"^\d+:\d\d ", re.MULTILINE)


class Typist:
    """Types words without a pause, and remembers when each stood on the screen."""

    def __init__(self, page: Page):
        self.page = page
        self.typed = ""
        self.at: list[tuple[str, float]] = [("", 0.0)]
        self.turn = 0

    def type_for(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for letter in WORDS[self.turn % len(WORDS)] + " ":
                self.page.keyboard.type(letter)
                self.typed += letter
                self.at.append((self.typed, time.monotonic()))
                self.page.wait_for_timeout(60)
            self.turn += 1

    def lag(self, stored: str, moment: float) -> float:
        """Seconds by which the disk was behind the screen at this moment."""
        missing = [when for words, when in self.at if len(words) > len(stored) and when <= moment]
        return moment - missing[0] if missing else 0.0


class Interview(NamedTuple):
    """An interview with its typist, and the server that may come and go."""

    typist: Typist
    database: Path
    port: int
    card: str

    def served(self) -> AbstractContextManager[subprocess.Popen[bytes]]:
        return served(OURS, self.port, ROOT, self.database)

    def open(self) -> None:
        self.typist.page.goto(f"http://127.0.0.1:{self.port}/interview?card={self.card}")
        self.typist.page.locator("#evidence").focus()


@contextmanager
def interview(browser: Browser, folder: Path, name: str) -> Iterator[Interview]:
    """A typist on the live screen of an interview that nobody serves yet."""
    database, port = folder / f"{name}.db", free_port()
    seat = seated(database, 1).seats[0]
    with page_of(browser, port, seat.person) as page:
        page.set_default_timeout(60_000)
        yield Interview(Typist(page), database, port, seat.card)


def on_disk(database: Path) -> str:
    """The notes as another process finds them."""
    with sqlite3.connect(database) as connection:
        found = connection.execute("SELECT body FROM ratings").fetchone()
    return STAMP.sub("", json.loads(found[0])["evidence"]) if found else ""


def all_stored(typist: Typist, database: Path) -> bool:
    expect(typist.page.locator(".saved")).to_have_text(re.compile("^✓ saved"), timeout=60_000)
    return on_disk(database) == typist.typed


def cut(browser: Browser, folder: Path, seconds: float) -> str:
    """The network goes while somebody types on, and comes back."""
    with interview(browser, folder, f"cut-{seconds:.0f}") as sitting, sitting.served():
        typist = sitting.typist
        sitting.open()
        typist.type_for(4)
        typist.page.context.set_offline(True)
        typist.type_for(seconds)
        typist.page.context.set_offline(False)
        back = time.monotonic()
        typist.type_for(1)
        whole = all_stored(typist, sitting.database)
        return f"{len(typist.typed)} characters, all stored: {whole}, {time.monotonic() - back:.1f} s after its return"


def kills(browser: Browser, folder: Path, many: int) -> Iterator[str]:
    """The server dies at random moments while somebody types on, and comes back."""
    draw = random.Random(20261123)
    with interview(browser, folder, "kills") as sitting:
        typist = sitting.typist
        for kill in range(many):
            with sitting.served():
                if not kill:
                    sitting.open()
                typist.type_for(draw.uniform(4, 9))
                died = time.monotonic()
            lag = typist.lag(on_disk(sitting.database), died)
            yield f"kill {kill + 1}: {len(typist.typed)} characters typed, the disk was {lag:.2f} s behind"
            typist.type_for(draw.uniform(0, 3))
        with sitting.served():
            whole = all_stored(typist, sitting.database)
            yield f"after the last start all {len(typist.typed)} characters stored: {whole}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cuts", type=float, nargs="*", default=[30, SESSION_SECONDS + 30, 300])
    parser.add_argument("--kills", type=int, default=10)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, a_browser() as browser:
        for line in kills(browser, Path(name), asked.kills):
            print(line, flush=True)
        for seconds in asked.cuts:
            print(f"network cut for {seconds:.0f} s: {cut(browser, Path(name), seconds)}", flush=True)


if __name__ == "__main__":
    main()
