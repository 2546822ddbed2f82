"""The form for candidates: names pasted or from a CSV export, and what would be taken, before anything is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from scorecards.documents import safe_cell
from scorecards.record.candidate_import import MAX_CSV_BYTES, CandidateList, CandidateRow, read_candidates
from scorecards.record.names import How, Likeness
from scorecards.record.text_encoding import ENCODINGS

from .same_person import rows_answered
from .text import count

# Codes of the candidates that each name might be, where the names themselves are out of sight.
LikeCodes = Callable[[Sequence[str]], Sequence[Sequence[tuple[str, How]]]]


def candidate_input(
    label: str, known: tuple[str, ...] = (), like_codes: LikeCodes | None = None
) -> list[CandidateRow]:
    """The lines to be taken, with a preview in which every faulty one says what is wrong."""
    text = st.text_area(label, height=110, placeholder="One name a line, or CSV with a 'name' column")
    file = st.file_uploader(
        "or upload a CSV from your applicant tracking system",
        type=["csv", "tsv", "txt"],
        max_upload_size=MAX_CSV_BYTES // (1024 * 1024),
    )
    data: bytes | str = file.getvalue() if file else text
    if not data.strip():
        return []
    key = _key(label, data)
    found, settled = _as_said(data, known, key, upload=file is not None)
    if not found.rows:
        return []
    rows = _known_by_code(found.rows, like_codes) if like_codes else list(found.rows)
    rows = rows_answered(_unsettled(rows, found) if not settled else rows, f"same-{key}")
    _preview(rows)
    good = [row for row in rows if row.fault is None]
    if good and len(good) < len(rows) and st.checkbox("Skip lines with a problem", key=f"leave-{key}"):
        return good
    return rows


def _as_said(
    data: bytes | str, known: tuple[str, ...], key: str, *, upload: bool
) -> tuple[CandidateList, bool]:
    """The list as it is to be read: what was guessed, and what somebody says instead. And whether it may be taken."""
    found = read_candidates(data, known)
    head, encoding, across = bool(found.heads), found.encoding, found.across
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if found.width > 1 or found.heads or len(found.rows) > 1:
            head = st.toggle("The first line is a header", head, key=f"head-{key}")
        if found.width > 1:
            across = st.toggle(
                "Every cell is a name", across and not head, key=f"across-{key}", disabled=head
            )
        if upload:
            encoding = st.selectbox(
                "Encoding",
                list(ENCODINGS),
                index=list(ENCODINGS).index(encoding),
                key=f"encoding-{key}",
                width=170,
                help="Guessed from the file. If names look wrong, choose another.",
            )
    said = read_candidates(
        data, known, head=head, encoding=encoding if upload else None, across=across and not head
    )
    if said.across or said.width < 2:
        return said, True
    return _columns_chosen(data, said, known, key, head, encoding if upload else None)


def _columns_chosen(
    data: bytes | str,
    found: CandidateList,
    known: tuple[str, ...],
    key: str,
    head: bool,
    encoding: str | None,
) -> tuple[CandidateList, bool]:
    """The same list with the name read from the columns that somebody chose."""
    chosen = st.multiselect(
        "Name columns",
        range(found.width),
        default=found.columns,
        format_func=lambda place: found.labels[place][:60],
        key=f"name-columns-{key}-{head}-{encoding}",
        placeholder="Choose the columns" if found.heads or found.dropped else "As pasted",
        help="Nothing else of the file is read: no address, no number, no demographics.",
    )
    if not chosen and found.heads:
        st.warning(
            "No name column found. Choose the column or columns that make up the name.",
            icon=":material/help:",
        )
        return found._replace(rows=()), False
    if not chosen and found.dropped:
        st.warning(
            f"In {count(len(found.dropped), 'line')} more than one cell may be a name. Choose the name "
            "columns, or switch on “Every cell is a name”.",
            icon=":material/help:",
        )
        return found, False
    if tuple(chosen) == found.columns:
        return found, True
    return read_candidates(data, known, chosen, head=head, encoding=encoding, across=False), True


def _unsettled(rows: list[CandidateRow], found: CandidateList) -> list[CandidateRow]:
    why = "Some cells in this line would be skipped. Choose the ones that make up the name."
    return [
        row._replace(fault=why) if row.fault is None and row.line in found.dropped else row for row in rows
    ]


def _known_by_code(rows: Sequence[CandidateRow], like_codes: LikeCodes) -> list[CandidateRow]:
    """In a round of codes the existing names stay hidden and are shown as codes."""
    found = like_codes([row.name for row in rows])
    return [_by_code(row, like) for row, like in zip(rows, found, strict=True)]


def _by_code(row: CandidateRow, like: Sequence[tuple[str, How]]) -> CandidateRow:
    same = [code for code, how in like if how == "same"]
    if row.fault or not like:
        return row
    if same:
        return row._replace(
            fault=f"This name is already in the round, as {same[0]}. Add something that tells the two apart."
        )
    return row._replace(like=(*(Likeness(code, how) for code, how in like), *row.like))


def _preview(rows: Sequence[CandidateRow]) -> None:
    good = sum(row.fault is None for row in rows)
    st.caption(
        f"{count(good, 'candidate')} can be added, {count(len(rows) - good, 'line')} can't. Nothing is stored yet."
    )
    shown = pd.DataFrame(
        {
            "Line": [row.line for row in rows],
            "Name": [safe_cell(row.name) for row in rows],
            "Problem": [safe_cell(row.fault or "") for row in rows],
        }
    )
    st.dataframe(shown, hide_index=True, height=min(36 * (len(rows) + 1), 250))


def _key(label: str, data: bytes | str) -> str:
    """A different list gets its own answers."""
    told = data if isinstance(data, bytes) else data.encode("utf-8", "replace")
    return f"{label}-{hashlib.sha256(told).hexdigest()[:12]}"
