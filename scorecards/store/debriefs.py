"""The debrief's part of the store: sealed votes, their opening, and decisions that are only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from ..debrief import (
    awaited,
    departures,
    evidence_digest,
    may_decide,
    may_open,
    may_vote,
    sealed,
    speaking_order,
    voters,
)
from ..model import (
    CardStatus,
    Debrief,
    Decision,
    DecisionDraft,
    Opening,
    Recommendation,
    Round,
    Turn,
    Vote,
    now,
)
from . import tables as t
from .access import OPERATOR, candidate_of, read_record, refuse, round_of, statuses_of
from .audit import note
from .debrief_rows import decision_row, opening_row, read_debriefs, vote_row
from .engine import Database
from .seats import follow_decision


class DebriefDesk:
    """Where a candidate is debriefed. Every call names its viewer."""

    def __init__(self, database: Database):
        self._database = database

    def vote(self, viewer: str, candidate_id: str, turn: Turn, choice: Recommendation, reason: str) -> None:
        """Cast, or change, one's own sealed vote. The last one that was awaited opens the turn."""
        with self._database.writing() as connection:
            round_, debrief, statuses = _locked(connection, viewer, candidate_id)
            refuse(may_vote(round_, viewer, debrief, statuses, turn))
            if choice == "no_decision":
                refuse([] if reason.strip() else ["No decision: say why."])
            words = reason.replace("\x00", "").strip()
            vote = Vote(person_id=viewer, turn=turn, choice=choice, reason=words, at=now())
            same = (t.votes.c.candidate_id == candidate_id, t.votes.c.turn == turn)
            connection.execute(delete(t.votes).where(*same, t.votes.c.person_id == viewer))
            connection.execute(insert(t.votes).values(vote_row(candidate_id, vote)))
            voted = debrief.model_copy(update={"votes": (*debrief.votes, vote)})
            if not awaited(voted, statuses, turn):
                _put_opening(connection, round_, candidate_id, statuses, turn)
            note(connection, viewer, "voted", round_id=round_.id, subject=candidate_id, turn=turn)

    def still_out(self, viewer: str, candidate_id: str, turn: Turn) -> tuple[str, ...]:
        """Whose vote is out, for the lead who could open the turn without them; refused where nobody could."""
        with self._database.reading() as connection:
            round_, debrief, statuses = _found(connection, viewer, candidate_id)
            refuse(may_open(round_, viewer, debrief, statuses, turn, "a reason"))
            return awaited(debrief, statuses, turn)

    def open_votes(self, viewer: str, candidate_id: str, turn: Turn, reason: str = "") -> None:
        """Open a turn before everybody has voted; the lead only, with a reason and the absent named."""
        with self._database.writing() as connection:
            round_, debrief, statuses = _locked(connection, viewer, candidate_id)
            refuse(may_open(round_, viewer, debrief, statuses, turn, reason))
            absent = awaited(debrief, statuses, turn)
            _put_opening(
                connection,
                round_,
                candidate_id,
                statuses,
                turn,
                by=viewer,
                reason=reason.strip(),
                absent=absent,
            )
            note(connection, viewer, "votes_opened", round_id=round_.id, subject=candidate_id, turn=turn)

    def decide(
        self,
        viewer: str,
        candidate_id: str,
        draft: DecisionDraft,
        names: Mapping[str, str] | None = None,
    ) -> Decision:
        """Record a decision, sealed; the lead only. One that stands already stays, and the new one says why.

        What stands against it in the record is written down whether the draft names it or not; `names` are the
        competencies' names by id.
        """
        with self._database.writing() as connection:
            round_, debrief, _ = _locked(connection, viewer, candidate_id)
            # What a candidate decides rests on nobody's scorecard: all are fingerprinted, whoever may read them.
            record = read_record(connection, OPERATOR if draft.by_candidate else viewer, round_.id)
            refuse(may_decide(record, viewer, candidate_id, draft))
            against = (*draft.departs_from, *departures(record, candidate_id, draft.outcome, names))
            if draft.outcome == "more_evidence" and debrief.decision and debrief.decision.by_candidate:
                # They are back: only their being gone stood against it.
                against = ()
            told = draft.model_copy(update={"departs_from": tuple(dict.fromkeys(against))})
            decision = Decision(
                **told.model_dump(exclude={"reopened_because"} if not debrief.decisions else set()),
                recorded_by=viewer,
                at=now(),
                evidence_digest=evidence_digest(record, candidate_id),
                seal="",
            )
            decision = sealed(decision, candidate_id, debrief.decision)
            connection.execute(
                insert(t.decisions).values(decision_row(candidate_id, len(debrief.decisions) + 1, decision))
            )
            follow_decision(connection, viewer, candidate_id, debrief.decision, decision, round_)
            note(connection, viewer, "decided", round_id=round_.id, subject=candidate_id, seal=decision.seal)
        return decision


def _locked(
    connection: Connection, viewer: str, candidate_id: str
) -> tuple[Round, Debrief, tuple[CardStatus, ...]]:
    """The candidate's round, debrief and statuses; nobody else writes to the debrief meanwhile."""
    connection.execute(select(t.candidates.c.id).where(t.candidates.c.id == candidate_id).with_for_update())
    return _found(connection, viewer, candidate_id)


def _found(
    connection: Connection, viewer: str, candidate_id: str
) -> tuple[Round, Debrief, tuple[CardStatus, ...]]:
    round_ = round_of(connection, viewer, candidate_of(connection, candidate_id).round_id)
    found = (one for one in read_debriefs(connection, round_.id) if one.candidate_id == candidate_id)
    statuses = tuple(s for s in statuses_of(connection, round_.id) if s.candidate_id == candidate_id)
    return round_, next(found, Debrief(candidate_id=candidate_id)), statuses


def _put_opening(
    connection: Connection,
    round_: Round,
    candidate_id: str,
    statuses: tuple[CardStatus, ...],
    turn: Turn,
    **told: Any,
) -> None:
    order = speaking_order(voters(statuses), round_.lead_id) if turn == 1 else ()
    opening = Opening(turn=turn, at=now(), speaking_order=order, **told)
    connection.execute(insert(t.openings).values(opening_row(candidate_id, opening)))
