"""The debrief's two votes: who has cast one, the box for one's own, and what they came to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import streamlit as st

from scorecards.debriefing.debrief import (
    CHANGED,
    TURN_NAMES,
    Step,
    StepState,
    could_know_others,
    movement,
    steps,
    voters,
)
from scorecards.record.model import RECOMMENDATIONS, Debrief, Opening, Recommendation, RoundRecord, Turn, Vote

from .kept_text import kept_text
from .reasoned import reasoned
from .text import day, plain

STEP_NAMES: dict[Step, str] = {
    "first_vote": "First vote, sealed",
    "reading": "Reading",
    "second_vote": "Second vote",
    "decision": "Decision",
}
STEP_MARKS: dict[StepState, str] = {
    "done": ":material/check: {}",
    "now": "**{}**",
    "ahead": ":gray[{}]",
    "passed": ":gray[{}]",
}
# Shown beside a step that a decision skipped. Reading leaves no record that could be missing.
LEFT_OUT: dict[Step, str] = {
    "first_vote": "First vote: not opened",
    "reading": "Reading",
    "second_vote": "Second vote: not opened",
    "decision": "Decision",
}
TURN_TITLES: dict[Turn, str] = {1: "Your first vote", 2: "Your second vote"}


class Ballot(NamedTuple):
    """What somebody wants to vote."""

    turn: Turn
    choice: Recommendation
    reason: str
    # The number of the vote that was shown when it was pressed, 0 where none was cast.
    over: int


def show_steps(debrief: Debrief) -> None:
    """The steps of a debrief: a tick for what happened, bold for the current step."""
    words = [
        STEP_MARKS[state].format((LEFT_OUT if state == "passed" else STEP_NAMES)[step])
        for step, state in steps(debrief).items()
    ]
    st.markdown(" &nbsp;:gray[→]&nbsp; ".join(words))


def ballot(record: RoundRecord, candidate_id: str, person_id: str, turn: Turn) -> Ballot | None:
    """The box for one's own vote; what it says when it is cast."""
    cast = record.debrief(candidate_id).vote(person_id, turn)
    key = f"{candidate_id}-{turn}"
    with st.container(border=True):
        _ballot_head(record, candidate_id, person_id, turn)
        choice = _choice_box(cast, key)
        words = _reason_box(cast, key, person_id)
        _cast_button(cast, key, disabled=choice is None)
        over = _pressed(key)
        if choice and over is not None:
            return Ballot(turn, choice, words, over)
    return None


def _ballot_head(record: RoundRecord, candidate_id: str, person_id: str, turn: Turn) -> None:
    """Which vote it is, how long it can be changed, and how it was."""
    debrief = record.debrief(candidate_id)
    final = turn == 1 and could_know_others(
        record.round, person_id, debrief, record.statuses_of(candidate_id)
    )
    sealed = " :gray[sealed.]" if debrief.vote(person_id, turn) else ""
    st.markdown(f"**{TURN_TITLES[turn]}**{sealed} :gray[{_why(turn)} {_until(turn, final=final)}]")
    _changes(record, debrief, person_id, turn)


def _choice_box(cast: Vote | None, key: str) -> Recommendation | None:
    """At first as it was cast."""
    return st.radio(
        "Vote",
        list(RECOMMENDATIONS),
        index=list(RECOMMENDATIONS).index(cast.choice) if cast else None,
        horizontal=True,
        format_func=lambda value: RECOMMENDATIONS[value],
        key=f"vote-{key}",
        label_visibility="collapsed",
    )


def _reason_box(cast: Vote | None, key: str, person_id: str) -> str:
    """Why, which the tab keeps until the vote is cast."""
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
    return typed.text(key, reason)


def _cast_button(cast: Vote | None, key: str, *, disabled: bool) -> None:
    """A press notes over which vote it was made."""
    shown = cast.number if cast else 0
    st.button(
        "Change my vote" if cast else "Seal my vote",
        type="secondary" if cast else "primary",
        key=f"cast-{key}",
        disabled=disabled,
        # Bound as it is drawn: a press that is read late is of the vote that stood there then.
        on_click=lambda: st.session_state.update({f"over-{key}": shown}),
    )


def pressed_too_late(record: RoundRecord, candidate_id: str, person_id: str, turn: Turn) -> bool:
    """Whether another vote than the one that stands was pressed on a page that still had the box."""
    cast = record.debrief(candidate_id).vote(person_id, turn)
    key = f"{candidate_id}-{turn}"
    wanted = st.session_state.get(f"vote-{key}")
    return _pressed(key) is not None and wanted != (cast.choice if cast else None)


def _pressed(key: str) -> int | None:
    """The number of the vote that was shown when the button was pressed; None where it was not."""
    over = st.session_state.pop(f"over-{key}", None)
    return over if isinstance(over, int) else None


def _why(turn: Turn) -> str:
    if turn == 1:
        return "Before you read the others: nobody sees a first vote until all are in. Both votes are kept."
    return "After reading. Change your mind for a reason that you read, not for a person."


def _until(turn: Turn, *, final: bool) -> str:
    """How long a vote can be changed."""
    if final:
        return "Once sealed it is final, because others' scorecards can be read now."
    until = "others' scorecards can be read" if turn == 1 else "it is opened"
    return f"You can change it until {until}; your earlier vote stays on record."


def own_vote(record: RoundRecord, candidate_id: str, person_id: str, turn: Turn) -> None:
    """The viewer's own vote, while it is sealed and can no longer be changed."""
    debrief = record.debrief(candidate_id)
    vote = debrief.vote(person_id, turn)
    if vote and not debrief.opening(turn):
        st.markdown(f":material/lock: {TURN_TITLES[turn]}, sealed: {_vote(vote)}")
        _changes(record, debrief, person_id, turn)


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
        st.markdown(
            f":material/lock: First votes are sealed until all are in. Waiting for: {plain(', '.join(people))}."
        )
        return
    _choices(record, debrief, sorted({*voters(statuses), *debrief.people_who_voted}))
    _first_opening(record, debrief, first)
    _opened_early(record, (("first", first), ("second", second)))
    _towards_the_lead(record, debrief)


def _towards_the_lead(record: RoundRecord, debrief: Debrief) -> None:
    """Whose second vote is nearer to the lead's first one than their first was."""
    moved = movement(debrief, record.round.lead_id)
    if moved and moved.towards_lead:
        st.warning(
            f"{plain(_called(record, moved.towards_lead))} moved towards the lead's first vote. That may be insight, "
            "or rank: ask what they read that changed their mind.",
            icon=":material/trending_flat:",
        )


def _choices(record: RoundRecord, debrief: Debrief, people: Sequence[str]) -> None:
    """What each of them voted, a line each, then how votes were changed before they were opened."""
    second = debrief.opening(2)
    lines = ["**Votes**"]
    for who in people:
        again = f" → {_vote(debrief.vote(who, 2))}" if second else ""
        lines.append(f"{plain(_called(record, [who]))}: {_vote(debrief.vote(who, 1))}{again}")
    if second is None:
        lines.append(":gray[Second votes are sealed until all are in.]")
    st.markdown("  \n".join(lines))
    for who in debrief.people_who_voted:
        for turn in TURN_TITLES:
            if debrief.opening(turn):
                _changes(record, debrief, who, turn)


def _first_opening(record: RoundRecord, debrief: Debrief, first: Opening) -> None:
    """Who could know others' words when they first voted, and who speaks when."""
    early = [vote.person_id for vote in debrief.standing(1) if vote.could_have_read]
    if early:
        st.caption(
            f"Could already read others' scorecards when they first voted: {plain(_called(record, early))}."
        )
    if first.speaking_order:
        order = _called(record, first.speaking_order)
        st.caption(f"Speak in this order, drawn at random, the lead last: {plain(order)}.")


def _opened_early(record: RoundRecord, openings: Iterable[tuple[str, Opening | None]]) -> None:
    """Where a lead opened a vote before all were in: without whom, and why."""
    for name, opened in openings:
        if opened and opened.by:
            absent = f" without {plain(_called(record, opened.absent))}" if opened.absent else ""
            st.caption(
                f"{plain(_called(record, [opened.by]))} opened the {name} vote on {day(opened.at)}{absent}: "
                f"{plain(opened.reason)}"
            )


def _changes(record: RoundRecord, debrief: Debrief, who: str, turn: Turn) -> None:
    """What a vote said before it was changed, and when it was changed."""
    versions = debrief.versions(who, turn)
    for before, after in pairwise(versions):
        st.caption(
            f"{plain(_called(record, [who]))} changed their {TURN_NAMES[turn]} {CHANGED[turn]} at {day(after.at)}; "
            f"before that: {_vote(before)}"
        )


def _vote(vote: Vote | None) -> str:
    if vote is None:
        return ":gray[did not vote]"
    return f"**{RECOMMENDATIONS[vote.choice]}**" + (f" :gray[{plain(vote.reason)}]" if vote.reason else "")


def _called(record: RoundRecord, who: Sequence[str]) -> str:
    return ", ".join(record.person[one].name[:40] if one in record.person else one for one in who) or "nobody"
