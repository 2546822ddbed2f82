"""A round, a candidate, a scorecard as files: what this viewer may see, made when the button is pressed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import streamlit as st

from rubrics import Rubrics
from scorecards.documents import (
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
from scorecards.record.model import RoundRecord, Scorecard

if TYPE_CHECKING:
    from scorecards.comparison import RoundComparison

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MIMES = {
    "pdf": "application/pdf",
    "xlsx": XLSX,
    "csv": "text/csv",
    "json": "application/json",
    "md": "text/markdown",
}


# Receives a file's kind and, for a candidate or a scorecard, whose it is, before the file is made; may refuse.
Made = Callable[[str, str | None], None]


def round_downloads(
    record: RoundRecord, competencies: Mapping[str, str], rubrics: Rubrics, made: Made
) -> None:
    """The round as files."""

    def of_round(kind: str) -> None:
        made(kind, None)

    name = f"round-{record.round.id}"
    with st.popover("Export", icon=":material/download:"):
        _packet(record, competencies, rubrics, name, of_round)
        _button(
            "Workbook (XLSX)",
            lambda: round_xlsx(record, rubrics, _compared(record, competencies)),
            f"{name}.xlsx",
            of_round,
        )
        _button("Ratings (CSV)", lambda: ratings_csv(record), f"{name}.csv", of_round)
        _button("Everything (JSON)", lambda: round_bundle(record), f"{name}.json", of_round)
        _button(
            "For reading (Markdown)",
            lambda: round_markdown(record, _compared(record, competencies), rubrics),
            f"{name}.md",
            of_round,
        )


def _packet(
    record: RoundRecord,
    competencies: Mapping[str, str],
    rubrics: Rubrics,
    name: str,
    made: Callable[[str], None],
) -> None:
    """The packet takes a moment, so it is set first, with a bar, and then saved."""
    if not st.button("Packet for the debrief (PDF)", width="stretch", key="set-packet"):
        return
    bar = st.progress(0.0, "Setting the pages")

    def tell(done: int, total: int) -> None:
        bar.progress(done / total, f"Setting the pages: {done} of {total}")

    data = round_pdf(record, _compared(record, competencies), rubrics, tell)
    bar.empty()
    _button("Save the packet", lambda: data, f"{name}.pdf", made, "primary")


def candidate_downloads(
    record: RoundRecord, candidate_id: str, competencies: Mapping[str, str], rubrics: Rubrics, made: Made
) -> None:
    """One candidate's packet."""

    def of_candidate(kind: str) -> None:
        made(f"packet.{kind}", candidate_id)

    name = f"candidate-{file_word(record.candidate[candidate_id].code)}-{_short(candidate_id)}"

    def compared() -> RoundComparison:
        return _compared(record, competencies)

    with st.popover("Keep as a file", icon=":material/download:"):
        _button(
            "Packet (PDF)",
            lambda: candidate_pdf(record, candidate_id, compared(), rubrics),
            f"{name}.pdf",
            of_candidate,
        )
        _button(
            "Packet (Markdown)",
            lambda: candidate_markdown(record, candidate_id, compared(), rubrics),
            f"{name}.md",
            of_candidate,
        )


def card_downloads(record: RoundRecord, card: Scorecard, rubrics: Rubrics, made: Made) -> None:
    """One scorecard."""

    def of_card(kind: str) -> None:
        made(f"scorecard.{kind}", card.id)

    name = f"scorecard-{file_word(record.candidate[card.candidate_id].code)}-{_short(card.id)}"
    with st.container(horizontal=True, gap="small"):
        _button("PDF", lambda: scorecard_pdf(record, card, rubrics), f"{name}.pdf", of_card, "tertiary")
        _button("Markdown", lambda: card_markdown(record, card, rubrics), f"{name}.md", of_card, "tertiary")
        _button("JSON", lambda: card_bundle(record, card), f"{name}.json", of_card, "tertiary")


def file_word(text: str) -> str:
    """What of a text may stand within a file's name: a code of the kit stays as it is, a foreign one is cleaned."""
    return re.sub(r"[^A-Za-z0-9-]+", "-", text)[:40].strip("-") or "x"


def _short(identity: str) -> str:
    """Six characters that tell files of this id from others; no name is in them."""
    return hashlib.sha256(identity.encode()).hexdigest()[:6]


def _compared(record: RoundRecord, competencies: Mapping[str, str]) -> RoundComparison:
    """For files that are handed on: nobody's strictness is in it."""
    # Imported here: only whoever saves a file needs it, and it takes a moment.
    from scorecards.comparison import compare_round

    return compare_round(record, None, competencies)


def _button(
    label: str, make: Callable[[], bytes], file: str, made: Callable[[str], None], kind: str = "secondary"
) -> None:
    """A download; `made` gets the file's kind first, so that no file is made without its line in the audit log."""
    ending = file.rpartition(".")[2]

    def data() -> bytes:
        made(ending)
        return make()

    st.download_button(
        label,
        data,
        file,
        MIMES[ending],
        on_click="ignore",
        width="content" if kind == "tertiary" else "stretch",
        key=f"save-{file}",
        type=kind,  # type: ignore[arg-type]
    )
