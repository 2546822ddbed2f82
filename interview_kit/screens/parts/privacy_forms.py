"""People's data in a round: end date, legal hold, names behind codes, one candidate's access pack and erasure."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from interview_kit.screens.parts.attempt import attempt
from interview_kit.screens.parts.choose import choose_one
from interview_kit.screens.parts.confirm import asked_twice, typed_out
from interview_kit.screens.parts.downloads import file_word
from interview_kit.screens.parts.head import problem
from interview_kit.screens.parts.reasoned import reasoned
from interview_kit.screens.parts.text import count, plain
from rubrics import Rubrics
from scorecards.documents.formats import ACCESS_PACK, FORMATS, Source
from scorecards.record.model import Person, Round, RoundRecord
from scorecards.record.name_finder import NOT_LOOKED_FOR
from scorecards.store import NotAllowedError, Store
from scorecards.store.privacy import Erasure, looked_for


def privacy_forms(store: Store, person: Person, record: RoundRecord, rubrics: Rubrics) -> None:
    """For the round's lead, in a closed round too."""
    end_form(store, person, record)
    if record.candidates:
        candidate_form(store, person, record, rubrics)
    if record.round.anonymous:
        names_form(store, person, record)


def end_form(store: Store, person: Person, record: RoundRecord) -> None:
    """From when on the round may be deleted, and why it is kept nevertheless; open while a hold is set."""
    round_ = record.round
    with st.expander(
        "End date and legal hold", icon=":material/event_busy:", expanded=bool(round_.legal_hold)
    ):
        st.markdown(
            "From the end date on, an administrator's purge deletes the round with everything in it. "
            "A legal hold keeps it whatever the date."
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            day = st.date_input("End date", round_.purge_on, key="purge-on", width=200)
            if st.button("Save the end date"):
                wanted = day if isinstance(day, date) else None
                attempt(lambda: store.privacy.set_purge(person.id, round_.id, wanted))
        if round_.legal_hold:
            hold_in_force(store, person, round_)
        else:
            set_hold(store, person, round_)


def hold_in_force(store: Store, person: Person, round_: Round) -> None:
    """Why the round is on hold, and the way to end that."""
    st.info(f"On hold: {plain(round_.legal_hold)}", icon=":material/gavel:")
    lost = "The hold kept the round past any end date. Once it is lifted, a purge may delete the round."
    if asked_twice("Lift the hold", lost, "lift-hold"):
        attempt(lambda: lift_hold(store, person, round_))


def lift_hold(store: Store, person: Person, round_: Round) -> None:
    """Take the hold away, and say on the next drawing that it is gone."""
    store.privacy.hold(person.id, round_.id, "")
    st.session_state["notice"] = "The legal hold is lifted."


def set_hold(store: Store, person: Person, round_: Round) -> None:
    """Keep the round whatever its end date, with a reason."""
    reason = reasoned("Why it must be kept", "Set a legal hold", "hold", placeholder="A claim is pending")
    if reason is not None and not reason.strip():
        problem(["Say why it must be kept."])
    elif reason is not None:
        attempt(lambda: store.privacy.hold(person.id, round_.id, reason))


def candidate_form(store: Store, person: Person, record: RoundRecord, rubrics: Rubrics) -> None:
    """What one candidate may ask for: what is held, and that it is deleted."""
    with st.expander("A candidate's request", icon=":material/badge:"):
        chosen = choose_one("Candidate", {one.id: one.called() for one in record.by_code}, "request-of")
        if chosen is None:
            return
        access, erasure = st.tabs(["What is held", "Erase"])
        with access:
            access_form(store, person, record, chosen, rubrics)
        with erasure:
            erase_form(store, person, chosen)


def access_form(store: Store, person: Person, record: RoundRecord, chosen: str, rubrics: Rubrics) -> None:
    """The candidate's pack as files; other people are masked in it."""
    st.markdown(
        "Everything recorded about the candidate. Interviewers go by number, other candidates are masked. "
        "A name that is an everyday word (Will, May) is masked wherever it is."
    )
    st.caption(f"Read it before you hand it over. Not looked for: {'; '.join(NOT_LOOKED_FOR)}.")
    if not st.button("Make the access pack", key="make-pack"):
        return
    try:
        masked = store.privacy.access_pack(person.id, chosen)
    except NotAllowedError as error:
        problem(error.reasons)
        return
    pack_buttons(Source(masked, lambda: rubrics), chosen, file_word(record.candidate[chosen].code))


def pack_buttons(source: Source, chosen: str, code: str) -> None:
    """The pack in each of its formats."""
    with st.container(horizontal=True):
        for ending, file in ACCESS_PACK.items():
            st.download_button(
                file.label,
                partial(file.make, source, chosen),
                f"access-pack-{code}.{ending}",
                FORMATS[ending].mime,
                on_click="ignore",
                key=f"pack-{ending}",
            )


def erase_form(store: Store, person: Person, chosen: str) -> None:
    """What would go, and the press that deletes it."""
    told = store.privacy.erasure(person.id, chosen)
    st.markdown(
        f"{count(told.interviews, 'interview')} and {count(told.scorecards, 'scorecard')} of {plain(told.code)} "
        "are deleted for good, with every word. Counts and the audit log stay; backups keep theirs until they end."
    )
    for warning in erasure_warnings(told):
        st.warning(warning, icon=":material/person_search:")
    st.caption(f"{looked_for(told)} Not looked for: {'; '.join(NOT_LOOKED_FOR)}.")
    lost = [
        f"{count(told.interviews, 'interview')} with every moment of them",
        f"{count(told.scorecards, 'scorecard')} with every word, drafts of running interviews included",
    ]
    if typed_out("Erase for good", told.code, lost, f"erase-{chosen}", icon=":material/delete:"):
        attempt(lambda: store.privacy.erase(person.id, chosen))


def erasure_warnings(told: Erasure) -> list[str]:
    """Where else in the round the name was found."""
    found = []
    if told.mentioned_in:
        found.append(
            f"The name was also found in {count(told.mentioned_in, 'scorecard')} about others: "
            "ask their authors to amend them first."
        )
    if told.perhaps_in:
        found.append(
            f"The name is also an everyday word. In {count(told.perhaps_in, 'scorecard')} about others it may "
            "mean the candidate."
        )
    if told.mentioned_beside:
        found.append(
            f"It was also found in {told.mentioned_beside} of the votes, decisions and reasons that stay with the round."
        )
    return found


def names_form(store: Store, person: Person, record: RoundRecord) -> None:
    """The names behind the codes, for the lead; looking them up is noted."""
    with st.expander("Names behind the codes", icon=":material/key:"):
        st.caption("Who looks is in the audit log.")
        if st.button("Look the names up", key="look-names"):
            named = store.privacy.names(person.id, record.round.id)
            st.markdown(
                "  \n".join(
                    f"**{plain(one.code)}** {plain(named[one.id])}"
                    for one in record.by_code
                    if one.id in named
                )
            )
