"""Scorecards: read, recommended on, submitted, amended, withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, insert, select, update

from ..record import rules, sight
from ..record.model import (
    Amendment,
    CardContent,
    CardStatus,
    Rating,
    Recommendation,
    RoundRecord,
    Scorecard,
    Verdict,
    now,
)
from . import rows
from . import tables as t
from .access import (
    Viewer,
    hold_round,
    interview_of,
    open_round,
    refuse,
    round_of,
    statuses_of,
    why_blind,
)
from .audit import AuditDesk, note
from .engine import Database
from .errors import NotAllowedError, NotFoundError
from .hooks import tell_submitted
from .limits import refuse_long_words, refuse_reason
from .live import CLOSING_SLOTS
from .newest import CHOICE, Recommended, count_change, put_choice, write_rating
from .privacy import card_by_code
from .round_rows import whole_round


class CardDesk:
    """Where scorecards are read, recommended on, submitted, amended and withdrawn."""

    def __init__(self, database: Database):
        self._database = database
        self._audit = AuditDesk(database)

    def get(self, viewer: Viewer, card_id: str) -> Scorecard:
        """One scorecard with all it says; refused while the viewer is blind to it."""
        with self._database.reading() as connection:
            card = _visible_card(connection, viewer, card_id)
            if card.interviewer_id != viewer:
                card = card_by_code(connection, card)
        if card.interviewer_id != viewer:
            self._audit.saw(viewer, card.round_id, [card.id])
        return card

    def own(self, viewer: str) -> tuple[CardStatus, ...]:
        """The viewer's own scorecards in all rounds."""
        with self._database.reading() as connection:
            found = connection.execute(
                rows.select_statuses().where(t.scorecards.c.interviewer_id == viewer)
            ).all()
        return tuple(rows.to_status(row) for row in found)

    def save_verdict(self, viewer: str, card_id: str, verdict: Verdict) -> None:
        """Store the recommendation of one's own draft, once every question has a level or a state."""
        with self._database.writing() as connection:
            card = _own_draft(connection, viewer, card_id)
            refuse(rules.why_not_change(round_of(connection, viewer, card.round_id)))
            if verdict.recommendation is not None:
                refuse(rules.why_not_recommend(interview_of(connection, viewer, card.interview_id), card))
            for slot in (CHOICE, *sorted(CLOSING_SLOTS)):
                if getattr(verdict, slot) != getattr(card.content.verdict, slot):
                    count_change(connection, card_id, slot)
            _put_verdict(connection, card_id, verdict)

    def recommend(
        self, viewer: str, card_id: str, choice: Recommendation | None, *, base: int
    ) -> Recommended:
        """Store what was pressed over the version that was shown; its words stay as they are stored.

        Where another page stored a recommendation since, that stands and nothing is written.
        """
        with self._database.writing() as connection:
            card = _own_draft(connection, viewer, card_id)
            refuse(rules.why_not_change(round_of(connection, viewer, card.round_id)))
            if choice is not None:
                refuse(rules.why_not_recommend(interview_of(connection, viewer, card.interview_id), card))
            verdict = card.content.verdict
            put = put_choice(connection, card_id, verdict.recommendation, choice, base)
            if put.choice != verdict.recommendation:
                _put_verdict(connection, card_id, verdict.model_copy(update={"recommendation": put.choice}))
        return put

    def submit(self, viewer: str, card_id: str) -> Scorecard:
        """Freeze one's own draft; refused with every reason that still stands."""
        with self._database.writing() as connection:
            card = _own_draft(connection, viewer, card_id)
            record = _own_record(connection, viewer, card)
            refuse(rules.why_not_change(record.round) or rules.why_not_submit(record, card))
            submitted = card.model_copy(update={"state": "submitted", "submitted_at": now()})
            connection.execute(
                update(t.scorecards).where(t.scorecards.c.id == card_id).values(rows.card_row(submitted))
            )
            tell_submitted(connection, submitted)
            note(connection, viewer, "submitted", round_id=card.round_id, subject=card_id)
        return submitted

    def amend(
        self,
        viewer: str,
        card_id: str,
        ratings: Iterable[Rating],
        verdict: Verdict | None,
        reason: str,
        *,
        after: int | None = None,
    ) -> Scorecard:
        """Change one's own submitted scorecard; what stood there before is kept, with author, time and reason.

        `after` is how many amendments the page had shown; where there are more by now, nothing is written.
        """
        ratings = tuple(ratings)
        refuse_long_words(ratings, verdict, reason)
        with self._database.writing() as connection:
            card = _locked_card(connection, card_id)
            if card.interviewer_id != viewer:
                raise NotFoundError("There is no such scorecard of yours.")
            record = _own_record(connection, viewer, card)
            refuse(rules.why_not_change(record.round) or rules.why_not_amend(card, viewer, reason))
            _refuse_overtaken(card, after)
            amended = card.model_copy(update={"content": _changed(card.content, ratings, verdict)})
            refuse(
                rules.what_is_missing_in_ratings(record.interview[card.interview_id], amended)
                + rules.what_is_missing_in_verdict(record, amended)
            )
            seen = sight.could_have_read(record.round, viewer, card.candidate_id, record.statuses)
            amendment = Amendment(
                author_id=viewer, at=now(), reason=reason, after_seeing_others=seen, before=card.content
            )
            changed = {rating.question_id for rating in ratings}
            _put_amendment(connection, amended, amendment, changed)
            told = {"questions": sorted(changed), "after_seeing_others": seen}
            note(connection, viewer, "amended", round_id=card.round_id, subject=card_id, **told)
        return amended.model_copy(update={"amendments": (*card.amendments, amendment)})

    def withdraw(self, viewer: str, card_id: str, reason: str) -> None:
        """Take a submitted scorecard out of the averages; the lead only, and it stays listed."""
        refuse_reason(reason, "Say why the scorecard is withdrawn.")
        with self._database.writing() as connection:
            open_round(connection, viewer, _round_id_of(connection, card_id))
            card = _locked_card(connection, card_id)
            if card.state != "submitted":
                raise NotAllowedError(["Only a submitted scorecard is withdrawn."])
            connection.execute(
                update(t.scorecards)
                .where(t.scorecards.c.id == card_id)
                .values(state="withdrawn", withdrawn_reason=reason.strip())
            )
            note(connection, viewer, "withdrawn", round_id=card.round_id, subject=card_id)


def _visible_card(connection: Connection, viewer: Viewer, card_id: str) -> Scorecard:
    found = rows.read_cards(connection, [card_id])
    if not found:
        raise NotFoundError("There is no such scorecard.")
    card = found[0]
    # An interviewer who conducts reads their own draft at every tick: no need to read the round for that.
    if card.interviewer_id == viewer:
        return card
    round_ = round_of(connection, viewer, card.round_id)
    statuses = statuses_of(connection, card.round_id)
    status = next(status for status in statuses if status.card_id == card_id)
    refuse(why_blind(round_, viewer, status, statuses))
    return card


def _round_id_of(connection: Connection, card_id: str) -> str:
    found = connection.execute(select(t.scorecards.c.round_id).where(t.scorecards.c.id == card_id)).scalar()
    if found is None:
        raise NotFoundError("There is no such scorecard.")
    return str(found)


def _locked_card(connection: Connection, card_id: str) -> Scorecard:
    hold_round(connection, _round_id_of(connection, card_id))
    connection.execute(select(t.scorecards.c.id).where(t.scorecards.c.id == card_id).with_for_update())
    found = rows.read_cards(connection, [card_id])
    if not found:
        raise NotFoundError("There is no such scorecard.")
    return found[0]


def _own_draft(connection: Connection, viewer: str, card_id: str) -> Scorecard:
    card = _locked_card(connection, card_id)
    if card.interviewer_id != viewer:
        raise NotFoundError("There is no such scorecard of yours.")
    if card.state != "draft":
        raise NotAllowedError([f"This scorecard is {card.state}; amend it instead."])
    return card


def _own_record(connection: Connection, viewer: str, card: Scorecard) -> RoundRecord:
    """As much of the round as the rules on one scorecard need."""
    return RoundRecord(
        round=whole_round(connection, round_of(connection, viewer, card.round_id)),
        people=(),
        candidates=(),
        interviews=(interview_of(connection, viewer, card.interview_id),),
        cards=(card,),
        statuses=statuses_of(connection, card.round_id),
    )


def _refuse_overtaken(card: Scorecard, after: int | None) -> None:
    """`after`: how many amendments the author had seen; None where no page showed any."""
    if after is not None and after != len(card.amendments):
        raise NotAllowedError(
            ["You amended this scorecard on another page meanwhile. Read it as it is now, then amend it."]
        )


def _changed(content: CardContent, ratings: Iterable[Rating], verdict: Verdict | None) -> CardContent:
    """The content with these ratings in the place of theirs, each a version on."""
    kept = {rating.question_id: rating for rating in content.ratings}
    merged = dict(kept)
    for rating in ratings:
        key = rating.question_id
        version = kept[key].version + 1 if key in kept else 1
        merged[key] = rating.model_copy(update={"version": version, "saved_at": now()})
    return CardContent(
        ratings=tuple(merged[key] for key in sorted(merged)), verdict=verdict or content.verdict
    )


def _put_amendment(
    connection: Connection, amended: Scorecard, amendment: Amendment, changed: Collection[str]
) -> None:
    """Store what stood there before, then what stands there now."""
    number = len(amended.amendments) + 1
    connection.execute(insert(t.amendments).values(rows.amendment_row(amended.id, number, amendment)))
    kept = {rating.question_id for rating in amendment.before.ratings}
    for rating in amended.content.ratings:
        if (key := rating.question_id) in changed:
            write_rating(connection, amended.id, rating, "amendment", exists=key in kept)
    _put_verdict(connection, amended.id, amended.content.verdict)


def _put_verdict(connection: Connection, card_id: str, verdict: Verdict) -> None:
    connection.execute(
        update(t.scorecards).where(t.scorecards.c.id == card_id).values(verdict=verdict.model_dump_json())
    )
