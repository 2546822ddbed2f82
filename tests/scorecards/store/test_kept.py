"""Databases and bundles that earlier versions wrote, kept beside this file: they open, and say what they said."""

from __future__ import annotations

import json
import lzma
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from scorecards.documents import read_round_bundle, round_bundle
from scorecards.documents.tables import candidate_scores
from scorecards.record.model import RoundRecord
from scorecards.store import OPERATOR, Store, open_database
from scorecards.store.copies import copy_everything, digest_of, opened_to_read

KEPT = Path(__file__).parent / "kept"
TOLD: dict[str, dict[str, Any]] = json.loads((KEPT / "told.json").read_text("utf-8"))


def unpacked(name: str) -> bytes:
    return lzma.decompress((KEPT / f"{name}.xz").read_bytes())


def digest(record: RoundRecord) -> str:
    told: str = json.loads(round_bundle(record))["digest"]
    return told


@pytest.fixture(params=TOLD)
def told(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What an earlier version said of its own round."""
    return TOLD[request.param] | {"name": request.param}


def says_what_it_said(record: RoundRecord, told: dict[str, Any]) -> None:
    assert {card.id: card.state for card in record.cards} == told["statuses"]
    scores = {candidate.id: str(score.overall) for candidate, score in candidate_scores(record)}
    assert scores == told["scores"]
    assert record.damaged == ()


def test_a_bundle_of_an_earlier_version_says_what_it_said(told) -> None:
    data = unpacked(f"{told['name']}.json")
    assert json.loads(data)["schema_version"] == told["schema_version"]
    assert json.loads(data)["digest"] == told["bundle_digest"]
    record = read_round_bundle(data)
    says_what_it_said(record, told)
    assert digest(record) == told["digest_since_version_4"]


def test_a_bundle_of_an_earlier_version_comes_in_and_goes_out_with_the_same_digest(told, store) -> None:
    """But for the mark of a demo round, which no file brings in."""
    record = read_round_bundle(unpacked(f"{told['name']}.json"))
    store.imports.take(OPERATOR, record)
    again = store.rounds.record(OPERATOR, record.round.id)
    says_what_it_said(again, told)
    round_ = again.round.model_copy(update={"demo": record.round.demo})
    assert digest(again.model_copy(update={"round": round_})) == told["digest_since_version_4"]


def test_a_database_of_an_earlier_version_is_brought_up_to_date_and_says_what_it_said(told, tmp_path) -> None:
    path = tmp_path / "kept.db"
    path.write_bytes(unpacked(f"{told['name']}.db"))
    database = open_database(str(path))
    (round_,) = Store(database).rounds.all(OPERATOR)
    record = Store(database).rounds.record(OPERATOR, round_.id)
    says_what_it_said(record, told)
    assert digest(record) == told["digest_since_version_4"]
    database.close()


def test_a_backup_of_an_earlier_version_is_restored_and_stays_as_it_is(told, tmp_path, database) -> None:
    path = tmp_path / "backup.db"
    path.write_bytes(unpacked(f"{told['name']}.db"))
    was, at = path.read_bytes(), path.stat().st_mtime_ns
    with opened_to_read(str(path)) as source:
        copied = copy_everything(source, database)
    with database.reading() as connection:
        assert digest_of(connection) == copied.digest
    (round_,) = Store(database).rounds.all(OPERATOR)
    assert digest(Store(database).rounds.record(OPERATOR, round_.id)) == told["digest_since_version_4"]
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (was, at)
    assert [one.name for one in tmp_path.glob("backup*")] == ["backup.db"]


def test_there_is_a_kept_round_of_every_version_that_wrote_bundles() -> None:
    assert {told["schema_version"] for told in TOLD.values()} == {1, 2, 3, 4}
    # 25/8 by hand: of Ada 3, 2, 4, 3 and of Bo 4, 3, 3, 3, the mean over competencies of both.
    drift = (Fraction(3 + 2, 2) + Fraction(4 + 3, 2)) / 2
    security = (Fraction(4 + 3, 2) + Fraction(3 + 3, 2)) / 2
    assert str((drift + security) / 2) == TOLD["v1"]["scores"]["zed"]
