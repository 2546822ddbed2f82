"""Debrief: a sealed first vote, the scorecards side by side with an agenda, a second vote, and the decision."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from interview_kit import wiring
from interview_kit.screens import places, sight, signed_in
from interview_kit.screens.parts.address import leads_nowhere, say_where_to_go
from interview_kit.screens.parts.amend_form import Amended, amended
from interview_kit.screens.parts.attempt import attempt, attempt_on
from interview_kit.screens.parts.choose import choose, choose_round
from interview_kit.screens.parts.debrief_reading import (
    by_disagreement,
    recommendations,
    what_happened,
    who_has_submitted,
)
from interview_kit.screens.parts.decision import decision_form, decisions
from interview_kit.screens.parts.downloads import candidate_downloads
from interview_kit.screens.parts.head import head, problem
from interview_kit.screens.parts.import_form import origin
from interview_kit.screens.parts.own_cards import STEPS, own_draft_words, stage_of
from interview_kit.screens.parts.reasoned import reasoned
from interview_kit.screens.parts.seat_forms import holder_and_interview, not_owed_lines, seat_forms
from interview_kit.screens.parts.text import plain
from interview_kit.screens.parts.votes import (
    TURN_TITLES,
    ballot,
    opening,
    own_vote,
    pressed_too_late,
    show_steps,
    votes,
)
from scorecards.debriefing.agenda import PointKind, agenda
from scorecards.debriefing.debrief import voters, why_not_vote
from scorecards.record import rules
from scorecards.record.frozen import as_recorded, names_as_recorded
from scorecards.record.model import RoundRecord, Scorecard
from scorecards.store import NotAllowedError

if TYPE_CHECKING:
    from scorecards.comparison import RoundComparison

POINT_ICONS: dict[PointKind, str] = {
    "spread": "call_split",
    "missing": "help",
    "contradiction": "sync_problem",
}


def choose_candidate(record: RoundRecord) -> str | None:
    candidates = record.by_code
    if not candidates and leads_nowhere("candidate", ()):
        say_where_to_go("candidate", "rounds", "See the round", round=record.round.id)
    if not candidates:
        st.info("This round has no candidate yet.")
        return None
    if leads_nowhere("candidate", [candidate.id for candidate in candidates]):
        say_where_to_go("candidate", "debrief", "Choose a candidate", round=record.round.id)
    return choose(
        "Candidate",
        {candidate.id: candidate.called(80) for candidate in candidates},
        places.parameter("candidate"),
        thing="candidate",
        key=f"debrief-{record.round.id}",
        label_hidden=True,
    )


def withdraw_form(record: RoundRecord, candidate_id: str) -> None:
    """The lead takes a submitted scorecard out of the averages, also one that the lead may not read."""
    submitted = {s.card_id: s for s in record.statuses_of(candidate_id) if s.state == "submitted"}
    if not submitted or rules.why_not_lead(record.round, person.id) or rules.why_not_change(record.round):
        return
    with st.expander("Withdraw a scorecard", icon=":material/block:"):
        st.markdown(
            "For an interview that was void, or an interviewer with a conflict of interest. The scorecard leaves "
            "every average and stays listed with your reason. This cannot be undone."
        )
        names = {key: plain(holder_and_interview(record, status)) for key, status in submitted.items()}
        key = f"withdraw-{candidate_id}"
        chosen = st.radio("Whose", list(names), index=None, format_func=names.__getitem__, key=key)
        key = f"withdraw-why-{candidate_id}"
        reason = reasoned("Why it is withdrawn", "Withdraw", key, placeholder="Knew the candidate")
        missing = "Choose whose scorecard is withdrawn."
        attempt_on(chosen, reason, partial(store.cards.withdraw, person.id), missing=missing)


def amend(record: RoundRecord, card: Scorecard) -> None:
    """Change one's own submitted scorecard, with a reason; what stood there is kept."""
    with st.expander("Amend your scorecard", icon=":material/edit:"):
        key = f"{card.id}-{len(card.amendments)}"
        wanted = amended(record.interview[card.interview_id], card, key, rubrics)
        reason = st.text_input("Why the change", key=f"reason-{key}")
        if st.button("Amend", type="primary", key=f"amend-{key}"):
            attempt(lambda: put_amendment(card, wanted, reason))


def put_amendment(card: Scorecard, wanted: Amended, reason: str) -> None:
    """Store it over the amendments that the page had shown."""
    if not reason.strip():
        raise NotAllowedError(["An amendment needs a reason."])
    told = (wanted.ratings, wanted.verdict, reason)
    store.cards.amend(person.id, card.id, *told, after=len(card.amendments))


def reading(record: RoundRecord, candidate_id: str, visible: list[Scorecard]) -> None:
    """The agenda, the recommendations, and every competency with the interviewers' words."""
    points = agenda(record, candidate_id, names)
    if points:
        lines = [f":material/{POINT_ICONS[point.kind]}: {plain(point.words)}" for point in points]
        st.markdown("**What to talk about**  \n" + "  \n".join(lines))
    else:
        st.markdown(":gray[Nobody is far apart, nothing is missing, nothing contradicts: read, and decide.]")
    files = wiring.handed_on(person.id, record)
    recommendations(record, files, visible, rubrics, sight.exported(person.id, record.round.id))
    by_disagreement(record, visible, rubrics)
    waits = rules.why_not_compare(record.round, person.id, record.statuses)
    told = files.as_evidence_only() if waits else files
    candidate_downloads(told, candidate_id, rubrics, sight.exported(person.id, record.round.id))


def read_early(record: RoundRecord, candidate_id: str) -> None:
    """The lead reads before all are in, with a reason that the debrief shows."""
    if rules.why_not_read_early(record.round, person.id, candidate_id, record.statuses_of(candidate_id)):
        return
    if not any(status.state == "submitted" for status in record.statuses_of(candidate_id)):
        return
    with st.expander("Read before all are in", icon=":material/visibility:"):
        st.markdown("For you alone, and everybody sees that you did: the debrief names you and your reason.")
        reason = reasoned("Why you do not wait for all", "Read now", f"early-{candidate_id}")
        if reason is not None:
            attempt(lambda: store.candidates.read_early(person.id, candidate_id, reason))


def may_read(record: RoundRecord, candidate_id: str) -> bool:
    """Whether this voter reads the others yet: after the first vote, or when they rather read at once."""
    debrief, statuses = record.debrief(candidate_id), record.statuses_of(candidate_id)
    if debrief.vote(person.id, 1) or rules.why_not_debrief(record.round, person.id, statuses):
        return True
    if why_not_vote(record.round, person.id, debrief, statuses, 1):
        return True
    if len(voters(statuses)) < 2 or st.session_state.get(f"read-{candidate_id}"):
        return True
    if st.button("Read without a first vote", icon=":material/menu_book:", key=f"skip-{candidate_id}"):
        st.session_state[f"read-{candidate_id}"] = True
        st.rerun()
    return False


def my_vote(record: RoundRecord, candidate_id: str) -> None:
    """The box for the vote that is mine to cast now, if there is one."""
    debrief, statuses = record.debrief(candidate_id), record.statuses_of(candidate_id)
    # The first to submit votes before there is anything of others to read.
    if len({*voters(statuses), *(one.interviewer_id for one in statuses if one.due)}) < 2:
        return
    for turn in TURN_TITLES:
        if reasons := why_not_vote(record.round, person.id, debrief, statuses, turn):
            own_vote(record, candidate_id, person.id, turn)
            if pressed_too_late(record, candidate_id, person.id, turn):
                problem(reasons)
            continue
        cast = ballot(record, candidate_id, person.id, turn)
        if cast:
            attempt(partial(store.debriefs.vote, person.id, candidate_id, *cast[:3], over=cast.over))


def open_early(record: RoundRecord, candidate_id: str) -> None:
    """The lead opens votes before everybody has cast one."""
    for turn in () if rules.why_not_lead(record.round, person.id) else TURN_TITLES:
        # The store is asked: whose votes are in is on no page while they are sealed.
        try:
            out = store.debriefs.still_out(person.id, candidate_id, turn)
        except NotAllowedError:
            continue
        reason = opening(record, candidate_id, turn, out)
        if reason is not None:
            attempt(partial(store.debriefs.open_votes, person.id, candidate_id, turn, reason))


def decide(record: RoundRecord, candidate_id: str) -> None:
    """The lead records the decision, or opens it again with another."""
    statuses = record.statuses_of(candidate_id)
    blocked = rules.why_not_lead(record.round, person.id) or rules.why_not_change(record.round)
    if blocked or rules.why_not_debrief(record.round, person.id, statuses):
        return
    if not any(status.state == "submitted" for status in statuses):
        return
    decided = bool(record.debrief(candidate_id).decisions)
    title = "Open the decision again" if decided else "Record the decision"
    with st.expander(title, icon=":material/gavel:"):
        told = decision_form(record, candidate_id, person.id, names, lambda: compared(record))
        if isinstance(told, list):
            problem(told)
        elif told:
            attempt(lambda: store.debriefs.decide(person.id, candidate_id, told, names))


def compared(record: RoundRecord) -> RoundComparison | None:
    """The round's comparison, where this lead may see it already and it says anything."""
    if record.round.evidence_only or rules.why_not_compare(record.round, person.id, record.statuses):
        return None
    return sight.comparison(person.id, record.round.id)[1]


def own_drafts(record: RoundRecord, candidate_id: str) -> None:
    """The way back to what one still owes."""
    for status in record.statuses_of(candidate_id):
        if status.interviewer_id == person.id and status.due and not rules.why_not_change(record.round):
            step = stage_of(record, status)
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"You still owe: {own_draft_words(record, status)}", width="content")
                if st.button(STEPS[step], type="primary", key=f"go-{status.card_id}"):
                    places.go("submit" if step == "to_finish" else "interview", card=status.card_id)


person = signed_in.viewer()
store = wiring.store()
bank = wiring.bank()
head("Debrief", person)
round_ = choose_round(store.rounds.all(person.id), places.parameter("round"), "debrief")
if round_ is not None:
    record = store.rounds.record(person.id, round_.id)
    origin(record)
    # In the words that the round was judged by, whatever the files say now.
    rubrics = as_recorded(record, bank.rubrics)
    names = names_as_recorded(record, bank.rubrics)
    candidate_id = choose_candidate(record)
    if candidate_id is not None:
        visible = [card for card in record.cards_of(candidate_id) if card.state == "submitted"]
        who_has_submitted(record, candidate_id)
        what_happened(record, candidate_id)
        not_owed_lines(record, candidate_id)
        read_early(record, candidate_id)
        own_drafts(record, candidate_id)
        decisions(record, candidate_id, names)
        if visible:
            show_steps(record.debrief(candidate_id))
            my_vote(record, candidate_id)
            votes(record, candidate_id)
            open_early(record, candidate_id)
            if may_read(record, candidate_id):
                reading(record, candidate_id, visible)
            decide(record, candidate_id)
            for own in visible:
                if own.interviewer_id == person.id and not rules.why_not_change(record.round):
                    amend(record, own)
        withdraw_form(record, candidate_id)
        seat_forms(store, person, record, candidate_id)
