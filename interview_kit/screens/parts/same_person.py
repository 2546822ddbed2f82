"""Asks whether a name belongs to someone already known. The kit never guesses."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from scorecards.record.candidate_import import CandidateRow
from scorecards.record.model import Person
from scorecards.record.names import HOW_WORDS, How

from .choose import choose_in_a_row
from .text import plain

YES, NO = "Yes, same person", "No, someone else"
# More than this are asked about in one question.
MOST_ASKED = 12


def is_only_similar(like: Sequence[tuple[Person, How]]) -> bool:
    """Whether to ask: others have names like this one, and nobody has it."""
    return bool(like) and all(how != "same" for _, how in like)


def who_is_it(name: str, like: Sequence[tuple[Person, How]]) -> Person | str | None:
    """Someone enters a name like others here: which of them they are, or the name as a new one; None until then."""
    with st.container(border=True):
        st.markdown(f"**{plain(name)}**: are you one of these?")
        for person, how in like:
            st.caption(f"{plain(person.name)}: {HOW_WORDS[how]}.")
            if st.button(f"Yes, I'm {plain(person.name[:60])}", key=f"same-{person.id}", type="primary"):
                return person
        if st.button("No, I'm someone else", key="same-none"):
            return name
    return None


def newcomer_question(name: str, like: Sequence[tuple[Person, How]], key: str) -> Person | str | None:
    """The lead names someone whose name is like others here: who is meant; None until it is said."""
    people = {person.id: person for person, _ in like}
    answers = {one.id: f"Yes: {one.name[:60]}" for one in people.values()} | {NO: "No, another person"}
    chosen = choose_in_a_row(f"Is {plain(name[:60])} someone already here?", answers, f"{key}-{name}")
    return None if chosen is None else people.get(chosen, name)


def rows_answered(rows: Sequence[CandidateRow], key: str) -> list[CandidateRow]:
    """The rows without those that were said to be someone who is there; unanswered ones have it as their fault."""
    asked = [row for row in rows if row.fault is None and row.like]
    answers = {row: _row_question(row, key) for row in asked[:MOST_ASKED]}
    if rest := asked[MOST_ASKED:]:
        question = f"{len(rest)} more names look like existing ones. Are they the same people?"
        said = choose_in_a_row(question, {YES: YES, NO: NO}, f"{key}-rest")
        answers |= dict.fromkeys(rest, said)
    unsaid = "Say above whether this person is already in the list."
    return [
        row._replace(fault=unsaid) if row in answers and answers[row] is None else row
        for row in rows
        if answers.get(row) != YES
    ]


def _row_question(row: CandidateRow, key: str) -> str | None:
    """Whether the name of a line is the one that it is most like; None until it is said."""
    like = row.like[0]
    return choose_in_a_row(
        f"Line {row.line}: is {plain(row.name[:60])} the same as {plain(like.name[:60])}? {HOW_WORDS[like.how]}",
        {YES: f"{YES}: skip", NO: f"{NO}: add"},
        f"{key}-{row.line}-{row.name}",
    )
