"""A new round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import streamlit as st
from pydantic import ValidationError

from interview_kit.screens import places
from interview_kit.screens.parts.attempt import faults_of
from interview_kit.screens.parts.candidate_form import candidate_input
from interview_kit.screens.parts.head import head, problem
from interview_kit.screens.parts.newcomers import newcomers, newcomers_asked, newcomers_like
from interview_kit.screens.parts.text import plain
from question_bank import CONDITIONS, Bank, Condition, LoopTemplate, Profile
from scorecards.record.candidate_import import CandidateRow
from scorecards.record.model import Person
from scorecards.record.setup import new_round
from scorecards.store import NotAllowedError, new_id

from .here import Here

USUAL_PROFILE = "generalist"
USUAL_LOOPS = ("founder-screen", "core-loop")


class Wanted(NamedTuple):
    """What was chosen for a new round; `asked` answers whom a new name means."""

    name: str
    profile: Profile
    loops: list[LoopTemplate]
    panel: list[str]
    more: str
    asked: Mapping[str, Person | str | None]
    condition: Condition | None

    def faults(self, rows: Sequence[CandidateRow]) -> list[str]:
        """What is still to be filled in."""
        faults = [] if self.name.strip() else ["Name the opening."]
        faults += [] if self.loops else ["Choose at least one interview."]
        faults += [] if self.panel or self.more.strip() else ["Name at least one interviewer."]
        return faults + [f"Line {row.line}: {row.fault}" for row in rows if row.fault]


def creation(here: Here) -> None:
    """One form: what for, which loop, who interviews, whom."""
    head("New round", here.person, "Weights, floors and blindness are fixed once a scorecard is submitted.")
    left, right = st.columns(2, gap="large")
    with left:
        name = st.text_input("Opening", placeholder="Senior Python AI engineer, autumn")
        profile = _profile(here.bank)
        loops = _loops(here.bank, profile)
        wanted = Wanted(name, profile, loops, *_panel(here), condition=_condition())
    with right:
        rows = candidate_input("Candidates")
    if st.button("Create the round", type="primary", icon=":material/add:"):
        if faults := wanted.faults(rows):
            problem(faults)
        elif round_id := _created(here, wanted, [row.name for row in rows]):
            places.go("rounds", round=round_id)


def _profile(bank: Bank) -> Profile:
    known = [profile.id for profile in bank.profiles]
    usual = known.index(USUAL_PROFILE) if USUAL_PROFILE in known else 0
    return st.selectbox(
        "Profile",
        bank.profiles,
        index=usual,
        format_func=lambda p: p.name,
        help=plain(bank.profiles[usual].about),
        key="new-profile",
    )


def _loops(bank: Bank, profile: Profile) -> list[LoopTemplate]:
    loops = [bank.loop(key) for key in profile.loops]
    return st.multiselect(
        "Interviews",
        loops,
        default=[loop for loop in loops if loop.id in USUAL_LOOPS],
        format_func=lambda loop: loop.name,
        help="  \n".join(f"**{plain(loop.name)}**: {plain(loop.about)}" for loop in loops),
        key=f"new-loops-{profile.id}",
    )


def _condition() -> Condition | None:
    """How the interviews are held; each can be changed while it is prepared."""
    choices: list[Condition | None] = [None, *CONDITIONS]
    return st.selectbox(
        "How the interviews are held",
        choices,
        format_func=lambda key: CONDITIONS[key].name if key else "Not said yet",
        key="new-condition",
    )


def _panel(here: Here) -> tuple[list[str], str, Mapping[str, Person | str | None]]:
    """Who interviews: people known here, names of others, and whom those mean."""
    people = {p.id: p for p in here.store.people.all()}
    # With a key, so that the choice survives when someone else adds a name.
    panel = st.multiselect(
        "Interviewers",
        list(people),
        default=[here.person.id],
        format_func=lambda key: people[key].name,
        key="new-panel",
    )
    more = st.text_input("Interviewers not known here yet", placeholder=newcomers_like())
    return panel, more, newcomers_asked(more, "panel")


def _created(here: Here, wanted: Wanted, candidates: list[str]) -> str | None:
    """The new round's id; None where it is refused, which the page then says."""
    try:
        panel = list(dict.fromkeys([*wanted.panel, *newcomers(wanted.more, wanted.asked)]))
        loops = [loop.id for loop in wanted.loops]
        profile = wanted.profile.id
        round_ = new_round(
            new_id(),
            wanted.name,
            here.person.id,
            here.bank,
            profile,
            loops,
            panel,
            condition=wanted.condition,
        )
        here.store.rounds.create(here.person.id, round_, candidates)
    except ValidationError as error:
        problem(faults_of(error))
    except NotAllowedError as error:
        problem(error.reasons)
    except ValueError as error:
        problem([str(error)])
    else:
        return round_.id
    return None
