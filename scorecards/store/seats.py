"""Who sits in which interview: giving interviews to people, and letting go of scorecards that will not come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from ..record import rules, sight
from ..record.model import (
    CANDIDATE_OUTCOMES,
    CardStatus,
    Decision,
    Interview,
    NotOwed,
    Round,
    RoundHead,
    RoundRecord,
    RoundSlot,
    Scorecard,
    now,
)
from . import rows
from . import tables as t
from .access import (
    Operator,
    Viewer,
    as_shown,
    interview_of,
    led_round,
    open_round,
    refuse,
    round_of,
    statuses_of,
)
from .audit import note
from .changes import new_id, tell_assigned, with_event
from .engine import Database
from .errors import NotAllowedError, NotFoundError
from .limits import refuse_reason
from .lists import readable_rounds
from .plans import NO_PLAN
from .round_rows import KeptRound, insert_interviews, put_round, whole_round, whole_rounds


class SeatDesk:
    """Where a round's lead says who interviews. Every call is one transaction: all of it happens, or nothing."""

    def __init__(self, database: Database):
        self._database = database

    def own(self, viewer: str) -> tuple[RoundRecord, ...]:
        """By round, newest first, the viewer's own interviews and scorecards and nothing else."""
        with self._database.reading() as connection:
            found = connection.execute(
                rows.select_statuses().where(t.scorecards.c.interviewer_id == viewer)
            ).all()
            home = {row.id: row.round_id for row in found}
            statuses = [rows.to_status(row) for row in found]
            wanted = {one.interview_id for one in statuses}
            interviews = rows.read_interviews(connection, t.interviews.c.id.in_(wanted))
            candidates = connection.execute(
                select(t.candidates).where(t.candidates.c.id.in_({one.candidate_id for one in statuses}))
            ).all()
            cards = rows.read_cards(connection, [one.card_id for one in statuses])
            listed = readable_rounds(connection, viewer) if statuses else ()
            rounds = whole_rounds(connection, (one for one in listed if one.id in home.values()))
        return tuple(
            RoundRecord(
                round=round_,
                people=(),
                candidates=tuple(
                    as_shown(round_, rows.to_candidate(row))
                    for row in candidates
                    if row.round_id == round_.id
                ),
                interviews=tuple(one for one in interviews if one.round_id == round_.id),
                cards=tuple(one for one in cards if one.round_id == round_.id),
                statuses=tuple(one for one in statuses if home[one.card_id] == round_.id),
            )
            for round_ in rounds
        )

    def begun(self, viewer: Viewer, round_id: str) -> int:
        """How many interviews have begun whose scorecards are not submitted; nothing of whose; the lead only."""
        with self._database.reading() as connection:
            led_round(connection, viewer, round_id)
            return _drafts_begun(connection, round_id)

    def add_slot(self, viewer: Viewer, round_id: str, slot: RoundSlot) -> Round:
        """One more interview for every candidate, those of today and those to come."""
        with self._database.writing() as connection:
            round_ = whole_round(connection, open_round(connection, viewer, round_id))
            refuse(_strangers(round_, slot.interviewer_ids))
            refuse(
                ["The round has this interview already."] if slot.id in {s.id for s in round_.slots} else []
            )
            put_round(connection, round_.model_copy(update={"slots": (*round_.slots, slot)}))
            had = statuses_of(connection, round_id)
            for candidate_id in _candidate_ids(connection, round_id):
                interview = put_interview(connection, round_id, candidate_id, slot)
                stored = round_of(connection, viewer, round_id)
                seated = set(slot.interviewer_ids)
                tell_assigned(connection, viewer, stored, interview, had, seated, what="scheduled")
            note(connection, viewer, "interview_added", round_id=round_id, subject=slot.id)
            return whole_round(connection, round_of(connection, viewer, round_id))

    def set_interviewers(
        self, viewer: Viewer, round_id: str, slot_id: str, interviewer_ids: Sequence[str]
    ) -> tuple[str, ...]:
        """Who holds this interview from now on, and wherever nothing is recorded yet.

        Gives back the codes of the candidates whose interview stays as it is, because something is recorded there
        by someone who would have to leave it.
        """
        wanted = tuple(dict.fromkeys(interviewer_ids))
        with self._database.writing() as connection:
            round_ = open_round(connection, viewer, round_id)
            refuse(_strangers(round_, wanted))
            if slot_id not in {slot.id for slot in round_.slots}:
                raise NotFoundError("There is no such interview in the round.")
            slots = tuple(
                one.model_copy(update={"interviewer_ids": wanted}) if one.id == slot_id else one
                for one in round_.slots
            )
            put_round(connection, round_.model_copy(update={"slots": slots}))
            kept = [
                code
                for interview_id, code in _sittings(connection, round_id, slot_id)
                if not _seat_and_tell(connection, viewer, interview_id, wanted)
            ]
            note(
                connection,
                viewer,
                "interviewers_set",
                round_id=round_id,
                subject=slot_id,
                interviewers=sorted(wanted),
            )
        return tuple(kept)

    def let_go(self, viewer: Viewer, card_id: str, reason: str) -> None:
        """A scorecard is no longer owed: nobody waits for it, its words stay and count nowhere; the lead only."""
        refuse_reason(reason, "Say why the scorecard is no longer owed.")
        with self._database.writing() as connection:
            round_, card = _locked(connection, viewer, card_id)
            refuse(rules.why_not_excuse(round_, card))
            _put_not_owed(connection, card_id, _excuse(round_, viewer, "interviewer", reason))
            put_round(connection, with_event(round_, viewer, "not_owed", _told(card, reason)))
            note(connection, viewer, "not_owed", round_id=round_.id, subject=card_id)

    def ask_again(self, viewer: Viewer, card_id: str, reason: str) -> None:
        """The scorecard is owed after all; the lead only. Whether its author could have read others' is kept."""
        refuse_reason(reason, "Say why the scorecard is owed again.")
        with self._database.writing() as connection:
            round_, card = _locked(connection, viewer, card_id)
            refuse([] if card.not_owed else ["This scorecard has not been let go."])
            refuse(_strangers(round_, [card.interviewer_id]))
            had = statuses_of(connection, round_.id)
            _put_not_owed(connection, card_id, None)
            event = _told(card, reason) | _readers(connection, round_, card.interviewer_id, card, had)
            put_round(connection, with_event(round_, viewer, "owed_again", event))
            note(connection, viewer, "owed_again", round_id=round_.id, subject=card_id)

    def give_to(self, viewer: Viewer, card_id: str, person_id: str, reason: str) -> str:
        """Another interviewer takes over one candidate's interview, and begins with a blank scorecard; the lead only.

        What the first one wrote stays theirs, and is no longer owed. Gives back the id of the new scorecard.
        """
        refuse_reason(reason, "Say why someone else is interviewing.")
        with self._database.writing() as connection:
            round_, card = _locked(connection, viewer, card_id)
            refuse(rules.why_not_excuse(round_, card) or _strangers(round_, [person_id]))
            statuses = statuses_of(connection, round_.id)
            sitting = [one.interviewer_id for one in statuses if one.interview_id == card.interview_id]
            refuse(["This person is in the interview already."] if person_id in sitting else [])
            if rows.has_begun(connection, [card_id]):
                _put_not_owed(connection, card_id, _excuse(round_, viewer, "interviewer", reason))
            else:
                connection.execute(delete(t.scorecards).where(t.scorecards.c.id == card_id))
            given = put_card(connection, round_.id, card.interview_id, card.candidate_id, person_id)
            event = _told(card, reason) | _readers(connection, round_, person_id, card, statuses)
            put_round(connection, with_event(round_, viewer, "given_to", event))
            note(
                connection,
                viewer,
                "given_to",
                round_id=round_.id,
                subject=card.interview_id,
                whose=card.interviewer_id,
                instead=person_id,
            )
        return given


def _drafts_begun(connection: Connection, round_id: str) -> int:
    begun = select(t.moments.c.scorecard_id).where(t.moments.c.kind == "begun")
    found = connection.execute(
        select(func.count())
        .select_from(t.scorecards)
        .where(
            t.scorecards.c.round_id == round_id,
            t.scorecards.c.state == "draft",
            t.scorecards.c.id.in_(begun),
        )
    )
    return int(found.scalar_one())


def put_interview(connection: Connection, round_id: str, candidate_id: str, slot: RoundSlot) -> Interview:
    """One interview of a candidate by this slot's plan, with a scorecard for each of its interviewers."""
    if slot.plan == NO_PLAN:
        raise NotAllowedError(["The questions of this interview cannot be read: give it others first."])
    interview = Interview(
        id=new_id(),
        round_id=round_id,
        candidate_id=candidate_id,
        slot_id=slot.id,
        plan=slot.plan,
        created_at=now(),
    )
    insert_interviews(connection, [interview])
    for who in slot.interviewer_ids:
        put_card(connection, round_id, interview.id, candidate_id, who)
    return interview


def put_card(
    connection: Connection, round_id: str, interview_id: str, candidate_id: str, interviewer_id: str
) -> str:
    """An empty scorecard; its id."""
    card = Scorecard(
        id=new_id(),
        round_id=round_id,
        interview_id=interview_id,
        candidate_id=candidate_id,
        interviewer_id=interviewer_id,
    )
    connection.execute(insert(t.scorecards).values(rows.card_row(card)))
    return card.id


def seat(connection: Connection, interview_id: str, interviewer_ids: Sequence[str]) -> bool:
    """Put exactly these people into an interview; False, with nothing changed, where one who must go has recorded.

    Whose scorecard was let go is not in the way: it stays beside the others.
    """
    # Locked: nobody records their first word while they are taken out.
    cards = connection.execute(
        select(t.scorecards).where(t.scorecards.c.interview_id == interview_id).with_for_update()
    ).all()
    leaving = [card for card in cards if card.interviewer_id not in interviewer_ids and not card.not_owed]
    if any(card.state != "draft" or rows.has_begun(connection, [card.id]) for card in leaving):
        return False
    for card in leaving:
        connection.execute(delete(t.scorecards).where(t.scorecards.c.id == card.id))
    row = connection.execute(select(t.interviews).where(t.interviews.c.id == interview_id)).one()
    present = {card.interviewer_id for card in cards}
    for who in interviewer_ids:
        if who not in present:
            put_card(connection, row.round_id, interview_id, row.candidate_id, who)
    return True


def _seat_and_tell(
    connection: Connection, viewer: Viewer, interview_id: str, interviewer_ids: Sequence[str]
) -> bool:
    """As `seat`, and the round keeps who could by then have read others."""
    interview = interview_of(connection, viewer, interview_id)
    had = statuses_of(connection, interview.round_id)
    if not seat(connection, interview_id, interviewer_ids):
        return False
    present = {one.interviewer_id for one in had if one.interview_id == interview_id}
    new = [who for who in interviewer_ids if who not in present]
    round_ = round_of(connection, viewer, interview.round_id)
    tell_assigned(connection, viewer, round_, interview, had, new, what="assigned")
    return True


def follow_decision(
    connection: Connection,
    viewer: Viewer,
    candidate_id: str,
    before: Decision | None,
    decision: Decision,
    round_: KeptRound,
) -> None:
    """A candidate who leaves is owed nothing more; where one is back, what was let go with them is owed again."""
    left = before is not None and before.by_candidate
    if left == decision.by_candidate:
        return
    statuses = statuses_of(connection, round_.id)
    own = [one for one in statuses if one.candidate_id == candidate_id]
    for card in own:
        if decision.by_candidate and not rules.why_not_excuse(round_, card):
            _put_not_owed(connection, card.card_id, _excuse(round_, viewer, "candidate", _why_left(decision)))
        elif left and card.not_owed is not None and card.not_owed.kind == "candidate":
            _put_not_owed(connection, card.card_id, None)
            why = decision.reopened_because or decision.said
            event = _told(card, why) | _readers(connection, round_, card.interviewer_id, card, statuses)
            round_ = with_event(round_, viewer, "owed_again", event)
    put_round(connection, round_)


def _why_left(decision: Decision) -> str:
    words = next(words for key, words in CANDIDATE_OUTCOMES.items() if key == decision.outcome)
    return f"{words[:1].upper()}{words[1:]}: {decision.said}" if decision.said else words


def _locked(connection: Connection, viewer: Viewer, card_id: str) -> tuple[KeptRound, CardStatus]:
    """A scorecard of an open round that the viewer leads; nobody else changes either meanwhile."""
    round_id = connection.execute(
        select(t.scorecards.c.round_id).where(t.scorecards.c.id == card_id)
    ).scalar()
    if round_id is None:
        raise NotFoundError("There is no such scorecard.")
    round_ = open_round(connection, viewer, round_id)
    connection.execute(select(t.scorecards.c.id).where(t.scorecards.c.id == card_id).with_for_update())
    card = next((one for one in statuses_of(connection, round_id) if one.card_id == card_id), None)
    if card is None:
        raise NotFoundError("There is no such scorecard.")
    return round_, card


def _strangers(round_: RoundHead, people: Iterable[str]) -> list[str]:
    missing = set(people) - set(round_.panel_ids)
    return ["Put the interviewer on the panel first."] if missing else []


def _excuse(round_: RoundHead, viewer: Viewer, kind: Any, reason: str) -> NotOwed:
    by = round_.lead_id if isinstance(viewer, Operator) else viewer
    return NotOwed(kind=kind, reason=reason.replace("\x00", "").strip(), by=by, at=now())


def _told(card: CardStatus, reason: str) -> dict[str, Any]:
    return {
        "interview_id": card.interview_id,
        "candidate_id": card.candidate_id,
        "whose": card.interviewer_id,
        "reason": reason.strip(),
    }


def _readers(
    connection: Connection, round_: RoundHead, person_id: str, card: CardStatus, had: Sequence[CardStatus]
) -> dict[str, Any]:
    """Who interviews from here on though they could have read others, or reads no more; `had` is from before."""
    has = statuses_of(connection, round_.id)
    named = sight.to_name(round_, card.candidate_id, had, has, (person_id,))
    return {"assigned": (person_id,), "could_have_read": named}


def _put_not_owed(connection: Connection, card_id: str, told: NotOwed | None) -> None:
    connection.execute(
        update(t.scorecards)
        .where(t.scorecards.c.id == card_id)
        .values(not_owed=told.model_dump_json() if told else None)
    )


def _sittings(connection: Connection, round_id: str, slot_id: str) -> list[tuple[str, str]]:
    """The interviews of this slot that take place, each with its candidate's code."""
    found = connection.execute(
        select(t.interviews.c.id, t.candidates.c.code)
        .join(t.candidates, t.candidates.c.id == t.interviews.c.candidate_id)
        .where(
            t.interviews.c.round_id == round_id,
            t.interviews.c.slot_id == slot_id,
            t.interviews.c.dismissed_reason.is_(None),
        )
        .order_by(t.candidates.c.code, t.interviews.c.id)
    ).all()
    return [(row.id, row.code) for row in found]


def _candidate_ids(connection: Connection, round_id: str) -> Sequence[str]:
    found = select(t.candidates.c.id).where(t.candidates.c.round_id == round_id).order_by(t.candidates.c.id)
    return connection.execute(found).scalars().all()
