"""A scorecard, a candidate and a round as Markdown: the same documents that are set as PDF."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubrics import Rubrics

from ..record.model import RoundRecord, Scorecard
from .block_lines import block_lines, escaped
from .blocks import Document
from .candidate_document import candidate_document
from .card_document import card_document
from .round_document import round_document

if TYPE_CHECKING:
    from ..comparison import RoundComparison


def card_markdown(record: RoundRecord, card: Scorecard, rubrics: Rubrics) -> bytes:
    """One scorecard: the recommendation first, then levels, then the words behind them; as in the PDF."""
    return _document(card_document(record, card, rubrics))


def candidate_markdown(
    record: RoundRecord, candidate_id: str, comparison: RoundComparison, rubrics: Rubrics
) -> bytes:
    """One candidate's debrief packet: the same as the PDF, with tables in the place of charts."""
    return _document(candidate_document(record, candidate_id, comparison, rubrics))


def round_markdown(record: RoundRecord, comparison: RoundComparison, rubrics: Rubrics) -> bytes:
    """A round: decisions, what can be said and what not, tables by code, then each candidate; as in the PDF."""
    return _document(round_document(record, comparison, rubrics))


def _document(document: Document) -> bytes:
    lines = [f"# {document.kind}: {escaped(document.title)}", "", f"{escaped(document.below)}  "]
    lines += [f"*{escaped(document.confidential)}*"]
    for block in document.blocks:
        lines += ["", *block_lines(block)]
    text = "\n".join(lines) + "\n"
    return re.sub(r"\n{3,}", "\n\n", text).encode("utf-8", "replace")
