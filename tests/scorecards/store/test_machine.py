"""Whatever several people do in whatever order: blindness, freeze and an append-only history hold, on both databases.

A model that knows nothing of the store keeps what should be there; after every step each person's view of the round
is compared with it.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from scorecards.record.model import CardContent, Verdict
from scorecards.store import OPERATOR, NotAllowedError, NotFoundError, Store

from ..small_round import PLAN, rate, rating, record, tell

PANEL = ("ada", "bo", "cy")
EVERYBODY = (*PANEL, "lea", "obs", "max")
QUESTIONS = tuple(item.question.id for item in PLAN.items)

interviewer = st.sampled_from(PANEL)
level = st.integers(min_value=1, max_value=4)


class Known:
    """What the model knows of one scorecard."""

    def __init__(self, owner: str, interview: str, candidate: str):
        self.owner, self.interview, self.candidate = owner, interview, candidate
        self.state = "draft"
        self.levels: dict[str, int] = {}
        self.versions: dict[str, int] = {}
        # Every content that once was submitted, oldest first.
        self.history: list[dict[str, int]] = []


class Team(RuleBasedStateMachine):
    """People at work on one round."""

    new_store: ClassVar[Any]

    @initialize(mode=st.sampled_from(["own", "all", "open"]))
    def begin(self, mode: str) -> None:
        self.store: Store = type(self).new_store()
        self.mode = mode
        self.store.imports.add(record(panel=PANEL, candidates=(), blindness=mode, observer_ids=("obs",)))
        self.cards: dict[str, Known] = {}
        self.dismissed: dict[str, None] = {}
        self.closed = False
        self.early: set[str] = set()
        self.names: dict[str, str] = {}
        self.number = 0
        self.log = 1

    # What people do

    def tried(self, allowed: bool, act: Any) -> Any:
        """Do it; it must be refused exactly where the model says so."""
        try:
            done = act()
        except (NotAllowedError, NotFoundError):
            assert not allowed
            return None
        assert allowed
        return done

    @precondition(lambda self: len(self.names) < 3)
    @rule(people=st.lists(interviewer, min_size=1, max_size=3, unique=True))
    def schedule(self, people: list[str]) -> None:
        # A name that was erased is not given again: two candidates may not be called the same.
        self.number += 1
        number = self.number
        added = self.tried(
            not self.closed, lambda: self.store.candidates.add("lea", "r1", [f"Person {number}"])
        )
        if not added:
            return
        (candidate,) = added
        self.names[candidate.id] = candidate.name
        interview = self.store.interviews.schedule("lea", candidate.id, f"slot-{number}", PLAN, people)
        # Ids are random; a run that is done again must meet everything in the same order.
        for status in sorted(self.store.rounds.statuses("lea", "r1"), key=lambda one: one.interviewer_id):
            if status.interview_id == interview.id:
                self.cards[status.card_id] = Known(status.interviewer_id, interview.id, candidate.id)

    def chosen(self, data: Any) -> tuple[str, Known]:
        key = data.draw(st.sampled_from(list(self.cards)), label="scorecard")
        return key, self.cards[key]

    @precondition(lambda self: self.cards)
    @rule(data=st.data(), who=interviewer, given=level)
    def rate(self, data: Any, who: str, given: int) -> None:
        key, card = self.chosen(data)
        question = data.draw(st.sampled_from(QUESTIONS))
        # In a closed round nothing begins; what has begun keeps its words. A scorecard that is in only reads.
        allowed = who == card.owner and (card.state != "draft" or not self.closed or self.begun(card))
        base = card.versions.get(question, 0)
        answer = self.tried(allowed, lambda: tell(self.store, who, key, rating(question, given), base=base))
        if answer:
            assert answer.holds == (card.state == "draft")
        if answer and answer.holds:
            card.levels[question], card.versions[question] = given, answer.ratings[0].version

    def begun(self, card: Known) -> bool:
        """Whether anybody in this interview has recorded something."""
        return any(one.levels for one in self.cards.values() if one.interview == card.interview)

    @precondition(lambda self: self.cards)
    @rule(data=st.data(), who=interviewer)
    def submit(self, data: Any, who: str) -> None:
        key, card = self.chosen(data)
        if who == card.owner and card.state == "draft" and not self.closed and not self.open_questions(card):
            self.store.cards.save_verdict(who, key, Verdict(recommendation="yes", contradiction="Known."))
        allowed = (
            who == card.owner
            and card.state == "draft"
            and not self.closed
            and not self.open_questions(card)
            and card.interview not in self.dismissed
        )
        if self.tried(allowed, lambda: self.store.cards.submit(who, key)):
            card.state = "submitted"
            card.history.append(dict(card.levels))

    @precondition(lambda self: not self.closed and self.drafts())
    @rule(data=st.data(), given=level)
    def finish(self, data: Any, given: int) -> None:
        """The owner rates what is open and submits."""
        key = data.draw(st.sampled_from(self.drafts()))
        card = self.cards[key]
        for question in sorted(self.open_questions(card)):
            saved = rate(self.store, card.owner, key, rating(question, given))
            card.levels[question], card.versions[question] = given, saved.version
        self.store.cards.save_verdict(card.owner, key, Verdict(recommendation="yes", contradiction="Known."))
        self.store.cards.submit(card.owner, key)
        card.state = "submitted"
        card.history.append(dict(card.levels))

    def drafts(self) -> list[str]:
        """Scorecards that are owed."""
        return [
            key
            for key, card in self.cards.items()
            if card.state == "draft" and card.interview not in self.dismissed
        ]

    def open_questions(self, card: Known) -> set[str]:
        return set(QUESTIONS) - card.levels.keys()

    @precondition(lambda self: self.cards)
    @rule(data=st.data(), who=interviewer, given=level)
    def amend(self, data: Any, who: str, given: int) -> None:
        key, card = self.chosen(data)
        question = data.draw(st.sampled_from(QUESTIONS))
        allowed = who == card.owner and card.state == "submitted" and not self.closed
        if self.tried(
            allowed, lambda: self.store.cards.amend(who, key, [rating(question, given)], None, "Misheard.")
        ):
            card.levels[question] = given
            card.history.append(dict(card.levels))

    @precondition(lambda self: self.cards)
    @rule(data=st.data(), who=st.sampled_from(EVERYBODY))
    def withdraw(self, data: Any, who: str) -> None:
        key, card = self.chosen(data)
        allowed = who == "lea" and card.state == "submitted" and not self.closed
        try:
            self.store.cards.withdraw(who, key, "Knew the candidate.")
        except (NotAllowedError, NotFoundError):
            assert not allowed
        else:
            assert allowed
            card.state = "withdrawn"

    @precondition(lambda self: self.cards)
    @rule(data=st.data())
    def dismiss(self, data: Any) -> None:
        _, card = self.chosen(data)
        sitting = [one for one in self.cards.values() if one.interview == card.interview]
        allowed = not self.closed and not any(one.state == "submitted" for one in sitting)
        try:
            self.store.interviews.dismiss("lea", card.interview, "Fell ill.")
        except NotAllowedError:
            assert not allowed
        else:
            assert allowed
            self.dismissed[card.interview] = None

    @precondition(lambda self: self.dismissed and not self.closed)
    @rule(data=st.data())
    def undo(self, data: Any) -> None:
        interview = data.draw(st.sampled_from(list(self.dismissed)))
        self.store.interviews.undo_dismissal("lea", interview, "A new date.")
        del self.dismissed[interview]

    @rule()
    def close_or_open(self) -> None:
        (self.store.rounds.open if self.closed else self.store.rounds.close)("lea", "r1")
        self.closed = not self.closed

    @precondition(lambda self: self.names and not self.closed)
    @rule(data=st.data())
    def read_early(self, data: Any) -> None:
        candidate = data.draw(st.sampled_from(list(self.names)))
        waits = self.mode == "all" and self.due(candidate) and candidate not in self.early
        try:
            self.store.candidates.read_early("lea", candidate, "Cannot wait.")
        except NotAllowedError:
            assert not waits
        else:
            assert waits
            self.early.add(candidate)

    @precondition(lambda self: self.names)
    @rule(data=st.data(), who=st.sampled_from(EVERYBODY))
    def erase(self, data: Any, who: str) -> None:
        candidate = data.draw(st.sampled_from(list(self.names)))
        try:
            self.store.privacy.erase(who, candidate)
        except (NotAllowedError, NotFoundError):
            assert who != "lea"
        else:
            assert who == "lea"
            self.names.pop(candidate)
            gone = [key for key, card in self.cards.items() if card.candidate == candidate]
            for key in gone:
                self.dismissed.pop(self.cards.pop(key).interview, None)

    @rule(day=st.sampled_from([date(2026, 1, 1), None]))
    def purge(self, day: date | None) -> None:
        """The end date lies ahead, or is none: nothing of the round goes."""
        self.store.privacy.set_purge("lea", "r1", day)
        assert self.store.privacy.purge(OPERATOR, date(2025, 12, 31)) == ()

    # What holds at all times

    def due(self, candidate: str) -> list[Known]:
        return [
            one
            for one in self.cards.values()
            if one.candidate == candidate and one.state == "draft" and one.interview not in self.dismissed
        ]

    def may_read(self, who: str, card: Known) -> bool:
        """The rules of sight, said anew."""
        if who == "max":
            return False
        if card.owner == who:
            return True
        if card.state == "draft":
            return False
        due = self.due(card.candidate)
        if who == "obs":
            return not due
        if self.mode == "open":
            return True
        if any(one.owner == who for one in due):
            return False
        if self.mode == "all" and due:
            return who == "lea" and card.candidate in self.early
        return True

    @invariant()
    def everybody_sees_what_they_may_and_nothing_else(self) -> None:
        for who in EVERYBODY:
            wanted = {key for key, card in self.cards.items() if self.may_read(who, card)}
            if who == "max":
                with pytest.raises(NotFoundError):
                    self.store.rounds.record(who, "r1")
                continue
            assert {card.id for card in self.store.rounds.record(who, "r1").cards} == wanted, who

    @invariant()
    def what_is_stored_is_what_people_did(self) -> None:
        stored = {card.id: card for card in self.store.rounds.record(OPERATOR, "r1").cards}
        assert stored.keys() == self.cards.keys()
        for key, known in self.cards.items():
            assert stored[key].state == known.state
            assert levels(stored[key].content) == known.levels

    @invariant()
    def history_is_only_added_to(self) -> None:
        for card in self.store.rounds.record(OPERATOR, "r1").cards:
            known = self.cards[card.id]
            assert [levels(one.before) for one in card.amendments] == known.history[:-1]

    @invariant()
    def the_log_is_whole_and_only_grows(self) -> None:
        verdict = self.store.audit.verify(OPERATOR)
        assert verdict.faults == ()
        assert verdict.rows >= self.log
        self.log = verdict.rows


def levels(content: CardContent) -> dict[str, int]:
    return {one.question_id: one.level for one in content.ratings if one.level is not None}


def test_whatever_people_do_blindness_freeze_and_history_hold(new_database) -> None:
    class Here(Team):
        new_store = staticmethod(lambda: Store(new_database()))

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
