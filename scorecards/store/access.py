"""What every call of the store begins with: the round as this viewer may enter it, and what they may read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import Connection, select

from ..debriefing.debrief import known_to
from ..record import rules
from ..record.model import Candidate, CardStatus, Debrief, Interview, RoundHead, RoundRecord
from . import rows
from . import tables as t
from .debrief_rows import read_debriefs
from .errors import NotAllowedError, NotFoundError
from .plans import NO_PLAN, read_plan
from .round_rows import KeptRound, to_round, whole_round


class Operator:
    """The person who holds the database file or its address: the terminal, never a screen."""


OPERATOR: Final = Operator()
Viewer = str | Operator


def refuse(reasons: Sequence[str]) -> None:
    """Raise `NotAllowedError` where there are reasons."""
    if reasons:
        raise NotAllowedError(reasons)


def round_of(connection: Connection, viewer: Viewer, round_id: str) -> KeptRound:
    """The round; `NotFoundError` for anyone who has no business in it."""
    row = connection.execute(select(t.rounds).where(t.rounds.c.id == round_id)).first()
    round_ = to_round(row) if row is not None else None
    if round_ is None or (not isinstance(viewer, Operator) and rules.why_not_enter(round_, viewer)):
        raise NotFoundError("There is no such round, or you are not on its panel.")
    return round_


def led_round(connection: Connection, viewer: Viewer, round_id: str) -> KeptRound:
    """A round that the viewer leads."""
    round_ = round_of(connection, viewer, round_id)
    if not isinstance(viewer, Operator):
        refuse(rules.why_not_lead(round_, viewer))
    return round_


def hold_round(connection: Connection, round_id: str) -> None:
    """Nobody changes, closes or deletes the round until this change is stored; others may do the same meanwhile.

    The round is always locked before its scorecards, so that no two changes wait for each other.
    """
    connection.execute(select(t.rounds.c.id).where(t.rounds.c.id == round_id).with_for_update(read=True))


def open_round(connection: Connection, viewer: Viewer, round_id: str) -> KeptRound:
    """A round that the viewer leads and that is not closed; nobody else changes it meanwhile."""
    connection.execute(select(t.rounds.c.id).where(t.rounds.c.id == round_id).with_for_update())
    round_ = led_round(connection, viewer, round_id)
    refuse(rules.why_not_change(round_))
    return round_


def interview_of(connection: Connection, viewer: Viewer, interview_id: str) -> Interview:
    """An interview of a round that the viewer may enter."""
    row = connection.execute(select(t.interviews).where(t.interviews.c.id == interview_id)).first()
    if row is None:
        raise NotFoundError("There is no such interview.")
    round_of(connection, viewer, row.round_id)
    return rows.to_interview(row, read_plan(connection, row.plan_digest))


def candidate_of(connection: Connection, candidate_id: str) -> Candidate:
    """A candidate, for a caller that goes on to see whether the viewer has business in the round."""
    row = connection.execute(select(t.candidates).where(t.candidates.c.id == candidate_id)).first()
    if row is None:
        raise NotFoundError("There is no such candidate.")
    return rows.to_candidate(row)


def statuses_of(
    connection: Connection, round_id: str, lost: list[str] | None = None
) -> tuple[CardStatus, ...]:
    """The state of all the round's scorecards, by id."""
    found = connection.execute(rows.select_statuses().where(t.scorecards.c.round_id == round_id)).all()
    return tuple(rows.to_status(row, lost) for row in found)


def why_blind(
    round_: RoundHead, viewer: Viewer, card: CardStatus, statuses: Collection[CardStatus]
) -> list[str]:
    """Reasons the viewer may not read this scorecard; the operator may read all."""
    return [] if isinstance(viewer, Operator) else rules.why_not_see(round_, viewer, card, statuses)


def known_debriefs(
    connection: Connection,
    viewer: Viewer,
    round_: RoundHead,
    statuses: Collection[CardStatus],
    lost: list[str] | None = None,
) -> tuple[Debrief, ...]:
    """The round's debriefs as far as the viewer may know them, without those of which they know nothing."""
    every = read_debriefs(connection, round_.id, lost)
    if not isinstance(viewer, Operator):
        every = tuple(known_to(one, round_, viewer, statuses) for one in every)
    return tuple(one for one in every if one.votes or one.openings or one.decisions)


def as_shown(round_: RoundHead, candidate: Candidate) -> Candidate:
    """The candidate as people see them: in a round of codes without the name."""
    return candidate.model_copy(update={"name": candidate.code}) if round_.anonymous else candidate


def read_record(connection: Connection, viewer: Viewer, round_id: str, *, names: bool = False) -> RoundRecord:
    """The round with the scorecards, votes and decisions that this viewer may know.

    In a round of codes these stand in place of the candidates' names, unless `names` are asked for. What is damaged
    in the database is left out or blank, and told in `damaged`.
    """
    lost: list[str] = []
    round_ = round_of(connection, viewer, round_id)
    statuses = statuses_of(connection, round_id, lost)
    of_candidate: dict[str, list[CardStatus]] = defaultdict(list)
    for status in statuses:
        of_candidate[status.candidate_id].append(status)
    readable = [s.card_id for s in statuses if not why_blind(round_, viewer, s, of_candidate[s.candidate_id])]
    candidates = connection.execute(
        select(t.candidates).where(t.candidates.c.round_id == round_id).order_by(t.candidates.c.id)
    ).all()
    debriefs = known_debriefs(connection, viewer, round_, statuses, lost)
    known = round_.people | {status.interviewer_id for status in statuses}
    known |= {
        who for event in round_.events for who in (event.person_id, *event.could_have_read, *event.assigned)
    }
    known |= {who for one in debriefs for who in one.people}
    known |= {round_.imported.by} if round_.imported and round_.imported.by else set()
    people = connection.execute(
        select(t.people).where(t.people.c.id.in_(sorted(known))).order_by(t.people.c.id)
    ).all()
    interviews = rows.read_interviews(connection, t.interviews.c.round_id == round_id, lost)
    blank = {one.id for one in interviews if one.plan == NO_PLAN}
    cards = rows.read_cards(connection, readable, lost)
    shown = [rows.to_candidate(row, lost) for row in candidates]
    return RoundRecord(
        round=whole_round(connection, round_, lost),
        people=tuple(rows.to_person(row, lost) for row in people),
        candidates=tuple(one if names else as_shown(round_, one) for one in shown),
        interviews=interviews,
        cards=tuple(card for card in cards if card.interview_id not in blank),
        debriefs=debriefs,
        statuses=statuses,
        damaged=tuple(dict.fromkeys(lost)),
    )
