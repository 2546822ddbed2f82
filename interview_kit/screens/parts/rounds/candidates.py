"""A round's candidates: how far each is, and the way to add more."""

from __future__ import annotations

from functools import partial

import streamlit as st

from interview_kit.screens import places
from interview_kit.screens.parts.attempt import attempt
from interview_kit.screens.parts.candidate_form import candidate_input
from interview_kit.screens.parts.head import problem
from interview_kit.screens.parts.name_forms import candidate_name_form
from interview_kit.screens.parts.own_cards import stage_of
from interview_kit.screens.parts.round_view import progress, status_mark
from interview_kit.screens.parts.text import plain
from scorecards.record.model import Candidate, RoundRecord
from scorecards.record.timeline import STAGES

from .here import Here, may_edit


def candidate_list(here: Here, record: RoundRecord) -> None:
    """Every candidate with the state of every scorecard, and the way to add more."""
    done = progress(record)
    for candidate in record.by_code:
        with st.container(border=True):
            st.markdown(f"**{plain(candidate.called(120))}** :gray[{done[candidate.id]}]")
            _states(record, candidate)
            with st.container(horizontal=True):
                _own_interviews(here, record, candidate)
                if may_edit(here, record.round):
                    rename = partial(here.store.names.rename_candidate, here.person.id, candidate.id)
                    candidate_name_form(candidate, record.round.anonymous, rename, attempt)
    if not record.candidates:
        st.info("No candidate yet. Paste their names below.")
    if may_edit(here, record.round):
        with st.expander("Add candidates", icon=":material/person_add:", expanded=not record.candidates):
            _add(here, record)


def _states(record: RoundRecord, candidate: Candidate) -> None:
    """The state of each of the candidate's scorecards."""
    lines = [
        f"{status_mark(status)} {plain(record.person[status.interviewer_id].name)} "
        f":gray[{plain(record.interview[status.interview_id].plan.name)}]"
        for status in record.statuses_of(candidate.id)
    ]
    st.markdown(" &nbsp; ".join(lines) or ":gray[No interview yet: give the interviews an interviewer.]")


def _own_interviews(here: Here, record: RoundRecord, candidate: Candidate) -> None:
    """The way to each interview with the candidate that the viewer still owes."""
    if record.round.state == "closed":
        return
    for status in record.statuses_of(candidate.id):
        if not status.due or status.interviewer_id != here.person.id:
            continue
        name = record.interview[status.interview_id].plan.name
        step = stage_of(record, status)
        far = "" if step == "not_begun" else f" ({STAGES[step]})"
        if st.button(f"Interview: {plain(name)}{far}", key=f"own-{status.card_id}", icon=":material/mic:"):
            places.go("submit" if step == "to_finish" else "interview", card=status.card_id)


def _add(here: Here, record: RoundRecord) -> None:
    """The box for more names; in a round of codes the store alone knows who is like them."""
    round_ = record.round
    if round_.anonymous:
        like = partial(here.store.names.candidates_like, here.person.id, round_.id)
        rows = candidate_input("Names", (), like)
    else:
        rows = candidate_input("Names", tuple(one.name for one in record.candidates), None)
    faults = [f"Line {row.line}: {row.fault}" for row in rows if row.fault]
    if not st.button("Add", type="primary", disabled=not rows):
        return
    if faults:
        problem(faults)
    else:
        names = [row.name for row in rows]
        attempt(lambda: here.store.candidates.add(here.person.id, round_.id, names))
