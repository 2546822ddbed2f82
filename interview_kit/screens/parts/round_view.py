"""A round at a glance: what is looked at by whom, and how far every candidate is."""

from __future__ import annotations

import streamlit as st

from question_bank import CONDITIONS, InterviewPlan, Target, alone
from question_bank.frozen import readable
from rubrics import Rubrics
from scorecards.record.model import CardState, CardStatus, Round, RoundRecord, RoundSlot
from scorecards.record.setup import independent_looks, lookers, too_few_looks

from .text import count, plain

STATE_MARKS: dict[CardState, str] = {
    "draft": ":material/radio_button_unchecked:\u00a0due",
    "submitted": ":material/check_circle:\u00a0submitted",
    "withdrawn": ":material/block: withdrawn",
}


def coverage_matrix(round_: Round, rubrics: Rubrics) -> None:
    """Competency × interview × minutes; a must-have with fewer than two independent looks is red and says so."""
    # The verdict stands second: on a phone the rest is a swipe away.
    heads = ["Competency", "Looks", "Weight", *[plain(slot.plan.name) for slot in round_.slots]]
    lines = ["| " + " | ".join(heads) + " |", "|---|---|---:|" + "---:|" * len(round_.slots)]
    lines += ["| " + " | ".join(_cells(round_, target, rubrics)) + " |" for target in round_.targets]
    st.markdown("\n".join(lines))


def _cells(round_: Round, target: Target, rubrics: Rubrics) -> list[str]:
    """A competency's row: name, verdict, share of the weights, and minutes by interview."""
    key = target.competency
    name = plain(rubrics.by_id[key].name if key in rubrics.by_id else readable(key))
    minutes = independent_looks(round_)[key]
    if key in too_few_looks(round_):
        verdict = f":red-background[:material/warning: {_short_of(round_, key)}]"
        name = f":red-background[{name}]"
    else:
        verdict = "enough" if target.must_have else (":gray[not asked]" if not minutes else "")
    must = " · must" if target.must_have else ""
    total = sum(one.weight for one in round_.targets) or 1
    cells = [_minutes(round_, slot, key, minutes.get(slot.id)) for slot in round_.slots]
    return [f"{name}{must}", verdict, f"{100 * target.weight / total:.0f} %", *cells]


def _minutes(round_: Round, slot: RoundSlot, competency: str, minutes: int | None) -> str:
    if minutes is None:
        return "·"
    scored = not slot.interviewer_ids or any(
        round_.qualified(who, competency) for who in slot.interviewer_ids
    )
    return f"{minutes} min" if scored else f":gray[{minutes} min, apart]"


def _short_of(round_: Round, competency: str) -> str:
    looking = lookers(round_)[competency]
    if any(not round_.qualified(who, competency) for who in looking):
        return "needs two qualified interviewers"
    return "needs two interviewers"


def progress(record: RoundRecord) -> dict[str, str]:
    """By candidate, 'submitted of expected' in words."""
    words = {}
    for candidate in record.candidates:
        own = record.statuses_of(candidate.id)
        done = sum(status.state == "submitted" for status in own)
        expected = done + sum(status.due for status in own)
        words[candidate.id] = f"{done} of {count(expected, 'scorecard')}"
    return words


def status_mark(status: CardStatus) -> str:
    """One sign and one word for a scorecard's state."""
    if status.dismissed_reason is not None:
        return ":material/event_busy: dismissed"
    if status.state == "draft" and status.not_owed is not None:
        return ":material/person_off: no longer owed"
    return STATE_MARKS[status.state]


def plan_table(plan: InterviewPlan, rubrics: Rubrics) -> None:
    """The plan's questions in order, and what they leave out."""
    for number, item in enumerate(plan.items, start=1):
        competency = rubrics.by_id.get(item.question.competency)
        name = competency.name if competency else readable(item.question.competency)
        st.markdown(f"{number}\\. **{plain(item.question.topic)}** · {plain(name)} · {item.minutes} min")
    for words in plan.uncovered:
        st.markdown(f":orange[:material/warning: {plain(words)}]")
    held = f"{CONDITIONS[plan.condition].name}. " if plan.condition else ""
    st.caption(plain(held + alone(item.question for item in plan.items).words))
