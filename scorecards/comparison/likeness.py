"""Like for like: whether candidates were asked the same, in the same minutes, and their score on what was common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from statistics import mean, median
from typing import Literal, NamedTuple

from question_bank import CONDITIONS, Condition, PlanItem

from ..record.model import RoundRecord, Scorecard
from ..record.score import ENOUGH_COVERAGE, CandidateScore, candidate_score, percent
from ..record.timeline import minutes_used
from .refusal import count, listed

LEAST_INTERVIEWERS = 2
# Less than this share of the others' minutes is told.
MUCH_LESS = 0.6

Kind = Literal[
    "not_asked", "other_question", "other_variant", "other_version", "other_condition", "less_time"
]


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
    # How the interviews were held in which it was rated; None where nobody said so.
    conditions: frozenset[Condition | None]


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


def likenesses(record: RoundRecord, scores: Mapping[str, CandidateScore]) -> dict[str, Likeness]:
    """Of every candidate how like the others their interviews were; submitted scorecards only.

    `scores` are the full scores by candidate; where only what was common was asked, that is the common one too.
    """
    cells = {candidate.id: _cells(record, candidate.id) for candidate in record.candidates}
    rated = {who: own for who, own in cells.items() if own}
    common = common_questions(rated)
    cards = tuple(_only(card, common) for card in record.cards)
    asked_alike = record.model_copy(update={"cards": cards})
    more = {card.candidate_id for card, whole in zip(cards, record.cards, strict=True) if card is not whole}
    usual = {key: _Usual([own[key] for own in rated.values() if key in own]) for key in _keys(rated)}
    return {
        who: Likeness(
            who,
            _differences(rated[who], usual) if who in rated else {},
            (candidate_score(asked_alike, who) if who in more else scores[who]).overall,
            len(common),
        )
        for who in cells
    }


def common_questions(cells: dict[str, dict[str, Cell]]) -> frozenset[str]:
    """The questions, in the same version, on which every rated candidate has a level."""
    each = [{digest for cell in own.values() for digest in cell.digests} for own in cells.values()]
    shared = set.intersection(*each) if each else set()
    return frozenset(digest.partition(" ")[0] for digest in shared)


def _only(card: Scorecard, questions: Collection[str]) -> Scorecard:
    kept = tuple(rating for rating in card.content.ratings if rating.question_id in questions)
    if len(kept) == len(card.content.ratings):
        return card
    return card.model_copy(update={"content": card.content.model_copy(update={"ratings": kept})})


def _cells(record: RoundRecord, candidate_id: str) -> dict[str, Cell]:
    """By competency what the candidate has a level on."""
    cards = [card for card in record.cards_of(candidate_id) if card.state == "submitted"]
    items: dict[str, list[PlanItem]] = {}
    held: dict[str, set[Condition | None]] = {}
    for card in cards:
        levels = {rating.question_id for rating in card.content.ratings if rating.level is not None}
        plan = record.interview[card.interview_id].plan
        for item in plan.items:
            if item.question.id in levels:
                items.setdefault(item.question.competency, []).append(item)
                held.setdefault(item.question.competency, set()).add(plan.condition)
    return {key: _cell(own, cards, held[key]) for key, own in sorted(items.items())}


def _cell(items: list[PlanItem], cards: Iterable[Scorecard], held: Collection[Condition | None]) -> Cell:
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
        frozenset(held),
    )


def _minutes(question: str, cards: Iterable[Scorecard]) -> float | None:
    """Minutes that the question was in hand: mean over the scorecards whose clock ran."""
    known = [used[question] for card in cards if question in (used := minutes_used(card))]
    return mean(known) if known else None


class _Usual:
    """What candidates were asked on one competency: counted once, asked for every candidate."""

    def __init__(self, cells: list[Cell]):
        self.cells = cells
        self.counts = Counter(cell.digests for cell in cells)
        self.example = {cell.digests: cell for cell in cells}
        self.conditions = Counter(cell.conditions for cell in cells)

    def among_others(self, own: Cell) -> Cell | None:
        """What more than half of the others were asked; None where nothing is usual."""
        for digests, times in self.counts.most_common(2):
            if (times - (digests == own.digests)) * 2 > len(self.cells) - 1:
                return self.example[digests]
        return None

    def held_among_others(self, own: Cell) -> frozenset[Condition | None] | None:
        """How more than half of the others were interviewed; None where nothing is usual."""
        for conditions, times in self.conditions.most_common(2):
            if (times - (conditions == own.conditions)) * 2 > len(self.cells) - 1:
                return conditions
        return None


def _keys(cells: dict[str, dict[str, Cell]]) -> list[str]:
    return sorted({key for cell in cells.values() for key in cell})


def _differences(own: dict[str, Cell], usual: dict[str, _Usual]) -> dict[str, tuple[Difference, ...]]:
    """The competencies in which this candidate was treated unlike most others."""
    found = {key: _unlike(own.get(key), others) for key, others in usual.items()}
    return {key: several for key, several in found.items() if several}


def _unlike(own: Cell | None, usual: _Usual) -> tuple[Difference, ...]:
    """How one cell differs from what is usual among the others; where nothing is usual, nothing is said."""
    if own is None:
        others = len(usual.cells)
        words = f"No rating here; {count(others, 'other candidate')} {'has' if others == 1 else 'have'} one."
        return (Difference("not_asked", words),)
    told = [_content(own, usual), _condition(own, usual), _time(own, usual)]
    return tuple(one for one in told if one)


def _content(own: Cell, usual: _Usual) -> Difference | None:
    like = usual.among_others(own)
    if like is None or like.digests == own.digests:
        return None
    if own.questions == like.questions:
        return Difference("other_version", "The same questions in another version than most had.")
    if own.families == like.families:
        return Difference("other_variant", "A variant of the question that most had.")
    return Difference("other_question", f"Asked {_named(own)}; most were asked {_named(like)}.")


def _condition(own: Cell, usual: _Usual) -> Difference | None:
    like = usual.held_among_others(own)
    if like is None or like == own.conditions:
        return None
    return Difference("other_condition", f"Held: {_held(own.conditions)}; most were held: {_held(like)}.")


def _held(conditions: frozenset[Condition | None]) -> str:
    return listed(sorted(CONDITIONS[one].name if one else "not said" for one in conditions))


def _named(cell: Cell) -> str:
    return listed(sorted(cell.questions))


def _time(own: Cell, usual: _Usual) -> Difference | None:
    """Told only where minutes were measured, or planned, alike for both."""
    others = [cell.minutes for cell in usual.cells if cell is not own and cell.timed == own.timed]
    if not others or own.minutes >= MUCH_LESS * median(others):
        return None
    return Difference(
        "less_time", f"{count(round(own.minutes), 'minute')}; the others had about {median(others):.0f}."
    )
