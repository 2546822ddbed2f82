"""A question's page in the library: as its interviewer sees it, as the candidate does, to practise on, in the bank."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from question_bank import KINDS, TRACKS, Bank, Question
from question_bank.baseline import PARTS as BASELINE_PARTS
from question_bank.coverage import PARTS, Coverage, Point, load_coverage
from question_bank.model import Aim
from question_bank.question import Practice

from .live_screen import rehearsal
from .question_card import answer_key, exhibits, levels, terms_of
from .text import count, plain

AIM_NAMES: dict[Aim, str] = {
    "warm-up": "Warm-up, mid level too",
    "senior": "Senior",
    "stretch": "Beyond senior",
}
View = Callable[[Question, Bank, str], None]


@st.cache_data(show_spinner=False)
def coverage() -> Coverage:
    return load_coverage()


def question_head(question: Question, bank: Bank) -> None:
    """What the question is, in two lines."""
    competency = bank.rubrics.by_id[question.competency]
    st.markdown(f"#### {plain(question.title)}")
    words = [
        question.topic,
        question.id,
        competency.name,
        bank.rubrics.subskills[question.subskill].name,
        KINDS[question.kind],
        TRACKS[question.track],
        AIM_NAMES[question.aim],
        f"{question.minutes.total} min",
        question.status,
    ]
    st.caption(" · ".join(plain(word) for word in words))


def as_interviewer(question: Question, bank: Bank, signed: str) -> None:
    """The live screen itself, with this one question; what is ticked and typed goes nowhere."""
    rehearsal(question, bank, signed)


def as_candidate(question: Question, bank: Bank, signed: str) -> None:
    """What the candidate hears and sees from the start, and what they may get later."""
    st.markdown(f"### {plain(question.prompt)}")
    if question.card:
        st.markdown(plain(question.card))
    exhibits(exhibit for exhibit in question.exhibits if exhibit.when == "start")
    later = [exhibit for exhibit in question.exhibits if exhibit.when != "start"]
    if later:
        st.caption("Shown later, on request or after an answer:")
        exhibits(later)


def to_practise(question: Question, bank: Bank, signed: str) -> None:
    """Sample answers with their levels, then what the answer key leans on."""
    for sample in question.practice:
        _sample(sample, question, bank)
    levels(question.anchors, bank.rubrics.scale)
    answer_key(question)
    for term in terms_of(question, bank):
        st.markdown(f"- **{plain(term.term)}**: {plain(term.plain)}")
    for fact in question.facts:
        st.caption(
            f"{plain(fact.claim)} ({plain(fact.source)}; checked {fact.checked_on}; {fact.volatility})"
        )


def _sample(sample: Practice, question: Question, bank: Bank) -> None:
    """An answer to judge, and its level behind a press."""
    with st.container(border=True):
        st.markdown(plain(sample.answer))
        with st.expander("Which level would you give? Look when you have decided"):
            heard = [s.label for s in question.signals if s.id in sample.ticks]
            st.markdown(
                f"**{sample.level} {plain(bank.rubrics.scale.name(sample.level))}.** {plain(sample.why)}"
            )
            st.caption(f"Heard: {plain('; '.join(heard) or 'nothing')}")


def in_the_bank(question: Question, bank: Bank, signed: str) -> None:
    """Where it stands: points of the coverage, questions near it, what it does not measure, its exercise."""
    points = coverage().of(question.id)
    st.markdown("**Covers:**" if points else "**Covers:** no point of the coverage map")
    for point in points:
        st.markdown(f"- {PARTS[point.part]}: {plain(point.point)}")
    near = [q for q in bank.questions if q.subskill == question.subskill and q.id != question.id]
    st.markdown(f"**Same sub-skill:** {plain('; '.join(f'{q.title} ({q.id})' for q in near) or 'none')}")
    st.markdown(f"**Does not measure:** {plain(question.does_not_measure)}")
    st.markdown(f"**An assistant alone:** {plain(_baseline(question))}")
    st.markdown(f"**AI tools:** {plain(question.assist_policy)}")
    st.markdown(f"**Access:** {plain(question.access_notes)}")
    if question.exercise:
        st.markdown("**Lay it out for a candidate, and score what comes back:**")
        st.code(
            f"interview-kit exercise {question.exercise} --out FOLDER\n"
            f"interview-kit check-exercise {question.exercise} FOLDER",
            language=None,
        )


def _baseline(question: Question) -> str:
    """What an assistant got on it, run by run, and when."""
    baseline = question.assistant
    if baseline is None:
        return "not measured"
    told = [
        f"{part}: level {', '.join(str(run.level) for run in baseline.runs(part))}"
        for part in BASELINE_PARTS
        if baseline.runs(part)
    ]
    version = "" if baseline.version == question.version else f", version {baseline.version}"
    return f"{'; '.join(told)} ({baseline.assistant}, tried on {baseline.tried_on}{version})"


VIEWS: dict[str, View] = {
    "As the interviewer": as_interviewer,
    "As the candidate": as_candidate,
    "To practise": to_practise,
    "In the bank": in_the_bank,
}


def coverage_table(bank: Bank) -> None:
    """Every point with the questions that ask it; a count of each pillar by kind stands above."""
    found = coverage()
    waiting = sum(point.later is not None for point in found.points)
    st.caption(f"{count(len(found.points), 'point')}; {waiting} wait for questions of their competency.")
    for part, name in PARTS.items():
        st.markdown(f"**{name}**")
        for point in found.points:
            if point.part == part:
                st.markdown(f"- {plain(point.point)}. :gray[{plain(_where(point, bank))}]")


def _where(point: Point, bank: Bank) -> str:
    """Who asks it; a bank of one's own may lack the questions."""
    if point.later is not None:
        competency = bank.rubrics.by_id.get(point.later)
        return f"Later, in {competency.name if competency else point.later}"
    here = [bank.by_id[key] for key in point.questions if key in bank.by_id]
    return ", ".join(f"{question.title} ({question.id})" for question in here) or "Not in this bank"
