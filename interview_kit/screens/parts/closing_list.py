"""The closing screen's lists: what is open, what is thin, what was never asked for, which words to look at."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from scorecards.record.closing import Lack, Noted, Withheld
from scorecards.record.notes import KIND_NAMES

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
    before = ""
    for place, one in enumerate(found[:MOST_WORDS]):
        if one.title != before:
            st.caption(plain(one.title))
            before = one.title
        pressed = _explained(one, place) or pressed
    if len(found) > MOST_WORDS:
        st.caption(f"and {count(len(found) - MOST_WORDS, 'word')} more")
    return pressed


def _explained(one: Noted, place: int) -> str | None:
    """A word, why it is here and what to write instead; the id of its question where that was pressed."""
    word, around = st.columns([1, 2.4], vertical_alignment="center", gap="small")
    pressed = False
    with word, st.popover(plain(one.finding.word[:40]), icon=":material/help:", width="stretch"):
        st.markdown(
            f"**{KIND_NAMES[one.finding.kind]}.** {plain(one.finding.why)}\n\n"
            f"*Instead:* {plain(one.finding.instead)}"
        )
        if one.question_id:
            pressed = st.button("Go to it", key=f"word-{place}")
    around.markdown(_shown(one))
    return one.question_id if pressed else None


def _shown(one: Noted) -> str:
    """The word in the middle of a few whole words around it, on one line."""
    start, end = one.finding.place, one.finding.place + len(one.finding.word)
    before = _whole_words(one.text[max(0, start - _AROUND) : start], cut_front=start > _AROUND)
    after = _whole_words(one.text[end : end + _AROUND], cut_back=end + _AROUND < len(one.text))
    word = plain(" ".join(one.finding.word.split()))
    return f"{plain(before)}:orange-background[{word}]{plain(after)}"


def _whole_words(text: str, *, cut_front: bool = False, cut_back: bool = False) -> str:
    line = re.sub(r"\s+", " ", text)
    if cut_front:
        line = "… " + line.partition(" ")[2]
    if cut_back:
        line = line.rpartition(" ")[0] + " …"
    return line
