"""Library: questions, rubrics and terms to read and search; faults of the content are shown here."""

from __future__ import annotations

import streamlit as st

from question_bank import KINDS, TRACKS, Question
from screens import wiring
from screens.parts.head import head
from screens.parts.question_card import answer_key, exhibits
from screens.parts.text import count, plain


def faults() -> None:
    """What is wrong with the files now; the last good content goes on meanwhile."""
    problems = wiring.content().problems
    if not problems:
        return
    st.error(
        f"{count(len(problems), 'fault')} in the content files. The last good version stays in use.",
        icon=":material/rule:",
    )
    with st.expander("What is wrong, where, and the cure", expanded=True):
        for problem in problems[:200]:
            st.text(str(problem))


def questions() -> None:
    """Filter, search, read."""
    left, right = st.columns([1, 3.2], gap="large")
    with left:
        text = st.text_input("Search", placeholder="Any word of a question", max_chars=100)
        competencies = st.multiselect(
            "Competency", list(rubrics.by_id), format_func=lambda key: rubrics.by_id[key].name
        )
        kinds = st.multiselect("Kind", list(KINDS), format_func=lambda key: KINDS[key])
        tracks = st.multiselect("Track", list(TRACKS), format_func=lambda key: TRACKS[key])
        minutes = st.selectbox("Minutes at most", [60, 45, 30, 20, 15, 10], index=0)
    found = bank.find(
        text=text,
        competencies=tuple(competencies),
        kinds=tuple(kinds),
        tracks=tuple(tracks),
        max_minutes=minutes,
    )
    with right:
        st.caption(f"{len(found)} of {count(len(bank.questions), 'question')}")
        if not found:
            st.info("No question matches. Take out a filter.")
        for question in found:
            one_question(question)


def one_question(question: Question) -> None:
    competency = rubrics.by_id[question.competency]
    head_ = f"{plain(question.title)} · {plain(competency.name)} · {KINDS[question.kind]} · {question.minutes.total} min"
    with st.expander(f"{head_} · {question.status}"):
        interviewer, candidate = st.tabs(["What the interviewer sees", "What the candidate sees"])
        with candidate:
            st.markdown(f"### {plain(question.prompt)}")
            if question.card:
                st.markdown(plain(question.card))
            exhibits(exhibit for exhibit in question.exhibits if exhibit.when == "start")
        with interviewer:
            st.markdown(plain(question.for_you))
            st.markdown(
                f"**What separates:** {plain(question.separates)}  \n**The trap:** {plain(question.trap)}"
            )
            for signal in question.signals:
                must = " · must" if signal.must else ""
                lines = [
                    f"**{plain(signal.label)}** :gray[level {signal.level}{must}] {plain(signal.listen_for)}"
                ]
                lines += (
                    [f":gray[In plain words:] {plain(signal.plain_meaning)}"] if signal.plain_meaning else []
                )
                lines += [f":gray[Sounds right, is not:] {plain(signal.decoy)}"] if signal.decoy else []
                lines += [f":gray[Check:] {plain(signal.check_question)}"] if signal.check_question else []
                st.markdown("  \n".join(lines))
            for level in (1, 2, 3, 4):
                st.markdown(f"**{level} {rubrics.scale.name(level)}.** {plain(question.anchors[level])}")
            answer_key(question)
            for sample in question.practice:
                with st.container(border=True):
                    st.markdown(f":gray[Practice sample, level {sample.level}:] {plain(sample.answer)}")
                    st.caption(plain(sample.why))
            for fact in question.facts:
                st.caption(
                    f"{plain(fact.claim)} ({plain(fact.source)}; checked {fact.checked_on}; {fact.volatility})"
                )


def competencies() -> None:
    for competency in rubrics.competencies:
        with st.expander(f"{plain(competency.name)}{' · pillar' if competency.pillar else ''}"):
            st.markdown(plain(competency.definition))
            st.markdown(f"**Why it matters:** {plain(competency.why_it_matters)}")
            for level in (1, 2, 3, 4):
                st.markdown(f"**{level} {rubrics.scale.name(level)}.** {plain(competency.levels[level])}")
            st.markdown(f"**A junior with an AI assistant:** {plain(competency.junior_with_assistant)}")
            for subskill in competency.subskills:
                st.markdown(f"- **{plain(subskill.name)}** {plain(subskill.definition)}")


def scale_and_terms() -> None:
    for step in rubrics.scale.levels:
        st.markdown(f"**{step.level} {plain(step.name)}.** {plain(step.meaning)}")
    for state in rubrics.scale.states:
        st.markdown(f"**{plain(state.name)}.** {plain(state.meaning)}")
    st.divider()
    for term in sorted(bank.glossary.terms, key=lambda term: term.term.casefold()):
        st.markdown(
            f"**{plain(term.term)}.** {plain(term.plain)} {plain(term.why_it_matters)} *Good sign:* {plain(term.good_sign)}"
        )


person = wiring.viewer()
bank = wiring.bank()
rubrics = bank.rubrics
head("Library", person)
faults()
tabs = st.tabs(["Questions", "Competencies", "Scale and terms"])
with tabs[0]:
    questions()
with tabs[1]:
    competencies()
with tabs[2]:
    scale_and_terms()
