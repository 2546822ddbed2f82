"""Who you are. Without a provider one chooses or enters a name; there is no password then."""

from __future__ import annotations

import streamlit as st

from screens import wiring
from screens.parts.head import head
from screens.parts.sign_in_form import sign_in_form
from screens.parts.text import plain

person = wiring.viewer()
head("Who you are", person)
st.markdown(f"You work as **{plain(person.name)}**. Every scorecard you fill is yours under this name.")
if st.button("Sign out", icon=":material/logout:"):
    wiring.sign_out(person)
    if not wiring.settings().signs_in:
        st.rerun()
if wiring.settings().signs_in:
    st.caption("Signing out ends every tab of this browser. Elsewhere you stay signed in.")
else:
    st.markdown("#### Work as somebody else")
    if answer := sign_in_form(wiring.store().people()):
        wiring.sign_in(answer)
        wiring.go("rounds")
