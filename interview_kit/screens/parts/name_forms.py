"""Correcting names: your own, and a candidate's."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from scorecards.record.model import Candidate

Attempt = Callable[[Callable[[], object]], None]


def name_form(label: str, now: str, key: str, put: Callable[[str], object], attempt: Attempt) -> None:
    """A box with the current name, and the button that corrects it."""
    with st.form(f"rename-{key}", border=False):
        name = st.text_input(label, now, key=f"name-{key}")
        if st.form_submit_button("Correct the name") and name.strip() != now:
            attempt(lambda: put(name))


def candidate_name_form(
    candidate: Candidate, anonymous: bool, put: Callable[[str], object], attempt: Attempt
) -> None:
    """The same for a candidate; in a round of codes without showing the current name."""
    with st.popover("Name", icon=":material/edit:", key=f"rename-candidate-{candidate.id}"):
        if anonymous:
            st.caption("The current name stays hidden.")
        name_form("Name", "" if anonymous else candidate.name, candidate.id, put, attempt)
        st.caption("Once corrected here, the misspelled name is no longer looked for in notes.")
