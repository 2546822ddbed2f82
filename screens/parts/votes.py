"""The debrief's two votes: who has cast one, the box for one's own, and what they came to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from scorecards.debrief import movement, voters
from scorecards.model import RECOMMENDATIONS, Debrief, Recommendation, RoundRecord, Turn, Vote

from .kept_text import kept_text
from .reasoned import reasoned
from .text import day, plain

STEPS = ("First vote, sealed", "Reading", "Second vote", "Decision")
TURN_TITLES: dict[Turn, str] = {1: "Your first vote", 2: "Your second vote"}


class Ballot(NamedTuple):
    """What somebody wants to vote."""

    turn: Turn
    choice: Recommendation
    reason: str


def step(debrief: Debrief) -> int:
    """Where the debrief stands, as a place in `STEPS`."""
    if debrief.decisions:
        return 4
    if debrief.opening(2):
        return 3
    if debrief.opening(1):
        return 2 if any(vote.turn == 2 for vote in debrief.votes) else 1
    return 0


def steps(debrief: Debrief) -> None:
    """The way of a debrief, with what is done and what comes next."""
    now = step(debrief)
    words = [
        f":material/check: {name}" if place < now else f"**{name}**" if place == now else f":gray[{name}]"
        for place, name in enumerate(STEPS)
    ]
    st.markdown(" &nbsp;:gray[→]&nbsp; ".join(words))


def ballot(record: RoundRecord, candidate_id: str, person_id: str, turn: Turn) -> Ballot | None:
    """The box for one's own vote; what it says when it is cast."""
    debrief = record.debrief(candidate_id)
    cast = debrief.vote(person_id, turn)
    key = f"{candidate_id}-{turn}"
    with st.container(border=True):
        sealed = " :gray[sealed; you may change it until it is opened.]" if cast else ""
        st.markdown(f"**{TURN_TITLES[turn]}**{sealed} :gray[{_why(turn)}]")
        choice = st.radio(
            "Vote",
            list(RECOMMENDATIONS),
            index=list(RECOMMENDATIONS).index(cast.choice) if cast else None,
            horizontal=True,
            format_func=lambda value: RECOMMENDATIONS[value],
            key=f"vote-{key}",
            label_visibility="collapsed",
        )
        reason = cast.reason if cast else ""
        typed = kept_text(
            "In one sentence, why",
            person=person_id,
            field=f"vote-why-{key}",
            slot=key,
            stored={key: reason},
            rows=2,
            here=True,
        )
        words = typed.text(key, reason)
        label = "Change my vote" if cast else "Seal my vote"
        if st.button(
            label, type="secondary" if cast else "primary", key=f"cast-{key}", disabled=choice is None
        ):
            return Ballot(turn, choice, words) if choice else None
    return None


def _why(turn: Turn) -> str:
    if turn == 1:
        return "Before you read the others: nobody sees a first vote until all are in. Both votes are kept."
    return "After reading. Change your mind for a reason that you read, not for a person."


def opening(record: RoundRecord, candidate_id: str, turn: Turn, out: Sequence[str]) -> str | None:
    """For the lead: open while the votes of these people are out. The reason when it is pressed, else None."""
    with st.expander("Open the votes now", icon=":material/lock_open:"):
        st.markdown("Still out: " + plain(_called(record, out)) + ". The absent stay named in the record.")
        return reasoned("Why you do not wait", "Open", f"open-{candidate_id}-{turn}", primary=True)


def votes(record: RoundRecord, candidate_id: str) -> None:
    """What was cast and what it came to, as far as this viewer may know."""
    debrief, statuses = record.debrief(candidate_id), record.statuses_of(candidate_id)
    people = [record.person[who].name[:40] for who in voters(statuses)]
    if not people:
        return
    first, second = debrief.opening(1), debrief.opening(2)
    if first is None:
        st.markdown(f":material/lock: First votes are sealed. Voters: {plain(', '.join(people))}.")
        return
    lines = ["**Votes**"]
    for who in sorted({*voters(statuses), *(vote.person_id for vote in debrief.votes)}):
        name = record.person[who].name[:40] if who in record.person else who
        lines.append(f"{plain(name)}: {_vote(debrief.vote(who, 1))} → {_second(debrief, who)}")
    st.markdown("  \n".join(lines))
    if first.speaking_order:
        order = _called(record, first.speaking_order)
        st.caption(f"Speak in this order, drawn by lot, the lead last: {plain(order)}.")
    for turn, opened in ((1, first), (2, second)):
        if opened and opened.by:
            name = _called(record, [opened.by])
            absent = f" without {plain(_called(record, opened.absent))}" if opened.absent else ""
            st.caption(
                f"{plain(name)} opened the {'first' if turn == 1 else 'second'} vote on {day(opened.at)}{absent}: "
                f"{plain(opened.reason)}"
            )
    moved = movement(debrief, record.round.lead_id)
    if moved and moved.towards_lead:
        st.warning(
            f"{plain(_called(record, moved.towards_lead))} moved towards the lead's first vote. That may be insight, "
            "or rank: ask what they read that changed their mind.",
            icon=":material/trending_flat:",
        )


def _second(debrief: Debrief, who: str) -> str:
    if debrief.opening(2) or debrief.vote(who, 2):
        return _vote(debrief.vote(who, 2))
    return ":gray[second vote sealed]"


def _vote(vote: Vote | None) -> str:
    if vote is None:
        return ":gray[did not vote]"
    return f"**{RECOMMENDATIONS[vote.choice]}**" + (f" :gray[{plain(vote.reason)}]" if vote.reason else "")


def _called(record: RoundRecord, who: Sequence[str]) -> str:
    return ", ".join(record.person[one].name[:40] if one in record.person else one for one in who) or "nobody"
