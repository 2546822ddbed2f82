"""The closing screen's lists: what is open, what is thin, what was never asked for, which words to look at."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from scorecards.closing import Lack, Noted, Withheld
from scorecards.notes import KIND_NAMES

from .text import count, plain

# More findings than anybody reads; the rest is counted.
MOST_WORDS = 30
_AROUND = 40


def lacks(title: str, found: Sequence[Lack], none: str, key: str) -> str | None:
    """Questions that lack something, each a button that leads to it; the id of the one that was pressed."""
    if not found:
        st.markdown(f":material/check: {none}")
        return None
    st.markdown(f"**{title}**")
    pressed = None
    for place, lack in enumerate(found):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if st.button(plain(lack.title), key=f"{key}-{place}", icon=":material/arrow_forward:"):
                pressed = lack.question_id
            st.markdown(f":red[{plain('; '.join(lack.reasons))}]", width="content")
    return pressed


def never_given(found: Sequence[Withheld]) -> None:
    """Numbers, reveals and material on request that were not given. Information: it blocks nothing."""
    if not found:
        return
    total = sum(len(one.things) for one in found)
    with st.expander(f"Not asked for, so not given: {total}", icon=":material/info:"):
        st.caption(
            "What the candidate did not ask for, as far as you ticked it. Nothing has to be done here."
        )
        for one in found:
            st.markdown(f"**{plain(one.title)}**\n" + "\n".join(f"- {plain(thing)}" for thing in one.things))


def words_to_look_at(found: Sequence[Noted]) -> str | None:
    """Words that are worth a second look, explained; the id of the question that was pressed."""
    if not found:
        st.markdown(":material/check: No words in your notes that need a second look.")
        return None
    st.markdown(f"**Words to look at: {len(found)}** :gray[None of them blocks you. You decide.]")
    pressed = None
    for place, one in enumerate(found[:MOST_WORDS]):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            with st.popover(plain(one.finding.word[:60]), icon=":material/help:"):
                st.markdown(
                    f"**{KIND_NAMES[one.finding.kind]}.** {plain(one.finding.why)}\n\n"
                    f"*Instead:* {plain(one.finding.instead)}"
                )
                if one.question_id and st.button("Go to it", key=f"word-{place}"):
                    pressed = one.question_id
            st.markdown(f":gray[{plain(one.title)}:] {_shown(one)}", width="content")
    if len(found) > MOST_WORDS:
        st.caption(f"and {count(len(found) - MOST_WORDS, 'word')} more")
    return pressed


def _shown(one: Noted) -> str:
    """The word in the middle of what stands around it, on one line."""
    start, end = one.finding.place, one.finding.place + len(one.finding.word)
    before = " ".join(one.text[max(0, start - _AROUND) : start].split())
    after = " ".join(one.text[end : end + _AROUND].split())
    dots = "… " if start > _AROUND else ""
    more = " …" if end + _AROUND < len(one.text) else ""
    glue = " " if one.text[:start][-1:].isspace() else ""
    gap = " " if one.text[end : end + 1].isspace() else ""
    word = plain(" ".join(one.finding.word.split()))
    return f"{dots}{plain(before)}{glue}:orange-background[{word}]{gap}{plain(after)}{more}"
