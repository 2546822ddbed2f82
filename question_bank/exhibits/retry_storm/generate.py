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


def symptoms() -> tuple[tuple[str, ...], ...]:
    """Minute, answers a second, processor, and the share of users' requests answered in time: what the pages show."""
    rows = []
    for number in MINUTES:
        row = minute(number)
        rows.append(
            (
                f"10:{number:02d}",
                f"{row.answers:.0f}",
                f"{100 * row.answers / CAPACITY:.0f} %",
                f"{100 * row.in_time / row.requests:.0f} %",
            )
        )
    return tuple(rows)


# What somebody may do ten seconds after 10:10, and the callers it concerns: 30 requests a second, 15 and 15.
ACT = 610
CALLERS = ((30.0, 4), (15.0, 8), (15.0, 8))
STEPS = (
    "nothing",
    "retries off",
    "queue away",
    "retries off and queue away",
    "gateway's retries off and queue away",
    "newest first",
    "older than a second away",
    "a hundred may wait, queue away",
    "door shut for twenty seconds, queue away",
    "one caller at a time, queue away",
)


def _admitted(step: str, now: int) -> tuple[int, ...]:
    """Which callers the service lets in; a refused attempt is made again like one that was given up."""
    since = now - ACT
    if since < 0 or ("door" not in step and "one caller" not in step):
        return (1, 1, 1)
    if "door" in step:
        return (0, 0, 0) if since < 20 else (1, 1, 1)
    return (1, int(since >= 20), int(since >= 40))


def _most(step: str, now: int) -> tuple[int, ...]:
    """Attempts at most by caller."""
    if now < ACT or "off" not in step:
        return tuple(most for _, most in CALLERS)
    return (CALLERS[0][1], 1, 1) if "gateway" in step else (1, 1, 1)


def _cut(queue: deque[list[float]], most: float) -> None:
    """Refuse the newest above a limit."""
    over = sum(amount for _, amount in queue) - most
    while over > 1e-9:
        refused = min(over, queue[-1][1])
        queue[-1][1] -= refused
        over -= refused
        if queue[-1][1] <= 1e-9:
            queue.pop()


@cache
def acted(step: str) -> tuple[Second, ...]:
    """The hour in which this step is taken at 10:10:10 and nothing else is done."""
    queue: deque[list[float]] = deque()
    arrived: list[list[list[float]]] = []
    doors: list[tuple[int, ...]] = []
    left: list[float] = []
    let_in: list[float] = []
    found = []
    for now in range(END):
        on = now >= ACT
        if now == ACT and "queue away" in step:
            queue.clear()
        coming = []
        for place, ((rate, _), most) in enumerate(zip(CALLERS, _most(step, now), strict=True)):
            attempts = [rate] + [0.0] * (CALLERS[place][1] - 1)
            if now >= TIMEOUT:
                then = now - TIMEOUT
                unanswered = left[then] / let_in[then] if let_in[then] else 0.0
                lost = unanswered if doors[then][place] else 1.0
                for number, amount in enumerate(arrived[then][place][: most - 1]):
                    attempts[number + 1] = amount * lost
            coming.append(attempts)
        arrived.append(coming)
        doors.append(_admitted(step, now))
        total = sum(sum(one) * door for one, door in zip(coming, doors[-1], strict=True))
        queue.append([now, total])
        left.append(total)
        let_in.append(total)
        if on and step == "older than a second away":
            while now - queue[0][0] > 1:
                queue.popleft()
        room = 0.0 if now in STALL else CAPACITY
        answers = in_time = 0.0
        while queue and room > 1e-9:
            place = -1 if on and step == "newest first" else 0
            served = min(room, queue[place][1])
            if now - queue[place][0] <= TIMEOUT:
                in_time += served
                left[int(queue[place][0])] -= served
            answers += served
            room -= served
            queue[place][1] -= served
            if queue[place][1] <= 1e-9:
                del queue[place]
        if on and step == "a hundred may wait, queue away":
            _cut(queue, 100.0)
        found.append(
            Second(60.0, sum(map(sum, coming)), answers, in_time, sum(amount for _, amount in queue))
        )
    return tuple(found)


def healed_after(step: str) -> int | None:
    """Seconds from the step until all users' requests are answered in time for a minute; none within the hour."""
    hour = acted(step)
    for now in range(ACT, END - 60):
        if all(second.in_time >= 59 and second.attempts < 61 for second in hour[now : now + 60]):
            return now - ACT
    return None


def wait_at(number: int) -> float:
    """Minutes that an attempt arriving at the end of this minute will wait."""
    return minute(number).waiting / CAPACITY / 60


def main() -> None:
    for row in (*symptoms(), *timeline(), *by_caller()):
        print(" | ".join(row))
    for step in STEPS:
        print(step, healed_after(step))
    print(f"{wait_at(20):.1f} {wait_at(52):.1f}")


if __name__ == "__main__":
    main()
