"""Where the milliseconds of a save go, stage by stage, in one process: from the request's bytes to the answer's."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection
from starlette.applications import Starlette

from interview_kit import wiring
from interview_kit.web import routes
from scorecards.store.live import LiveDesk

from .serving import Seats, Window, seated

AROUND, READ, PASS = "Starlette, and a thread", "decode and validate", "the pass"
RULES, MAPPED = "rules, and the transaction around them", "SQLAlchemy around the statements"
SQL, COMMIT, ANSWER = "statements, in SQLite", "commit to the disk", "answer: proposals, JSON"
STAGES = (AROUND, READ, PASS, RULES, MAPPED, SQL, COMMIT, ANSWER)
APP = Starlette(routes=routes.ROUTES)
SCOPE = {
    "type": "http",
    "method": "POST",
    "path": "/live/tell",
    "root_path": "",
    "query_string": b"",
    "headers": [],
}
WARM_UP = 20


class Clock:
    """Seconds and calls by stage. While a stage runs within another, only the inner one counts."""

    def __init__(self) -> None:
        self.seconds, self.calls = Counter[str](), Counter[str]()
        # When each running stage began, and how much of it was spent in stages within.
        self._running: list[list[float]] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self._running.append([time.perf_counter(), 0.0])
        try:
            yield
        finally:
            began, within = self._running.pop()
            taken = time.perf_counter() - began
            self.seconds[name] += taken - within
            self.calls[name] += 1
            if self._running:
                self._running[-1][1] += taken

    def around(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same work, with its time counted."""

        def timed(*told: Any, **named: Any) -> Any:
            with self.stage(name):
                return work(*told, **named)

        return timed


class InProcess(Window):
    """A window whose messages go to the kit's routes without a network."""

    async def tell(self, **told: Any) -> dict[str, Any]:
        body = json.dumps({"pass": self.seat.signed, "told": {"tab": self.seat.card} | told}).encode()
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await APP(SCOPE.copy(), receive, send)
        answer: dict[str, Any] = json.loads(b"".join(part.get("body", b"") for part in sent))
        return answer


@contextmanager
def clocked(round_: Seats) -> Iterator[Clock]:
    """Every stage of a save is timed; what is timed is the kit's own code, unchanged."""
    clock, dialect = Clock(), round_.database.engine.dialect
    stages = [
        (routes, "_tell", ANSWER),
        (routes, "read_message", READ),
        (routes, "JSONResponse", ANSWER),
        (LiveDesk, "read", PASS),
        (LiveDesk, "tell", RULES),
        (Connection, "execute", MAPPED),
        (dialect, "do_execute", SQL),
        (dialect, "do_commit", COMMIT),
    ]
    with ExitStack() as stack:
        stack.enter_context(patch.object(wiring, "store", lambda: round_.store))
        for owner, name, stage in stages:
            stack.enter_context(patch.object(owner, name, clock.around(stage, getattr(owner, name))))
        yield clock


async def saves(window: Window, many: int) -> None:
    for turn in range(many):
        await window.act(turn)


def measured(folder: Path, many: int) -> Clock:
    """So many saves of one interviewer, after some that warm up."""
    round_ = seated(folder / "stages.db", 1)
    window = InProcess(0, round_.seats[0], round_)

    async def run() -> Clock:
        with patch.object(wiring, "store", lambda: round_.store):
            await saves(window, WARM_UP)
        with clocked(round_) as clock:
            for turn in range(many):
                with clock.stage(AROUND):
                    await window.act(turn)
        return clock

    return asyncio.run(run())


def table(folder: Path, many: int) -> Iterator[str]:
    """A line for each stage: milliseconds of one save, and its share."""
    clock = measured(folder, many)
    whole = sum(clock.seconds.values())
    yield f"Where a save's {1000 * whole / many:.2f} ms go, in one process:"
    for stage in STAGES:
        taken = clock.seconds[stage]
        yield f"  {stage:<40}{1000 * taken / many:6.2f} ms {taken / whole:5.0%}"
    yield f"  ({clock.calls[SQL] / many:.1f} statements a save, {clock.calls[COMMIT] / many:.1f} commits)"
