"""A round, a candidate, a scorecard as files: what this viewer may see, made when the button is pressed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Literal

import streamlit as st

from rubrics import Rubrics
from scorecards.documents.formats import CANDIDATE, CARD, FORMATS, ROUND, RoundFile, Source
from scorecards.record.model import RoundRecord, Scorecard

# Receives a file's kind and, for a candidate or a scorecard, whose it is, before the file is made; may refuse.
Made = Callable[[str, str | None], None]


def round_downloads(record: RoundRecord, rubrics: Rubrics, made: Made) -> None:
    """The round as files."""

    def of_round(kind: str) -> None:
        made(kind, None)

    source, name = Source(record, lambda: rubrics), f"round-{record.round.id}"
    with st.popover("Export", icon=":material/download:"):
        for ending, file in ROUND.items():
            if file.save:
                _set_first(file, source, f"{name}.{ending}", of_round)
            else:
                _button(file.label, partial(file.make, source), f"{name}.{ending}", of_round)


def _set_first(file: RoundFile, source: Source, name: str, made: Callable[[str], None]) -> None:
    """What takes a moment is set first, with a bar, and then saved."""
    if not st.button(file.label, width="stretch", key="set-packet"):
        return
    bar = st.progress(0.0, "Setting the pages")

    def tell(done: int, total: int) -> None:
        bar.progress(done / total, f"Setting the pages: {done} of {total}")

    data = file.make(replace(source, progress=tell))
    bar.empty()
    _button(file.save, lambda: data, name, made, "primary")


def candidate_downloads(record: RoundRecord, candidate_id: str, rubrics: Rubrics, made: Made) -> None:
    """One candidate's packet."""

    def of_candidate(kind: str) -> None:
        made(f"packet.{kind}", candidate_id)

    source = Source(record, lambda: rubrics)
    name = f"candidate-{file_word(record.candidate[candidate_id].code)}-{_short(candidate_id)}"
    with st.popover("Keep as a file", icon=":material/download:"):
        for ending, file in CANDIDATE.items():
            make = partial(file.make, source, candidate_id)
            _button(file.label, make, f"{name}.{ending}", of_candidate)


def card_downloads(record: RoundRecord, card: Scorecard, rubrics: Rubrics, made: Made) -> None:
    """One scorecard."""

    def of_card(kind: str) -> None:
        made(f"scorecard.{kind}", card.id)

    source = Source(record, lambda: rubrics)
    name = f"scorecard-{file_word(record.candidate[card.candidate_id].code)}-{_short(card.id)}"
    with st.container(horizontal=True, gap="small"):
        for ending, file in CARD.items():
            make = partial(file.make, source, card)
            _button(file.label, make, f"{name}.{ending}", of_card, "tertiary")


def json_download(
    label: str,
    data: bytes | Callable[[], bytes],
    name: str,
    *,
    key: str | None = None,
    kind: Literal["primary", "secondary"] = "secondary",
) -> None:
    """A JSON file that the kit itself reads again, or that somebody mends by hand."""
    st.download_button(label, data, name, "application/json", on_click="ignore", key=key, type=kind)


def file_word(text: str) -> str:
    """What of a text may stand within a file's name: a code of the kit stays as it is, a foreign one is cleaned."""
    return re.sub(r"[^A-Za-z0-9-]+", "-", text)[:40].strip("-") or "x"


def _short(identity: str) -> str:
    """Six characters that tell files of this id from others; no name is in them."""
    return hashlib.sha256(identity.encode()).hexdigest()[:6]


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
        FORMATS[ending].mime,
        on_click="ignore",
        width="content" if kind == "tertiary" else "stretch",
        key=f"save-{file}",
        type=kind,  # type: ignore[arg-type]
    )
