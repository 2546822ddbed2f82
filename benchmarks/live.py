"""How fast the live screen answers, on the server's side, in the browser, and in the candidate's window.

Prints median and 95th percentile from a message sent to its answer, with everything stored in between, for 1, 10
and 50 interviewers at once; the same tap in a real browser on the live screen and on a bare Streamlit page with
one control; and how soon 50 candidates' windows follow. One run, on this machine, in a folder thrown away.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import websockets
from playwright.sync_api import Browser, Page, sync_playwright

from interview_kit.screens.signed_in import PERSON_COOKIE
from tests.browser.install import ARGUMENTS, find_browser

from .serving import DEFAULTS, OURS, ROOT, Seats, Window, free_port, memory_mb, seated, served

BARE = 'import streamlit as st\nst.write("now", st.checkbox("One control"))\n'
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
        return statistics.quantiles(self.times, n=20)[18]


async def drive(port: int, round_: Seats, turns: int) -> tuple[list[float], float]:
    """All interviewers at once, each `turns` interactions; milliseconds of each, and seconds in all."""

    async def one(window: Window) -> list[float]:
        times = []
        for turn in range(turns):
            started = time.perf_counter()
            await window.act(turn)
            times.append((time.perf_counter() - started) * 1000)
        return times

    windows = [Window(port, seat, round_) for seat in round_.seats]
    for window in windows:
        for turn in range(3):
            await window.act(turn)
    started = time.perf_counter()
    found = await asyncio.gather(*(one(window) for window in windows))
    seconds = time.perf_counter() - started
    for window in windows:
        window.close()
    return [value for times in found for value in times], seconds


def server_side(folder: Path, many: int, turns: int) -> Measured:
    database, port = folder / f"server-{many}.db", free_port()
    round_ = seated(database, many)
    with served(OURS, port, ROOT, database) as process:
        times, seconds = asyncio.run(drive(port, round_, turns))
        return Measured(times, seconds, memory_mb(process.pid))


async def followed(port: int, round_: Seats, many: int, moves: int) -> list[float]:
    """Milliseconds from an interviewer's move until each of `many` windows shows the other card."""
    seat = round_.seats[0]
    token = round_.store.live.open_window(seat.person, seat.card)
    window = Window(port, seat, round_)
    begun = {"id": "bench-1", "ago": 0, "kind": "begun"}
    await window.tell(focus=round_.questions[0], moments=[begun], lead=True)
    address = f"ws://127.0.0.1:{port}/c/{token}/live"
    ours = websockets.Origin(f"http://127.0.0.1:{port}")
    sockets = [await websockets.connect(address, origin=ours, max_size=None) for _ in range(many)]
    for socket in sockets:
        await socket.recv()
    times = []

    async def seen(socket: websockets.ClientConnection, started: float) -> None:
        await socket.recv()
        times.append((time.perf_counter() - started) * 1000)

    for move in range(moves):
        started = time.perf_counter()
        waiting = [asyncio.create_task(seen(socket, started)) for socket in sockets]
        await window.tell(focus=round_.questions[(move + 1) % 2])
        await asyncio.gather(*waiting)
        await asyncio.sleep(0.2)
    for socket in sockets:
        await socket.close()
    window.close()
    return times


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


def in_browser(browser: Browser, folder: Path, many: int) -> tuple[list[float], list[float]]:
    """The same tap on the live screen and on a bare page, as the page itself sees it."""
    database, port = folder / "browser.db", free_port()
    round_ = seated(database, 1)
    seat = round_.seats[0]
    with served(OURS, port, ROOT, database):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies(
            [{"name": PERSON_COOKIE, "value": seat.person, "url": f"http://127.0.0.1:{port}"}]
        )
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{port}/interview?card={seat.card}")
        page.locator(".listen input").first.wait_for()
        live = taps(page, TAP_LIVE, many)
        context.close()
    bare_page, port = folder / "bare.py", free_port()
    bare_page.write_text(BARE)
    with served([*DEFAULTS, str(bare_page)], port, folder, database):
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{port}")
        page.get_by_text("One control").wait_for()
        page.wait_for_timeout(1000)
        return live, taps(page, TAP_BARE, many)


def met(found: float, target: float, *, at_least: bool = False) -> str:
    good = found >= target if at_least else found <= target
    return f"target {'≥' if at_least else '≤'} {target:g}: {'met' if good else 'NOT MET'}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=400, help="interactions of one interviewer")
    turns = parser.parse_args().turns
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("A message sent, stored, answered, on the server's side:")
        for many in (1, 10, 50):
            found = server_side(folder, many, max(20, turns // (1 if many == 1 else 8)))
            rate = len(found.times) / found.seconds
            print(
                f"  {many:>3} interviewers: median {found.median:6.1f} ms  p95 {found.p95:6.1f} ms  "
                f"{rate:5.0f} saves/s  {found.memory_mb:4.0f} MB",
                flush=True,
            )
            if many == 1:
                print(f"      median {met(found.median, 10)}; p95 {met(found.p95, 25)}")
            if many == 50:
                print(f"      saves/s {met(rate, 120, at_least=True)}; p95 {met(found.p95, 400)}")
        follow = windows_follow(folder, 50)
        print(f"50 candidates' windows follow: median {statistics.median(follow):.0f} ms, "
              f"slowest {max(follow):.0f} ms ({met(max(follow), 1000)})", flush=True)  # fmt: skip
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=list(ARGUMENTS))
            live, bare = in_browser(browser, folder, 60)
            browser.close()
    ratio = statistics.median(live) / statistics.median(bare)
    print(f"A tap in the browser until it is saved: live screen {statistics.median(live):.0f} ms, "
          f"bare Streamlit page under its defaults {statistics.median(bare):.0f} ms")  # fmt: skip
    print(f"  live / bare = {ratio:.2f} ({met(ratio, 1.5)})")


if __name__ == "__main__":
    main()
