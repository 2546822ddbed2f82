"""What a debrief has come to, as blocks: the decision, what it departs from, the votes, whether seals hold."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rubrics import Rubrics

from ..debriefing.debrief import CHANGED, TURN_NAMES, departures_told, movement
from ..debriefing.departure_words import departure_words
from ..record.model import OUTCOMES, RECOMMENDATIONS, Debrief, Decision, Opening, RoundRecord, Turn, Vote
from ..record.seals import broken_seals, evidence_changed, is_partly_hidden
from .blocks import Block
from .making import band, day_and_time, facts, head, points, short, table, words
from .method import competency_name

TURNS: tuple[Turn, ...] = (1, 2)


def decision_blocks(record: RoundRecord, candidate_id: str, rubrics: Rubrics) -> Iterator[Block]:
    """The decision that holds, first of all; or that there is none yet."""
    debrief = record.debrief(candidate_id)
    decision = debrief.decision
    if decision is None:
        yield band("Decision", no_decision(record, candidate_id))
        return
    yield band("Decision", OUTCOMES[decision.outcome], [_who(record, decision)])
    yield from _grounds(record, decision, rubrics)
    if len(debrief.decisions) > 1:
        yield head("Earlier decisions", 2)
        yield points((_earlier(record, one) for one in debrief.decisions[:-1]), numbered=True)
    yield words(" ".join(_seal_words(record, debrief)), "small")


def vote_blocks(record: RoundRecord, candidate_id: str) -> Iterator[Block]:
    """The votes of both turns as far as they were opened; sealed ones are not told, nobody's."""
    debrief = record.debrief(candidate_id)
    opened = [turn for turn in TURNS if debrief.opening(turn)]
    if not debrief.votes and not opened:
        return
    yield head("Votes", 2)
    if opened:
        voters = sorted({vote.person_id for turn in opened for vote in debrief.standing(turn)})
        columns = ["Interviewer", *(TURN_NAMES[turn].capitalize() for turn in opened)]
        rows = [
            [short(record.person[who].name), *(_vote(debrief, who, turn) for turn in opened)]
            for who in voters
        ]
        yield table(columns, rows, [1, *([2] * len(opened))])
    yield points(_vote_words(record, debrief))


def name_of(record: RoundRecord, person_id: str) -> str:
    """The person's name in one line; the id where the record does not know them."""
    return short(record.person[person_id].name) if person_id in record.person else person_id


def _who(record: RoundRecord, decision: Decision) -> str:
    recorded = name_of(record, decision.recorded_by)
    beside = "" if recorded == short(decision.decided_by) else f", recorded by {recorded}"
    return f"Decided by {short(decision.decided_by)}{beside}, {day_and_time(decision.at)}."


def _grounds(record: RoundRecord, decision: Decision, rubrics: Rubrics) -> Iterator[Block]:
    rows = [[competency_name(rubrics, one.competency), one.words] for one in decision.reasons]
    if rows:
        yield table(["Competency", "Reason"], rows, [1, 3])
    dissent = "\n".join(
        f"{one.words} ({short(one.name) if one.name else 'not named'})" for one in decision.dissent
    )
    yield facts(
        [
            ("Why", decision.said),
            ("Dissent", "" if decision.by_candidate else dissent or "None was recorded."),
            ("Speaks against it", "\n".join(against_words(record, decision, rubrics))),
            ("Decided all the same", decision.departure_reason),
            ("Opened again because", decision.reopened_because),
        ]
    )


def against_words(record: RoundRecord, decision: Decision, rubrics: Rubrics) -> list[str]:
    """What stood against a decision, a sentence each, as far as this record may tell it."""
    names = {one.id: one.name for one in rubrics.competencies}
    return [departure_words(one, names) for one in departures_told(record, decision)]


def _earlier(record: RoundRecord, decision: Decision) -> str:
    reasons = " ".join([*(one.words for one in decision.reasons), *filter(None, [decision.said])])
    return f"{OUTCOMES[decision.outcome]}. {_who(record, decision)} {reasons}"


def _seal_words(record: RoundRecord, debrief: Debrief) -> Iterator[str]:
    broken = broken_seals(debrief)
    for number in broken:
        yield f"The seal of decision {number} does not fit what it says: it was changed after it was recorded."
    hidden = sum(is_partly_hidden(one) for one in debrief.decisions)
    if hidden:
        yield (
            "Computed values are hidden here in "
            f"{'one decision, whose seal' if hidden == 1 else f'{hidden} decisions, whose seals'} cannot be checked here."
        )
    if not broken and hidden < len(debrief.decisions):
        yield "The seals hold: no decision was changed by accident, or in one place, after it was recorded."
    if evidence_changed(record, debrief.candidate_id):
        yield "The scorecards have changed since the decision: compare amendments."


def no_decision(record: RoundRecord, candidate_id: str) -> str:
    """What to say where the record holds no decision: a viewer who may not read all is not told of one."""
    return "None that can be told here" if hidden_cards(record, candidate_id) else "No decision yet"


def hidden_cards(record: RoundRecord, candidate_id: str) -> int:
    """How many submitted scorecards the viewer of this record may not read."""
    readable = sum(card.state == "submitted" for card in record.cards_of(candidate_id))
    return sum(one.state == "submitted" for one in record.statuses_of(candidate_id)) - readable


def _vote(debrief: Debrief, who: str, turn: Turn) -> str:
    vote = debrief.vote(who, turn)
    return "–" if vote is None else vote_words(vote)


def vote_words(vote: Vote) -> str:
    """The choice, and the reason where there is one."""
    return RECOMMENDATIONS[vote.choice] + (f": {vote.reason.strip()}" if vote.reason.strip() else "")


def _vote_words(record: RoundRecord, debrief: Debrief) -> Iterator[str]:
    for turn in TURNS:
        opening = debrief.opening(turn)
        if opening:
            yield _opening(record, opening)
            yield from _changed(record, debrief, turn)
            yield from _read_before(record, debrief, turn)
        elif any(vote.turn == turn for vote in debrief.votes):
            yield f"The {TURN_NAMES[turn]} is still sealed."
    moved = movement(debrief, record.round.lead_id)
    if moved and moved.moved:
        who = ", ".join(name_of(record, one) for one in moved.moved)
        yield f"Changed between the votes: {who}."
    if moved and moved.towards_lead:
        who = ", ".join(name_of(record, one) for one in moved.towards_lead)
        yield f"Came closer to what the lead voted first: {who}. Worth asking what convinced them."


def _changed(record: RoundRecord, debrief: Debrief, turn: Turn) -> Iterator[str]:
    """Every vote that was changed while it could be, with what it said before."""
    for one in debrief.standing(turn):
        versions = debrief.versions(one.person_id, turn)
        for before, after in pairwise(versions):
            yield (
                f"{name_of(record, one.person_id)} changed their {TURN_NAMES[turn]} {CHANGED[turn]} on "
                f"{day_and_time(after.at)}; before that: {vote_words(before)}."
            )


def _read_before(record: RoundRecord, debrief: Debrief, turn: Turn) -> Iterator[str]:
    who = [name_of(record, one.person_id) for one in debrief.standing(turn) if one.could_have_read]
    if who:
        yield f"Could by the round's rule already read others when they cast it: {', '.join(who)}."


def _opening(record: RoundRecord, opening: Opening) -> str:
    told = f"The {TURN_NAMES[opening.turn]} was opened on {day_and_time(opening.at)}"
    told += (
        f" by {name_of(record, opening.by)} before everybody had voted: {opening.reason}"
        if opening.by
        else ""
    )
    told = told.rstrip(". ") + "."
    if opening.absent:
        told += f" Had not voted: {', '.join(name_of(record, who) for who in opening.absent)}."
    if opening.speaking_order:
        order = ", ".join(name_of(record, who) for who in opening.speaking_order)
        told += f" Speaking order, by lot with the lead last: {order}."
    return told
