"""The exercise on an alert rule: lay it out, and replay hidden months through what was written."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from question_bank.exercise import Part
from question_bank.jail import CandidateError, Limits, Session, serving

from ..bench import scripts
from .generate import CUSTOMERS, PAGED, STEP, Event, Month, month

TITLE = "Who is woken, and for what"
HERE = Path(__file__).parent
HIDDEN_MONTHS = 3
# Pages closer than this to the one before belong to it, in minutes.
SAME_PAGE = 120
# Errors at this rate use 2 % of the budget of thirty days in an hour: 14.4 x 0.5 %.
FAST = 0.072
SLACK, LEAK_WITHIN, NOISE_WITHIN = 10, 24 * 60, 120
TICKETS_A_MONTH, MOST_AT_ONCE = 12, 20

README = """# Who is woken, and for what

A service answers requests of eight customers. It promises that 99.5 % of requests in thirty days are good; the half
percent that may fail is the budget. `log.csv` holds one month in steps of five minutes: `minute` since the month's
beginning, then requests and errors of each customer. `events.csv` says what happened in that month.

Write `alerts.py` with a class `Rule`. For each step, in order, it is told the counts and answers what to do:

    class Rule:
        def see(self, minute: int, counts: dict[str, tuple[int, int]]) -> list[str]:
            # counts: customer -> (requests, errors) of the five minutes that have just ended
            return []            # or any of "page", "ticket", "ticket birch"

What the team wants:

1. A page wakes somebody. Page when the service fails so fast that at even traffic an hour of it would use 2 % of
   the month's budget or more, by day and by night. In time is: within the minutes in which errors at that rate
   would use these 2 %, and ten minutes. Later, as long as it lasts, counts half. Pages within two hours of the last
   one belong to it, and a page that began before an incident does not count for it.
2. No page for what is over before anybody could act, for a few failed requests in a quiet night, or for a single
   customer whose own requests fail while all others are served.
3. A ticket waits for the next working day: for a slow leak that eats the budget over days, within 24 hours of its
   start; and, with the customer's name, for a customer whose requests fail on their own, within two hours.
   More than twelve tickets a month are noise, and none of them is read. Tickets within two hours of an equal one
   belong to it.

`python replay.py` replays the log. Scoring replays three other months of the same making. Python and its standard
library are enough, NumPy is at hand. You have 35 minutes. Afterwards you talk us through it.
"""

REPLAY = '''"""Replays months through alerts.py: `python replay.py` shows what it says about log.csv."""

import csv
import os
import sys


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    customers = [name.removeprefix("requests_") for name in lines[0] if name.startswith("requests_")]
    return [
        (int(line["minute"]), {who: (int(line[f"requests_{who}"]), int(line[f"errors_{who}"])) for who in customers})
        for line in lines
    ]


def main(paths):
    months = {path: read(path) for path in paths}
    if paths != ["log.csv"]:
        for path in paths:
            os.remove(path)
    from alerts import Rule

    said = {}
    for path, steps in months.items():
        rule = Rule()
        said[path] = [(minute, word) for minute, counts in steps for word in rule.see(minute, counts)]
    if paths == ["log.csv"]:
        for minute, word in said["log.csv"]:
            print(f"day {minute // 1440 + 1}, {minute // 60 % 24:02d}:{minute % 60:02d}", word)
    else:
        with open("said.json", "w", encoding="utf-8") as file:
            json.dump(said, file)


main(sys.argv[1:] or ["log.csv"])
'''


class Heard(NamedTuple):
    """What a rule said in a month: minutes at which pages and tickets began, tickets by what they name."""

    pages: list[int]
    tickets: dict[str, list[int]]

    @property
    def read(self) -> bool:
        """Whether the tickets are few enough to be read."""
        return sum(map(len, self.tickets.values())) <= TICKETS_A_MONTH


def lay_out(folder: Path, seed: int) -> None:
    """Writes the task, a month with its events, and the script that replays it."""
    (folder / "README.md").write_text(README, encoding="utf-8")
    (folder / "replay.py").write_text(REPLAY, encoding="utf-8")
    shown = month(seed, 0)
    _write(shown, folder / "log.csv")
    with open(folder / "events.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Event._fields)
        writer.writerows(shown.events)


def _write(shown: Month, path: Path) -> None:
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(
            ["minute", *(f"{kind}_{who}" for who in CUSTOMERS for kind in ("requests", "errors"))]
        )
        for step, (requests, errors) in enumerate(
            zip(shown.requests.tolist(), shown.errors.tolist(), strict=True)
        ):
            pairs = [count for pair in zip(requests, errors, strict=True) for count in pair]
            writer.writerow([(step + 1) * STEP, *pairs])


def truth(folder: Path, seed: int, secret: int | None = None) -> dict[str, Any]:
    """The events of the hidden months."""
    return {
        f"month {number}": [
            event._asdict() for event in month(seed if secret is None else secret, number).events
        ]
        for number in range(1, HIDDEN_MONTHS + 1)
    }


def check(folder: Path, seed: int, secret: int | None = None) -> list[Part]:
    """Replays the hidden months; the rule sees each step once, in order."""
    hidden = seed if secret is None else secret
    months = [month(hidden, number) for number in range(1, HIDDEN_MONTHS + 1)]
    try:
        with serving(scripts(folder), HERE / "drive.py", limits=Limits(seconds=150)) as session:
            heard = [_heard(_replayed(session, made)) for made in months]
    except CandidateError as error:
        return _parts([0.0] * 4, [f"alerts.py gave nothing: {error}"] * 4)
    return _scored(months, heard)


def _replayed(session: Session, made: Month) -> list[tuple[int, str]]:
    """What a new rule says about a month, given one step at a time once it has answered the previous one."""
    session.do("month")
    said = []
    for step, (requests, errors) in enumerate(zip(made.requests.tolist(), made.errors.tolist(), strict=True)):
        minute = (step + 1) * STEP
        counts = dict(zip(CUSTOMERS, zip(requests, errors, strict=True), strict=True))
        words = session.do("see", minute, counts)
        said += [(minute, str(word)) for word in (words if isinstance(words, list) else ())[:MOST_AT_ONCE]]
    return said


def _heard(said: Sequence[tuple[int, str]]) -> Heard:
    return Heard(
        _begun([minute for minute, word in said if word == "page"]),
        {
            word: _begun([minute for minute, other in said if other == word])
            for word in sorted({word for _, word in said if word.startswith("ticket")})
        },
    )


def _begun(minutes: Sequence[int]) -> list[int]:
    """Where a page or ticket begins; what follows within two hours belongs to it."""
    return [
        minute
        for before, minute in zip([-SAME_PAGE, *minutes], minutes, strict=False)
        if minute - before >= SAME_PAGE or minute == minutes[0]
    ]


def credit(event: Event, pages: Sequence[int]) -> float:
    """1 for a page in time, 0.5 for one while it lasts, 0 for none. 2 % of the budget: 60 min x 7.2 % / rate."""
    within = [page - event.start for page in pages if event.start < page <= event.end + STEP]
    if not within:
        return 0.0
    return 1.0 if within[0] <= 60 * FAST / event.rate + SLACK else 0.5


def _scored(months: Sequence[Month], heard: Sequence[Heard]) -> list[Part]:
    pairs = [(event, said) for made, said in zip(months, heard, strict=True) for event in made.events]
    paged = [credit(event, said.pages) for event, said in pairs if event.kind in PAGED]
    false = sum(_false(made, said) for made, said in zip(months, heard, strict=True))
    leaks = [
        said.read and _named(said, "ticket", event, LEAK_WITHIN)
        for event, said in pairs
        if event.kind == "slow leak"
    ]
    noisy = [
        said.read
        and _named(said, f"ticket {event.customer}", event, NOISE_WITHIN)
        and not any(event.start < page <= event.end + STEP for page in said.pages)
        for event, said in pairs
        if event.kind == "noisy customer"
    ]
    caught = sum(paged) / len(paged)
    quiet = max(0.0, 1 - false / (2 * len(months))) * caught
    tickets = ", ".join(str(sum(map(len, said.tickets.values()))) for said in heard)
    return _parts(
        [caught, quiet, sum(leaks) / len(leaks), sum(noisy) / len(noisy)],
        [
            f"{sum(map(bool, paged))} of {len(paged)} paged, {paged.count(1.0)} in time",
            f"{false} false pages in {len(months)} months",
            f"{sum(leaks)} of {len(leaks)}; tickets: {tickets}",
            f"{sum(noisy)} of {len(noisy)}",
        ],
    )


def _false(made: Month, said: Heard) -> int:
    """Pages that began outside every incident that somebody has to be woken for."""
    spans = [(event.start, event.end + STEP) for event in made.events if event.kind in PAGED]
    return sum(not any(start < page <= end for start, end in spans) for page in said.pages)


def _named(said: Heard, word: str, event: Event, within: int) -> bool:
    return any(event.start < minute <= event.start + within for minute in said.tickets.get(word, []))


def _parts(shares: Sequence[float], notes: Sequence[str]) -> list[Part]:
    scored = (
        ("Incidents paged, in time or at least while they lasted", 24),
        ("Few false pages, times the share of incidents paged", 18),
        ("A ticket for each slow leak within a day", 10),
        ("A ticket that names the noisy customer, and no page for it", 8),
    )
    return [
        Part(what=what, points=points, got=round(points * share, 2), note=note)
        for (what, points), share, note in zip(scored, shares, notes, strict=True)
    ]
