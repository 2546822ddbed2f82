"""What the tests of the commands begin from."""

from pathlib import Path

import pytest

from question_bank import load_bank
from scorecards.record.setup import new_round
from scorecards.store import Store, new_id, open_database

from .running import Kept, submitted


@pytest.fixture
def no_settings_of_this_machine(monkeypatch, tmp_path) -> None:
    """No .env file and no variable of the person who runs the tests."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for name in ("INTERVIEW_KIT_DATABASE", "INTERVIEW_KIT_BANK_PATH", "INTERVIEW_KIT_RUBRICS_PATH"):
        monkeypatch.delenv(name, raising=False)
    for name in ("DATABASE", "BANK_PATH", "RUBRICS_PATH"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    database = str(tmp_path / "kept.db")
    opened = open_database(database)
    store = Store(opened)
    ada, bo = store.people.add("Ada"), store.people.add("Bo")
    round_ = new_round(
        new_id(), "Senior\tengineer", ada.id, load_bank(), "generalist", ["founder-screen"], [ada.id, bo.id]
    )
    both = tuple(slot.model_copy(update={"interviewer_ids": (ada.id, bo.id)}) for slot in round_.slots)
    store.rounds.create(ada.id, round_.model_copy(update={"slots": both}))
    store.candidates.add(ada.id, round_.id, ["Zed"])
    submitted(store, ada.id, round_.id)
    opened.close()
    return Kept(database, round_.id, ada.id, bo.id)
