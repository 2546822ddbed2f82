"""The debrief in a browser: sealed votes, reading, second votes, and a decision that is opened again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.rounds import big_round
from interview_kit.screens.signed_in import PERSON_COOKIE
from question_bank import load_bank
from scorecards.record.model import DecisionDraft, DecisionReason, RoundRecord
from scorecards.store import Store, open_database

from .conftest import Server, quiet

pytestmark = pytest.mark.browser


@pytest.fixture
def whole(server: Server) -> RoundRecord:
    """Three candidates whom the same five people met; the first leads."""
    record = big_round(load_bank(), 3, panel=5)
    Store(open_database(str(server.database))).imports.add(record)
    return record


class Room:
    """The people of a round, each in a browser of their own, at the debrief of its first candidate."""

    def __init__(self, server: Server, browser: Browser, record: RoundRecord):
        self.server, self.browser, self.record = server, browser, record
        self.candidate = record.by_code[0]
        self.store = Store(open_database(str(server.database)))

    def enter(self, place: int) -> Page:
        context = self.browser.new_context(viewport={"width": 1440, "height": 1000})
        person = self.record.round.panel_ids[place]
        context.add_cookies([{"name": PERSON_COOKIE, "value": person, "url": self.server.url}])
        page = context.new_page()
        page.goto(f"{self.server.url}/debrief?round={self.record.round.id}&candidate={self.candidate.id}")
        expect(page.get_by_text("First vote, sealed").first).to_be_visible()
        return page

    def others_vote(self, turn: int, choice: str = "yes") -> None:
        """Everybody but the lead, without a browser."""
        for person in self.record.round.panel_ids[1:]:
            self.store.debriefs.vote(person, self.candidate.id, turn, choice, f"word-{person}")

    def debrief(self):
        lead = self.record.round.lead_id
        return self.store.rounds.record(lead, self.record.round.id).debrief(self.candidate.id)


@pytest.fixture
def room(server: Server, browser: Browser, whole: RoundRecord) -> Room:
    return Room(server, browser, whole)


def cast(page: Page, choice: str, why: str) -> None:
    page.get_by_role("radiogroup", name="Vote").get_by_text(choice, exact=True).last.click()
    page.get_by_label("In one sentence, why").first.fill(why)
    quiet(page)
    page.get_by_role("button", name="Seal my vote").click()
    sealed = page.get_by_text("vote, sealed:").or_(page.get_by_text("Speak in this order"))
    expect(sealed.first).to_be_visible()


def test_others_are_read_after_ones_own_first_vote(room) -> None:
    page = room.enter(0)
    expect(page.get_by_text("Your first vote")).to_be_visible()
    assert page.get_by_text("What to talk about").count() == 0
    assert page.get_by_text("Heard:").count() == 0
    cast(page, "Yes", "Found the deploy first.")
    expect(page.get_by_text("What to talk about")).to_be_visible()
    page.context.close()


def test_a_first_vote_is_not_changed_after_the_others_could_be_read(room) -> None:
    page = room.enter(0)
    expect(page.get_by_text("Once sealed it is final")).to_be_visible()
    cast(page, "No", "Found no number.")
    expect(page.get_by_text("Your first vote, sealed: No")).to_be_visible()
    assert page.get_by_role("button", name="Change my vote").count() == 0
    page.context.close()


def test_a_second_vote_is_changed_until_it_is_opened_and_shows_what_it_said(room) -> None:
    room.others_vote(1)
    page = room.enter(0)
    cast(page, "No", "Read nothing yet.")
    cast(page, "Yes", "Read the log.")
    page.get_by_role("radiogroup", name="Vote").get_by_text("No", exact=True).last.click()
    page.get_by_role("button", name="Change my vote").click()
    expect(page.get_by_text("changed their second vote before it was opened")).to_be_visible()
    assert [one.choice for one in room.debrief().versions(room.record.round.lead_id, 2)] == ["yes", "no"]
    page.context.close()


def test_nobody_is_said_to_have_sealed_a_second_vote_and_only_what_happened_is_ticked(room) -> None:
    room.others_vote(1)
    lead, candidate = room.record.round.lead_id, room.candidate.id
    room.store.debriefs.vote(lead, candidate, 1, "yes", "")
    reason = DecisionReason(competency=room.record.round.targets[0].competency, words="Shown.")
    told = DecisionDraft(outcome="offer", decided_by="Ana", reasons=(reason,), departure_reason="So.")
    room.store.debriefs.decide(lead, candidate, told)
    page = room.enter(1)
    expect(page.get_by_text("Second vote: not opened")).to_be_visible()
    assert page.get_by_text("second vote sealed").count() == 0
    assert page.locator("p", has_text="Second vote: not opened").get_by_text("check").count() == 2
    page.context.close()


def test_a_sealed_vote_is_on_nobody_elses_page(room) -> None:
    room.others_vote(1)
    page = room.enter(0)
    expect(page.get_by_text("First votes are sealed")).to_be_visible()
    page.get_by_role("button", name="Read without a first vote").click()
    expect(page.get_by_text("What to talk about")).to_be_visible()
    assert "word-bench" not in page.content()
    page.context.close()


def test_the_last_first_vote_opens_them_all_and_the_second_follows(room) -> None:
    room.others_vote(1)
    page = room.enter(0)
    cast(page, "No", "Read nothing yet.")
    expect(page.get_by_text("Speak in this order")).to_be_visible()
    assert "word-bench-01" in page.content()
    room.others_vote(2, "no")
    cast(page, "No", "As before.")
    expect(
        page.get_by_text("moved towards the lead’s first vote").or_(
            page.get_by_text("moved towards the lead's first vote")
        )
    ).to_be_visible()
    assert room.debrief().opening(2) is not None
    page.context.close()


def test_what_a_vote_says_outlives_a_reload_before_it_is_cast(room) -> None:
    page = room.enter(1)
    page.get_by_label("In one sentence, why").first.fill("half a thought")
    quiet(page)
    page.reload()
    expect(page.get_by_label("In one sentence, why").first).to_have_value("half a thought")
    page.context.close()


def test_the_lead_opens_votes_early_with_a_reason(room) -> None:
    page = room.enter(0)
    cast(page, "Yes", "Enough.")
    page.get_by_text("Open the votes now").click()
    page.get_by_label("Why you do not wait").fill("Two are on leave.")
    page.get_by_test_id("stExpander").get_by_role("button", name="Open", exact=True).last.click()
    expect(page.get_by_text("Two are on leave.")).to_be_visible()
    assert len(room.debrief().opening(1).absent) == 4
    page.context.close()


def test_the_lead_is_told_whose_votes_are_out_and_opens_without_one_of_their_own(room) -> None:
    voted, out = room.record.round.panel_ids[1:3], room.record.round.panel_ids[3:]
    for person in voted:
        room.store.debriefs.vote(person, room.candidate.id, 1, "yes", "")
    page = room.enter(0)
    page.get_by_text("Open the votes now").click()
    body = page.get_by_test_id("stExpander").filter(has_text="Open the votes now")
    for person in out:
        expect(body).to_contain_text(room.record.person[person].name)
    for person in voted:
        expect(body).not_to_contain_text(room.record.person[person].name)
    page.get_by_label("Why you do not wait").fill("Two are on leave.")
    body.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_text("Two are on leave.")).to_be_visible()
    assert room.debrief().opening(1).absent == (room.record.round.lead_id, *out)
    page.context.close()


def record_decision(page: Page, outcome: str, why: str) -> None:
    page.locator("summary", has_text="decision").last.click()
    page.get_by_role("radiogroup", name="Outcome").get_by_text(outcome, exact=True).click()
    page.get_by_label("Decided by").fill("Ana Decider")
    page.get_by_label("Decided by").press("Tab")
    quiet(page)
    page.get_by_role("combobox", name="Reasons lie in").fill("Systems thinking")
    page.get_by_role("option", name="Systems thinking").click()
    page.keyboard.press("Escape")
    page.get_by_label("what in the evidence").first.fill(why)
    page.get_by_label("Dissent").fill("Interviewer 03: too few numbers")
    quiet(page)


def test_a_decision_names_a_human_and_its_reasons_and_is_opened_again_by_another(room) -> None:
    page = room.enter(0)
    record_decision(page, "Another interview first", "Never asked about rollback.")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_role("heading", name="Another interview first")).to_be_visible()
    first = room.debrief().decision
    assert (first.decided_by, first.dissent[0].name) == ("Ana Decider", "Interviewer 03")

    record_decision(page, "No offer", "Asked now: no way back known.")
    button = page.get_by_role("button", name="Record the decision")
    button.click()
    expect(page.get_by_text("Say why the decision is opened again.")).to_be_visible()
    page.get_by_label("Reopened because").fill("The interview took place.")
    quiet(page)
    if page.get_by_label("Why decide this anyway?").count():
        page.get_by_label("Why decide this anyway?").fill("The must-have decides.")
        quiet(page)
    button.click()
    expect(page.get_by_role("heading", name="No offer")).to_be_visible()
    expect(page.get_by_text("since opened again")).to_be_visible()
    assert [one.outcome for one in room.debrief().decisions] == ["more_evidence", "no_offer"]
    page.context.close()


def test_somebody_who_does_not_lead_finds_no_way_to_decide(room) -> None:
    page = room.enter(2)
    assert page.get_by_text("Record the decision").count() == 0
    page.context.close()
