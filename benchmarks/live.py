"""How fast the live screen answers: a client that speaks Streamlit's protocol ticks, rates and types.

Prints, for 1, 10 and 50 interviewers at once, median and 95th percentile from send to stored-and-redrawn,
saves a second and the server's memory; in the same run the same page, and a bare page with one control,
under Streamlit's defaults, and the ratios. Everything runs on this machine in a folder that is thrown away.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from question_bank import BANK, load_bank
from scorecards.settings import Settings
from scorecards.setup import new_round
from scorecards.store import Store, new_id, open_database

ROOT = Path(__file__).resolve().parent.parent
WORDS = [
    "they",
    "name",
    "the",
    "flag,",
    "who",
    "may",
    "press",
    "it,",
    "and",
    "what",
    "users",
    "saw",
    "in",
    "the",
    "first",
    "hour;",
]
FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
BARE = 'import streamlit as st\nst.write(st.checkbox("One control"))\n'


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

    @property
    def saves_per_second(self) -> float:
        return len(self.times) / self.seconds


class Client:
    """One browser tab: holds every widget's state and sends it all, as Streamlit's page does."""

    def __init__(self, socket_: Any, query: str):
        self.socket = socket_
        self.query = query
        self.states: dict[str, WidgetState] = {}
        self.control = ""
        self.marks = ""
        self.signals: list[str] = []
        self.ticked: set[str] = set()
        self.levels = ""
        self.evidence = ""
        self.question = ""
        # The fragment that each control lives in.
        self.home: dict[str, str] = {}
        self.page = ""
        self.count = 0
        self.text = ""

    async def run(self, control: str = "") -> float:
        """Ask for a rerun and wait until it is finished; milliseconds."""
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string = self.query
        rerun.page_script_hash = self.page
        rerun.page_name = "" if self.page else "interview"
        rerun.fragment_id = self.home.get(control, "")
        rerun.widget_states.widgets.extend(self.states.values())
        started = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        while True:
            received = ForwardMsg()
            received.ParseFromString(await self.socket.recv())
            if self._take(received):
                return (time.perf_counter() - started) * 1000

    def _take(self, message: ForwardMsg) -> bool:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.page = message.new_session.page_script_hash
        elif kind == "delta":
            self._learn(message)
        # A run that was cut short is followed by another one.
        return kind == "script_finished" and message.script_finished in FINISHED

    def _learn(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise RuntimeError(element.exception.message)
        if kind == "checkbox" and "control" in element.checkbox.label:
            self.control = element.checkbox.id
        elif kind == "button_group" and "-level" in element.button_group.id:
            self.levels = element.button_group.id
            self.home[self.levels] = message.delta.fragment_id
        elif kind == "bidi_component" and "evidence-" in element.bidi_component.id:
            self.evidence = element.bidi_component.id
            self.home[self.evidence] = message.delta.fragment_id
            self.question = json.loads(element.bidi_component.json)["slot"]
        elif kind == "bidi_component" and "marks-" in element.bidi_component.id:
            self.marks = element.bidi_component.id
            self.home[self.marks] = message.delta.fragment_id
            content = json.loads(json.loads(element.bidi_component.json)["content"])
            self.signals = [signal["id"] for signal in content["signals"]]

    def press(self) -> None:
        """The one control of the bare page."""
        state = self.states.setdefault(self.control, WidgetState(id=self.control))
        state.bool_value = not state.bool_value

    def tick(self, turn: int) -> None:
        self.ticked ^= {self.signals[turn % len(self.signals)]}
        entry = {"ticks": sorted(self.ticked), "probes": [], "flags": [], "base": 0}
        self.tell(self.marks, "marked", entry)

    def tell(self, widget: str, name: str, entry: dict[str, Any]) -> None:
        self.count += 1
        value = {name: {"tab": "bench", "count": self.count, "entries": {self.question: entry}}}
        self.states[widget] = WidgetState(id=widget, json_value=json.dumps(value))

    def rate(self, turn: int) -> None:
        self.states[self.levels] = WidgetState(id=self.levels)
        self.states[self.levels].string_array_value.data.append(str(1 + turn % 4))

    def type(self) -> None:
        self.text = (self.text + " " + WORDS[self.count % len(WORDS)])[-2000:]
        self.tell(self.evidence, "typed", {"text": self.text, "base": 0})

    def act(self, turn: int) -> str:
        """What an interviewer does, in turn: type, tick, type, rate. The control that was used."""
        if self.control:
            self.press()
            return self.control
        if turn % 4 == 1:
            self.tick(turn // 4)
            return self.marks
        if turn % 4 == 3:
            self.rate(turn // 4)
            return self.levels
        self.type()
        return self.evidence


async def drive(
    port: int, cards: list[tuple[str, str]], turns: int, pause: float
) -> tuple[list[float], float]:
    """All clients at once, each `turns` interactions; milliseconds of each, and seconds in all."""

    async def one(card: str, person: str) -> list[float]:
        headers = {"Cookie": f"interview_kit_person={person}"} if person else {}
        address = f"ws://127.0.0.1:{port}/_stcore/stream"
        async with websockets.connect(
            address, additional_headers=headers, subprotocols=["streamlit"], max_size=None
        ) as opened:
            client = Client(opened, f"card={card}" if card else "")
            await client.run()
            if not client.control and not client.signals:
                raise RuntimeError("The page shows no control: is the card there?")
            for turn in range(5):
                await client.run(client.act(turn))
            ready.append(1)
            while len(ready) < len(cards):
                await asyncio.sleep(0.01)
            times = []
            for turn in range(turns):
                times.append(await client.run(client.act(turn)))
                if pause:
                    await asyncio.sleep(pause)
            return times

    ready: list[int] = []
    tasks = [asyncio.create_task(one(card, person)) for card, person in cards]
    while len(ready) < len(cards):
        done = [task for task in tasks if task.done()]
        if done:
            await done[0]
        await asyncio.sleep(0.01)
    started = time.perf_counter()
    found = await asyncio.gather(*tasks)
    return [value for times in found for value in times], time.perf_counter() - started


@contextmanager
def served(command: list[str], port: int, cwd: Path, database: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A server process that answers, ended afterwards."""
    env = os.environ | {
        "INTERVIEW_KIT_DATABASE": str(database),
        "INTERVIEW_KIT_PORT": str(port),
        "PYTHONPATH": str(ROOT),
    }
    process = subprocess.Popen(
        command, cwd=cwd, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).read()
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise RuntimeError(f"{command} does not answer")
        yield process
    finally:
        process.terminate()
        process.wait(10)


def seeded(database: Path, many: int) -> list[tuple[str, str]]:
    """A round in which `many` interviewers each have one card: (card id, person id)."""
    store = Store(open_database(str(database)))
    bank = load_bank(Settings().bank_path or BANK)
    people = [store.add_person(f"Interviewer {n}") for n in range(many)]
    lead = people[0]
    round_ = new_round(
        new_id(), "Benchmark", lead.id, bank, "generalist", ["core-loop"], [p.id for p in people]
    )
    slot = round_.slots[0].model_copy(update={"interviewer_ids": tuple(p.id for p in people)})
    store.create_round(lead.id, round_.model_copy(update={"slots": (slot,)}))
    store.add_candidates(lead.id, round_.id, ["Candidate"])
    return [(status.card_id, status.interviewer_id) for status in store.statuses(lead.id, round_.id)]


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def memory_mb(pid: int) -> float:
    """Resident memory of a process; 0 where the system does not tell."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def measure(
    command: list[str], cwd: Path, folder: Path, interviewers: int, turns: int, *, bare: bool = False
) -> Measured:
    """One server, one load."""
    database = folder / f"{new_id()}.db"
    cards = [("", "")] * interviewers if bare else seeded(database, interviewers)
    port = free_port()
    with served([part.replace("PORT", str(port)) for part in command], port, cwd, database) as process:
        times, seconds = asyncio.run(drive(port, cards, turns, 0.0))
        return Measured(times, seconds, memory_mb(process.pid))


def line(name: str, found: Measured) -> None:
    print(
        f"{name:<46} median {found.median:7.1f} ms  p95 {found.p95:7.1f} ms  "
        f"{found.saves_per_second:6.0f} saves/s  {found.memory_mb:5.0f} MB",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=200, help="interactions for one interviewer")
    turns = parser.parse_args().turns
    ours = [sys.executable, str(ROOT / "app.py")]
    defaults = [sys.executable, "-m", "streamlit", "run", "--server.port=PORT", "--server.address=127.0.0.1",
                "--server.headless=true", "--browser.gatherUsageStats=false"]  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare_page = folder / "bare.py"
        bare_page.write_text(BARE)
        print("Send to stored-and-redrawn, on the server's side:")
        found = {}
        for many in (1, 10, 50):
            found[many] = measure(ours, ROOT, folder, many, max(20, turns // (1 if many == 1 else 5)))
            line(f"live screen, python app.py, {many} interviewers", found[many])
        same = measure([*defaults, str(ROOT / "screens" / "main.py")], folder, folder, 1, max(40, turns // 4))
        line("live screen, Streamlit's defaults, 1 interviewer", same)
        bare = measure([*defaults, str(bare_page)], folder, folder, 1, max(40, turns // 4), bare=True)
        line("bare page, one control, defaults, 1 user", bare)
    print(f"live screen: defaults / app.py = {same.median / found[1].median:.1f}")
    print(f"bare page under defaults / live screen by app.py = {bare.median / found[1].median:.1f}")


if __name__ == "__main__":
    main()
