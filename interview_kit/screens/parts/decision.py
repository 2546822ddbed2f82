"""The decision of a debrief: as it is recorded, and the form in which a lead puts it down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st
from pydantic import ValidationError

from scorecards.debriefing.debrief import departures, departures_told
from scorecards.debriefing.departure_words import departure_words
from scorecards.record.model import (
    CANDIDATE_OUTCOMES,
    OUTCOMES,
    Decision,
    DecisionDraft,
    Dissent,
    Outcome,
    RoundRecord,
)
from scorecards.record.seals import broken_seals, evidence_changed, is_partly_hidden
from scorecards.store.limits import MOST_IN_REASON, why_decision_too_long

from .attempt import faults_of
from .choose import choose_in_a_row
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
    _seal_warnings(record, candidate_id)
    known = record.debrief(candidate_id).decisions
    for number, decision in reversed(list(enumerate(known, start=1))):
        called = OUTCOMES[decision.outcome]
        if number == len(known):
            with st.container(border=True):
                st.markdown(f"#### :material/{ICONS[decision.outcome]}: {called}")
                _told(record, decision, names)
        else:
            with st.expander(f"Decision {number}, since opened again: {called}"):
                _told(record, decision, names)


def _seal_warnings(record: RoundRecord, candidate_id: str) -> None:
    """Where a decision, or what it rests on, is not any more what was sealed."""
    if broken := broken_seals(record.debrief(candidate_id)):
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


def _told(record: RoundRecord, decision: Decision, names: Mapping[str, str]) -> None:
    recorder = record.person[decision.recorded_by].name if decision.recorded_by in record.person else "?"
    st.markdown(
        f"Decided by **{plain(decision.decided_by)}** :gray[recorded by {plain(recorder[:60])}, {day(decision.at)}]"
    )
    if decision.reopened_because:
        st.markdown(f"Reopened because: {plain(decision.reopened_because)}")
    _reasons_and_dissent(decision, names)
    if against := departures_told(record, decision):
        st.markdown("Decided despite: " + plain(" ".join(departure_words(one, names) for one in against)))
    if decision.departure_reason:
        st.markdown(f"Because: {plain(decision.departure_reason)}")
    checked = " Not checked here: part of it is hidden from you." if is_partly_hidden(decision) else ""
    st.caption(
        f"Seal {plain(decision.seal[:12])}, over evidence {plain(decision.evidence_digest[:12])}.{checked}"
    )


def _reasons_and_dissent(decision: Decision, names: Mapping[str, str]) -> None:
    for reason in decision.reasons:
        st.markdown(f"- **{plain(names.get(reason.competency, reason.competency))}**: {plain(reason.words)}")
    for dissent in decision.dissent:
        whose = f", {plain(dissent.name)}" if dissent.name else ""
        st.markdown(f"- :material/call_split: Dissent{whose}: {plain(dissent.words)}")


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
    form = _Form(candidate_id, len(record.debrief(candidate_id).decisions), person_id)

    def against(outcome: Outcome | None) -> list[str]:
        found = compared() if outcome == "offer" else None
        return [departure_words(one, names) for one in departures(record, candidate_id, outcome, found)]

    said = form.filled([target.competency for target in record.round.targets], names, against)
    if not st.button(
        "Record the decision", type="primary", icon=":material/gavel:", key=f"record-{form.key}"
    ):
        return None
    return said.faults(names) or said.draft([person.name for person in record.people])


class _Said(NamedTuple):
    """What was typed into a decision's boxes; None for a box that is not shown."""

    outcome: Outcome | None
    decider: str
    # By competency.
    reasons: Mapping[str, str]
    dissent: str
    # Why it is decided against the record.
    why: str | None
    reopened: str | None

    def faults(self, names: Mapping[str, str]) -> list[str]:
        """Why this is not recorded."""
        return [*self.missing_answers(names), *self.missing_explanations(), *self.too_long(names)]

    def missing_answers(self, names: Mapping[str, str]) -> Iterator[str]:
        """What every decision has to say, and this one does not."""
        if not self.outcome:
            yield "Choose an outcome."
        if not self.decider.strip():
            yield "Name the person who decided."
        if not self.reasons:
            yield "Tie it to at least one competency."
        for one, words in self.reasons.items():
            if not words.strip():
                yield f"{names.get(one, one)}: say what in the evidence."

    def missing_explanations(self) -> Iterator[str]:
        """What is asked for and left empty."""
        if self.why is not None and not self.why.strip():
            yield "Say why it is decided so against the record."
        if self.reopened is not None and not self.reopened.strip():
            yield "Say why the decision is opened again."

    def too_long(self, names: Mapping[str, str]) -> list[str]:
        """What has more characters than are taken."""
        reasons = ((names.get(one, one), words) for one, words in self.reasons.items())
        return why_decision_too_long(
            self.decider, reasons, self.dissent, (self.why or "", self.reopened or "")
        )

    def draft(self, people: Sequence[str]) -> DecisionDraft | list[str]:
        """The decision as the store takes it, or why it cannot be; a dissent may begin with a name of `people`."""
        try:
            return DecisionDraft.model_validate(
                {
                    "outcome": self.outcome,
                    "decided_by": self.decider,
                    "reasons": [{"competency": one, "words": words} for one, words in self.reasons.items()],
                    "dissent": dissents(self.dissent, people),
                    "departure_reason": (self.why or "").strip(),
                    "reopened_because": (self.reopened or "").strip(),
                }
            )
        except ValidationError as error:
            return faults_of(error)


class _Form(NamedTuple):
    """The boxes of one decision; each decision of a candidate has its own."""

    candidate_id: str
    turn: int
    person_id: str

    @property
    def key(self) -> str:
        return f"{self.candidate_id}-{self.turn}"

    def filled(
        self,
        competencies: Sequence[str],
        names: Mapping[str, str],
        against: Callable[[Outcome | None], Sequence[str]],
    ) -> _Said:
        """Draw all boxes; `against` says what speaks against an outcome."""
        outcome = self.outcome()
        decider = st.text_input(
            "Decided by", placeholder="The person who answers for it", key=f"decider-{self.key}"
        )
        reasons = self.reasons(competencies, names)
        dissent = self.words("Dissent, one per line (optionally start with a name and a colon)", "dissent")
        why = self.departure(against(outcome))
        reopened = self.words("Reopened because", "reopened") if self.turn else None
        return _Said(outcome, decider, reasons, dissent, why, reopened)

    def outcome(self) -> Outcome | None:
        """What the panel can decide; what only the candidate decides is not offered."""
        offered = {key: words for key, words in OUTCOMES.items() if key not in CANDIDATE_OUTCOMES}
        return choose_in_a_row("Outcome", offered, f"outcome-{self.key}")

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
            most=MOST_IN_REASON,
            reset=self.turn,
            here=True,
        )
        return typed.text(field, "")


def dissents(text: str, people: Sequence[str]) -> list[Dissent]:
    """One for each line; what stands before a colon is a name where somebody is called so, or up to three words."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, colon, words = line.partition(":")
        short = len(name.strip()) <= 200 and len(name.split()) <= 3
        named = bool(colon and words.strip() and (name.strip() in people or short))
        found.append(Dissent(words=words.strip() if named else line, name=name.strip() if named else ""))
    return found
