"""Prepare: read an interview's questions before it, swap or drop some, see that they fit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

import streamlit as st

from interview_kit import wiring
from interview_kit.screens import places, signed_in
from interview_kit.screens.parts.address import leads_nowhere, say_where_to_go
from interview_kit.screens.parts.attempt import attempt
from interview_kit.screens.parts.choose import choose, choose_round
from interview_kit.screens.parts.head import head, problem
from interview_kit.screens.parts.import_form import origin
from interview_kit.screens.parts.question_card import read_through, whole_question, words_to_read
from interview_kit.screens.parts.reasoned import reasoned
from interview_kit.screens.parts.text import plain
from question_bank import (
    CONDITIONS,
    InterviewPlan,
    PlanItem,
    Question,
    add_question,
    alone,
    alternatives,
    drop_question,
    move_question,
    overlaps,
    swap_question,
    usable_minutes,
)
from question_bank.plan import Likeness, Overlap
from scorecards.record import rules
from scorecards.record.frozen import as_planned
from scorecards.record.model import CardStatus, Interview, RoundRecord

# A calm reader of instructions.
WORDS_A_MINUTE = 230
# How a question is like one of another interview.
NEAR: dict[Likeness, str] = {
    "question": "is asked there word for word",
    "family": "is told there as another story",
    "sub-skill": "looks there at the same sub-skill",
}


def all_in_order(record: RoundRecord) -> list[CardStatus]:
    return [status for candidate in record.by_code for status in record.statuses_of(candidate.id)]


def choose_interview(record: RoundRecord) -> Interview | None:
    """One's own interviews first; a lead sees them all."""
    own = {status.interview_id for status in record.statuses if status.interviewer_id == person.id}
    leads = not rules.why_not_lead(record.round, person.id)
    seen = [i for i in record.interviews if i.id in own or leads]
    if leads_nowhere("interview", {interview.id for interview in seen}):
        say_where_to_go("interview", "prepare", "Choose an interview", round=record.round.id)
    if not seen:
        st.info("There is no interview to prepare here: you are in none of this round.")
        return None
    chosen = choose(
        "Interview",
        {one.id: words_for(record, one, own) for one in due_and_own_first(record, seen, own)},
        places.parameter("interview"),
        thing="interview",
        key=f"prepare-{record.round.id}",
    )
    return record.interview[chosen]


def due_and_own_first(
    record: RoundRecord, interviews: Iterable[Interview], own: Collection[str]
) -> list[Interview]:
    order = {status.interview_id: place for place, status in enumerate(all_in_order(record))}
    due = {status.interview_id for status in record.statuses if status.due}
    return sorted(interviews, key=lambda i: (i.id not in due, i.id not in own, order.get(i.id, len(order))))


def words_for(record: RoundRecord, interview: Interview, own: Collection[str]) -> str:
    """With whom, which interview, and whether it is one's own or did not take place."""
    candidate = record.candidate[interview.candidate_id]
    mine = " · yours" if interview.id in own else ""
    off = " · did not take place" if interview.dismissed_reason is not None else ""
    return f"{candidate.called()} · {interview.plan.name}{mine}{off}"


def change(interview: Interview, make: Callable[[], InterviewPlan]) -> None:
    """Store a changed plan, or say why it cannot be."""
    try:
        plan = make()
    except ValueError as error:
        problem([str(error)])
    else:
        attempt(lambda: store.interviews.change_plan(person.id, interview.id, plan))


def plan_item(record: RoundRecord, interview: Interview, item: PlanItem) -> None:
    """One question, to read through and to change."""
    question = item.question
    words = as_planned(interview.plan, bank)
    competency = words.rubrics.by_id[question.competency]
    title = f"{plain(question.topic)} · {plain(competency.name)} · {item.minutes} min"
    with st.expander(title + (" · optional" if item.optional else "")):
        read, act = st.columns([4, 1.3], gap="medium")
        with read:
            whole_question(question, words)
        with act:
            swap_box(record, interview, question)
            move_buttons(interview, question)


def swap_box(record: RoundRecord, interview: Interview, question: Question) -> None:
    """Another question in the place of this one."""
    key = f"{interview.id}-{question.id}"
    others = stand_ins(record, interview, question)
    chosen = st.selectbox(
        "Swap for",
        others,
        index=None,
        format_func=lambda q: f"{q.topic} · {q.minutes.total} min",
        key=f"swap-{key}",
        disabled=not others,
        placeholder="Choose" if others else "No other question fits",
    )
    if chosen and st.button("Swap", key=f"do-{key}", type="primary"):
        change(interview, lambda: swap_question(bank, interview.plan, question.id, chosen.id))


def move_buttons(interview: Interview, question: Question) -> None:
    """Earlier, later, or out of the plan."""
    key, plan = f"{interview.id}-{question.id}", interview.plan
    if st.button("Earlier", key=f"up-{key}", icon=":material/arrow_upward:", width="stretch"):
        change(interview, lambda: move_question(plan, question.id, -1))
    if st.button("Later", key=f"down-{key}", icon=":material/arrow_downward:", width="stretch"):
        change(interview, lambda: move_question(plan, question.id, 1))
    if st.button("Take out", key=f"drop-{key}", icon=":material/remove:", width="stretch"):
        change(interview, lambda: drop_question(plan, question.id))


def other_sittings(record: RoundRecord, interview: Interview) -> list[Interview]:
    """The other interviews that take place with this candidate."""
    return [
        sitting
        for sitting in record.interviews
        if sitting.candidate_id == interview.candidate_id
        and sitting.id != interview.id
        and sitting.dismissed_reason is None
    ]


def stand_ins(record: RoundRecord, interview: Interview, question: Question) -> tuple[Question, ...]:
    """What may be asked instead: same family, then same sub-skill, then same competency, asked nowhere else."""
    plans = [interview.plan, *(sitting.plan for sitting in other_sittings(record, interview))]
    asked = {item.question.family for plan in plans for item in plan.items}
    return alternatives(bank, question, asked - {question.family})


def overlap_warnings(record: RoundRecord, interview: Interview) -> None:
    """What this candidate is asked twice, by whom, and another question one press away."""
    others = other_sittings(record, interview)
    for found in overlaps(interview.plan, [other.plan for other in others]):
        question = interview.plan.question(found.question_id)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(overlap_words(record, question, others[found.plan], found), width="stretch")
            ask_instead(record, interview, question, key=f"overlap-{found.question_id}-{found.plan}")


def overlap_words(record: RoundRecord, question: Question, other: Interview, found: Overlap) -> str:
    """What is asked twice, in which other interview, and who holds that; in Markdown."""
    who = sorted(
        record.person[status.interviewer_id].name
        for status in record.statuses
        if status.interview_id == other.id
    )
    return (
        f":orange[:material/content_copy:] **{plain(question.topic)}** {NEAR[found.same]}: "
        f"“{plain(other.plan.question(found.other_id).topic)}” in {plain(other.plan.name)}"
        f" ({plain(', '.join(who)) or 'nobody yet'})."
    )


def ask_instead(record: RoundRecord, interview: Interview, question: Question, *, key: str) -> None:
    """The first question on another sub-skill that could stand in its place, one press away."""
    fitting = (q for q in stand_ins(record, interview, question) if q.subskill != question.subskill)
    instead = next(fitting, None)
    if instead and st.button(f"Ask “{instead.topic}” instead", key=key):
        change(interview, lambda: swap_question(bank, interview.plan, question.id, instead.id))


def read(interview: Interview) -> None:
    """The read-through, with how long it takes."""
    questions = [item.question for item in interview.plan.items]
    words = as_planned(interview.plan, bank)
    minutes = max(1, round(words_to_read(questions, words) / WORDS_A_MINUTE))
    st.caption(
        f"About {minutes} minutes to read. Signals, levels and the answer key are on the live screen too."
    )
    for item in interview.plan.items:
        read_through(item.question, item.minutes, words)


def condition_box(interview: Interview) -> None:
    """How it is held: the sentence for the candidate, what to prefer, and what an assistant alone would get."""
    plan = interview.plan
    choices = [None, *CONDITIONS]
    chosen = st.selectbox(
        "How it is held",
        choices,
        index=choices.index(plan.condition),
        format_func=lambda key: CONDITIONS[key].name if key else "Not said yet",
        key=f"held-{interview.id}",
        help="Read out to the candidate, kept with the scorecard, and told where candidates differ in it.",
    )
    if chosen:
        st.caption(f"“{plain(CONDITIONS[chosen].say)}” {plain(CONDITIONS[chosen].advice)}")
    st.caption(plain(alone(item.question for item in plan.items).words))
    if chosen != plan.condition:
        change(interview, lambda: plan.model_copy(update={"condition": chosen}))


def add_row(record: RoundRecord, interview: Interview) -> None:
    """One question more, from those the candidate is not asked anywhere."""
    free = usable_minutes(interview.plan.minutes) - interview.plan.planned_minutes
    fitting = asked_nowhere(record, interview, free)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Add a question",
            fitting,
            index=None,
            key=f"add-{interview.id}",
            format_func=lambda q: (
                f"{q.topic} · {bank.rubrics.by_id[q.competency].name} · {q.minutes.total} min"
            ),
            placeholder="Choose" if fitting else f"None fits the {max(free, 0)} minutes left",
            disabled=not fitting,
        )
        if st.button("Add", disabled=chosen is None) and chosen:
            change(interview, lambda: add_question(bank, interview.plan, chosen.id))


def asked_nowhere(record: RoundRecord, interview: Interview, free: int) -> list[Question]:
    """Questions whose family the candidate meets in no interview, and that fit into so many minutes."""
    asked = {
        item.question.family
        for sitting in record.interviews
        if sitting.candidate_id == interview.candidate_id
        for item in sitting.plan.items
    }
    return [
        q
        for q in bank.questions
        if q.family not in asked and q.minutes.total <= free and q.status in ("pilot", "live")
    ]


def around(record: RoundRecord, interview: Interview) -> None:
    """Start it, or say that it does not take place."""
    sitting = [status for status in record.statuses if status.interview_id == interview.id]
    own = next((one for one in sitting if one.interviewer_id == person.id and one.due), None)
    with st.container(horizontal=True):
        closed = bool(rules.why_not_change(record.round))
        if own and not closed and st.button("Start the interview", type="primary", icon=":material/mic:"):
            places.go("interview", card=own.card_id)
        if not (closed or rules.why_not_dismiss(sitting) or rules.why_not_lead(record.round, person.id)):
            with st.popover("It did not take place"):
                reason = reasoned("Why", "Dismiss the interview", "dismiss", placeholder="Candidate withdrew")
                if reason is not None:
                    attempt(lambda: dismiss(record, interview, reason))


def dismiss(record: RoundRecord, interview: Interview, reason: str) -> None:
    """Take it out, stay with it, and say that it was done."""
    store.interviews.dismiss(person.id, interview.id, reason)
    called = record.candidate[interview.candidate_id].called()
    st.session_state["notice"] = (
        f"{interview.plan.name} with {called} was marked as not held: no scorecard is owed for it."
    )


def dismissed(record: RoundRecord) -> None:
    """Interviews that did not take place, and the way back."""
    found = [interview for interview in record.interviews if interview.dismissed_reason is not None]
    if not found or rules.why_not_lead(record.round, person.id) or rules.why_not_change(record.round):
        return
    with st.expander(f"Did not take place: {len(found)}", icon=":material/event_busy:"):
        for interview in found:
            take_back(record, interview)


def take_back(record: RoundRecord, interview: Interview) -> None:
    """One dismissed interview, and the button that takes the dismissal back."""
    candidate = record.candidate[interview.candidate_id]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"**{plain(candidate.called())}** · {plain(interview.plan.name)}: "
            f"{plain(interview.dismissed_reason or '')}",
            width="content",
        )
        with st.popover("It takes place after all"):
            st.caption(
                "Scorecards are owed again. If its interviewers could read others' scorecards by now, "
                "the debrief says so."
            )
            reason = reasoned("Why", "Take it back", f"undo-{interview.id}")
            if reason is not None:
                attempt(lambda: store.interviews.undo_dismissal(person.id, interview.id, reason))


person = signed_in.viewer()
store = wiring.store()
bank = wiring.bank()
head("Prepare", person)
if notice := st.session_state.pop("notice", None):
    st.success(plain(notice), icon=":material/check:")
round_ = choose_round(store.rounds.all(person.id), places.parameter("round"), "prepare")
if round_ is not None:
    record = store.rounds.record(person.id, round_.id)
    origin(record)
    interview = choose_interview(record)
    if interview is not None and interview.dismissed_reason is not None:
        st.info(
            "This interview was marked as not held. You can restore it below.",
            icon=":material/event_busy:",
        )
    elif interview is not None:
        plan = interview.plan
        usable = usable_minutes(plan.minutes)
        st.progress(
            min(1.0, plan.planned_minutes / plan.minutes),
            f"{plan.planned_minutes} of {plan.minutes} minutes planned; {usable} may be, a tenth stays free",
        )
        around(record, interview)
        overlap_warnings(record, interview)
        for words in plan.uncovered:
            st.markdown(f":orange[:material/warning: {plain(words)}]")
        reading, planning = st.tabs(["Read through", "The plan"])
        with reading:
            read(interview)
        with planning:
            condition_box(interview)
            for item in plan.items:
                plan_item(record, interview, item)
            add_row(record, interview)
    dismissed(record)
