"""How long the lists of rounds take that the Rounds and the Administration page ask for.

    python -m benchmarks.lists
    python -m benchmarks.lists --rounds 100

One process on one machine, nothing else running, a SQLite file; each round with three plans of its own and one
candidate. The first line is a process that has read nothing yet, the second one that has. Ends with exit code 1 where
a page waits longer than half a second for a database that it has seen before.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.rounds import big_round
from question_bank import load_bank
from scorecards.record.model import RoundRecord
from scorecards.store import OPERATOR, Store, open_database

LIMIT = 0.5
REPEATS = 5


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


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1000)
    count = parser.parse_args().rounds
    record = big_round(load_bank(), 1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kit.db"
        store = Store(open_database(str(path)))
        for number in range(count):
            store.imports.add(numbered(record, number))
        lead = record.round.lead_id
        store.office.set_admin(OPERATOR, lead, True)
        late = []
        for page, work in pages(store, lead).items():
            first = seconds(work)
            again = sorted(seconds(work) for _ in range(REPEATS))[REPEATS // 2]
            print(f"{page}, {count:,} rounds: {first * 1000:.0f} ms at first, {again * 1000:.0f} ms again")
            late += [page] if again > LIMIT else []
        print(f"The file: {path.stat().st_size / count / 1000:.0f} kB a round")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
