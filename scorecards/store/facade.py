"""The one door to the database. Every read and write names its viewer, and is refused where rules say so."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Literal

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from question_bank import InterviewPlan

from ..interviewing.message import foreign
from ..record import rules, sight
from ..record.model import (
    Amendment,
    Candidate,
    CardContent,
    CardStatus,
    Interview,
    Person,
    Rating,
    Recommendation,
    Round,
    RoundHead,
    RoundRecord,
    RoundSlot,
    Scorecard,
    Verdict,
    now,
)
from . import rows
from . import tables as t
from .access import (
    OPERATOR,
    Operator,
    Viewer,
    candidate_of,
    hold_round,
    interview_of,
    known_debriefs,
    led_round,
    open_round,
    read_record,
    refuse,
    round_of,
    statuses_of,
    why_blind,
)
from .accounts import AccountDesk
from .audit import AuditDesk, note
from .changes import left, new_id, remove_round, tell_assigned, with_event
from .debrief_rows import all_rows
from .debriefs import DebriefDesk
from .engine import Database
from .errors import NotAllowedError, NotFoundError, StaleWriteError
from .hooks import HookDesk, tell_submitted
from .imports import ImportDesk
from .limits import MOST_IN_NAME, refuse_long, refuse_long_words, refuse_reason, refuse_round_words
from .lists import ListDesk, readable_rounds
from .live import CLOSING_SLOTS, LiveDesk
from .naming import NameDesk, candidate_names, insert_people, refuse_held
from .newest import CHOICE, Hand, Recommended, count_change, put_choice, put_rating, write_rating
from .office import Office
from .offline import OfflineDesk
from .plans import put_plans, sweep_plans
from .privacy import PrivacyDesk, by_code, card_by_code
from .round_rows import insert_interviews, insert_panel, insert_round, put_round, whole_round
from .seats import SeatDesk, put_interview, seat
from .tokens import TokenDesk

# What of a round no change of its settings replaces.
_NEVER_REPLACED = (
    "lead_id", "created_at", "state", "events", "evidence_only", "purge_on", "legal_hold", "erased", "imported", "words",
)  # fmt: skip


class Store:
    """What the screens and the terminal call. One transaction a call; times in UTC."""

    def __init__(self, database: Database):
        self._database = database
        # Where interviews are conducted.
        self.live = LiveDesk(database)
        # Where candidates are debriefed.
        self.debriefs = DebriefDesk(database)
        # What was done, by whom and when.
        self.audit = AuditDesk(database)
        # Where people come in and go.
        self.accounts = AccountDesk(database)
        # Where the deployment is administered, and where personal data end.
        self.office = Office(database)
        self.privacy = PrivacyDesk(database)
        # Where names are given and corrected.
        self.names = NameDesk(database)
        # Where other systems are told of submissions.
        self.hooks = HookDesk(database)
        # With what other systems read a round.
        self.tokens = TokenDesk(database)
        # Who sits in which interview.
        self.seats = SeatDesk(database)
        # Where interviewers work without this server.
        self.offline = OfflineDesk(database, self.live.key, _insert_record)
        # Where rounds are listed, those that cannot be read too.
        self.lists = ListDesk(database)
        # Where rounds come in from files.
        self.imports = ImportDesk(database, _insert_record)

    # People

    def people(self) -> tuple[Person, ...]:
        """Everybody known here, by name."""
        with self._database.reading() as connection:
            found = connection.execute(select(t.people).order_by(t.people.c.name, t.people.c.id)).all()
        return tuple(rows.to_person(row) for row in found)

    def add_person(self, name: str) -> Person:
        """The person of this name, however it is spelled; new if nobody has it."""
        return self.names.add(name)

    # Rounds

    def rounds(self, viewer: Viewer) -> tuple[RoundHead, ...]:
        """The rounds that the viewer leads or sits on, newest first; those that cannot be read are in `lists`."""
        with self._database.reading() as connection:
            return readable_rounds(connection, viewer)

    def round(self, viewer: Viewer, round_id: str) -> Round:
        """One round; `NotFoundError` for whoever has no business in it."""
        with self._database.reading() as connection:
            return whole_round(connection, round_of(connection, viewer, round_id))

    def create_round(self, viewer: str, round_: Round, names: Sequence[str] = ()) -> Round:
        """Store a new round with its candidates; its lead is the viewer."""
        if round_.lead_id != viewer:
            raise NotAllowedError(["You can only create a round that you lead."])
        refuse_long("The name of the opening", round_.name, MOST_IN_NAME)
        refuse_round_words(round_)
        told_names = candidate_names(names)
        codes = _free_codes(())
        added = [
            Candidate(id=new_id(), round_id=round_.id, code=next(codes), name=name) for name in told_names
        ]
        with self._database.writing() as connection:
            insert_round(connection, round_)
            note(connection, viewer, "round_created", round_id=round_.id)
            if added:
                _insert_candidates(connection, viewer, round_, added)
        return round_

    def change_round(self, viewer: str, round_: Round, *, seen: Round | None = None) -> Round:
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
                raise NotAllowedError(["Whoever has a scorecard in the round stays on its panel."])
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

    def close_round(self, viewer: Viewer, round_id: str) -> None:
        """Put a lid on a round: nothing in it changes any more, and nothing opens by it; its lead only."""
        with self._database.writing() as connection:
            round_ = open_round(connection, viewer, round_id)
            put_round(connection, with_event(round_, viewer, "closed", state="closed"))
            note(connection, viewer, "round_closed", round_id=round_id)

    def open_round(self, viewer: Viewer, round_id: str) -> None:
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

    def delete_round(self, viewer: Viewer, round_id: str) -> None:
        """Remove a round and everything in it for good; its lead only."""
        with self._database.writing() as connection:
            led_round(connection, viewer, round_id)
            remove_round(connection, viewer, round_id, "round_deleted")
        self._database.forget_deleted()

    # Candidates and interviews

    def add_candidates(self, viewer: str, round_id: str, names: Sequence[str]) -> tuple[Candidate, ...]:
        """Add candidates; each gets an interview, with its scorecards, for every slot of the round.

        Refused as a whole where a name is that of a candidate of the round, or twice in the list.
        """
        told_names = candidate_names(names)
        with self._database.writing() as connection:
            round_ = whole_round(connection, open_round(connection, viewer, round_id))
            here = connection.execute(
                select(t.candidates.c.code, t.candidates.c.name).where(t.candidates.c.round_id == round_id)
            ).all()
            refuse_held(told_names, [row.name for row in here])
            codes = _free_codes({row.code for row in here})
            added = tuple(
                Candidate(id=new_id(), round_id=round_id, code=next(codes), name=name) for name in told_names
            )
            _insert_candidates(connection, viewer, round_, added)
        return added

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

    def interview(self, viewer: Viewer, interview_id: str) -> Interview:
        """One interview with its frozen plan; `NotFoundError` for whoever has no business in it."""
        with self._database.reading() as connection:
            return interview_of(connection, viewer, interview_id)

    def change_plan(self, viewer: str, interview_id: str, plan: InterviewPlan) -> Interview:
        """Another plan before the interview; refused once anything was recorded in it."""
        with self._database.writing() as connection:
            interview = interview_of(connection, viewer, interview_id)
            hold_round(connection, interview.round_id)
            cards = _card_ids(connection, interview_id)
            own = connection.execute(
                select(t.scorecards.c.id).where(
                    t.scorecards.c.interview_id == interview_id, t.scorecards.c.interviewer_id == viewer
                )
            ).first()
            if own is None:
                led_round(connection, viewer, interview.round_id)
            refuse(rules.may_change(round_of(connection, viewer, interview.round_id)))
            if rows.has_begun(connection, cards):
                raise NotAllowedError(["The interview has begun: its plan stays as it is."])
            (digest,) = put_plans(connection, [plan])
            connection.execute(
                update(t.interviews).where(t.interviews.c.id == interview_id).values(plan_digest=digest)
            )
            sweep_plans(connection)
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
            refuse(rules.may_dismiss(s for s in statuses if s.interview_id == interview_id))
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
            tell_assigned(
                connection,
                viewer,
                round_,
                interview,
                had,
                back,
                what="dismissal_undone",
                reason=reason.strip(),
            )
            note(connection, viewer, "dismissal_undone", round_id=round_.id, subject=interview_id)

    # Scorecards

    def statuses(self, viewer: Viewer, round_id: str) -> tuple[CardStatus, ...]:
        """Who owes and who has submitted, without a word of what the scorecards say."""
        with self._database.reading() as connection:
            round_of(connection, viewer, round_id)
            return statuses_of(connection, round_id)

    def own_statuses(self, viewer: str) -> tuple[CardStatus, ...]:
        """The viewer's own scorecards in all rounds."""
        with self._database.reading() as connection:
            found = connection.execute(
                rows.select_statuses().where(t.scorecards.c.interviewer_id == viewer)
            ).all()
        return tuple(rows.to_status(row) for row in found)

    def card(self, viewer: Viewer, card_id: str) -> Scorecard:
        """One scorecard with all it says; refused while the viewer is blind to it."""
        with self._database.reading() as connection:
            card = _visible_card(connection, viewer, card_id)
            if card.interviewer_id != viewer:
                card = card_by_code(connection, card)
        if card.interviewer_id != viewer:
            self.audit.saw(viewer, card.round_id, [card.id])
        return card

    def record(self, viewer: Viewer, round_id: str, *, names: bool = False) -> RoundRecord:
        """The round with the scorecards that this viewer may read; the others only as a status.

        A round of codes comes without names, also in what others wrote; with `names` the terminal has them.
        """
        named = names and isinstance(viewer, Operator)
        with self._database.reading() as connection:
            record = read_record(connection, viewer, round_id, names=named)
            if record.round.anonymous and not named:
                record = by_code(connection, record, viewer)
        self.audit.saw(viewer, round_id, [c.id for c in record.cards if c.interviewer_id != viewer])
        return record

    def comparison(self, viewer: Viewer, round_id: str) -> RoundRecord:
        """The record for comparing; refused while the viewer still owes a scorecard in the round."""
        record = self.record(viewer, round_id)
        if not isinstance(viewer, Operator):
            refuse(rules.may_compare(record.round, viewer, record.statuses))
        return record

    def comparison_stamp(self, viewer: Viewer, round_id: str) -> str:
        """Changes with anything that the viewer's comparison rests on; refused as the comparison is.

        Ratings of submitted scorecards change by amendments alone, so that counting them is enough.
        """
        with self._database.reading() as connection:
            round_ = round_of(connection, viewer, round_id)
            statuses = statuses_of(connection, round_id)
            if not isinstance(viewer, Operator):
                refuse(rules.may_compare(round_, viewer, statuses))
            amended = connection.execute(
                select(t.amendments.c.scorecard_id, func.count())
                .join(t.scorecards, t.scorecards.c.id == t.amendments.c.scorecard_id)
                .where(t.scorecards.c.round_id == round_id)
                .group_by(t.amendments.c.scorecard_id)
                .order_by(t.amendments.c.scorecard_id)
            ).all()
            candidates = connection.execute(
                select(t.candidates.c.id, t.candidates.c.code, t.candidates.c.name)
                .where(t.candidates.c.round_id == round_id)
                .order_by(t.candidates.c.id)
            ).all()
            debriefs = known_debriefs(connection, viewer, round_, statuses)
        told = (round_.model_dump_json(), statuses, amended, candidates, debriefs)
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def read_early(self, viewer: str, candidate_id: str, reason: str) -> None:
        """Read the candidate's scorecards before all are in; its lead only, who owes none, and it is shown."""
        refuse_reason(reason, "Say why you do not wait.")
        with self._database.writing() as connection:
            round_ = open_round(connection, viewer, candidate_of(connection, candidate_id).round_id)
            listed = [s for s in statuses_of(connection, round_.id) if s.candidate_id == candidate_id]
            refuse(rules.may_read_early(round_, viewer, candidate_id, listed))
            told = {"candidate_id": candidate_id, "reason": reason.strip()}
            put_round(connection, with_event(round_, viewer, "read_early", told))
            note(connection, viewer, "read_early", round_id=round_.id, subject=candidate_id)

    def save_rating(self, viewer: str, card_id: str, rating: Rating, *, base: int, writer: str) -> Rating:
        """Store one rating of one's own draft; returns it with its version and time.

        `base` is the version that the window had read, `writer` names the window. Where another window has
        stored a newer version, nothing is written and `StaleWriteError` carries what stands there.
        """
        with self._database.writing() as connection:
            card = _own_draft(connection, viewer, card_id)
            refuse(rules.may_change(round_of(connection, viewer, card.round_id)))
            refuse(foreign(interview_of(connection, viewer, card.interview_id).plan, rating))
            put = put_rating(connection, card_id, rating, base, Hand(writer), now())
        if put.outcome == "clash":
            raise StaleWriteError(put.rating)
        return put.rating

    def save_verdict(self, viewer: str, card_id: str, verdict: Verdict) -> None:
        """Store the recommendation of one's own draft, once every question has a level or a state."""
        with self._database.writing() as connection:
            card = _own_draft(connection, viewer, card_id)
            refuse(rules.may_change(round_of(connection, viewer, card.round_id)))
            if verdict.recommendation is not None:
                refuse(rules.may_recommend(interview_of(connection, viewer, card.interview_id), card))
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
            refuse(rules.may_change(round_of(connection, viewer, card.round_id)))
            if choice is not None:
                refuse(rules.may_recommend(interview_of(connection, viewer, card.interview_id), card))
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
            refuse(rules.may_change(record.round) or rules.may_submit(record, card))
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
            refuse(rules.may_change(record.round) or rules.may_amend(card, viewer, reason))
            if after is not None and after != len(card.amendments):
                raise NotAllowedError(
                    [
                        "You amended this scorecard on another page meanwhile. Read it as it is now, then amend it."
                    ]
                )
            changed = {rating.question_id: rating for rating in ratings}
            kept = {rating.question_id: rating for rating in card.content.ratings}
            merged = {
                key: rating.model_copy(
                    update={"version": kept[key].version + 1 if key in kept else 1, "saved_at": now()}
                )
                if key in changed
                else rating
                for key, rating in {**kept, **changed}.items()
            }
            content = CardContent(
                ratings=tuple(merged[key] for key in sorted(merged)), verdict=verdict or card.content.verdict
            )
            amended = card.model_copy(update={"content": content})
            refuse(
                rules.missing_in_ratings(record.interview[card.interview_id], amended)
                + rules.missing_in_verdict(record, amended)
            )
            seen = sight.could_have_read(record.round, viewer, card.candidate_id, record.statuses)
            amendment = Amendment(
                author_id=viewer, at=now(), reason=reason, after_seeing_others=seen, before=card.content
            )
            connection.execute(
                insert(t.amendments).values(rows.amendment_row(card_id, len(card.amendments) + 1, amendment))
            )
            for key, rating in merged.items():
                if key in changed:
                    write_rating(connection, card_id, rating, "amendment", exists=key in kept)
            _put_verdict(connection, card_id, content.verdict)
            note(
                connection,
                viewer,
                "amended",
                round_id=card.round_id,
                subject=card_id,
                questions=sorted(changed),
                after_seeing_others=seen,
            )
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

    # Whole rounds in and out

    def import_record(self, record: RoundRecord, viewer: Viewer = OPERATOR) -> None:
        """Store a whole round of the kit's own making, as the demo, as it is; `imports` takes those from files.

        Refused, with nothing changed, where the round exists already.
        """
        try:
            self._import(record, viewer)
        except IntegrityError as error:
            raise NotAllowedError(
                ["Something in this round has an id that another round here uses; nothing was changed."]
            ) from error

    def _import(self, record: RoundRecord, viewer: Viewer) -> None:
        with self._database.writing() as connection:
            existing = connection.execute(
                select(t.rounds.c.id).where(t.rounds.c.id == record.round.id)
            ).first()
            if existing is not None:
                raise NotAllowedError(
                    [f"The round {record.round.id} is already in this database; nothing was changed."]
                )
            _insert_record(connection, record)
            note(connection, viewer, "round_imported", round_id=record.round.id, scorecards=len(record.cards))

    def health(self) -> dict[str, str]:
        """Kind and revision of the database; raises `DatabaseError` when it does not answer."""
        return self._database.check()


def _insert_record(connection: Connection, record: RoundRecord) -> None:
    known = set(connection.execute(select(t.people.c.id)).scalars())
    insert_people(connection, (person for person in record.people if person.id not in known))
    insert_round(connection, record.round)
    _insert_all(connection, t.candidates, (c.model_dump() for c in record.candidates))
    insert_interviews(connection, record.interviews)
    _insert_all(connection, t.scorecards, (rows.card_row(card) for card in record.cards))
    _insert_all(
        connection,
        t.ratings,
        (rows.rating_row(c.id, rating, "import") for c in record.cards for rating in c.content.ratings),
    )
    _insert_all(
        connection,
        t.amendments,
        (
            rows.amendment_row(card.id, n, amendment)
            for card in record.cards
            for n, amendment in enumerate(card.amendments, start=1)
        ),
    )
    _insert_all(
        connection,
        t.moments,
        (rows.moment_row(card.id, moment) for card in record.cards for moment in card.moments),
    )
    for table, values in all_rows(record.debriefs):
        _insert_all(connection, table, values)


def _visible_card(connection: Connection, viewer: Viewer, card_id: str) -> Scorecard:
    found = rows.read_cards(connection, [card_id])
    if not found:
        raise NotFoundError("There is no such scorecard.")
    card = found[0]
    # Whoever conducts reads their own draft at every tick: no need to read the round for that.
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


def _card_ids(connection: Connection, interview_id: str) -> list[str]:
    """The interview's scorecards, locked: nobody records the first word while its plan is changed."""
    return list(
        connection.execute(
            select(t.scorecards.c.id).where(t.scorecards.c.interview_id == interview_id).with_for_update()
        ).scalars()
    )


def _free_codes(taken: Collection[str]) -> Any:
    number = 0
    while True:
        number += 1
        if (code := f"C-{number:02d}") not in taken:
            yield code


def _insert_candidates(
    connection: Connection, viewer: Viewer, round_: Round, added: Sequence[Candidate]
) -> None:
    """The candidates with an interview, and its scorecards, for every slot of the round."""
    for candidate in added:
        connection.execute(insert(t.candidates).values(candidate.model_dump()))
        for slot in round_.slots:
            put_interview(connection, round_.id, candidate.id, slot)
    told = [candidate.id for candidate in added]
    note(connection, viewer, "candidates_added", round_id=round_.id, candidates=told)


def _put_dismissal(connection: Connection, interview_id: str, reason: str | None) -> None:
    connection.execute(
        update(t.interviews).where(t.interviews.c.id == interview_id).values(dismissed_reason=reason)
    )


def _insert_all(connection: Connection, table: Any, values: Iterable[dict[str, Any]]) -> None:
    if listed := list(values):
        connection.execute(insert(table), listed)


def _put_verdict(connection: Connection, card_id: str, verdict: Verdict) -> None:
    connection.execute(
        update(t.scorecards).where(t.scorecards.c.id == card_id).values(verdict=verdict.model_dump_json())
    )
