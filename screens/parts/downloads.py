"""A round, a candidate, a scorecard as files: what this viewer may see, made when the button is pressed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import streamlit as st

from rubrics import Rubrics
from scorecards.export import (
    candidate_markdown,
    candidate_pdf,
    card_bundle,
    card_markdown,
    ratings_csv,
    round_bundle,
    round_markdown,
    round_pdf,
    round_xlsx,
    scorecard_pdf,
)
from scorecards.model import RoundRecord, Scorecard

if TYPE_CHECKING:
    from scorecards.compare import RoundComparison

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MIMES = {
    "pdf": "application/pdf",
    "xlsx": XLSX,
    "csv": "text/csv",
    "json": "application/json",
    "md": "text/markdown",
}


def round_downloads(record: RoundRecord, competencies: Mapping[str, str], rubrics: Rubrics) -> None:
    """The round as files."""
    name = f"round-{record.round.id}"
    with st.popover("Export", icon=":material/download:"):
        _packet(record, competencies, rubrics, name)
        _button(
            "Workbook (XLSX)",
            lambda: round_xlsx(record, rubrics, _compared(record, competencies)),
            f"{name}.xlsx",
        )
        _button("Ratings (CSV)", lambda: ratings_csv(record), f"{name}.csv")
        _button("Everything (JSON)", lambda: round_bundle(record), f"{name}.json")
        _button(
            "For reading (Markdown)",
            lambda: round_markdown(record, _compared(record, competencies), rubrics),
            f"{name}.md",
        )


def _packet(record: RoundRecord, competencies: Mapping[str, str], rubrics: Rubrics, name: str) -> None:
    """The packet takes a moment, so it is set first, with a bar, and then saved."""
    if not st.button("Packet for the debrief (PDF)", width="stretch", key="set-packet"):
        return
    bar = st.progress(0.0, "Setting the pages")

    def tell(done: int, total: int) -> None:
        bar.progress(done / total, f"Setting the pages: {done} of {total}")

    data = round_pdf(record, _compared(record, competencies), rubrics, tell)
    bar.empty()
    _button("Save the packet", lambda: data, f"{name}.pdf", "primary")


def candidate_downloads(
    record: RoundRecord, candidate_id: str, competencies: Mapping[str, str], rubrics: Rubrics
) -> None:
    """One candidate's packet."""
    name = f"candidate-{record.candidate[candidate_id].code}-{_short(candidate_id)}"

    def compared() -> RoundComparison:
        return _compared(record, competencies)

    with st.popover("Keep as a file", icon=":material/download:"):
        _button(
            "Packet (PDF)", lambda: candidate_pdf(record, candidate_id, compared(), rubrics), f"{name}.pdf"
        )
        _button(
            "Packet (Markdown)",
            lambda: candidate_markdown(record, candidate_id, compared(), rubrics),
            f"{name}.md",
        )


def card_downloads(record: RoundRecord, card: Scorecard, rubrics: Rubrics) -> None:
    """One scorecard."""
    name = f"scorecard-{record.candidate[card.candidate_id].code}-{_short(card.id)}"
    with st.container(horizontal=True, gap="small"):
        _button("PDF", lambda: scorecard_pdf(record, card, rubrics), f"{name}.pdf", "tertiary")
        _button("Markdown", lambda: card_markdown(record, card, rubrics), f"{name}.md", "tertiary")
        _button("JSON", lambda: card_bundle(record, card), f"{name}.json", "tertiary")


def _short(identity: str) -> str:
    """Six characters that tell files of this id from others; no name is in them."""
    return hashlib.sha256(identity.encode()).hexdigest()[:6]


def _compared(record: RoundRecord, competencies: Mapping[str, str]) -> RoundComparison:
    """For files that are handed on: nobody's strictness is in it."""
    # Imported here: only whoever saves a file needs it, and it takes a moment.
    from scorecards.compare import compare_round

    return compare_round(record, None, competencies)


def _button(label: str, make: Callable[[], bytes], file: str, kind: str = "secondary") -> None:
    st.download_button(
        label,
        make,
        file,
        MIMES[file.rpartition(".")[2]],
        on_click="ignore",
        width="content" if kind == "tertiary" else "stretch",
        key=f"save-{file}",
        type=kind,  # type: ignore[arg-type]
    )
