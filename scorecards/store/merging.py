"""Work that comes back from a laptop: whether it fits what is here, and storing what was merged."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, update

from ..interviewing.offline import (
    WORK,
    CardWork,
    OfflineError,
    Sealed,
    Work,
    card_faults,
    is_signed,
    key_for,
    round_digest,
)
from ..record import rules
from ..record.model import (
    Amendment,
    CardStatus,
    Interview,
    Round,
    RoundHead,
    RoundRecord,
    Scorecard,
)
from . import rows
from . import tables as t
from .hooks import tell_submitted
from .newest import write_rating
from .plans import plan_digest

# Who wrote a rating that came by a bundle.
WRITER = "bundle"


def packed(card: Scorecard, interview: Interview) -> CardWork:
    """The scorecard as it travels, with what it was judged by."""
    plan = interview.plan
    return CardWork(
        card=card,
        plan_digest=plan_digest(plan),
        bank_digest=plan.bank_digest,
        rubrics_digest=plan.rubrics_digest,
    )


def refuse_foreign(round_: RoundHead, work: Work, sealed: Sealed, secret: str) -> None:
    """Raise `OfflineError` where the work is of another round, key or settings."""
    if work.person_id not in round_.panel_ids or not is_signed(
        key_for(secret, round_.id, work.person_id), WORK, sealed
    ):
        raise OfflineError(
            "The signature is not of a key that this round gave to somebody on its panel: the file is forged, or of "
            "an assignment that another database made. Nothing was changed."
        )
    if work.round_digest != round_digest(round_, work.person_id):
        raise OfflineError(
            "The round's weights, floors, blindness or who is not qualified were changed since it was assigned: what "
            "came back was judged by other rules. Nothing was changed."
        )


def fitting(
    one: CardWork, here: Scorecard | None, interviews: dict[str, Interview], person_id: str
) -> Interview:
    """The interview that this scorecard belongs to here; `OfflineError` where it does not fit."""
    interview = interviews.get(here.interview_id) if here is not None else None
    if here is None or interview is None or here.interviewer_id != person_id:
        raise OfflineError(
            f"The scorecard {one.card.id} is none of this interviewer's in this round any more. Nothing was changed."
        )
    own = packed(here, interview)
    if (one.bank_digest, one.rubrics_digest) != (own.bank_digest, own.rubrics_digest):
        raise OfflineError(
            f"{interview.plan.name}: it was made with another question bank or other rubrics "
            f"({one.bank_digest[:12]} there, {own.bank_digest[:12]} here). Nothing was changed."
        )
    if one.plan_digest != own.plan_digest:
        raise OfflineError(
            f"{interview.plan.name}: its plan was changed on one side since it was assigned. Nothing was changed."
        )
    if faults := card_faults(one.card, interview, person_id):
        raise OfflineError(f"{interview.plan.name}: {faults[0].rstrip('.')}. Nothing was changed.")
    return interview


def why_unfit(
    round_: Round, interview: Interview, statuses: Sequence[CardStatus], card: Scorecard
) -> list[str]:
    """Why the merged scorecard may not stand as submitted."""
    if interview.dismissed_reason is not None:
        return ["it was dismissed here: no scorecard is owed"]
    if card.state != "draft" and any(one.card_id == card.id and one.not_owed for one in statuses):
        return ["it is no longer owed here"]
    if card.state == "draft":
        return []
    record = RoundRecord(
        round=round_,
        people=(),
        candidates=(),
        interviews=(interview,),
        cards=(card,),
        statuses=tuple(statuses),
    )
    return rules.why_not_submit(record, card.model_copy(update={"state": "draft"}))


def from_bundles(connection: Connection, card_id: str) -> frozenset[str]:
    """The questions whose rating came by a bundle."""
    found = connection.execute(
        select(t.ratings.c.question_id).where(
            t.ratings.c.scorecard_id == card_id, t.ratings.c.writer == WRITER
        )
    ).scalars()
    return frozenset(found)


def store_merged(connection: Connection, here: Scorecard, card: Scorecard, *, seen: bool) -> None:
    """Put the merged scorecard in the place of the one that it grew from."""
    known = {one.question_id: one for one in here.content.ratings}
    for rating in card.content.ratings:
        old = known.get(rating.question_id)
        if old == rating:
            continue
        # A window that shows the old one must notice.
        above = old.version + 1 if old is not None and old.version >= rating.version else rating.version
        write_rating(
            connection, card.id, rating.model_copy(update={"version": above}), WRITER, exists=old is not None
        )
    for number, amendment in enumerate(card.amendments, start=1):
        if number > len(here.amendments):
            connection.execute(
                insert(t.amendments).values(rows.amendment_row(card.id, number, _marked(amendment, seen)))
            )
    moments = {one.id for one in here.moments}
    for moment in card.moments:
        if moment.id not in moments:
            connection.execute(insert(t.moments).values(rows.moment_row(card.id, moment)))
    kept = rows.card_row(card.model_copy(update={"not_owed": here.not_owed}))
    connection.execute(update(t.scorecards).where(t.scorecards.c.id == card.id).values(kept))
    if here.state == "draft" and card.state == "submitted":
        tell_submitted(connection, card)


def _marked(amendment: Amendment, seen: bool) -> Amendment:
    return amendment.model_copy(update={"after_seeing_others": amendment.after_seeing_others or seen})
