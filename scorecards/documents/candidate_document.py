"""One candidate's debrief packet: the decision, the scores and how sure they are, then the words behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from rubrics import Rubrics

from ..debriefing.agenda import agenda
from ..record.frozen import as_recorded
from ..record.model import RECOMMENDATIONS, RoundRecord, Scorecard
from ..record.score import CompetencyScore, percent, shown
from ..record.sight import not_blind
from .answers import competency_questions
from .blocks import CONFIDENTIAL, Block, Document, ScaleRow, StandingRow
from .decision_blocks import decision_blocks, hidden_cards, name_of, vote_blocks
from .making import (
    day,
    dot,
    facts,
    head,
    last_change,
    points,
    scale,
    scale_row,
    short,
    signs,
    standings,
    table,
    words,
)
from .method import EVIDENCE_ONLY, competency_name, for_anybody, method, steps
from .tables import Given, levels_given, submitted

if TYPE_CHECKING:
    from ..comparison import RoundComparison, Standing


def candidate_document(
    record: RoundRecord, candidate_id: str, comparison: RoundComparison, rubrics: Rubrics
) -> Document:
    """The whole packet. `KeyError` where the comparison knows no such candidate."""
    rubrics = as_recorded(record, rubrics)
    candidate = for_anybody(comparison).standing(candidate_id).candidate
    interviews = [one for one in record.interviews if one.candidate_id == candidate_id]
    return Document(
        kind="Debrief packet",
        title=short(candidate.called(200), 90),
        below=short(record.round.name),
        confidential=CONFIDENTIAL,
        made=last_change(record),
        blocks=(
            *decision_blocks(record, candidate_id, rubrics),
            *vote_blocks(record, candidate_id),
            *score_blocks(record, candidate_id, comparison, rubrics),
            *evidence_blocks(record, candidate_id, rubrics),
            *method(record, interviews, rubrics),
        ),
    )


def score_blocks(
    record: RoundRecord, candidate_id: str, comparison: RoundComparison, rubrics: Rubrics, level: int = 1
) -> Iterator[Block]:
    """Scores, or in a round of evidence only the levels; what is unlike the others; what to talk about."""
    one, cards = comparison.standing(candidate_id), submitted(record, candidate_id)
    yield head("Levels" if comparison.evidence_only else "Scores", level)
    if comparison.evidence_only:
        yield words(EVIDENCE_ONLY, "small")
    yield facts(_facts(record, one, comparison))
    yield from _standing(one, comparison, rubrics)
    yield scale(
        _rows(record, one, cards, comparison, rubrics),
        steps(rubrics),
        told="Levels" if comparison.evidence_only else "Mean",
        note=_key(record, cards, comparison),
        legend=_legend(record, cards, comparison),
    )
    yield from _unlike(one, rubrics, level + 1)
    yield from _recommendations(record, cards, level + 1)
    yield from _beside(record, candidate_id)
    talk = [point.words for point in agenda(record, candidate_id, comparison.names)]
    if talk:
        yield head("To talk about", level + 1)
        yield points(talk, numbered=True)


def evidence_blocks(
    record: RoundRecord, candidate_id: str, rubrics: Rubrics, level: int = 1
) -> Iterator[Block]:
    """Per competency every interviewer's level and words, with the anchors."""
    cards = submitted(record, candidate_id)
    yield head("Evidence", level)
    if not cards:
        yield words("No submitted scorecard can be read here.")
    planned = (
        item.question.competency for card in cards for item in record.interview[card.interview_id].plan.items
    )
    weighed = [target.competency for target in record.round.targets]
    asked = set(planned)
    for key in [*(one for one in weighed if one in asked), *sorted(asked - set(weighed))]:
        yield head(competency_name(rubrics, key), level + 1)
        yield from competency_questions(record, cards, key, rubrics, named=True)


def _facts(record: RoundRecord, one: Standing, comparison: RoundComparison) -> Iterator[tuple[str, str]]:
    score = one.score
    yield "Origin", record.imported_words
    yield "Scorecards", f"{score.submitted} of {score.expected}"
    hidden = hidden_cards(record, one.candidate.id)
    yield "Hidden", f"{hidden} submitted, hidden from the person who made this document" if hidden else ""
    if short(one.candidate.name) != one.candidate.name:
        yield "Name in full", one.candidate.name
    if not comparison.evidence_only:
        yield "Coverage", f"{percent(score.coverage)} of what counts was rated"
        floors = ", ".join(comparison.names.get(key, key) for key in score.floors_not_met)
        yield "Floor not met", floors
        same = one.likeness
        if same.common is not None and len(comparison.standings) > 1:
            yield (
                "On common questions",
                f"{shown(same.common)}, on the {same.common_questions} "
                f"question{'' if same.common_questions == 1 else 's'} that every rated candidate had",
            )
    musts = ", ".join(comparison.names.get(key, key) for key in score.unscored_musts)
    yield "Must-have without a level", musts


def _standing(one: Standing, comparison: RoundComparison, rubrics: Rubrics) -> Iterator[Block]:
    if comparison.evidence_only:
        return
    row = replace(standing_row(one, comparison), label="Overall")
    yield standings([replace(row, group="") if one.unplaced else row], steps(rubrics), groups=False)
    if one.unplaced:
        yield words(f"No place in the comparison: {'; '.join(one.unplaced)}.", "small")


def standing_row(one: Standing, comparison: RoundComparison) -> StandingRow:
    """A candidate's score as rated and, where the model says one, the adjusted score with its interval."""
    from ..comparison.words import group_name, moved_words

    result, raw, said = one.result, one.score.overall, one.adjusted
    adjusted = said.adjusted if said else None
    interval = said.interval if said else None
    moved = moved_words(said) if said else ""
    several = len(comparison.parts) > 1
    part = f"Part {result.part + 1}: " if several and result and result.part >= 0 else ""
    return StandingRow(
        label=short(one.candidate.called(200), 60),
        group=part + group_name(result.group if result else None),
        raw=None if raw is None else float(raw),
        raw_words=shown(raw),
        adjusted=adjusted,
        low=interval[0] if interval else None,
        high=interval[1] if interval else None,
        adjusted_words=""
        if adjusted is None or interval is None
        else f"{adjusted:.1f} ({interval[0]:.1f} to {interval[1]:.1f})",
        moved=f"{moved} for strictness" if moved else "",
    )


def _rows(
    record: RoundRecord,
    one: Standing,
    cards: list[Scorecard],
    comparison: RoundComparison,
    rubrics: Rubrics,
) -> Iterator[ScaleRow]:
    """A row for each competency of the round, in its order."""
    letters, given = _letters(cards), levels_given(record, cards)
    for target in record.round.targets:
        key, score = target.competency, one.score.competencies.get(target.competency)
        must, low = "Must-have" if target.must_have else "", key in one.score.floors_not_met
        name = competency_name(rubrics, key)
        if comparison.evidence_only:
            own = given.get(key, [])
            dots = [dot(each.level, letters[each.person], apart=not each.counts) for each in own]
            yield scale_row(name, dots, tell=_levels(own), notes=[must])
            continue
        dots = [dot(float(mean), letters[who]) for who, mean in _means(score)]
        dots += [
            dot(float(each.mean), letters[each.interviewer_id], apart=True)
            for each in one.score.apart
            if each.competency == key
        ]
        yield scale_row(
            name,
            dots,
            mean=None if score is None else float(score.mean),
            floor=target.floor if target.must_have else None,
            tell="–" if score is None else f"{shown(score.mean)} ({score.interviewers})",
            notes=[f"{must}, below the floor of {target.floor:g}" if low else must],
            low=low,
            warning=f"{shown(score.spread)} apart" if score and score.disputed else "",
        )


def _means(score: CompetencyScore | None) -> Iterable[tuple[str, Fraction]]:
    return sorted(score.by_interviewer.items()) if score else ()


def _levels(own: list[Given]) -> str:
    return ", ".join(str(each.level) for each in own) or "–"


def _letters(cards: Iterable[Scorecard]) -> dict[str, str]:
    return signs(card.interviewer_id for card in cards)


def _key(record: RoundRecord, cards: list[Scorecard], comparison: RoundComparison) -> str:
    """Whose letter is whose."""
    names = ", ".join(f"{sign} {name_of(record, who)}" for who, sign in _letters(cards).items())
    counted = "" if comparison.evidence_only else " In brackets how many interviewers."
    return f"{names}.{counted}" if names else ""


def _legend(record: RoundRecord, cards: list[Scorecard], comparison: RoundComparison) -> str:
    """What is drawn."""
    given = levels_given(record, cards)
    apart = any(not each.counts for own in given.values() for each in own)
    hollow = " Hollow: not qualified on this competency, in no score." if apart else ""
    if comparison.evidence_only:
        return f"One mark for each question's level; at the right the levels again.{hollow}"
    return f"Bar: mean of the interviewers. Dashes: a must-have's floor.{hollow}"


def _unlike(one: Standing, rubrics: Rubrics, level: int) -> Iterator[Block]:
    found = one.likeness.differences
    if found:
        yield head("Unlike the other candidates' interviews", level)
        yield points(
            f"{competency_name(rubrics, key)}: {' '.join(each.words for each in several)}"
            for key, several in found.items()
        )


def _recommendations(record: RoundRecord, cards: list[Scorecard], level: int) -> Iterator[Block]:
    if cards:
        yield head("Recommendations", level)
        columns, widths = ["Interviewer", "Interview", "Recommendation", "In their words"], [2.2, 2.4, 1.7, 5]
        rows = [_recommendation(record, card) for card in cards]
        used = 4 if any(row[3] for row in rows) else 3
        yield table(columns[:used], [row[:used] for row in rows], widths[:used])


def _recommendation(record: RoundRecord, card: Scorecard) -> list[str]:
    verdict = card.content.verdict
    said = [verdict.reason.strip(), verdict.contradiction.strip()]
    said += [
        f"Amended {day(each.at)}{', after seeing others' if each.after_seeing_others else ''}: {each.reason}"
        for each in card.amendments
    ]
    return [
        name_of(record, card.interviewer_id),
        short(record.interview[card.interview_id].plan.name),
        RECOMMENDATIONS[verdict.recommendation] if verdict.recommendation else "–",
        "\n".join(one for one in said if one),
    ]


def _beside(record: RoundRecord, candidate_id: str) -> Iterator[Block]:
    """What no scorecard that counts says: withdrawn ones, those let go, interviews not held, who was not blind."""
    told = [
        f"The scorecard of {name_of(record, card.interviewer_id)} is withdrawn and counts nowhere: "
        f"{card.withdrawn_reason or 'no reason was given'}"
        for card in record.cards_of(candidate_id)
        if card.state == "withdrawn"
    ]
    told += [
        f"{short(interview.plan.name)} did not take place: {interview.dismissed_reason}"
        for interview in record.interviews
        if interview.candidate_id == candidate_id and interview.dismissed_reason
    ]
    told += [
        f"The scorecard of {name_of(record, status.interviewer_id)} "
        f"({short(record.interview[status.interview_id].plan.name)}) is no longer owed: {status.not_owed.reason}"
        for status in record.statuses_of(candidate_id)
        if status.not_owed is not None and status.dismissed_reason is None
    ]
    told += [
        f"{name_of(record, who)} was made an interviewer after they could have read others' scorecards."
        for who, candidate in not_blind(record)
        if candidate == candidate_id
    ]
    told += [
        f"{name_of(record, event.person_id)} read before all scorecards were in: {event.reason}"
        for event in record.round.events
        if event.what == "read_early" and event.candidate_id == candidate_id
    ]
    if told:
        yield points(told)
