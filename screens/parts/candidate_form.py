"""The form for candidates: names pasted or from a CSV export, and what would be taken, before anything is."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from scorecards.candidate_import import MAX_CSV_BYTES, CandidateList, CandidateRow, read_candidates
from scorecards.export import safe_cell

from .text import count


def candidate_input(label: str, known: tuple[str, ...] = ()) -> list[CandidateRow]:
    """The lines to be taken, with a preview in which every faulty one says what is wrong."""
    text = st.text_area(label, height=110, placeholder="One name a line, or CSV with a head line 'name'")
    file = st.file_uploader(
        "or a CSV file, as an applicant tracking system exports it",
        type=["csv", "tsv", "txt"],
        max_upload_size=MAX_CSV_BYTES // (1024 * 1024),
    )
    data: bytes | str = file.getvalue() if file else text
    found = read_candidates(data, known)
    if found.heads:
        found = _columns_chosen(data, found, known, label)
    if not found.rows:
        return []
    good = [row for row in found.rows if row.fault is None]
    bad = len(found.rows) - len(good)
    st.caption(
        f"{count(len(good), 'candidate')} can be taken, {count(bad, 'line')} not. Nothing is stored yet."
    )
    if found.encoding == "Windows-1252":
        st.caption("The file is no UTF-8 and was read as Windows-1252: look whether accents stand right.")
    shown = pd.DataFrame(
        {
            "Line": [row.line for row in found.rows],
            "Name": [safe_cell(row.name) for row in found.rows],
            "Problem": [safe_cell(row.fault or "") for row in found.rows],
        }
    )
    st.dataframe(shown, hide_index=True, height=min(36 * (len(found.rows) + 1), 250))
    if good and bad and st.checkbox("Leave out the lines with a problem", key=f"leave-out-{label}"):
        return good
    return list(found.rows)


def _columns_chosen(
    data: bytes | str, found: CandidateList, known: tuple[str, ...], label: str
) -> CandidateList:
    """The same list with the name read from the columns that somebody chose."""
    if len(found.heads) == 1:
        return found
    chosen = st.multiselect(
        "The name stands in",
        range(len(found.heads)),
        default=found.columns,
        format_func=lambda place: found.heads[place][:60] or f"column {place + 1}",
        key=f"name-columns-{label}-{'|'.join(found.heads)[:300]}",
        help="Nothing else of the file is read: no address, no number, no demographics.",
    )
    if not chosen:
        st.warning("No column of this file is called a name. Choose where it stands.", icon=":material/help:")
        return found._replace(rows=())
    return read_candidates(data, known, chosen) if tuple(chosen) != found.columns else found
