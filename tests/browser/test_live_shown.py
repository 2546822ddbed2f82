"""What the candidate sees of the live screen in a real browser, and the panels beside it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import Sitting
from .live_page import notes, settled

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_every_panel_closes_by_its_button(sitting: Sitting, browser: Browser, size: tuple[int, int]) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, has_touch=size[0] < 500)
    page = sitting.open(context)
    for place in range(len(sitting.questions)):
        page.locator(f"#agenda-{place}").click()
        for name in [press.get_attribute("id") for press in page.locator(".tools button").all()]:
            page.locator(f"#{name}").click()
            expect(page.locator("#panel")).to_be_visible()
            page.locator("#panel-close").click(timeout=3_000)
            expect(page.locator("#panel")).to_have_count(0)
    context.close()


def candidates_window(page: Page, browser: Browser) -> Page:
    page.locator("#panel-window").click()
    page.locator("#window-open").click()
    address = page.get_by_label("Address of the candidate’s window").input_value()
    page.locator("#panel-close").click()
    window = browser.new_context().new_page()
    window.goto(address)
    return window


def card_of(sitting: Sitting, place: int) -> str:
    question = sitting.questions[place]
    return (question.card or question.prompt).split("\n")[0][:60]


def test_looking_at_another_question_is_private_until_it_is_shown(
    sitting: Sitting, page: Page, browser: Browser
) -> None:
    """Agenda and Back only look; Next goes on with the candidate; the minutes count for what is shown."""
    page.locator("#begin").click()
    window = candidates_window(page, browser)
    expect(window.locator("#card")).to_contain_text(card_of(sitting, 0))
    seen: list[str] = []
    window.expose_function("changed", lambda words: seen.append(words))
    window.evaluate(
        "() => new MutationObserver(() => window.changed(document.getElementById('card').innerText))"
        ".observe(document.getElementById('card'), { childList: true, subtree: true })"
    )
    page.locator("#agenda-1").click()
    expect(page.get_by_text("Only you see this question")).to_be_visible()
    expect(page.locator(".bar .sees")).to_have_text("Candidate sees 1")
    notes(page).press_sequentially("looked ahead")
    page.locator("#rate-2").click()
    settled(page)
    page.wait_for_timeout(2_500)
    assert seen == []
    box = page.locator("#next").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 900
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(window.locator("#card")).to_contain_text(card_of(sitting, 1))
    expect(page.get_by_text("Only you see this question")).to_be_hidden()
    page.locator("#back").click()
    expect(page.locator(".bar .sees")).to_have_text("Candidate sees 2")
    page.locator("#show-candidate").click()
    expect(window.locator("#card")).to_contain_text(card_of(sitting, 0))
    page.locator("#next").click()
    expect(window.locator("#card")).to_contain_text(card_of(sitting, 1))
    settled(page)
    opened = [m.question_id for m in sitting.card().moments if m.kind == "opened"]
    assert opened == [sitting.questions[place].id for place in (0, 1, 0, 1)]


def test_a_reload_while_looking_ahead_shows_nothing(sitting: Sitting, page: Page, browser: Browser) -> None:
    page.locator("#begin").click()
    window = candidates_window(page, browser)
    page.locator("#agenda-1").click()
    settled(page)
    page.reload()
    expect(page.get_by_text("Only you see this question")).to_be_visible()
    page.wait_for_timeout(1_500)
    expect(window.locator("#card")).to_contain_text(card_of(sitting, 0))


def test_an_address_of_this_machine_says_that_it_works_here_only(page: Page) -> None:
    page.locator("#panel-window").click()
    expect(page.locator("#panel")).to_contain_text("works on this machine only")
    page.locator("#window-open").click()
    expect(page.locator("#panel")).to_contain_text("Share your screen with Share-safe on")
