"""The question in hand: what to read aloud, what to listen for, what was heard."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import streamlit as st

from question_bank import HELP_WORDS, KINDS, Bank, Exhibit, Question, Signal
from rubrics import Rubrics
from scorecards.model import Rating

from .text import plain

class Listening(NamedTuple):
    """What was marked while the candidate talks."""

    ticks: tuple[str, ...]
    probes: tuple[int, ...]
    red_flags: tuple[str, ...]


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
                    [(f"number-{n}", f"**{plain(x.about)}**: {plain(x.give)}") for n, x in enumerate(question.numbers)],
                    given,
                    key,
                )
        if question.reveals:
            with st.popover("If they ask", icon=":material/visibility:"):
                st.caption("Show or say it only when it is asked for, then tick it.")
                now_given += _given(
                    [
                        (f"reveal-{n}", f"**{plain(x.if_asked)}**: {plain(x.show or 'show ' + question.exhibit(x.exhibit or '').title)}")
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
                    now_given += _given([(f"exhibit-{exhibit.id}", f"Shown: {plain(exhibit.title)} ({when})")], given, key)
                    exhibits([exhibit])
        if question.twists:
            with st.popover("Twist", icon=":material/alt_route:"):
                now_given += _given(
                    [(f"twist-{n}", f"Minute {x.minute}: “{plain(x.say)}”") for n, x in enumerate(question.twists)],
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
                        st.markdown(f"**{plain(term.term)}.** {plain(term.plain)} *Good sign:* {plain(term.good_sign)}")
    return tuple(now_given)


def listening(question: Question, rating: Rating, key: str, *, locked: bool) -> Listening:
    """What has not been heard yet, with its probe; then everything to tick."""
    asked = _next_probe(question, rating, key, locked=locked)
    ticks = []
    with st.container(gap="xsmall"):
        for signal in sorted(question.signals, key=lambda s: (not s.must, s.level, -s.weight)):
            if _signal(signal, signal.id in rating.ticks, f"{key}-tick-{signal.id}", locked=locked):
                ticks.append(signal.id)
    flags = []
    if question.red_flags:
        marked = len(rating.red_flags)
        with st.expander(f"Red flags{f' ({marked} marked)' if marked else ''}", icon=":material/flag:", key=f"{key}-flags"):
            for flag in question.red_flags:
                effect = {"note": "noted", "cap_2": "level 2 at most", "cap_1": "level 1 at most"}[flag.effect]
                if st.checkbox(
                    f"{plain(flag.flag)} :gray[{effect}]",
                    value=flag.id in rating.red_flags,
                    key=f"{key}-flag-{flag.id}",
                    help=plain(flag.reason),
                    disabled=locked,
                ):
                    flags.append(flag.id)
    return Listening(tuple(sorted(ticks)), asked, tuple(sorted(flags)))


def _signal(signal: Signal, ticked: bool, key: str, *, locked: bool) -> bool:
    """One thing to listen for; until it was heard, with its meaning in plain words."""
    must = " · must" if signal.must else ""
    details = [
        f"**Listen for:** {plain(signal.listen_for)}",
        f"**Sounds right, is not:** {plain(signal.decoy)}" if signal.decoy else "",
        f"**Check:** “{plain(signal.check_question)}”" if signal.check_question else "",
    ]
    with st.container(gap="xxsmall"):
        heard = st.checkbox(
            f"**{plain(signal.label)}** :gray[level {signal.level}{must}]",
            value=ticked,
            key=key,
            help="\n\n".join(line for line in details if line),
            disabled=locked,
        )
        if not heard and signal.plain_meaning:
            st.caption(plain(signal.plain_meaning))
    return heard


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


def _next_probe(question: Question, rating: Rating, key: str, *, locked: bool) -> tuple[int, ...]:
    """The probe for what is missing most; 'Asked' records it, 'Another' shows the next."""
    waiting = _waiting_probes(question, rating)
    asked = rating.probes
    with st.container(border=True, key=f"{key}-probe"):
        if not waiting:
            st.markdown(":material/check: Nothing left to probe." if rating.probes else "Every probe is covered.")
            return asked
        turn = st.session_state.get(f"{key}-turn", 0) % len(waiting)
        place, missing = waiting[turn]
        probe = question.probes[place]
        st.markdown(f":material/hearing: **Not heard yet:** {plain(missing)}")
        st.markdown(f"“{plain(probe.ask)}” :gray[{HELP_WORDS[probe.help]}{', caps it at 2' if probe.help == 2 else ''}]")
        with st.container(horizontal=True, gap="small"):
            if st.button("Asked", key=f"{key}-asked-{place}", disabled=locked):
                asked = tuple(sorted({*asked, place}))
            if len(waiting) > 1:
                st.button("Another", key=f"{key}-another", type="tertiary", on_click=_turn_on, args=(f"{key}-turn",))
    return asked


def _turn_on(key: str) -> None:
    st.session_state[key] = st.session_state.get(key, 0) + 1


def _waiting_probes(question: Question, rating: Rating) -> list[tuple[int, str]]:
    """Probes not asked whose signal was not heard: musts and heavy ones first, gentle help first."""
    manners = {"vague": "anything concrete", "we": "their own part", "tool-name-only": "what the tool does for them"}
    labels = {signal.id: signal for signal in question.signals}
    found = []
    for place, probe in enumerate(question.probes):
        if place in rating.probes:
            continue
        unheard = [labels[m] for m in probe.if_missed if m in labels and m not in rating.ticks]
        words = [manners[m] for m in probe.if_missed if m in manners]
        if unheard:
            first = max(unheard, key=lambda signal: (signal.must, signal.weight))
            found.append(((not first.must, probe.help, -first.weight, place), place, first.label))
        elif words:
            found.append(((True, 3, 0, place), place, words[0]))
    return [(place, label) for _, place, label in sorted(found)]
