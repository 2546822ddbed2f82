"""One scorecard as a document: the recommendation, the levels, then the words behind them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from question_bank import CONDITIONS
from rubrics import Rubrics

from ..record.frozen import as_recorded
from ..record.model import RECOMMENDATIONS, Amendment, CardContent, CardState, Rating, RoundRecord, Scorecard
from ..record.score import CompetencyScore, card_mean, competency_scores, shown
from ..record.timeline import minutes_used, paused_minutes
from .answers import question_block
from .blocks import CONFIDENTIAL, Block, Document, ScaleRow
from .making import band, day_and_time, dot, facts, head, points, scale, scale_row, short, words
from .method import EVIDENCE_ONLY, competency_name, steps
from .tables import Given, level_or_state, levels_given

STATES: dict[CardState, str] = {
    "draft": "Draft, not submitted",
    "submitted": "Submitted",
    "withdrawn": "Withdrawn, counts nowhere",
}


def card_document(record: RoundRecord, card: Scorecard, rubrics: Rubrics) -> Document:
    """The whole scorecard."""
    rubrics = as_recorded(record, rubrics)
    candidate = record.candidate[card.candidate_id]
    return Document(
        kind="Scorecard",
        title=short(candidate.called(200), 90),
        below=f"{short(record.interview[card.interview_id].plan.name)}, by "
        f"{short(record.person[card.interviewer_id].name)}",
        confidential=CONFIDENTIAL,
        made=_made(record, card),
        blocks=tuple(_blocks(record, card, rubrics)),
    )


def _blocks(record: RoundRecord, card: Scorecard, rubrics: Rubrics) -> Iterator[Block]:
    verdict = card.content.verdict
    choice = RECOMMENDATIONS[verdict.recommendation] if verdict.recommendation else "None yet"
    explained = f"Levels and recommendation differ: {verdict.contradiction}" if verdict.contradiction else ""
    yield band("Recommendation", choice, [verdict.reason, explained])
    yield facts(_facts(record, card))
    yield head("Levels")
    if record.round.evidence_only:
        yield words(EVIDENCE_ONLY, "small")
    told = "Levels" if record.round.evidence_only else "Mean"
    rows = _rows(record, card, rubrics)
    yield scale(rows, steps(rubrics), told=told, legend=_legend(record, card))
    yield head("Questions")
    for item in record.interview[card.interview_id].plan.items:
        yield question_block(record, [card], item, rubrics, named=False)
    if card.amendments:
        yield head("Amendments")
        yield points(_amendments(card, rubrics), numbered=True)


def _facts(record: RoundRecord, card: Scorecard) -> Iterator[tuple[str, str]]:
    interview, candidate = record.interview[card.interview_id], record.candidate[card.candidate_id]
    yield "Round", short(record.round.name)
    yield "Origin", record.imported_words
    yield "Interview", short(interview.plan.name)
    yield "Held", CONDITIONS[interview.plan.condition].name if interview.plan.condition else ""
    yield "Interviewer", short(record.person[card.interviewer_id].name)
    if short(candidate.name) != candidate.name:
        yield "Candidate in full", candidate.name
    yield "State", STATES[card.state]
    yield "Submitted", day_and_time(card.submitted_at)
    yield "Withdrawn because", card.withdrawn_reason or ""
    yield "No longer owed because", card.not_owed.reason if card.not_owed else ""
    used = minutes_used(card)
    spent = f", {sum(used.values()):.0f} used, {paused_minutes(card):.0f} paused" if used else ""
    yield "Minutes", f"{interview.plan.minutes} planned{spent}"
    rated = sum(card.rating(item.question.id).level is not None for item in interview.plan.items)
    yield "Coverage of the plan", f"{rated} of {len(interview.plan.items)} questions have a level"
    if not record.round.evidence_only:
        yield "Mean of levels", shown(card_mean(record, card))


def _rows(record: RoundRecord, card: Scorecard, rubrics: Rubrics) -> Iterator[ScaleRow]:
    """A row for each competency of the plan, in its order."""
    given, scores = levels_given(record, [card]), competency_scores(record, [card])
    planned = record.interview[card.interview_id].plan.items
    for key in dict.fromkeys(item.question.competency for item in planned):
        own = given.get(key, [])
        apart = bool(own) and not own[0].counts
        yield scale_row(
            competency_name(rubrics, key),
            [dot(one.level, "", apart=apart) for one in own],
            tell=_told(own) if record.round.evidence_only or apart else _mean(scores, key),
            notes=["Apart: not qualified" if apart else ""],
        )


def _told(own: list[Given]) -> str:
    return ", ".join(str(one.level) for one in own) or "–"


def _mean(scores: dict[str, CompetencyScore], key: str) -> str:
    return shown(scores[key].mean) if key in scores else "–"


def _legend(record: RoundRecord, card: Scorecard) -> str:
    right = "the levels again" if record.round.evidence_only else "their mean"
    apart = any(not one.counts for own in levels_given(record, [card]).values() for one in own)
    hollow = " Hollow: not qualified on this competency, in no score." if apart else ""
    return f"One mark for each question; at the right {right}, and a dash where there is no level.{hollow}"


def _amendments(card: Scorecard, rubrics: Rubrics) -> Iterator[str]:
    """Each amendment with its reason and what it changed."""
    later = [*(one.before for one in card.amendments[1:]), card.content]
    for one, after in zip(card.amendments, later, strict=True):
        seen = " Changed after seeing others." if one.after_seeing_others else ""
        changed = "; ".join(_changes(one, after, rubrics))
        yield f"{day_and_time(one.at)}: {one.reason}{seen}" + (
            f" What changed: {changed}." if changed else ""
        )


def _changes(one: Amendment, after: CardContent, rubrics: Rubrics) -> Iterator[str]:
    before = {rating.question_id: rating for rating in one.before.ratings}
    for rating in after.ratings:
        old = before.get(rating.question_id, Rating(question_id=rating.question_id))
        if (old.level, old.state) != (rating.level, rating.state):
            yield (
                f"{rating.question_id} from {level_or_state(old, rubrics)} to {level_or_state(rating, rubrics)}"
            )
        elif not old.same_content(rating):
            yield f"{rating.question_id}, the words"
    first, last = one.before.verdict.recommendation, after.verdict.recommendation
    if first != last:
        told = [RECOMMENDATIONS[choice] if choice else "none" for choice in (first, last)]
        yield f"the recommendation from {told[0]} to {told[1]}"


def _made(record: RoundRecord, card: Scorecard) -> datetime:
    times = [record.round.created_at, card.submitted_at, *(one.at for one in card.amendments)]
    times += [one.saved_at for one in card.content.ratings]
    return max(one for one in times if one)
