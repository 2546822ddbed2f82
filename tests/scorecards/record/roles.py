"""Who asks and in which round: a case for each role, and who may do what in each mode of blindness."""

from __future__ import annotations

from collections.abc import Collection
from typing import get_args

from scorecards.record.model import Blindness, Person, RoundRecord, Scorecard
from scorecards.store import Store

from ..small_round import card, draft, record

SENIOR = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}
MODES: tuple[Blindness, ...] = get_args(Blindness)


class Case:
    """One round for one try, with ids that no other try uses."""

    def __init__(self, store: Store, number: int, viewer: str, own: Scorecard | None, mode: Blindness):
        self.store, self.viewer, self.mode = store, viewer, mode
        self.round = f"r{number}"
        self.candidate = f"c{number}"
        self.adas = f"{self.candidate}-first-ada"
        self.interview = f"{self.candidate}-first"
        self.own = f"{self.candidate}-first-{viewer}"
        values = {"candidate": self.candidate, "round_id": self.round}
        mine = () if own is None else (own.model_copy(update=self._ids(own)),)
        # Dee's is always out; another interview holds nothing.
        cards = (card("ada", SENIOR, **values), draft("dee", **values), draft("eve", slot="empty", **values))
        whole = record(
            *cards,
            *mine,
            panel=("ada", "bo", "cy", "dee", "eve", *(["lea"] if mine and viewer == "lea" else [])),
            candidates=(self.candidate,),
            id=self.round,
            blindness=mode,
            observer_ids=("obs",),
        )
        store.imports.add(named(whole))

    def _ids(self, own: Scorecard) -> dict[str, str]:
        return {
            "id": self.own,
            "round_id": self.round,
            "interview_id": self.interview,
            "candidate_id": self.candidate,
        }


def named(whole: RoundRecord) -> RoundRecord:
    """The administrator and the stranger are people too."""
    known = {person.id for person in whole.people}
    more = tuple(Person(id=key, name=key.title()) for key in ("adm", "max") if key not in known)
    return whole.model_copy(update={"people": (*whole.people, *more)})


ROLES: dict[str, tuple[str, Scorecard | None]] = {
    "lead": ("lea", None),
    "lead who owes": ("lea", draft("lea")),
    "lead who submitted": ("lea", card("lea", SENIOR)),
    "interviewer who owes": ("bo", draft("bo")),
    "interviewer who submitted": ("bo", card("bo", SENIOR)),
    "panel": ("cy", None),
    "observer": ("obs", None),
    "administrator": ("adm", None),
    "stranger": ("max", None),
}


LEADS = {"lead", "lead who owes", "lead who submitted"}
OWE = {"lead who owes", "interviewer who owes"}
SUBMITTED = {"lead who submitted", "interviewer who submitted"}
OUTSIDE = {"administrator", "stranger"}
INSIDE = ROLES.keys() - OUTSIDE
PANEL = INSIDE - {"observer"}
MANAGE = LEADS | {"administrator"}


def sees(mode: Blindness) -> set[str]:
    """Who reads Ada's scorecard while Dee's is out."""
    return {"own": PANEL - OWE, "all": set(), "open": PANEL}[mode]


def debriefs(mode: Blindness) -> set[str]:
    """Who has a part in the debrief while Dee's is out."""
    return {"own": PANEL - OWE, "all": set(), "open": PANEL - OWE}[mode]


def everybody(_: Blindness) -> Collection[str]:
    return ROLES.keys()


def inside(_: Blindness) -> Collection[str]:
    return INSIDE


def leads(_: Blindness) -> Collection[str]:
    return LEADS


def manage(_: Blindness) -> Collection[str]:
    return MANAGE


def admin(_: Blindness) -> Collection[str]:
    return {"administrator"}


def compares(mode: Blindness) -> Collection[str]:
    return PANEL if mode == "open" else PANEL - OWE


def leads_debrief(mode: Blindness) -> Collection[str]:
    return debriefs(mode) & LEADS


def owing(_: Blindness) -> Collection[str]:
    return OWE


def having_submitted(_: Blindness) -> Collection[str]:
    return SUBMITTED


NOT_OWN = ROLES.keys() - OWE - SUBMITTED
