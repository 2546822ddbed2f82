"""What looks like markup of the typesetter, in every text of a PDF: it is printed, and nothing is read or run."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from scorecards.documents import candidate_pdf, round_pdf, scorecard_pdf
from tests.attack.payloads import NAMES, TYPST
from tests.scorecards.documents.pdf_text import pdf_text
from tests.scorecards.documents.test_tables import saying
from tests.scorecards.small_bank import RUBRICS
from tests.scorecards.small_round import compared

SECRET = "a-word-that-stands-in-no-document"


def printed(data: bytes) -> str:
    """What a reader sees, without the space between the signs."""
    return "".join(pdf_text(data).split())


def every_pdf(text: str) -> list[bytes]:
    """All three documents of a round in which everything is this text."""
    whole = saying(text)
    return [
        scorecard_pdf(whole, whole.cards[0], RUBRICS),
        candidate_pdf(whole, "zed", compared(whole), RUBRICS),
        round_pdf(whole, compared(whole), RUBRICS),
    ]


@pytest.mark.parametrize("markup", TYPST[::3])
def test_markup_that_stands_alone_is_printed_as_it_was_typed(markup: str) -> None:
    whole = saying(markup)
    assert "".join(markup.split()) in printed(scorecard_pdf(whole, whole.cards[0], RUBRICS))


def test_markup_is_printed_in_every_document() -> None:
    for data in every_pdf("\n".join(TYPST)):
        told = printed(data)
        assert [one for one in TYPST if "".join(one.split()) not in told] == []


def test_no_file_of_the_machine_comes_into_a_pdf(tmp_path: Path) -> None:
    """Not by markup, not by a name."""
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    wishes = (
        f'#read("{secret}")',
        f'#include "{secret}"',
        f'#image("{secret}")',
        f"file://{secret}",
        str(secret),
    )
    assert [SECRET in printed(data) for data in every_pdf("\n".join(wishes))] == [False] * 3


def test_a_pdf_holds_no_link_no_script_and_no_attachment() -> None:
    """An address is printed; nothing in the document leads there or runs when it is opened."""
    for data in every_pdf("\n".join((*TYPST, *NAMES[:20]))):
        reader = PdfReader(io.BytesIO(data))
        actions = [
            note.get_object().get("/A", {}).get("/S")
            for page in reader.pages
            for note in page.get("/Annots", ())
        ]
        assert {*actions} <= {None, "/GoTo"}
        assert not {*reader.trailer["/Root"]} & {"/OpenAction", "/AA", "/AcroForm"}
        assert reader.attachments == {}
