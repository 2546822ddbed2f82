"""The form in which somebody says who they are."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from scorecards.record.model import Person

from .text import plain


def provider_form(refused: Sequence[str]) -> bool:
    """The way to the sign-in's provider, and why somebody is not let in; true once they want to go there."""
    for reason in refused:
        st.warning(plain(reason), icon=":material/lock:")
    pressed = st.button("Sign in", type="primary", icon=":material/login:")
    st.caption("You sign in where your company has you sign in, and come back here.")
    return pressed


def sign_in_form(people: tuple[Person, ...]) -> Person | str | None:
    """Who was chosen, or the name that was entered; None while nobody has answered."""
    with st.form("sign-in", border=True):
        chosen = _known_name(people) if people else None
        name = st.text_input(
            "Or enter your name" if people else "Enter your name", placeholder="Ana Example"
        ).strip()
        sent = st.form_submit_button("Start", type="primary")
    st.caption("Local mode: anyone who can open this address can be anybody. Keep it on this machine.")
    if sent and not name and chosen is None:
        st.error("Choose a name from the list or enter yours.")
    return (name or chosen) if sent else None


def _known_name(people: tuple[Person, ...]) -> Person | None:
    return st.selectbox(
        "Who are you?",
        people,
        index=None,
        format_func=lambda person: person.name,
        key="who-are-you",
        placeholder="Choose your name",
    )
