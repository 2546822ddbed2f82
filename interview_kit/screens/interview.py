"""The live screen: who conducts which interview; the rest happens in the browser and in `routes`."""

from __future__ import annotations

from typing import Any

import streamlit as st

from interview_kit import wiring
from interview_kit.screens import places, signed_in
from interview_kit.screens.parts.address import leads_nowhere, say_where_to_go
from interview_kit.screens.parts.head import head
from interview_kit.screens.parts.live_screen import live_content, live_screen
from interview_kit.screens.parts.own_cards import card_of_page
from interview_kit.screens.parts.text import plain
from scorecards.interviewing.question_json import proposals
from scorecards.record.model import Interview, RoundRecord, Scorecard, now
from scorecards.store import NotAllowedError, NotFoundError


def open_card(card_id: str) -> Scorecard:
    """The viewer's own scorecard; the page ends where there is none."""
    try:
        card = store.cards.get(person.id, card_id)
    except (NotFoundError, NotAllowedError):
        head("Interview", person)
        say_where_to_go("card", "interview", "See my interviews")
    if card.interviewer_id != person.id:
        head("Interview", person)
        say_where_to_go("card", "interview", "See my interviews")
    return card


def conduct(card: Scorecard, interview: Interview, record: RoundRecord) -> bool:
    """Draw the live screen; true once it is to be closed."""
    seats = [s.interviewer_id for s in record.statuses if s.interview_id == interview.id]
    names = {who: record.person[who].name[:60] for who in seats}
    names["candidate"] = record.candidate[card.candidate_id].called()
    return live_screen(
        {
            "card": card.id,
            "content": live_content(card, interview, record.round, bank, names),
            "pass": signed_in.signed_pass(card.id, person.id),
            "now": now().timestamp() * 1000,
            "question": st.query_params.get("question", ""),
            "leader": interview.leader_id,
            "others": {who: None for who in seats if who != person.id},
        }
        | recorded(card, interview)
        | candidates_window(card)
    )


def recorded(card: Scorecard, interview: Interview) -> dict[str, Any]:
    """What is stored of the interview so far; times in milliseconds."""
    saved = [rating.saved_at for rating in card.content.ratings if rating.saved_at]
    return {
        "ratings": {rating.question_id: rating.model_dump(mode="json") for rating in card.content.ratings},
        "proposals": proposals(interview, card.content.ratings),
        "moments": [
            moment.model_dump(mode="json") | {"t": moment.at.timestamp() * 1000} for moment in card.moments
        ],
        "savedAt": max(saved).timestamp() * 1000 if saved else None,
    }


def candidates_window(card: Scorecard) -> dict[str, Any]:
    """The candidate's window: its address where one was made, and what it shows."""
    token = store.live.window_of(person.id, card.id)
    term, shown = store.live.desk(person.id, card.id)
    return {"window": f"c/{token}" if token else None, "term": term, "shown": shown}


person = signed_in.viewer()
store = wiring.store()
bank = wiring.bank()
opened = open_card(card_of_page("interview", "Interview", person, store))
if opened.state != "draft":
    head("Interview", person)
    st.info(
        f"This scorecard is {opened.state}. What it says is on the Debrief screen.", icon=":material/lock:"
    )
    st.stop()
if opened.not_owed is not None:
    head("Interview", person)
    st.info(
        f"This scorecard is no longer owed: {plain(opened.not_owed.reason)} What you wrote is kept.",
        icon=":material/person_off:",
    )
    st.stop()
try:
    whole = store.rounds.record(person.id, opened.round_id)
except NotFoundError:
    head("Interview", person)
    say_where_to_go("card", "interview", "See my interviews")
sitting = whole.interview[opened.interview_id]
if leads_nowhere("question", {item.question.id for item in sitting.plan.items}):
    head("Interview", person)
    say_where_to_go("question", "interview", "Go to the interview", card=opened.id)
if conduct(opened, sitting, whole):
    places.go("submit", card=opened.id)
