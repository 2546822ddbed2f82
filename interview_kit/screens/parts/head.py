"""The line on top of every page: where one is, and who one is."""

from __future__ import annotations

import streamlit as st

from scorecards.record.model import Person

from .text import plain


def head(title: str, person: Person, note: str = "") -> None:
    """The page's title on the left, who is signed in on the right."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"## {plain(title)}", width="content")
        st.markdown(
            f":material/person: {plain(person.name[:40])}", width="content", help="You work as this person."
        )
    if note:
        st.caption(note)


def problem(reasons: list[str] | tuple[str, ...]) -> None:
    """Why something was refused, one reason a line."""
    st.error("\n".join(f"- {plain(reason)}" for reason in reasons), icon=":material/block:")
