"""For administrators: every round by name, rounds past their end, who administers, and the audit log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial

import pandas as pd
import streamlit as st

from interview_kit import wiring
from interview_kit.screens import signed_in
from interview_kit.screens.parts.attempt import attempt, attempt_on
from interview_kit.screens.parts.choose import choose_one
from interview_kit.screens.parts.confirm import asked_twice
from interview_kit.screens.parts.head import head, problem
from interview_kit.screens.parts.name_forms import name_form
from interview_kit.screens.parts.reasoned import reasoned
from interview_kit.screens.parts.text import count, plain
from interview_kit.screens.parts.unreadable import unreadable_rounds
from scorecards.documents import safe_cell
from scorecards.store.audit import ACTIONS, Entry
from scorecards.store.office import RoundLine

PAGE = 200


def all_rounds(lines: Sequence[RoundLine]) -> None:
    """Every round: no candidate and no scorecard; a new lead where the old one left."""
    st.caption("An administrator sees that a round is there, and nothing of what is in it.")
    unreadable_rounds(store.lists.unreadable(person.id), person, store)
    if not lines:
        st.info("There is no round yet.")
        return
    rounds_table(lines)
    hand_over_form(lines)


def rounds_table(lines: Sequence[RoundLine]) -> None:
    """Each round's name, lead, state and end, and how many candidates it has."""
    # Streamlit offers every table as CSV, so no cell of one begins like a formula.
    st.dataframe(
        pd.DataFrame(
            {
                "Round": [safe_cell(line.name) for line in lines],
                "Lead": [safe_cell(line.lead) for line in lines],
                "State": [line.state for line in lines],
                "Candidates": [line.candidates for line in lines],
                "Ends": [str(line.purge_on or "") for line in lines],
                "Legal hold": [safe_cell(line.legal_hold) for line in lines],
            }
        ),
        hide_index=True,
    )


def hand_over_form(lines: Sequence[RoundLine]) -> None:
    """Give a round to another lead, with a reason."""
    named = {line.id: f"{line.name[:80]} ({line.lead[:40]})" for line in lines}
    with st.expander("Give a round another lead", icon=":material/swap_horiz:"):
        chosen = st.selectbox("Round", list(named), format_func=lambda key: named[key], key="hand-round")
        to = choose_one("New lead", people, "hand-to")
        reason = reasoned("Why", "Hand it over", "hand-over", placeholder="The lead left the company")
        hand_over = partial(store.office.hand_over, person.id, chosen)
        attempt_on(to, reason, hand_over, missing="Choose the new lead.")


def ended() -> None:
    """What a purge would delete today, and the press that does it."""
    due = store.privacy.due(person.id, date.today())
    if not due:
        st.markdown(":material/check: No round is past its end date.")
        return
    for line in due:
        held = f" · on hold: {plain(line.legal_hold)}" if line.legal_hold else ""
        st.markdown(
            f"- **{plain(line.name)}** · {count(line.candidates, 'candidate')} · ended {line.purge_on}{held}"
        )
    free = sum(not line.legal_hold for line in due)
    st.caption("Rounds on hold stay. What is deleted is gone; backups keep theirs until they end.")
    names = ", ".join(plain(line.name[:80]) for line in due if not line.legal_hold)
    if free and asked_twice(
        f"Delete {count(free, 'round')} for good", f"This deletes everything in: {names}.", "purge"
    ):
        attempt(lambda: store.privacy.purge(person.id, date.today()))


def admins() -> None:
    """Who administers."""
    known = store.office.admins(person.id)
    chosen = st.multiselect(
        "Administrators",
        list(people),
        default=list(known),
        format_func=lambda key: people[key],
        key=f"administrators-{'-'.join(known)}",
    )
    if st.button("Save administrators"):
        if person.id not in chosen:
            problem(["You can't remove yourself. Another administrator can."])
            return
        attempt(lambda: store.office.set_admins(person.id, chosen))


def names() -> None:
    """Correct a person's misspelled name."""
    with st.expander("Correct a name", icon=":material/edit:"):
        whose = choose_one("Whose name", people, "rename-whose")
        if whose is not None:
            name_form(
                "Name",
                people[whose],
                whose,
                lambda name: store.names.rename_person(person.id, whose, name),
                attempt,
            )


def sessions() -> None:
    """End everything that somebody is signed in to: a lost laptop, a last day."""
    with st.expander("End somebody's sessions", icon=":material/logout:"):
        st.markdown(
            "They are signed out everywhere at once. Block their account at the provider first: otherwise they "
            "sign in again."
        )
        whose = choose_one("Whose sessions", people, "end-whose")
        lost = f"{plain(people[whose])} is signed out everywhere." if whose else ""
        if asked_twice("End sessions", lost, f"end-{whose}", disabled=whose is None) and whose is not None:
            ended = store.accounts.end_sessions(person.id, whose)
            st.success(f"{count(ended, 'session')} ended.")


def audit_log(lines: Sequence[RoundLine]) -> None:
    """The log, newest first, and whether anybody altered it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        action, actor, before = log_filter()
        if st.button("Check the chain", icon=":material/link:"):
            check_chain()
    found = store.audit.entries(person.id, actor=actor, action=action, before=before, limit=PAGE)
    log_table(found, {line.id: line.name for line in lines})
    if len(found) == PAGE:
        st.caption(
            f"The newest {PAGE}. For older ones give the number before which to look: {found[-1].number}."
        )
    st.caption(f"As of {datetime.now(UTC):%H:%M:%S} UTC.")


def log_filter() -> tuple[str | None, str | None, int | None]:
    """The boxes that narrow the log down: what, who, and before which number; None for any."""
    action = st.selectbox(
        "What",
        ["", *ACTIONS],
        format_func=lambda key: key.replace("_", " ") or "Everything",
        width=220,
        key="log-what",
    )
    actor = st.selectbox(
        "Who",
        ["", "operator", *people],
        format_func=lambda key: people.get(key, key) or "Anybody",
        width=220,
        key="log-who",
    )
    before = st.number_input("Before number", min_value=0, value=0, help="0 for the newest.", width=160)
    return action or None, actor or None, int(before) or None


def check_chain() -> None:
    """Say whether a row was altered or removed."""
    verdict = store.audit.verify(person.id)
    if verdict.faults:
        problem(verdict.faults)
    else:
        st.success(f"{count(verdict.rows, 'row')}, none altered or removed. Head: {verdict.head}")


def log_table(found: Sequence[Entry], rounds: Mapping[str, str]) -> None:
    """The entries, one a line."""
    st.dataframe(
        pd.DataFrame(log_columns(found, rounds)),
        hide_index=True,
        height="content" if len(found) < 15 else 560,
    )


def log_columns(found: Sequence[Entry], rounds: Mapping[str, str]) -> dict[str, list[object]]:
    """The log by its columns, with names for ids where they are known here."""

    def named(names: Mapping[str, str], key: str | None) -> str:
        return safe_cell(names.get(key or "", key or ""))

    told = [", ".join(f"{key}: {value}" for key, value in one.detail.items()) for one in found]
    return {
        "No.": [one.number for one in found],
        "When (UTC)": [f"{one.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}" for one in found],
        "Who": [named(people, one.actor) for one in found],
        "What": [one.action.replace("_", " ") for one in found],
        "Round": [named(rounds, one.round_id) for one in found],
        "Of": [named(people, one.subject) for one in found],
        "More": list(map(safe_cell, told)),
    }


person = signed_in.viewer()
store = wiring.store()
head("Administration", person)
if not store.office.administers(person.id):
    st.info(
        "This page is for administrators. It lists the rounds and who leads them, what is due for deletion, and the "
        "audit log. Run `interview-kit admin NAME` in a terminal to make someone an administrator; the page is then "
        "in their menu.",
        icon=":material/admin_panel_settings:",
    )
    if st.button("Go to the rounds", type="primary", icon=":material/arrow_forward:"):
        st.switch_page("rounds.py", query_params={})
    st.stop()
people = {one.id: one.name for one in store.people.all()}
every = store.office.rounds(person.id)
rounds_tab, ended_tab, log_tab, admins_tab = st.tabs(
    ["Rounds", "Past their end", "Audit log", "Administrators"]
)
with rounds_tab:
    all_rounds(every)
with ended_tab:
    ended()
with log_tab:
    audit_log(every)
with admins_tab:
    admins()
    names()
    if wiring.settings().signs_in:
        sessions()
