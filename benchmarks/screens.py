"""How long the comparison takes to open in a browser, and how long a round takes to become a file.

    python -m benchmarks.screens

One process on one machine, nothing else running. A screen is open when its picture is drawn, counted from the press
on *Compare*: in a process that never compared before, after something changed (so that all is worked out anew), and
when nothing changed. Ends with exit code 1 where a limit is not met.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.browsing import a_browser, page_of
from benchmarks.measuring import met, seconds
from benchmarks.rounds import big_round
from benchmarks.serving import OURS, ROOT, free_port, served
from question_bank import load_bank
from scorecards.comparison import compare_round
from scorecards.documents import ratings_csv, round_pdf, round_xlsx
from scorecards.record.model import RoundRecord
from scorecards.store import Store, open_database

SIZES = ((30, 1.0), (300, 2.0))
REPEATS = 5


def opened(page: Page) -> float:
    """Seconds from the press on Compare until its picture stands there."""
    page.get_by_role("link", name="Library").first.click()
    page.get_by_text("questions").first.wait_for()
    page.wait_for_timeout(1500)
    start = time.perf_counter()
    page.get_by_role("link", name="Compare").first.click()
    page.locator(".picture").wait_for()
    return time.perf_counter() - start


def screens(candidates: int, limit: float) -> bool:
    """Print the times to open; whether the limit holds once the process has compared before."""
    record = big_round(load_bank(), candidates)
    lead = record.round.lead_id
    with tempfile.TemporaryDirectory() as folder, a_browser() as browser:
        database, port = Path(folder) / "round.db", free_port()
        store = Store(open_database(str(database)))
        store.imports.add(record)
        with served(OURS, port, ROOT, database), page_of(browser, port, lead) as page:
            page.goto(f"http://127.0.0.1:{port}/library")
            page.get_by_text("questions").first.wait_for()
            first, anew = opened(page), [after_a_change(page, store, record, turn) for turn in range(REPEATS)]
            again = [opened(page) for _ in range(REPEATS)]
    usual = statistics.median(anew)
    print(
        f"{candidates:4} × 5 scorecards: first in a new process {first:.2f} s; after a change median "
        f"{usual:.2f}, slowest {max(anew):.2f} s ({met(usual, limit)}); "
        f"unchanged median {statistics.median(again):.2f} s"
    )
    return usual <= limit


def after_a_change(page: Page, store: Store, record: RoundRecord, turn: int) -> float:
    """Seconds to open once something about the round was changed, so that all is worked out anew."""
    for evidence_only, why in ((True, "benchmark"), (False, f"benchmark {turn}")):
        store.rounds.show_evidence_only(record.round.lead_id, record.round.id, evidence_only, why)
    return opened(page)


def written(what: str, limit: float, make: Callable[[], bytes]) -> bool:
    """Print the best of three, and the bytes; whether the limit holds."""
    size = len(make())
    taken = min(seconds(make) for _ in range(3))
    print(f"{what}: {taken:.2f} s, {size / 1e6:.1f} MB ({met(taken, limit)})")
    return taken <= limit


def exports() -> bool:
    """Print what files take; whether the limits hold."""
    bank = load_bank()
    names = {one.id: one.name for one in bank.rubrics.competencies}
    large, usual = big_round(bank, 300), big_round(bank, 30)
    compared = compare_round(large, None, names)
    fine = [
        written("CSV of 300 × 5", 0.3, lambda: ratings_csv(large)),
        written("XLSX of 300 × 5", 3.0, lambda: round_xlsx(large, bank.rubrics, compared)),
        written(
            "PDF packet of 30 × 5",
            10.0,
            lambda: round_pdf(usual, compare_round(usual, None, names), bank.rubrics),
        ),
    ]
    return all(fine)


def measured() -> bool:
    """Print all of it; whether every limit holds."""
    fine = [screens(*size) for size in SIZES]
    return all([*fine, exports()])


if __name__ == "__main__":
    sys.exit(0 if measured() else 1)
