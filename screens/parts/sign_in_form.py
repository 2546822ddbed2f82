"""The form in which somebody says who they are."""

from __future__ import annotations

import streamlit as st

from scorecards.model import Person


def sign_in_form(people: tuple[Person, ...]) -> Person | str | None:
    """Who was chosen, or the name that was entered; None while nobody has answered."""
    with st.form("sign-in", border=True):
        chosen = None
        if people:
            chosen = st.selectbox(
                "Who are you?",
                people,
                index=None,
                format_func=lambda person: person.name,
                placeholder="Choose your name",
            )
        name = st.text_input(
            "Or enter your name" if people else "Enter your name", max_chars=200, placeholder="Ana Example"
        ).strip()
        sent = st.form_submit_button("Start", type="primary")
    st.caption("Local mode: whoever can open this address can be anybody. Keep it on this machine.")
    if sent and not name and chosen is None:
        st.error("Choose a name from the list or enter yours.")
    return (name or chosen) if sent else None
