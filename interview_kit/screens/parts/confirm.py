"""What cannot be undone takes two steps: it says what will be lost, and asks again."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from .text import plain


def asked_twice(label: str, lost: str, key: str, *, icon: str | None = None, disabled: bool = False) -> bool:
    """A button, then what it does and a second button; true on the second only."""
    asked = f"{key}-asked"
    if st.button(label, key=key, icon=icon, disabled=disabled):
        st.session_state[asked] = True
    if not st.session_state.get(asked) or disabled:
        return False
    with st.container(border=True):
        st.markdown(f":material/warning: {lost}")
        with st.container(horizontal=True):
            sure = st.button(f"Yes, {label[:1].lower()}{label[1:]}", key=f"{key}-yes")
            kept = st.button("No, keep it", key=f"{key}-no")
    if sure or kept:
        del st.session_state[asked]
    if kept:
        st.rerun()
    return sure


def typed_out(label: str, name: str, lost: Sequence[str], key: str, *, icon: str | None = None) -> bool:
    """A button that works only once the name has been typed next to it; lists what will be lost."""
    st.markdown("\n".join(f"- {plain(line)}" for line in lost))
    with st.form(key, border=False, enter_to_submit=False):
        st.markdown(f"Type **{plain(name)}** to confirm.")
        typed = st.text_input("Its name", key=f"{key}-name")
        pressed = st.form_submit_button(label, icon=icon)
    if pressed and " ".join(typed.split()) != " ".join(name.split()):
        st.error("The name doesn't match. Nothing was deleted.", icon=":material/block:")
        return False
    return pressed
