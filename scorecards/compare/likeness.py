"""Like for like: whether candidates were asked the same, in the same minutes, and their score on what was common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from statistics import mean, median
from typing import Literal, NamedTuple

from question_bank import PlanItem

from ..model import RoundRecord, Scorecard
from ..score import ENOUGH_COVERAGE, CandidateScore, candidate_score, percent
from ..timeline import minutes_used
from .refusal import count, listed

LEAST_INTERVIEWERS = 2
# Less than this share of the others' minutes is told.
MUCH_LESS = 0.6

Kind = Literal["not_asked", "other_question", "other_variant", "other_version", "less_time"]


class Difference(NamedTuple):
    """Where one candidate's competency is not like the others'; `words` is a sentence about it."""

    kind: Kind
    words: str


class Cell(NamedTuple):
    """What a candidate was rated on for one competency."""

    questions: frozenset[str]
    families: frozenset[str]
    # Id and content, so that a reworded question is another version.
    digests: frozenset[str]
    # Minutes used, where the interview's clock ran; else planned.
    minutes: float
    timed: bool


class Likeness(NamedTuple):
    """How like the others one candidate's interviews were."""

    candidate_id: str
    # By competency; competencies without a difference are absent.
    differences: dict[str, tuple[Difference, ...]]
    # The score on the questions that all rated candidates share; None where there is none.
    common: Fraction | None
    # How many questions that rests on.
    common_questions: int


def unplaced(score: CandidateScore, interviewers: int, names: Mapping[str, str] | None = None) -> list[str]:
    """Why a candidate is shown without a place; empty when there is one to be had. `names` are the competencies'."""
    reasons = []
    if score.overall is None:
        reasons.append("nothing that has weight was rated")
    elif score.coverage is not None and score.coverage < ENOUGH_COVERAGE:
        reasons.append(
            f"{percent(score.coverage)} of what counts was rated, and {percent(ENOUGH_COVERAGE)} is needed"
        )
    if score.unscored_musts:
        musts = listed([(names or {}).get(key, key) for key in score.unscored_musts])
        reasons.append(f"no rating on {musts}, which every candidate must show")
    if interviewers < LEAST_INTERVIEWERS:
        reasons.append(f"{count(interviewers, 'interviewer')}, and {LEAST_INTERVIEWERS} are needed")
    return reasons


def likenesses(record: RoundRecord) -> dict[str, Likeness]:
    """Of every candidate how like the others their interviews were; submitted scorecards only."""
    cells = {candidate.id: _cells(record, candidate.id) for candidate in record.candidates}
    rated = {who: own for who, own in cells.items() if own}
    common = common_questions(rated)
    return {
        who: Likeness(
            who, _differences(who, rated) if who in rated else {}, _score(record, who, common), len(common)
        )
        for who in cells
    }


def common_questions(cells: dict[str, dict[str, Cell]]) -> frozenset[str]:
    """The questions, in the same version, on which every rated candidate has a level."""
    each = [{digest for cell in own.values() for digest in cell.digests} for own in cells.values()]
    shared = set.intersection(*each) if each else set()
    return frozenset(digest.partition(" ")[0] for digest in shared)


def _score(record: RoundRecord, candidate_id: str, questions: Collection[str]) -> Fraction | None:
    """The candidate's score as if nothing else had been asked."""
    cards = tuple(_only(card, questions) for card in record.cards_of(candidate_id))
    return candidate_score(record.model_copy(update={"cards": cards}), candidate_id).overall


def _only(card: Scorecard, questions: Collection[str]) -> Scorecard:
    kept = tuple(rating for rating in card.content.ratings if rating.question_id in questions)
    return card.model_copy(update={"content": card.content.model_copy(update={"ratings": kept})})


def _cells(record: RoundRecord, candidate_id: str) -> dict[str, Cell]:
    """By competency what the candidate has a level on."""
    cards = [card for card in record.cards_of(candidate_id) if card.state == "submitted"]
    items: dict[str, list[PlanItem]] = {}
    for card in cards:
        levels = {rating.question_id for rating in card.content.ratings if rating.level is not None}
        for item in record.interview[card.interview_id].plan.items:
            if item.question.id in levels:
                items.setdefault(item.question.competency, []).append(item)
    return {key: _cell(own, cards) for key, own in sorted(items.items())}


def _cell(items: list[PlanItem], cards: Iterable[Scorecard]) -> Cell:
    by_id = {item.question.id: item for item in items}
    used = [_minutes(key, cards) for key in by_id]
    timed = [one for one in used if one is not None]
    whole = len(timed) == len(by_id)
    return Cell(
        frozenset(by_id),
        frozenset(item.question.family for item in items),
        frozenset(f"{item.question.id} {item.digest}" for item in items),
        sum(timed) if whole else float(sum(item.minutes for item in by_id.values())),
        whole,
    )


def _minutes(question: str, cards: Iterable[Scorecard]) -> float | None:
    """Minutes that the question was in hand: mean over the scorecards whose clock ran."""
    known = [used[question] for card in cards if question in (used := minutes_used(card))]
    return mean(known) if known else None


def _differences(who: str, cells: dict[str, dict[str, Cell]]) -> dict[str, tuple[Difference, ...]]:
    """The competencies in which this candidate was treated unlike most others."""
    own, others = cells[who], [cell for name, cell in cells.items() if name != who]
    found = {
        key: _unlike(own.get(key), [cell[key] for cell in others if key in cell])
        for key in sorted({key for cell in cells.values() for key in cell})
    }
    return {key: several for key, several in found.items() if several}


def _unlike(own: Cell | None, others: list[Cell]) -> tuple[Difference, ...]:
    """How one cell differs from what is usual among the others; where nothing is usual, nothing is said."""
    if not others:
        return ()
    if own is None:
        return (
            Difference("not_asked", f"No rating here; {count(len(others), 'other candidate')} have one."),
        )
    told = [_content(own, others), _time(own, others)]
    return tuple(one for one in told if one)


def _content(own: Cell, others: list[Cell]) -> Difference | None:
    usual, times = Counter(cell.digests for cell in others).most_common(1)[0]
    if own.digests == usual or times * 2 <= len(others):
        return None
    like = next(cell for cell in others if cell.digests == usual)
    if own.questions == like.questions:
        return Difference("other_version", "The same questions in another version than most had.")
    if own.families == like.families:
        return Difference("other_variant", "A variant of the question that most had.")
    return Difference("other_question", f"Asked {_named(own)}; most were asked {_named(like)}.")


def _named(cell: Cell) -> str:
    return listed(sorted(cell.questions))


def _time(own: Cell, others: list[Cell]) -> Difference | None:
    """Told only where minutes were measured, or planned, alike for both."""
    usual = [cell.minutes for cell in others if cell.timed == own.timed]
    if not usual or own.minutes >= MUCH_LESS * median(usual):
        return None
    return Difference("less_time", f"{own.minutes:.0f} minutes; the others had about {median(usual):.0f}.")
