"""The debrief's part of the store: sealed votes, their opening, and decisions that are only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, select

from ..debriefing.debrief import (
    awaited,
    could_know_others,
    departures,
    departures_of,
    speaking_order,
    voters,
    why_not_decide,
    why_not_open,
    why_not_vote,
)
from ..record import rules
from ..record.model import (
    CardStatus,
    Debrief,
    Decision,
    DecisionDraft,
    Opening,
    Recommendation,
    RoundHead,
    RoundRecord,
    Turn,
    Vote,
    now,
)
from ..record.recommendations import what_is_missing_beside
from ..record.seals import evidence_digest, sealed
from . import tables as t
from .access import OPERATOR, candidate_of, read_record, refuse, round_of, statuses_of
from .audit import note
from .debrief_rows import decision_row, opening_row, read_debriefs, vote_row
from .engine import Database
from .errors import NotAllowedError
from .limits import MOST_IN_REASON, MOST_IN_WORDS, refuse_long, refuse_long_decision
from .round_rows import KeptRound
from .seats import follow_decision

if TYPE_CHECKING:
    from ..comparison import RoundComparison


class DebriefDesk:
    """Where a candidate is debriefed. Every call names its viewer."""

    def __init__(self, database: Database):
        self._database = database

    def vote(
        self,
        viewer: str,
        candidate_id: str,
        turn: Turn,
        choice: Recommendation,
        reason: str,
        *,
        over: int | None = None,
    ) -> None:
        """Cast, or change, one's own sealed vote. The last one that was awaited opens the turn.

        A changed vote is added and the one before stays. A first vote is final once what others recorded could be
        read; a second one once it is opened. `over` is the number of the vote that the page had shown, 0 for none;
        where another stands by now, nothing is added.
        """
        refuse_long("The reason", reason, MOST_IN_WORDS)
        with self._database.writing() as connection:
            round_, debrief, statuses = _locked(connection, viewer, candidate_id)
            refuse(why_not_vote(round_, viewer, debrief, statuses, turn))
            known = could_know_others(round_, viewer, debrief, statuses) if turn == 1 else None
            last = debrief.vote(viewer, turn)
            vote = _next_vote(last, viewer, turn, choice, reason, known)
            refuse(what_is_missing_beside(vote.choice, vote.reason))
            if last and (last.choice, last.reason) == (vote.choice, vote.reason):
                return
            _refuse_overtaken(last, over)
            connection.execute(insert(t.votes).values(vote_row(candidate_id, vote)))
            voted = debrief.model_copy(update={"votes": (*debrief.votes, vote)})
            if not awaited(voted, statuses, turn):
                _put_opening(connection, round_, candidate_id, statuses, turn)
            told = {"turn": turn, "number": vote.number}
            note(connection, viewer, "voted", round_id=round_.id, subject=candidate_id, **told)

    def still_out(self, viewer: str, candidate_id: str, turn: Turn) -> tuple[str, ...]:
        """Whose vote is out, for the lead who could open the turn without them; refused where nobody could."""
        with self._database.reading() as connection:
            round_, debrief, statuses = _found(connection, viewer, candidate_id)
            refuse(why_not_open(round_, viewer, debrief, statuses, turn, "a reason"))
            return awaited(debrief, statuses, turn)

    def open_votes(self, viewer: str, candidate_id: str, turn: Turn, reason: str = "") -> None:
        """Open a turn before everybody has voted; the lead only, with a reason and the absent named."""
        refuse_long("The reason", reason, MOST_IN_REASON)
        with self._database.writing() as connection:
            round_, debrief, statuses = _locked(connection, viewer, candidate_id)
            refuse(why_not_open(round_, viewer, debrief, statuses, turn, reason))
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

        What speaks against it is worked out here and kept, in the comparison too where the lead may see that;
        `names` are the competencies' names by id, for the comparison's words.
        """
        refuse_long_decision(draft)
        with self._database.writing() as connection:
            round_, debrief, _ = _locked(connection, viewer, candidate_id)
            # A candidate's own decision rests on no scorecard: all are fingerprinted, readable or not.
            record = read_record(connection, OPERATOR if draft.by_candidate else viewer, round_.id)
            found = compared(record, viewer, names or {}) if draft.outcome == "offer" else None
            refuse(why_not_decide(record, viewer, candidate_id, draft, found))
            against = (*departures_of(draft), *departures(record, candidate_id, draft.outcome, found))
            if draft.outcome == "more_evidence" and debrief.decision and debrief.decision.by_candidate:
                # They are back: only their being gone stood against it.
                against = ()
            told = draft.model_copy(update={"departs_from": (), "departures": tuple(dict.fromkeys(against))})
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


def compared(record: RoundRecord, viewer: str, names: Mapping[str, str]) -> RoundComparison | None:
    """The round's comparison, where this viewer may see it and it says anything."""
    if record.round.evidence_only or rules.why_not_compare(record.round, viewer, record.statuses):
        return None
    # Imported here: only an offer needs it, and it takes a moment.
    from ..comparison import compare_round

    return compare_round(record, viewer, names)


def _locked(
    connection: Connection, viewer: str, candidate_id: str
) -> tuple[KeptRound, Debrief, tuple[CardStatus, ...]]:
    """The candidate's round, debrief and statuses; nobody else writes to the debrief meanwhile."""
    connection.execute(select(t.candidates.c.id).where(t.candidates.c.id == candidate_id).with_for_update())
    return _found(connection, viewer, candidate_id)


def _found(
    connection: Connection, viewer: str, candidate_id: str
) -> tuple[KeptRound, Debrief, tuple[CardStatus, ...]]:
    round_ = round_of(connection, viewer, candidate_of(connection, candidate_id).round_id)
    found = (one for one in read_debriefs(connection, round_.id) if one.candidate_id == candidate_id)
    statuses = tuple(s for s in statuses_of(connection, round_.id) if s.candidate_id == candidate_id)
    return round_, next(found, Debrief(candidate_id=candidate_id)), statuses


def _next_vote(
    last: Vote | None, viewer: str, turn: Turn, choice: Recommendation, reason: str, known: bool | None
) -> Vote:
    """The vote that follows `last`; `known` says whether others' words could be read by now."""
    return Vote(
        person_id=viewer,
        turn=turn,
        choice=choice,
        reason=reason.replace("\x00", "").strip(),
        at=now(),
        number=last.number + 1 if last else 1,
        could_have_read=known,
    )


def _refuse_overtaken(last: Vote | None, over: int | None) -> None:
    """`over`: the number of the vote that the page had shown; None where no page showed any."""
    if over is not None and over != (last.number if last else 0):
        raise NotAllowedError(
            [
                "You voted on another page meanwhile; that vote stands and is shown here. Change it if you want."
            ]
        )


def _put_opening(
    connection: Connection,
    round_: RoundHead,
    candidate_id: str,
    statuses: tuple[CardStatus, ...],
    turn: Turn,
    **told: Any,
) -> None:
    order = speaking_order(voters(statuses), round_.lead_id) if turn == 1 else ()
    opening = Opening(turn=turn, at=now(), speaking_order=order, **told)
    connection.execute(insert(t.openings).values(opening_row(candidate_id, opening)))
