"""Candidates: how they come into a round, and reading about one early."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Connection, insert, select

from ..record import rules
from ..record.model import (
    Candidate,
    Round,
)
from . import tables as t
from .access import (
    Viewer,
    candidate_of,
    open_round,
    refuse,
    statuses_of,
)
from .audit import note
from .changes import new_id, with_event
from .engine import Database
from .limits import refuse_reason
from .naming import candidate_names, refuse_held
from .round_rows import put_round, whole_round
from .seats import put_interview


class CandidateDesk:
    """Where candidates come into a round."""

    def __init__(self, database: Database):
        self._database = database

    def add(self, viewer: str, round_id: str, names: Sequence[str]) -> tuple[Candidate, ...]:
        """Add candidates; each gets an interview, with its scorecards, for every slot of the round.

        Refused as a whole where a name is that of a candidate of the round, or twice in the list.
        """
        told_names = candidate_names(names)
        with self._database.writing() as connection:
            round_ = whole_round(connection, open_round(connection, viewer, round_id))
            here = connection.execute(
                select(t.candidates.c.code, t.candidates.c.name).where(t.candidates.c.round_id == round_id)
            ).all()
            refuse_held(told_names, [row.name for row in here])
            codes = free_codes({row.code for row in here})
            added = tuple(
                Candidate(id=new_id(), round_id=round_id, code=next(codes), name=name) for name in told_names
            )
            insert_candidates(connection, viewer, round_, added)
        return added

    def read_early(self, viewer: str, candidate_id: str, reason: str) -> None:
        """Read the candidate's scorecards before all are in; its lead only, who owes none, and it is shown."""
        refuse_reason(reason, "Say why you do not wait.")
        with self._database.writing() as connection:
            round_ = open_round(connection, viewer, candidate_of(connection, candidate_id).round_id)
            listed = [s for s in statuses_of(connection, round_.id) if s.candidate_id == candidate_id]
            refuse(rules.why_not_read_early(round_, viewer, candidate_id, listed))
            told = {"candidate_id": candidate_id, "reason": reason.strip()}
            put_round(connection, with_event(round_, viewer, "read_early", told))
            note(connection, viewer, "read_early", round_id=round_.id, subject=candidate_id)


def free_codes(taken: Collection[str]) -> Iterator[str]:
    """C-01, C-02 and so on, without those that are taken."""
    number = 0
    while True:
        number += 1
        if (code := f"C-{number:02d}") not in taken:
            yield code


def insert_candidates(
    connection: Connection, viewer: Viewer, round_: Round, added: Sequence[Candidate]
) -> None:
    """The candidates with an interview, and its scorecards, for every slot of the round."""
    for candidate in added:
        connection.execute(insert(t.candidates).values(candidate.model_dump()))
        for slot in round_.slots:
            put_interview(connection, round_.id, candidate.id, slot)
    told = [candidate.id for candidate in added]
    note(connection, viewer, "candidates_added", round_id=round_.id, candidates=told)
