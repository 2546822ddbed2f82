"""The live interview's part of the store: one message in, one answer out; and the candidate's window."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from ..live import HOLD_SECONDS, Answer, Told, foreign
from ..model import Interview, Moment, Rating, now
from ..passes import Pass, read_pass, read_window_token, sign_pass, window_token
from ..rules import may_change
from . import rows
from . import tables as t
from .audit import note
from .engine import Database
from .errors import NotAllowedError, NotFoundError
from .sessions import session_is_over

# A window that nobody closed ends by itself.
WINDOW_HOURS = 24


class Seen:
    """What a candidate's window stands at: compared to know whether anything has to be sent."""

    def __init__(self, interview_id: str, question_id: str | None, given: tuple[str, ...], *, begun: bool):
        self.interview_id, self.question_id, self.given, self.begun = interview_id, question_id, given, begun

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Seen) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]


class LiveDesk:
    """Where an interview is conducted. Every call names its viewer, or carries a signed token."""

    def __init__(self, database: Database):
        self._database = database
        self._key: str | None = None
        self._plans: dict[str, Interview] = {}
        self._by_card: dict[str, Interview] = {}

    # Passes

    def key(self) -> str:
        """The secret that this database's kit signs with; made at its first use."""
        if self._key is None:
            try:
                stored = self._stored_key()
            except IntegrityError:
                # Another replica made it at the same moment.
                stored = self._stored_key()
            self._key = stored
        return self._key

    def _stored_key(self) -> str:
        with self._database.writing() as connection:
            stored = connection.execute(select(t.keys.c.value).where(t.keys.c.name == "signing")).scalar()
            if stored is None:
                stored = secrets.token_hex(32)
                connection.execute(insert(t.keys).values(name="signing", value=stored))
        return str(stored)

    def sign(self, card_id: str, person_id: str, session: str = "") -> str:
        """A pass with which a window writes this person's scorecard, for as long as the session is not ended."""
        return sign_pass(self.key(), Pass(card_id, person_id, session))

    def read(self, text: str) -> Pass | None:
        """Whose pass this is; None where it is forged, too old, or its session was ended."""
        who = read_pass(self.key(), text)
        if who is None or not who.session:
            return who
        with self._database.reading() as connection:
            return None if session_is_over(connection, who.session) else who

    # The interviewer's window

    def tell(self, viewer: str, card_id: str, told: Told) -> Answer:
        """Store what a window tells, all of it or nothing, and say how things stand.

        Only the window that holds the scorecard writes; a window takes it over by wish, or where the holder
        has been silent for 20 seconds. A question that another window changed since comes back as a clash.
        """
        received = now()
        with self._database.writing() as connection:
            card = _own_card(connection, viewer, card_id)
            interview = self._interview(connection, card.interview_id)
            if card.state != "draft":
                return self._answer(connection, card, interview, viewer, holds=False)
            if told.focus and interview.plan.find(told.focus) is None:
                # Whoever watches could not draw it.
                told = told.model_copy(update={"focus": None})
            holds = _hold(connection, card_id, told, received)
            if not holds:
                return self._answer(connection, card, interview, viewer, holds=False)
            if (told.entries or told.moments) and card.interview_id not in self._plans:
                _refuse_to_begin(connection, interview)
            if told.lead:
                connection.execute(
                    update(t.interviews)
                    .where(t.interviews.c.id == card.interview_id)
                    .values(leader_id=viewer)
                )
            clashes: list[Rating] = []
            stored: list[Rating] = []
            for entry in told.entries:
                rating = entry.rating()
                if reasons := foreign(interview.plan, rating):
                    raise NotAllowedError(reasons)
                done = put_rating(connection, card_id, rating, entry.base, told.tab, told.was, received)
                (clashes if done.clash else stored).append(done.rating)
            fresh = _put_moments(connection, card_id, [one.moment(received) for one in told.moments])
            answer = self._answer(
                connection, card, interview, viewer, holds=True, ratings=stored, clashes=clashes
            )
            if any(moment["kind"] == "begun" for moment in fresh):
                note(connection, viewer, "begun", round_id=card.round_id, subject=card_id)
            return answer

    def _answer(
        self,
        connection: Connection,
        card: Row[Any],
        interview: Interview,
        viewer: str,
        *,
        holds: bool,
        ratings: Sequence[Rating] | None = None,
        clashes: Sequence[Rating] = (),
    ) -> Answer:
        if ratings is None:
            found = connection.execute(select(t.ratings).where(t.ratings.c.scorecard_id == card.id)).all()
            ratings = [rows.to_rating(row) for row in found]
        moments: Sequence[Row[Any]] = () if holds else rows.select_moments(connection, [card.id])
        seats = connection.execute(
            select(t.scorecards.c.interviewer_id, t.desks.c.question_id, t.interviews.c.leader_id)
            .join(t.interviews, t.interviews.c.id == t.scorecards.c.interview_id)
            .join(t.desks, t.desks.c.scorecard_id == t.scorecards.c.id, isouter=True)
            .where(t.scorecards.c.interview_id == interview.id)
        ).all()
        return Answer(
            holds=holds,
            state=card.state,
            ratings=tuple(ratings),
            clashes=tuple(clashes),
            leader_id=seats[0].leader_id,
            moments=tuple(rows.readable_moments(moments)),
            others={seat.interviewer_id: seat.question_id for seat in seats if seat.interviewer_id != viewer},
        )

    def interview_of(self, card_id: str) -> Interview:
        """The interview of a scorecard, for whoever has shown a pass for it."""
        if (known := self._by_card.get(card_id)) is not None:
            return known
        with self._database.reading() as connection:
            interview_id = connection.execute(
                select(t.scorecards.c.interview_id).where(t.scorecards.c.id == card_id)
            ).scalar_one()
            interview = self._interview(connection, interview_id)
        if interview_id in self._plans:
            self._by_card[card_id] = interview
        return interview

    def _interview(self, connection: Connection, interview_id: str) -> Interview:
        """The interview with its plan, which never changes once something is recorded."""
        if interview_id not in self._plans:
            row = connection.execute(select(t.interviews).where(t.interviews.c.id == interview_id)).one()
            known = rows.to_interview(row)
            cards = select(t.scorecards.c.id).where(t.scorecards.c.interview_id == interview_id)
            if not rows.has_begun(connection, list(connection.execute(cards).scalars())):
                return known
            if len(self._plans) > 500:
                self._plans.clear()
                self._by_card.clear()
            self._plans[interview_id] = known
        return self._plans[interview_id]

    # The candidate's window

    def open_window(self, viewer: str, card_id: str) -> str:
        """The token of this interview's open window, a new one where there is none."""
        with self._database.writing() as connection:
            card = _own_draft(connection, viewer, card_id)
            window = _open_windows(connection, card.interview_id)
            if window is None:
                window = secrets.token_hex(12)
                connection.execute(
                    insert(t.windows).values(
                        id=window, interview_id=card.interview_id, opened_at=rows.time_text(now())
                    )
                )
                note(connection, viewer, "window_opened", round_id=card.round_id, subject=card.interview_id)
        return window_token(self.key(), window)

    def window_of(self, viewer: str, card_id: str) -> str | None:
        """The token of the interview's open window, or None."""
        with self._database.reading() as connection:
            window = _open_windows(connection, _own_card(connection, viewer, card_id).interview_id)
        return window_token(self.key(), window) if window else None

    def close_windows(self, viewer: str, card_id: str) -> None:
        """End every window of this interview; their addresses stay dead."""
        with self._database.writing() as connection:
            card = _own_card(connection, viewer, card_id)
            connection.execute(
                update(t.windows)
                .where(t.windows.c.interview_id == card.interview_id, t.windows.c.closed_at.is_(None))
                .values(closed_at=rows.time_text(now()))
            )
            note(connection, viewer, "windows_closed", round_id=card.round_id, subject=card.interview_id)

    def window_id(self, token: str) -> str | None:
        """The id in a token, or None where the token was not made here."""
        return read_window_token(self.key(), token)

    def seen(self, window_ids: Collection[str]) -> dict[str, Seen | None]:
        """What each window stands at; None for one that has ended or never was."""
        with self._database.reading() as connection:
            found: Sequence[Any] = connection.execute(
                select(
                    t.windows.c.id,
                    t.windows.c.interview_id,
                    t.interviews.c.leader_id,
                    t.scorecards.c.id.label("card_id"),
                    t.scorecards.c.interviewer_id,
                    t.scorecards.c.state,
                    t.desks.c.question_id,
                    t.desks.c.held_at,
                    t.ratings.c.body,
                    t.ratings.c.version,
                    t.ratings.c.saved_at,
                )
                .join(t.interviews, t.interviews.c.id == t.windows.c.interview_id)
                .join(t.scorecards, t.scorecards.c.interview_id == t.windows.c.interview_id)
                .join(t.desks, t.desks.c.scorecard_id == t.scorecards.c.id, isouter=True)
                .join(
                    t.ratings,
                    (t.ratings.c.scorecard_id == t.scorecards.c.id)
                    & (t.ratings.c.question_id == t.desks.c.question_id),
                    isouter=True,
                )
                .where(
                    t.windows.c.id.in_(list(window_ids)),
                    t.windows.c.closed_at.is_(None),
                    t.windows.c.opened_at > rows.time_text(now() - timedelta(hours=WINDOW_HOURS)),
                    t.interviews.c.dismissed_reason.is_(None),
                )
            ).all()
            cards = {row.card_id for row in found}
            begun = set(
                connection.execute(
                    select(t.moments.c.scorecard_id).where(
                        t.moments.c.scorecard_id.in_(cards), t.moments.c.kind == "begun"
                    )
                ).scalars()
            )
        return {window: _seen([row for row in found if row.id == window], begun) for window in window_ids}

    def interview_for_window(self, interview_id: str) -> Interview:
        """The interview that a window looks on."""
        with self._database.reading() as connection:
            return self._interview(connection, interview_id)


class Put:
    """What became of one rating."""

    def __init__(self, rating: Rating, *, clash: bool):
        self.rating, self.clash = rating, clash


def put_rating(
    connection: Connection,
    card_id: str,
    rating: Rating,
    base: int,
    writer: str,
    was: Collection[str],
    at: datetime,
) -> Put:
    """Store a rating over the version it was made on; a clash gives back what stands there instead."""
    found = connection.execute(
        select(t.ratings).where(
            t.ratings.c.scorecard_id == card_id, t.ratings.c.question_id == rating.question_id
        )
    ).first()
    stored = rows.to_rating(found) if found is not None else None
    if stored is not None and stored.same_content(rating):
        return Put(stored, clash=False)
    if (
        found is not None
        and stored is not None
        and found.version != base
        and found.writer not in (writer, *was)
    ):
        return Put(stored, clash=True)
    saved = rating.model_copy(update={"version": (stored.version if stored else 0) + 1, "saved_at": at})
    write_rating(connection, card_id, saved, writer, exists=stored is not None)
    return Put(saved, clash=False)


def write_rating(connection: Connection, card_id: str, rating: Rating, writer: str, *, exists: bool) -> None:
    """Put a rating's row where it belongs, whatever stood there."""
    row = rows.rating_row(card_id, rating, writer)
    if not exists:
        connection.execute(insert(t.ratings).values(row))
        return
    connection.execute(
        update(t.ratings)
        .where(t.ratings.c.scorecard_id == card_id, t.ratings.c.question_id == rating.question_id)
        .values(row)
    )


def _put_moments(
    connection: Connection, card_id: str, moments: Sequence[Moment]
) -> tuple[dict[str, Any], ...]:
    """Append what happened, and give back what was new; a moment that was sent twice is stored once."""
    if not moments:
        return ()
    known = set(
        connection.execute(
            select(t.moments.c.id).where(
                t.moments.c.scorecard_id == card_id, t.moments.c.id.in_([moment.id for moment in moments])
            )
        ).scalars()
    )
    fresh = {moment.id: rows.moment_row(card_id, moment) for moment in moments if moment.id not in known}
    if fresh:
        connection.execute(insert(t.moments), list(fresh.values()))
    return tuple(fresh.values())


def _own_card(connection: Connection, viewer: str, card_id: str) -> Row[Any]:
    row = connection.execute(
        select(t.scorecards).where(t.scorecards.c.id == card_id).with_for_update()
    ).first()
    if row is None or row.interviewer_id != viewer:
        raise NotFoundError("There is no such scorecard of yours.")
    return row


def _own_draft(connection: Connection, viewer: str, card_id: str) -> Row[Any]:
    card = _own_card(connection, viewer, card_id)
    if card.state != "draft":
        raise NotAllowedError([f"This scorecard is {card.state}; the interview is over."])
    return card


def _refuse_to_begin(connection: Connection, interview: Interview) -> None:
    """Nothing new begins in a closed round; what has begun keeps its words, and is not submitted."""
    body = connection.execute(
        select(t.rounds).where(t.rounds.c.id == interview.round_id).with_for_update(read=True)
    ).one()
    if reasons := may_change(rows.to_round(body)):
        raise NotAllowedError(reasons)


def _hold(connection: Connection, card_id: str, told: Told, received: datetime) -> bool:
    """Whether this window writes now; keeps who does, since when, and the question in hand."""
    desk = connection.execute(select(t.desks).where(t.desks.c.scorecard_id == card_id)).first()
    mine = desk is None or desk.holder in ("", told.tab, *told.was)
    silent = desk is not None and desk.held_at < rows.time_text(received - timedelta(seconds=HOLD_SECONDS))
    if not (mine or silent or told.wish == "take"):
        return False
    values = {
        "holder": "" if told.wish == "leave" else told.tab,
        "held_at": rows.time_text(received),
        "question_id": told.focus or (desk.question_id if desk else None),
    }
    if desk is None:
        connection.execute(insert(t.desks).values(scorecard_id=card_id, **values))
    else:
        connection.execute(update(t.desks).where(t.desks.c.scorecard_id == card_id).values(values))
    return True


def _open_windows(connection: Connection, interview_id: str) -> str | None:
    return connection.execute(
        select(t.windows.c.id).where(
            t.windows.c.interview_id == interview_id,
            t.windows.c.closed_at.is_(None),
            t.windows.c.opened_at > rows.time_text(now() - timedelta(hours=WINDOW_HOURS)),
        )
    ).scalar()


def _seen(seats: Sequence[Row[Any]], begun_cards: Collection[str]) -> Seen | None:
    """A window follows whoever leads; it ends when that scorecard is no draft any more."""
    if not seats:
        return None
    leading = [seat for seat in seats if seat.interviewer_id == seat.leader_id]
    begun = [seat for seat in seats if seat.held_at is not None]
    seat = (leading or sorted(begun, key=lambda s: str(s.held_at), reverse=True) or seats)[0]
    if seat.state != "draft":
        return None
    given: tuple[str, ...] = ()
    if seat.body is not None:
        given = Rating.model_validate_json(f'{{"question_id":"{seat.question_id}",{seat.body[1:]}').given
    return Seen(seat.interview_id, seat.question_id, given, begun=seat.card_id in begun_cards)
