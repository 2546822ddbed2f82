"""Tables of a round: one row per rating, one per candidate. What every export is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from question_bank import PlanItem, Question
from rubrics import Rubrics

from ..record.frozen import as_recorded
from ..record.model import Candidate, Rating, RoundRecord, Scorecard
from ..record.proposal import proposed_level
from ..record.rules import qualified
from ..record.score import (
    Apart,
    CandidateScore,
    candidate_score,
    one_decimal,
    percent,
    shown,
    without_numbers,
)
from ..record.timeline import minutes_used, order_asked

RATING_COLUMNS = (
    "round_id", "round", "candidate_id", "candidate_code", "candidate", "interview_id", "interview",
    "interviewer_id", "interviewer", "scorecard_id", "submitted_at", "amendments", "question_id", "question",
    "competency", "subskill", "kind", "place_asked", "minutes_planned", "minutes_used", "level", "state",
    "counts", "skip_reason", "skip_text", "proposed_level", "override_reason", "ticks", "red_flags",
    "red_flag_quotes", "probes", "help", "given", "evidence", "saved_at", "imported_at",
)  # fmt: skip


def rating_rows(record: RoundRecord) -> Iterator[dict[str, Any]]:
    """One row per planned question of every submitted scorecard.

    `level` is a whole number 1 to 4, or None for whatever is not a score: then `state` says what it is.
    """
    for candidate, card in submitted_cards(record):
        interview = record.interview[card.interview_id]
        used, order = minutes_used(card), order_asked(card)
        for item in interview.plan.items:
            key = item.question.id
            place = order.index(key) + 1 if key in order else None
            yield _rating_row(record, candidate, card, item, place, used.get(key))


def submitted_cards(record: RoundRecord) -> Iterator[tuple[Candidate, Scorecard]]:
    """Submitted scorecards with their candidates, by candidate code, then id."""
    for candidate in record.by_code:
        for card in record.cards_of(candidate.id):
            if card.state == "submitted":
                yield candidate, card


class Given(NamedTuple):
    """A level that somebody gave on a question."""

    person: str
    level: int
    counts: bool


def levels_given(record: RoundRecord, cards: Iterable[Scorecard]) -> dict[str, list[Given]]:
    """By competency every single level in these scorecards, by person, then question."""
    found: dict[str, list[Given]] = {}
    for card in cards:
        for item in record.interview[card.interview_id].plan.items:
            key, rating = item.question.competency, card.rating(item.question.id)
            if rating.level is not None:
                one = Given(
                    card.interviewer_id, rating.level, qualified(record.round, card.interviewer_id, key)
                )
                found.setdefault(key, []).append(one)
    return found


def submitted(record: RoundRecord, candidate_id: str) -> list[Scorecard]:
    """The candidate's submitted scorecards that the record holds."""
    return [card for card in record.cards_of(candidate_id) if card.state == "submitted"]


def candidate_scores(record: RoundRecord) -> list[tuple[Candidate, CandidateScore]]:
    """Every candidate with the scores that the record allows; in a round of evidence only without any number."""
    scores = [(candidate, candidate_score(record, candidate.id)) for candidate in record.by_code]
    if record.round.evidence_only:
        return [(candidate, without_numbers(score)) for candidate, score in scores]
    return scores


def status_words(score: CandidateScore, rubrics: Rubrics) -> str:
    """'Complete', or what makes it incomplete; floors that are not met beside it."""
    names = {c.id: c.name for c in rubrics.competencies}
    words = []
    if score.incomplete:
        words.append("Incomplete")
    words += [f"no score: {names.get(key, key)}" for key in score.unscored_musts]
    words += [f"floor not met: {names.get(key, key)}" for key in score.floors_not_met]
    return "; ".join(words) or "Complete"


def counts_words(record: RoundRecord, card: Scorecard, competency: str, rating: Rating) -> str:
    """'yes' where the level is in the scores; else 'no' with the reason."""
    if not qualified(record.round, card.interviewer_id, competency):
        return "no: not qualified"
    return "yes" if rating.level is not None else "no: no level"


def apart_words(record: RoundRecord, apart: Iterable[Apart], rubrics: Rubrics) -> str:
    """'Drift: Bo 3.0' for what stands apart, with semicolons between; empty where nothing does."""
    names = {c.id: c.name for c in rubrics.competencies}
    return "; ".join(
        f"{names.get(one.competency, one.competency)}: {record.person[one.interviewer_id].name} {shown(one.mean)}"
        for one in apart
    )


def summary_rows(record: RoundRecord, rubrics: Rubrics) -> Iterator[dict[str, Any]]:
    """One row per candidate: score, coverage, status, then a column for each competency of the round.

    In a round of evidence only: every single level as it was given, and nothing computed.
    """
    rubrics = as_recorded(record, rubrics)
    if record.round.evidence_only:
        yield from _level_rows(record, rubrics)
        return
    names = {c.id: c.name for c in rubrics.competencies}
    for candidate, score in candidate_scores(record):
        row: dict[str, Any] = {
            "candidate_code": candidate.code,
            "candidate": candidate.name,
            "score": None if score.overall is None else float(one_decimal(score.overall)),
            "coverage": percent(score.coverage),
            "status": status_words(score, rubrics),
            "scorecards": f"{score.submitted} of {score.expected}",
            "apart, not qualified": apart_words(record, score.apart, rubrics),
        }
        for target in record.round.targets:
            found = score.competencies.get(target.competency)
            name = names.get(target.competency, target.competency)
            row[name] = None if found is None else float(one_decimal(found.mean))
            row[f"{name} (interviewers)"] = found.interviewers if found else 0
        yield row


def _level_rows(record: RoundRecord, rubrics: Rubrics) -> Iterator[dict[str, Any]]:
    names = {c.id: c.name for c in rubrics.competencies}
    for candidate in record.by_code:
        cards = [card for card in record.cards_of(candidate.id) if card.state == "submitted"]
        given = levels_given(record, cards)
        yield {"candidate_code": candidate.code, "candidate": candidate.name, "scorecards": len(cards)} | {
            names.get(target.competency, target.competency): "; ".join(
                f"{record.person[one.person].name} {one.level}" + ("" if one.counts else " (apart)")
                for one in given.get(target.competency, [])
            )
            for target in record.round.targets
        }


def _rating_row(
    record: RoundRecord,
    candidate: Candidate,
    card: Scorecard,
    item: PlanItem,
    place_asked: int | None,
    minutes: float | None,
) -> dict[str, Any]:
    """One row, in the order of RATING_COLUMNS; `minutes` are those used, None where the clock did not run."""
    clock = {
        "place_asked": place_asked,
        "minutes_planned": item.minutes,
        "minutes_used": None if minutes is None else round(minutes, 1),
    }
    return {
        **_card_cells(record, candidate, card),
        **_question_cells(item.question),
        **clock,
        **_level_cells(record, card, item.question),
        **_heard_cells(item.question, card.rating(item.question.id)),
        "imported_at": _time(record.round.imported and record.round.imported.at),
    }


def _card_cells(record: RoundRecord, candidate: Candidate, card: Scorecard) -> dict[str, Any]:
    """Whose rating it is, and of whom."""
    interview = record.interview[card.interview_id]
    return {
        "round_id": record.round.id,
        "round": record.round.name,
        "candidate_id": candidate.id,
        "candidate_code": candidate.code,
        "candidate": candidate.name,
        "interview_id": interview.id,
        "interview": interview.plan.name,
        "interviewer_id": card.interviewer_id,
        "interviewer": record.person[card.interviewer_id].name,
        "scorecard_id": card.id,
        "submitted_at": _time(card.submitted_at),
        "amendments": len(card.amendments),
    }


def _question_cells(question: Question) -> dict[str, Any]:
    return {
        "question_id": question.id,
        "question": question.title,
        "competency": question.competency,
        "subskill": question.subskill,
        "kind": question.kind,
    }


def _level_cells(record: RoundRecord, card: Scorecard, question: Question) -> dict[str, Any]:
    """The level or the reason that there is none, and the level proposed where it may be shown."""
    rating = card.rating(question.id)
    proposes = rating.level is not None and not record.round.evidence_only
    return {
        "level": rating.level,
        "state": "rated" if rating.level is not None else rating.state or "not_yet_rated",
        "counts": counts_words(record, card, question.competency, rating),
        "skip_reason": rating.skip_reason or "",
        "skip_text": rating.skip_text,
        "proposed_level": proposed_level(record.interview[card.interview_id], rating) if proposes else None,
        "override_reason": rating.override_reason,
    }


def _heard_cells(question: Question, rating: Rating) -> dict[str, Any]:
    """The evidence: what was ticked, asked, given and written down."""
    probes = [question.probes[place] for place in rating.probes if place < len(question.probes)]
    return {
        "ticks": " ".join(rating.ticks),
        "red_flags": " ".join(rating.red_flags),
        "red_flag_quotes": " | ".join(rating.flag_quotes[letter] for letter in sorted(rating.flag_quotes)),
        "probes": " | ".join(probe.ask for probe in probes),
        "help": max((question.probes[place].help for place in rating.probes), default=0),
        "given": " ".join(rating.given),
        "evidence": rating.evidence,
        "saved_at": _time(rating.saved_at),
    }


def _time(moment: Any) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


def level_or_state(rating: Rating, rubrics: Rubrics) -> str:
    """'3 Senior', 'Not asked', or 'Not yet rated'."""
    if rating.level is not None:
        return f"{rating.level} {rubrics.scale.name(rating.level)}"
    return rubrics.scale.state_name(rating.state) if rating.state else "Not yet rated"
