"""The decision of a debrief: as it is recorded, and the form in which a lead puts it down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

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
    reopens = bool(record.debrief(candidate_id).decisions)
    form = _Form(candidate_id, len(record.debrief(candidate_id).decisions), person_id)
    outcome = form.outcome()
    decider = st.text_input(
        "Decided by", placeholder="The person who answers for it", key=f"decider-{form.key}"
    )
    reasons = form.reasons([target.competency for target in record.round.targets], names)
    dissent = form.words("Dissent, one per line (optionally start with a name and a colon)", "dissent")
    found = compared() if outcome == "offer" else None
    why = form.departure(
        [departure_words(one, names) for one in departures(record, candidate_id, outcome, found)]
    )
    reopened = form.words("Reopened because", "reopened") if reopens else None
    if not st.button(
        "Record the decision", type="primary", icon=":material/gavel:", key=f"record-{form.key}"
    ):
        return None
    faults = [
        *_missing_answers(outcome, decider, reasons, names),
        *_missing_explanations(why, reopened),
    ]
    if faults or outcome is None:
        return faults
    return DecisionDraft(
        outcome=outcome,
        decided_by=decider,
        reasons=tuple(DecisionReason(competency=one, words=words) for one, words in reasons.items()),
        dissent=tuple(dissents(dissent, [person.name for person in record.people])),
        departure_reason=(why or "").strip(),
        reopened_because=(reopened or "").strip(),
    )


class _Form(NamedTuple):
    """The boxes of one decision; each decision of a candidate has its own."""

    candidate_id: str
    turn: int
    person_id: str

    @property
    def key(self) -> str:
        return f"{self.candidate_id}-{self.turn}"

    def outcome(self) -> Outcome | None:
        """What the panel can decide; what only the candidate decides is not offered."""
        return st.radio(
            "Outcome",
            [one for one in OUTCOMES if one not in CANDIDATE_OUTCOMES],
            index=None,
            format_func=lambda one: OUTCOMES[one],
            horizontal=True,
            key=f"outcome-{self.key}",
        )

    def reasons(self, competencies: Sequence[str], names: Mapping[str, str]) -> dict[str, str]:
        """The competencies chosen, each with the words about it."""
        chosen = st.multiselect(
            "Reasons lie in",
            competencies,
            format_func=lambda one: names.get(one, one),
            placeholder="The competencies that decided it",
            key=f"reasons-{self.key}",
        )
        return {one: self.words(f"{names.get(one, one)}: what in the evidence", one) for one in chosen}

    def departure(self, against: Sequence[str]) -> str | None:
        """Why it is decided against the record; None where nothing speaks against it."""
        if not against:
            return None
        st.warning("The record speaks against it: " + plain(" ".join(against)), icon=":material/alt_route:")
        return self.words("Why decide this anyway?", "departure")

    def words(self, label: str, slot: str) -> str:
        """What is typed into a box that the tab keeps until the decision is recorded."""
        field = f"{self.key}-{slot}"
        typed = kept_text(
            label,
            person=self.person_id,
            field=f"decision-{field}",
            slot=field,
            stored={field: ""},
            rows=2,
            reset=self.turn,
            here=True,
        )
        return typed.text(field, "")


def _missing_answers(
    outcome: Outcome | None, decider: str, reasons: Mapping[str, str], names: Mapping[str, str]
) -> Iterator[str]:
    """What every decision has to say, and this one does not."""
    if not outcome:
        yield "Choose an outcome."
    if not decider.strip():
        yield "Name the person who decided."
    if not reasons:
        yield "Tie it to at least one competency."
    for one, words in reasons.items():
        if not words.strip():
            yield f"{names.get(one, one)}: say what in the evidence."


def _missing_explanations(why: str | None, reopened: str | None) -> Iterator[str]:
    """What is asked for and left empty; None stands for what is not asked for."""
    if why is not None and not why.strip():
        yield "Say why it is decided so against the record."
    if reopened is not None and not reopened.strip():
        yield "Say why the decision is opened again."


def dissents(text: str, people: Sequence[str]) -> list[Dissent]:
    """One for each line; what stands before a colon is a name where somebody is called so, or up to three words."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, colon, words = line.partition(":")
        short = len(name.strip()) <= 200 and len(name.split()) <= 3
        named = bool(colon and words.strip() and (name.strip() in people or short))
        found.append(Dissent(words=words.strip() if named else line, name=name.strip() if named else ""))
    return found
