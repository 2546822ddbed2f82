"""Every line of the sheet against the log; the outage by replaying the day."""

import csv
import heapq
import json
import math
from pathlib import Path

import numpy as np

QUARTER, AT_MOST, THROUGH_IN, SLACK = 900_000, 0.7, 60, 1.5
# A line is looked at after those that it is made from.
ORDER = ("requests", "busiest", "work", "answer", "busy", "needed", "network", "worker_hours")


def plan(folder):
    log = np.loadtxt(Path(folder) / "requests.csv", delimiter=",", skiprows=1, dtype=np.int64)
    arrived, started, finished, size = log.T
    work = finished - started
    outage = json.loads((Path(folder) / "outage.json").read_text())
    counts = np.bincount(arrived // QUARTER)
    busiest = int(counts.argmax())
    rate = counts[busiest] * 1000 / QUARTER
    busy = float(rate * work[arrived // QUARTER == busiest].mean() / 1000)
    left = started >= outage["begin"]
    day = arrived[left].tolist(), work[left].tolist(), outage["end"]
    workers = outage["workers"]
    while minutes(*day, workers) > THROUGH_IN:
        workers += 1
    return {
        "busiest_per_second": float(rate),
        "busy_workers": busy,
        "workers_needed": math.ceil(busy / AT_MOST),
        "waiting": int((left & (arrived < outage["end"])).sum()),
        "minutes_to_clear": minutes(*day, outage["workers"]),
        "workers_to_clear_in_60": workers,
        "wrong_line": wrong_line(folder, rate, work, size),
    }


def minutes(arrived, work, end, workers):
    """From the end of the outage until the queue is empty for the first time."""
    free = [end] * workers
    for came, takes, following in zip(arrived, work, [*arrived[1:], math.inf], strict=True):
        start = max(came, free[0])
        heapq.heapreplace(free, start + takes)
        if start <= following:
            return (start - end) / 60_000
    return math.inf


def wrong_line(folder, rate, work, size):
    """The first line that is off although what it is made from is right."""
    with open(Path(folder) / "sheet.csv", newline="") as file:
        sheet = {row["line"]: float(row["value"]) for row in csv.DictReader(file)}
    busy = rate * work.mean() / 1000
    true = {
        "requests": len(work),
        "busiest": rate,
        "work": work.mean(),
        "answer": size.mean() / 1000,
        "busy": busy,
        "needed": math.ceil(busy / AT_MOST),
        "network": rate * size.mean() * 8 / 1e6,
        "worker_hours": work.sum() / 3_600_000,
    }
    for line in ORDER:
        if not 1 / SLACK < sheet[line] / true[line] < SLACK:
            return line
    return None
