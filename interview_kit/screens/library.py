"""Library: find a question, see it as its interviewer and as the candidate will; rubrics, terms, faults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from interview_kit import wiring
from interview_kit.screens import signed_in
from interview_kit.screens.parts.address import leads_nowhere, say_where_to_go
from interview_kit.screens.parts.head import head
from interview_kit.screens.parts.library_page import AIM_NAMES, VIEWS, coverage_table, question_head
from interview_kit.screens.parts.question_card import levels
from interview_kit.screens.parts.text import count, plain
from question_bank import KINDS, TRACKS, Question

PAGE = 40


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


def find() -> tuple[Question, ...]:
    """The questions that match the search and the filters; what is chosen stays while a question is read."""
    text = st.text_input(
        "Search", placeholder="Any words of a question", key="find-text", persist_state="page"
    )
    with st.expander("Filters", icon=":material/filter_alt:", expanded=bool(chosen_filters())):
        return bank.find(text=text, **filters())


def filters() -> dict[str, Any]:
    """What is chosen in each box, as the bank takes it."""
    first, second = st.columns(2)
    with first:
        competencies, subskills = competency_filters()
        kinds = one_filter("Kind", "kind", KINDS)
    with second:
        tracks = one_filter("Track", "track", TRACKS)
        aims = one_filter("Aims at", "aim", AIM_NAMES)
        minutes = st.selectbox(
            "Minutes at most", [60, 45, 30, 20, 15, 10], key="find-minutes", persist_state="page"
        )
    where = {"competencies": competencies, "subskills": subskills}
    return where | {"kinds": kinds, "tracks": tracks, "aims": aims, "max_minutes": minutes}


def competency_filters() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Competencies and sub-skills; only sub-skills of the competencies chosen are offered."""
    chosen = one_filter("Competency", "competency", {key: one.name for key, one in rubrics.by_id.items()})
    offered = [one for one in rubrics.competencies if not chosen or one.id in chosen]
    names = {skill.id: skill.name for one in offered for skill in one.subskills}
    return chosen, one_filter("Sub-skill", "subskill", names)


def one_filter(label: str, slot: str, names: Mapping[Any, str]) -> tuple[str, ...]:
    """A box in which any of these can be chosen."""
    return tuple(
        st.multiselect(
            label, list(names), format_func=lambda key: names[key], key=f"find-{slot}", persist_state="page"
        )
    )


def chosen_filters() -> list[str]:
    """Which filters are set, so that their box opens by itself."""
    names = ("competency", "subskill", "kind", "track", "aim")
    return [name for name in names if st.session_state.get(f"find-{name}")]


def questions() -> None:
    """What was found, a line each; pressing one opens it."""
    found = find()
    st.caption(f"{len(found)} of {count(len(bank.questions), 'question')}")
    if not found:
        st.info("No question matches. Take out a word or a filter.")
    shown = st.session_state.get("find-shown", PAGE)
    for question in found[:shown]:
        if st.button(line_of(question), key=f"open-{question.id}", type="tertiary"):
            show(question.id)
    if len(found) > shown and st.button(f"Show {min(PAGE, len(found) - shown)} more"):
        st.session_state["find-shown"] = shown + PAGE
        st.rerun()


def line_of(question: Question) -> str:
    """Topic and what it is, as the label of a button."""
    words = [rubrics.by_id[question.competency].name, KINDS[question.kind], f"{question.minutes.total} min"]
    words += [question.status] if question.status in ("draft", "retired") else []
    return f"{plain(question.topic)} :gray[{plain(' · '.join(words))}]"


def show(question_id: str | None) -> None:
    """Open a question, or go back to the list; the address says which."""
    if question_id is None:
        st.query_params.pop("question", None)
    else:
        st.query_params["question"] = question_id
    st.rerun()


def one_question(question: Question) -> None:
    """A page of its own: one view at a time, because each is long."""
    if st.button("All questions", icon=":material/arrow_back:", type="tertiary"):
        show(None)
    question_head(question, bank)
    chosen = st.radio("View", list(VIEWS), horizontal=True, label_visibility="collapsed", key="question-view")
    VIEWS[chosen](question, bank, signed_in.signed_pass("rehearsal", person.id))


def competencies() -> None:
    for competency in rubrics.competencies:
        with st.expander(f"{plain(competency.name)}{' · pillar' if competency.pillar else ''}"):
            st.markdown(plain(competency.definition))
            st.markdown(f"**Why it matters:** {plain(competency.why_it_matters)}")
            levels(competency.levels, rubrics.scale)
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


person = signed_in.viewer()
bank = wiring.bank()
rubrics = bank.rubrics
head("Library", person)
faults()
if leads_nowhere("question", bank.by_id):
    say_where_to_go("question", "library", "See all questions")
wanted = bank.by_id.get(st.query_params.get("question", ""))
if wanted is not None:
    one_question(wanted)
else:
    tabs = st.tabs(["Questions", "Competencies", "Coverage", "Scale and terms"])
    with tabs[0]:
        questions()
    with tabs[1]:
        competencies()
    with tabs[2]:
        coverage_table(bank)
    with tabs[3]:
        scale_and_terms()
