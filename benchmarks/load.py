"""A hundred interviews at once, with the candidates' windows: how soon everything is stored, and what that takes.

Each interviewer has the Interview page open in a Streamlit session of their own, types, ticks, rates and goes from
question to question faster than anybody does, and comes back once in a while as after a reload; a candidate looks on
in a window of each interview. Prints, for SQLite and PostgreSQL and for one and two replicas (behind nginx), saves a
second, the median and the 95th percentile from a save's first byte to its answer, the time until the candidate's
window follows, errors, memory of each replica and the share of two cores; then how a bare Streamlit app does under
its own defaults with as many sessions. At the end every scorecard has to hold what was last said in it.

Every run is bounded in time and lies in a folder thrown away.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg

from question_bank import BANK, load_bank
from scorecards.outside.settings import Settings
from scorecards.record.model import Round
from scorecards.record.setup import new_round
from scorecards.store import Store, new_id, open_database

from .deployments import a_postgres, a_proxy
from .measuring import p95
from .serving import BARE, DEFAULTS, OURS, ROOT, Seat, Seats, Window, free_port, memory_mb, served
from .soak import drawn, open_page, session

BROWSER_COOKIE = "interview_kit_browser"
# Saves between two looks at another question, and between two reloads.
MOVE_EVERY, RELOAD_EVERY = 12, 120


class Kind(NamedTuple):
    """What is measured: which database, how many replicas."""

    database: str
    replicas: int


class Found(NamedTuple):
    """One run: milliseconds of saves and of windows that followed, what went wrong, and what it took."""

    saves: list[float]
    follows: list[float]
    errors: list[str]
    wrong: int
    seconds: float
    memory: list[float]
    cores: float

    def told(self) -> str:
        follow = p95(self.follows) if len(self.follows) > 1 else 0.0
        return (
            f"{len(self.saves) / self.seconds:6.1f} saves/s, median {statistics.median(self.saves):6.1f} ms, "
            f"p95 {p95(self.saves):6.1f} ms; windows follow p95 {follow:6.1f} ms; "
            f"{len(self.errors)} errors, {self.wrong} scorecards wrong; "
            f"memory {' + '.join(f'{one:.0f}' for one in self.memory)} MB; {self.cores:.2f} cores"
        )


def interviews(address: str, many: int) -> tuple[Seats, list[str]]:
    """`many` candidates, each in an interview with an interviewer of their own; and the tokens of their windows."""
    database = open_database(address)
    store = Store(database)
    people = [store.people.add(f"Interviewer {number}").id for number in range(many)]
    round_ = a_round(store, people)
    statuses = store.rounds.statuses(people[0], round_.id)
    seats = [
        Seat(one.card_id, one.interviewer_id, store.live.sign(one.card_id, one.interviewer_id))
        for one in statuses
    ]
    windows = [store.live.open_window(one.interviewer_id, one.card_id) for one in statuses]
    questions = [item.question for item in round_.slots[0].plan.items]
    signals = [signal.id for signal in questions[0].signals]
    return Seats(seats, [one.id for one in questions], signals, store, database), windows


def a_round(store: Store, people: list[str]) -> Round:
    """A round with as many candidates as people, the first of whom leads it; each interviews one candidate."""
    lead, bank = people[0], load_bank(Settings().bank_path or BANK)
    made = new_round(new_id(), "Load", lead, bank, "generalist", ["founder-screen"], people)
    slot = made.slots[0].model_copy(update={"interviewer_ids": ()})
    round_ = store.rounds.create(lead, made.model_copy(update={"slots": (slot,)}))
    store.candidates.add(lead, round_.id, [f"Candidate {number}" for number in range(len(people))])
    for interview, person in zip(store.rounds.record(lead, round_.id).interviews, people, strict=True):
        store.interviews.assign(lead, interview.id, [person])
    return round_


class Interviewer:
    """One interview: its page, its window, and the candidate who looks on."""

    def __init__(self, port: int, seat: Seat, round_: Seats, token: str):
        cookie = f"{BROWSER_COOKIE}={secrets.token_hex(16)}"
        self.window = Window(port, seat, round_, cookie)
        self.port, self.seat, self.round, self.token, self.cookie = port, seat, round_, token, cookie
        self.saves: list[float] = []
        self.follows: list[float] = []
        self.errors: list[str] = []
        self.moved = 0.0

    async def work(self, until: float, pause: float) -> None:
        draw = random.Random(self.seat.card)
        looking, page, turn = asyncio.create_task(self.look()), await self.page(), 0
        await asyncio.sleep(draw.uniform(0, pause))
        while time.monotonic() < until:
            turn += 1
            try:
                await self.save(turn)
                if turn % RELOAD_EVERY == 0:
                    page.cancel()
                    page = await self.page()
            except (OSError, RuntimeError, EOFError) as error:
                self.errors.append(repr(error)[:200])
            await asyncio.sleep(draw.uniform(0.5, 1.5) * pause)
        for task in (looking, page):
            task.cancel()
        self.window.close()

    async def save(self, turn: int) -> None:
        """One save, and how long it takes: the interview's begin, another question now and then, else words."""
        started = time.perf_counter()
        if turn == 1:
            begun = {"id": f"{self.seat.card}-begun", "ago": 0, "kind": "begun"}
            await self.window.tell(focus=self.round.questions[0], moments=[begun], lead=True)
        elif turn % MOVE_EVERY == 0:
            self.moved = started
            await self.window.tell(focus=self.round.questions[turn // MOVE_EVERY % 2])
        else:
            await self.window.act(turn)
        self.saves.append((time.perf_counter() - started) * 1000)

    async def page(self) -> asyncio.Task[None]:
        """The Interview page, drawn; from then on everything that it is sent is read."""
        opened = await open_page(self.port, self.seat.card, self.seat.person, self.cookie)

        async def read() -> None:
            with suppress(websockets.ConnectionClosed):
                async with opened:
                    async for _ in opened:
                        pass

        return asyncio.create_task(read())

    async def look(self) -> None:
        """The candidate's window: notes how soon it follows."""
        address = f"ws://127.0.0.1:{self.port}/c/{self.token}/live"
        ours = websockets.Origin(f"http://127.0.0.1:{self.port}")
        async with websockets.connect(
            address, origin=ours, max_size=None, additional_headers={"Cookie": self.cookie}
        ) as socket:
            async for _ in socket:
                if self.moved:
                    self.follows.append((time.perf_counter() - self.moved) * 1000)
                    self.moved = 0.0

    def wrong(self) -> bool:
        """Whether the scorecard holds anything but what was last said."""
        stored = self.round.store.cards.get(self.seat.person, self.seat.card).rating(self.round.questions[0])
        return (stored.evidence, stored.version) != (self.window.text, self.window.version)


def cpu_seconds(pids: list[int]) -> float:
    """Processor time that these processes have used."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def running(kind: Kind, folder: Path, address: str) -> Iterator[tuple[int, list[int]]]:
    """The port that everybody goes to, and the replicas' processes."""
    with ExitStack() as stack:
        ports = [free_port() for _ in range(kind.replicas)]
        started = [stack.enter_context(served(OURS, port, ROOT, address)) for port in ports]
        pids = [process.pid for process in started]
        if kind.replicas == 1:
            yield ports[0], pids
        else:
            yield stack.enter_context(a_proxy(folder, address, ports)).port, pids


def load(kind: Kind, many: int, seconds: float, pause: float) -> Found:
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        address = str(folder / "load.db")
        if kind.database == "postgresql":
            address = stack.enter_context(a_postgres(folder)).address
        round_, windows = interviews(address, many)
        port, pids = stack.enter_context(running(kind, folder, address))
        people = [
            Interviewer(port, seat, round_, token) for seat, token in zip(round_.seats, windows, strict=True)
        ]
        taken, cores = asyncio.run(everybody(people, pids, seconds, pause))
        return found(people, pids, taken, cores)


async def everybody(
    people: list[Interviewer], pids: list[int], seconds: float, pause: float
) -> tuple[float, float]:
    """All work at once; seconds in all, and cores that the replicas took."""
    before, started = cpu_seconds(pids), time.monotonic()
    await asyncio.gather(*(one.work(started + seconds, pause) for one in people))
    taken = time.monotonic() - started
    return taken, (cpu_seconds(pids) - before) / taken


def found(people: list[Interviewer], pids: list[int], taken: float, cores: float) -> Found:
    """All of them together."""
    return Found(
        [value for one in people for value in one.saves],
        [value for one in people for value in one.follows],
        [value for one in people for value in one.errors],
        sum(one.wrong() for one in people),
        taken,
        [memory_mb(pid) for pid in pids],
        cores,
    )


async def bare_session(port: int, until: float, pause: float) -> list[float]:
    """A session of a bare app that is drawn anew at the same pace; milliseconds of each drawing."""
    times = []
    async with session(port) as socket:
        while time.monotonic() < until:
            message = BackMsg()
            message.rerun_script.query_string = ""
            started = time.perf_counter()
            await socket.send(message.SerializeToString())
            await drawn(socket)
            times.append((time.perf_counter() - started) * 1000)
            await asyncio.sleep(random.uniform(0.5, 1.5) * pause)
    return times


def bare(many: int, seconds: float, pause: float) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        (folder / "bare.py").write_text(BARE)
        with served([*DEFAULTS, "bare.py"], port, folder, folder / "none.db") as process:
            before = cpu_seconds([process.pid])
            times = asyncio.run(bare_sessions(port, many, seconds, pause))
            cores = (cpu_seconds([process.pid]) - before) / seconds
            return (
                f"{len(times) / seconds:6.1f} drawings/s, median {statistics.median(times):6.1f} ms, "
                f"p95 {p95(times):6.1f} ms; memory {memory_mb(process.pid):.0f} MB; {cores:.2f} cores"
            )


async def bare_sessions(port: int, many: int, seconds: float, pause: float) -> list[float]:
    """As many at once; the milliseconds of them all."""
    until = time.monotonic() + seconds
    sessions = await asyncio.gather(*(bare_session(port, until, pause) for _ in range(many)))
    return [value for times in sessions for value in times]


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interviews", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument(
        "--pause", type=float, default=1.0, help="seconds between two saves of one interviewer"
    )
    parser.add_argument(
        "--kinds", nargs="*", default=["sqlite-1", "sqlite-2", "postgresql-1", "postgresql-2"]
    )
    parser.add_argument("--bare-seconds", type=float, default=60)
    return parser.parse_args()


def fine(name: str, many: int, minutes: float, pause: float) -> bool:
    """Print what one kind does under the load; whether nothing went wrong."""
    database, _, replicas = name.partition("-")
    done = load(Kind(database, int(replicas)), many, minutes * 60, pause)
    print(f"{name:<13} {done.told()}", flush=True)
    for error in sorted(set(done.errors))[:5]:
        print(f"    {error}")
    return not done.errors and not done.wrong


def main() -> None:
    words = asked()
    many, minutes, pause = words.interviews, words.minutes, words.pause
    print(f"{many} interviews at once, a save every {pause:g} s each, {minutes:g} minutes")
    verdicts = [fine(name, many, minutes, pause) for name in words.kinds]
    if words.bare_seconds:
        print(f"{'bare app':<13} {bare(many, words.bare_seconds, pause)}", flush=True)
    sys.exit(0 if all(verdicts) else 1)


if __name__ == "__main__":
    main()
