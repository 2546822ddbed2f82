"""Days of a service that describes pictures: its log, its capacity sheet, and what is true of both.

Run as a module, it prints the sheet of the question next to the log's figures, and the answers of its outage.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SEED, SHOWN, HIDDEN_DAYS = 20261123, 0, 4
DAY, QUARTER = 86_400_000, 900_000
# Share of the workers that may be busy in the busiest quarter hour, and minutes to be through in.
BUSY_AT_MOST, THROUGH_IN = 0.7, 60

# How often requests come, by hour of the day, as a share of the busiest hour.
HOURS = (12, 8, 6, 6, 8, 14, 28, 52, 76, 88, 92, 95, 90, 94, 97, 100, 93, 80, 62, 50, 42, 34, 25, 17)
# Figures of the sheet: name, unit, what it says it is made from.
LINES = (
    ("needed", "workers", "busy / 0.7, rounded up"),
    ("busy", "workers", "busiest x work"),
    ("worker_hours", "hours a day", "requests x work"),
    ("network", "Mbit/s", "busiest x answer"),
    ("busiest", "requests/s", "log, busiest quarter hour"),
    ("work", "ms", "log, mean from started to finished"),
    ("answer", "kB", "log, mean"),
    ("requests", "requests a day", "log"),
)
# Which figure can be in another unit than it says, and by how much that makes it too large.
SLIPS = {
    "busiest": 60.0,
    "work": 0.001,
    "answer": 8.0,
    "network": 1 / 8,
    "worker_hours": 60.0,
    "requests": 1 / 24,
}

Ints = NDArray[np.int64]


class Log(NamedTuple):
    """Requests of one day in the order of arrival; milliseconds since midnight and bytes."""

    arrived: Ints
    started: Ints
    finished: Ints
    size: Ints

    @property
    def work(self) -> Ints:
        """Milliseconds from started to finished."""
        return self.finished - self.started


class Outage(NamedTuple):
    """No request is started from `begin` to `end` (milliseconds); then `workers` start them in order."""

    begin: int
    end: int
    workers: int


class Day(NamedTuple):
    """What a candidate gets of a day; `slip` is the line in another unit, None where there is none."""

    log: Log
    sheet: dict[str, float]
    outage: Outage
    slip: str | None


class Answers(NamedTuple):
    """What is asked about a day."""

    busiest_per_second: float
    busy_workers: float
    workers_needed: int
    waiting: int
    minutes_to_clear: float
    workers_to_clear_in_60: int
    wrong_line: str | None


def day(seed: int, number: int) -> Day:
    """Day `number` of a seed: 0 is the one shown, 1 to `HIDDEN_DAYS` are scored."""
    rng = np.random.default_rng([seed, number])
    log, workers = _log(rng)
    begin = int(rng.integers(9 * 4, 12 * 4)) * QUARTER
    outage = Outage(begin, begin + int(rng.integers(25, 46)) * 60_000, workers)
    slip = slips(seed)[number]
    return Day(log, sheet(log, slip, rng), outage, slip)


def slips(seed: int) -> tuple[str | None, ...]:
    """The wrong line of each day: one shown, then two that others follow from, one that stands alone, and none."""
    rng = np.random.default_rng([seed, 99])
    first, second = rng.permutation(["busiest", "work", "answer", "requests"])[:2]
    alone = rng.choice(["network", "worker_hours"])
    hidden = rng.permutation(np.array([first, second, alone, ""], dtype=object))
    shown = rng.choice(["busiest", "work"])
    return tuple(str(name) or None for name in (shown, *hidden))


def _log(rng: np.random.Generator) -> tuple[Log, int]:
    """A day on so many workers that about nine tenths of them are busy when most requests come."""
    peak, mean = rng.uniform(0.55, 0.85), rng.uniform(6_500, 10_500)
    workers = math.ceil(peak * mean / 1000 / 0.93)
    share = np.interp(np.arange(DAY // 1000) / 3600, np.arange(25), [*HOURS, HOURS[0]]) / 100
    counts = rng.poisson(share * peak * rng.uniform(0.985, 1.015))
    seconds = np.repeat(np.arange(len(counts)), counts)
    arrived = np.sort(seconds * 1000 + rng.integers(0, 1000, len(seconds)))
    work = np.maximum(200, rng.lognormal(math.log(mean) - 0.55**2 / 2, 0.55, len(arrived))).astype(np.int64)
    size = rng.lognormal(math.log(rng.uniform(60_000, 160_000)), 0.4, len(arrived)).astype(np.int64)
    started = np.array(_starts(arrived.tolist(), work.tolist(), workers, 0), dtype=np.int64)
    return Log(arrived, started, started + work, size), workers


def _starts(arrived: Sequence[int], work: Sequence[int], workers: int, begin: int) -> list[int]:
    """When each request is started by the first free of `workers`, in order of arrival, none before `begin`."""
    free = [begin] * workers
    starts = []
    for came, takes in zip(arrived, work, strict=True):
        start = max(came, free[0])
        heapq.heapreplace(free, start + takes)
        starts.append(start)
    return starts


def measured(log: Log) -> dict[str, float]:
    """The lines of the sheet as the log has them."""
    counts = np.bincount(log.arrived // QUARTER, minlength=DAY // QUARTER)
    inputs = {
        "requests": float(len(log.arrived)),
        "busiest": float(counts.max()) / (QUARTER / 1000),
        "work": float(log.work.mean()),
        "answer": float(log.size.mean()) / 1000,
    }
    return derived(inputs)


def derived(inputs: dict[str, float]) -> dict[str, float]:
    """The sheet that follows from its four measured lines, in the order of `LINES`."""
    busy = inputs["busiest"] * inputs["work"] / 1000
    held = {
        **inputs,
        "busy": busy,
        "needed": float(math.ceil(busy / BUSY_AT_MOST)),
        "network": inputs["busiest"] * inputs["answer"] * 8 / 1000,
        "worker_hours": inputs["requests"] * inputs["work"] / 3_600_000,
    }
    return {name: held[name] for name, _, _ in LINES}


def sheet(log: Log, slip: str | None, rng: np.random.Generator) -> dict[str, float]:
    """The sheet of an earlier week: 3 to 6 % beside the log, and `slip` in another unit with all that follows."""
    true = measured(log)
    # Rate and work lie on the same side, so that their product is no lucky hit.
    side, other = rng.choice([-1, 1], 2)
    sides = {"requests": other, "busiest": side, "work": side, "answer": other}
    inputs = {name: true[name] * (1 + sides[name] * rng.uniform(0.03, 0.06)) for name in sides}
    if slip in inputs:
        inputs[slip] *= SLIPS[slip]
    held = derived(inputs)
    if slip is not None and slip not in inputs:
        held[slip] *= SLIPS[slip]
    return {name: _rounded(value) for name, value in held.items()}


def _rounded(value: float) -> float:
    """Three figures, as a sheet shows them."""
    return float(f"{value:.3g}")


def answers(asked: Day) -> Answers:
    """What is true of a day."""
    log, outage = asked.log, asked.outage
    quarters = log.arrived // QUARTER
    busiest = int(np.bincount(quarters).argmax())
    rate = float((quarters == busiest).sum()) / (QUARTER / 1000)
    busy = rate * float(log.work[quarters == busiest].mean()) / 1000
    return Answers(
        busiest_per_second=rate,
        busy_workers=busy,
        workers_needed=math.ceil(busy / BUSY_AT_MOST),
        waiting=waiting(log, outage),
        minutes_to_clear=minutes_to_clear(log, outage, outage.workers),
        workers_to_clear_in_60=workers_to_clear(log, outage),
        wrong_line=asked.slip,
    )


def waiting(log: Log, outage: Outage) -> int:
    """Requests that have come and not been started when the outage ends."""
    return int(((log.arrived < outage.end) & (log.started >= outage.begin)).sum())


def minutes_to_clear(log: Log, outage: Outage, workers: int) -> float:
    """From the end of the outage to the first moment at which nobody waits."""
    left = log.started >= outage.begin
    arrived = log.arrived[left].tolist()
    starts = _starts(arrived, log.work[left].tolist(), workers, outage.end)
    cleared = next(
        (start for start, following in zip(starts, arrived[1:], strict=False) if start <= following),
        starts[-1],
    )
    return (cleared - outage.end) / 60_000


def workers_to_clear(log: Log, outage: Outage) -> int:
    """The fewest workers with whom nobody waits any more an hour after the outage."""
    workers = outage.workers
    while minutes_to_clear(log, outage, workers) > THROUGH_IN:
        workers += 1
    return workers


# An answer after so many milliseconds is of no use; and when the outage is moved to.
USELESS_AFTER, MOVED_TO = 600_000, 14 * 3_600_000


class Talk(NamedTuple):
    """What the talk asks about a day: the outage at 14:00, and answers that come too late to be of use."""

    waiting_at_14: int
    minutes_at_14: float
    late_in_order: int
    late_when_it_ends: int
    late_or_dropped: int
    minutes_with_drops: float


def talk(asked: Day) -> Talk:
    """What is true of a day when its outage is moved, and when what has waited too long is dropped."""
    log, outage = asked.log, asked.outage
    moved = Outage(MOVED_TO, MOVED_TO + outage.end - outage.begin, outage.workers)
    over = log.arrived[log.started >= outage.begin]
    in_order, dropping = (served(log, outage, outage.workers, drop=drop) for drop in (False, True))
    return Talk(
        waiting_at_14=waiting(log, moved),
        minutes_at_14=minutes_to_clear(log, moved, outage.workers),
        late_in_order=in_order[0],
        late_when_it_ends=int((outage.end - over > USELESS_AFTER).sum()),
        late_or_dropped=dropping[0],
        minutes_with_drops=dropping[1],
    )


def served(
    log: Log, outage: Outage, workers: int, *, drop: bool = False, later: int = 0
) -> tuple[int, float]:
    """Answers that come too late or never, and minutes until nobody waits.

    `drop`: what has waited too long is not started. `later`: so many more workers, four minutes after the outage.
    """
    left = log.started >= outage.begin
    arrived = log.arrived[left].tolist()
    free = [outage.end] * workers + [outage.end + 240_000] * later
    late, cleared = 0, 0.0
    for came, takes, following in zip(arrived, log.work[left].tolist(), [*arrived[1:], DAY * 2], strict=True):
        start = max(came, free[0])
        if drop and start - came > USELESS_AFTER:
            late += 1
            continue
        heapq.heapreplace(free, start + takes)
        late += start + takes - came > USELESS_AFTER
        if not cleared and start <= following:
            cleared = (start - outage.end) / 60_000
    return late, cleared


def newest_first(log: Log, outage: Outage, workers: int) -> int:
    """Answers that come too late where the newest request is always the next."""
    left = log.started >= outage.begin
    arrived, work = log.arrived[left].tolist(), log.work[left].tolist()
    free, pile, coming, late = [outage.end] * workers, list[int](), 0, 0
    for _ in arrived:
        now = free[0]
        if not pile and coming < len(arrived):
            now = max(now, arrived[coming])
        while coming < len(arrived) and arrived[coming] <= now:
            pile.append(coming)
            coming += 1
        taken = pile.pop()
        late += now + work[taken] - arrived[taken] > USELESS_AFTER
        heapq.heapreplace(free, now + work[taken])
    return late


def page(seed: int = SEED) -> list[tuple[str, ...]]:
    """The sheet of the shown day, line by line, with the log's figure beside it."""
    shown = day(seed, SHOWN)
    true = measured(shown.log)
    return [
        (name, _cell(shown.sheet[name]), unit, made, _cell(_rounded(true[name])))
        for name, unit, made in LINES
    ]


def _cell(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:g}"


def main() -> None:
    """Prints the page, then the answers."""
    for row in page():
        print(" | ".join(row))
    shown = day(SEED, SHOWN)
    print(shown.outage)
    for name, value in answers(shown)._asdict().items():
        print(name, value)


if __name__ == "__main__":
    main()
