"""Every call of the store, with those who may make it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection
from datetime import date
from typing import Any, NamedTuple

from scorecards.interviewing.message import Happened, Told
from scorecards.interviewing.typed import Typed
from scorecards.record.model import (
    Blindness,
    DecisionDraft,
    DecisionReason,
    RoundSlot,
    Scorecard,
    Verdict,
)
from scorecards.store import OPERATOR, Store, open_database

from .. import small_round
from ..small_round import PLAN, rating
from .roles import (
    NOT_OWN,
    OUTSIDE,
    OWE,
    ROLES,
    SUBMITTED,
    Case,
    admin,
    compares,
    debriefs,
    everybody,
    having_submitted,
    inside,
    leads,
    leads_debrief,
    manage,
    owing,
    sees,
)


def fill_and_submit(c: Case) -> Scorecard:
    """Type what is missing, where it is still taken, and submit."""
    told = [small_round.tell(c.store, c.viewer, c.own, rating(item.question.id)) for item in PLAN.items]
    if all(answer.holds for answer in told):
        c.store.cards.save_verdict(c.viewer, c.own, Verdict(recommendation="yes"))
    return c.store.cards.submit(c.viewer, c.own)


class Call(NamedTuple):
    """A call, who may make it, and whom it tells that there is nothing; the others are refused."""

    act: Callable[[Case], Any]
    may: Callable[[Blindness], Collection[str]]
    not_there: Collection[str] = OUTSIDE


def change(case: Case) -> Any:
    stored = case.store.rounds.get(OPERATOR, case.round)
    return case.store.rounds.change(case.viewer, stored.model_copy(update={"name": "Other"}))


def undo(case: Case) -> Any:
    case.store.interviews.dismiss("lea", f"{case.candidate}-empty", "Ill.")
    return case.store.interviews.undo_dismissal(case.viewer, f"{case.candidate}-empty", "Well again.")


def reopen(case: Case) -> Any:
    case.store.rounds.close("lea", case.round)
    return case.store.rounds.open(case.viewer, case.round)


def decide(case: Case) -> Any:
    reason = DecisionReason(competency="drift", words="Went back a version.")
    told = DecisionDraft(outcome="offer", decided_by="Lea", reasons=(reason,), departure_reason="Known.")
    return case.store.debriefs.decide(case.viewer, case.candidate, told)


def candidate_left(case: Case) -> Any:
    """Nobody's scorecard is waited for: a lead who owes one, and one who may not read yet, record it too."""
    told = DecisionDraft(outcome="withdrew", decided_by="The candidate", reasons=(), said="Moved away.")
    return case.store.debriefs.decide(case.viewer, case.candidate, told)


def deess(case: Case) -> str:
    return f"{case.candidate}-first-dee"


def ask_again(case: Case) -> Any:
    case.store.seats.let_go("lea", deess(case), "Left.")
    return case.store.seats.ask_again(case.viewer, deess(case), "Came back.")


def open_votes(case: Case) -> Any:
    if case.mode == "all":
        # Nobody has a part in it yet, so that nobody has voted either.
        return case.store.debriefs.open_votes(case.viewer, case.candidate, 1, "Dee is away.")
    case.store.debriefs.vote("ada", case.candidate, 1, "yes", "")
    return case.store.debriefs.open_votes(case.viewer, case.candidate, 1, "Dee is away.")


def revoke(case: Case) -> Any:
    case.store.tokens.make("lea", case.round, "ATS")
    (token,) = case.store.tokens.of("lea", case.round)
    return case.store.tokens.revoke(case.viewer, token.id)


def merge(case: Case) -> Any:
    """What Eve hands in from a laptop of her own."""
    with tempfile.TemporaryDirectory() as folder:
        laptop = open_database(f"{folder}/laptop.db")
        taken = Store(laptop)
        taken.offline.take(case.store.offline.assign("lea", case.round, "eve"))
        work = taken.offline.hand_in("eve", case.round)
        laptop.close()
    return case.store.offline.merge(case.viewer, work)


def tell(case: Case, *, begin: bool) -> Any:
    moments = (Happened(id=f"{case.round}-1", ago=0, kind="begun"),) if begin else ()
    return case.store.live.tell(case.viewer, case.own, Told(tab="w", moments=moments))


CALLS: dict[str, Call] = {
    "RoundDesk.get": Call(lambda c: c.store.rounds.get(c.viewer, c.round), inside),
    "RoundDesk.create": Call(
        lambda c: c.store.rounds.create(
            c.viewer, c.store.rounds.get(OPERATOR, c.round).model_copy(update={"id": f"{c.round}-new"})
        ),
        leads,
        not_there=(),
    ),
    "RoundDesk.change": Call(change, leads),
    "RoundDesk.close": Call(lambda c: c.store.rounds.close(c.viewer, c.round), leads),
    "RoundDesk.open": Call(reopen, leads),
    "RoundDesk.show_evidence_only": Call(
        lambda c: c.store.rounds.show_evidence_only(c.viewer, c.round, True, "Counsel."), leads
    ),
    "RoundDesk.delete": Call(lambda c: c.store.rounds.delete(c.viewer, c.round), leads),
    "CandidateDesk.add": Call(lambda c: c.store.candidates.add(c.viewer, c.round, ["Yan"]), leads),
    "InterviewDesk.schedule": Call(
        lambda c: c.store.interviews.schedule(c.viewer, c.candidate, "more", PLAN, ["cy"]), leads
    ),
    "InterviewDesk.get": Call(lambda c: c.store.interviews.get(c.viewer, c.interview), inside),
    # The interviewers, and the lead; this interview holds Eve's empty scorecard.
    "InterviewDesk.change_plan": Call(
        lambda c: c.store.interviews.change_plan(c.viewer, f"{c.candidate}-empty", PLAN), leads
    ),
    "InterviewDesk.assign": Call(
        lambda c: c.store.interviews.assign(c.viewer, f"{c.candidate}-empty", ["eve", "cy"]), leads
    ),
    "InterviewDesk.dismiss": Call(
        lambda c: c.store.interviews.dismiss(c.viewer, f"{c.candidate}-empty", "Ill."), leads
    ),
    "InterviewDesk.undo_dismissal": Call(undo, leads),
    "CandidateDesk.read_early": Call(
        lambda c: c.store.candidates.read_early(c.viewer, c.candidate, "Dee is away."),
        lambda mode: {"lead", "lead who submitted"} if mode == "all" else set(),
    ),
    "RoundDesk.statuses": Call(lambda c: c.store.rounds.statuses(c.viewer, c.round), inside),
    "CardDesk.get": Call(lambda c: c.store.cards.get(c.viewer, c.adas), sees),
    "RoundDesk.record": Call(lambda c: c.store.rounds.record(c.viewer, c.round), inside),
    "RoundDesk.comparison": Call(lambda c: c.store.rounds.comparison(c.viewer, c.round), compares),
    "RoundDesk.stamp": Call(lambda c: c.store.rounds.stamp(c.viewer, c.round), compares),
    "CardDesk.save_verdict": Call(
        lambda c: c.store.cards.save_verdict(c.viewer, c.own, Verdict()), owing, not_there=NOT_OWN
    ),
    "CardDesk.recommend": Call(
        lambda c: c.store.cards.recommend(c.viewer, c.own, None, base=0), owing, not_there=NOT_OWN
    ),
    "CardDesk.submit": Call(fill_and_submit, owing, not_there=NOT_OWN),
    "CardDesk.amend": Call(
        lambda c: c.store.cards.amend(c.viewer, c.own, [rating("DRF-01", 4)], None, "Misheard."),
        having_submitted,
        not_there=NOT_OWN,
    ),
    "CardDesk.amend another's": Call(
        lambda c: c.store.cards.amend(c.viewer, c.adas, [rating("DRF-01", 4)], None, "Misheard."),
        lambda mode: (),
        not_there=ROLES.keys(),
    ),
    "CardDesk.submit another's": Call(
        lambda c: c.store.cards.submit(c.viewer, f"{c.candidate}-first-dee"),
        lambda mode: (),
        not_there=ROLES.keys(),
    ),
    "CardDesk.withdraw": Call(lambda c: c.store.cards.withdraw(c.viewer, c.adas, "Knew them."), leads),
    "LiveDesk.tell": Call(lambda c: tell(c, begin=False), lambda m: OWE | SUBMITTED, not_there=NOT_OWN),
    "LiveDesk.tell that it began": Call(
        lambda c: tell(c, begin=True), lambda m: OWE | SUBMITTED, not_there=NOT_OWN
    ),
    "LiveDesk.tell for another": Call(
        lambda c: c.store.live.tell(c.viewer, f"{c.candidate}-first-dee", Told(tab="w")),
        lambda mode: (),
        not_there=ROLES.keys(),
    ),
    "LiveDesk.open_window": Call(
        lambda c: c.store.live.open_window(c.viewer, c.own), owing, not_there=NOT_OWN
    ),
    "LiveDesk.window_of": Call(
        lambda c: c.store.live.window_of(c.viewer, c.own), lambda m: OWE | SUBMITTED, not_there=NOT_OWN
    ),
    "LiveDesk.close_windows": Call(
        lambda c: c.store.live.close_windows(c.viewer, c.own), lambda m: OWE | SUBMITTED, not_there=NOT_OWN
    ),
    "LiveDesk.desk": Call(
        lambda c: c.store.live.desk(c.viewer, c.own), lambda m: OWE | SUBMITTED, not_there=NOT_OWN
    ),
    "LiveDesk.keep_words": Call(
        lambda c: c.store.live.keep_words(c.viewer, c.own, Typed(tab="w")), owing, not_there=NOT_OWN
    ),
    "LiveDesk.versions_of_words": Call(
        lambda c: c.store.live.versions_of_words(c.viewer, c.own),
        lambda m: OWE | SUBMITTED,
        not_there=NOT_OWN,
    ),
    "DebriefDesk.vote": Call(
        lambda c: c.store.debriefs.vote(c.viewer, c.candidate, 1, "yes", ""),
        lambda mode: debriefs(mode) & SUBMITTED,
    ),
    "DebriefDesk.still_out": Call(
        lambda c: (
            c.mode == "all" or c.store.debriefs.vote("ada", c.candidate, 1, "yes", ""),
            c.store.debriefs.still_out(c.viewer, c.candidate, 1),
        ),
        leads_debrief,
    ),
    "DebriefDesk.open_votes": Call(open_votes, leads_debrief),
    "DebriefDesk.decide": Call(decide, leads_debrief),
    "AuditDesk.entries": Call(lambda c: c.store.audit.entries(c.viewer), admin, not_there=()),
    "AuditDesk.verify": Call(lambda c: c.store.audit.verify(c.viewer), admin, not_there=()),
    "Office.admins": Call(lambda c: c.store.office.admins(c.viewer), admin, not_there=()),
    "Office.set_admin": Call(lambda c: c.store.office.set_admin(c.viewer, "cy", False), admin, not_there=()),
    "Office.set_admins": Call(lambda c: c.store.office.set_admins(c.viewer, ["adm"]), admin, not_there=()),
    "Office.rounds": Call(lambda c: c.store.office.rounds(c.viewer), admin, not_there=()),
    "Office.hand_over": Call(
        lambda c: c.store.office.hand_over(c.viewer, c.round, "cy", "On leave."),
        manage,
        not_there={"stranger"},
    ),
    "AccountDesk.end_sessions": Call(
        lambda c: c.store.accounts.end_sessions(c.viewer, "cy"), admin, not_there=()
    ),
    "AccountDesk.link": Call(
        lambda c: c.store.accounts.link(c.viewer, "cy", "cy@firm.example"), admin, not_there=()
    ),
    "PrivacyDesk.set_purge": Call(
        lambda c: c.store.privacy.set_purge(c.viewer, c.round, date(2099, 1, 1)),
        manage,
        not_there={"stranger"},
    ),
    "PrivacyDesk.hold": Call(
        lambda c: c.store.privacy.hold(c.viewer, c.round, "A claim."), manage, not_there={"stranger"}
    ),
    "PrivacyDesk.due": Call(lambda c: c.store.privacy.due(c.viewer, date(2026, 1, 1)), admin, not_there=()),
    "PrivacyDesk.purge": Call(
        lambda c: c.store.privacy.purge(c.viewer, date(2026, 1, 1)), admin, not_there=()
    ),
    "PrivacyDesk.erasure": Call(
        lambda c: c.store.privacy.erasure(c.viewer, c.candidate), manage, not_there={"stranger"}
    ),
    "PrivacyDesk.erase": Call(
        lambda c: c.store.privacy.erase(c.viewer, c.candidate), manage, not_there={"stranger"}
    ),
    "PrivacyDesk.access_pack": Call(
        lambda c: c.store.privacy.access_pack(c.viewer, c.candidate), leads_debrief
    ),
    "HookDesk.set": Call(lambda c: c.store.hooks.set(c.viewer, c.round, "https://ats.example.org/in"), leads),
    "HookDesk.remove": Call(lambda c: c.store.hooks.remove(c.viewer, c.round), leads),
    "HookDesk.of": Call(lambda c: c.store.hooks.of(c.viewer, c.round), leads),
    "TokenDesk.make": Call(lambda c: c.store.tokens.make(c.viewer, c.round, "ATS"), leads),
    "TokenDesk.revoke": Call(revoke, leads),
    "TokenDesk.of": Call(lambda c: c.store.tokens.of(c.viewer, c.round), leads),
    # For the lead; the person asked about may take their own along, and neither has an interview to begin here.
    "SeatDesk.begun": Call(lambda c: c.store.seats.begun(c.viewer, c.round), leads),
    "SeatDesk.add_slot": Call(
        lambda c: c.store.seats.add_slot(
            c.viewer, c.round, RoundSlot(id="more", plan=PLAN, interviewer_ids=("cy",))
        ),
        leads,
    ),
    "SeatDesk.set_interviewers": Call(
        lambda c: c.store.seats.set_interviewers(c.viewer, c.round, "empty", ["eve", "cy"]), leads
    ),
    "SeatDesk.let_go": Call(lambda c: c.store.seats.let_go(c.viewer, deess(c), "Left."), leads),
    "SeatDesk.ask_again": Call(ask_again, leads),
    "SeatDesk.give_to": Call(lambda c: c.store.seats.give_to(c.viewer, deess(c), "cy", "Left."), leads),
    "DebriefDesk.decide that the candidate left": Call(candidate_left, leads),
    "OfflineDesk.assign": Call(lambda c: c.store.offline.assign(c.viewer, c.round, "eve"), leads),
    "OfflineDesk.merge": Call(merge, leads),
    "OfflineDesk.assigned_to": Call(lambda c: c.store.offline.assigned_to(c.viewer, c.round), inside),
    "OfflineDesk.hand_in": Call(
        lambda c: c.store.offline.hand_in(c.viewer, c.round), lambda mode: (), not_there=ROLES.keys()
    ),
    "PrivacyDesk.names": Call(lambda c: c.store.privacy.names(c.viewer, c.round), leads),
    "NameDesk.rename_person": Call(
        lambda c: c.store.names.rename_person(c.viewer, "ada", "Ada"), admin, not_there=()
    ),
    "NameDesk.rename_person oneself": Call(
        lambda c: c.store.names.rename_person(c.viewer, c.viewer, c.viewer.title()), everybody, not_there=()
    ),
    "NameDesk.rename_candidate": Call(
        lambda c: c.store.names.rename_candidate(c.viewer, c.candidate, "Zoe"), leads
    ),
    "NameDesk.candidates_like": Call(
        lambda c: c.store.names.candidates_like(c.viewer, c.round, ["Zed"]), leads
    ),
    "PrivacyDesk.handed_on": Call(
        lambda c: c.store.privacy.handed_on(c.viewer, c.store.rounds.record(OPERATOR, c.round)), inside
    ),
    "PrivacyDesk.names_in_words": Call(
        lambda c: c.store.privacy.names_in_words(c.viewer, c.own),
        lambda mode: OWE | SUBMITTED,
        not_there=NOT_OWN,
    ),
}


# What takes no viewer's word for anything, or answers for the viewer alone.
OF_NOBODY = {
    "PeopleDesk.all": "names to choose from, for everybody",
    "PeopleDesk.add": "a name, for everybody",
    "NameDesk.people_like": "names to choose from, for everyone",
    "RoundDesk.all": "tested below: lists what the viewer may enter",
    "CardDesk.own": "lists the viewer's own",
    "SeatDesk.own": "lists the viewer's own",
    "ImportDesk.add": "of the kit's own making, as the demo; a round that exists is never written over",
    "ListDesk.rounds": "lists what the viewer may enter",
    "ListDesk.unreadable": "no word of what is in a round; tested in store/test_unreadable",
    "ListDesk.salvage": "of a round that cannot be read; tested in store/test_unreadable",
    "ListDesk.delete": "of a round that cannot be read; tested in store/test_unreadable",
    "ImportDesk.people": "names to choose from, for everyone",
    "ImportDesk.take": "takes a file whose lead the viewer is; tested in store/test_imports",
    "Office.health": "no data",
    "LiveDesk.key": "of the server alone",
    "LiveDesk.sign": "of the server alone, for a scorecard that the viewer was shown",
    "LiveDesk.read": "takes a signed pass",
    "LiveDesk.interview_of": "for anyone who has shown a pass",
    "LiveDesk.window_id": "takes a signed token",
    "LiveDesk.seen": "for anyone who has shown a token",
    "LiveDesk.interview_for_window": "for anyone who has shown a token",
    "AccountDesk.enter": "takes the claims of a checked ID token",
    "AccountDesk.is_open": "of the server alone, for a session that it was shown",
    "AccountDesk.leave": "ends the viewer's own session",
    "AccountDesk.invite": "a name and an address, for everybody; never changes whose an address is",
    "AuditDesk.exported": "adds a row about the viewer",
    "AuditDesk.saw": "adds a row about the viewer",
    "Office.administers": "whether one is an administrator",
    "HookDesk.claim": "of the server alone",
    "HookDesk.settle": "of the server alone",
    "TokenDesk.read": "takes a secret token",
    "OfflineDesk.take": "takes a signed assignment into a database that has not the round",
}
