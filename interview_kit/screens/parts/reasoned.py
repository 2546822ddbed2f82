"""A reason and the press that acts on it, sent together: no press is lost to a field that was just left."""

from __future__ import annotations

import streamlit as st


def reasoned(
    label: str, button: str, key: str, *, placeholder: str | None = None, primary: bool = False
) -> str | None:
    """The reason when the button is pressed, blank if none was typed (the store says so then); else None."""
    with st.form(key, border=False, enter_to_submit=False):
        reason = st.text_input(label, placeholder=placeholder, key=f"{key}-reason")
        pressed = st.form_submit_button(button, type="primary" if primary else "secondary")
    return reason if pressed else None
