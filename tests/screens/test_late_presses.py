"""A press that is read late, on a replica that hung, is of what its page had shown: it replaces nothing newer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from question_bank import load_bank
from scorecards.record.demo import demo_record
from scorecards.record.model import RoundRecord
from scorecards.store import OPERATOR, Store, open_database
from tests.scorecards.small_round import rate

from .pages import button, drawn, looked_at_by, words

BANK = load_bank()


class Sitting:
    """A demo round, looked at by one who has a draft in which every question is decided."""

    def __init__(self, store: Store, monkeypatch: pytest.MonkeyPatch):
        self.store = store
        made = demo_record(BANK)
        store.imports.add(made)
        self.round_id = made.round.id
        self.monkeypatch = monkeypatch

    @property
    def record(self) -> RoundRecord:
        return self.store.rounds.record(OPERATOR, self.round_id)

    def looks(self, person_id: str) -> None:
        looked_at_by(self.monkeypatch, self.record.person[person_id], self.store, BANK)


@pytest.fixture
def sitting(tmp_path, monkeypatch) -> Iterator[Sitting]:
    database = open_database(str(tmp_path / "kit.db"))
    yield Sitting(Store(database), monkeypatch)
    database.close()


def decided_draft(sitting: Sitting) -> tuple[str, str]:
    """The person and the scorecard; every question is skipped, so that the recommendation is open."""
    status = next(s for s in sitting.record.statuses if s.state == "draft" and s.due)
    who, card_id = status.interviewer_id, status.card_id
    plan = sitting.record.interview[status.interview_id].plan
    for item in plan.items:
        known = sitting.store.cards.get(who, card_id).rating(item.question.id)
        skipped = known.model_copy(update={"level": None, "state": "skipped", "skip_reason": "time"})
        rate(sitting.store, who, card_id, skipped, base=known.version)
    sitting.looks(who)
    return who, card_id


def recommendation(sitting: Sitting, who: str, card_id: str) -> str | None:
    return sitting.store.cards.get(who, card_id).content.verdict.recommendation


def test_a_recommendation_is_pressed_changed_and_taken_back(sitting) -> None:
    who, card_id = decided_draft(sitting)
    page = drawn("submit", card=card_id)
    for choice in ("yes", "no", "strong_yes"):
        page.button_group[0].set_value(choice).run()
        assert recommendation(sitting, who, card_id) == choice
        assert not page.warning
    page.button_group[0].set_value(None).run()
    assert recommendation(sitting, who, card_id) is None


def test_a_recommendation_pressed_before_another_page_stored_one_leaves_that(sitting) -> None:
    who, card_id = decided_draft(sitting)
    hung, other = drawn("submit", card=card_id), drawn("submit", card=card_id)
    other.button_group[0].set_value("no").run()
    hung.button_group[0].set_value("yes").run()
    assert recommendation(sitting, who, card_id) == "no"
    assert "Another page of yours" in words(hung)
    assert hung.button_group[0].value == "no"
    hung.button_group[0].set_value("yes").run()
    assert recommendation(sitting, who, card_id) == "yes"
    assert "Another page of yours" not in words(hung)


def voter(sitting: Sitting) -> tuple[str, str, str, int]:
    """Somebody who votes: the person, the candidate, the label of the press, the turn."""
    record = sitting.record
    for status in record.statuses:
        if status.state != "submitted":
            continue
        sitting.looks(status.interviewer_id)
        page = drawn("debrief", round=sitting.round_id, candidate=status.candidate_id)
        for one in page.button:
            if one.key and one.key.startswith("cast-"):
                return status.interviewer_id, status.candidate_id, one.label, int(one.key[-1])
    raise AssertionError("Nobody votes in the demo round.")


def votes(sitting: Sitting, who: str, candidate: str) -> list[str]:
    return [vote.choice for vote in sitting.record.debrief(candidate).votes if vote.person_id == who]


def test_a_vote_sealed_on_a_page_before_another_page_sealed_one_leaves_that(sitting) -> None:
    who, candidate, label, turn = voter(sitting)
    before = votes(sitting, who, candidate)
    hung, other = (drawn("debrief", round=sitting.round_id, candidate=candidate) for _ in range(2))
    for page, choice in ((other, "no"), (hung, "yes")):
        page.radio(key=f"vote-{candidate}-{turn}").set_value(choice).run()
    button(other, label).click().run()
    assert "is final" not in words(other)
    button(hung, label).click().run()
    assert votes(sitting, who, candidate) == [*before, "no"]
    assert "Your first vote is final" in words(hung)
