"""A scorecard, and a round, as Markdown for people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rubrics import Rubrics

from ..model import RECOMMENDATIONS, SKIP_REASONS, Rating, RoundRecord, Scorecard
from ..rules import proposed_level, qualified
from ..score import apart, card_mean, competency_scores, percent, shown
from ..timeline import minutes_used, paused_minutes
from .tables import apart_words, candidate_scores, level_or_state, round_status, submitted_cards

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|$~!+=&\-])")
_NUMBERED = re.compile(r"^(\d+)([.)])")


def escaped(text: str) -> str:
    """One line of plain text that no Markdown reader takes for markup."""
    return _NUMBERED.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", " ".join(text.split())))


def times(number: int) -> str:
    """'once', 'twice', '3 times'."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def card_markdown(record: RoundRecord, card: Scorecard, rubrics: Rubrics) -> bytes:
    """One scorecard: the recommendation first, then levels with coverage, then the words behind them."""
    return ("\n".join(_card_lines(record, card, rubrics, "#")) + "\n").encode()


def round_markdown(record: RoundRecord, rubrics: Rubrics) -> bytes:
    """A round: a table of candidates by code, then every scorecard that the record holds."""
    lines = [f"# {escaped(record.round.name)}", "", *_summary_lines(record, rubrics)]
    for _, card in submitted_cards(record):
        lines += ["", *_card_lines(record, card, rubrics, "##")]
    return ("\n".join(lines) + "\n").encode()


def _summary_lines(record: RoundRecord, rubrics: Rubrics) -> Iterator[str]:
    names = {c.id: c.name for c in rubrics.competencies}
    columns = [names.get(target.competency, target.competency) for target in record.round.targets]
    yield "| " + " | ".join(["Candidate", "Score", "Coverage", "Scorecards", "Status", *columns]) + " |"
    yield "|---" * (5 + len(columns)) + "|"
    for candidate, score in candidate_scores(record):
        cells = [
            f"{escaped(candidate.code)} {escaped(candidate.name)}",
            shown(score.overall),
            percent(score.coverage),
            f"{score.submitted} of {score.expected}",
            round_status(record, score, rubrics),
        ]
        for target in record.round.targets:
            found = score.competencies.get(target.competency)
            cells.append("–" if found is None else f"{shown(found.mean)} ({found.interviewers})")
            if any(one.competency == target.competency for one in score.apart):
                cells[-1] += " †"
        yield "| " + " | ".join(cells) + " |"
    yield ""
    yield "Candidates stand in the order of their codes. In brackets: how many interviewers rated it."
    for candidate, score in candidate_scores(record):
        if score.apart:
            told = escaped(apart_words(record, score.apart, rubrics))
            yield ""
            yield f"† {escaped(candidate.code)}, not qualified, in no score: {told}."


def _card_lines(record: RoundRecord, card: Scorecard, rubrics: Rubrics, head: str) -> Iterator[str]:
    interview = record.interview[card.interview_id]
    candidate = record.candidate[card.candidate_id]
    verdict = card.content.verdict
    choice = RECOMMENDATIONS[verdict.recommendation] if verdict.recommendation else "none yet"
    yield f"{head} Scorecard: {escaped(candidate.code)} {escaped(candidate.name)}"
    yield ""
    yield f"- **Recommendation: {choice}**" + (f": {escaped(verdict.reason)}" if verdict.reason else "")
    if verdict.contradiction:
        yield f"- Contradiction explained: {escaped(verdict.contradiction)}"
    yield f"- Interviewer: {escaped(record.person[card.interviewer_id].name)}"
    used = minutes_used(card)
    spent = f", {sum(used.values()):.0f} used, {paused_minutes(card):.0f} paused" if used else ""
    yield f"- Interview: {escaped(interview.plan.name)}, {interview.plan.minutes} minutes planned{spent}"
    when = card.submitted_at.isoformat(timespec="minutes") if card.submitted_at else "not submitted"
    yield f"- State: {card.state} ({when})" + (
        f", amended {times(len(card.amendments))}" if card.amendments else ""
    )
    if not record.round.evidence_only:
        yield from _score_lines(record, card, rubrics)
    for item in interview.plan.items:
        rating = card.rating(item.question.id)
        yield ""
        counts = rating.level is None or qualified(
            record.round, card.interviewer_id, item.question.competency
        )
        beside = "" if counts else " (apart: not qualified)"
        yield f"{head}# {escaped(item.question.title)}: {level_or_state(rating, rubrics)}{beside}"
        yield ""
        if rating.level is not None:
            yield f"*{escaped(item.question.anchors[rating.level])}*"
            yield ""
        if item.question.id in used:
            yield f"- Time: {used[item.question.id]:.0f} of {item.minutes} minutes planned"
        yield from _rating_lines(rating, [s.label for s in item.question.signals if s.id in rating.ticks])
        if rating.override_reason and rating.level is not None:
            yield f"- Level {proposed_level(interview, rating)} was proposed: {escaped(rating.override_reason)}"
        for flag in item.question.red_flags:
            if flag.id in rating.red_flags:
                quote = f": “{escaped(rating.flag_quotes[flag.id])}”" if flag.id in rating.flag_quotes else ""
                yield f"- Red flag: {escaped(flag.flag)}{quote}"
    for number, amendment in enumerate(card.amendments, start=1):
        if number == 1:
            yield ""
            yield f"{head}# Amendments"
            yield ""
        seen = ", changed after seeing others" if amendment.after_seeing_others else ""
        yield f"{number}. {amendment.at.isoformat(timespec='minutes')}{seen}: {escaped(amendment.reason)}"


def _score_lines(record: RoundRecord, card: Scorecard, rubrics: Rubrics) -> Iterator[str]:
    yield f"- Mean of the levels that count: {shown(card_mean(record, card))}"
    yield ""
    yield "| Competency | Score |"
    yield "|---|---|"
    for key, score in competency_scores(record, [card]).items():
        name = rubrics.by_id[key].name if key in rubrics.by_id else key
        yield f"| {escaped(name)} | {shown(score.mean)} |"
    for one in apart(record, [card]):
        name = rubrics.by_id[one.competency].name if one.competency in rubrics.by_id else one.competency
        yield f"| {escaped(name)} | {shown(one.mean)} apart: not qualified |"


def _rating_lines(rating: Rating, heard: list[str]) -> Iterator[str]:
    if rating.state == "skipped" and rating.skip_reason:
        yield f"- {SKIP_REASONS[rating.skip_reason]}" + (
            f": {escaped(rating.skip_text)}" if rating.skip_text else ""
        )
    for label in heard:
        yield f"- Heard: {escaped(label)}"
    if rating.evidence.strip():
        yield ""
        for line in rating.evidence.splitlines():
            yield f"> {escaped(line)}  "
        yield ""
