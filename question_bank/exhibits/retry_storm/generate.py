"""A four-minute stall and fifty minutes of outage: callers that try again, and a queue that forgets nobody.

A fluid model in steps of a second. Five callers make 60 requests a second; each attempt is given up after two
seconds and made again at once. Given-up attempts stay in the service's queue, which is worked first come, first
served, at 100 a second. Three callers make up to 4 attempts; two go through a gateway that tries each of their
attempts twice, so up to 8 arrive. At 10:53 the retries are switched off and the queue is emptied.
"""

from __future__ import annotations

from collections import deque
from functools import cache
from typing import NamedTuple

CAPACITY = 100.0
TIMEOUT = 2
STALL = range(180, 420)
CURE = 53 * 60
END = 60 * 60
# Requests a second, and attempts at most, of the callers without and with the gateway.
DIRECT, GATEWAY = (30.0, 4), (30.0, 8)
MINUTES = (0, 2, 3, 5, 7, 8, 10, 20, 35, 52, 53, 54, 56)


class Second(NamedTuple):
    """Rates a second: requests of users, attempts that arrive, answers given, answers in time; attempts waiting."""

    requests: float
    attempts: float
    answers: float
    in_time: float
    waiting: float


@cache
def seconds(retries_until: int = CURE) -> tuple[Second, ...]:
    """The hour, second by second; the queue is emptied at the cure, attempts are made again until `retries_until`."""
    queue: deque[list[float]] = deque()  # [second of arrival, attempts left]
    arrived: list[list[list[float]]] = []  # by second: attempts by kind of caller and number of the attempt
    left_in_time: dict[int, float] = {}
    found = []
    for now in range(END):
        if now == CURE:
            queue.clear()
        coming = _coming(now, arrived, left_in_time, retries_until)
        arrived.append(coming)
        total = sum(map(sum, coming))
        queue.append([now, total])
        left_in_time[now] = total
        room = 0.0 if now in STALL else CAPACITY
        answers = in_time = 0.0
        while queue and room > 1e-9:
            served = min(room, queue[0][1])
            if now - queue[0][0] <= TIMEOUT:
                in_time += served
                left_in_time[int(queue[0][0])] -= served
            answers += served
            room -= served
            queue[0][1] -= served
            if queue[0][1] <= 1e-9:
                queue.popleft()
        found.append(Second(60.0, total, answers, in_time, sum(amount for _, amount in queue)))
    return tuple(found)


def _coming(
    now: int, arrived: list[list[list[float]]], left: dict[int, float], retries_until: int
) -> list[list[float]]:
    """First attempts, and those given up two seconds ago that are made again."""
    coming = []
    for place, (rate, most) in enumerate((DIRECT, GATEWAY)):
        attempts = [rate] + [0.0] * (most - 1)
        if TIMEOUT <= now < retries_until:
            before = arrived[now - TIMEOUT]
            total = sum(map(sum, before))
            unanswered = left[now - TIMEOUT] / total if total else 0.0
            for number, amount in enumerate(before[place][: most - 1]):
                attempts[number + 1] = amount * unanswered
        coming.append(attempts)
    return coming


def minute(number: int) -> Second:
    """The means of a minute; what waits is counted at its end."""
    rows = seconds()[number * 60 : number * 60 + 60]
    means = [sum(row[place] for row in rows) / 60 for place in range(4)]
    return Second(means[0], means[1], means[2], means[3], rows[-1].waiting)


def timeline() -> tuple[tuple[str, ...], ...]:
    """Minute, users' requests, attempts, answers and answers in time a second, attempts waiting."""
    return tuple(
        (
            f"10:{number:02d}",
            *(f"{value:.0f}" for value in minute(number)[:4]),
            f"{minute(number).waiting:,.0f}",
        )
        for number in MINUTES
    )


def by_caller() -> tuple[tuple[str, ...], ...]:
    """Requests and attempts a second of both kinds of callers, while nothing is answered in time."""
    rows = []
    for name, (rate, most) in (
        ("three direct callers", DIRECT),
        ("two callers through the gateway", GATEWAY),
    ):
        rows.append((name, f"{rate:.0f}", str(most), f"{rate * most:.0f}"))
    total = DIRECT[0] * DIRECT[1] + GATEWAY[0] * GATEWAY[1]
    return (*rows, ("all", f"{DIRECT[0] + GATEWAY[0]:.0f}", "", f"{total:.0f}"))


def wait_at(number: int) -> float:
    """Minutes that an attempt arriving at the end of this minute will wait."""
    return minute(number).waiting / CAPACITY / 60


def main() -> None:
    for row in (*timeline(), *by_caller()):
        print(" | ".join(row))
    print(f"{wait_at(20):.1f} {wait_at(52):.1f}")


if __name__ == "__main__":
    main()
