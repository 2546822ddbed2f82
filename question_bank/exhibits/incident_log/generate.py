"""Thirty days of requests and errors by customer, in steps of five minutes, with what was planted.

The target is 99.5 % good requests over thirty days, so half a percent may fail: the budget. Errors at 14.4 times
that rate, 7.2 %, use 2 % of the budget in an hour at even traffic.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

STEP, DAYS = 5, 30
STEPS = DAYS * 24 * 60 // STEP
STEPS_A_DAY = 24 * 60 // STEP
CUSTOMERS = ("birch", "cedar", "elm", "hazel", "larch", "maple", "rowan", "willow")
SHARES = (0.24, 0.18, 0.14, 0.13, 0.11, 0.09, 0.07, 0.04)
TARGET = 0.995
BUDGET = 1 - TARGET
BASE_ERRORS = 0.0015
# Requests in five minutes at night and at the daily peak.
NIGHT, PEAK = 40.0, 700.0
# Kinds that somebody has to be woken for; a leak is for the next working day, a noisy customer for its contact.
PAGED = ("spike", "night spike", "long burn")
BLIPS = 4


class Event(NamedTuple):
    """Something planted: from minute `start` to `end` of the month, with the share of requests that fail."""

    kind: str
    start: int
    end: int
    rate: float
    customer: str


class Month(NamedTuple):
    """Requests and errors (steps x customers) and the planted events in the order of time."""

    requests: NDArray[np.int64]
    errors: NDArray[np.int64]
    events: tuple[Event, ...]


def month(seed: int, number: int) -> Month:
    """A month; the same seed and number give the same one."""
    rng = np.random.default_rng([seed, number])
    events = _planned(rng)
    requests = rng.poisson(_traffic()[:, None] * np.array(SHARES))
    rates = np.full((STEPS, len(CUSTOMERS)), BASE_ERRORS)
    for event in events:
        inside = slice(event.start // STEP, event.end // STEP)
        where = CUSTOMERS.index(event.customer) if event.customer else slice(None)
        rates[inside, where] = event.rate
    return Month(requests, rng.binomial(requests, rates), events)


def _traffic() -> NDArray[np.float64]:
    hour = np.arange(STEPS) % STEPS_A_DAY * STEP / 60
    day = np.clip(np.sin((hour - 6) / 16 * np.pi), 0, None)
    return np.asarray(NIGHT + (PEAK - NIGHT) * np.where((hour > 6) & (hour < 22), day, 0.0))


def _planned(rng: np.random.Generator) -> tuple[Event, ...]:
    """Each event on days of its own, so that no two can be taken for each other."""
    leak_day = int(rng.integers(2, 25))
    free = [day for day in range(1, 29) if not leak_day - 1 <= day <= leak_day + 4]
    days = [int(day) for day in rng.choice(free, 4 + BLIPS, replace=False)]

    def at(day: int, low: float, high: float) -> int:
        return day * 24 * 60 + int(rng.integers(int(low * 12), int(high * 12))) * STEP

    def event(
        kind: str, start: int, minutes: tuple[int, int], rate: tuple[float, float], who: str = ""
    ) -> Event:
        lasts = int(rng.integers(minutes[0] // STEP, minutes[1] // STEP + 1)) * STEP
        return Event(kind, start, start + lasts, round(float(rng.uniform(*rate)), 3), who)

    found = [
        event("spike", at(days[0], 9, 18), (50, 80), (0.18, 0.35)),
        event("night spike", at(days[1], 1, 4), (60, 90), (0.3, 0.5)),
        event("long burn", at(days[2], 9, 17), (150, 200), (0.095, 0.125)),
        event(
            "noisy customer", at(days[3], 9, 16), (120, 180), (0.75, 0.95), str(rng.choice(CUSTOMERS[1:4]))
        ),
        event("slow leak", at(leak_day, 0, 12), (4320, 4320), (0.013, 0.018)),
    ]
    found += [event("blip", at(day, 8, 19), (5, 5), (0.35, 0.55)) for day in days[4:]]
    return tuple(sorted(found, key=lambda planted: planted.start))


def page(seed: int = 3, number: int = 0) -> tuple[tuple[str, ...], ...]:
    """What each planted event cost: beginning, kind, minutes, failed requests, share of the month's budget."""
    made = month(seed, number)
    budget = BUDGET * made.requests.sum()
    return tuple(_line(event, made, budget) for event in made.events)


def _line(event: Event, made: Month, budget: float) -> tuple[str, ...]:
    failed = int(made.errors[event.start // STEP : event.end // STEP].sum())
    day, minute = divmod(event.start, 24 * 60)
    begun = f"day {day + 1}, {minute // 60:02d}:{minute % 60:02d}"
    return begun, event.kind, str(event.end - event.start), f"{failed:,}", f"{100 * failed / budget:.1f} %"


def main() -> None:
    for line in page():
        print(*line, sep=" | ")


if __name__ == "__main__":
    main()
