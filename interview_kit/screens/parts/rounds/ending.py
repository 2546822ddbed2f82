"""Evidence only, closing, and removing a round."""

from __future__ import annotations

import streamlit as st

from interview_kit.screens.parts.attempt import attempt
from interview_kit.screens.parts.confirm import asked_twice, typed_out
from interview_kit.screens.parts.head import problem
from interview_kit.screens.parts.reasoned import reasoned
from interview_kit.screens.parts.text import count
from scorecards.record.model import Round, RoundRecord
from scorecards.store import NotAllowedError

from .here import Here, all_rounds


def evidence_form(here: Here, round_: Round) -> None:
    """Whether the kit computes anything about the round's candidates."""
    label = "Compute scores again" if round_.evidence_only else "Show evidence only"
    with st.expander(label, icon=":material/visibility:"):
        if round_.evidence_only:
            st.markdown("Scores, adjustment and groups will be shown again on screens and in documents.")
        else:
            st.markdown(
                "No score, no mean, no adjustment, no order and no group, on any screen and in any document: "
                "levels and words as people recorded them. For places where the law counts a computed score or an "
                "order as an automated decision."
            )
        reason = reasoned("Why (kept with the round)", label, "evidence", primary=True)
        if reason is not None:
            attempt(
                lambda: here.store.rounds.show_evidence_only(
                    here.person.id, round_.id, not round_.evidence_only, reason
                )
            )


def close_form(here: Here, record: RoundRecord) -> None:
    """Put the lid on; it opens nothing to anybody."""
    due = sum(status.due for status in record.statuses)
    with st.expander("Close this round", icon=":material/lock:"):
        st.markdown(
            "Nothing in a closed round changes: no candidate, no interview, no scorecard, no setting. "
            "It stays readable as before, opens nothing that is hidden, and you can open it again."
        )
        if due:
            st.warning(f"{count(due, 'scorecard')} still due: drafts stay drafts, and are not submitted.")
        lost = f"{count(due, 'scorecard')} still due will stay drafts." if due else "All scorecards are in."
        if asked_twice("Close the round", lost, f"close-{record.round.id}", icon=":material/lock:"):
            attempt(lambda: here.store.rounds.close(here.person.id, record.round.id))


def remove_form(here: Here, record: RoundRecord) -> None:
    """Delete the round: lists what will be lost, and asks for the name to be typed first."""
    round_ = record.round
    with st.expander("Remove this round", icon=":material/delete:"):
        st.markdown("Everything recorded in it is deleted for good. Export it first if you may need it.")
        if not typed_out("Delete for good", round_.name, what_goes(here, record), f"remove-{round_.id}"):
            return
        try:
            here.store.rounds.delete(here.person.id, round_.id)
        except NotAllowedError as error:
            problem(error.reasons)
        else:
            st.session_state["notice"] = f"{round_.name[:80]} is deleted."
            all_rounds()


def what_goes(here: Here, record: RoundRecord) -> list[str]:
    """What deleting the round deletes, running interviews first."""
    begun = here.store.seats.begun(here.person.id, record.round.id)
    submitted = sum(status.state != "draft" for status in record.statuses)
    decided = sum(bool(one.decisions) for one in record.debriefs)
    lines = [
        f"{count(begun, 'interview')} started and not submitted; some may be running right now",
        f"{count(len(record.candidates), 'candidate')}",
        f"{count(submitted, 'submitted scorecard')}",
        f"{count(decided, 'decision')}",
    ]
    return lines if begun else lines[1:]
