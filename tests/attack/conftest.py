"""One server with an attacker's content and rounds, and a browser that notices what runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from sqlalchemy import insert

from question_bank import load_bank
from rubrics import load_rubrics
from scorecards.store import OPERATOR, Store, open_database
from scorecards.store.tables import deliveries
from tests.attack.poisoned import Rounds, name, words, write_content
from tests.browser.conftest import Server, browser  # noqa: F401


class Attacked(NamedTuple):
    """A server, and the store behind it."""

    server: Server
    store: Store
    lead: str


@pytest.fixture(scope="package")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    """Every screen of this server shows texts that somebody wrote to do harm."""
    folder = tmp_path_factory.mktemp("attacked")
    write_content(folder)
    rounds = Rounds(load_bank(folder / "bank", load_rubrics(folder / "rubrics")))
    database = open_database(str(folder / "interviews.db"))
    store = Store(database)
    for record in rounds.every():
        store.imports.add(record)
    lead = rounds.lead.id
    store.office.set_admin(OPERATOR, lead, True)
    store.hooks.set(lead, "own", "https://evil.test/?" + "<script>'\"[x](javascript:1)".replace(" ", ""))
    with database.writing() as connection:
        # A receiver's answer, as it is told when it was given up.
        given_up = {
            "id": "d",
            "round_id": "own",
            "body": "{}",
            "made_at": "2026-01-01T00:00:00.000000Z",
            "tries": 9,
        }
        connection.execute(insert(deliveries).values(given_up | {"fault": words(5, longest=300)}))
    for place in range(10):
        store.tokens.make(lead, "own", name(place, 80))
    store.privacy.hold(lead, "own", words().replace("\x00", ""))
    server = Server(
        folder / "interviews.db",
        INTERVIEW_KIT_BANK_PATH=str(folder / "bank"),
        INTERVIEW_KIT_RUBRICS_PATH=str(folder / "rubrics"),
    )
    server.start()
    yield Attacked(server, store, lead)
    server.kill()
