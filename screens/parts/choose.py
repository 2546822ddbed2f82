"""Which round a page is about, where the address does not say."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from scorecards.model import Round


def choose_round(rounds: Sequence[Round], wanted: str | None) -> Round | None:
    """The wanted round, else the newest; a box to change it. None where there is no round."""
    if not rounds:
        st.info("There is no round yet. Create one on the Rounds page, or try the demo round there.")
        return None
    ids = [round_.id for round_ in rounds]
    if len(rounds) == 1:
        return rounds[0]
    place = ids.index(wanted) if wanted in ids else 0
    return st.selectbox(
        "Round",
        rounds,
        index=place,
        format_func=lambda r: r.name[:80] + (" (imported)" if r.imported else ""),
        label_visibility="collapsed",
        width=420,
    )
