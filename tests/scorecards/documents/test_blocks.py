"""Every kind of block is drawn by both renderers: a kind that one of them forgot would be a crash, or words lost."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import pytest

from scorecards.documents import blocks, making
from scorecards.documents.block_lines import block_lines
from scorecards.documents.blocks import Block, Document
from scorecards.documents.pdf import TEMPLATES, document_pdf

from .pdf_text import pdf_pages, pdf_text

KINDS = get_args(Block)
STEPS = ("One", "Two", "Three", "Four")
ANSWER = blocks.Answer(
    who="Ada",
    level=3,
    said="3 Three",
    apart="",
    minutes="",
    state="",
    evidence="Zebra said so.",
    heard=(),
    flags=(),
    remarks=(),
)
ROW = blocks.StandingRow("Zebra", "Group 1", 3.0, "3.0", None, None, None, "", "")
# Each kind says "Zebra" somewhere, but for the page break, which says nothing.
SAMPLES: dict[type, Block] = {
    blocks.Head: making.head("Zebra"),
    blocks.Band: making.band("Decision", "Zebra"),
    blocks.Facts: making.facts([("Animal", "Zebra")]),
    blocks.Paragraph: making.words("Zebra"),
    blocks.Points: making.points(["Zebra"]),
    blocks.Table: making.table(["Animal"], [["Zebra"]]),
    blocks.ScaleChart: making.scale(
        [making.scale_row("Zebra", [making.dot(3, "A")], tell="3.0")], STEPS, told="Mean"
    ),
    blocks.Standings: making.standings([ROW], STEPS, groups=True),
    blocks.Matrix: blocks.Matrix(
        ("Drift",), (blocks.MatrixRow("C-01", "Zebra", (blocks.MatrixCell("3"),)),), "A note."
    ),
    blocks.Asked: blocks.Asked("Labels", "DRF-01", (), (ANSWER,)),
    blocks.NewPage: making.page(),
}


def pdf_of(*listed: Block) -> bytes:
    made = datetime(2026, 1, 5, tzinfo=UTC)
    return document_pdf(Document("Sample", "Title", "Below", "Confidential", made, listed))


def test_every_kind_has_a_sample() -> None:
    assert set(SAMPLES) == set(KINDS)


def test_typst_draws_exactly_the_kinds_that_there_are() -> None:
    text = (TEMPLATES / "blocks.typ").read_text("utf-8").partition("#let kinds = (")[2].partition("\n)")[0]
    assert sorted(re.findall(r"^  (\w+):", text, re.MULTILINE)) == sorted(
        one.kind for one in SAMPLES.values()
    )


@pytest.mark.parametrize("kind", [one for one in KINDS if one is not blocks.NewPage])
def test_every_kind_says_its_words_in_markdown(kind: type) -> None:
    assert "Zebra" in "\n".join(block_lines(SAMPLES[kind]))


@pytest.mark.parametrize("kind", [one for one in KINDS if one is not blocks.NewPage])
def test_every_kind_says_its_words_in_pdf(kind: type) -> None:
    assert "Zebra" in pdf_text(pdf_of(SAMPLES[kind]))


def test_a_new_page_parts_what_stands_around_it() -> None:
    parted = (making.words("Before"), making.page(), making.words("After"))
    assert [*block_lines(parted[1])] == ["---"]
    assert len(pdf_pages(pdf_of(*parted))) == 2


@pytest.mark.parametrize("name", ["remarks", "heard", "flags"])
def test_what_an_answer_says_beside_its_level_is_in_both(name: str) -> None:
    said = {
        "remarks": (blocks.Remark("Why this level", "Quagga"),),
        "heard": ("Quagga",),
        "flags": (blocks.Flag("Quagga", ""),),
    }
    asked = blocks.Asked("Labels", "DRF-01", (), (replace(ANSWER, **{name: said[name]}),))
    assert "Quagga" in "\n".join(block_lines(asked))
    assert "Quagga" in pdf_text(pdf_of(asked))
