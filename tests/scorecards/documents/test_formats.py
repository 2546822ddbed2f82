"""The table of formats: every file in it can be made, and is what its suffix says."""

import zipfile
from io import BytesIO

import pytest

from scorecards.documents.formats import ACCESS_PACK, CANDIDATE, CARD, FORMATS, ROUND, Source, names_of

from ..small_bank import RUBRICS
from ..small_round import card, record

WHOLE = record(card("ada", {"DRF-01": 4, "SEC-01": 3}))
SOURCE = Source(WHOLE, lambda: RUBRICS)
TABLES = {"round": ROUND, "candidate": CANDIDATE, "access pack": ACCESS_PACK, "scorecard": CARD}
FILES = {
    **{f"round.{name}": (name, lambda file=file: file.make(SOURCE)) for name, file in ROUND.items()},
    **{
        f"candidate.{name}": (name, lambda file=file: file.make(SOURCE, "zed"))
        for name, file in CANDIDATE.items()
    },
    **{
        f"pack.{name}": (name, lambda file=file: file.make(SOURCE, "zed"))
        for name, file in ACCESS_PACK.items()
    },
    **{
        f"card.{name}": (name, lambda file=file: file.make(SOURCE, WHOLE.cards[0]))
        for name, file in CARD.items()
    },
}


def suffix_of(data: bytes) -> str:
    """What a file is by its content; md and csv are text without a sign of their own."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if zipfile.is_zipfile(BytesIO(data)):
        return "xlsx"
    return "json" if data.lstrip().startswith(b"{") else "text"


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_file_has_a_format(table) -> None:
    assert set(names_of(table)) == set(table)


def test_every_format_is_offered_for_a_round() -> None:
    assert set(ROUND) == set(FORMATS)


@pytest.mark.parametrize(("name", "make"), FILES.values(), ids=FILES)
def test_every_file_is_what_its_suffix_says(name, make) -> None:
    found = suffix_of(make())
    assert found == (name if name in ("pdf", "xlsx", "json") else "text")


def no_content() -> None:
    raise AssertionError("the content was read")


@pytest.mark.parametrize("name", ["csv", "json"])
def test_what_was_recorded_is_written_without_the_content(name) -> None:
    assert ROUND[name].make(Source(WHOLE, no_content))
    assert not FORMATS[name].computed
