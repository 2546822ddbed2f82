"""Documents as PDF, set by typst. Text goes in as data and is never read as markup."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rubrics import Rubrics

from ..record.model import RoundRecord, Scorecard
from .blocks import Document
from .candidate_document import candidate_document
from .card_document import card_document
from .glyphs import Has, has_any, readable
from .round_document import Progress, round_document

if TYPE_CHECKING:
    import typst

    from ..comparison import RoundComparison

TEMPLATES = Path(__file__).parent / "typst"
# Documents of more characters than this are forgotten once they are set.
LARGE = 100_000
# For so many documents typst keeps what it laid out.
_KEPT_FOR = 12


def scorecard_pdf(record: RoundRecord, card: Scorecard, rubrics: Rubrics) -> bytes:
    """One scorecard: the recommendation, a chart of the levels, then every question with the words behind it."""
    return document_pdf(card_document(record, card, rubrics))


def candidate_pdf(
    record: RoundRecord, candidate_id: str, comparison: RoundComparison, rubrics: Rubrics
) -> bytes:
    """One candidate's debrief packet: the decision first, then scores, agenda and evidence."""
    return document_pdf(candidate_document(record, candidate_id, comparison, rubrics))


def round_pdf(
    record: RoundRecord,
    comparison: RoundComparison,
    rubrics: Rubrics,
    progress: Progress | None = None,
) -> bytes:
    """The packet of a round. `progress` hears (done, total): each candidate is a step, and so is the setting."""
    document = round_document(record, comparison, rubrics, progress)
    data = document_pdf(document)
    if progress:
        total = len(comparison.standings) + 1
        progress(total, total)
    return data


def document_pdf(document: Document, *, system_fonts: bool = True) -> bytes:
    """The document set; the same document gives the same bytes on the same machine."""
    import typst

    fonts = _fonts(system_fonts)
    told = readable(_values(document), _has(system_fonts))
    values: dict[str, Any] = told.values | {"missing": list(told.missing)}
    text = json.dumps(values, ensure_ascii=False)
    compiler = typst.Compiler(
        TEMPLATES / "document.typ", root=TEMPLATES, font_paths=fonts, sys_inputs={"document": text}
    )
    data = compiler.compile(format="pdf", timestamp=int(document.made.timestamp()))
    if not isinstance(data, bytes):
        raise TypeError("typst gave no single file")
    if len(text) > LARGE:
        _forget(fonts)
    return data


def _forget(fonts: typst.Fonts) -> None:
    """Let go of what typst keeps of the last documents: 100 MB for a packet of 30 candidates.

    It keeps each for the next few, so a few empty ones do it.
    """
    import typst

    compiler = typst.Compiler(font_paths=fonts)
    for _ in range(_KEPT_FOR):
        compiler.compile(b"", format="pdf")


def _values(document: Document) -> dict[str, Any]:
    blocks = [asdict(block) for block in document.blocks]
    return document._asdict() | {"made": document.made.date().isoformat(), "blocks": blocks}


@lru_cache(maxsize=2)
def _fonts(system: bool) -> typst.Fonts:
    """The fonts that typst may use, looked up once."""
    import typst

    return typst.Fonts(include_system_fonts=system)


def _has(system: bool) -> Has:
    return has_any((font.path, font.index) for font in _fonts(system).fonts() if font.path)
