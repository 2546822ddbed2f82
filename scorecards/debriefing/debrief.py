"""The debrief of one candidate: who votes, who decides, what a decision departs from. Rules as reasons."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..record import rules
from ..record.departures import (
    Departure,
    HiddenKind,
    LowCoverage,
    MostPeople,
    NoPlace,
    OnMustHave,
    OthersBefore,
    PeopleKind,
    ScorecardsMissing,
    without_computed,
)
from ..record.model import (
    CANDIDATE_OUTCOMES,
    CardStatus,
    Debrief,
    Decision,
    DecisionDraft,
    Recommendation,
    RoundHead,
    RoundRecord,
    Turn,
    Vote,
)
from ..record.recommendations import favour_of
from ..record.score import ENOUGH_COVERAGE, CandidateScore, candidate_score, without_numbers
from ..record.sight import could_have_read
from .departure_words import of_sentences

if TYPE_CHECKING:
    from ..comparison import RoundComparison

TURN_NAMES: dict[Turn, str] = {1: "first vote", 2: "second vote"}
# Until when a vote of the turn could be changed, for words about one that was.
CHANGED: dict[Turn, str] = {1: "before reading", 2: "before it was opened"}


# Who takes part


def voters(statuses: Iterable[CardStatus]) -> tuple[str, ...]:
    """Who votes on the candidate of these scorecards: everyone who met them and has submitted; by id."""
    return tuple(sorted({status.interviewer_id for status in statuses if status.state == "submitted"}))


def awaited(debrief: Debrief, statuses: Collection[CardStatus], turn: Turn) -> tuple[str, ...]:
    """Whose vote of this turn is still out: voters, and those who owe a scorecard and would then vote; by id."""
    who = {*voters(statuses), *(status.interviewer_id for status in statuses if status.due)}
    return tuple(sorted(one for one in who if debrief.vote(one, turn) is None))


def why_not_vote(
    round_: RoundHead, viewer_id: str, debrief: Debrief, statuses: Collection[CardStatus], turn: Turn
) -> list[str]:
    """Reasons this person casts, or changes, no vote of this turn now."""
    if reasons := rules.why_not_change(round_) or rules.why_not_debrief(round_, viewer_id, statuses):
        return reasons
    if viewer_id not in voters(statuses):
        return ["A vote rests on having met the candidate: you have no submitted scorecard here."]
    if debrief.opening(turn):
        return [f"The votes of the {TURN_NAMES[turn]} are open: no more are taken."]
    if turn == 2 and debrief.opening(1) is None:
        return ["The second vote comes after the first was opened and the scorecards were read."]
    if turn == 1 and debrief.vote(viewer_id, 1) and could_know_others(round_, viewer_id, debrief, statuses):
        return ["Your first vote is final: what others recorded can be read since."]
    return []


def could_know_others(
    round_: RoundHead, viewer_id: str, debrief: Debrief, statuses: Collection[CardStatus]
) -> bool:
    """Whether this person could by now have read anything of others on the candidate, a decision included."""
    return bool(debrief.decisions) or could_have_read(round_, viewer_id, debrief.candidate_id, statuses)


def why_not_open(
    round_: RoundHead,
    viewer_id: str,
    debrief: Debrief,
    statuses: Collection[CardStatus],
    turn: Turn,
    reason: str,
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
        are = "is" if missing == 1 else "are"
        return [f"{missing} of the votes {are} still out: say why you do not wait."]
    return []


def _may_conclude(round_: RoundHead, viewer_id: str, statuses: Collection[CardStatus]) -> list[str]:
    """Reasons this person does not open votes or record a decision: only the lead, who has submitted, does."""
    return (
        rules.why_not_lead(round_, viewer_id)
        or rules.why_not_change(round_)
        or rules.why_not_debrief(round_, viewer_id, statuses)
    )


def known_to(
    debrief: Debrief, round_: RoundHead, viewer_id: str, statuses: Collection[CardStatus]
) -> Debrief:
    """The debrief as this person may know it: their own votes, and the rest once the scorecards may be read.

    Votes of others show once their turn is open. `statuses` are the round's: while its comparison is closed to
    this person, so is what of a decision was computed, unless they recorded that decision themselves.
    """
    own = tuple(vote for vote in debrief.votes if vote.person_id == viewer_id)
    mine = [status for status in statuses if status.candidate_id == debrief.candidate_id]
    if rules.why_not_debrief(round_, viewer_id, mine):
        return Debrief(candidate_id=debrief.candidate_id, votes=own)
    votes = tuple(v for v in debrief.votes if v.person_id == viewer_id or debrief.opening(v.turn))
    decisions = debrief.decisions
    if rules.why_not_compare(round_, viewer_id, statuses):
        why: HiddenKind = "hidden_while_out" if rules.observes(round_, viewer_id) else "hidden_while_owing"
        decisions = tuple(one if one.recorded_by == viewer_id else _hiding(one, why) for one in decisions)
    return debrief.model_copy(update={"votes": votes, "decisions": decisions})


def _hiding(decision: Decision, why: HiddenKind) -> Decision:
    """The decision without what of it was computed; the same one where nothing was."""
    against = departures_of(decision)
    told = without_computed(against, why)
    if told == against:
        return decision
    return decision.model_copy(update={"departs_from": (), "departures": told})


Step = Literal["first_vote", "reading", "second_vote", "decision"]
# Done is only what the record shows to have happened; what was left out before a decision is passed.
StepState = Literal["done", "now", "ahead", "passed"]


def steps(debrief: Debrief) -> dict[Step, StepState]:
    """How far each step of the debrief is, by the record alone. That someone read is in no record: never done."""
    first, second = debrief.opening(1) is not None, debrief.opening(2) is not None
    decided, voting_again = bool(debrief.decisions), bool(debrief.standing(2))
    left_out: StepState = "passed" if decided else "ahead"
    second_now: StepState = "now" if first and voting_again and not decided else left_out
    reading: StepState = "ahead" if not (first or decided) else "passed"
    return {
        "first_vote": "done" if first else "passed" if decided else "now",
        "reading": "now" if first and not (second or decided or voting_again) else reading,
        "second_vote": "done" if second else second_now,
        "decision": "done" if decided else "now" if second else "ahead",
    }


def speaking_order(who: Iterable[str], lead_id: str) -> tuple[str, ...]:
    """By lot, so that nobody's view comes first by habit; the lead, whom others may follow, comes last."""
    others = sorted(set(who) - {lead_id})
    secrets.SystemRandom().shuffle(others)
    return (*others, lead_id)


class Movement(NamedTuple):
    """How the second vote differs from the first."""

    # The people who changed their vote.
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
    return favour_of(vote.choice if vote else None)


# The decision


def departures(
    record: RoundRecord, candidate_id: str, outcome: str | None, found: RoundComparison | None = None
) -> tuple[Departure, ...]:
    """What in the record speaks against this outcome; deciding it anyway needs a reason.

    `found` is the round's comparison, where the one who decides may see it.
    """
    if outcome is None or outcome in CANDIDATE_OUTCOMES:
        return ()
    score = candidate_score(record, candidate_id)
    missing = score.expected - score.submitted
    against: list[Departure] = []
    if missing:
        against.append(ScorecardsMissing(kind="scorecards_missing", missing=missing, expected=score.expected))
    if outcome == "offer":
        shown_score = without_numbers(score) if record.round.evidence_only else score
        against += _gaps(shown_score)
        against += _against_comparison(candidate_id, found)
    return (*against, *_against_people(record, candidate_id, outcome))


def _gaps(score: CandidateScore) -> Iterator[Departure]:
    """What an offer lacks in levels."""
    if score.coverage is not None and score.coverage < ENOUGH_COVERAGE:
        rated = score.coverage
        yield LowCoverage(kind="low_coverage", rated=rated.numerator, whole=rated.denominator)
    for key in score.unscored_musts:
        yield OnMustHave(kind="no_level", competency=key)
    for key in score.floors_not_met:
        yield OnMustHave(kind="below_floor", competency=key)


def _against_comparison(candidate_id: str, found: RoundComparison | None) -> Iterator[Departure]:
    """What an offer departs from in the comparison; nothing where it is closed or shows evidence only."""
    if found is None or found.evidence_only:
        return
    one = found.standing(candidate_id)
    if one.unplaced:
        yield NoPlace(kind="no_place", reasons=one.unplaced)
    elif one.result and one.result.group and one.result.group > 1:
        yield OthersBefore(kind="others_before")


def _votes(record: RoundRecord, candidate_id: str, turn: Turn) -> list[Recommendation | None]:
    """What those voted in this turn who have a vote."""
    may = voters(record.statuses_of(candidate_id))
    return [vote.choice for vote in record.debrief(candidate_id).standing(turn) if vote.person_id in may]


def _recommendations(record: RoundRecord, candidate_id: str) -> list[Recommendation | None]:
    """What the submitted scorecards recommend."""
    cards = [card for card in record.cards_of(candidate_id) if card.state == "submitted"]
    return [card.content.verdict.recommendation for card in cards]


def _against_people(record: RoundRecord, candidate_id: str, outcome: str) -> Iterator[Departure]:
    """Most votes of the last turn that was opened; before any was, most recommendations of the scorecards."""
    debrief = record.debrief(candidate_id)
    turn: Turn = 2 if debrief.opening(2) else 1
    voted = debrief.opening(turn) is not None
    choices = _votes(record, candidate_id, turn) if voted else _recommendations(record, candidate_id)
    favours = [favour for choice in choices if (favour := favour_of(choice)) is not None]
    against = sum(one < 0 for one in favours)
    sides: tuple[tuple[str, int, PeopleKind], ...] = (
        ("offer", against, "votes_against" if voted else "recommendations_against"),
        ("no_offer", len(favours) - against, "votes_in_favour" if voted else "recommendations_in_favour"),
    )
    for decided, number, kind in sides:
        if outcome == decided and number * 2 > len(favours):
            yield MostPeople(kind=kind, number=number, among=len(favours))


def why_not_decide(
    record: RoundRecord,
    viewer_id: str,
    candidate_id: str,
    draft: DecisionDraft,
    found: RoundComparison | None = None,
) -> list[str]:
    """Reasons this decision cannot be recorded by this person, who may see the comparison that is `found`."""
    round_, statuses = record.round, record.statuses_of(candidate_id)
    if draft.by_candidate:
        # It is the candidate's to decide: nobody's scorecard is waited for.
        return rules.why_not_lead(round_, viewer_id) or rules.why_not_change(round_)
    before = record.debrief(candidate_id).decision
    back = before is not None and before.by_candidate and draft.outcome == "more_evidence"
    if back and draft.reopened_because.strip():
        return rules.why_not_lead(round_, viewer_id) or rules.why_not_change(round_)
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
    against = (*departures_of(draft), *departures(record, candidate_id, draft.outcome, found))
    if against and not draft.departure_reason.strip():
        reasons.append("Something in the record stands against this decision: say why it was decided so.")
    if record.debrief(candidate_id).decisions and not draft.reopened_because.strip():
        reasons.append("There is a decision already: say why it was opened again.")
    return reasons


def departures_of(decision: DecisionDraft) -> tuple[Departure, ...]:
    """What stood against a decision, each of its kind, also where an older kit stored sentences."""
    return tuple(dict.fromkeys((*of_sentences(decision.departs_from), *decision.departures)))


def departures_told(record: RoundRecord, decision: Decision) -> tuple[Departure, ...]:
    """What stood against a decision; in a record of evidence only nothing of it that was computed."""
    against = departures_of(decision)
    return without_computed(against, "hidden_evidence_only") if record.round.evidence_only else against
