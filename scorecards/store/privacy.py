"""What the law asks of a store of people's data: end dates, holds, erasure, access, codes in place of names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, select

from ..model import Candidate, Person, Round, RoundRecord
from ..notes import look_at
from ..rules import may_debrief
from . import rows
from . import tables as t
from .access import Operator, Viewer, candidate_of, led_round, read_record, refuse, statuses_of
from .audit import note, refuse_unless_admin
from .changes import put_round, refuse_on_hold, remove_round
from .engine import Database
from .errors import NotAllowedError, NotFoundError
from .office import RoundLine, managed_round, round_lines

# Parts of a name that are shorter would be found in every sentence.
SHORTEST_PART = 3
ANOTHER = "[another candidate]"
# Days: what was recorded within the first tells nothing about the clock, the second is longer than a kit lies idle.
LATELY = 7
QUIET = 365


class Erasure(NamedTuple):
    """What erasing a candidate takes away, and where else in the round the name stands."""

    code: str
    interviews: int
    scorecards: int
    # Scorecards about other candidates whose words hold the name: their authors mend them.
    mentioned_in: int


class PrivacyDesk:
    """Where personal data end, are handed out and are kept out of sight. By a round's lead or an administrator."""

    def __init__(self, database: Database):
        self._database = database

    # End dates

    def set_purge(self, viewer: Viewer, round_id: str, day: date | None) -> None:
        """From which day on the round may be purged; None for no day."""
        with self._database.writing() as connection:
            round_ = managed_round(connection, viewer, round_id)
            put_round(connection, round_.model_copy(update={"purge_on": day}))
            note(connection, viewer, "purge_set", round_id=round_id, day=day and day.isoformat())

    def hold(self, viewer: Viewer, round_id: str, reason: str) -> None:
        """Keep everything in the round whatever its end date, for this reason; an empty one lifts the hold."""
        with self._database.writing() as connection:
            round_ = managed_round(connection, viewer, round_id)
            put_round(connection, round_.model_copy(update={"legal_hold": reason.strip()}))
            note(connection, viewer, "hold_set" if reason.strip() else "hold_lifted", round_id=round_id)

    def due(self, viewer: Viewer, today: date) -> tuple[RoundLine, ...]:
        """What `purge` would look at today: rounds past their end date, those on hold too. Changes nothing."""
        with self._database.reading() as connection:
            refuse_unless_admin(connection, viewer)
            return _due(connection, today)

    def purge(self, viewer: Viewer, today: date, *, sure: bool = False) -> tuple[RoundLine, ...]:
        """Delete every round that is past its end date and not on hold; gives back those deleted.

        Refused where nothing was recorded in the year before the last week: then the clock may have jumped. `sure`
        says that it is right.
        """
        with self._database.writing() as connection:
            refuse_unless_admin(connection, viewer)
            if not sure and _due(connection, today):
                refuse_jumped(connection, today)
            gone = tuple(line for line in _due(connection, today) if not line.legal_hold)
            for line in gone:
                remove_round(connection, viewer, line.id, "round_purged")
        if gone:
            self._database.forget_deleted()
        return gone

    # One candidate

    def erasure(self, viewer: Viewer, candidate_id: str) -> Erasure:
        """What `erase` would take away. Changes nothing."""
        with self._database.reading() as connection:
            candidate = candidate_of(connection, candidate_id)
            managed_round(connection, viewer, candidate.round_id)
            return _erasure(connection, candidate)

    def erase(self, viewer: Viewer, candidate_id: str) -> Erasure:
        """Delete a candidate with everything recorded of them, in a closed round too; counts and the log stay."""
        with self._database.writing() as connection:
            candidate = candidate_of(connection, candidate_id)
            round_ = managed_round(connection, viewer, candidate.round_id)
            refuse_on_hold(round_)
            told = _erasure(connection, candidate)
            put_round(connection, _without(connection, round_, candidate_id, told.scorecards))
            connection.execute(
                delete(t.deliveries).where(
                    t.deliveries.c.round_id == round_.id, t.deliveries.c.body.contains(candidate_id)
                )
            )
            connection.execute(delete(t.candidates).where(t.candidates.c.id == candidate_id))
            note(
                connection,
                viewer,
                "candidate_erased",
                round_id=round_.id,
                subject=candidate_id,
                interviews=told.interviews,
                scorecards=told.scorecards,
            )
        self._database.forget_deleted()
        return told

    def access_pack(self, viewer: Viewer, candidate_id: str) -> RoundRecord:
        """The round as the candidate may be given it: interviewers by number, other candidates masked.

        For its lead, who must have submitted, or the terminal. Others stay in it, masked, for what is computed.
        """
        with self._database.reading() as connection:
            candidate = candidate_of(connection, candidate_id)
            round_ = led_round(connection, viewer, candidate.round_id)
            if not isinstance(viewer, Operator):
                of_candidate = [
                    s for s in statuses_of(connection, round_.id) if s.candidate_id == candidate_id
                ]
                refuse(may_debrief(round_, viewer, of_candidate))
            record = read_record(connection, viewer, round_.id, names=True)
        with self._database.writing() as connection:
            note(connection, viewer, "access_pack", round_id=round_.id, subject=candidate_id)
        return masked_for(record, candidate_id)

    # Codes in place of names

    def names(self, viewer: Viewer, round_id: str) -> dict[str, str]:
        """The candidates' names by id, for the lead of a round of codes; that they were looked up is noted."""
        with self._database.writing() as connection:
            led_round(connection, viewer, round_id)
            found = connection.execute(select(t.candidates).where(t.candidates.c.round_id == round_id)).all()
            note(connection, viewer, "names_seen", round_id=round_id)
        return {row.id: row.name for row in found}

    def names_in_words(self, viewer: str, card_id: str) -> tuple[str, ...]:
        """Parts of the candidate's name that stand in one's own draft of a round of codes, as they are typed."""
        with self._database.reading() as connection:
            cards = rows.read_cards(connection, [card_id])
            if not cards or cards[0].interviewer_id != viewer:
                raise NotFoundError("There is no such scorecard of yours.")
            body = connection.execute(select(t.rounds).where(t.rounds.c.id == cards[0].round_id)).one()
            if not rows.to_round(body).anonymous:
                return ()
            name = candidate_of(connection, cards[0].candidate_id).name
        words = " ".join(_strings(cards[0].content.model_dump(mode="json")))
        found = (one for one in look_at(words, [name]) if one.kind == "name")
        return tuple(dict.fromkeys(one.word for one in found))


def refuse_jumped(connection: Connection, today: date) -> None:
    """Raise `NotAllowedError` where the newest time stored before the last week is more than a year old."""
    week = f"{today - timedelta(days=LATELY):%Y-%m-%d}"
    times = (t.audit.c.at, t.ratings.c.saved_at, t.moments.c.at, t.rounds.c.created_at, t.sessions.c.began_at)
    found = [connection.execute(select(func.max(one)).where(one < week)).scalar() for one in times]
    newest = max((one for one in found if one), default=None)
    if newest is not None and newest < f"{today - timedelta(days=QUIET):%Y-%m-%d}":
        raise NotAllowedError(
            [
                f"Today is {today}, and before the last {LATELY} days nothing was recorded since {newest[:10]}. Nothing "
                "was deleted: see whether this machine's clock is right. If it is: "
                "interview-kit purge --yes --clock-is-right"
            ]
        )


def masked_for(record: RoundRecord, candidate_id: str) -> RoundRecord:
    """The record with every other candidate and every interviewer masked, in their fields and in all words."""
    own = record.candidate[candidate_id]
    kept = {part.casefold() for part in name_parts(own.name)} | {own.code.casefold()}
    others = [one for one in record.candidates if one.id != candidate_id]
    hidden = {
        part: ANOTHER
        for one in others
        for part in (one.name, one.code, *name_parts(one.name))
        if part.casefold() not in kept
    }
    numbered = {person.id: f"Interviewer {n}" for n, person in enumerate(record.people, start=1)}
    for person in record.people:
        for part in (person.name, *name_parts(person.name)):
            if part.casefold() not in kept:
                hidden.setdefault(part, numbered[person.id])
    mask = _masking(hidden)

    def masked(value: Any) -> Any:
        return type(value).model_validate(_mapped(value.model_dump(mode="json"), mask))

    return RoundRecord(
        round=record.round,
        people=tuple(Person(id=one.id, name=numbered[one.id]) for one in record.people),
        candidates=tuple(
            one if one.id == candidate_id else one.model_copy(update={"name": ANOTHER, "code": f"other-{n}"})
            for n, one in enumerate(record.candidates, start=1)
        ),
        interviews=record.interviews,
        cards=tuple(masked(card) for card in record.cards),
        debriefs=tuple(masked(one) for one in record.debriefs),
        statuses=record.statuses,
    )


def name_parts(name: str) -> tuple[str, ...]:
    """What of a name would tell whose it is: its words, short ones left out."""
    return tuple(part for part in re.split(r"[\s,.()\-]+", name) if len(part) >= SHORTEST_PART)


def _any_of(parts: Iterable[str]) -> re.Pattern[str] | None:
    listed = sorted(set(parts), key=len, reverse=True)
    if not listed:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, listed))})(?!\w)", re.IGNORECASE)


def _masking(hidden: dict[str, str]) -> Callable[[str], str]:
    pattern = _any_of(hidden)
    by_case = {part.casefold(): told for part, told in hidden.items()}
    if pattern is None:
        return lambda words: words
    return lambda words: pattern.sub(lambda found: by_case.get(found[0].casefold(), ANOTHER), words)


# Keys whose values are not words that somebody typed.
_NOT_WORDS = re.compile(r"(^|_)(id|ids|at|digest|seal|state|kind|order|absent|by)$")


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {
            key: one if isinstance(key, str) and _NOT_WORDS.search(key) else _mapped(one, change)
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [_mapped(one, change) for one in value]
    return change(value) if isinstance(value, str) else value


def _strings(value: Any) -> list[str]:
    found: list[str] = []

    def keep(words: str) -> str:
        found.append(words)
        return words

    _mapped(value, keep)
    return found


def _due(connection: Connection, today: date) -> tuple[RoundLine, ...]:
    return tuple(
        line for line in round_lines(connection) if line.purge_on is not None and line.purge_on <= today
    )


def _erasure(connection: Connection, candidate: Candidate) -> Erasure:
    def number(table: Any) -> int:
        counted = select(func.count()).select_from(table).where(table.c.candidate_id == candidate.id)
        return int(connection.execute(counted).scalar_one())

    pattern = _any_of(name_parts(candidate.name))
    others = connection.execute(
        select(t.scorecards.c.id).where(
            t.scorecards.c.round_id == candidate.round_id, t.scorecards.c.candidate_id != candidate.id
        )
    ).scalars()
    mentioned = 0
    if pattern:
        mentioned = sum(
            bool(pattern.search(" ".join(_strings(card.content.model_dump(mode="json")))))
            for card in rows.read_cards(connection, list(others))
        )
    return Erasure(candidate.code, number(t.interviews), number(t.scorecards), mentioned)


def _without(connection: Connection, round_: Round, candidate_id: str, scorecards: int) -> Round:
    """The round without a word about the candidate; what was done stays in the order in which it was done."""
    own = set(
        connection.execute(
            select(t.interviews.c.id).where(t.interviews.c.candidate_id == candidate_id)
        ).scalars()
    )
    gone = {"interview_id": None, "candidate_id": None, "reason": ""}
    events = tuple(
        event.model_copy(update=gone)
        if event.candidate_id == candidate_id or event.interview_id in own
        else event
        for event in round_.events
    )
    erased = round_.erased.model_copy(
        update={
            "candidates": round_.erased.candidates + 1,
            "scorecards": round_.erased.scorecards + scorecards,
        }
    )
    return round_.model_copy(update={"events": events, "erased": erased})
