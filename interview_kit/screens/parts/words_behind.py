"""What interviewers recorded, in their words, side by side."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from question_bank import Question
from rubrics import Rubrics
from scorecards.documents import level_or_state, remarks
from scorecards.record.model import RoundRecord, Scorecard
from scorecards.record.rules import qualified

from .text import clock, plain


def words_of(record: RoundRecord, card: Scorecard, question_id: str, rubrics: Rubrics) -> None:
    """One interviewer on one question: level, what was heard, the evidence, flags."""
    question = record.interview[card.interview_id].plan.question(question_id)
    rating = card.rating(question_id)
    _level(record, card, question, rubrics)
    if rating.evidence.strip():
        st.text(rating.evidence)
    heard = [signal.label for signal in question.signals if signal.id in rating.ticks]
    if heard:
        st.caption("Heard: " + plain("; ".join(heard)))
    for flag in question.red_flags:
        if flag.id in rating.red_flags:
            st.markdown(f":red[:material/flag: {plain(flag.flag)}]")
    for remark in remarks(record, card, question_id):
        st.caption(plain(f"{remark.label}: {remark.text}"))
    if rating.saved_at:
        st.caption(f"{clock(rating.saved_at)}")


def _level(record: RoundRecord, card: Scorecard, question: Question, rubrics: Rubrics) -> None:
    """Who gave which level, whether it counts, and what the level means here."""
    rating = card.rating(question.id)
    st.markdown(
        f"**{plain(record.person[card.interviewer_id].name[:60])}** · {plain(level_or_state(rating, rubrics))}"
    )
    if rating.level is not None and not qualified(record.round, card.interviewer_id, question.competency):
        st.markdown(":gray-badge[:material/call_split: Apart: not qualified, in no score]")
    if rating.level is not None:
        st.caption(plain(question.anchors[rating.level]))


def side_by_side(record: RoundRecord, cards: Sequence[Scorecard], competency: str, rubrics: Rubrics) -> None:
    """Every question of a competency with every interviewer's words beside each other."""
    asked: dict[str, list[Scorecard]] = {}
    topics: dict[str, str] = {}
    for card in cards:
        for item in record.interview[card.interview_id].plan.items:
            if item.question.competency == competency:
                asked.setdefault(item.question.id, []).append(card)
                topics[item.question.id] = item.question.topic
    if not asked:
        st.caption("This competency was in no interview of the scorecards you can see.")
    for question_id, holders in asked.items():
        st.markdown(f"**{plain(topics[question_id])}**")
        for column, card in zip(st.columns(min(len(holders), 5), border=True), holders, strict=False):
            with column:
                words_of(record, card, question_id, rubrics)
