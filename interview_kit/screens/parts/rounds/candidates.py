"""A round's candidates: how far each is, and the way to add more."""

from __future__ import annotations

from functools import partial

import streamlit as st

from interview_kit.screens import session
from interview_kit.screens.parts.candidate_form import candidate_input
from interview_kit.screens.parts.head import problem
from interview_kit.screens.parts.name_forms import candidate_name_form
from interview_kit.screens.parts.own_cards import stage_of
from interview_kit.screens.parts.round_view import progress, status_mark
from interview_kit.screens.parts.text import plain
from scorecards.record.model import RoundRecord
from scorecards.record.timeline import STAGES

from .here import Here, attempt, may_edit


def candidate_list(here: Here, record: RoundRecord) -> None:
    """Every candidate with the state of every scorecard, and the way to add more."""
    done = progress(record)
    closed = record.round.state == "closed"
    for candidate in record.by_code:
        statuses = record.statuses_of(candidate.id)
        with st.container(border=True):
            st.markdown(f"**{plain(candidate.called(120))}** :gray[{done[candidate.id]}]")
            lines = [
                f"{status_mark(status)} {plain(record.person[status.interviewer_id].name)} "
                f":gray[{plain(record.interview[status.interview_id].plan.name)}]"
                for status in statuses
            ]
            st.markdown(
                " &nbsp; ".join(lines) or ":gray[No interview yet: give the interviews an interviewer.]"
            )
            own = [s for s in statuses if s.due and s.interviewer_id == here.person.id and not closed]
            with st.container(horizontal=True):
                for status in own:
                    name = record.interview[status.interview_id].plan.name
                    step = stage_of(record, status)
                    far = "" if step == "not_begun" else f" ({STAGES[step]})"
                    if st.button(
                        f"Interview: {plain(name)}{far}", key=f"own-{status.card_id}", icon=":material/mic:"
                    ):
                        page = "submit" if step == "to_finish" else "interview"
                        session.go(page, card=status.card_id)
                if may_edit(here, record.round):
                    candidate_name_form(
                        candidate,
                        record.round.anonymous,
                        partial(here.store.names.rename_candidate, here.person.id, candidate.id),
                        attempt,
                    )
    if not record.candidates:
        st.info("No candidate yet. Paste their names below.")
    if may_edit(here, record.round):
        with st.expander("Add candidates", icon=":material/person_add:", expanded=not record.candidates):
            coded = record.round.anonymous
            rows = candidate_input(
                "Names",
                () if coded else tuple(c.name for c in record.candidates),
                (lambda names: here.store.names.candidates_like(here.person.id, record.round.id, names))
                if coded
                else None,
            )
            faults = [f"Line {row.line}: {row.fault}" for row in rows if row.fault]
            if st.button("Add", type="primary", disabled=not rows):
                if faults:
                    problem(faults)
                else:
                    attempt(
                        lambda: here.store.candidates.add(
                            here.person.id, record.round.id, [row.name for row in rows]
                        )
                    )
