"""Before and after the interview in a browser: preparing, marking, closing, amending, withdrawing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from scorecards.record.model import Rating, Verdict
from tests.scorecards import small_round

from .conftest import PERSON_COOKIE, Server, Sitting, quiet

pytestmark = pytest.mark.browser


def page_of(sitting: Sitting, context: BrowserContext, address: str, place: int = 0) -> Page:
    """A screen as the interviewer in this place."""
    person = sitting.people[place]
    context.add_cookies([{"name": PERSON_COOKIE, "value": person.id, "url": sitting.server.url}])
    page = context.new_page()
    page.goto(f"{sitting.server.url}/{address}")
    return page


def rate(sitting: Sitting, question: int, place: int = 0, **values: object) -> None:
    person = sitting.people[place]
    told = {"level": 3, "evidence": "Named the flag and who may press it."} | values
    rating = Rating(question_id=sitting.questions[question].id, **told)
    small_round.rate(sitting.store, person.id, sitting.cards[person.id], rating)


def submit(sitting: Sitting, place: int = 0) -> None:
    person = sitting.people[place]
    for number in range(len(sitting.questions)):
        rate(sitting, number, place)
    sitting.store.cards.save_verdict(person.id, sitting.cards[person.id], Verdict(recommendation="yes"))
    sitting.store.cards.submit(person.id, sitting.cards[person.id])


def test_the_closing_screen_leads_to_what_is_open_and_explains_words_without_blocking(
    server: Server, context: BrowserContext
) -> None:
    """One question is open, the other's notes hold an opinion; a press jumps, and submitting stays possible."""
    sitting = Sitting(server)
    rate(sitting, 0, evidence="She was very nervous, and named the flag.")
    card = sitting.cards[sitting.people[0].id]
    page = page_of(sitting, context, f"submit?card={card}")
    expect(page.get_by_text("Read out before you say goodbye")).to_be_visible()
    expect(page.get_by_text("Words to look at: 1")).to_be_visible()
    page.get_by_role("button", name="nervous").click()
    expect(page.get_by_text("Opinion without evidence.")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name=sitting.questions[1].topic).first.click()
    expect(page.locator("#agenda-1")).to_have_attribute("aria-current", "step")

    for place in range(1, len(sitting.questions)):
        rate(sitting, place)
    page.goto(f"{server.url}/submit?card={card}")
    expect(page.get_by_text("Every question has a level or a state.")).to_be_visible()
    page.get_by_text("Yes", exact=True).click()
    expect(page.get_by_role("button", name="Submit the scorecard")).to_be_enabled()


def test_preparing_is_a_short_read_and_warns_of_what_the_candidate_hears_twice(
    server: Server, context: BrowserContext
) -> None:
    sitting = Sitting(server)
    who = sitting.people[0].id
    sitting.store.interviews.schedule(
        who, sitting.interview.candidate_id, "again", sitting.interview.plan, [who]
    )
    page = page_of(sitting, context, f"prepare?round={sitting.round.id}&interview={sitting.interview.id}")
    expect(page.get_by_text(re.compile(r"About \d minutes to read"))).to_be_visible()
    expect(page.get_by_text("The trap:").first).to_be_visible()
    expect(page.get_by_text("is asked there word for word")).to_have_count(len(sitting.questions))


def test_an_interview_is_dismissed_and_takes_place_after_all(server: Server, context: BrowserContext) -> None:
    sitting = Sitting(server)
    page = page_of(sitting, context, f"prepare?round={sitting.round.id}&interview={sitting.interview.id}")
    page.get_by_role("button", name="It did not take place").click()
    page.get_by_role("textbox", name="Why").fill("The candidate was ill.")
    page.get_by_role("button", name="Dismiss the interview").click()
    page.get_by_text("Did not take place: 1").click()
    expect(page.get_by_text("The candidate was ill.")).to_be_visible()
    page.get_by_role("button", name="It takes place after all").click()
    page.get_by_role("textbox", name="Why").last.fill("A new date was found.")
    quiet(page)
    page.get_by_role("button", name="Take it back").click()
    who = sitting.people[0].id
    held = sitting.store.interviews
    assert sitting.stored(lambda: held.get(who, sitting.interview.id).dismissed_reason is None)
    expect(page.get_by_text("Did not take place: 1")).to_have_count(0)


def test_the_lead_marks_who_is_not_qualified_and_is_told_what_nobody_scores(
    server: Server, context: BrowserContext
) -> None:
    sitting = Sitting(server)
    who = sitting.people[0].id
    page = page_of(sitting, context, f"?round={sitting.round.id}")
    page.get_by_role("tab", name="Settings").click()
    page.get_by_role("combobox", name="Ana First").click()
    page.get_by_role("option", name="Drift and quality in production").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Save settings").click()
    expect(
        page.get_by_text("it is asked only by people marked not qualified on it: Ana First")
    ).to_be_visible()
    assert sitting.store.rounds.get(who, sitting.round.id).not_qualified == {who: ("drift",)}


def test_a_round_is_closed_and_opened_again(server: Server, context: BrowserContext) -> None:
    sitting = Sitting(server)
    page = page_of(sitting, context, f"?round={sitting.round.id}")
    page.get_by_role("tab", name="Settings").click()
    page.get_by_text("Close this round").click()
    page.get_by_role("button", name="Close the round", exact=True).click()
    page.get_by_role("button", name="Yes, close the round").click()
    expect(page.get_by_text("This round is closed")).to_be_visible()
    page.get_by_role("tab", name="Candidates").click()
    expect(page.get_by_text("C-01")).to_be_visible()
    expect(page.get_by_role("button", name="Interview:")).to_have_count(0)
    page.get_by_role("button", name="Open it again").click()
    expect(page.get_by_role("button", name="Interview:").first).to_be_visible()


def test_a_recommendation_is_amended_and_a_scorecard_withdrawn(
    server: Server, context: BrowserContext
) -> None:
    """Both on the debrief: the author changes it with a reason, the lead takes it out with a reason."""
    sitting = Sitting(server)
    submit(sitting)
    page = page_of(
        sitting, context, f"debrief?round={sitting.round.id}&candidate={sitting.interview.candidate_id}"
    )
    page.get_by_text("Amend your scorecard").click()
    page.get_by_text("The recommendation", exact=True).click()
    page.get_by_text("Strong yes", exact=True).click()
    page.get_by_label("Why the change").fill("Pressed the wrong one.")
    page.get_by_label("Why the change").press("Enter")
    page.get_by_role("button", name="Amend", exact=True).click()
    expect(page.get_by_role("heading", name="Strong yes")).to_be_visible()
    assert sitting.card().amendments[0].before.verdict.recommendation == "yes"

    page.get_by_text("Withdraw a scorecard").click()
    page.get_by_role("radiogroup", name="Whose").get_by_text("Ana First").click()
    page.get_by_label("Why it is withdrawn").fill("Knew the candidate.")
    page.get_by_role("button", name="Withdraw", exact=True).click()
    expect(page.get_by_text("is withdrawn and counts nowhere: Knew the candidate.")).to_be_visible()
