"""What cannot be taken back is never one press: it says what goes, and asks again."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from .text import plain


def asked_twice(label: str, lost: str, key: str, *, icon: str | None = None, disabled: bool = False) -> bool:
    """A press, then what it does and a second press; true on the second alone."""
    asked = f"{key}-asked"
    if st.button(label, key=key, icon=icon, disabled=disabled):
        st.session_state[asked] = True
    if not st.session_state.get(asked) or disabled:
        return False
    with st.container(border=True):
        st.markdown(f":material/warning: {lost}")
        with st.container(horizontal=True):
            sure = st.button(f"Yes, {label[:1].lower()}{label[1:]}", key=f"{key}-yes")
            kept = st.button("No, leave it as it is", key=f"{key}-no")
    if sure or kept:
        del st.session_state[asked]
    if kept:
        st.rerun()
    return sure


def typed_out(label: str, name: str, lost: Sequence[str], key: str, *, icon: str | None = None) -> bool:
    """A press that counts only where the name of what goes is typed beside it; says what goes."""
    st.markdown("\n".join(f"- {plain(line)}" for line in lost))
    with st.form(key, border=False, enter_to_submit=False):
        st.markdown(f"Type **{plain(name)}** to say that you mean it.")
        typed = st.text_input("Its name", key=f"{key}-name")
        pressed = st.form_submit_button(label, icon=icon)
    if pressed and " ".join(typed.split()) != " ".join(name.split()):
        st.error("That is not its name: nothing was deleted.", icon=":material/block:")
        return False
    return pressed
