"""The part of the store for working without a server: assignments out and in, finished work out and merged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, Table, delete, insert, select
from sqlalchemy.exc import IntegrityError

from ..interviewing.merging import Merge, merged
from ..interviewing.offline import (
    ASSIGNMENT,
    Assignment,
    CardWork,
    OfflineError,
    Sealed,
    Work,
    assignment_file,
    is_signed,
    key_for,
    read_assignment,
    read_work,
    round_digest,
    work_file,
)
from ..record import rules, sight
from ..record.model import (
    Candidate,
    CardStatus,
    Interview,
    Round,
    RoundRecord,
    Scorecard,
)
from . import rows
from . import tables as t
from .access import OPERATOR, Operator, Viewer, as_shown, led_round, open_round, refuse, round_of, statuses_of
from .audit import note
from .engine import Database
from .errors import NotFoundError
from .imports import insert_unknown, mark_imported
from .merging import fitting, from_bundles, packed, refuse_foreign, store_merged, why_unfit
from .round_rows import KeptRound, insert_interviews, to_round, whole_round
from .whole import insert_record

AnyRow = TypeVar("AnyRow", Candidate, Interview, Scorecard)


class Conflict(NamedTuple):
    """A scorecard of which nothing was taken, and what clashes; never what either side says."""

    label: str
    where: tuple[str, ...]


class Merged(NamedTuple):
    """What became of each scorecard of a bundle."""

    taken: tuple[str, ...]
    same: tuple[str, ...]
    older: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


class OfflineDesk:
    """Where interviewers work without this server. Every call but `take` names its viewer."""

    def __init__(self, database: Database, secret: Callable[[], str]):
        self._database, self._secret = database, secret

    # At the lead

    def assign(self, viewer: Viewer, round_id: str, person_id: str) -> bytes:
        """A file with which this interviewer works alone: their interviews that are still to begin.

        For the round's lead, and for the interviewer: anyone who has the file can hand in as this interviewer.
        """
        secret = self._secret()
        with self._database.reading() as connection:
            entered = (round_of if viewer == person_id else led_round)(connection, viewer, round_id)
            round_ = whole_round(connection, entered)
            refuse(rules.why_not_change(round_))
            refuse([] if person_id in round_.panel_ids else ["Put the interviewer on the panel first."])
            mine = [
                one
                for one in statuses_of(connection, round_id)
                if one.interviewer_id == person_id and one.due
            ]
            mine = [one for one in mine if not rows.has_begun(connection, [one.card_id])]
            refuse([] if mine else ["They have no interview that is still to begin: nothing to take along."])
            assignment = _assignment(connection, round_, person_id, mine, secret)
        with self._database.writing() as connection:
            note(connection, viewer, "assignment_made", round_id=round_id, subject=person_id)
        return assignment_file(assignment)

    def merge(self, viewer: Viewer, data: bytes) -> Merged:
        """Take what came back; the lead only. Refused as a whole where it is not of this round and this key.

        Of a scorecard that was changed on both sides nothing is taken: it is listed. The same file again changes
        nothing. What the scorecards say is told to nobody here.
        """
        work, sealed = read_work(data)
        secret = self._secret()
        with self._database.writing() as connection:
            round_ = whole_round(connection, open_round(connection, viewer, work.round_id))
            refuse_foreign(round_, work, sealed, secret)
            ids = sorted({one.card.id for one in work.cards})
            if len(ids) < len(work.cards):
                raise OfflineError("A scorecard stands twice in the file. Nothing was changed.")
            done = _Merging(connection, round_, work.person_id, ids).merge(work.cards)
            told = {"taken": len(done.taken), "conflicts": len(done.conflicts)}
            note(connection, viewer, "work_merged", round_id=round_.id, subject=work.person_id, **told)
        return done

    # On the laptop

    def take(self, data: bytes, viewer: Viewer = OPERATOR) -> str:
        """Take an assignment in, on a database that does not have the round; returns the round's id.

        Where it is here by an earlier assignment, interviews that are new are added, and nothing else changes. Refused
        for a viewer who is known here and is not the one whom it is for.
        """
        assignment, sealed = read_assignment(data)
        try:
            self._take(viewer, assignment, sealed)
        except IntegrityError as error:
            raise OfflineError(
                "Something in the assignment has an id that another round here uses. Nothing was changed."
            ) from error
        return assignment.round.id

    def _take(self, viewer: Viewer, assignment: Assignment, sealed: Sealed) -> None:
        with self._database.writing() as connection:
            round_ = assignment.round
            _refuse_anothers(connection, viewer, assignment)
            there = connection.execute(
                select(t.rounds).where(t.rounds.c.id == round_.id).with_for_update()
            ).first()
            if there is None:
                _put_new(connection, viewer, assignment)
                return
            _refuse_other(connection, to_round(there), assignment, sealed)
            _add_missing(connection, assignment)

    def assigned_to(self, viewer: Viewer, round_id: str) -> str | None:
        """Whose assignment the round is here by; None where it was not taken in."""
        with self._database.reading() as connection:
            round_ = round_of(connection, viewer, round_id)
            return round_.panel_ids[0] if _key(connection, round_id) is not None else None

    def hand_in(self, viewer: Viewer, round_id: str) -> bytes:
        """The interviewer's own scorecards, sealed with the key of their assignment. They stay here, too."""
        with self._database.reading() as connection:
            round_ = round_of(connection, viewer, round_id)
            key = _key(connection, round_id)
            if key is None or not (isinstance(viewer, Operator) or round_.panel_ids == (viewer,)):
                raise NotFoundError("You have no assignment of this round here.")
            person_id = round_.panel_ids[0]
            interviews = {
                one.id: one for one in rows.read_interviews(connection, t.interviews.c.round_id == round_id)
            }
            mine = [one for one in statuses_of(connection, round_id) if one.interviewer_id == person_id]
            cards = rows.read_cards(connection, [one.card_id for one in mine])
        with self._database.writing() as connection:
            note(connection, viewer, "work_handed_in", round_id=round_id, subject=person_id)
        return work_file(
            Work(
                round_id=round_id,
                person_id=person_id,
                round_digest=round_digest(round_, person_id),
                cards=tuple(packed(card, interviews[card.interview_id]) for card in cards),
            ),
            key,
        )


def _assignment(
    connection: Connection, round_: Round, person_id: str, mine: Sequence[CardStatus], secret: str
) -> Assignment:
    """What this interviewer needs of the round for these interviews, and nothing of anybody else's."""
    met = {one.candidate_id for one in mine}
    people = select(t.people).where(t.people.c.id.in_({round_.lead_id, person_id})).order_by(t.people.c.id)
    candidates = select(t.candidates).where(t.candidates.c.id.in_(met)).order_by(t.candidates.c.id)
    wanted = {one.interview_id for one in mine}
    interviews = tuple(
        one.model_copy(update={"leader_id": None})
        for one in rows.read_interviews(connection, t.interviews.c.round_id == round_.id)
        if one.id in wanted
    )
    return Assignment(
        round=_reduced(round_, person_id, interviews),
        people=tuple(rows.to_person(row) for row in connection.execute(people)),
        candidates=tuple(as_shown(round_, rows.to_candidate(row)) for row in connection.execute(candidates)),
        interviews=interviews,
        cards=rows.read_cards(connection, [one.card_id for one in mine]),
        person_id=person_id,
        key=key_for(secret, round_.id, person_id),
    )


class _Merging:
    """One interviewer's finished work as it meets what stands here; its scorecards are held meanwhile."""

    def __init__(self, connection: Connection, round_: Round, person_id: str, ids: Sequence[str]):
        self._connection, self._round, self._person_id = connection, round_, person_id
        self._statuses = statuses_of(connection, round_.id)
        interviews = rows.read_interviews(connection, t.interviews.c.round_id == round_.id)
        self._interviews = {one.id: one for one in interviews}
        held = select(t.scorecards.c.id).where(t.scorecards.c.id.in_(ids)).order_by(t.scorecards.c.id)
        connection.execute(held.with_for_update())
        self._here = {card.id: card for card in rows.read_cards(connection, ids)}
        codes = select(t.candidates.c.id, t.candidates.c.code).where(t.candidates.c.round_id == round_.id)
        self._codes = {row.id: row.code for row in connection.execute(codes)}

    def merge(self, cards: Sequence[CardWork]) -> Merged:
        """Store what is new; say what became of each."""
        told: dict[str, list[str]] = {"new": [], "same": [], "older": [], "conflict": []}
        conflicts = []
        for one in cards:
            interview = fitting(one, self._here.get(one.card.id), self._interviews, self._person_id)
            label = f"{self._codes[interview.candidate_id]}, {interview.plan.name}"
            becomes = merged(
                self._here[one.card.id], one.card, interview, from_bundles(self._connection, one.card.id)
            )
            if against := self._against(becomes, interview):
                conflicts.append(Conflict(label, against))
            else:
                self._store(becomes, interview)
                told[becomes.kind].append(label)
        return Merged(tuple(told["new"]), tuple(told["same"]), tuple(told["older"]), tuple(conflicts))

    def _against(self, becomes: Merge, interview: Interview) -> tuple[str, ...]:
        """Why nothing of it is taken."""
        if becomes.card is None:
            return becomes.where
        return tuple(why_unfit(self._round, interview, self._statuses, becomes.card))

    def _store(self, becomes: Merge, interview: Interview) -> None:
        if becomes.card is None:
            return
        seen = sight.could_have_read(self._round, self._person_id, interview.candidate_id, self._statuses)
        store_merged(self._connection, self._here[becomes.card.id], becomes.card, seen=seen)


def _refuse_anothers(connection: Connection, viewer: Viewer, assignment: Assignment) -> None:
    if isinstance(viewer, Operator) or viewer == assignment.person_id:
        return
    known = select(t.people.c.name).where(t.people.c.id == assignment.person_id)
    if (name := connection.execute(known).scalar()) is not None:
        raise OfflineError(
            f"The assignment is {name}'s: ask them to take it in, or use the terminal: interview-kit take FILE."
        )


def _refuse_other(connection: Connection, known: KeptRound, assignment: Assignment, sealed: Sealed) -> None:
    """Refuse what does not go on with the assignment by which the round is here."""
    key = _key(connection, known.id)
    if key is None:
        raise OfflineError("The round is in this database itself: an assignment is for another machine.")
    if known.panel_ids != (assignment.person_id,) or not is_signed(key, ASSIGNMENT, sealed):
        raise OfflineError(
            "The round is here by an assignment of another person or another database. Nothing was changed."
        )
    if round_digest(known, assignment.person_id) != round_digest(assignment.round, assignment.person_id):
        raise OfflineError(
            "The round's settings were changed since the last assignment. Hand in what you have, remove the "
            "round here, and take the assignment in again."
        )


def _put_new(connection: Connection, viewer: Viewer, assignment: Assignment) -> None:
    round_id = assignment.round.id
    insert_unknown(connection, assignment.people)
    insert_record(connection, _as_record(assignment))
    mark_imported(connection, viewer, round_id)
    connection.execute(delete(t.keys).where(t.keys.c.name == _key_name(round_id)))
    connection.execute(insert(t.keys).values(name=_key_name(round_id), value=assignment.key))
    note(connection, viewer, "assignment_taken", round_id=round_id, subject=assignment.person_id)


def _reduced(round_: Round, person_id: str, interviews: Sequence[Interview]) -> Round:
    """The round as this one interviewer needs it: no other interviewer, no interview of theirs, no history."""
    wanted = {one.slot_id for one in interviews}
    return round_.model_copy(
        update={
            "panel_ids": (person_id,),
            "not_qualified": {who: what for who, what in round_.not_qualified.items() if who == person_id},
            "slots": tuple(
                slot.model_copy(update={"interviewer_ids": (person_id,)})
                for slot in round_.slots
                if slot.id in wanted
            ),
            "events": (),
            "imported": None,
        }
    )


def _as_record(assignment: Assignment) -> RoundRecord:
    return RoundRecord(
        # A demo is open to everyone: no file makes a round one.
        round=assignment.round.model_copy(update={"demo": False, "imported": None}),
        people=assignment.people,
        candidates=assignment.candidates,
        interviews=assignment.interviews,
        cards=assignment.cards,
    )


def _add_missing(connection: Connection, assignment: Assignment) -> None:
    def unknown(table: Table, found: Sequence[AnyRow]) -> list[AnyRow]:
        ids = [one.id for one in found]
        known = set(connection.execute(select(table.c.id).where(table.c.id.in_(ids))).scalars())
        return [one for one in found if one.id not in known]

    if people := unknown(t.candidates, assignment.candidates):
        connection.execute(insert(t.candidates), [one.model_dump() for one in people])
    insert_interviews(connection, unknown(t.interviews, assignment.interviews))
    if cards := unknown(t.scorecards, assignment.cards):
        connection.execute(insert(t.scorecards), [rows.card_row(one) for one in cards])


def _key_name(round_id: str) -> str:
    return "assignment-" + hashlib.sha256(round_id.encode()).hexdigest()[:40]


def _key(connection: Connection, round_id: str) -> str | None:
    return connection.execute(select(t.keys.c.value).where(t.keys.c.name == _key_name(round_id))).scalar()
