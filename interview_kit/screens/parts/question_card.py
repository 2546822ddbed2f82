"""A question on paper: its material, its answer key, and the five-minute read-through before an interview."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from question_bank import KINDS, Bank, Exhibit, Question, Signal, Term
from question_bank.model import Anchors
from rubrics import Scale
from rubrics.model import ByLevel
from scorecards.interviewing.exhibit_json import chart_svg
from scorecards.interviewing.question_json import answer_key_lines

from .text import plain


def exhibits(shown: Iterable[Exhibit]) -> None:
    """Material as the candidate sees it."""
    for exhibit in shown:
        st.markdown(f"**{plain(exhibit.title)}**", help=plain(exhibit.text_alternative))
        if exhibit.chart:
            st.image(chart_svg(exhibit), caption=plain(exhibit.text_alternative))
        elif exhibit.rows:
            head = "| " + " | ".join(plain(cell) or " " for cell in exhibit.columns) + " |"
            rule = "|" + "---|" * len(exhibit.columns)
            rows = ["| " + " | ".join(plain(cell) or " " for cell in row) + " |" for row in exhibit.rows]
            st.markdown("\n".join([head, rule, *rows]))
        elif exhibit.code is not None:
            st.code(exhibit.code, language="python", line_numbers=True)
        elif exhibit.text:
            st.text(exhibit.text)


def levels(words: Anchors | ByLevel, scale: Scale) -> None:
    """What each level means here, a paragraph each."""
    for level in (1, 2, 3, 4):
        st.markdown(f"**{level} {plain(scale.name(level))}.** {plain(words[level])}")


def answer_key(question: Question) -> None:
    """What is planted in the material, and what only looks so."""
    for words in answer_key_lines(question):
        st.markdown(f"- {plain(words)}")


def second_half(question: Question) -> None:
    """What stays with the interviewer: facts on request, turns, the limit, the trace, other whole answers."""
    for number in question.numbers:
        st.markdown(f"- :gray[If asked] **{plain(number.about)}:** {plain(number.give)}")
    for turn in question.turns:
        when = f" ({plain(turn.after)})" if turn.after else ""
        _said(f"Turn{when}", turn.say, turn.good, turn.fluent)
    if question.limit:
        _said("Their limit", question.limit.ask, question.limit.good, question.limit.fluent)
    if question.trace:
        st.markdown(
            f"- **The trace:** {plain(question.trace.ask)} :gray[To check:] {plain(question.trace.check)}"
        )
    for route in question.routes:
        st.markdown(f"- **Also a good answer, level {route.level}:** {plain(route.route)}")


def _said(what: str, words: str, good: str, fluent: str | None) -> None:
    only = f"  \n:gray[Only fluent: {plain(fluent)}]" if fluent else ""
    st.markdown(f"- **{what}:** {plain(words)}  \nGood: {plain(good)}{only}")


def whole_question(question: Question, words: Bank) -> None:
    """Everything that its interviewer may want to know of it beforehand."""
    st.markdown(f"##### {plain(question.prompt)}")
    exhibits(question.exhibits)
    st.markdown(plain(question.for_you))
    st.markdown(f"**What separates:** {plain(question.separates)}")
    st.markdown(f"**The trap:** {plain(question.trap)}")
    levels(question.anchors, words.rubrics.scale)
    for signal in question.signals:
        _signal(signal)
    second_half(question)
    answer_key(question)
    for term in terms_of(question, words):
        st.markdown(f"- **{plain(term.term)}.** {plain(term.plain)}")
    st.caption(f"Does not measure: {plain(question.does_not_measure)}")


def _signal(signal: Signal) -> None:
    must = " · must" if signal.must else ""
    decoy = f"  \n:gray[Sounds right, is not: {plain(signal.decoy)}]" if signal.decoy else ""
    st.markdown(
        f"- **{plain(signal.label)}** :gray[level {signal.level}{must}] {plain(signal.listen_for)}{decoy}"
    )


def read_through(question: Question, minutes: int, bank: Bank) -> None:
    """What an interviewer has to have read before asking: what it separates, the trap, the words."""
    competency = bank.rubrics.by_id[question.competency]
    st.markdown(f"#### {plain(question.title)}")
    st.caption(f"{plain(competency.name)} · {KINDS[question.kind]} · {minutes} min")
    st.markdown(f"> {plain(question.prompt)}")
    st.markdown(plain(question.for_you))
    st.markdown(f"**What separates:** {plain(question.separates)}")
    st.markdown(f"**The trap:** {plain(question.trap)}")
    musts = [signal.label for signal in question.signals if signal.must]
    st.markdown("**Must be heard:** " + plain("; ".join(musts)))
    for term in terms_of(question, bank):
        st.markdown(f"- **{plain(term.term)}**: {plain(term.plain)}")


def terms_of(question: Question, bank: Bank) -> list[Term]:
    """The glossary's entries that a question names."""
    return [term for term in (bank.terms.get(key) for key in question.glossary) if term is not None]


def words_to_read(questions: Iterable[Question], bank: Bank) -> int:
    """How many words the read-through of these questions has."""
    return sum(
        len(words.split())
        for question in questions
        for words in (
            question.prompt,
            question.for_you,
            question.separates,
            question.trap,
            *(term.plain for term in terms_of(question, bank)),
        )
    )
