"""What a debrief has to read: who has submitted, recommendations, and every competency in the interviewers' words."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import streamlit as st

from question_bank.frozen import readable
from rubrics import Rubrics
from scorecards.documents import level_or_state
from scorecards.record.model import RECOMMENDATIONS, Amendment, RoundEvent, RoundRecord, Scorecard
from scorecards.record.score import CompetencyScore, apart, competency_scores, shown
from scorecards.record.sight import were_not_blind

from .downloads import Made, card_downloads
from .round_view import status_mark
from .text import count, day, plain
from .words_behind import side_by_side


def who_has_submitted(record: RoundRecord, candidate_id: str) -> None:
    """The state of every scorecard; nothing of what they say."""
    mine = record.statuses_of(candidate_id)
    words = [
        f"{status_mark(status)} **{plain(record.person[status.interviewer_id].name[:60])}** "
        f":gray[{plain(record.interview[status.interview_id].plan.name)} {day(status.submitted_at)}]"
        for status in mine
    ]
    st.markdown(" &nbsp;·&nbsp; ".join(words) or ":gray[No interview yet.]")
    hidden = sum(s.state == "submitted" for s in mine) - sum(
        c.state == "submitted" for c in record.cards_of(candidate_id)
    )
    if hidden:
        st.info(
            f"{hidden} submitted scorecard{'s' if hidden > 1 else ''} hidden from you until the round's rule allows: "
            "independent ratings are worth more.",
            icon=":material/visibility_off:",
        )


def what_happened(record: RoundRecord, candidate_id: str) -> None:
    """What does not show in a scorecard: withdrawn ones, and who could have read before they rated."""
    for card in record.cards_of(candidate_id):
        if card.state == "withdrawn":
            who = plain(record.person[card.interviewer_id].name[:60])
            st.markdown(
                f":material/block: {who}'s scorecard is withdrawn and counts nowhere: {plain(card.withdrawn_reason or '')}"
            )
    sittings = {i.id for i in record.interviews if i.candidate_id == candidate_id}
    for event in record.round.events:
        if event.candidate_id == candidate_id or event.interview_id in sittings:
            for words in event_words(record, event):
                st.markdown(words)


def event_words(record: RoundRecord, event: RoundEvent) -> list[str]:
    """What was done about who reads and who interviews, in Markdown; empty for anything else."""
    who, reason = plain(_name(record, event.person_id)), plain(event.reason)
    about = f"{plain(_interview(record, event))}: " if event.interview_id else ""
    put = plain(", ".join(_name(record, one) for one in event.assigned))
    readers = plain(", ".join(_name(record, one) for one in were_not_blind(event)))
    by_then = f" By then {readers} could have read others' scorecards." if readers else ""
    if event.what == "read_early":
        return [
            f":material/visibility: {who} read before all scorecards were in, on {day(event.at)}: {reason}"
        ]
    if event.what == "dismissal_undone":
        return [f":material/undo: {about}{who} took the dismissal back on {day(event.at)}: {reason}{by_then}"]
    if event.what in ("assigned", "scheduled") and readers:
        done = f"{who} made {put} an interviewer" if event.what == "assigned" else f"{who} scheduled {put}"
        return [f":material/visibility: {about}{done} on {day(event.at)}.{by_then}"]
    return []


def _interview(record: RoundRecord, event: RoundEvent) -> str:
    """The candidate's code and the interview's name."""
    interview = record.interview.get(event.interview_id or "")
    candidate = record.candidate.get(interview.candidate_id) if interview else None
    told = [candidate.code if candidate else "", interview.plan.name[:60] if interview else ""]
    return ", ".join(one for one in told if one) or "An interview"


def _name(record: RoundRecord, who: str) -> str:
    return record.person[who].name[:60] if who in record.person else who


def recommendations(
    record: RoundRecord, files: RoundRecord, cards: list[Scorecard], rubrics: Rubrics, made: Made
) -> None:
    """Each interviewer's recommendation, with contradictions and changes named; `files` is the record of downloads."""
    saved = {card.id: card for card in files.cards}
    for column, card in zip(st.columns(max(len(cards), 1)), cards, strict=False):
        verdict = card.content.verdict
        with column, st.container(border=True):
            st.markdown(f"**{plain(record.person[card.interviewer_id].name[:60])}**")
            st.markdown(f"#### {RECOMMENDATIONS[verdict.recommendation] if verdict.recommendation else '–'}")
            if verdict.reason:
                st.text(verdict.reason)
            if verdict.contradiction:
                st.markdown(":orange[:material/warning: Levels and recommendation differ:]")
                st.text(verdict.contradiction)
            for amendment in card.amendments:
                _amendment(amendment, rubrics)
            card_downloads(files, saved[card.id], rubrics, made)


def _amendment(amendment: Amendment, rubrics: Rubrics) -> None:
    """When and why a scorecard was amended, and what stood there first."""
    seen = ", after seeing others" if amendment.after_seeing_others else ""
    st.caption(f"Amended {day(amendment.at)}{seen}: {plain(amendment.reason)}")
    with st.popover("What stood there first", width="stretch"):
        before = amendment.before.verdict
        if before.recommendation:
            st.markdown(f"Recommendation: **{RECOMMENDATIONS[before.recommendation]}**")
            st.text(before.reason)
        for rating in amendment.before.ratings:
            st.markdown(f"**{plain(rating.question_id)}** {plain(level_or_state(rating, rubrics))}")
            st.text(rating.evidence)


def by_disagreement(record: RoundRecord, cards: list[Scorecard], rubrics: Rubrics) -> None:
    """Every competency that was asked, the one with the largest spread first."""
    evidence_only = record.round.evidence_only
    scores = {} if evidence_only else competency_scores(record, cards)
    plans = [record.interview[card.interview_id].plan for card in cards]
    asked = {item.question.competency for plan in plans for item in plan.items}
    apart_by = {key: one.spread for key, one in scores.items()}
    order = sorted(asked, key=lambda key: (-apart_by.get(key, Fraction(-1)), key))
    for place, key in enumerate(order):
        score = scores.get(key)
        name = rubrics.by_id[key].name if key in rubrics.by_id else readable(key)
        words = count(len(cards), "scorecard") if evidence_only else _level_words(record, cards, key, score)
        disputed = score is not None and score.disputed
        icon = ":material/call_split:" if disputed else None
        with st.expander(f"{plain(name)} · {words}", expanded=disputed or place == 0, icon=icon):
            side_by_side(record, cards, key, rubrics)


def _level_words(
    record: RoundRecord, cards: Sequence[Scorecard], competency: str, score: CompetencyScore | None
) -> str:
    """The mean and how far apart they are; beside it what those not qualified gave."""
    words = "no level that counts"
    if score is not None:
        spread = f" · {shown(score.spread)} between them" if score.interviewers > 1 else ""
        words = f"{shown(score.mean)} from {score.interviewers}{spread}"
    each = ", ".join(
        f"{plain(_name(record, one.interviewer_id)[:40])} {shown(one.mean)}"
        for one in apart(record, cards)
        if one.competency == competency
    )
    return f"{words} · apart, not qualified: {each}" if each else words
