"""Who you are. Without a provider one chooses or enters a name; there is no password then."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from interview_kit import wiring
from interview_kit.screens import places, signed_in
from interview_kit.screens.parts.head import head, problem
from interview_kit.screens.parts.name_forms import name_form
from interview_kit.screens.parts.text import plain
from scorecards.store import NotAllowedError


def corrected(name: str) -> None:
    """Correct your own name, here and for everyone."""
    try:
        renamed = wiring.store().names.rename_person(person.id, person.id, name)
    except NotAllowedError as error:
        problem(error.reasons)
        return
    signed_in.keep_name(renamed)
    st.rerun()


def at_once(act: Callable[[], object]) -> None:
    """What it refuses it says itself."""
    act()


person = signed_in.viewer()
head("Who you are", person)
st.markdown(f"You work as **{plain(person.name)}**. Every scorecard you fill is yours under this name.")
if st.button("Sign out", icon=":material/logout:"):
    signed_in.sign_out(person)
    if not wiring.settings().signs_in:
        st.rerun()
if wiring.settings().signs_in:
    st.caption("Signing out ends every tab of this browser. Elsewhere you stay signed in.")
else:
    st.markdown("#### Work as somebody else")
    if signed_in.ask_who():
        places.go("rounds")
with st.expander("Correct your name", icon=":material/edit:"):
    name_form("Your name, as others see it", person.name, "own", corrected, at_once)
