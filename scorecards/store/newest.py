"""Newest words win: what a window typed earlier never takes the place of what it was told is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from ..interviewing.message import Former
from ..record.model import Rating, Recommendation
from . import rows
from . import tables as t

# stored: it stands there. older: this window had stored something newer. clash: another window had.
Outcome = Literal["stored", "older", "clash"]

_THIS = (t.ratings.c.scorecard_id == bindparam("of_card")) & (
    t.ratings.c.question_id == bindparam("of_question")
)
_RATING, _WRITE, _ADD = select(t.ratings).where(_THIS), update(t.ratings).where(_THIS), insert(t.ratings)
# The slot of a recommendation that is pressed, not typed.
CHOICE = "recommendation"
# Where words have no window; no window is called so.
NO_WINDOW = "."


class Hand(NamedTuple):
    """The window that writes: its name, how far it had counted when this was typed, and the windows it continues."""

    tab: str
    counted: int | None = None
    was: Mapping[str, int] = {}

    @classmethod
    def of(cls, tab: str, count: int | None, was: Iterable[Former]) -> Hand:
        """As a message says it; of a window named twice the lower count holds."""
        known: dict[str, int] = {}
        for one in was:
            known[one.tab] = min(one.count, known.get(one.tab, one.count))
        return cls(tab, count, known)

    def judged(self, writer: str, count: int, *, version: int, base: int, begun: bool) -> Outcome:
        """What becomes of words typed on version `base` where this writer's version stands, written at this count.

        `begun` says that what stands there goes on from these words.
        """
        if version == base and self.counted is None:
            return "stored"
        if self.counted is None:
            return self._uncounted(writer, count, begun=begun)
        if writer == self.tab:
            return "older" if self.counted <= count else "stored"
        if writer in self.was:
            known = self.was[writer]
            if self.counted <= min(count, known):
                return "older"
            if count <= known:
                return "stored"
        return "stored" if version == base else "clash"

    def _uncounted(self, writer: str, count: int, *, begun: bool) -> Outcome:
        """A page of an earlier kit over another version than it read: only its own words, where none were counted."""
        own = writer == self.tab or writer in self.was
        return "stored" if own and count == 0 and not begun else "clash"

    def mark(self, row: Row[Any] | None) -> dict[str, Any]:
        """The columns that keep who wrote, and when in its life."""
        known = row.writer_count if row is not None and row.writer == self.tab else 0
        return {"writer": self.tab, "writer_count": known if self.counted is None else self.counted}


def goes_on(stored: str, typed: str) -> bool:
    """Whether the stored words begin with those that were typed and say more: then these are likely the earlier."""
    return len(typed) < len(stored) and stored.startswith(typed)


class Put(NamedTuple):
    """What became of one rating, and what stands there now."""

    rating: Rating
    outcome: Outcome


def put_rating(
    connection: Connection, card_id: str, rating: Rating, base: int, hand: Hand, at: datetime
) -> Put:
    """Store a rating over the version it was made on, unless something newer or another's stands there."""
    found = connection.execute(_RATING, _place(card_id, rating)).first()
    if found is None:
        saved = rating.model_copy(update={"version": 1, "saved_at": at})
        write_rating(connection, card_id, saved, hand.tab, count=hand.counted or 0, exists=False)
        return Put(saved, "stored")
    stored = rows.to_rating(found)
    begun = goes_on(stored.evidence, rating.evidence)
    outcome = hand.judged(found.writer, found.writer_count, version=found.version, base=base, begun=begun)
    if stored.same_content(rating):
        return Put(_confirmed(connection, card_id, stored, found, hand, outcome), "stored")
    if outcome != "stored":
        return Put(stored, outcome)
    saved = rating.model_copy(update={"version": stored.version + 1, "saved_at": at})
    mark = hand.mark(found)
    write_rating(connection, card_id, saved, hand.tab, count=mark["writer_count"], exists=True)
    return Put(saved, "stored")


def _confirmed(
    connection: Connection, card_id: str, stored: Rating, found: Row[Any], hand: Hand, outcome: Outcome
) -> Rating:
    """The same words again: what this window typed before, and may still be under way, is older from now on."""
    if outcome != "stored" or hand.counted is None:
        return stored
    mark = hand.mark(found)
    known = found.writer == hand.tab or found.writer in hand.was
    version = stored.version if known else stored.version + 1
    connection.execute(_WRITE, {**_place(card_id, stored), **mark, "version": version})
    return stored.model_copy(update={"version": version})


def _place(card_id: str, rating: Rating) -> dict[str, str]:
    return {"of_card": card_id, "of_question": rating.question_id}


def write_rating(
    connection: Connection, card_id: str, rating: Rating, writer: str, *, exists: bool, count: int = 0
) -> None:
    """Put a rating's row where it belongs, whatever stood there."""
    row = rows.rating_row(card_id, rating, writer) | {"writer_count": count}
    if exists:
        connection.execute(_WRITE, {**_place(card_id, rating), **row})
    else:
        connection.execute(_ADD, row)


class Words(NamedTuple):
    """The words in one slot of a recommendation as they are stored, and what became of those that were typed."""

    text: str
    version: int
    outcome: Outcome


def put_words(
    connection: Connection, card_id: str, slot: str, stored: str, typed: str, base: int, hand: Hand
) -> Words:
    """Judge words that were typed against those that are stored, and keep who wrote; the caller stores `text`."""
    where = (t.closing_words.c.scorecard_id == card_id) & (t.closing_words.c.slot == slot)
    found = connection.execute(select(t.closing_words).where(where)).first()
    version = found.version if found is not None else 0
    outcome: Outcome = "stored"
    if found is not None:
        begun = goes_on(stored, typed)
        outcome = hand.judged(found.writer, found.writer_count, version=version, base=base, begun=begun)
    if outcome != "stored":
        return Words(stored, version, "stored" if typed == stored else outcome)
    values = {"version": version + (typed != stored), **hand.mark(found)}
    if found is None:
        connection.execute(insert(t.closing_words).values(scorecard_id=card_id, slot=slot, **values))
    else:
        connection.execute(update(t.closing_words).where(where).values(values))
    return Words(typed, values["version"], "stored")


def versions_of_words(connection: Connection, card_id: str) -> dict[str, int]:
    """The version of each slot's words; a slot that nobody typed into is absent and counts as 0."""
    found = connection.execute(select(t.closing_words).where(t.closing_words.c.scorecard_id == card_id))
    return {row.slot: row.version for row in found}


class Recommended(NamedTuple):
    """The recommendation as it is stored, its version, and what became of the one that was pressed."""

    choice: Recommendation | None
    version: int
    outcome: Outcome


def put_choice(
    connection: Connection,
    card_id: str,
    stored: Recommendation | None,
    chosen: Recommendation | None,
    base: int,
) -> Recommended:
    """Judge a recommendation that was pressed over the version which was shown; the caller stores it.

    A press is not typed on, as words are: over another version than the one shown it is always a clash.
    """
    version = versions_of_words(connection, card_id).get(CHOICE, 0)
    if chosen == stored:
        return Recommended(stored, version, "stored")
    if version != base:
        return Recommended(stored, version, "clash")
    count_change(connection, card_id, CHOICE)
    return Recommended(chosen, version + 1, "stored")


def count_change(connection: Connection, card_id: str, slot: str) -> None:
    """Give a slot a new version that no window wrote: what was typed or pressed over an earlier one is a clash."""
    where = (t.closing_words.c.scorecard_id == card_id) & (t.closing_words.c.slot == slot)
    changed = {"version": t.closing_words.c.version + 1, "writer": NO_WINDOW, "writer_count": 0}
    if not connection.execute(update(t.closing_words).where(where).values(changed)).rowcount:
        first = {"version": 1, "writer": NO_WINDOW, "writer_count": 0}
        connection.execute(insert(t.closing_words).values(scorecard_id=card_id, slot=slot, **first))
