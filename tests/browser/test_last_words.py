"""The words of the recommendation and the debrief in a real browser: stored at once, and never another's."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from scorecards.record.model import Verdict
from tests.scorecards.small_round import rate

from .conftest import Server, Sitting

pytestmark = pytest.mark.browser


def at_the_end(sitting: Sitting, context: BrowserContext) -> Page:
    """The Submit screen with every question rated and a recommendation chosen."""
    person = sitting.people[0]
    for question in sitting.questions:
        rating = sitting.rating(sitting.questions.index(question)).model_copy(
            update={"state": "skipped", "skip_reason": "time"}
        )
        rate(sitting.store, person.id, sitting.cards[person.id], rating)
    sitting.store.cards.save_verdict(person.id, sitting.cards[person.id], Verdict(recommendation="yes"))
    page = sitting.open(context)
    page.goto(page.url.replace("/interview", "/submit"))
    expect(page.locator("textarea")).to_be_visible()
    return page


def reason(sitting: Sitting) -> str:
    return sitting.card().content.verdict.reason


@pytest.mark.parametrize("way", ["another screen", "closed"])
def test_last_words_are_stored_although_the_page_is_left_at_once(
    server: Server, context: BrowserContext, way: str
) -> None:
    sitting = Sitting(server)
    page = at_the_end(sitting, context)
    page.locator("textarea").press_sequentially("Asked well. ")
    expect(page.get_by_text("saving …")).to_be_hidden()
    page.locator("textarea").press_sequentially("And answered.", delay=0)
    if way == "closed":
        page.close(run_before_unload=False)
    else:
        page.get_by_role("link", name="Library").click()
        expect(page.get_by_text("Library").first).to_be_visible()
    assert sitting.stored(lambda: reason(sitting) == "Asked well. And answered.")


def test_two_tabs_do_not_overwrite_each_others_last_words(server: Server, context: BrowserContext) -> None:
    """The first tab draws itself anew after the second one wrote; what stood there first is shown, not lost."""
    sitting = Sitting(server)
    first = at_the_end(sitting, context)
    first.locator("textarea").press_sequentially("from the first")
    assert sitting.stored(lambda: reason(sitting) == "from the first")
    second = context.new_page()
    second.goto(first.url)
    expect(second.locator("textarea")).to_have_value("from the first")
    second.locator("textarea").press("End")
    second.locator("textarea").press_sequentially(" and the second")
    assert sitting.stored(lambda: reason(sitting) == "from the first and the second")
    first.get_by_text("All questions as you rated them").click()
    first.get_by_text("Strong yes", exact=True).click()
    assert sitting.stored(lambda: sitting.card().content.verdict.recommendation == "strong_yes")
    assert reason(sitting) == "from the first and the second"
    first.locator("textarea").press("End")
    first.locator("textarea").press_sequentially("!")
    first.locator("textarea").blur()
    second.locator("textarea").press_sequentially("?")
    assert "from the first and the second" in reason(sitting)


def test_what_is_typed_by_one_person_is_never_shown_to_the_next_in_the_same_tab(
    server: Server, context: BrowserContext
) -> None:
    """Sign out, another signs in in the same tab; the first one finds it again."""
    sitting = Sitting(server, interviewers=2)
    for place, person in enumerate(sitting.people):
        for question in sitting.questions:
            rating = sitting.rating(sitting.questions.index(question), place).model_copy(
                update={"state": "skipped", "skip_reason": "time"}
            )
            rate(sitting.store, person.id, sitting.cards[person.id], rating)
        sitting.store.cards.save_verdict(person.id, sitting.cards[person.id], Verdict(recommendation="yes"))
        sitting.store.cards.submit(person.id, sitting.cards[person.id])
    ana, bo = sitting.people
    address = f"{server.url}/debrief?round={sitting.round.id}&candidate={sitting.candidate.id}"
    cookie = {"name": "interview_kit_person", "url": server.url}
    context.add_cookies([{**cookie, "value": ana.id}])
    page = context.new_page()
    page.goto(address)
    page.get_by_label("In one sentence, why").fill("a sealed thought of Ana's")
    expect(page.get_by_text("kept in this tab until you record it")).to_be_visible()
    context.add_cookies([{**cookie, "value": bo.id}])
    page.goto(address)
    expect(page.get_by_text("Bo Second").first).to_be_visible()
    expect(page.get_by_label("In one sentence, why")).to_have_value("")
    context.add_cookies([{**cookie, "value": ana.id}])
    page.goto(address)
    expect(page.get_by_label("In one sentence, why")).to_have_value("a sealed thought of Ana's")
    for key in page.evaluate("() => [...Object.keys(sessionStorage), ...Object.keys(localStorage)]"):
        assert not key.startswith("interview-kit") or ana.id in key or bo.id in key
