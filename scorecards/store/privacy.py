"""What the law asks of a store of people's data: end dates, holds, erasure, access, codes in place of names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, delete, func, select

from ..record.free_words import rewritten, words_in
from ..record.masking import ANOTHER, code_mask, coded, masked_for
from ..record.model import Candidate, Erased, RoundRecord, Scorecard
from ..record.name_finder import NameFinder
from ..record.rules import why_not_debrief
from . import rows
from . import tables as t
from .access import Operator, Viewer, candidate_of, led_round, read_record, refuse, round_of, statuses_of
from .audit import note, refuse_unless_admin
from .changes import refuse_on_hold, remove_round
from .debrief_rows import read_debriefs
from .engine import Database
from .errors import NotAllowedError, NotFoundError
from .limits import MOST_IN_REASON, refuse_long
from .office import RoundLine, managed_round, round_lines
from .plans import interview_plans, sweep_plans
from .round_rows import KeptRound, put_round, to_round, whole_round

__all__ = ["ANOTHER", "Erasure", "PrivacyDesk", "looked_for", "masked_for"]
# Days: what was recorded within the first tells nothing about the clock, the second is longer than a kit lies idle.
LATELY = 7
QUIET = 365


class Erasure(NamedTuple):
    """What erasing a candidate takes away, and where else in the round the name stands."""

    code: str
    interviews: int
    scorecards: int
    # Scorecards about other candidates in whose words the finder sees the name: their authors mend them.
    mentioned_in: int
    # Votes, decisions and reasons that stay in the round and in which it sees the name.
    mentioned_beside: int = 0
    # Scorecards about others with an everyday word that is the name, too: will, may.
    perhaps_in: int = 0


def looked_for(told: Erasure) -> str:
    """What the numbers say, and what they do not: the kit never claims that a name is nowhere."""
    found = told.mentioned_in or told.mentioned_beside or told.perhaps_in
    begin = "" if found else "The name was not found in other words of the round. "
    return f"{begin}It was looked for as it is written, part by part, with other spellings and endings."


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
        refuse_long("The reason", reason, MOST_IN_REASON)
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
            released = interview_plans(connection, t.interviews.c.candidate_id == candidate_id)
            connection.execute(delete(t.candidates).where(t.candidates.c.id == candidate_id))
            sweep_plans(connection, released)
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
                refuse(why_not_debrief(round_, viewer, of_candidate))
            record = read_record(connection, viewer, round_.id, names=True)
        with self._database.writing() as connection:
            note(connection, viewer, "access_pack", round_id=round_.id, subject=candidate_id)
        return masked_for(record, candidate_id)

    # Codes in place of names

    def names(self, viewer: Viewer, round_id: str) -> dict[str, str]:
        """The candidates' names by id, for the lead of a round of codes; that they were looked up is noted."""
        with self._database.writing() as connection:
            led_round(connection, viewer, round_id)
            found = _names_of(connection, round_id)
            note(connection, viewer, "names_seen", round_id=round_id)
        return found

    def handed_on(self, viewer: Viewer, record: RoundRecord) -> RoundRecord:
        """The record as it leaves the kit, as a file or over the API: in a round of codes one's own words by code, too."""
        with self._database.reading() as connection:
            round_of(connection, viewer, record.round.id)
            if not record.round.anonymous:
                return record
            return coded(record, _names_of(connection, record.round.id), None)

    def names_in_words(self, viewer: str, card_id: str) -> tuple[str, ...]:
        """Parts of the candidate's name that stand in one's own draft of a round of codes, as they are typed."""
        with self._database.reading() as connection:
            cards = rows.read_cards(connection, [card_id])
            if not cards or cards[0].interviewer_id != viewer:
                raise NotFoundError("There is no such scorecard of yours.")
            body = connection.execute(select(t.rounds).where(t.rounds.c.id == cards[0].round_id)).one()
            if not to_round(body).anonymous:
                return ()
            name = candidate_of(connection, cards[0].candidate_id).name
        finder = NameFinder([name])
        found = (
            text[one.start : one.stop] for text in words_in(cards[0].content) for one in finder.find(text)
        )
        return tuple(dict.fromkeys(found))


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


def by_code(connection: Connection, record: RoundRecord, viewer: Viewer) -> RoundRecord:
    """A record of a round of codes, with codes for names in what others wrote."""
    names = _names_of(connection, record.round.id)
    return coded(record, names, None if isinstance(viewer, Operator) else viewer)


def card_by_code(connection: Connection, card: Scorecard) -> Scorecard:
    """Another's scorecard; in a round of codes with codes for names."""
    row = connection.execute(select(t.rounds).where(t.rounds.c.id == card.round_id)).one()
    if not to_round(row).anonymous:
        return card
    found = connection.execute(select(t.candidates).where(t.candidates.c.round_id == card.round_id))
    candidates = [rows.to_candidate(row) for row in found]
    return rewritten(card, code_mask(candidates, {one.id: one.name for one in candidates}))


def _names_of(connection: Connection, round_id: str) -> dict[str, str]:
    found = connection.execute(select(t.candidates).where(t.candidates.c.round_id == round_id)).all()
    return {row.id: row.name for row in found}


def _due(connection: Connection, today: date) -> tuple[RoundLine, ...]:
    return tuple(
        line for line in round_lines(connection) if line.purge_on is not None and line.purge_on <= today
    )


def _erasure(connection: Connection, candidate: Candidate) -> Erasure:
    def number(table: Any) -> int:
        counted = select(func.count()).select_from(table).where(table.c.candidate_id == candidate.id)
        return int(connection.execute(counted).scalar_one())

    finder = NameFinder([candidate.name], [(candidate.name, candidate.code)])
    others = connection.execute(
        select(t.scorecards.c.id).where(
            t.scorecards.c.round_id == candidate.round_id, t.scorecards.c.candidate_id != candidate.id
        )
    ).scalars()
    seen = [_sees(finder, words_in(card)) for card in rows.read_cards(connection, list(others))]
    beside = [_sees(finder, words) for words in _beside(connection, candidate)]
    return Erasure(
        candidate.code,
        number(t.interviews),
        number(t.scorecards),
        seen.count("sure"),
        beside.count("sure"),
        seen.count("perhaps"),
    )


def _sees(finder: NameFinder, texts: Iterable[str]) -> Literal["sure", "perhaps", "nothing"]:
    found = [one.sure for text in texts for one in finder.find(text)]
    return "sure" if any(found) else "perhaps" if found else "nothing"


def _beside(connection: Connection, candidate: Candidate) -> Iterator[tuple[str, ...]]:
    """What stays in the round and is no scorecard: its own words, reasons, votes and decisions about others."""
    kept = to_round(connection.execute(select(t.rounds).where(t.rounds.c.id == candidate.round_id)).one())
    round_ = whole_round(connection, kept)
    own = set(
        connection.execute(
            select(t.interviews.c.id).where(t.interviews.c.candidate_id == candidate.id)
        ).scalars()
    )
    yield tuple(words_in(round_.model_copy(update={"events": ()})))
    for event in round_.events:
        if event.candidate_id != candidate.id and event.interview_id not in own:
            yield tuple(words_in(event))
    for row in connection.execute(
        select(t.interviews.c.id, t.interviews.c.dismissed_reason).where(
            t.interviews.c.round_id == candidate.round_id
        )
    ):
        if row.id not in own and row.dismissed_reason:
            yield (row.dismissed_reason,)
    for debrief in read_debriefs(connection, candidate.round_id):
        if debrief.candidate_id != candidate.id:
            for one in (*debrief.votes, *debrief.openings, *debrief.decisions):
                yield tuple(words_in(one))


def _without(connection: Connection, round_: KeptRound, candidate_id: str, scorecards: int) -> KeptRound:
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
    had = round_.erased
    erased = Erased(candidates=had.candidates + 1, scorecards=had.scorecards + scorecards)
    return round_.model_copy(update={"events": events, "erased": erased})
