"""The decision of a debrief: as it is recorded, and the form in which a lead puts it down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from scorecards.debriefing.debrief import departures, departures_told
from scorecards.debriefing.departure_words import departure_words
from scorecards.record.model import (
    CANDIDATE_OUTCOMES,
    OUTCOMES,
    Decision,
    DecisionDraft,
    DecisionReason,
    Dissent,
    Outcome,
    RoundRecord,
)
from scorecards.record.seals import broken_seals, evidence_changed, is_partly_hidden

from .kept_text import kept_text
from .text import day, plain

if TYPE_CHECKING:
    from scorecards.comparison import RoundComparison

ICONS: dict[Outcome, str] = {
    "offer": "task_alt",
    "no_offer": "do_not_disturb_on",
    "more_evidence": "add_comment",
    "withdrew": "directions_walk",
    "declined": "waving_hand",
}


def decisions(record: RoundRecord, candidate_id: str, names: Mapping[str, str]) -> None:
    """What was decided, the latest first and large; earlier ones behind it."""
    debrief = record.debrief(candidate_id)
    broken = broken_seals(debrief)
    if broken:
        st.error(
            f"The seal of decision {', '.join(map(str, broken))} does not fit what it says: the record was changed "
            "outside the kit.",
            icon=":material/gpp_bad:",
        )
    if evidence_changed(record, candidate_id):
        st.warning(
            "The scorecards have changed since this was decided: a scorecard was added, amended or withdrawn.",
            icon=":material/published_with_changes:",
        )
    for number, decision in reversed(list(enumerate(debrief.decisions, start=1))):
        if number == len(debrief.decisions):
            with st.container(border=True):
                st.markdown(f"#### :material/{ICONS[decision.outcome]}: {OUTCOMES[decision.outcome]}")
                _told(record, decision, names)
        else:
            with st.expander(f"Decision {number}, since opened again: {OUTCOMES[decision.outcome]}"):
                _told(record, decision, names)


def _told(record: RoundRecord, decision: Decision, names: Mapping[str, str]) -> None:
    recorder = record.person[decision.recorded_by].name if decision.recorded_by in record.person else "?"
    st.markdown(
        f"Decided by **{plain(decision.decided_by)}** :gray[recorded by {plain(recorder[:60])}, {day(decision.at)}]"
    )
    if decision.reopened_because:
        st.markdown(f"Reopened because: {plain(decision.reopened_because)}")
    for reason in decision.reasons:
        st.markdown(f"- **{plain(names.get(reason.competency, reason.competency))}**: {plain(reason.words)}")
    for dissent in decision.dissent:
        st.markdown(
            f"- :material/call_split: Dissent{', ' + plain(dissent.name) if dissent.name else ''}: {plain(dissent.words)}"
        )
    if against := departures_told(record, decision):
        st.markdown("Decided despite: " + plain(" ".join(departure_words(one, names) for one in against)))
    if decision.departure_reason:
        st.markdown(f"Because: {plain(decision.departure_reason)}")
    checked = " Not checked here: part of it is hidden from you." if is_partly_hidden(decision) else ""
    st.caption(
        f"Seal {plain(decision.seal[:12])}, over evidence {plain(decision.evidence_digest[:12])}.{checked}"
    )


def decision_form(
    record: RoundRecord,
    candidate_id: str,
    person_id: str,
    names: Mapping[str, str],
    compared: Callable[[], RoundComparison | None],
) -> DecisionDraft | list[str] | None:
    """The form; a draft when it is recorded, what is missing when it lacks something, else None.

    `compared` gives the round's comparison where this lead may see it; an offer alone asks for it.
    """
    debrief = record.debrief(candidate_id)
    turn = len(debrief.decisions)
    key = f"{candidate_id}-{turn}"
    outcome = st.radio(
        "Outcome",
        [one for one in OUTCOMES if one not in CANDIDATE_OUTCOMES],
        index=None,
        format_func=lambda one: OUTCOMES[one],
        horizontal=True,
        key=f"outcome-{key}",
    )
    decider = st.text_input("Decided by", placeholder="The person who answers for it", key=f"decider-{key}")
    chosen = st.multiselect(
        "Reasons lie in",
        [target.competency for target in record.round.targets],
        format_func=lambda one: names.get(one, one),
        placeholder="The competencies that decided it",
        key=f"reasons-{key}",
    )
    reasons = {
        one: _text(f"{names.get(one, one)}: what in the evidence", f"{key}-{one}", turn, person_id)
        for one in chosen
    }
    dissent = _text(
        "Dissent, one per line (optionally start with a name and a colon)", f"{key}-dissent", turn, person_id
    )
    found = compared() if outcome == "offer" else None
    against = departures(record, candidate_id, outcome, found)
    why = reopened = ""
    if against:
        told = " ".join(departure_words(one, names) for one in against)
        st.warning("The record speaks against it: " + plain(told), icon=":material/alt_route:")
        why = _text("Why decide this anyway?", f"{key}-departure", turn, person_id)
    if debrief.decisions:
        reopened = _text("Reopened because", f"{key}-reopened", turn, person_id)
    if not st.button("Record the decision", type="primary", icon=":material/gavel:", key=f"record-{key}"):
        return None
    faults = [] if outcome else ["Choose an outcome."]
    faults += [] if decider.strip() else ["Name the person who decided."]
    faults += [] if chosen else ["Tie it to at least one competency."]
    faults += [
        f"{names.get(one, one)}: say what in the evidence."
        for one, words in reasons.items()
        if not words.strip()
    ]
    faults += ["Say why it is decided so against the record."] if against and not why.strip() else []
    faults += ["Say why the decision is opened again."] if debrief.decisions and not reopened.strip() else []
    if faults or outcome is None:
        return faults
    return DecisionDraft(
        outcome=outcome,
        decided_by=decider,
        reasons=tuple(DecisionReason(competency=one, words=words) for one, words in reasons.items()),
        dissent=tuple(dissents(dissent, [person.name for person in record.people])),
        departure_reason=why.strip(),
        reopened_because=reopened.strip(),
    )


def dissents(text: str, people: Sequence[str]) -> list[Dissent]:
    """One for each line; what stands before a colon is a name where somebody is called so, or up to three words."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, colon, words = line.partition(":")
        short = len(name.strip()) <= 200 and len(name.split()) <= 3
        named = bool(colon and words.strip() and (name.strip() in people or short))
        found.append(Dissent(words=words.strip() if named else line, name=name.strip() if named else ""))
    return found


def _text(label: str, field: str, reset: int, person_id: str) -> str:
    typed = kept_text(
        label,
        person=person_id,
        field=f"decision-{field}",
        slot=field,
        stored={field: ""},
        rows=2,
        reset=reset,
        here=True,
    )
    return typed.text(field, "")
