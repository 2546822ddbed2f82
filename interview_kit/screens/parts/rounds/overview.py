"""All rounds: open one, add one, bring one in."""

from __future__ import annotations

import streamlit as st

from interview_kit import wiring
from interview_kit.screens import places
from interview_kit.screens.parts.head import head, problem
from interview_kit.screens.parts.import_form import who_is_who
from interview_kit.screens.parts.text import count, day, plain
from interview_kit.screens.parts.unreadable import unreadable_rounds
from question_bank import load_bank
from scorecards.documents import BundleError, read_round_bundle
from scorecards.interviewing.offline import OfflineError, is_assignment, person_of_assignment
from scorecards.record.demo import demo_record
from scorecards.record.frozen import missing_words, not_here
from scorecards.record.model import RoundHead
from scorecards.store import NotAllowedError
from scorecards.store.lists import InList

from .here import Here


def overview(here: Here) -> None:
    """All rounds; where there is none, what to do first."""
    head("Rounds", here.person)
    lines = here.store.lists.rounds(here.person.id)
    if not lines:
        first_steps(here)
    for number, line in enumerate(lines):
        round_line(line, first=number == 0)
    if lines:
        with st.container(horizontal=True):
            create_button()
            if not any(line.round.demo for line in lines) and st.button("Add the demo round"):
                add_demo(here)
    unreadable_rounds(here.store.lists.unreadable(here.person.id), here.person, here.store)
    import_form(here)


def first_steps(here: Here) -> None:
    """What a round is, and how to come to one."""
    st.markdown("A round is one push to fill one opening: its candidates, its interviewers, its questions.")
    with st.container(horizontal=True):
        if st.button("Try the demo round", type="primary", icon=":material/play_arrow:"):
            add_demo(here)
        create_button()


def create_button() -> None:
    if st.button("Create a round", icon=":material/add:"):
        places.go("rounds", round="new")


def round_line(line: InList, *, first: bool) -> None:
    """A round's name, what is in it, and the ways into it."""
    round_ = line.round
    with st.container(
        border=True, horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.markdown(
            f"**{plain(round_.name[:120])}**{badges(round_)}  \n:gray[{count(line.candidates, 'candidate')} · "
            f"{count(line.due, 'scorecard')} due · {day(round_.created_at)}]",
            width="content",
        )
        with st.container(horizontal=True, width="content"):
            if st.button("Open", key=f"open-{round_.id}", type="primary" if first else "secondary"):
                places.go("rounds", round=round_.id)
            if st.button("Compare", key=f"compare-{round_.id}"):
                places.go("compare", round=round_.id)


def badges(round_: RoundHead) -> str:
    """What a round is besides open, in Markdown."""
    demo = " :orange-badge[Demo]" if round_.demo else ""
    closed = " :gray-badge[Closed]" if round_.state == "closed" else ""
    return demo + closed + (" :violet-badge[Imported]" if round_.imported else "")


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
        take = take_assignment if is_assignment(file.getvalue()) else take_round
        try:
            take(here, file.getvalue())
        except (BundleError, OfflineError) as error:
            problem([str(error)])
        except NotAllowedError as error:
            problem(error.reasons)


def take_round(here: Here, data: bytes) -> None:
    """Ask who is who in the file, take the round in once it is pressed, and open it."""
    record = read_round_bundle(data)
    who = who_is_who(here.person, record, here.store.imports.people(record))
    if st.button("Import"):
        places.go("rounds", round=here.store.imports.take(here.person.id, record, who).id)


def take_assignment(here: Here, data: bytes) -> None:
    """Take the assignment in once it is pressed, and open it; where it is another person's, say whose it is."""
    if not st.button("Import"):
        return
    round_id = here.store.offline.take(data, here.person.id)
    whose = person_of_assignment(data)
    if whose != here.person.id:
        anothers_assignment(here, whose)
        return
    told_what_is_missing(here, round_id)
    places.go("rounds", round=round_id)


def anothers_assignment(here: Here, whose: str) -> None:
    """For whom it was taken in, by the name that they have here, and how they come to it."""
    name = next(plain(one.name[:80]) for one in here.store.people.all() if one.id == whose)
    way = "" if wiring.settings().signs_in else " To work on it, choose that name under *Who you are*."
    st.info(
        f"This assignment is for **{name}**. It was taken in, and only they see it.{way}",
        icon=":material/person:",
    )


def told_what_is_missing(here: Here, round_id: str) -> None:
    """Say on the next page which of the assignment's competencies are not in the rubrics here."""
    plans = [one.plan for one in here.store.rounds.record(here.person.id, round_id).interviews]
    if words := missing_words(not_here(plans, here.bank.rubrics)):
        st.session_state["missing-words"] = words
