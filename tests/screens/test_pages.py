"""Every page in three states: nothing is there yet, a whole round is, and someone looks who may not see it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from streamlit.testing.v1 import AppTest

from interview_kit import wiring
from question_bank import load_bank
from scorecards.record.demo import demo_record
from scorecards.record.model import CardStatus, Person, RoundRecord
from scorecards.store import OPERATOR, Store, open_database

from .pages import SCREENS, drawn, drawn_words, looked_at_by, words

BANK = load_bank()
LEA = Person(id="lea", name="Lea Lead")
NOWHERE = "at this address that you can see"
NO_ROUND = "There is no round yet. Create one on the Rounds page"
NO_INTERVIEW = "You have no interview yet. The lead of a round puts you on its panel"


class Kit:
    """A database, and who looks at its pages."""

    def __init__(self, store: Store, monkeypatch: pytest.MonkeyPatch):
        self.store, self.monkeypatch = store, monkeypatch

    @property
    def record(self) -> RoundRecord:
        (round_,) = self.store.rounds.all(OPERATOR)
        return self.store.rounds.record(OPERATOR, round_.id)

    @property
    def draft(self) -> CardStatus:
        """A scorecard that is still owed."""
        return next(one for one in self.record.statuses if one.due)

    def look(self, person: Person) -> None:
        looked_at_by(self.monkeypatch, person, self.store, BANK)

    def nobody_looks(self) -> None:
        """Nobody is signed in: the page is the sign-in form."""
        self.monkeypatch.setattr(wiring, "store", lambda: self.store)
        self.monkeypatch.setattr(wiring, "bank", lambda: BANK)

    def stranger_looks(self) -> None:
        """Somebody who leads nothing, is on no panel, and administers nothing."""
        self.look(self.store.people.add("Max Stranger"))

    def lead_looks(self) -> None:
        self.look(LEA)

    def owner_looks(self) -> None:
        """The interviewer who still owes a scorecard."""
        self.look(self.record.person[self.draft.interviewer_id])

    def admin_looks(self) -> None:
        admin = self.store.people.add("Ada Admin")
        self.store.office.set_admin(OPERATOR, admin.id, True)
        self.look(admin)


def the_round(kit: Kit) -> dict[str, str]:
    return {"round": kit.record.round.id}


def the_draft(kit: Kit) -> dict[str, str]:
    return {"card": kit.draft.card_id}


def no_parameters(_: Kit) -> dict[str, str]:
    return {}


def candidates(kit: Kit) -> list[str]:
    return [one.name for one in kit.record.candidates]


def candidate_of_the_draft(kit: Kit) -> list[str]:
    plan = kit.record.interview[kit.draft.interview_id].plan
    return [kit.record.candidate[kit.draft.candidate_id].name, plan.items[0].question.topic]


class Page(NamedTuple):
    """One page: who looks, at which address, and what it says to each of them."""

    # What stands on it, or can be pressed, where nothing is there yet.
    empty: str
    # What it names of the round.
    full: Callable[[Kit], list[str]]
    # What it says to somebody who may not see the round.
    forbidden: str
    address: Callable[[Kit], dict[str, str]] = the_round
    reader: Callable[[Kit], None] = Kit.lead_looks
    outsider: Callable[[Kit], None] = Kit.stranger_looks


PAGES = {
    "rounds": Page("Try the demo round", candidates, NOWHERE),
    "prepare": Page(NO_ROUND, candidates, NOWHERE),
    "interview": Page(NO_INTERVIEW, candidate_of_the_draft, NOWHERE, the_draft, Kit.owner_looks),
    "submit": Page(NO_INTERVIEW, candidate_of_the_draft, NOWHERE, the_draft, Kit.owner_looks),
    "debrief": Page(NO_ROUND, candidates, NOWHERE),
    "compare": Page(NO_ROUND, candidates, NOWHERE),
    "administration": Page(
        "There is no round yet.",
        lambda kit: [kit.record.round.name, "Lea Lead"],
        "This page is for administrators.",
        no_parameters,
        Kit.admin_looks,
    ),
    "library": Page(
        f"of {len(BANK.questions)} questions",
        lambda _: [BANK.questions[0].topic],
        "Local mode",
        no_parameters,
        outsider=Kit.nobody_looks,
    ),
    "sign_in": Page(
        "You work as",
        lambda kit: [one.name for one in kit.record.people],
        "Local mode",
        no_parameters,
        outsider=Kit.nobody_looks,
    ),
}
# Python files beside the pages that are none.
NO_PAGES = {"__init__", "main", "places", "sight", "signed_in"}


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demo round as one of Lea's own: a demo round is open to everybody. To be copied."""
    path = tmp_path_factory.mktemp("demo") / "kit.db"
    database = open_database(str(path))
    demo = demo_record(BANK, lead=LEA)
    own = demo.round.model_copy(update={"demo": False})
    Store(database).imports.add(demo.model_copy(update={"round": own}))
    database.close()
    return path


def opened(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kit]:
    database = open_database(str(path))
    yield Kit(Store(database), monkeypatch)
    database.close()


@pytest.fixture
def empty(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kit]:
    """A kit that somebody has just installed."""
    yield from opened(shutil.copy(sqlite_template, tmp_path / "kit.db"), monkeypatch)


@pytest.fixture
def full(demo_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kit]:
    """A kit with a round of six candidates, four interviewers and scorecards in every state."""
    yield from opened(shutil.copy(demo_file, tmp_path / "kit.db"), monkeypatch)


def said(page: AppTest) -> str:
    """All that can be read or pressed."""
    return "\n".join([words(page), *(one.label for one in page.button)])


def test_every_page_is_tried_in_its_three_states() -> None:
    assert {path.stem for path in SCREENS.glob("*.py")} - NO_PAGES == PAGES.keys()


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_page_offers_what_to_do_next(empty: Kit, name: str) -> None:
    (Kit.admin_looks if name == "administration" else first_one_looks)(empty)
    page = drawn(name)
    assert not page.exception
    assert PAGES[name].empty in said(page)


def first_one_looks(kit: Kit) -> None:
    kit.look(kit.store.people.add("Ana First"))


@pytest.mark.parametrize("name", PAGES)
def test_a_full_page_names_what_is_there(full: Kit, name: str) -> None:
    PAGES[name].reader(full)
    page = drawn(name, **PAGES[name].address(full))
    assert not page.exception
    shown = drawn_words(page)
    assert [one for one in PAGES[name].full(full) if one not in shown] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_forbidden_page_says_so_and_shows_nothing_of_the_round(full: Kit, name: str) -> None:
    PAGES[name].outsider(full)
    page = drawn(name, **PAGES[name].address(full))
    assert not page.exception
    assert PAGES[name].forbidden in said(page)
    shown = drawn_words(page)
    assert [one for one in (*candidates(full), full.record.round.name) if one in shown] == []


def evidence_shown(kit: Kit) -> list[str]:
    """The other interviewers' notes on the candidate of the draft that the debrief shows, by their first words."""
    page = drawn("debrief", round=kit.record.round.id, candidate=kit.draft.candidate_id)
    assert not page.exception
    others = [
        card
        for card in kit.record.cards_of(kit.draft.candidate_id)
        if card.interviewer_id != kit.draft.interviewer_id
    ]
    notes = [rating.evidence[:20] for card in others for rating in card.content.ratings if rating.evidence]
    shown = drawn_words(page)
    return [one for one in notes if one in shown]


def test_the_debrief_shows_what_was_noted_only_to_those_who_owe_nothing(full: Kit) -> None:
    full.lead_looks()
    assert evidence_shown(full)
    full.owner_looks()
    assert evidence_shown(full) == []


def test_a_decision_with_too_long_a_text_is_refused_in_words(full: Kit) -> None:
    full.lead_looks()
    decided = next(one for one in full.record.by_code if full.record.cards_of(one.id))
    page = drawn("debrief", round=full.record.round.id, candidate=decided.id)
    (decider,) = (one for one in page.text_input if one.label == "Decided by")
    decider.set_value("x" * 10_001).run()
    (record,) = (one for one in page.button if one.key and one.key.startswith("record-"))
    record.click().run()
    assert not page.exception
    assert "who decided has 10,001 characters; at most 10,000 are taken" in words(page)
    assert full.record.debrief(decided.id).decisions == ()


def test_who_still_owes_a_scorecard_compares_nobody(full: Kit) -> None:
    full.owner_looks()
    page = drawn("compare", round=full.record.round.id)
    assert [one.value for one in page.error]
    assert [one for one in candidates(full) if one in drawn_words(page)] == []
