"""Ten interviewers who keep writing whatever happens, and what has to hold of the database they write into."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from scorecards.store import OPERATOR, Database, Store, open_database
from scorecards.store.copies import back_up, digest_of

from .serving import OURS, ROOT, Seats, Window, free_port, seated, served

WRITERS = 10
# Whatever a broken connection, a cut answer or a refusal looks like: the writer sends the same again.
NOT_YET = (OSError, EOFError, RuntimeError, ValueError, asyncio.IncompleteReadError, TimeoutError)


Happening = Callable[[], Awaitable[None]]


class Writer:
    """One interviewer's window: says the next thing once the last is acknowledged, and the same again until then."""

    def __init__(self, port: int, seat: Any, round_: Seats):
        self.window = Window(port, seat, round_)
        self.said = self.acknowledged = self.sent = 0
        self.refusals: set[str] = set()

    @property
    def words(self) -> str:
        return f"Said {self.said} times."

    async def write(self, until: asyncio.Event) -> None:
        while not until.is_set():
            self.said += 1
            while not await self.told():
                await asyncio.sleep(0.05)
            self.acknowledged = self.said
            await asyncio.sleep(0.005)

    def message(self) -> dict[str, Any]:
        self.sent += 1
        entry = {
            "question_id": self.window.round.questions[0],
            "base": self.window.version,
            "count": self.said,
            "evidence": self.words,
        }
        return {"count": self.sent, "entries": [entry]}

    async def lies_at(self, port: int) -> None:
        """Sends to a replica that does not answer, and gives up; the message waits there to be read."""
        self.said += 1
        given_up = Window(port, self.window.seat, self.window.round)
        with suppress(*NOT_YET):
            await asyncio.wait_for(given_up.tell(**self.message()), 0.2)
        given_up.close()

    async def told(self) -> bool:
        try:
            answer = await asyncio.wait_for(self.window.tell(**self.message()), 30)
        except NOT_YET as error:
            if isinstance(error, RuntimeError):
                self.refusals.add(str(error)[:160])
            self.window.close()
            return False
        if answer["clashes"] or answer["ratings"][0]["evidence"] != self.words:
            raise AssertionError(f"Somebody else's words stand there: {answer}")
        self.window.version = answer["ratings"][0]["version"]
        return True


class Kit:
    """A round with ten writers, and what has to hold of its database at any moment."""

    def __init__(self, database: Path | str):
        self.database, self.port = database, free_port()
        self.round = seated(database, WRITERS)
        self.writers = [Writer(self.port, seat, self.round) for seat in self.round.seats]

    def at(self, port: int) -> Kit:
        """The writers go to another port from now on: a proxy's."""
        for writer in self.writers:
            writer.window.port = port
        return self

    def stored(self) -> dict[str, tuple[str, int]]:
        """Words and versions by scorecard, as another process finds them."""
        store, found = self.round.store, {}
        for seat in self.round.seats:
            ratings = store.cards.get(seat.person, seat.card).content.ratings
            found[seat.card] = (ratings[0].evidence, ratings[0].version) if ratings else ("", 0)
        return found

    def faults(self) -> list[str]:
        """What is lost or doubled just now."""
        stored, found = self.stored(), []
        for writer in self.writers:
            words, version = stored[writer.window.seat.card]
            said = int(words.split(" ")[1]) if words else 0
            if said < writer.acknowledged:
                found.append(f"lost: {writer.acknowledged} were acknowledged, {said} stored")
            if version > said:
                found.append(f"doubled: {said} said, {version} stored")
        return found

    def whole(self) -> list[str]:
        """What is wrong with the database as such: its own check, a backup's digest, the audit log."""
        database = open_database(str(self.database))
        found = damaged(self.database) + copied_wrongly(database)
        verdict = Store(database).audit.verify(OPERATOR)
        database.close()
        return [*found, *(f"audit: {fault}" for fault in verdict.faults)]

    async def under(self, happens: Happening) -> None:
        """The writers write while something happens, and until each has said the next thing after it."""
        done = asyncio.Event()
        writing = [asyncio.create_task(writer.write(done)) for writer in self.writers]
        await happens()
        await self.get_on()
        done.set()
        await asyncio.gather(*writing)
        for writer in self.writers:
            writer.window.close()

    async def get_on(self) -> None:
        """Wait until each writer has said the next thing; raises `RuntimeError` where one does not get there."""
        wanted = [writer.said + 1 for writer in self.writers]
        until = time.monotonic() + 60
        while any(writer.acknowledged < next_ for writer, next_ in zip(self.writers, wanted, strict=True)):
            if time.monotonic() > until:
                raise RuntimeError("The writers do not get on after the fault.")
            await asyncio.sleep(0.05)

    def tried(self, what: str, happens: Happening, **settings: str) -> bool:
        """A server runs, everybody writes while this happens; what comes of it is printed."""
        with served(OURS, self.port, ROOT, self.database, **settings):
            asyncio.run(self.under(happens))
            return self.verdict(what)

    def verdict(self, what: str) -> bool:
        faults = self.faults() + self.whole()
        saves = sum(writer.acknowledged for writer in self.writers)
        refusals = sorted(set().union(*(writer.refusals for writer in self.writers)))
        print(
            f"{what}: {saves} saves acknowledged, {'; '.join(faults) or 'none lost, none doubled, whole'}",
            flush=True,
        )
        for refusal in refusals[:3]:
            print(f"    said meanwhile: {refusal}")
        return not faults


def damaged(database: Path | str) -> list[str]:
    """What SQLite's own check finds."""
    if not isinstance(database, Path):
        return []
    with closing(sqlite3.connect(database)) as connection:
        (checked,) = connection.execute("PRAGMA integrity_check").fetchone()
    return [] if checked == "ok" else [f"integrity: {checked}"]


def copied_wrongly(database: Database) -> list[str]:
    """Whether a backup has the digest that was told when it was made."""
    with tempfile.TemporaryDirectory() as folder:
        copied = back_up(database, Path(folder) / "backup.db")
        kept = open_database(f"{folder}/backup.db")
        with kept.reading() as connection:
            same = digest_of(connection) == copied.digest
        kept.close()
    return [] if same else ["digest: the backup has another one"]
