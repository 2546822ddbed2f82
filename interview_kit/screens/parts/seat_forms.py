"""For a round's lead: letting go of a scorecard, reassigning an interview, recording that a candidate left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from scorecards.record import rules
from scorecards.record.model import (
    CANDIDATE_OUTCOMES,
    OUTCOMES,
    CardStatus,
    DecisionDraft,
    Person,
    RoundEvent,
    RoundRecord,
)
from scorecards.store import Store
from scorecards.store.limits import MOST_IN_REASON, why_too_long

from .attempt import attempt, attempt_on
from .choose import choose_in_a_row, choose_one
from .head import problem
from .reasoned import reasoned
from .text import count, day, plain

THE_CANDIDATE = "The candidate"


def seat_forms(store: Store, person: Person, record: RoundRecord, candidate_id: str) -> None:
    """What the lead does when an interviewer or the candidate drops out."""
    if rules.why_not_lead(record.round, person.id) or rules.why_not_change(record.round):
        return
    statuses = record.statuses_of(candidate_id)
    due = {one.card_id: one for one in statuses if one.due}
    gone = {one.card_id: one for one in statuses if one.not_owed and one.not_owed.kind == "interviewer"}
    if due:
        with st.expander("An interviewer dropped out", icon=":material/person_off:"):
            _no_longer_owed(store, person, record, due)
            st.divider()
            _to_another(store, person, record, due)
    if gone:
        with st.expander(f"No longer owed: {len(gone)}", icon=":material/person_off:"):
            for status in gone.values():
                _owed_again(store, person, record, status)
    _candidate_leaves(store, person, record, candidate_id, len(due))


def not_owed_lines(record: RoundRecord, candidate_id: str) -> None:
    """Whose scorecard no one is waiting for, and why; who took over an interview."""
    for status in record.statuses_of(candidate_id):
        if status.not_owed is not None and status.dismissed_reason is None:
            st.markdown(
                f":material/person_off: {plain(holder_and_interview(record, status))}: no longer owed since "
                f"{day(status.not_owed.at)}: {plain(status.not_owed.reason)}"
            )
    for event in record.round.events:
        if event.candidate_id == candidate_id and event.what in ("given_to", "owed_again"):
            _handover_line(record, event)


def _handover_line(record: RoundRecord, event: RoundEvent) -> None:
    """Who took over an interview, or owes it again, and whether they could have read others by then."""
    whose, instead = _person(record, event.whose), _person(record, next(iter(event.assigned), None))
    what = f"went from {whose} to {instead}" if event.what == "given_to" else f"is owed by {whose} again"
    plan = record.interview.get(event.interview_id or "")
    readers = ", ".join(_person(record, who) for who in event.could_have_read)
    read = f" (By then {readers} could have read others' scorecards.)" if readers else ""
    st.markdown(
        f":material/swap_horiz: {plain(plan.plan.name if plan else 'An interview')} {plain(what)} on "
        f"{day(event.at)}: {plain(event.reason + read)}"
    )


def _no_longer_owed(store: Store, person: Person, record: RoundRecord, due: dict[str, CardStatus]) -> None:
    st.markdown(
        "**No longer owed.** The debrief stops waiting for this scorecard. What its author wrote stays theirs and "
        "isn't counted. You can ask for it again."
    )
    chosen = _whose(record, due, "Whose scorecard", "let-go")
    reason = reasoned("Reason", "Stop waiting for it", "let-go", placeholder="Left the company")
    _act(chosen, reason, partial(store.seats.let_go, person.id))


def _to_another(store: Store, person: Person, record: RoundRecord, due: dict[str, CardStatus]) -> None:
    st.markdown(
        "**Reassign.** The new interviewer starts with a blank scorecard. What the first one wrote stays theirs. "
        "If the new one could already read others' scorecards, the debrief says so."
    )
    chosen = _whose(record, due, "Whose interview", "give-from")
    sitting = _interviewers(record, due[chosen].interview_id) if chosen else set()
    others = {who: _person(record, who) for who in record.round.panel_ids if who not in sitting}
    to = choose_one("New interviewer", others, "give-to")
    reason = reasoned("Why", "Reassign the interview", "give", placeholder="On leave until March")
    if reason is not None and to is None:
        problem(["Choose the new interviewer."])
    elif to is not None:
        _act(chosen, reason, lambda card, why: store.seats.give_to(person.id, card, to, why))


def _owed_again(store: Store, person: Person, record: RoundRecord, status: CardStatus) -> None:
    st.markdown(f"**{plain(holder_and_interview(record, status))}**")
    reason = reasoned("Why it is owed again", "Ask for it again", f"again-{status.card_id}")
    _act(status.card_id, reason, partial(store.seats.ask_again, person.id))


def _candidate_leaves(store: Store, person: Person, record: RoundRecord, candidate_id: str, due: int) -> None:
    decision = record.debrief(candidate_id).decision
    if decision is not None and decision.by_candidate:
        _candidate_is_back(store, person, candidate_id)
        return
    with st.expander("The candidate withdrew or declined", icon=":material/directions_walk:"):
        st.markdown(
            "This is recorded as the outcome. The comparison no longer ranks them, and says why. "
            + (f"{count(due, 'scorecard')} still due will no longer be owed. " if due else "")
            + "You can bring them back at any time."
        )
        outcomes = {key: OUTCOMES[key] for key in CANDIDATE_OUTCOMES}
        outcome = choose_in_a_row("What happened", outcomes, f"left-{candidate_id}")
        why = reasoned(
            "Why, in a few words", "Record it", f"left-why-{candidate_id}", placeholder="Another job"
        )
        if why is not None and outcome is None:
            problem(["Choose what happened."])
        elif why is not None and outcome is not None:
            _decide(store, person, candidate_id, outcome, why)


def _candidate_is_back(store: Store, person: Person, candidate_id: str) -> None:
    """Take back that they withdrew or declined, with a reason."""
    with st.expander("The candidate is back", icon=":material/undo:"):
        st.markdown("The scorecards that were let go when they left are owed again. What was recorded stays.")
        why = reasoned("Why", "Bring them back", f"back-{candidate_id}", placeholder="Changed their mind")
        if why is not None:
            _decide(store, person, candidate_id, "more_evidence", why)


def _decide(store: Store, person: Person, candidate_id: str, outcome: str, why: str) -> None:
    if not why.strip():
        problem(["Say why, in a few words."])
    elif reasons := why_too_long("The reason", why, MOST_IN_REASON):
        problem(reasons)
    else:
        attempt(lambda: store.debriefs.decide(person.id, candidate_id, _draft(outcome, why)))


def _draft(outcome: str, why: str) -> DecisionDraft:
    """What the candidate decided, in the words of the lead."""
    back = outcome == "more_evidence"
    return DecisionDraft.model_validate(
        {
            "outcome": outcome,
            "decided_by": THE_CANDIDATE,
            "reasons": (),
            "said": why.strip(),
            "reopened_because": why.strip() if back else "",
        }
    )


def _act(card: str | None, reason: str | None, do: Callable[[str, str], object]) -> None:
    """Do it to this scorecard once it is pressed and the scorecard is chosen."""
    attempt_on(card, reason, do, missing="Choose a scorecard.")


def _whose(record: RoundRecord, due: dict[str, CardStatus], label: str, key: str) -> str | None:
    return st.selectbox(
        label,
        list(due),
        index=0 if len(due) == 1 else None,
        format_func=lambda card: holder_and_interview(record, due[card]),
        placeholder="Choose",
        key=key,
    )


def holder_and_interview(record: RoundRecord, status: CardStatus) -> str:
    """Whose scorecard it is, and of which interview."""
    return f"{_person(record, status.interviewer_id)}, {record.interview[status.interview_id].plan.name}"


def _interviewers(record: RoundRecord, interview_id: str) -> set[str]:
    return {one.interviewer_id for one in record.statuses if one.interview_id == interview_id}


def _person(record: RoundRecord, who: str | None) -> str:
    return record.person[who].name[:60] if who in record.person else who or "someone"
