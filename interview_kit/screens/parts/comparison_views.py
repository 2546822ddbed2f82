"""What the comparison shows beside its picture: people side by side, other weights, strictness, what is not said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import streamlit as st

from rubrics import Rubrics
from scorecards.comparison import (
    Analysis,
    Checks,
    InterviewerResult,
    RoundComparison,
    Standing,
    firmness_words,
)
from scorecards.comparison.diagnostics import InterviewerCheck, QuestionCheck, Verdict
from scorecards.comparison.words import ahead_words, group_name, moved_words, severity_words, spread_words
from scorecards.documents import safe_cell
from scorecards.record.model import RoundRecord
from scorecards.record.score import percent, shown

from .text import count, plain
from .words_behind import words_of

VERDICTS: dict[Verdict, str] = {
    "separates": "tells candidates apart",
    "misleads": "points the other way than everything else",
    "open": "not known: chance would do as well",
}


def sentences(lines: Sequence[str]) -> None:
    """The first sentence large, the rest in one paragraph."""
    st.markdown(f"**{plain(lines[0])}** " + " ".join(plain(line) for line in lines[1:]))


def side_by_side(
    record: RoundRecord, found: RoundComparison, chosen: Sequence[str], rubrics: Rubrics
) -> None:
    """Two to five candidates in their interviewers' words, competency by competency, with the anchors."""
    standings = [found.standing(who) for who in chosen]
    for one, other in combinations(standings, 2):
        _pair(found, one, other)
    competency = _competency_box(record, found, standings)
    for column, one in zip(st.columns(len(standings), border=True), standings, strict=True):
        with column:
            _summary(found, one, competency)
            _words(record, one.candidate.id, competency, rubrics)


def _competency_box(record: RoundRecord, found: RoundComparison, standings: Sequence[Standing]) -> str:
    """Which competency is read; at first the one on which these candidates differ most."""
    keys = [target.competency for target in record.round.targets]
    chosen = st.radio(
        "Competency",
        keys,
        index=keys.index(_most_apart(standings, keys)),
        format_func=lambda key: plain(found.names.get(key, key)),
        key=f"beside-{record.round.id}",
        horizontal=True,
        label_visibility="collapsed",
    )
    return chosen or keys[0]


def _pair(found: RoundComparison, one: Standing, other: Standing) -> None:
    if found.analysis is None:
        return
    chance = found.analysis.pairs.get(one.candidate.id, {}).get(other.candidate.id)
    if chance is None:
        st.markdown(
            f":gray[{plain(one.label)} and {plain(other.label)} are not set against each other: see *Not said*.]"
        )
    else:
        st.markdown(plain(ahead_words(one.label, other.label, chance)))


def _most_apart(standings: Sequence[Standing], keys: Sequence[str]) -> str:
    """The competency on which these candidates differ most; the first where nothing is known."""

    def spread(key: str) -> float:
        means = [
            float(one.score.competencies[key].mean) for one in standings if key in one.score.competencies
        ]
        return max(means) - min(means) if len(means) > 1 else -1.0

    return max(keys, key=spread)


def _summary(found: RoundComparison, one: Standing, competency: str) -> None:
    """Who this is and how the competency stands."""
    st.markdown(f"##### {plain(one.candidate.called())}")
    score = one.score.competencies.get(competency)
    if found.evidence_only:
        levels = [str(given.level) for given in one.levels.get(competency, ())]
        st.markdown(" · ".join(levels) or ":gray[no level]")
    else:
        overall = f":gray[overall {shown(one.score.overall)}, covered {percent(one.score.coverage)}]"
        who = f" from {count(score.interviewers, 'interviewer')}" if score else ""
        st.markdown(f"**{shown(score.mean)}**{who} {overall}" if score else f"no score {overall}")
        _common_score_and_group(one)
    for unlike in one.likeness.differences.get(competency, ()):
        st.caption(f"≠ {plain(unlike.words)}")


def _common_score_and_group(one: Standing) -> None:
    """The score on what everybody was asked, and the group; or why there is no place."""
    if one.likeness.common is not None and one.likeness.common != one.score.overall:
        asked = count(one.likeness.common_questions, "question")
        st.caption(f"On the {asked} that everybody was asked: {shown(one.likeness.common)}")
    if one.result and one.result.group:
        moved = moved_words(one.result)
        st.caption(group_name(one.result.group) + (f"; {moved} for strictness" if moved else ""))
    elif one.unplaced:
        st.caption("No place: " + plain("; ".join(one.unplaced)))


def _words(record: RoundRecord, candidate_id: str, competency: str, rubrics: Rubrics) -> None:
    told = False
    for card in record.cards_of(candidate_id):
        if card.state != "submitted":
            continue
        for item in record.interview[card.interview_id].plan.items:
            if item.question.competency == competency:
                told = True
                st.markdown(f":gray[{plain(item.question.topic)}]")
                words_of(record, card, item.question.id, rubrics)
                st.divider()
    if not told:
        st.caption("This competency was in no interview of the scorecards you can see.")


def what_if(
    record: RoundRecord, found: RoundComparison, tried: RoundComparison, weights: Mapping[str, float]
) -> None:
    """What other weights would change. Nothing of it is stored, and nothing looks for weights that suit."""
    if weights == {target.competency: target.weight for target in record.round.targets}:
        st.markdown("These are the weights as set. Change one to see what it would do.")
    else:
        _moves(found, tried)
    if found.sensitivity:
        st.markdown("**How firm the order is, with the weights set**")
        for line in firmness_words(found.sensitivity, found.names):
            st.markdown(f"- {plain(line)}")
    st.caption(
        "A trial in your window only: weights are set before the first scorecard, and are not tuned until "
        "somebody comes first. A change of the set weights is made on the Rounds page and is logged."
    )


def _moves(found: RoundComparison, tried: RoundComparison) -> None:
    """The leading group as set and as tried, and who would join or leave it."""
    before, after = _leading(found), _leading(tried)
    if before == after:
        st.markdown(f"**The leading group stays as it is**: {plain(', '.join(before.values()) or 'nobody')}.")
        return
    st.markdown(f"**The leading group would be**: {plain(', '.join(after.values()) or 'nobody')}.")
    joins = [name for who, name in after.items() if who not in before]
    leaves = [name for who, name in before.items() if who not in after]
    for word, names in (("Joins", joins), ("Leaves", leaves)):
        if names:
            st.markdown(f":gray[{word}:] {plain(', '.join(names))}")


def _leading(found: RoundComparison) -> dict[str, str]:
    """Labels of the leading group by id, of every part."""
    return {one.candidate.id: one.label for one in found.standings if one.result and one.result.group == 1}


def strictness(record: RoundRecord, found: RoundComparison, checks: Checks, leads: bool) -> None:
    """How interviewers agree; how strict one is, for oneself and for the lead."""
    if found.analysis is None:
        return
    _agreement(found.analysis)
    st.markdown("**Strictness on the same people**" if leads else "**Your strictness on the same people**")
    st.caption(
        "Seen by the round's lead, and by each interviewer of themselves. A prompt to calibrate; nobody is ranked."
    )
    for one in found.analysis.interviewers:
        st.markdown(_how_strict(found.names.get(one.interviewer, one.interviewer), one))
    if not found.analysis.interviewers:
        st.markdown(":gray[You rated nobody in this round.]")
    _interviewer_checks(found, checks)
    if leads:
        _question_checks(record, found, checks)


def _agreement(analysis: Analysis) -> None:
    """How often two interviewers give the same level, and where the spread of levels comes from."""
    agreed = analysis.agreement
    if agreed.exact is not None and agreed.adjacent is not None:
        st.markdown(
            f"Two interviewers gave the same level {agreed.exact:.0%} of the time (by chance "
            f"{agreed.exact_by_chance:.0%}) and were within one level {agreed.adjacent:.0%} of the time (by chance "
            f"{agreed.adjacent_by_chance:.0%})."
        )
    if analysis.shares:
        st.markdown(plain(spread_words(analysis.shares)))


def _how_strict(name: str, one: InterviewerResult) -> str:
    """An interviewer's strictness with its interval, or why it is not said; in Markdown."""
    if one.refused or one.severity is None or one.interval is None:
        return f"{plain(name)}: :gray[not said, {plain(one.refused or 'no model could be fitted')}.]"
    low, high = (-edge for edge in reversed(one.interval))
    return (
        f"{plain(severity_words(name, one.severity))} "
        f":gray[{low:+.1f} to {high:+.1f}; {count(one.scorecards, 'scorecard')}]"
    )


def _interviewer_checks(found: RoundComparison, checks: Checks) -> None:
    """How each used the scale, and who rated somebody unlike everything else."""
    rows = [_scale_use(found, one) for one in checks.interviewers if one.used is not None]
    if rows:
        st.markdown("**How the scale was used**")
        st.dataframe(rows, hide_index=True)
    for one in checks.unexpected:
        who, whom = found.names.get(one.interviewer, ""), found.names.get(one.candidate, "")
        side = "higher" if one.standardised > 0 else "lower"
        st.markdown(
            f":material/forum: {plain(who)} rated {plain(whom)} much {side} than anything else suggests. "
            "That is a reason to talk, and may well be right."
        )


def _scale_use(found: RoundComparison, one: InterviewerCheck) -> dict[str, Any]:
    """A line of the table; empty cells where there is too little to tell."""
    return {
        "Interviewer": safe_cell(found.names.get(one.interviewer, one.interviewer)),
        "Levels used": one.used,
        "Share of 3 and 4": None if one.top_two is None else round(100 * one.top_two),
        "Spread beside the others (1 = like them)": None if one.spread is None else round(one.spread, 1),
        "Evenness of a scorecard (1 = like them)": None if one.evenness is None else round(one.evenness, 1),
    }


def _question_checks(record: RoundRecord, found: RoundComparison, checks: Checks) -> None:
    """How each question was answered, and whether it tells candidates apart."""
    plans = [interview.plan for interview in record.interviews]
    topics = {item.question.id: item.question.topic for plan in plans for item in plan.items}
    st.markdown("**Questions**")
    rows = [_answers(one, topics.get(one.question, "")) for one in checks.questions if one.commonest]
    if rows:
        st.dataframe(rows, hide_index=True)
    few = sum(one.commonest is None for one in checks.questions)
    if few:
        st.caption(
            f"{count(few, 'question')} left out: fewer than 10 ratings. Whether a question tells candidates apart "
            "is said from 15 ratings of 10 candidates on."
        )


def _answers(one: QuestionCheck, title: str) -> dict[str, Any]:
    """A line of the table."""
    return {
        "Question": safe_cell(f"{one.question} {title}"),
        "Ratings": one.ratings,
        "Commonest level": f"{one.commonest[0]:g} ({one.commonest[1]:.0%})" if one.commonest else "–",
        "Beside everything else": VERDICTS[one.verdict] if one.verdict else "–",
    }


def not_said(found: RoundComparison) -> None:
    """Everything that is refused, with its reason."""
    if not found.refused:
        st.markdown("Nothing is held back: the evidence supports everything that this page can say.")
    for one in found.refused:
        st.markdown(f"- **{plain(one.what[:1].upper() + one.what[1:])}**: {plain(one.why)}.")
