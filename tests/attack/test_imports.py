"""Files that are made to fill the memory or to take for ever. What else is taken in has its bombs beside its tests:

tests/rubrics/broken_text.py (aliases, tags, depth), tests/scorecards/record/test_candidate_import.py (lists, workbooks,
archives), tests/scorecards/documents/test_bundle.py and tests/scorecards/store/test_offline_refused.py (JSON).
"""

from __future__ import annotations

import json
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest
import yaml

from question_bank import load_bank
from rubrics import ContentError
from rubrics.files import MAX_BYTES, mapping_in
from scorecards.documents import BundleError, read_round_bundle
from scorecards.interviewing.offline import OfflineError, is_assignment
from scorecards.record.candidate_import import read_candidates
from tests.attack.poisoned import CHOSEN, shipped
from tests.question_bank.test_load import bank as bank
from tests.rubrics.broken_text import BOMB

MANY = 160_000
YAML = {
    "an alias bomb": BOMB,
    "an alias bomb of keys": b"a: &a {b: 1}\n" + b"".join(b"k%d: {<<: *a}\n" % n for n in range(20_000)),
    "nested lists": b"a: " + b"[" * MANY,
    "nested maps": b"a: " + b"{a: " * MANY,
    "nested keys": b"? " * MANY + b"a\n",
    "nested dashes": b"- " * MANY + b"a\n",
    "empty lists": b"a: [" + b"[]," * MANY + b"[]]",
    "anchors": b"a: [" + b"&a x," * (MANY // 2) + b"x]",
    "keys": b"".join(b"k%d: \n" % n for n in range(50_000)),
    "a number in sixties": b"a: 1" + b":59" * MANY,
    "a broken number in sixties": b"a: 1" + b":59" * MANY + b".5",
    "a number of half a million digits": b"a: " + b"9" * 500_000,
    "a number of half a million signs in hex": b"a: 0x" + b"f" * 500_000,
    "a power": b"a: 1.0e+" + b"9" * 500_000,
    "underscores": b"a: 1" + b"_" * 500_000,
    "spaces in a date": b"a: 2026-01-01 " + b" " * 500_000 + b"1",
    "line breaks": b"a: >-\n" + b"  x\n\n" * 100_000,
    "more than is read": b"a: " + b"x" * MAX_BYTES,
}


@pytest.mark.parametrize("data", YAML.values(), ids=YAML)
def test_no_yaml_takes_long_or_ends_the_process(data: bytes) -> None:
    """It is refused with the reason, or is a mapping like any other; made to burst, it would take minutes."""
    began = process_time()
    with suppress(ContentError):
        mapping_in(data[:MAX_BYTES], "a file")
    assert process_time() - began < 15


@pytest.mark.parametrize("data", YAML.values(), ids=YAML)
def test_a_private_bank_with_such_a_file_names_it_and_goes_on(bank: Path, data: bytes) -> None:
    path = next((bank / "questions").rglob("*.yaml"))
    (path.parent / "made-to-burst.yaml").write_bytes(data)
    with pytest.raises(ContentError, match=r"made-to-burst\.yaml"):
        load_bank(bank)


def test_a_private_bank_whose_texts_are_too_long_says_which(bank: Path) -> None:
    """Six thousand signs are the most that a text of a question has."""
    path = next((bank / "questions").rglob("*.yaml"))
    question = shipped().by_id[CHOSEN[0]].model_dump(mode="json", exclude_none=True) | {"prompt": "x" * 6_001}
    path.write_text(yaml.safe_dump(question), encoding="utf-8")
    with pytest.raises(ContentError, match="prompt"):
        load_bank(bank)


def zip_bomb(name: str) -> bytes:
    """10 MB of nothing in a few kilobytes, as a workbook has it."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr(name, b"\x00" * 10_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "round.json", "../../app.py"])
def test_no_archive_is_opened_wherever_a_file_is_taken_in(name: str) -> None:
    """Nothing is unpacked: a workbook of candidates is told to be saved as CSV, a packed round is no JSON."""
    data = zip_bomb(name)
    assert [row.fault is None for row in read_candidates(data).rows] in ([], [False])
    with pytest.raises(BundleError):
        read_round_bundle(data)
    with suppress(OfflineError):
        assert not is_assignment(data)


def test_a_json_that_names_an_own_kind_of_number_is_refused() -> None:
    for text in ('{"schema": NaN}', '{"schema": 1e999999999}', json.dumps({"schema": "x" * 1_000_000})):
        with pytest.raises(BundleError):
            read_round_bundle(text.encode())
