"""Links get typed, shortened and kept for months: a broken one says so and offers a way forward."""

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
    """What this page's address names (untrusted text); None where it names nothing."""
    value = st.query_params.get(thing)
    return value[:LONGEST] if value else None


def leads_nowhere(thing: Thing, known: Collection[str]) -> bool:
    """Whether the address names something that is not among these."""
    wanted = asked_for(thing)
    return wanted is not None and wanted not in known


def say_where_to_go(thing: Thing, page: str, label: str, **parameters: str) -> NoReturn:
    """Say that the address leads to nothing here, show nothing else instead, and offer a button that leads on."""
    st.session_state.pop(f"last-{thing}", None)
    st.warning(
        f"There is no {NAMES[thing]} at this address that you can see. It may have been deleted, belong to "
        "another round, or not be shared with you.",
        icon=":material/link_off:",
    )
    if st.button(label, type="primary", icon=":material/arrow_forward:", key=f"way-{thing}"):
        st.switch_page(f"{page}.py", query_params=parameters)
    st.stop()
