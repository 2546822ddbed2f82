"""What of a submitted scorecard is to stand from now on."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from rubrics import Rubrics
from scorecards.record.model import RECOMMENDATIONS, Interview, Rating, Scorecard, Verdict
from scorecards.record.states import needs_reason

from .text import plain


class Amended(NamedTuple):
    """The ratings that change, and the recommendation as it is to stand."""

    ratings: list[Rating]
    verdict: Verdict


def amended(interview: Interview, card: Scorecard, key: str, rubrics: Rubrics) -> Amended:
    """A question or the recommendation, and the explanation where they now differ."""
    what = st.segmented_control(
        "What changes", ["A question", "The recommendation"], default="A question", key=f"what-{key}"
    )
    verdict = card.content.verdict
    changed = [amended_rating(interview, card, key, rubrics)] if what == "A question" else []
    if what == "The recommendation":
        verdict = amended_verdict(verdict, key)
    contradiction = st.text_input(
        "If levels and recommendation now differ, explain", verdict.contradiction, key=f"contradiction-{key}"
    )
    return Amended(changed, verdict.model_copy(update={"contradiction": contradiction}))


def amended_verdict(verdict: Verdict, key: str) -> Verdict:
    """The recommendation as it is to stand; at first as it stands."""
    choice = st.segmented_control(
        "Recommendation",
        list(RECOMMENDATIONS),
        default=verdict.recommendation,
        format_func=lambda value: RECOMMENDATIONS[value],
        key=f"choice-{key}",
    )
    why = st.text_input("In one sentence, why", verdict.reason, key=f"verdict-{key}")
    return verdict.model_copy(update={"recommendation": choice or verdict.recommendation, "reason": why})


def amended_rating(interview: Interview, card: Scorecard, key: str, rubrics: Rubrics) -> Rating:
    """One question's rating as it is to stand; at first as it stands."""
    topics = {item.question.id: item.question.topic for item in interview.plan.items}
    question_id = st.selectbox(
        "Question", list(topics), format_func=lambda key: topics[key], key=f"q-{card.id}"
    )
    rating = card.rating(question_id)
    key = f"{key}-{question_id}"
    choice = _level_or_state(rating, key, rubrics)
    evidence = st.text_area("Evidence", rating.evidence, key=f"evidence-{key}")
    override = st.text_input(
        "Why not the proposed level (if so)", rating.override_reason, key=f"override-{key}"
    )
    number = choice in ("1", "2", "3", "4")
    return rating.model_copy(
        update={
            "level": int(choice) if number and choice else None,
            "state": None if number else choice or rating.state,
            "evidence": evidence,
            "override_reason": override,
        }
    )


def _level_or_state(rating: Rating, key: str, rubrics: Rubrics) -> str | None:
    """A number, or the id of a state that needs no reason; at first as it stands."""
    names = {str(s.level): plain(f"{s.level} {s.name}") for s in rubrics.scale.levels} | {
        state.id: plain(state.name) for state in rubrics.scale.states if not needs_reason(state.id)
    }
    before = str(rating.level) if rating.level else rating.state
    return st.segmented_control(
        "Level",
        list(names),
        default=before if before in names else None,
        format_func=names.__getitem__,
        key=f"level-{key}",
    )
