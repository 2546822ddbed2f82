"""The question in hand: what to read aloud, and what may be given while the candidate talks."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from question_bank import KINDS, Bank, Exhibit, Question
from rubrics import Rubrics

from .text import plain


def read_aloud(question: Question, rubrics: Rubrics, minutes: int) -> None:
    """The prompt in the size in which one reads it to somebody."""
    competency = rubrics.by_id[question.competency]
    subskill = rubrics.subskills[question.subskill].name
    st.caption(f"{plain(competency.name)} · {plain(subskill)} · {KINDS[question.kind]} · {minutes} min")
    st.markdown(f"### {plain(question.prompt)}")
    if question.card:
        st.markdown(plain(question.card))


def exhibits(shown: Iterable[Exhibit]) -> None:
    """Material as the candidate sees it."""
    for exhibit in shown:
        st.markdown(f"**{plain(exhibit.title)}**", help=plain(exhibit.text_alternative))
        if exhibit.rows:
            head = "| " + " | ".join(plain(cell) or " " for cell in exhibit.columns) + " |"
            rule = "|" + "---|" * len(exhibit.columns)
            rows = ["| " + " | ".join(plain(cell) or " " for cell in row) + " |" for row in exhibit.rows]
            st.markdown("\n".join([head, rule, *rows]))
        elif exhibit.code is not None:
            st.code(exhibit.code, language="python", line_numbers=True)
        elif exhibit.text:
            st.text(exhibit.text)


def helpers(question: Question, bank: Bank, given: tuple[str, ...], key: str) -> tuple[str, ...]:
    """Pop-overs beside the prompt. Returns what has been given to the candidate."""
    now_given: list[str] = []
    with st.container(horizontal=True, gap="small"):
        with st.popover("For you", icon=":material/lightbulb:"):
            _background(question)
        if question.numbers:
            with st.popover("Numbers if asked", icon=":material/pin:"):
                st.caption("Give a number only when it is asked for, then tick it.")
                now_given += _given(
                    [
                        (f"number-{n}", f"**{plain(x.about)}**: {plain(x.give)}")
                        for n, x in enumerate(question.numbers)
                    ],
                    given,
                    key,
                )
        if question.reveals:
            with st.popover("If they ask", icon=":material/visibility:"):
                st.caption("Show or say it only when it is asked for, then tick it.")
                now_given += _given(
                    [
                        (
                            f"reveal-{n}",
                            f"**{plain(x.if_asked)}**: {plain(x.show or 'show ' + question.exhibit(x.exhibit or '').title)}",
                        )
                        for n, x in enumerate(question.reveals)
                    ],
                    given,
                    key,
                )
        later = [exhibit for exhibit in question.exhibits if exhibit.when != "start"]
        if later:
            with st.popover("More exhibits", icon=":material/table_chart:"):
                for exhibit in later:
                    when = "on request" if exhibit.when == "on_request" else "after the answer"
                    now_given += _given(
                        [(f"exhibit-{exhibit.id}", f"Shown: {plain(exhibit.title)} ({when})")], given, key
                    )
                    exhibits([exhibit])
        if question.twists:
            with st.popover("Twist", icon=":material/alt_route:"):
                now_given += _given(
                    [
                        (f"twist-{n}", f"Minute {x.minute}: “{plain(x.say)}”")
                        for n, x in enumerate(question.twists)
                    ],
                    given,
                    key,
                )
                for twist in question.twists:
                    st.caption(f"Good: {plain(twist.good)}")
        with st.popover("Levels", icon=":material/format_list_numbered:"):
            for level in (1, 2, 3, 4):
                st.markdown(f"**{level} {bank.rubrics.scale.name(level)}.** {plain(question.anchors[level])}")
        if question.ground_truth or question.defects:
            with st.popover("Answer key", icon=":material/key:"):
                answer_key(question)
        if question.glossary:
            with st.popover("Terms", icon=":material/menu_book:"):
                for term_id in question.glossary:
                    if term := bank.terms.get(term_id):
                        st.markdown(
                            f"**{plain(term.term)}.** {plain(term.plain)} *Good sign:* {plain(term.good_sign)}"
                        )
    return tuple(now_given)


def answer_key(question: Question) -> None:
    """What is planted in the material, and what only looks so."""
    if question.ground_truth:
        st.markdown(plain(question.ground_truth))
    for rival in question.rivals:
        st.markdown(f"- Not *{plain(rival.explanation)}*: {plain(rival.ruled_out_by)}")
    for defect in question.defects:
        lines = f" line {', '.join(str(line) for line in defect.lines)}" if defect.lines else ""
        must = " · must" if defect.must else ""
        st.markdown(
            f"- **{defect.id}**{lines}{must}: {plain(defect.what)} *Harm:* {plain(defect.harm)} *Fix:* {plain(defect.fix)}"
        )
    for trail in question.false_trails:
        st.markdown(f"- Looks wrong, is fine: {plain(trail.what)} ({plain(trail.why_fine)})")


def _background(question: Question) -> None:
    st.markdown(plain(question.for_you))
    st.markdown(f"**What separates:** {plain(question.separates)}")
    st.markdown(f"**The trap:** {plain(question.trap)}")
    if question.no_experience_route:
        st.markdown(f"**If they have not lived it:** {plain(question.no_experience_route)}")
    if question.ledger:
        st.markdown("**Collect:** " + plain(" · ".join(question.ledger)))
    for stage in question.stages:
        st.markdown(f"- {stage.minutes} min: {plain(stage.what)}")
    for task in question.tasks:
        st.markdown(f"- {task.points} points ({task.scored_by}): {plain(task.what)}")
    for accepted in question.accept_also:
        st.markdown(f"- Also a good answer: {plain(accepted)}")
    st.caption(f"AI tools: {plain(question.assist_policy)} · Access: {plain(question.access_notes)}")


def _given(items: list[tuple[str, str]], given: tuple[str, ...], key: str) -> list[str]:
    return [
        name for name, label in items if st.checkbox(label, value=name in given, key=f"{key}-given-{name}")
    ]
