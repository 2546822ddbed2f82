"""Rounds: create one, fill it with candidates and interviewers, see whether it looks often enough."""

from __future__ import annotations

import streamlit as st

from interview_kit import wiring
from interview_kit.screens import signed_in
from interview_kit.screens.parts.rounds.creation import creation
from interview_kit.screens.parts.rounds.here import Here
from interview_kit.screens.parts.rounds.one_round import one_round
from interview_kit.screens.parts.rounds.overview import overview
from interview_kit.screens.parts.text import plain

here = Here(signed_in.viewer(), wiring.store(), wiring.bank())
if notice := st.session_state.pop("notice", None):
    st.toast(plain(notice))
if missing := st.session_state.pop("missing-words", None):
    st.warning(plain(missing), icon=":material/menu_book:")
# Pressing 'Rounds' in the menu means the list: only the address says which round.
which = st.query_params.get("round")
if which == "new":
    creation(here)
elif which:
    one_round(here, which[:64])
else:
    overview(here)
