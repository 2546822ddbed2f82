"""Addresses are typed, shortened and kept for months: one that leads nowhere says so, and offers the way."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, NoReturn

import streamlit as st

Thing = Literal["round", "candidate", "interview", "question", "card"]
NAMES: dict[Thing, str] = {
    "round": "round",
    "candidate": "candidate",
    "interview": "interview",
    "question": "question",
    "card": "scorecard",
}
LONGEST = 64


def asked_for(thing: Thing) -> str | None:
    """What the address of this page names, which is untrusted text; None where it names nothing."""
    value = st.query_params.get(thing)
    return value[:LONGEST] if value else None


def leads_nowhere(thing: Thing, known: Collection[str]) -> bool:
    """Whether the address names something that is not among these."""
    wanted = asked_for(thing)
    return wanted is not None and wanted not in known


def say_where_to_go(thing: Thing, page: str, label: str, **parameters: str) -> NoReturn:
    """The address is of nothing here. Nothing else is shown in its place; a press leads on."""
    st.session_state.pop(f"last-{thing}", None)
    st.warning(
        f"This address leads to no {NAMES[thing]} that you can see here. It may have been deleted, belong to "
        "another round, or not be yours to see.",
        icon=":material/link_off:",
    )
    if st.button(label, type="primary", icon=":material/arrow_forward:", key=f"way-{thing}"):
        st.switch_page(f"{page}.py", query_params=parameters)
    st.stop()
