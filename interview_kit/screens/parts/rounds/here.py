"""For whom a round is drawn, and what its pieces share."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from question_bank import Bank
from scorecards.record import rules
from scorecards.record.model import Person, Round
from scorecards.store import Store


class Here(NamedTuple):
    """Who looks, at which store, with which questions."""

    person: Person
    store: Store
    bank: Bank


def all_rounds() -> None:
    st.session_state.pop("last-round", None)
    st.switch_page("rounds.py", query_params={})


def may_edit(here: Here, round_: Round) -> bool:
    """Whether this person sets the round up, and it is not closed."""
    return not (rules.why_not_lead(round_, here.person.id) or rules.why_not_change(round_))
