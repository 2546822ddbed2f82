"""All rounds: open one, add one, bring one in."""

from __future__ import annotations

import streamlit as st

from interview_kit.screens import places
from interview_kit.screens.parts.head import head, problem
from interview_kit.screens.parts.import_form import who_is_who
from interview_kit.screens.parts.text import count, day, plain
from interview_kit.screens.parts.unreadable import unreadable_rounds
from question_bank import load_bank
from scorecards.documents import BundleError, read_round_bundle
from scorecards.interviewing.offline import OfflineError, is_assignment
from scorecards.record.demo import demo_record
from scorecards.record.frozen import missing_words, not_here
from scorecards.store import NotAllowedError, NotFoundError

from .here import Here


def overview(here: Here) -> None:
    """All rounds; where there is none, what to do first."""
    head("Rounds", here.person)
    lines = here.store.lists.rounds(here.person.id)
    rounds = [line.round for line in lines]
    if not rounds:
        st.markdown(
            "A round is one push to fill one opening: its candidates, its interviewers, its questions."
        )
        with st.container(horizontal=True):
            if st.button("Try the demo round", type="primary", icon=":material/play_arrow:"):
                add_demo(here)
            if st.button("Create a round", icon=":material/add:"):
                places.go("rounds", round="new")
    for number, (round_, candidates, due) in enumerate(lines):
        with st.container(
            border=True, horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
        ):
            demo = " :orange-badge[Demo]" if round_.demo else ""
            demo += " :gray-badge[Closed]" if round_.state == "closed" else ""
            demo += " :violet-badge[Imported]" if round_.imported else ""
            st.markdown(
                f"**{plain(round_.name[:120])}**{demo}  \n:gray[{count(candidates, 'candidate')} · "
                f"{count(due, 'scorecard')} due · {day(round_.created_at)}]",
                width="content",
            )
            with st.container(horizontal=True, width="content"):
                if st.button("Open", key=f"open-{round_.id}", type="secondary" if number else "primary"):
                    places.go("rounds", round=round_.id)
                if st.button("Compare", key=f"compare-{round_.id}"):
                    places.go("compare", round=round_.id)
    if rounds:
        with st.container(horizontal=True):
            if st.button("Create a round", icon=":material/add:"):
                places.go("rounds", round="new")
            if not any(round_.demo for round_ in rounds) and st.button("Add the demo round"):
                add_demo(here)
    unreadable_rounds(here.store.lists.unreadable(here.person.id), here.person, here.store)
    import_form(here)


def add_demo(here: Here) -> None:
    """Add the demo round; the person who asks for it leads it."""
    record = demo_record(load_bank(), lead=here.person)
    here.store.imports.add(record, here.person.id)
    places.go("rounds", round=record.round.id)


def import_form(here: Here) -> None:
    """A round from its JSON export."""
    with st.expander("Import a round from its JSON export, or an assignment", icon=":material/upload_file:"):
        file = st.file_uploader("JSON export", type="json", label_visibility="collapsed")
        if file is None:
            return
        try:
            if is_assignment(file.getvalue()):
                if st.button("Import"):
                    taken = here.store.offline.take(file.getvalue(), here.person.id)
                    told_what_is_missing(here, taken)
                    places.go("rounds", round=taken)
                return
            record = read_round_bundle(file.getvalue())
            who = who_is_who(here.person, record, here.store.imports.people(record))
            if st.button("Import"):
                places.go("rounds", round=here.store.imports.take(here.person.id, record, who).id)
        except (BundleError, OfflineError) as error:
            problem([str(error)])
        except NotAllowedError as error:
            problem(error.reasons)


def told_what_is_missing(here: Here, round_id: str) -> None:
    """Say on the next page which of the assignment's competencies are not in the rubrics here."""
    try:
        plans = [one.plan for one in here.store.rounds.record(here.person.id, round_id).interviews]
    except NotFoundError:
        # Taken in for somebody else, who will see it; the next page says that it is not this person's.
        return
    if words := missing_words(not_here(plans, here.bank.rubrics)):
        st.session_state["missing-words"] = words
