"""The terminal of a team's deployment: administrators, the audit log, end dates, erasure, access packs."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import CliRunner, Result

from interview_kit.terminal.main import app
from scorecards.record.model import Candidate
from scorecards.store import OPERATOR, Store, open_database
from scorecards.store import tables as t
from tests.scorecards.small_round import card, record

SENIOR = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}


class Kit:
    """A database with one round of two candidates, and the terminal on it."""

    def __init__(self, folder: Path):
        self.address, self.folder = str(folder / "kit.db"), folder
        self.database = open_database(self.address)
        self.store = Store(self.database)
        whole = record(card("ada", SENIOR), card("bo", SENIOR, candidate="yan"), candidates=("zed", "yan"))
        named = tuple(
            Candidate(id=one.id, round_id="r1", code=one.code, name=name)
            for one, name in zip(whole.candidates, ("Zelda Quillfeather", "Yannick Bramblewood"), strict=True)
        )
        self.store.imports.add(whole.model_copy(update={"candidates": named}))

    def run(self, *words: object) -> Result:
        return CliRunner().invoke(app, [*map(str, words), "--database", self.address])

    @property
    def candidates(self) -> list[str]:
        return [one.id for one in self.store.rounds.record(OPERATOR, "r1").candidates]


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    return Kit(tmp_path)


def test_somebody_is_made_an_administrator_and_no_longer(kit) -> None:
    assert kit.run("admin", "Cy").exit_code == 0
    assert kit.store.office.administers("cy")
    assert kit.run("admin", "Cy", "--remove").exit_code == 0
    assert not kit.store.office.administers("cy")


def test_a_name_that_nobody_has_makes_no_administrator(kit) -> None:
    done = kit.run("admin", "Nobody")
    assert done.exit_code == 1
    assert "0 people are called so" in done.output


def test_the_log_is_listed(kit) -> None:
    kit.store.rounds.close("lea", "r1")
    told = kit.run("audit", "list", "--person", "Lea").stdout.splitlines()
    assert [line.split("\t")[2:5] for line in told] == [["lea", "round_closed", "r1"]]


def test_a_sound_log_is_said_to_be_sound_and_its_head_is_given(kit) -> None:
    done = kit.run("audit", "verify")
    assert done.exit_code == 0
    head = done.stdout.strip().splitlines()[-1]
    kit.store.rounds.close("lea", "r1")
    assert kit.run("audit", "verify", "--expect", head).exit_code == 0


def test_an_altered_log_fails_the_check(kit) -> None:
    with kit.database.writing() as connection:
        connection.execute(update(t.audit).values(actor="somebody"))
    done = kit.run("audit", "verify")
    assert done.exit_code == 1
    assert "Row 1 was altered" in done.output


def test_purging_lists_first_and_deletes_with_yes(kit) -> None:
    kit.store.privacy.set_purge("lea", "r1", date(2026, 1, 1))
    told = kit.run("purge", "--today", "2026-02-01")
    assert "1 would be deleted" in told.output
    assert kit.candidates == ["yan", "zed"]
    assert "1 deleted." in kit.run("purge", "--today", "2026-02-01", "--yes").output
    assert kit.store.rounds.all(OPERATOR) == ()


def test_a_hold_keeps_a_round_until_it_is_lifted(kit) -> None:
    kit.store.privacy.set_purge("lea", "r1", date(2026, 1, 1))
    assert kit.run("hold", "r1", "--reason", "A claim is pending.").exit_code == 0
    told = kit.run("purge", "--today", "2026-02-01", "--yes").output
    assert "0 deleted." in told
    kit.run("hold", "r1", "--reason", "")
    assert "1 deleted." in kit.run("purge", "--today", "2026-02-01", "--yes").output


def test_a_candidate_is_erased_with_yes_only(kit) -> None:
    assert "would be deleted" in kit.run("erase", "r1", "C-01").output
    assert kit.candidates == ["yan", "zed"]
    assert kit.run("erase", "r1", "C-01", "--yes").exit_code == 0
    assert kit.candidates == ["yan"]


def test_a_hold_refuses_an_erasure_with_its_reason(kit) -> None:
    kit.store.privacy.hold("lea", "r1", "A claim is pending.")
    done = kit.run("erase", "r1", "C-01", "--yes")
    assert done.exit_code == 1
    assert "A claim is pending." in done.output


@pytest.mark.parametrize("format", ["json", "md"])
def test_an_access_pack_speaks_of_its_candidate_alone(kit, format) -> None:
    out = kit.folder / f"pack.{format}"
    assert kit.run("access-pack", "r1", "C-01", "--out", out, "--format", format).exit_code == 0
    told = out.read_text("utf-8")
    assert "Zelda Quillfeather" in told
    assert "Yannick" not in told
    assert "Ada" not in told
    assert "Interviewer 1" in told


def test_an_access_pack_is_a_pdf_for_reading(kit) -> None:
    out = kit.folder / "pack.pdf"
    assert kit.run("access-pack", "r1", "C-01", "--out", out).exit_code == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_an_access_pack_as_json_holds_every_level_and_word(kit) -> None:
    out = kit.folder / "pack.json"
    kit.run("access-pack", "r1", "C-01", "--out", out, "--format", "json")
    (card_,) = json.loads(out.read_text("utf-8"))["scorecards"]
    assert [one["level"] for one in card_["ratings"]] == [3, 3, 3, 3]
    assert card_["ratings"][0]["evidence"]


def test_names_of_a_round_of_codes_are_exported_where_asked_for(kit) -> None:
    kit.store.rounds.change("lea", kit.store.rounds.get("lea", "r1").model_copy(update={"anonymous": True}))
    out = kit.folder / "round.json"
    kit.run("export", "r1", "--out", out)
    assert "Zelda" not in out.read_text("utf-8")
    kit.run("export", "r1", "--out", out, "--names")
    assert "Zelda" in out.read_text("utf-8")


def test_an_export_from_the_terminal_is_in_the_log(kit) -> None:
    kit.run("export", "r1", "--out", kit.folder / "r.csv", "--format", "csv")
    newest = kit.store.audit.entries(OPERATOR)[0]
    assert (newest.actor, newest.action, newest.detail) == ("operator", "exported", {"what": "csv"})
