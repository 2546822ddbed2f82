"""One round: its tabs, and what stands on top of them."""

from __future__ import annotations

import streamlit as st

from interview_kit.screens import places
from interview_kit.screens.parts.address import say_where_to_go
from interview_kit.screens.parts.attempt import attempt
from interview_kit.screens.parts.debrief_reading import event_words
from interview_kit.screens.parts.head import head
from interview_kit.screens.parts.import_form import origin
from interview_kit.screens.parts.offline_forms import hand_in_form
from interview_kit.screens.parts.round_view import coverage_matrix
from interview_kit.screens.parts.text import count, day, plain
from scorecards.record import rules
from scorecards.record.frozen import as_recorded
from scorecards.record.model import Round, RoundRecord
from scorecards.record.setup import setup_faults
from scorecards.store import NotFoundError

from .candidates import candidate_list
from .here import Here, all_rounds
from .interviews import interviews
from .settings import settings_form


def one_round(here: Here, round_id: str) -> None:
    """The round: coverage, candidates, interviews, settings."""
    try:
        record = here.store.rounds.record(here.person.id, round_id)
    except NotFoundError:
        head("Rounds", here.person)
        say_where_to_go("round", "rounds", "See my rounds")
    round_ = record.round
    head(round_.name[:120], here.person)
    if round_.demo:
        st.info(
            "A demo round of invented people. Look around; remove it below when you are done.",
            icon=":material/science:",
        )
    origin(record)
    set_up(here, record)
    ways_on(round_id)
    if here.store.offline.assigned_to(here.person.id, round_id) == here.person.id:
        hand_in_form(lambda: here.store.offline.hand_in(here.person.id, round_id))
    tabs(here, record)


def ways_on(round_id: str) -> None:
    """Back to the list, and to the other pages of this round."""
    with st.container(horizontal=True):
        if st.button("All rounds", icon=":material/arrow_back:", type="tertiary"):
            all_rounds()
        if st.button("Prepare", icon=":material/edit_note:"):
            places.go("prepare", round=round_id)
        if st.button("Debrief", icon=":material/forum:"):
            places.go("debrief", round=round_id)
        if st.button("Compare", icon=":material/grid_on:"):
            places.go("compare", round=round_id)


def tabs(here: Here, record: RoundRecord) -> None:
    """What the round consists of, a tab each."""
    candidates, coverage, settings = st.tabs(["Candidates", "Coverage", "Settings"])
    with candidates:
        candidate_list(here, record)
    with coverage:
        st.caption(
            "Minutes planned for each competency. Every must-have needs two different interviewers who are "
            "qualified on it."
        )
        coverage_matrix(record.round, as_recorded(record, here.bank.rubrics))
        interviews(here, record)
    with settings:
        settings_form(here, record)


def set_up(here: Here, record: RoundRecord) -> None:
    """Whether the round is closed or of evidence only, what was done to it, and what it cannot find out."""
    if record.round.state == "closed":
        closed(here, record.round)
    if record.round.evidence_only:
        evidence_only(record.round)
    what_was_done(record)
    what_nobody_scores(here, record)


def closed(here: Here, round_: Round) -> None:
    """That nothing changes, and for its lead the way back."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info("This round is closed: everything in it stays as it is.", icon=":material/lock:")
        if not rules.why_not_lead(round_, here.person.id) and st.button("Open it again"):
            attempt(lambda: here.store.rounds.open(here.person.id, round_.id))


def evidence_only(round_: Round) -> None:
    """Since when, and why."""
    # A round that came in from a file may say nothing of when.
    set_on = [event for event in round_.events if event.what == "evidence_only"]
    since = f" since {day(set_on[-1].at)}" if set_on else ""
    why = f" {plain(set_on[-1].reason)}" if set_on else ""
    st.info(f"Evidence only{since}: nothing is computed about candidates.{why}", icon=":material/visibility:")


def what_was_done(record: RoundRecord) -> None:
    """Who handed the round over, who could read early, and how many candidates were erased."""
    round_ = record.round
    for event in round_.events:
        if event.what == "handed_over":
            who = next((p.name for p in record.people if p.id == event.person_id), "An administrator")
            st.caption(f"Handed over by {plain(who)} on {day(event.at)}: {plain(event.reason)}")
    told = [words for event in round_.events for words in event_words(record, event)]
    if told:
        st.caption("  \n".join(told))
    if round_.erased.candidates:
        st.caption(
            f"{count(round_.erased.candidates, 'candidate')} erased on request, with "
            f"{count(round_.erased.scorecards, 'scorecard')}."
        )


def what_nobody_scores(here: Here, record: RoundRecord) -> None:
    """Must-haves on which nobody qualified will give a level."""
    faults = setup_faults(record.round, {p.id: p.name for p in record.people})
    if not faults:
        return
    names = as_recorded(record, here.bank.rubrics).by_id
    lines = [f"- **{plain(names[fault.competency].name)}**: {plain(fault.reason)}." for fault in faults]
    st.warning(
        "Nobody qualified will score a must-have, so no candidate can be complete:\n" + "\n".join(lines),
        icon=":material/person_off:",
    )
