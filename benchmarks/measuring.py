"""What the benchmarks share in numbers: how long something takes, the slowest of twenty, and whether a target is met."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence


def seconds(work: Callable[[], object]) -> float:
    """How long it takes, once."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def p95(times: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20)[18]


def met(found: float, target: float, *, at_least: bool = False) -> str:
    """The target, and whether it is met."""
    good = found >= target if at_least else found <= target
    return f"target {'≥' if at_least else '≤'} {target:,g}: {'met' if good else 'NOT MET'}"
