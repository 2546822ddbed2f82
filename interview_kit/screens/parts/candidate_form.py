"""The form for candidates: names pasted or from a CSV export, and what would be taken, before anything is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

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
    data = _pasted_or_uploaded(label)
    if not data.strip():
        return []
    key = _key(label, data)
    found, settled = _as_said(data, known, key, upload=isinstance(data, bytes))
    if not found.rows:
        return []
    rows = _known_by_code(found.rows, like_codes) if like_codes else list(found.rows)
    rows = rows_answered(_unsettled(rows, found) if not settled else rows, f"same-{key}")
    _preview(rows)
    return _without_faults(rows, key)


def _pasted_or_uploaded(label: str) -> bytes | str:
    """The uploaded file if there is one, otherwise the text in the box."""
    text = st.text_area(label, height=110, placeholder="One name a line, or CSV with a 'name' column")
    file = st.file_uploader(
        "or upload a CSV from your applicant tracking system",
        type=["csv", "tsv", "txt"],
        max_upload_size=MAX_CSV_BYTES // (1024 * 1024),
    )
    return file.getvalue() if file else text


def _without_faults(rows: list[CandidateRow], key: str) -> list[CandidateRow]:
    """The good rows where somebody says that the others are to be skipped, else all."""
    good = [row for row in rows if row.fault is None]
    if good and len(good) < len(rows) and st.checkbox("Skip lines with a problem", key=f"leave-{key}"):
        return good
    return rows


def _as_said(
    data: bytes | str, known: tuple[str, ...], key: str, *, upload: bool
) -> tuple[CandidateList, bool]:
    """The list as it is to be read: what was guessed, and what somebody says instead. And whether it may be taken."""
    form = _Form(data, known, key, upload)
    guessed = read_candidates(data, known)
    head, across = bool(guessed.heads), guessed.across
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if guessed.width > 1 or guessed.heads or len(guessed.rows) > 1:
            head = st.toggle("The first line is a header", head, key=f"head-{key}")
        if guessed.width > 1:
            box = f"across-{key}"
            across = st.toggle("Every cell is a name", across and not head, key=box, disabled=head)
        encoding = form.encoding(guessed.encoding) if upload else None
    said = read_candidates(data, known, head=head, encoding=encoding, across=across and not head)
    if said.across or said.width < 2:
        return said, True
    return form.with_columns(said, head, encoding)


class _Form(NamedTuple):
    """The boxes about one list."""

    data: bytes | str
    known: tuple[str, ...]
    key: str
    upload: bool

    def encoding(self, guessed: str) -> str:
        """The encoding of an uploaded file."""
        return st.selectbox(
            "Encoding",
            list(ENCODINGS),
            index=list(ENCODINGS).index(guessed),
            key=f"encoding-{self.key}",
            width=170,
            help="Guessed from the file. If names look wrong, choose another.",
        )

    def columns(self, found: CandidateList, head: bool, encoding: str | None) -> list[int]:
        """Which columns make up the name; at first as they were found."""
        return st.multiselect(
            "Name columns",
            range(found.width),
            default=found.columns,
            format_func=lambda place: found.labels[place][:60],
            key=f"name-columns-{self.key}-{head}-{encoding}",
            placeholder="Choose the columns" if found.heads or found.dropped else "As pasted",
            help="Nothing else of the file is read: no address, no number, no demographics.",
        )

    def with_columns(
        self, found: CandidateList, head: bool, encoding: str | None
    ) -> tuple[CandidateList, bool]:
        """The same list with the name read from the columns that somebody chose."""
        chosen = self.columns(found, head, encoding)
        if not chosen and (why := _why_columns(found)):
            st.warning(why, icon=":material/help:")
            return found._replace(rows=() if found.heads else found.rows), False
        if tuple(chosen) == found.columns:
            return found, True
        read = read_candidates(self.data, self.known, chosen, head=head, encoding=encoding, across=False)
        return read, True


def _why_columns(found: CandidateList) -> str | None:
    """Why the columns of the name have to be chosen; None where the list can do without."""
    if found.heads:
        return "No name column found. Choose the column or columns that make up the name."
    if found.dropped:
        return (
            f"In {count(len(found.dropped), 'line')} more than one cell may be a name. Choose the name "
            "columns, or switch on “Every cell is a name”."
        )
    return None


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
