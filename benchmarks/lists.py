"""How long the lists of rounds take that the Rounds and the Administration page ask for.

    python -m benchmarks.lists
    python -m benchmarks.lists --rounds 100 --limit 250

A SQLite file on one machine, nothing else running; each round with three plans of its own and one candidate. Each page
has a process of its own: its first view is that of a kit which has just started and read nothing yet, the next one's
of a kit that has. Ends with exit code 1 where a page waits longer than the limit for the database in either view.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import NamedTuple

from benchmarks.measuring import met, seconds
from benchmarks.rounds import big_round
from question_bank import load_bank
from scorecards.record.model import RoundRecord
from scorecards.store import OPERATOR, Store, open_database

REPEATS = 5
PAGES = ("Rounds", "Administration")


def numbered(record: RoundRecord, number: int) -> RoundRecord:
    """The same round under other ids, its plans called otherwise; nobody has written anything in it."""
    ids = f"r{number}"
    slots = tuple(
        slot.model_copy(
            update={"plan": slot.plan.model_copy(update={"name": f"{slot.plan.name} of round {number}"})}
        )
        for slot in record.round.slots
    )
    round_ = record.round.model_copy(update={"id": ids, "name": f"Round {number}", "slots": slots})
    who = record.candidates[0].model_copy(update={"id": f"{ids}-c", "round_id": ids})
    sittings = tuple(
        one.model_copy(
            update={"id": f"{ids}-{slot.id}", "round_id": ids, "candidate_id": who.id, "plan": slot.plan}
        )
        for one, slot in zip(record.interviews, slots, strict=True)
    )
    return RoundRecord(
        round=round_, people=record.people, candidates=(who,), interviews=sittings, cards=()
    ).with_statuses()


def pages(store: Store, lead: str) -> dict[str, Callable[[], object]]:
    """What each page asks of the store before it is drawn."""
    return {
        "Rounds": lambda: (store.lists.rounds(lead), store.lists.unreadable(lead)),
        "Administration": lambda: (
            store.office.rounds(lead),
            store.lists.unreadable(lead),
            store.privacy.due(lead, date(2026, 1, 1)),
        ),
    }


class Views(NamedTuple):
    """Milliseconds that a page waits for the database: the first time in a process, and usually after that."""

    first: float
    again: float


def views(path: str, page: str, lead: str) -> Views:
    """Both, in the process that calls it."""
    work = pages(Store(open_database(path)), lead)[page]
    first = seconds(work)
    again = statistics.median(seconds(work) for _ in range(REPEATS))
    return Views(1000 * first, 1000 * again)


def views_of_a_new_process(path: Path, page: str, lead: str) -> Views:
    """Both, where nothing has been read yet."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as process:
        return process.submit(views, str(path), page, lead).result()


def filled(path: Path, count: int) -> str:
    """A database with so many rounds, and the person who leads and administers them."""
    record = big_round(load_bank(), 1)
    lead = record.round.lead_id
    store = Store(open_database(str(path)))
    for number in range(count):
        store.imports.add(numbered(record, number))
    store.office.set_admin(OPERATOR, lead, True)
    return lead


def fine(path: Path, page: str, lead: str, limit: float) -> bool:
    """Print both views of a page; whether both are within the limit."""
    found = views_of_a_new_process(path, page, lead)
    for which, taken in found._asdict().items():
        print(f"{page}, {which}: {taken:.0f} ms ({met(taken, limit)})", flush=True)
    return max(found) <= limit


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--limit", type=float, default=500, help="milliseconds that either view may take")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kit.db"
        lead = filled(path, asked.rounds)
        print(
            f"{asked.rounds:,} rounds, {path.stat().st_size / asked.rounds / 1000:.0f} kB a round in the file"
        )
        good = [fine(path, page, lead, asked.limit) for page in PAGES]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
