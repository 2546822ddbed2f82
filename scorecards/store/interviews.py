"""Interviews: scheduled, planned, assigned, dismissed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from question_bank import InterviewPlan

from ..record import rules
from ..record.model import (
    Interview,
    RoundSlot,
)
from . import rows
from . import tables as t
from .access import (
    Viewer,
    candidate_of,
    hold_round,
    interview_of,
    led_round,
    open_round,
    refuse,
    round_of,
    statuses_of,
)
from .audit import note
from .changes import tell_assigned
from .engine import Database
from .errors import NotAllowedError
from .limits import refuse_reason
from .plans import interview_plans, put_plans, sweep_plans
from .seats import put_interview, seat


class InterviewDesk:
    """Where interviews are scheduled, planned, assigned and dismissed."""

    def __init__(self, database: Database):
        self._database = database

    def get(self, viewer: Viewer, interview_id: str) -> Interview:
        """One interview with its frozen plan; `NotFoundError` for anyone who has no business in it."""
        with self._database.reading() as connection:
            return interview_of(connection, viewer, interview_id)

    def schedule(
        self,
        viewer: str,
        candidate_id: str,
        slot_id: str,
        plan: InterviewPlan,
        interviewer_ids: Sequence[str],
    ) -> Interview:
        """One more interview for a candidate, its plan frozen as it is now; the lead only.

        Who of its interviewers could have read others on the candidate by then is kept.
        """
        with self._database.writing() as connection:
            candidate = candidate_of(connection, candidate_id)
            round_ = open_round(connection, viewer, candidate.round_id)
            if set(interviewer_ids) - set(round_.panel_ids):
                raise NotAllowedError(["Put the interviewer on the panel first."])
            had = statuses_of(connection, round_.id)
            slot = RoundSlot(id=slot_id, plan=plan, interviewer_ids=tuple(interviewer_ids))
            interview = put_interview(connection, round_.id, candidate.id, slot)
            tell_assigned(connection, viewer, round_, interview, had, set(interviewer_ids), what="scheduled")
            note(connection, viewer, "scheduled", round_id=round_.id, subject=interview.id)
        return interview

    def change_plan(self, viewer: str, interview_id: str, plan: InterviewPlan) -> Interview:
        """Another plan before the interview; refused once anything was recorded in it."""
        with self._database.writing() as connection:
            interview = interview_of(connection, viewer, interview_id)
            hold_round(connection, interview.round_id)
            cards = _card_ids(connection, interview_id)
            if not _owes_one(connection, viewer, interview_id):
                led_round(connection, viewer, interview.round_id)
            refuse(rules.why_not_change(round_of(connection, viewer, interview.round_id)))
            if rows.has_begun(connection, cards):
                raise NotAllowedError(["The interview has begun: its plan stays as it is."])
            released = interview_plans(connection, t.interviews.c.id == interview_id)
            (digest,) = put_plans(connection, [plan])
            connection.execute(
                update(t.interviews).where(t.interviews.c.id == interview_id).values(plan_digest=digest)
            )
            sweep_plans(connection, released)
            note(connection, viewer, "plan_changed", round_id=interview.round_id, subject=interview_id)
        return interview.model_copy(update={"plan": plan})

    def assign(self, viewer: str, interview_id: str, interviewer_ids: Sequence[str]) -> None:
        """Set who interviews; the lead only. Interviewers who have recorded something stay.

        Who of the new ones could have read others on the candidate by then is kept.
        """
        with self._database.writing() as connection:
            interview = interview_of(connection, viewer, interview_id)
            round_ = open_round(connection, viewer, interview.round_id)
            if set(interviewer_ids) - set(round_.panel_ids):
                raise NotAllowedError(["Put the interviewer on the panel first."])
            had = statuses_of(connection, round_.id)
            if not seat(connection, interview_id, interviewer_ids):
                raise NotAllowedError(
                    [
                        "An interviewer who has recorded something cannot be taken out: say that their scorecard is no "
                        "longer owed, or give the interview to someone else."
                    ]
                )
            present = {one.interviewer_id for one in had if one.interview_id == interview_id}
            new = [who for who in interviewer_ids if who not in present]
            tell_assigned(connection, viewer, round_, interview, had, new, what="assigned")
            note(
                connection,
                viewer,
                "assigned",
                round_id=round_.id,
                subject=interview_id,
                interviewers=sorted(interviewer_ids),
            )

    def dismiss(self, viewer: str, interview_id: str, reason: str) -> None:
        """The interview did not take place: no scorecard is owed; the lead only, and none may be submitted."""
        refuse_reason(reason, "Say why the interview did not take place.")
        with self._database.writing() as connection:
            interview = interview_of(connection, viewer, interview_id)
            open_round(connection, viewer, interview.round_id)
            statuses = statuses_of(connection, interview.round_id)
            refuse(rules.why_not_dismiss(s for s in statuses if s.interview_id == interview_id))
            _put_dismissal(connection, interview_id, reason.strip())
            note(connection, viewer, "dismissed", round_id=interview.round_id, subject=interview_id)

    def undo_dismissal(self, viewer: str, interview_id: str, reason: str) -> None:
        """The interview takes place after all; the lead only. Who could have read others by then is kept."""
        refuse_reason(reason, "Say why the interview takes place after all.")
        with self._database.writing() as connection:
            interview = interview_of(connection, viewer, interview_id)
            round_ = open_round(connection, viewer, interview.round_id)
            if interview.dismissed_reason is None:
                raise NotAllowedError(["The interview is not dismissed."])
            had = statuses_of(connection, interview.round_id)
            _put_dismissal(connection, interview_id, None)
            back = [one.interviewer_id for one in had if one.interview_id == interview_id]
            why = reason.strip()
            tell_assigned(
                connection, viewer, round_, interview, had, back, what="dismissal_undone", reason=why
            )
            note(connection, viewer, "dismissal_undone", round_id=round_.id, subject=interview_id)


def _card_ids(connection: Connection, interview_id: str) -> list[str]:
    """The interview's scorecards, locked: nobody records the first word while its plan is changed."""
    return list(
        connection.execute(
            select(t.scorecards.c.id).where(t.scorecards.c.interview_id == interview_id).with_for_update()
        ).scalars()
    )


def _put_dismissal(connection: Connection, interview_id: str, reason: str | None) -> None:
    connection.execute(
        update(t.interviews).where(t.interviews.c.id == interview_id).values(dismissed_reason=reason)
    )


def _owes_one(connection: Connection, viewer: str, interview_id: str) -> bool:
    """Whether one of the interview's scorecards is the viewer's."""
    mine = (t.scorecards.c.interview_id == interview_id) & (t.scorecards.c.interviewer_id == viewer)
    return connection.execute(select(t.scorecards.c.id).where(mine)).first() is not None
