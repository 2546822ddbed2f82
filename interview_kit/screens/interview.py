"""The live screen: who conducts which interview; the rest happens in the browser and in `routes`."""

from __future__ import annotations

import streamlit as st

from interview_kit import wiring
from interview_kit.screens import places, signed_in
from interview_kit.screens.parts.address import leads_nowhere, say_where_to_go
from interview_kit.screens.parts.head import head
from interview_kit.screens.parts.live_screen import live_content, live_screen
from interview_kit.screens.parts.own_cards import choose_card
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
    candidate = record.candidate[card.candidate_id]
    seats = [s.interviewer_id for s in record.statuses if s.interview_id == interview.id]
    names = {who: record.person[who].name[:60] for who in seats}
    names["candidate"] = candidate.called()
    token = store.live.window_of(person.id, card.id)
    term, shown = store.live.desk(person.id, card.id)
    saved = [rating.saved_at for rating in card.content.ratings if rating.saved_at]
    return live_screen(
        {
            "card": card.id,
            "content": live_content(card, interview, record.round, bank, names),
            "pass": signed_in.signed_pass(card.id, person.id),
            "now": now().timestamp() * 1000,
            "question": st.query_params.get("question", ""),
            "ratings": {
                rating.question_id: rating.model_dump(mode="json") for rating in card.content.ratings
            },
            "proposals": proposals(interview, card.content.ratings),
            "moments": [
                moment.model_dump(mode="json") | {"t": moment.at.timestamp() * 1000}
                for moment in card.moments
            ],
            "savedAt": max(saved).timestamp() * 1000 if saved else None,
            "leader": interview.leader_id,
            "others": {who: None for who in seats if who != person.id},
            "window": f"c/{token}" if token else None,
            "term": term,
            "shown": shown,
        }
    )


person = signed_in.viewer()
store = wiring.store()
bank = wiring.bank()
wanted = places.parameter("card")
if wanted is None:
    head("Interview", person)
    if chosen := choose_card(store.seats.own(person.id)):
        places.go("interview", card=chosen)
    st.stop()
opened = open_card(wanted)
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
