"""How late other work runs while one request keeps Python busy: in the loop, in a thread, in a process.

The milliseconds depend on the machine; the order of the rows does not, except that how much a thread
helps depends on Python's lock and on how many threads want it at once.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor

WORK_MS = 80
CALLS = 10
# One call at a time, or several that overlap.
APART_S, CLOSE_S = 0.15, 0.02
TICK_S = 0.01


def parse(rounds: int) -> int:
    """Pure Python work: `rounds` turns of a loop that never lets go of the lock by itself."""
    total = 0
    for n in range(rounds):
        total = (total * 31 + n) % 1_000_003
    return total


def rounds_for(milliseconds: float) -> int:
    """As many turns as this machine does in that time when nothing else runs."""
    trial = 200_000
    fastest = min(_seconds(lambda: parse(trial)) for _ in range(5))
    return int(trial * milliseconds / 1000 / fastest)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


async def lags(handler: Callable[[], Awaitable[object]], gap: float = APART_S) -> list[float]:
    """By how many milliseconds a task that wants to run every 10 ms is late while `handler` is called."""
    late: list[float] = []
    done = asyncio.Event()

    async def ticker() -> None:
        while not done.is_set():
            due = time.perf_counter() + TICK_S
            await asyncio.sleep(TICK_S)
            late.append((time.perf_counter() - due) * 1000)

    async def callers() -> None:
        calls = []
        for _ in range(CALLS):
            calls.append(asyncio.ensure_future(handler()))
            await asyncio.sleep(gap)
        await asyncio.gather(*calls)
        done.set()

    await asyncio.gather(ticker(), callers())
    return sorted(late)


async def measure(work_ms: float = WORK_MS) -> dict[str, list[float]]:
    """Sorted lags in milliseconds with an idle handler and with the same work in three places."""
    rounds = rounds_for(work_ms)

    async def idle() -> None:
        return None

    async def in_loop() -> int:
        return parse(rounds)

    def elsewhere(pool: Executor) -> Callable[[], Awaitable[object]]:
        return lambda: asyncio.get_running_loop().run_in_executor(pool, parse, rounds)

    result = {"idle": await lags(idle), "in the loop": await lags(in_loop)}
    with ThreadPoolExecutor(4) as threads:
        result["in one thread"] = await lags(elsewhere(threads))
        result["in four threads"] = await lags(elsewhere(threads), CLOSE_S)
    with ProcessPoolExecutor(1) as processes:
        await asyncio.get_running_loop().run_in_executor(processes, parse, 1)
        result["in a process"] = await lags(elsewhere(processes))
    return result


def percentile_95(late: list[float]) -> float:
    """The lag that one wish to run in twenty exceeds."""
    return late[int(0.95 * len(late))]


def main() -> None:
    for place, late in asyncio.run(measure()).items():
        middle, high = late[len(late) // 2], percentile_95(late)
        print(f"{place:16} median {middle:6.1f}  95th percentile {high:6.1f}  worst {late[-1]:6.1f} ms late")


if __name__ == "__main__":
    main()
