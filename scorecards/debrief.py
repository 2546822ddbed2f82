"""The debrief of one candidate: what to talk about, who votes, what a decision departs from. Rules as reasons."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from rubrics.model import Value

from . import rules
from .frozen import recorded_names
from .model import (
    CANDIDATE_OUTCOMES,
    OUTCOMES,
    RECOMMENDATIONS,
    CardStatus,
    Debrief,
    Decision,
    DecisionDraft,
    Recommendation,
    Round,
    RoundRecord,
    Scorecard,
    Turn,
    Vote,
)
from .score import ENOUGH_COVERAGE, CandidateScore, candidate_score, percent, shown, without_numbers

# On a must-have one level between two interviewers is worth a talk; elsewhere it takes what counts as disputed.
MUST_HAVE_SPREAD = 1
LEAST_LOOKS = 2
TURN_NAMES: dict[Turn, str] = {1: "first vote", 2: "second vote"}
# How far a choice goes for or against; no decision goes nowhere.
_FAVOUR: dict[Recommendation, int | None] = {
    "strong_no": -2,
    "no": -1,
    "yes": 1,
    "strong_yes": 2,
    "no_decision": None,
}


# By these words one knows a departure that was computed.
_COMPUTED = ("in the comparison", " of what counts was rated.", " is below its floor.")

# Who takes part


def voters(statuses: Iterable[CardStatus]) -> tuple[str, ...]:
    """Who votes on the candidate of these scorecards: whoever met them and has submitted; by id."""
    return tuple(sorted({status.interviewer_id for status in statuses if status.state == "submitted"}))


def awaited(debrief: Debrief, statuses: Collection[CardStatus], turn: Turn) -> tuple[str, ...]:
    """Whose vote of this turn is still out: voters, and those who owe a scorecard and would then vote; by id."""
    who = {*voters(statuses), *(status.interviewer_id for status in statuses if status.due)}
    return tuple(sorted(one for one in who if debrief.vote(one, turn) is None))


def may_vote(
    round_: Round, viewer_id: str, debrief: Debrief, statuses: Collection[CardStatus], turn: Turn
) -> list[str]:
    """Reasons this person casts no vote of this turn now."""
    if reasons := rules.may_change(round_) or rules.may_debrief(round_, viewer_id, statuses):
        return reasons
    if viewer_id not in voters(statuses):
        return ["A vote rests on having met the candidate: you have no submitted scorecard here."]
    if debrief.opening(turn):
        return [f"The votes of the {TURN_NAMES[turn]} are open: no more are taken."]
    if turn == 2 and debrief.opening(1) is None:
        return ["The second vote comes after the first was opened and the scorecards were read."]
    return []


def may_open(
    round_: Round, viewer_id: str, debrief: Debrief, statuses: Collection[CardStatus], turn: Turn, reason: str
) -> list[str]:
    """Reasons the lead does not open the votes of this turn now."""
    if reasons := _may_conclude(round_, viewer_id, statuses):
        return reasons
    if debrief.opening(turn):
        return [f"The {TURN_NAMES[turn]} is open already."]
    if not any(vote.turn == turn for vote in debrief.votes):
        return [f"Nobody has cast a {TURN_NAMES[turn]} yet."]
    missing = len(awaited(debrief, statuses, turn))
    if missing and not reason.strip():
        return [
            f"{missing} of the votes {'is' if missing == 1 else 'are'} still out: say why you do not wait."
        ]
    return []


def _may_conclude(round_: Round, viewer_id: str, statuses: Collection[CardStatus]) -> list[str]:
    """Reasons this person does not open votes or record a decision: only the lead, who has submitted, does."""
    return (
        rules.may_lead(round_, viewer_id)
        or rules.may_change(round_)
        or rules.may_debrief(round_, viewer_id, statuses)
    )


def known_to(debrief: Debrief, round_: Round, viewer_id: str, statuses: Collection[CardStatus]) -> Debrief:
    """The debrief as this person may know it: their own votes, and the rest once the scorecards may be read.

    Votes of others show once their turn is open.
    """
    own = tuple(vote for vote in debrief.votes if vote.person_id == viewer_id)
    if rules.may_debrief(round_, viewer_id, statuses):
        return Debrief(candidate_id=debrief.candidate_id, votes=own)
    votes = tuple(v for v in debrief.votes if v.person_id == viewer_id or debrief.opening(v.turn))
    return debrief.model_copy(update={"votes": votes})


def speaking_order(who: Iterable[str], lead_id: str) -> tuple[str, ...]:
    """By lot, so that nobody's view comes first by habit; the lead, whom others may follow, comes last."""
    others = sorted(set(who) - {lead_id})
    secrets.SystemRandom().shuffle(others)
    return (*others, lead_id)


class Movement(NamedTuple):
    """How the second vote differs from the first."""

    # Whoever changed their vote.
    moved: tuple[str, ...]
    # Those of them who came closer to what the lead voted first.
    towards_lead: tuple[str, ...]


def movement(debrief: Debrief, lead_id: str) -> Movement | None:
    """Who moved between the votes, and who towards the lead; None before both are open. Abstentions are no move."""
    if not (debrief.opening(1) and debrief.opening(2)):
        return None
    lead = _favour(debrief.vote(lead_id, 1))
    moved, towards = [], []
    for who in sorted({vote.person_id for vote in debrief.votes}):
        first, second = _favour(debrief.vote(who, 1)), _favour(debrief.vote(who, 2))
        if first is None or second is None or first == second:
            continue
        moved.append(who)
        if who != lead_id and lead is not None and abs(second - lead) < abs(first - lead):
            towards.append(who)
    return Movement(tuple(moved), tuple(towards))


def _favour(vote: Vote | None) -> int | None:
    return _FAVOUR[vote.choice] if vote else None


# What to talk about


PointKind = Literal["spread", "missing", "contradiction"]


class Point(NamedTuple):
    """One point of the agenda; `words` hold names as they were typed."""

    kind: PointKind
    competency: str | None
    words: str


def agenda(record: RoundRecord, candidate_id: str, names: Mapping[str, str]) -> tuple[Point, ...]:
    """What to talk about, made from the data: spread on must-haves first, then what is missing, then contradictions.

    `names` are the competencies' names by id. Larger spreads come first, must-haves before the rest.
    """
    score, names = candidate_score(record, candidate_id), recorded_names(record, names)
    cards = [card for card in record.cards_of(candidate_id) if card.state == "submitted"]
    contradictions = _both_ways(record, cards)
    if not record.round.evidence_only:
        contradictions = (*contradictions, *_against_levels(record, cards, score, names))
    return (*_spreads(record, score, names), *_missing(record, score, names), *contradictions)


def _spreads(record: RoundRecord, score: CandidateScore, names: Mapping[str, str]) -> Iterator[Point]:
    musts = {target.competency for target in record.round.targets if target.must_have}
    found = [
        (one.competency not in musts, -one.spread, one.competency, one)
        for one in score.competencies.values()
        if one.disputed or (one.competency in musts and one.spread >= MUST_HAVE_SPREAD)
    ]
    if record.round.evidence_only:
        found = [(other, Fraction(0), key, one) for other, _, key, one in found]
    for other, _, key, one in sorted(found, key=lambda each: each[:3]):
        each = sorted(one.by_interviewer.items(), key=lambda pair: (pair[1], pair[0]))
        called = [(record.person[person].name[:40], shown(mean)) for person, mean in each]
        must = "" if other else "Must-have. "
        if record.round.evidence_only:
            # By name: in the order of what they gave, the names would tell a computed order.
            words = f"levels differ between {', '.join(sorted(name for name, _ in called))}"
        else:
            beside = ", ".join(f"{name} {mean}" for name, mean in called)
            words = f"{shown(one.spread)} between interviewers ({beside})"
        yield Point("spread", key, f"{names.get(key, key)}: {must}{words}.")


def _missing(record: RoundRecord, score: CandidateScore, names: Mapping[str, str]) -> Iterator[Point]:
    due = [status for status in record.statuses_of(score.candidate_id) if status.due]
    if due:
        who = ", ".join(sorted({record.person[status.interviewer_id].name[:40] for status in due}))
        yield Point("missing", None, f"{len(due)} of {score.expected} scorecards still out: {who}.")
    for target in record.round.targets:
        key = target.competency
        one = score.competencies.get(key)
        if one is None:
            must = "a must-have without any level" if target.must_have else "no level from anybody"
            yield Point("missing", key, f"{names.get(key, key)}: {must}.")
        elif target.must_have and one.interviewers < LEAST_LOOKS:
            yield Point(
                "missing", key, f"{names.get(key, key)}: a must-have that one interviewer alone rated."
            )


def _both_ways(record: RoundRecord, cards: Sequence[Scorecard]) -> tuple[Point, ...]:
    """Recommendations in favour beside recommendations against."""
    choices = [(card.interviewer_id, card.content.verdict.recommendation) for card in cards]
    sides = {favour > 0 for _, choice in choices if choice and (favour := _FAVOUR[choice]) is not None}
    if len(sides) < 2:
        return ()
    who = ", ".join(
        f"{record.person[person].name[:40]} {RECOMMENDATIONS[choice].lower()}"
        for person, choice in sorted(choices, key=lambda each: each[0])
        if choice
    )
    return (Point("contradiction", None, f"Recommendations point both ways: {who}."),)


def _against_levels(
    record: RoundRecord, cards: Sequence[Scorecard], score: CandidateScore, names: Mapping[str, str]
) -> Iterator[Point]:
    """Recommendations that the levels do not bear out, and floors that are not met."""
    for card in cards:
        for reason in rules.contradictions(record, card, names):
            why = card.content.verdict.contradiction.strip()
            who = record.person[card.interviewer_id].name[:40]
            yield Point("contradiction", None, f"{who}: {reason}" + (f" Their word: {why}" if why else ""))
    for key in score.floors_not_met:
        yield Point("contradiction", key, f"{names.get(key, key)}: the must-have's floor is not met.")


# The decision


def departures(
    record: RoundRecord, candidate_id: str, outcome: str, names: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """What in the record stands against this outcome; whoever decides so all the same says why."""
    if outcome in CANDIDATE_OUTCOMES:
        return ()
    score, named = candidate_score(record, candidate_id), recorded_names(record, names or {})
    missing = score.expected - score.submitted
    found = [f"{missing} of {score.expected} scorecards missing."] if missing else []
    if outcome == "offer":
        if record.round.evidence_only:
            score = without_numbers(score)
        if score.coverage is not None and score.coverage < ENOUGH_COVERAGE:
            found.append(f"Only {percent(score.coverage)} of what counts was rated.")
        found += [f"No level on the must-have {named.get(key, key)}." for key in score.unscored_musts]
        found += [f"The must-have {named.get(key, key)} is below its floor." for key in score.floors_not_met]
    return (*found, *_against_people(record, candidate_id, outcome))


def _against_people(record: RoundRecord, candidate_id: str, outcome: str) -> Iterator[str]:
    """Most votes of the last turn that was opened; before any was, most recommendations of the scorecards."""
    debrief, may = record.debrief(candidate_id), voters(record.statuses_of(candidate_id))
    turn: Turn = 2 if debrief.opening(2) else 1
    if debrief.opening(turn):
        what = "votes"
        cast = [vote for vote in debrief.votes if vote.turn == turn and vote.person_id in may]
        choices: list[Recommendation | None] = [vote.choice for vote in cast]
    else:
        what = "recommendations"
        cards = [card for card in record.cards_of(candidate_id) if card.state == "submitted"]
        choices = [card.content.verdict.recommendation for card in cards]
    favours = [favour for choice in choices if choice and (favour := _FAVOUR[choice]) is not None]
    against = sum(one < 0 for one in favours)
    for decided, number, side in (
        ("offer", against, "against"),
        ("no_offer", len(favours) - against, "in favour"),
    ):
        if outcome == decided and number * 2 > len(favours):
            yield f"{number} of {len(favours)} {what} {'is' if number == 1 else 'are'} {side}."


def may_decide(record: RoundRecord, viewer_id: str, candidate_id: str, draft: DecisionDraft) -> list[str]:
    """Reasons this decision cannot be recorded by this person."""
    round_, statuses = record.round, record.statuses_of(candidate_id)
    if draft.by_candidate:
        # It is the candidate's to decide: nobody's scorecard is waited for.
        return rules.may_lead(round_, viewer_id) or rules.may_change(round_)
    before = record.debrief(candidate_id).decision
    back = before is not None and before.by_candidate and draft.outcome == "more_evidence"
    if back and draft.reopened_because.strip():
        return rules.may_lead(round_, viewer_id) or rules.may_change(round_)
    if reasons := _may_conclude(round_, viewer_id, statuses):
        return reasons
    if not any(status.state == "submitted" for status in statuses):
        reasons.append("Nobody has submitted a scorecard: there is nothing to decide on.")
    # A decision is a human's: no dash and no sign that cannot be seen.
    if not any(sign.isalpha() for sign in draft.decided_by):
        reasons.append("Name the person who decided.")
    known = {target.competency for target in round_.targets}
    reasons += [
        f"'{reason.competency}' is no competency of this round."
        for reason in draft.reasons
        if reason.competency not in known
    ]
    against = (*draft.departs_from, *departures(record, candidate_id, draft.outcome))
    if against and not draft.departure_reason.strip():
        reasons.append("Something in the record stands against this decision: say why it was decided so.")
    if record.debrief(candidate_id).decisions and not draft.reopened_because.strip():
        reasons.append("There is a decision already: say why it was opened again.")
    return reasons


def evidence_digest(record: RoundRecord, candidate_id: str) -> str:
    """Content hash of the candidate's submitted scorecards, amendments included."""
    cards = [card for card in record.cards_of(candidate_id) if card.state == "submitted"]
    return _digest([_told(card) for card in sorted(cards, key=lambda card: card.id)])


def departures_told(record: RoundRecord, decision: Decision) -> tuple[str, ...]:
    """What stood against a decision; in a record of evidence only nothing of it that was computed.

    Such a record is also what somebody reads who may not compare yet: where others stand is not told by this way.
    """
    if not record.round.evidence_only:
        return decision.departs_from
    plain = tuple(one for one in decision.departs_from if not any(mark in one for mark in _COMPUTED))
    return (
        plain if plain == decision.departs_from else (*plain, "Something computed, which is not told here.")
    )


def evidence_changed(record: RoundRecord, candidate_id: str) -> bool:
    """Whether scorecards were added, amended or withdrawn since the decision that holds.

    Not known, and not said, where the record's viewer may not read all of them.
    """
    decision, statuses = record.debrief(candidate_id).decision, record.statuses_of(candidate_id)
    if decision is not None and decision.by_candidate:
        return False
    readable = {card.id for card in record.cards_of(candidate_id)}
    if decision is None or any(one.state == "submitted" and one.card_id not in readable for one in statuses):
        return False
    return decision.evidence_digest != evidence_digest(record, candidate_id)


def sealed(decision: Decision, candidate_id: str, before: Decision | None) -> Decision:
    """The decision with its seal: a hash over it, the candidate, and the seal of the decision before."""
    told = _told(decision.model_copy(update={"seal": ""}))
    return decision.model_copy(update={"seal": _digest([candidate_id, before.seal if before else "", told])})


def broken_seals(debrief: Debrief) -> tuple[int, ...]:
    """Places, from 1, of the decisions whose seal no longer fits what they say."""
    before: list[Decision | None] = [None, *debrief.decisions]
    return tuple(
        number
        for number, (last, one) in enumerate(zip(before, debrief.decisions, strict=False), start=1)
        if sealed(one, debrief.candidate_id, last).seal != one.seal
    )


def outcome_words(decision: Decision) -> str:
    """'Offer, decided by Ana'."""
    return f"{OUTCOMES[decision.outcome]}, decided by {decision.decided_by}"


def _told(value: Value) -> dict[str, Any]:
    """What it says, without what says nothing: a field that a later kit adds leaves what was sealed before alone."""
    return value.model_dump(mode="json", exclude_defaults=True)


def _digest(told: Any) -> str:
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
