"""What several files of these tests begin from."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorecards.record.model import RoundRecord
from scorecards.store import OPERATOR, Store, open_database

from ..small_round import draft, keep, record
from .telling_names import called, wordy


@pytest.fixture
def laptop(tmp_path: Path) -> Store:
    """Ada's own machine: another database, SQLite as laptops have it."""
    return Store(open_database(str(tmp_path / "laptop.db")))


@pytest.fixture
def server(store: Store) -> Store:
    """The lead's kit, on SQLite and on PostgreSQL: Ada and Bo each owe a scorecard on Zed and on Yan."""
    cards = [draft(who, candidate=one) for one in ("zed", "yan") for who in ("ada", "bo")]
    keep(store, *cards, candidates=("zed", "yan"))
    return store


@pytest.fixture
def two_candidates(store: Store) -> RoundRecord:
    """Zelda and Yannick, each with a scorecard; Bo's about Yannick speaks of Zelda."""
    whole = record(
        wordy("ada", "Zelda went back a version."),
        wordy("bo", "Better than Quillfeather, C-01.", candidate="yan"),
        candidates=("zed", "yan"),
    )
    store.imports.add(called(whole))
    return store.rounds.record(OPERATOR, "r1")


@pytest.fixture
def coded(store: Store, two_candidates: RoundRecord) -> Store:
    store.rounds.change("lea", store.rounds.get("lea", "r1").model_copy(update={"anonymous": True}))
    return store
