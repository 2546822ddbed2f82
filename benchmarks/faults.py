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
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from .deployments import a_postgres, a_proxy
from .serving import OURS, ROOT, Window, free_port, served
from .writers import Kit

FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")
CLOCK = {"LD_PRELOAD": str(FAKETIME), "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


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
        kit, filler = Kit(disk / "full.db"), disk / "filler"

        async def happens() -> None:
            await asyncio.sleep(1)
            with suppress(OSError), filler.open("wb") as file:
                while True:
                    file.write(b"x" * 4096)
                    file.flush()
            await asyncio.sleep(4)
            filler.unlink()

        return kit.tried("disk full for four seconds", happens)


async def a_while() -> None:
    """Nothing happens for a second."""
    await asyncio.sleep(1)


def read_only_disk(folder: Path) -> bool:
    """The disk comes back read-only after a restart: the kit says so and touches nothing; then it may write again."""
    with small_disk(folder, 24) as disk:
        kit = Kit(disk / "kept.db")
        with served(OURS, kit.port, ROOT, kit.database):
            asyncio.run(kit.under(a_while))
        kit.round.database.close()
        left_alone = start_read_only(kit, disk)
        return kit.tried("disk read-only between two starts", a_while) and left_alone


def start_read_only(kit: Kit, disk: Path) -> bool:
    """Whether a start on the disk made read-only is refused in words and changes no file."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    before = {one.name: one.read_bytes() for one in disk.iterdir()}
    settings = {"INTERVIEW_KIT_DATABASE": str(kit.database), "INTERVIEW_KIT_PORT": str(kit.port)}
    refused = subprocess.run(
        OURS, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, timeout=60, check=False
    )
    print(f"    a start on a read-only disk ends with {refused.returncode}: {refused.stderr.strip()[-200:]}")
    same = before == {one.name: one.read_bytes() for one in disk.iterdir()}
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    return same and refused.returncode != 0 and "Traceback" not in refused.stderr


def locked(folder: Path) -> bool:
    """Another program holds the database for longer than anybody waits."""
    kit = Kit(folder / "locked.db")

    async def happens() -> None:
        await asyncio.sleep(0.5)
        with closing(sqlite3.connect(kit.database, isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(13)
            holder.rollback()

    return kit.tried("database held by another program for 13 seconds", happens)


async def now_and_then(many: int, does: Callable[[int], None]) -> None:
    """So many times after a random pause, while everybody writes on."""
    for number in range(many):
        await asyncio.sleep(random.Random(number).uniform(0.3, 1.5))
        await asyncio.to_thread(does, number)


def postgresql_restarts(folder: Path, many: int) -> bool:
    """PostgreSQL stops in the middle of saves, in order and by force."""
    with a_postgres(folder) as postgres:

        async def happens() -> None:
            await now_and_then(many, lambda number: postgres.restart(crash=bool(number % 2)))

        what = f"PostgreSQL restarted {many} times, every second time by force"
        return Kit(postgres.address).tried(what, happens)


def proxy_restarts(folder: Path, many: int) -> bool:
    """The proxy before two replicas is restarted while everybody writes through it."""
    with ExitStack() as stack:
        address = stack.enter_context(a_postgres(folder)).address
        kit, ports = Kit(address), [free_port(), free_port()]
        for port in ports:
            stack.enter_context(served(OURS, port, ROOT, address))
        proxy = stack.enter_context(a_proxy(folder, address, ports))

        def restart(_: int) -> None:
            proxy.stop()
            proxy.start()

        asyncio.run(kit.at(proxy.port).under(lambda: now_and_then(many, restart)))
        return kit.verdict(f"proxy before two replicas restarted {many} times")


async def pause(kit: Kit, process: subprocess.Popen[bytes], other: int) -> list[str]:
    """A replica is paused with messages unread and resumes after newer ones; what is lost or doubled then."""
    process.send_signal(signal.SIGSTOP)
    await asyncio.gather(*(writer.lies_at(other) for writer in kit.writers))
    for writer in kit.writers:
        writer.said += 1
    stored = await asyncio.gather(*(writer.told() for writer in kit.writers))
    for writer, done in zip(kit.writers, stored, strict=True):
        writer.acknowledged = writer.said if done else writer.acknowledged
    process.send_signal(signal.SIGCONT)
    await read_all(kit, other)
    return kit.faults()


async def read_all(kit: Kit, port: int) -> None:
    """Wait for an answer to what came after: by then the replica has read what lay there."""
    late = [Window(port, writer.window.seat, kit.round) for writer in kit.writers]
    for _ in range(2):
        await asyncio.gather(*(window.tell() for window in late))
        # A server ends a connection on which nothing was said for some seconds; the next begins another.
        for window in late:
            window.close()


async def pauses(kit: Kit, process: subprocess.Popen[bytes], other: int, many: int) -> list[str]:
    """What was lost or doubled after any of them."""
    wrong = [fault for _ in range(many) for fault in await pause(kit, process, other)]
    for writer in kit.writers:
        writer.window.close()
    return wrong


def paused_replica(folder: Path, many: int) -> bool:
    """A replica is paused with messages unread, the other stores newer ones, and the first resumes."""
    with ExitStack() as stack:
        kit, other = Kit(stack.enter_context(a_postgres(folder)).address), free_port()
        stack.enter_context(served(OURS, kit.port, ROOT, kit.database))
        process = stack.enter_context(served(OURS, other, ROOT, kit.database))
        wrong = asyncio.run(pauses(kit, process, other, many))
        print(f"    {len(wrong)} times something acknowledged was lost while {many} pauses ended")
        return kit.verdict(f"replica paused {many} times with ten messages unread") and not wrong


def clock_back(folder: Path) -> bool:
    """The clock is set back an hour while everybody writes; nothing is taken for older than it is."""
    if not FAKETIME.exists():
        raise OSError("Debian's package faketime is not here")
    database, clock = folder / "clock.db", folder / "clock"
    clock.write_text("+0\n")

    async def happens() -> None:
        await asyncio.sleep(1.5)
        clock.write_text("-3600\n")
        await asyncio.sleep(3)

    settings = CLOCK | {"FAKETIME_TIMESTAMP_FILE": str(clock)}
    return Kit(database).tried("clock set back an hour", happens, **settings) and all_by_the_late_clock(
        database
    )


def all_by_the_late_clock(database: Path) -> bool:
    """Whether every rating was last saved by the clock that was an hour behind."""
    with closing(sqlite3.connect(database)) as connection:
        saved = [row[0] for row in connection.execute("SELECT saved_at FROM ratings ORDER BY saved_at")]
    back = time.strftime("%Y-%m-%dT%H:%M", time.gmtime(time.time() - 3540))
    behind = sum(at[:16] <= back for at in saved)
    print(f"    {behind} of {len(saved)} scorecards were last saved by the clock that was set back")
    return behind == len(saved)


def tries(asked: argparse.Namespace) -> dict[str, Callable[[Path], bool]]:
    """Every fault by its name."""
    return {
        "full": full_disk,
        "read-only": read_only_disk,
        "locked": locked,
        "clock": clock_back,
        "postgresql": lambda folder: postgresql_restarts(folder, asked.restarts),
        "proxy": lambda folder: proxy_restarts(folder, asked.restarts),
        "paused": lambda folder: paused_replica(folder, asked.pauses),
        "kills": lambda folder: kills(folder, asked.kills),
    }


def fine(name: str, run: Callable[[Path], bool]) -> bool:
    """Whether all went well, or the fault cannot be made here, which is said."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            return run(Path(folder))
        except OSError as error:
            print(f"{name}: not tried, {error}", flush=True)
            return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--restarts", type=int, default=6)
    parser.add_argument("--pauses", type=int, default=200)
    parser.add_argument("--only", nargs="*", default=[])
    asked = parser.parse_args()
    chosen = {name: run for name, run in tries(asked).items() if not asked.only or name in asked.only}
    verdicts = [fine(name, run) for name, run in chosen.items()]
    sys.exit(0 if all(verdicts) else 1)


if __name__ == "__main__":
    main()
