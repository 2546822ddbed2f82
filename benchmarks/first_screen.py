"""How long the first person waits for the first screen of a kit that has just started.

    python -m benchmarks.first_screen
    python -m benchmarks.first_screen --starts 1

Each start is a new process; a browser that has kept nothing opens its page as soon as the server answers, and waits for
the list of rounds. A bare Streamlit page with one control is started and opened in turn with it. Prints, as medians, how
long the server takes to answer, how long the first screen takes from there, both together, and how long the same takes
the next person. Ends with exit code 1 where the first screen takes longer than the limit, its server's start left out.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser

from benchmarks.browsing import a_browser, page_of
from benchmarks.lists import filled
from benchmarks.measuring import met
from benchmarks.serving import BARE, DEFAULTS, OURS, ROOT, free_port, started, wait_for

ROUNDS = 20


class Shown(NamedTuple):
    """Seconds of one start: until the server answers, until the first screen from there, and the next person's."""

    answers: float
    first: float
    next: float


class App(NamedTuple):
    """What is started, on what, and the words by which its first screen is known."""

    command: list[str]
    folder: Path
    database: Path
    person: str
    words: str


def opened(browser: Browser, port: int, app: App) -> float:
    """Seconds from an address entered until the screen stands there, in a browser that has kept nothing."""
    with page_of(browser, port, app.person) as page:
        begun = time.perf_counter()
        page.goto(f"http://127.0.0.1:{port}")
        page.get_by_text(app.words).last.wait_for()
        return time.perf_counter() - begun


def shown(browser: Browser, app: App) -> Shown:
    """One start, and the first two who come."""
    port, begun = free_port(), time.perf_counter()
    process = started(app.command, port, app.folder, app.database)
    try:
        wait_for(process, port)
        answers = time.perf_counter() - begun
        return Shown(answers, opened(browser, port, app), opened(browser, port, app))
    finally:
        process.kill()
        process.wait(10)


def ours(folder: Path) -> App:
    """The kit with some rounds, and their lead in front of it."""
    database = folder / "kit.db"
    return App(OURS, ROOT, database, filled(database, ROUNDS), f"Round {ROUNDS - 1}")


def bare(folder: Path) -> App:
    """A page of Streamlit with one control, under Streamlit's defaults."""
    (folder / "bare.py").write_text(BARE)
    return App([*DEFAULTS, "bare.py"], folder, folder / "none.db", "nobody", "One control")


def told(name: str, starts: list[Shown]) -> str:
    usual = Shown(*(statistics.median(times) for times in zip(*starts, strict=True)))
    together = statistics.median(one.answers + one.first for one in starts)
    return (
        f"{name:<11} answers after {usual.answers:.2f} s; first screen {usual.first:.2f} s, "
        f"from the start {together:.2f} s; the next person's {usual.next:.2f} s"
    )


def measured(folder: Path, many: int) -> dict[str, list[Shown]]:
    """The starts of each, in turn."""
    made: dict[str, Callable[[Path], App]] = {"the kit": ours, "a bare page": bare}
    apps = {name: make(folder) for name, make in made.items()}
    found: dict[str, list[Shown]] = {name: [] for name in apps}
    with a_browser() as browser:
        for _ in range(many):
            for name, app in apps.items():
                found[name].append(shown(browser, app))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--limit", type=float, default=1.5, help="seconds that the first screen may take")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        found = measured(Path(name), asked.starts)
    print(*(told(name, starts) for name, starts in found.items()), sep="\n")
    kit, page = (statistics.median(one.first for one in starts) for starts in found.values())
    print(f"The first screen: {met(kit, asked.limit)}; the kit / a bare page = {kit / page:.2f}")
    return 0 if kit <= asked.limit else 1


if __name__ == "__main__":
    sys.exit(main())
