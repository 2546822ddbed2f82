"""A first busy noon: the autoscaler adds pods, and each of them makes it worse.

A fluid model in steps of a second. At 12:02 requests rise from 200 to 480 a second. A pod can answer 60 a second;
six run, so eight would do. A new pod counts as ready at once and loads its model for 70 seconds, in which what is
sent to it is lost. Each pod opens 10 connections to one shared database. Up to 80 connections the database serves
500 requests a second; above, its connections get in each other's way and it serves 500 x 80 / connections. What
waits longer than 5 seconds is given up. Every minute the autoscaler asks for pods x (requests in flight a pod / 20),
at most twice as many as there are, and at most 24.
"""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

POD_RATE = 60.0
LOADING = 70
CONNECTIONS = 10
DATABASE_RATE, DATABASE_CONNECTIONS = 500.0, 80
GIVEN_UP = 5.0
TARGET, MOST = 20.0, 24
BEFORE, BUSY, RISE = 200.0, 480.0, 120
MINUTES = 12


class Second(NamedTuple):
    """Rates a second, pods and those that have loaded, connections, and requests in flight."""

    requests: float
    answered: float
    pods: int
    loaded: int
    connections: int
    in_flight: float


def database_rate(connections: int) -> float:
    """Requests a second that the database can serve with so many connections."""
    return DATABASE_RATE * min(1.0, DATABASE_CONNECTIONS / connections)


@cache
def seconds(most: int = MOST, ready_when_loaded: bool = False) -> tuple[Second, ...]:
    """The noon; `most` limits the pods, and `ready_when_loaded` sends nothing to a pod that still loads."""
    born = [-LOADING] * 6
    waiting, in_flight = 0.0, 0.0
    found = []
    for now in range(MINUTES * 60):
        if now and now % 60 == 0:
            born += [now] * (_wanted(len(born), in_flight, most) - len(born))
        requests = BUSY if now >= RISE else BEFORE
        loaded = sum(now - start >= LOADING for start in born)
        lost = 0.0 if ready_when_loaded else requests * (len(born) - loaded) / len(born)
        waiting += requests - lost
        answered = min(waiting, loaded * POD_RATE, database_rate(len(born) * CONNECTIONS))
        waiting = min(waiting - answered, GIVEN_UP * answered)
        in_flight = waiting + lost * GIVEN_UP + answered * 0.1
        found.append(Second(requests, answered, len(born), loaded, len(born) * CONNECTIONS, in_flight))
    return tuple(found)


def _wanted(pods: int, in_flight: float, most: int) -> int:
    wanted = math.ceil(pods * (in_flight / pods) / TARGET)
    return max(pods, min(wanted, 2 * pods, most))


def timeline() -> tuple[tuple[str, ...], ...]:
    """Minute, requests, answered, failed in per cent, pods, those loaded at its end, in flight a pod."""
    rows = []
    for minute in range(MINUTES):
        part = seconds()[minute * 60 : minute * 60 + 60]
        requests, answered = (sum(row[place] for row in part) / 60 for place in (0, 1))
        last = part[-1]
        failed = max(0.0, 1 - answered / requests)
        rows.append(
            (
                f"12:{minute:02d}",
                f"{requests:.0f}",
                f"{answered:.0f}",
                f"{100 * failed:.0f} %",
                str(last.pods),
                str(last.loaded),
                f"{last.in_flight / last.pods:.0f}",
            )
        )
    return tuple(rows)


def database_rows() -> tuple[tuple[str, ...], ...]:
    """Connections, and the requests a second that the database serves with them."""
    return tuple((str(number), f"{database_rate(number):.0f}") for number in (60, 80, 120, 160, 240))


def settled(most: int, ready_when_loaded: bool) -> float:
    """Answered a second in the last minute, with other settings."""
    return sum(row.answered for row in seconds(most, ready_when_loaded)[-60:]) / 60


def main() -> None:
    for row in (*timeline(), *database_rows()):
        print(" | ".join(row))
    for most, ready in ((24, False), (24, True), (8, False), (8, True)):
        print(most, ready, f"{settled(most, ready):.0f}")


if __name__ == "__main__":
    main()
