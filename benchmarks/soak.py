"""Whether the server's memory grows: 50,000 interactions of 100 interviewers who come and go.

Each interviewer opens the Interview page in a Streamlit session of their own, works, and goes away. Prints the
memory after every fifth of them, the growth since the first fifth, and how many sessions are still held.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import tempfile
import urllib.request
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from interview_kit.screens.signed_in import PERSON_COOKIE

from .measuring import met
from .serving import OURS, ROOT, Seats, Window, free_port, memory_mb, seated, served

SESSION_SECONDS = 5
# Per cent.
MOST_GROWTH = 15
DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


def session(port: int, cookie: str = "") -> websockets.connect:
    """A connection to Streamlit as a page makes it, with these cookies."""
    return websockets.connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        origin=websockets.Origin(f"http://127.0.0.1:{port}"),
        additional_headers={"Cookie": cookie} if cookie else None,
        subprotocols=[websockets.Subprotocol("streamlit")],
        max_size=None,
    )


async def open_page(port: int, card: str, person: str, cookie: str = "") -> websockets.ClientConnection:
    """A Streamlit session in which the Interview page was drawn."""
    opened = await session(port, f"{PERSON_COOKIE}={person}; {cookie}")
    message = BackMsg()
    message.rerun_script.query_string = f"card={card}"
    message.rerun_script.page_name = "interview"
    await opened.send(message.SerializeToString())
    await drawn(opened)
    return opened


async def drawn(socket: websockets.ClientConnection) -> None:
    """Wait until a session's page is drawn."""
    while True:
        received = ForwardMsg()
        data = await socket.recv()
        received.ParseFromString(data if isinstance(data, bytes) else data.encode())
        if received.WhichOneof("type") == "script_finished" and received.script_finished in DONE:
            return


async def visit(port: int, round_: Seats, place: int, turns: int) -> None:
    """One interviewer comes, works and goes."""
    seat = round_.seats[place % len(round_.seats)]
    page = await open_page(port, seat.card, seat.person)
    window = Window(port, seat, round_)
    await window.tell(wish="take")
    window.version = next((rating["version"] for rating in (await window.tell(wish="take"))["ratings"]), 0)
    for turn in range(turns):
        await window.act(turn)
    await window.tell(wish="leave")
    window.close()
    await page.close()


def sessions(port: int) -> str:
    """What the server counts of its sessions, as its metrics say it."""
    text = urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/metrics", timeout=5).read().decode()
    return (
        "; ".join(line for line in text.splitlines() if "session" in line and not line.startswith("#")) or "-"
    )


def work_through(
    process: subprocess.Popen[bytes], port: int, round_: Seats, asked: argparse.Namespace
) -> float:
    """Everybody comes and goes; prints the memory five times, and returns it after the first fifth."""
    turns, step, first = asked.interactions // asked.visits, asked.interactions // 5, 0.0
    for place in range(asked.visits):
        asyncio.run(visit(port, round_, place, turns))
        done = (place + 1) * turns
        if done % step < turns:
            memory = memory_mb(process.pid)
            first = first or memory
            print(f"{done:>6} interactions: {memory:.0f} MB ({memory / first - 1:+.1%})", flush=True)
    return first


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interactions", type=int, default=50_000)
    parser.add_argument("--visits", type=int, default=100)
    asked = parser.parse_args()
    life = {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": str(SESSION_SECONDS), "INTERVIEW_KIT_METRICS": "1"}
    with tempfile.TemporaryDirectory() as name:
        database, port = Path(name) / "soak.db", free_port()
        round_ = seated(database, 20)
        with served(OURS, port, ROOT, database, **life) as process:
            first = work_through(process, port, round_, asked)
            asyncio.run(asyncio.sleep(SESSION_SECONDS + 2))
            growth = memory_mb(process.pid) / first - 1
            print(f"growth since the first fifth: {growth:+.1%} ({met(100 * growth, MOST_GROWTH)} %)")
            print(f"sessions held after all went away: {sessions(port)}")


if __name__ == "__main__":
    main()
