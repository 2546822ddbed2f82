"""How long the comparison takes to open in a browser, and how long a round takes to become a file.

    python -m benchmarks.screens

One process on one machine, nothing else running. A screen is open when its picture is drawn, counted from the press
on *Compare*: in a process that never compared before, after something changed (so that all is worked out anew), and
when nothing changed. Ends with exit code 1 where a limit is not met.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.rounds import big_round
from benchmarks.serving import OURS, ROOT, free_port, served
from interview_kit.screens.signed_in import PERSON_COOKIE
from question_bank import load_bank
from scorecards.comparison import compare_round
from scorecards.documents import ratings_csv, round_pdf, round_xlsx
from scorecards.record.model import RoundRecord
from scorecards.store import Store, open_database
from tests.browser.install import ARGUMENTS, find_browser

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
    path = find_browser()
    if path is None:
        raise SystemExit("No browser: run `python -m tests.browser.install`.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        database, port = Path(folder) / "round.db", free_port()
        record = big_round(load_bank(), candidates)
        store = Store(open_database(str(database)))
        store.imports.add(record)
        lead = record.round.lead_id
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        with served(OURS, port, ROOT, database):
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            context.add_cookies([{"name": PERSON_COOKIE, "value": lead, "url": f"http://127.0.0.1:{port}"}])
            page = context.new_page()
            page.goto(f"http://127.0.0.1:{port}/library")
            page.get_by_text("questions").first.wait_for()
            first, anew = opened(page), []
            for turn in range(REPEATS):
                store.rounds.show_evidence_only(lead, record.round.id, True, "benchmark")
                store.rounds.show_evidence_only(lead, record.round.id, False, f"benchmark {turn}")
                anew.append(opened(page))
            again = [opened(page) for _ in range(REPEATS)]
        browser.close()
    fine = sorted(anew)[REPEATS // 2] <= limit
    print(
        f"{candidates:4} × 5 scorecards: first in a new process {first:.2f} s; after a change median "
        f"{sorted(anew)[REPEATS // 2]:.2f}, slowest {max(anew):.2f} s (limit {limit:g}: {'met' if fine else 'NOT MET'}); "
        f"unchanged median {sorted(again)[REPEATS // 2]:.2f} s"
    )
    return fine


def seconds(make: Callable[[], bytes]) -> tuple[float, int]:
    """The best of three, and the bytes."""
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        size = len(make())
        taken.append(time.perf_counter() - start)
    return min(taken), size


def exports() -> bool:
    """Print what files take; whether the limits hold."""
    bank = load_bank()
    names = {one.id: one.name for one in bank.rubrics.competencies}
    large, usual = big_round(bank, 300), big_round(bank, 30)

    def pdf(record: RoundRecord) -> bytes:
        return round_pdf(record, compare_round(record, None, names), bank.rubrics)

    compared = compare_round(large, None, names)
    fine = True
    for what, limit, make in (
        ("CSV of 300 × 5", 0.3, lambda: ratings_csv(large)),
        ("XLSX of 300 × 5", 3.0, lambda: round_xlsx(large, bank.rubrics, compared)),
        ("PDF packet of 30 × 5", 10.0, lambda: pdf(usual)),
    ):
        taken, size = seconds(make)
        fine = fine and taken <= limit
        word = "met" if taken <= limit else "NOT MET"
        print(f"{what}: {taken:.2f} s, {size / 1e6:.1f} MB (limit {limit:g}: {word})")
    return fine


def measured() -> bool:
    """Print all of it; whether every limit holds."""
    fine = [screens(*size) for size in SIZES]
    return all([*fine, exports()])


if __name__ == "__main__":
    sys.exit(0 if measured() else 1)
