"""The interviews that are one's own to conduct: which of them a page is about, and all as one list to press on."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from interview_kit.screens import places
from scorecards.record.model import CardStatus, Person, RoundRecord
from scorecards.record.timeline import STAGES, Stage, stage
from scorecards.store import Store

from .head import head
from .text import day, plain

# The label of the button that continues a draft.
STEPS: dict[Stage, str] = {
    "not_begun": "Open",
    "running": "Continue scorecard",
    "to_finish": "Finish scorecard",
}


def card_of_page(page: str, title: str, person: Person, store: Store) -> str:
    """The id of the scorecard that this page is about; where the address names none, the page is one's own list."""
    if (wanted := places.parameter("card")) is not None:
        return wanted
    head(title, person)
    if chosen := choose_card(store.seats.own(person.id)):
        places.go(page, card=chosen)
    st.stop()


def choose_card(records: Iterable[RoundRecord]) -> str | None:
    """Draw the viewer's own scorecards, drafts first; the id of the one that was pressed."""
    own = [
        (record, status)
        for record in records
        for status in record.statuses
        if status.dismissed_reason is None
    ]
    if not own:
        st.info("You have no interview yet. The lead of a round puts you on its panel and into interviews.")
        return None
    for record, status in sorted(own, key=_drafts_first):
        if _pressed(record, status):
            return status.card_id
    return None


def _drafts_first(own: tuple[RoundRecord, CardStatus]) -> tuple[bool, str, str]:
    record, status = own
    return not status.due, record.candidate[status.candidate_id].code, status.card_id


def _pressed(record: RoundRecord, status: CardStatus) -> bool:
    """One scorecard's line; whether its button was pressed."""
    candidate = record.candidate[status.candidate_id]
    plan = record.interview[status.interview_id].plan
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.markdown(
            f"**{plain(candidate.called())}** · {plain(plan.name)} · {plan.minutes} min · "
            f"{plain(record.round.name[:60])}  \n:gray[{plain(_when(record, status))}]",
            width="content",
        )
        if not status.due or record.round.state != "open":
            return False
        label = STEPS[stage_of(record, status)]
        return st.button(label, key=f"open-{status.card_id}", icon=":material/mic:")


def stage_of(record: RoundRecord, status: CardStatus) -> Stage:
    """How far the viewer is with their own draft."""
    mine = next((card for card in record.cards if card.id == status.card_id), None)
    return stage(mine) if mine is not None else "not_begun"


def own_draft_words(record: RoundRecord, status: CardStatus) -> str:
    """The interview that a scorecard is still owed for, and how far it is."""
    plan, candidate = record.interview[status.interview_id].plan, record.candidate[status.candidate_id]
    return f"**{plain(plan.name)}** with {plain(candidate.called())}: {STAGES[stage_of(record, status)]}."


def _when(record: RoundRecord, status: CardStatus) -> str:
    if status.not_owed is not None:
        return f"no longer owed: {status.not_owed.reason}"
    if not status.due:
        return f"{status.state} {day(status.submitted_at)}"
    if record.round.state == "closed":
        return "not submitted; the round is closed"
    return STAGES[stage_of(record, status)]
