"""What the benchmarks share: a server of its own, a round to conduct, windows that speak the kit's protocol."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from question_bank import BANK, load_bank
from scorecards.outside.settings import Settings
from scorecards.record.setup import new_round
from scorecards.store import Database, Store, new_id, open_database

ROOT = Path(__file__).resolve().parent.parent
OURS = [sys.executable, str(ROOT / "app.py")]
DEFAULTS = [sys.executable, "-m", "streamlit", "run", "--server.port=PORT", "--server.address=127.0.0.1",
            "--server.headless=true", "--browser.gatherUsageStats=false"]  # fmt: skip
# A page of Streamlit with one control: the least that a Streamlit app can be.
BARE = 'import streamlit as st\nst.write("now", st.checkbox("One control"))\n'
# Seconds within which a server answers, also on a machine that is busy with something else.
ANSWERS_WITHIN = 120
WORDS = (
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
    "first;",
)


class Seat(NamedTuple):
    """One interviewer's scorecard, and what is needed to write it."""

    card: str
    person: str
    signed: str


class Seats(NamedTuple):
    """A round in which everybody interviews one candidate."""

    seats: list[Seat]
    questions: list[str]
    # The letters of the first question's signals.
    signals: list[str]
    store: Store
    database: Database


def seated(database: Path | str, many: int) -> Seats:
    """A new round with `many` interviewers of one candidate."""
    opened = open_database(str(database))
    store = Store(opened)
    bank = load_bank(Settings().bank_path or BANK)
    people = [store.people.add(f"Interviewer {n}") for n in range(many)]
    lead = people[0]
    round_ = new_round(
        new_id(), "Benchmark", lead.id, bank, "generalist", ["core-loop"], [p.id for p in people]
    )
    slot = round_.slots[0].model_copy(update={"interviewer_ids": tuple(p.id for p in people)})
    store.rounds.create(lead.id, round_.model_copy(update={"slots": (slot,)}))
    store.candidates.add(lead.id, round_.id, ["Candidate"])
    seats = [
        Seat(status.card_id, status.interviewer_id, store.live.sign(status.card_id, status.interviewer_id))
        for status in store.rounds.statuses(lead.id, round_.id)
    ]
    questions = [item.question for item in slot.plan.items]
    signals = [signal.id for signal in questions[0].signals]
    return Seats(seats, [question.id for question in questions], signals, store, opened)


class Window:
    """One window of the live screen: tells, and waits for the answer, over a connection it keeps."""

    def __init__(self, port: int, seat: Seat, round_: Seats, cookie: str = ""):
        self.port, self.seat, self.round, self.cookie = port, seat, round_, cookie
        self.text, self.ticks, self.level, self.version, self.count = "", set[str](), 1, 0, 0
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def tell(self, **told: Any) -> dict[str, Any]:
        """One message; its answer. Raises `RuntimeError` where the kit refuses it."""
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 24)
        assert self.reader is not None
        body = json.dumps({"pass": self.seat.signed, "told": {"tab": self.seat.card} | told}).encode()
        head = (
            f"POST /live/tell HTTP/1.1\r\nHost: localhost\r\nCookie: {self.cookie}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        self.writer.write(head.encode() + body)
        status, answer = await answered(self.reader)
        if b" 200 " not in status:
            raise RuntimeError(f"{status!r} {answer!r}")
        return dict(json.loads(answer))

    async def act(self, turn: int) -> None:
        """What an interviewer does, in turn: type, tick, type, rate."""
        self.count += 1
        if turn % 4 == 1:
            self.ticks ^= {self.round.signals[turn // 4 % len(self.round.signals)]}
        elif turn % 4 == 3:
            self.level = 1 + self.level % 4
        else:
            self.text = (self.text + " " + WORDS[self.count % len(WORDS)])[-2000:]
        question = self.round.questions[0]
        entry = {"question_id": question, "base": self.version, "evidence": self.text, "level": self.level,
                 "ticks": sorted(self.ticks)}  # fmt: skip
        answer = await self.tell(focus=question, entries=[entry])
        stored = answer["ratings"][0]
        if stored["evidence"] != self.text or stored["level"] != self.level:
            raise RuntimeError("The answer does not hold what was told.")
        self.version = stored["version"]

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
            self.writer = None


async def answered(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """The first line of an answer, and its body."""
    status, length = await reader.readline(), 0
    if not status:
        raise ConnectionResetError("The connection was closed without an answer.")
    while (line := await reader.readline()) not in (b"\r\n", b""):
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    return status, await reader.readexactly(length)


@contextmanager
def served(
    command: list[str], port: int, cwd: Path, database: Path | str, **settings: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A server process that answers, ended afterwards."""
    process = started(command, port, cwd, database, **settings)
    try:
        wait_for(process, port)
        yield process
    finally:
        process.kill()
        process.wait(10)


def started(
    command: list[str], port: int, cwd: Path, database: Path | str, **settings: str
) -> subprocess.Popen[bytes]:
    """A server process that has just begun to start."""
    env = os.environ | {"INTERVIEW_KIT_DATABASE": str(database), "INTERVIEW_KIT_PORT": str(port)}
    env |= {"PYTHONPATH": str(ROOT)} | settings
    words = [part.replace("PORT", str(port)) for part in command]
    return subprocess.Popen(words, cwd=cwd, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    """Until the server answers; raises `RuntimeError` where it ends first, or takes too long."""
    until = time.monotonic() + ANSWERS_WITHIN
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).read()
            return
        except OSError as error:
            if process.poll() is not None or time.monotonic() > until:
                ended = f"; it ended with {process.returncode}" if process.returncode is not None else ""
                raise RuntimeError(f"{process.args} does not answer{ended}.") from error
            time.sleep(0.02)


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
