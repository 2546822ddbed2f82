"""A round's interviews: their plan, and who holds them."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from interview_kit.screens.parts.attempt import attempt
from interview_kit.screens.parts.head import problem
from interview_kit.screens.parts.round_view import plan_table
from interview_kit.screens.parts.text import plain
from question_bank import InterviewPlan, Slot, plan_interview
from scorecards.record.frozen import as_recorded, profile_of
from scorecards.record.model import Round, RoundRecord, RoundSlot
from scorecards.store import new_id

from .here import Here, may_edit


def interviews(here: Here, record: RoundRecord) -> None:
    """The interviews that every candidate sits: plan and interviewers; one more where looks are missing."""
    round_ = record.round
    names = {p.id: p.name for p in record.people}
    for slot in round_.slots:
        with st.container(border=True):
            what, who = st.columns([3, 2])
            with what:
                st.markdown(
                    f"**{plain(slot.plan.name)}** :gray[{slot.plan.planned_minutes} of {slot.plan.minutes} min planned]"
                )
                plan_table(slot.plan, as_recorded(record, here.bank.rubrics))
            with who:
                interviewers_box(here, record, slot, names)
    if may_edit(here, round_):
        with st.popover("Add an interview", icon=":material/add:"):
            add_interview(here, record, names)


def interviewers_box(here: Here, record: RoundRecord, slot: RoundSlot, names: Mapping[str, str]) -> None:
    """Who holds this interview; the lead sets it."""
    leads = may_edit(here, record.round)
    chosen = st.multiselect(
        "Interviewers",
        list(record.round.panel_ids),
        default=list(slot.interviewer_ids),
        format_func=lambda key: names.get(key, "?"),
        key=f"who-{slot.id}",
        disabled=not leads,
    )
    changed = leads and tuple(chosen) != slot.interviewer_ids
    if changed and st.button("Apply", key=f"apply-{slot.id}"):
        attempt(lambda: assign(here, record, slot, tuple(chosen)))


def add_interview(here: Here, record: RoundRecord, names: Mapping[str, str]) -> None:
    """One more interview for every candidate, from those that the content files describe."""
    round_ = record.round
    slots = {f"{loop.name}: {slot.name}": slot for loop in here.bank.loops for slot in loop.slots}
    if not slots or not round_.panel_ids:
        st.info("The content files have no interviews." if not slots else "No one is on the panel yet.")
        return
    wanted = slots[st.selectbox("Which", list(slots), key="add-which")]
    interviewer = st.selectbox(
        "By whom", list(round_.panel_ids), format_func=lambda key: names.get(key, "?"), key="add-by"
    )
    if not st.button("Add", type="primary", key="add-slot"):
        return
    plan = planned(here, round_, wanted)
    if not plan.items:
        problem(["No questions are left to ask there: " + "; ".join(plan.uncovered)])
        return
    added = RoundSlot(id=f"{wanted.id}-{new_id()[:6]}", plan=plan, interviewer_ids=(interviewer,))
    attempt(lambda: here.store.seats.add_slot(here.person.id, round_.id, added))


def planned(here: Here, round_: Round, wanted: Slot) -> InterviewPlan:
    """Questions for an interview of this kind, of families and sub-skills that the round does not ask yet."""
    asked = [item.question for slot in round_.slots for item in slot.plan.items]
    return plan_interview(
        here.bank,
        profile_of(round_, here.bank),
        wanted,
        asked_families={question.family for question in asked},
        asked_subskills={question.subskill for question in asked},
    )


def assign(here: Here, record: RoundRecord, slot: RoundSlot, chosen: tuple[str, ...]) -> None:
    """Set who holds this interview, for candidates to come and wherever nothing is recorded yet."""
    kept = here.store.seats.set_interviewers(here.person.id, record.round.id, slot.id, chosen)
    if kept:
        st.session_state["notice"] = f"Recorded already, left as they are: {', '.join(kept)}."
