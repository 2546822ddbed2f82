"""Step times of a training on one machine whose loaders share eight cores, simulated event by event.

Each GPU has a process of its own and a number of workers. A worker prepares a whole batch alone and goes on while
its queue has room. Workers share the cores that the GPU processes leave over. After its batch each GPU waits for
the others before gradients are exchanged; that wait is counted under exchange, as profilers do.
"""

from __future__ import annotations

import random
from math import inf, log2
from typing import NamedTuple

CORES, CORES_OF_A_PROCESS = 8, 0.5
BATCH = 64
COPY_MS, COMPUTE_MS = 6.0, 150.0
EXCHANGE_MS = {1: 0.0, 2: 16.0, 4: 24.0}
# Core time of one image.
FULL_MS = {"read": 0.4, "decode": 13.0, "resize": 3.2, "augment": 1.4}
SMALL_MS = {"read": 0.1, "decode": 0.8, "resize": 0.2, "augment": 1.4}
# Share of the cores that is lost for each doubling of workers beyond the number of cores.
LOST_BY_CROWDING = 0.03
QUEUE = 2
STEPS, WARM_UP = 160, 40
SEED = 11


class Means(NamedTuple):
    """Over steps and GPUs, in milliseconds; `rate` in images a second over all GPUs."""

    rate: float
    step: float
    data: float
    exchange: float

    @property
    def busy(self) -> float:
        """Share of a step in which a GPU computes."""
        return COMPUTE_MS / self.step


class Worker:
    """Prepares batches one after the other; `left` is core time, None while its queue is full."""

    def __init__(self, rng: random.Random, cost: float) -> None:
        self.rng, self.cost, self.ready = rng, cost, 0
        self.left: float | None = self._batch()

    def _batch(self) -> float:
        return self.cost * self.rng.uniform(0.8, 1.2)

    def finish(self) -> None:
        self.ready += 1
        self.left = self._batch() if self.ready < QUEUE else None

    def take(self) -> None:
        self.ready -= 1
        if self.left is None:
            self.left = self._batch()


class Machine:
    """The workers of all GPUs and the time."""

    def __init__(self, gpus: int, workers: int, cost: float, seed: int) -> None:
        rng = random.Random(seed)
        self.cores = CORES - CORES_OF_A_PROCESS * gpus
        self.workers = [[Worker(rng, cost) for _ in range(workers)] for _ in range(gpus)]
        self.now = 0.0

    def run(self, until: float) -> None:
        """Let the workers work; without an end, until one of them has finished a batch."""
        while self.now < until:
            working = [w for group in self.workers for w in group if w.left is not None]
            speed = self._speed(len(working))
            first = min(working, key=lambda worker: worker.left or 0.0, default=None)
            needed = inf if first is None else (first.left or 0.0) / speed
            passed = min(needed, until - self.now)
            for worker in working:
                worker.left = (worker.left or 0.0) - passed * speed
            self.now += passed
            if first is not None and passed == needed:
                first.finish()
                if until == inf:
                    return

    def _speed(self, working: int) -> float:
        """Of one worker, 1.0 being a core of its own."""
        lost = LOST_BY_CROWDING * max(log2(max(working, 1) / CORES), 0.0)
        return min(1.0, self.cores * (1 - lost) / max(working, 1))


def simulate(gpus: int, workers: int = 8, image_ms: float | None = None, seed: int = SEED) -> Means:
    """Means after warming up; `image_ms` is the core time of an image, by default of a full photo."""
    cost = BATCH * (sum(FULL_MS.values()) if image_ms is None else image_ms)
    machine = Machine(gpus, workers, cost, seed)
    data, exchange, ends = 0.0, 0.0, [0.0]
    for step in range(STEPS):
        begun = _begin_all(machine, step % workers, ends[-1])
        done = [start + COPY_MS + COMPUTE_MS for start in begun]
        machine.run(max(done) + EXCHANGE_MS[gpus])
        if step >= WARM_UP:
            data += sum(start - ends[-1] for start in begun)
            exchange += sum(machine.now - one for one in done)
        ends.append(machine.now)
    step_ms = (ends[-1] - ends[WARM_UP]) / (STEPS - WARM_UP)
    counted = (STEPS - WARM_UP) * gpus
    return Means(gpus * BATCH / step_ms * 1_000, step_ms, data / counted, exchange / counted)


def _begin_all(machine: Machine, turn: int, since: float) -> list[float]:
    """When each GPU gets its next batch; the time runs on until the last one has it."""
    begun: dict[int, float] = {}
    while True:
        for gpu, workers in enumerate(machine.workers):
            if gpu not in begun and workers[turn].ready:
                workers[turn].take()
                begun[gpu] = max(machine.now, since)
        if len(begun) == len(machine.workers):
            return [begun[gpu] for gpu in sorted(begun)]
        machine.run(inf)


def step_rows() -> list[tuple[str, ...]]:
    """The table that the candidate sees first."""
    return [_row(f"{gpus}", simulate(gpus)) for gpus in (1, 2, 4)]


def trial_rows() -> list[tuple[str, ...]]:
    """Trials with four GPUs, for everyone who asks for them."""
    trials = [
        ("As it is, 8 workers for each GPU", simulate(4)),
        ("2 workers for each GPU", simulate(4, 2)),
        ("16 workers for each GPU", simulate(4, 16)),
        ("The same batch again and again, from memory", simulate(4, 8, 0.001)),
        ("Photos stored at 320 x 240 beforehand", simulate(4, 8, sum(SMALL_MS.values()))),
    ]
    return [_row(name, means) for name, means in trials]


def _row(name: str, means: Means) -> tuple[str, ...]:
    times = (means.step, means.data, COPY_MS, COMPUTE_MS, means.exchange)
    return (name, f"{means.rate:,.0f}", *(f"{ms:.0f}" for ms in times), f"{100 * means.busy:.0f} %")


def main() -> None:
    """Print both tables, cells divided by bars."""
    for rows in (step_rows(), trial_rows()):
        for row in rows:
            print(" | ".join(row))
        print()


if __name__ == "__main__":
    main()
