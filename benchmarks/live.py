"""How fast the live screen answers, on the server's side, in the browser, and in the candidate's window.

Prints median and 95th percentile from a message sent to its answer, with everything stored in between, for 1, 10
and 50 interviewers at once, beside the least that a save costs on this machine: a bare route that commits the same row
as durably; where the milliseconds of a save go; the same tap in a real browser on the live screen and on a bare
Streamlit page with one control; and how soon 50 candidates' windows follow. One run, on this machine, in a folder
thrown away.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import websockets
from playwright.sync_api import Browser, Page

from . import bare_save, stages
from .browsing import a_browser, page_of
from .measuring import met, p95
from .serving import BARE, DEFAULTS, OURS, ROOT, Seats, Window, free_port, memory_mb, seated, served

# Milliseconds from the tap until the page shows that it is stored, seen by the page itself.
TAP_LIVE = """() => new Promise((done) => {
  const root = [...document.querySelectorAll('*')].find((e) => e.shadowRoot?.querySelector('.live')).shadowRoot
  const box = [...root.querySelectorAll('.listen input')][0], start = performance.now()
  const saved = () => root.querySelector('.saved').textContent.startsWith('✓')
  const look = () => (saved() ? done(performance.now() - start) : setTimeout(look, 1))
  box.click()
  setTimeout(look, 1)
})"""
TAP_BARE = """() => new Promise((done) => {
  const box = document.querySelector('input[type=checkbox]'), words = () => document.body.innerText
  const before = words(), start = performance.now()
  const look = () => (words() !== before ? done(performance.now() - start) : setTimeout(look, 1))
  box.click()
  setTimeout(look, 1)
})"""


class Measured(NamedTuple):
    """One run: milliseconds of every interaction, seconds in all, the server's memory."""

    times: list[float]
    seconds: float
    memory_mb: float

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        return p95(self.times)

    @property
    def rate(self) -> float:
        """Saves a second."""
        return len(self.times) / self.seconds

    def told(self) -> str:
        return (
            f"median {self.median:6.1f} ms  p95 {self.p95:6.1f} ms  "
            f"{self.rate:5.0f} saves/s  {self.memory_mb:4.0f} MB"
        )


class Pair(NamedTuple):
    """The kit and the bare route, with as many interviewers each."""

    kit: Measured
    bare: Measured


async def drive(port: int, round_: Seats, turns: int) -> tuple[list[float], float]:
    """All interviewers at once, each `turns` interactions; milliseconds of each, and seconds in all."""
    windows = [Window(port, seat, round_) for seat in round_.seats]
    for window in windows:
        await timed(window, 3)
    started = time.perf_counter()
    found = await asyncio.gather(*(timed(window, turns) for window in windows))
    seconds = time.perf_counter() - started
    for window in windows:
        window.close()
    return [value for times in found for value in times], seconds


async def timed(window: Window, turns: int) -> list[float]:
    """Milliseconds of each interaction, one after the other."""
    times = []
    for turn in range(turns):
        started = time.perf_counter()
        await window.act(turn)
        times.append((time.perf_counter() - started) * 1000)
    return times


def server_side(command: list[str], database: Path, many: int, turns: int) -> Measured:
    round_, port = seated(database, many), free_port()
    with served(command, port, ROOT, database) as process:
        times, seconds = asyncio.run(drive(port, round_, turns))
        return Measured(times, seconds, memory_mb(process.pid))


def pair(folder: Path, many: int, turns: int) -> Pair:
    """Print both in the same run."""
    each = max(20, turns // (1 if many == 1 else 8))
    found = Pair(
        server_side(OURS, folder / f"server-{many}.db", many, each),
        server_side(bare_save.COMMAND, folder / f"bare-{many}.db", many, each),
    )
    print(f"  {many:>3} interviewers: {found.kit.told()}")
    print(f"    the bare route: {found.bare.told()}", flush=True)
    return found


def judged(one: Pair, fifty: Pair) -> None:
    """Print the targets, and how far the kit is from what is possible at all."""
    print(f"      1 interviewer: median {met(one.kit.median, 10)}; p95 {met(one.kit.p95, 25)}")
    rate = met(fifty.kit.rate, 120, at_least=True)
    print(f"     50 interviewers: saves/s {rate}; p95 {met(fifty.kit.p95, 400)}")
    print(
        f"      kit / bare: median of one {one.kit.median / one.bare.median:.2f}, "
        f"saves/s of fifty {fifty.kit.rate / fifty.bare.rate:.2f}"
    )


async def followed(port: int, round_: Seats, many: int, moves: int) -> list[float]:
    """Milliseconds from an interviewer's move until each of `many` windows shows the other card."""
    seat = round_.seats[0]
    token = round_.store.live.open_window(seat.person, seat.card)
    window = Window(port, seat, round_)
    begun = {"id": "bench-1", "ago": 0, "kind": "begun"}
    await window.tell(focus=round_.questions[0], moments=[begun], lead=True)
    sockets = [await looking_on(port, token) for _ in range(many)]
    times = []
    for move in range(moves):
        times += await seen_by_all(sockets, window, round_.questions[(move + 1) % 2])
        await asyncio.sleep(0.2)
    for socket in sockets:
        await socket.close()
    window.close()
    return times


async def looking_on(port: int, token: str) -> websockets.ClientConnection:
    """A candidate's window that shows its first card."""
    ours = websockets.Origin(f"http://127.0.0.1:{port}")
    socket = await websockets.connect(f"ws://127.0.0.1:{port}/c/{token}/live", origin=ours, max_size=None)
    await socket.recv()
    return socket


async def seen_by_all(
    sockets: Sequence[websockets.ClientConnection], window: Window, question: str
) -> list[float]:
    """The interviewer moves to this question; milliseconds until each window has it."""
    started = time.perf_counter()

    async def seen(socket: websockets.ClientConnection) -> float:
        await socket.recv()
        return (time.perf_counter() - started) * 1000

    waiting = [asyncio.create_task(seen(socket)) for socket in sockets]
    await window.tell(focus=question)
    return await asyncio.gather(*waiting)


def windows_follow(folder: Path, many: int) -> list[float]:
    database, port = folder / "windows.db", free_port()
    round_ = seated(database, 1)
    with served(OURS, port, ROOT, database):
        return asyncio.run(followed(port, round_, many, 20))


def taps(page: Page, script: str, many: int) -> list[float]:
    """Milliseconds of `many` taps, the first few left out."""
    times = []
    for _ in range(many + 5):
        times.append(float(page.evaluate(script)))
        page.wait_for_timeout(120)
    return times[5:]


def live_taps(browser: Browser, folder: Path, many: int) -> list[float]:
    """A tap on the live screen, as the page itself sees it."""
    database, port = folder / "browser.db", free_port()
    seat = seated(database, 1).seats[0]
    with served(OURS, port, ROOT, database), page_of(browser, port, seat.person) as page:
        page.goto(f"http://127.0.0.1:{port}/interview?card={seat.card}")
        page.locator(".listen input").first.wait_for()
        return taps(page, TAP_LIVE, many)


def bare_taps(browser: Browser, folder: Path, many: int) -> list[float]:
    """The same tap on a bare page of Streamlit."""
    bare_page, port = folder / "bare.py", free_port()
    bare_page.write_text(BARE)
    with served([*DEFAULTS, str(bare_page)], port, folder, folder / "none.db"):
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{port}")
        page.get_by_text("One control").wait_for()
        page.wait_for_timeout(1000)
        return taps(page, TAP_BARE, many)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=400, help="interactions of one interviewer")
    turns = parser.parse_args().turns
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        on_the_server(folder, turns)
        print(*stages.table(folder, turns), sep="\n", flush=True)
        follow = windows_follow(folder, 50)
        print(
            f"50 candidates' windows follow: median {statistics.median(follow):.0f} ms, "
            f"slowest {max(follow):.0f} ms ({met(max(follow), 1000)})",
            flush=True,
        )
        in_a_browser(folder)


def on_the_server(folder: Path, turns: int) -> None:
    print("A message sent, stored, answered, on the server's side:")
    pairs = {many: pair(folder, many, turns) for many in (1, 10, 50)}
    judged(pairs[1], pairs[50])


def in_a_browser(folder: Path) -> None:
    with a_browser() as browser:
        live, bare = (statistics.median(tap(browser, folder, 60)) for tap in (live_taps, bare_taps))
    print(
        f"A tap in the browser until it is saved: live screen {live:.0f} ms, "
        f"bare Streamlit page under its defaults {bare:.0f} ms"
    )
    print(f"  live / bare = {live / bare:.2f} ({met(live / bare, 1.5)})")


if __name__ == "__main__":
    main()
