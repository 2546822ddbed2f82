"""The live interview's part of the store: one message in, one answer out; and the candidate's window."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from ..interviewing.message import Answer, Told
from ..interviewing.passes import Pass, read_pass, read_window_token, sign_pass, window_token
from ..interviewing.typed import Typed
from ..record.model import Interview, Rating, Verdict, now
from ..record.rules import why_not_change
from . import rows
from . import tables as t
from .audit import note
from .engine import Database
from .errors import NotAllowedError, NotFoundError
from .holding import Held, hold, take_the_lead, term_of
from .newest import Hand, Words, put_words, versions_of_words
from .plans import read_plan
from .round_rows import to_round
from .sessions import session_is_over
from .telling import Stored, store_told

# A window that nobody closed ends by itself.
WINDOW_HOURS = 24
# Where a recommendation has words.
CLOSING_SLOTS = frozenset({"reason", "contradiction"})
# Built once: to build a statement takes longer than to run it.
_CARD = select(t.scorecards).where(t.scorecards.c.id == bindparam("card"))
_CARD_HELD = _CARD.with_for_update()
_OPEN = t.windows.c.closed_at.is_(None) & (t.windows.c.opened_at > bindparam("since"))
# Who sits in an interview, each one's current question, who leads, and whether a candidate's window is open.
_SEATS = (
    select(
        t.scorecards.c.interviewer_id,
        t.desks.c.question_id,
        t.interviews.c.leader_id,
        t.windows.c.id.label("window_id"),
    )
    .join(t.interviews, t.interviews.c.id == t.scorecards.c.interview_id)
    .join(t.desks, t.desks.c.scorecard_id == t.scorecards.c.id, isouter=True)
    .join(t.windows, (t.windows.c.interview_id == t.scorecards.c.interview_id) & _OPEN, isouter=True)
    .where(t.scorecards.c.interview_id == bindparam("interview"))
)
# The state of a scorecard that accepts nothing more.
NOT_HELD = Held(holds=False, newest=False, term=0, free=False, shown=None)


class Seen:
    """What a candidate's window stands at: compared to know whether anything has to be sent."""

    def __init__(self, interview_id: str, question_id: str | None, given: tuple[str, ...], *, begun: bool):
        self.interview_id, self.question_id, self.given, self.begun = interview_id, question_id, given, begun

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Seen) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]


class Unreadable(NamedTuple):
    """Why a window cannot be shown what it should: its record is damaged."""

    reason: str


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
        """Store what a window tells, each part of it for itself, and say how things stand.

        Only the window that holds the scorecard writes; a window takes it over by wish, or where the holder
        has been silent for 20 seconds. What it typed earlier never takes the place of what it was told is stored,
        in whatever order its messages come. A question that another window changed since comes back as a clash.
        """
        received = now()
        with self._database.writing() as connection:
            card = _own_card(connection, viewer, card_id)
            interview = self._interview(connection, card.interview_id)
            if card.state != "draft":
                return self._answer(connection, card, interview, viewer, NOT_HELD)
            told = told.within(interview.plan)
            held = hold(connection, card_id, told, received)
            if not held.holds:
                return self._answer(connection, card, interview, viewer, held)
            if (told.entries or told.moments) and card.interview_id not in self._plans:
                _refuse_to_begin(connection, interview)
            if told.lead and held.newest:
                shown = take_the_lead(connection, card_id, card.interview_id, viewer, told)
                held = held._replace(shown=shown or held.shown)
            stored = store_told(connection, card_id, interview.plan, told, received)
            answer = self._answer(connection, card, interview, viewer, held, stored)
            if stored.begun:
                note(connection, viewer, "begun", round_id=card.round_id, subject=card_id)
            return answer

    def _answer(
        self,
        connection: Connection,
        card: Row[Any],
        interview: Interview,
        viewer: str,
        held: Held,
        stored: Stored | None = None,
    ) -> Answer:
        if stored is None:
            found = connection.execute(select(t.ratings).where(t.ratings.c.scorecard_id == card.id)).all()
            stored = Stored(ratings=tuple(rows.to_rating(row) for row in found))
        moments: Sequence[Row[Any]] = () if held.holds else rows.select_moments(connection, [card.id])
        seats = connection.execute(_SEATS, {"interview": interview.id, "since": _since()}).all()
        window = next((seat.window_id for seat in seats if seat.window_id), None)
        return Answer(
            holds=held.holds,
            term=held.term,
            free=held.free,
            state=card.state,
            ratings=stored.ratings,
            older=stored.older,
            clashes=stored.clashes,
            refused=stored.refused,
            leader_id=seats[0].leader_id,
            moments=tuple(rows.readable_moments(moments)),
            others={seat.interviewer_id: seat.question_id for seat in seats if seat.interviewer_id != viewer},
            shown=held.shown,
            window=window_token(self.key(), window) if window else None,
        )

    def desk(self, viewer: str, card_id: str) -> tuple[int, str | None]:
        """The term of one's own desk, with which a page begins, and what the candidate sees by it."""
        with self._database.reading() as connection:
            _own_card(connection, viewer, card_id, lock=False)
            return term_of(connection, card_id)

    def keep_words(self, viewer: str, card_id: str, typed: Typed) -> dict[str, Words]:
        """Store words of one's own draft's recommendation; what stands there for each slot, and what became of it.

        Words that this window typed earlier never take the place of what it was told is stored; where another window
        has stored something else meanwhile, that stands.
        """
        with self._database.writing() as connection:
            card = _own_draft(connection, viewer, card_id)
            round_ = connection.execute(select(t.rounds).where(t.rounds.c.id == card.round_id)).one()
            if reasons := why_not_change(to_round(round_)):
                raise NotAllowedError(reasons)
            verdict = Verdict.model_validate_json(card.verdict)
            kept = {}
            for slot in CLOSING_SLOTS & typed.entries.keys():
                one, stored = typed.entries[slot], str(getattr(verdict, slot))
                hand = Hand.of(typed.tab, one.count, typed.was)
                kept[slot] = put_words(connection, card_id, slot, stored, one.text, one.base, hand)
            verdict = verdict.model_copy(update={slot: words.text for slot, words in kept.items()})
            connection.execute(
                update(t.scorecards)
                .where(t.scorecards.c.id == card_id)
                .values(verdict=verdict.model_dump_json())
            )
        return kept

    def versions_of_words(self, viewer: str, card_id: str) -> dict[str, int]:
        """The version of each slot's words of one's own recommendation, to be typed over."""
        with self._database.reading() as connection:
            _own_card(connection, viewer, card_id, lock=False)
            return versions_of_words(connection, card_id)

    def interview_of(self, card_id: str) -> Interview:
        """The interview of a scorecard, for anyone who has shown a pass for it."""
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
            known = rows.to_interview(row, read_plan(connection, row.plan_digest))
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

    def seen(self, window_ids: Collection[str]) -> dict[str, Seen | Unreadable | None]:
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
                    t.desks.c.shown_id,
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
                    & (t.ratings.c.question_id == t.desks.c.shown_id),
                    isouter=True,
                )
                .where(
                    t.windows.c.id.in_(list(window_ids)),
                    _OPEN,
                    t.interviews.c.dismissed_reason.is_(None),
                ),
                {"since": _since()},
            ).all()
            cards = {row.card_id for row in found}
            begun = set(
                connection.execute(
                    select(t.moments.c.scorecard_id).where(
                        t.moments.c.scorecard_id.in_(cards), t.moments.c.kind == "begun"
                    )
                ).scalars()
            )
        return {
            window: _seen_or_not([row for row in found if row.id == window], begun) for window in window_ids
        }

    def interview_for_window(self, interview_id: str) -> Interview:
        """The interview that a window looks on."""
        with self._database.reading() as connection:
            return self._interview(connection, interview_id)


def _own_card(connection: Connection, viewer: str, card_id: str, *, lock: bool = True) -> Row[Any]:
    row = connection.execute(_CARD_HELD if lock else _CARD, {"card": card_id}).first()
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
    if reasons := why_not_change(to_round(body)):
        raise NotAllowedError(reasons)


def _since() -> str:
    """A window that was opened before this has ended."""
    return rows.time_text(now() - timedelta(hours=WINDOW_HOURS))


def _open_windows(connection: Connection, interview_id: str) -> str | None:
    return connection.execute(
        select(t.windows.c.id).where(t.windows.c.interview_id == interview_id, _OPEN), {"since": _since()}
    ).scalar()


def _seen_or_not(seats: Sequence[Row[Any]], begun_cards: Collection[str]) -> Seen | Unreadable | None:
    """A window whose record is damaged is reported on its own and stops no other."""
    try:
        return _seen(seats, begun_cards)
    except ValueError as error:
        return Unreadable(f"{seats[0].interview_id}: {' '.join(str(error).split())[:300]}")


def _seen(seats: Sequence[Row[Any]], begun_cards: Collection[str]) -> Seen | None:
    """A window follows the interviewer who leads; it ends when that scorecard is no draft any more."""
    if not seats:
        return None
    leading = [seat for seat in seats if seat.interviewer_id == seat.leader_id]
    begun = [seat for seat in seats if seat.held_at is not None]
    seat = (leading or sorted(begun, key=lambda s: str(s.held_at), reverse=True) or seats)[0]
    if seat.state != "draft":
        return None
    given: tuple[str, ...] = ()
    if seat.body is not None:
        given = Rating.model_validate_json(f'{{"question_id":"{seat.shown_id}",{seat.body[1:]}').given
    return Seen(seat.interview_id, seat.shown_id, given, begun=seat.card_id in begun_cards)
