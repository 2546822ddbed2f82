"""Rounds: made, read as far as the viewer may, changed, closed and deleted."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, func, select

from ..record import rules
from ..record.model import (
    Candidate,
    CardStatus,
    Round,
    RoundHead,
    RoundRecord,
)
from . import tables as t
from .access import (
    Operator,
    Viewer,
    known_debriefs,
    led_round,
    open_round,
    read_record,
    refuse,
    round_of,
    statuses_of,
)
from .audit import AuditDesk, note
from .candidates import free_codes, insert_candidates
from .changes import left, new_id, remove_round, with_event
from .engine import Database
from .errors import NotAllowedError
from .limits import MOST_IN_NAME, refuse_long, refuse_reason, refuse_round_words
from .lists import readable_rounds
from .naming import candidate_names
from .privacy import by_code
from .round_rows import insert_panel, insert_round, put_round, whole_round

# What of a round no change of its settings replaces.
_NEVER_REPLACED = (
    "lead_id", "created_at", "state", "events", "evidence_only", "purge_on", "legal_hold", "erased", "imported", "words",
)  # fmt: skip


class RoundDesk:
    """Where rounds are made, read, changed and deleted."""

    def __init__(self, database: Database):
        self._database = database
        self._audit = AuditDesk(database)

    def all(self, viewer: Viewer) -> tuple[RoundHead, ...]:
        """The rounds that the viewer leads or sits on, newest first; those that cannot be read are in `lists`."""
        with self._database.reading() as connection:
            return readable_rounds(connection, viewer)

    def get(self, viewer: Viewer, round_id: str) -> Round:
        """One round; `NotFoundError` for anyone who has no business in it."""
        with self._database.reading() as connection:
            return whole_round(connection, round_of(connection, viewer, round_id))

    def record(self, viewer: Viewer, round_id: str, *, names: bool = False) -> RoundRecord:
        """The round with the scorecards that this viewer may read; the others only as a status.

        A round of codes comes without names, also in what others wrote; with `names` the terminal has them.
        """
        named = names and isinstance(viewer, Operator)
        with self._database.reading() as connection:
            record = read_record(connection, viewer, round_id, names=named)
            if record.round.anonymous and not named:
                record = by_code(connection, record, viewer)
        self._audit.saw(viewer, round_id, [c.id for c in record.cards if c.interviewer_id != viewer])
        return record

    def statuses(self, viewer: Viewer, round_id: str) -> tuple[CardStatus, ...]:
        """Who owes and who has submitted, without a word of what the scorecards say."""
        with self._database.reading() as connection:
            round_of(connection, viewer, round_id)
            return statuses_of(connection, round_id)

    def comparison(self, viewer: Viewer, round_id: str) -> RoundRecord:
        """The record for comparing; refused while the viewer still owes a scorecard in the round."""
        record = self.record(viewer, round_id)
        if not isinstance(viewer, Operator):
            refuse(rules.why_not_compare(record.round, viewer, record.statuses))
        return record

    def stamp(self, viewer: Viewer, round_id: str) -> str:
        """Changes with anything that the viewer's comparison rests on; refused as the comparison is.

        Ratings of submitted scorecards change by amendments alone, so that counting them is enough.
        """
        with self._database.reading() as connection:
            round_ = round_of(connection, viewer, round_id)
            statuses = statuses_of(connection, round_id)
            if not isinstance(viewer, Operator):
                refuse(rules.why_not_compare(round_, viewer, statuses))
            amended = _amendments_by_card(connection, round_id)
            candidates = connection.execute(
                select(t.candidates.c.id, t.candidates.c.code, t.candidates.c.name)
                .where(t.candidates.c.round_id == round_id)
                .order_by(t.candidates.c.id)
            ).all()
            debriefs = known_debriefs(connection, viewer, round_, statuses)
        told = (round_.model_dump_json(), statuses, amended, candidates, debriefs)
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def create(self, viewer: str, round_: Round, names: Sequence[str] = ()) -> Round:
        """Store a new round with its candidates; its lead is the viewer."""
        if round_.lead_id != viewer:
            raise NotAllowedError(["You can only create a round that you lead."])
        refuse_long("The name of the opening", round_.name, MOST_IN_NAME)
        refuse_round_words(round_)
        told_names = candidate_names(names)
        codes = free_codes(())
        added = [
            Candidate(id=new_id(), round_id=round_.id, code=next(codes), name=name) for name in told_names
        ]
        with self._database.writing() as connection:
            insert_round(connection, round_)
            note(connection, viewer, "round_created", round_id=round_.id)
            if added:
                insert_candidates(connection, viewer, round_, added)
        return round_

    def change(self, viewer: str, round_: Round, *, seen: Round | None = None) -> Round:
        """Replace a round's settings; its lead only. What decides a score stays once a scorecard is submitted.

        `seen` is the round as the page had read it; where its settings are others by now, nothing is written.
        """
        refuse_round_words(round_)
        with self._database.writing() as connection:
            stored = whole_round(connection, open_round(connection, viewer, round_.id))
            if seen is not None and stored.settings != seen.settings:
                raise NotAllowedError(
                    [
                        "The settings have changed since you opened them, so yours were not saved. Reload the page first."
                    ]
                )
            refuse(round_.unknown_marks)
            statuses = statuses_of(connection, round_.id)
            submitted = any(status.state != "draft" for status in statuses)
            if {s.interviewer_id for s in statuses if s.not_owed is None} - set(round_.panel_ids):
                raise NotAllowedError(["A person who has a scorecard in the round stays on its panel."])
            if submitted and round_.targets != stored.targets:
                raise NotAllowedError(["Weights and floors are set before the first scorecard is submitted."])
            if submitted and round_.blindness != stored.blindness:
                raise NotAllowedError(["Blindness is set before the first scorecard is submitted."])
            if submitted and round_.not_qualified != stored.not_qualified:
                raise NotAllowedError(
                    ["Who is not qualified on what is set before the first scorecard is submitted."]
                )
            changed = round_.model_copy(update={key: getattr(stored, key) for key in _NEVER_REPLACED})
            if gone := left(stored, changed, statuses):
                changed = with_event(changed, viewer, "left", {"could_have_read": gone})
            put_round(connection, changed)
            connection.execute(delete(t.panel).where(t.panel.c.round_id == round_.id))
            insert_panel(connection, changed)
            told = [
                key
                for key in type(changed).model_fields.keys() - {"events"}
                if getattr(changed, key) != getattr(stored, key)
            ]
            note(connection, viewer, "round_changed", round_id=changed.id, settings=sorted(told))
        return changed

    def close(self, viewer: Viewer, round_id: str) -> None:
        """Put a lid on a round: nothing in it changes any more, and nothing opens by it; its lead only."""
        with self._database.writing() as connection:
            round_ = open_round(connection, viewer, round_id)
            put_round(connection, with_event(round_, viewer, "closed", state="closed"))
            note(connection, viewer, "round_closed", round_id=round_id)

    def open(self, viewer: Viewer, round_id: str) -> None:
        """Take the lid off a closed round; its lead only."""
        with self._database.writing() as connection:
            round_ = led_round(connection, viewer, round_id)
            if round_.state == "open":
                raise NotAllowedError(["The round is open already."])
            put_round(connection, with_event(round_, viewer, "opened", state="open"))
            note(connection, viewer, "round_opened", round_id=round_id)

    def show_evidence_only(self, viewer: Viewer, round_id: str, on: bool, reason: str) -> None:
        """Compute nothing about candidates in this round any more, or compute again; its lead only, with a reason."""
        refuse_reason(reason, "Say why.")
        with self._database.writing() as connection:
            round_ = open_round(connection, viewer, round_id)
            if round_.evidence_only == on:
                raise NotAllowedError([f"The round is {'already' if on else 'not'} evidence only."])
            what: Literal["evidence_only", "order_shown"] = "evidence_only" if on else "order_shown"
            changed = with_event(round_, viewer, what, {"reason": reason.strip()}, evidence_only=on)
            put_round(connection, changed)
            note(connection, viewer, what, round_id=round_id)

    def delete(self, viewer: Viewer, round_id: str) -> None:
        """Remove a round and everything in it for good; its lead only."""
        with self._database.writing() as connection:
            led_round(connection, viewer, round_id)
            remove_round(connection, viewer, round_id, "round_deleted")
        self._database.forget_deleted()


def _amendments_by_card(connection: Connection, round_id: str) -> Sequence[Row[Any]]:
    """How often each scorecard of the round was amended; none that never was."""
    return connection.execute(
        select(t.amendments.c.scorecard_id, func.count())
        .join(t.scorecards, t.scorecards.c.id == t.amendments.c.scorecard_id)
        .where(t.scorecards.c.round_id == round_id)
        .group_by(t.amendments.c.scorecard_id)
        .order_by(t.amendments.c.scorecard_id)
    ).all()
