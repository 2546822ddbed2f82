"""No page is a dead end: wrong addresses lead on, choices stay, what is lost is asked twice, one press one act."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from interview_kit.screens import sight
from question_bank import load_bank
from scorecards.interviewing.message import Happened, Told
from scorecards.record.demo import demo_record
from scorecards.record.model import RoundRecord
from scorecards.record.setup import new_round
from scorecards.store import OPERATOR, Database, Store, new_id, open_database

from .pages import SCREENS, button, drawn, looked_at_by, words

BANK = load_bank()
NOWHERE = "at this address that you can see"


class Kit:
    """A demo round, a round of two candidates that Lea leads and Ana sits in, and pages to look at."""

    def __init__(self, database: Database, monkeypatch: pytest.MonkeyPatch):
        self.engine, self.store, self.monkeypatch = database.engine, Store(database), monkeypatch
        self.lea, self.ana, self.bo = (self.store.people.add(name) for name in ("Lea", "Ana", "Bo"))
        self.round = self.add_round("Autumn", ["Cara Candidate", "Dev Notseen"])
        self.as_person(self.lea)

    def add_round(self, name: str, candidates: list[str]):
        made = new_round(
            new_id(), name, self.lea.id, BANK, "generalist", ["founder-screen"], [self.ana.id, self.bo.id]
        )
        return self.store.rounds.create(self.lea.id, made, candidates)

    def as_person(self, person) -> None:
        looked_at_by(self.monkeypatch, person, self.store, BANK)

    @property
    def record(self) -> RoundRecord:
        return self.store.rounds.record(OPERATOR, self.round.id)

    def card_of(self, person, place: int = 0) -> str:
        candidate = self.record.by_code[place].id
        return next(
            one.card_id
            for one in self.record.statuses
            if (one.interviewer_id, one.candidate_id) == (person.id, candidate)
        )

    def begin(self, person, *kinds: str, place: int = 0) -> str:
        """The clock of this interview runs, and perhaps ends."""
        card = self.card_of(person, place)
        moments = tuple(Happened(id=f"w-{n}", ago=len(kinds) - n, kind=kind) for n, kind in enumerate(kinds))
        self.store.live.tell(person.id, card, Told(tab="w", moments=moments))
        return card


@pytest.fixture
def kit(tmp_path, monkeypatch) -> Iterator[Kit]:
    database = open_database(str(tmp_path / "kit.db"))
    yield Kit(database, monkeypatch)
    database.close()


# Addresses

PARAMETERS = {
    "rounds": ["round"],
    "prepare": ["round", "interview"],
    "interview": ["card"],
    "submit": ["card"],
    "debrief": ["round", "candidate"],
    "compare": ["round"],
    "library": ["question"],
}
WRONG = [(page, name) for page, names in PARAMETERS.items() for name in names]


@pytest.mark.parametrize("value", ["zzz", "<b>x</b>", "x" * 500])
@pytest.mark.parametrize(("page", "name"), WRONG)
def test_an_address_that_leads_nowhere_says_so_and_leads_on(kit, page, name, value) -> None:
    found = drawn(page, **{name: value})
    assert not found.exception
    assert NOWHERE in words(found)
    assert any(one.key == f"way-{name}" for one in found.button)
    assert "Cara" not in words(found)


@pytest.mark.parametrize("page", ["prepare", "debrief", "compare"])
def test_another_persons_round_is_not_shown_and_no_other_in_its_place(kit, page) -> None:
    kit.as_person(kit.store.people.add("Max"))
    found = drawn(page, round=kit.round.id)
    assert NOWHERE in words(found)
    assert "Autumn" not in words(found)


def test_a_candidate_of_another_round_is_not_shown(kit) -> None:
    other = kit.add_round("Spring", ["Yan Other"])
    yan = kit.store.rounds.record(OPERATOR, other.id).candidates[0].id
    found = drawn("debrief", round=kit.round.id, candidate=yan)
    assert NOWHERE in words(found)


def test_a_question_that_the_interview_does_not_ask_is_named(kit) -> None:
    kit.as_person(kit.ana)
    assert NOWHERE in words(drawn("interview", card=kit.card_of(kit.ana), question="ZZZ-99"))


def test_the_administration_page_explains_itself_to_other_people(kit) -> None:
    found = drawn("administration")
    assert "for administrators" in words(found)
    assert button(found, "Go to the rounds")


# Choices stay


def choice_calls() -> Iterator[tuple[str, set[str]]]:
    kinds = {"selectbox", "multiselect", "radio", "segmented_control", "pills"}
    for path in sorted(Path(SCREENS).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in kinds
            ):
                yield f"{path.name}:{node.lineno}", {one.arg for one in node.keywords if one.arg}


def test_every_box_of_choices_has_a_key_so_that_a_choice_stays_when_others_come() -> None:
    assert [place for place, given in choice_calls() if "key" not in given] == []


def test_chosen_interviewers_of_a_new_round_stay_when_someone_adds_a_name(kit) -> None:
    page = drawn("rounds", round="new")
    page.multiselect(key="new-panel").set_value([kit.lea.id, kit.ana.id]).run()
    kit.store.people.add("Zoe New")
    page.run()
    assert page.multiselect(key="new-panel").value == [kit.lea.id, kit.ana.id]


def test_a_chosen_panel_stays_when_someone_adds_a_name(kit) -> None:
    page = drawn("rounds", round=kit.round.id)
    panel = f"panel-{kit.round.id}"
    page.multiselect(key=panel).set_value([kit.ana.id, kit.bo.id, kit.lea.id]).run()
    kit.store.people.add("Zoe New")
    page.run()
    assert page.multiselect(key=panel).value == [kit.ana.id, kit.bo.id, kit.lea.id]


def test_saving_does_not_overwrite_a_panel_that_changed_in_the_meantime(kit) -> None:
    page = drawn("rounds", round=kit.round.id)
    zoe = kit.store.people.add("Zoe New")
    stored = kit.store.rounds.get(kit.lea.id, kit.round.id)
    with_zoe = (*stored.panel_ids, zoe.id)
    kit.store.rounds.change(kit.lea.id, stored.model_copy(update={"panel_ids": with_zoe}))
    button(page, "Save settings").click().run()
    assert kit.store.rounds.get(kit.lea.id, kit.round.id).panel_ids == with_zoe
    assert "changed since you opened" in words(page)


# What is lost is asked twice


def test_a_round_is_deleted_only_by_its_name(kit) -> None:
    page = drawn("rounds", round=kit.round.id)
    button(page, "Delete for good").click().run()
    assert kit.store.rounds.get(kit.lea.id, kit.round.id)
    assert "The name doesn't match" in words(page)


def test_deleting_names_the_interviews_that_are_running(kit) -> None:
    kit.begin(kit.ana, "begun")
    assert "1 interview started and not submitted" in words(drawn("rounds", round=kit.round.id)).replace(
        "\\", ""
    )


def test_closing_a_round_takes_a_second_press(kit) -> None:
    page = drawn("rounds", round=kit.round.id)
    button(page, "Close the round").click().run()
    assert kit.store.rounds.get(kit.lea.id, kit.round.id).state == "open"
    button(page, "Yes, close the round").click().run()
    assert kit.store.rounds.get(kit.lea.id, kit.round.id).state == "closed"


def test_saying_no_leaves_it_as_it_is(kit) -> None:
    page = drawn("rounds", round=kit.round.id)
    button(page, "Close the round").click().run()
    button(page, "No, keep it").click().run()
    assert kit.store.rounds.get(kit.lea.id, kit.round.id).state == "open"
    assert not [one for one in page.button if one.label.startswith("Yes,")]


LOSES = (
    "Delete",
    "Erase",
    "Close the",
    "Dismiss",
    "Withdraw",
    "End sessions",
    "Revoke",
    "Turn off webhook",
    "Lift the",
)


def test_no_destructive_button_is_the_primary_one() -> None:
    found = []
    for path in sorted(Path(SCREENS).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            told = {one.arg: ast.unparse(one.value) for one in node.keywords if one.arg}
            labels = [ast.unparse(one).strip("f'\"") for one in node.args[:2]]
            primary = "'primary'" in told.get("type", "") or told.get("primary") == "True"
            if primary and any(label.startswith(LOSES) for label in labels):
                found.append(f"{path.name}:{node.lineno}")
    assert found == []


# An interview that did not take place


def test_dismissing_says_that_it_was_done_and_stays_with_the_interview(kit) -> None:
    interview = kit.record.interviews[-1]
    page = drawn("prepare", round=kit.round.id, interview=interview.id)
    page.text_input(key="dismiss-reason").set_value("Fell ill.")
    button(page, "Dismiss the interview").click().run()
    assert "no scorecard is owed for it" in words(page)
    (box,) = (one for one in page.selectbox if one.label == "Interview")
    assert box.value == interview.id
    assert any("did not take place" in words for words in box.options)
    assert button(page, "Take it back")


# How far one is


def test_an_interview_that_is_not_begun_is_named_once(kit) -> None:
    kit.as_person(kit.ana)
    candidate = kit.record.by_code[0].id
    page = drawn("debrief", round=kit.round.id, candidate=candidate)
    told = [one.value for one in page.markdown if one.value.startswith("You still owe")]
    assert len(told) == 1
    assert "not begun" in told[0]
    assert button(page, "Open")


@pytest.mark.parametrize(
    ("kinds", "label", "said"),
    [
        (("begun",), "Continue scorecard", "running"),
        (("begun", "ended"), "Finish scorecard", "scorecard to finish"),
    ],
)
def test_an_interviews_progress_is_shown_beside_its_button(kit, kinds, label, said) -> None:
    kit.begin(kit.ana, *kinds)
    kit.as_person(kit.ana)
    page = drawn("submit")
    assert said in words(page)
    assert button(page, label)


# An interviewer, a candidate


def test_a_lead_lets_go_of_a_scorecard_on_the_screen(kit) -> None:
    candidate = kit.record.by_code[0].id
    page = drawn("debrief", round=kit.round.id, candidate=candidate)
    page.text_input(key="let-go-reason").set_value("Left the company.")
    button(page, "Stop waiting for it").click().run()
    assert not page.exception
    assert "no longer owed" in words(page)
    assert not any(one.due for one in kit.record.statuses_of(candidate))


def test_a_lead_records_that_a_candidate_withdrew_and_takes_them_back(kit) -> None:
    candidate = kit.record.by_code[0].id
    page = drawn("debrief", round=kit.round.id, candidate=candidate)
    page.radio(key=f"left-{candidate}").set_value("withdrew")
    page.text_input(key=f"left-why-{candidate}-reason").set_value("Another job.")
    button(page, "Record it").click().run()
    assert kit.record.debrief(candidate).decision.outcome == "withdrew"
    page.text_input(key=f"back-{candidate}-reason").set_value("Changed their mind.")
    button(page, "Bring them back").click().run()
    assert [one.due for one in kit.record.statuses_of(candidate)] == [True]


# One press, few queries


def queries(engine: Engine, draw: Callable[[], object]) -> int:
    """How many statements the drawing sends."""
    sent = []

    def note(*_: object) -> None:
        sent.append(1)

    event.listen(engine, "before_cursor_execute", note)
    try:
        draw()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(sent)


@pytest.mark.parametrize(
    "page", ["rounds", "prepare", "interview", "submit", "debrief", "compare", "library", "administration"]
)
def test_a_page_asks_no_more_often_where_there_are_more_rounds(kit, page) -> None:
    kit.store.office.set_admin(OPERATOR, kit.lea.id, True)
    sight.administers.clear()
    few = queries(kit.engine, lambda: drawn(page))
    for number in range(40):
        kit.add_round(f"Round {number}", [])
    many = queries(kit.engine, lambda: drawn(page))
    assert many <= few + 8


def test_a_demo_round_is_drawn_whole(kit) -> None:
    record = demo_record(BANK, lead=kit.lea)
    kit.store.imports.add(record)
    assert not drawn("rounds", round=record.round.id).exception


def test_the_pages_load_without_a_warning() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import interview_kit.screens.sight"],
        cwd=SCREENS.parents[1],
        capture_output=True,
        text=True,
    )
    assert "No runtime found" not in done.stderr
