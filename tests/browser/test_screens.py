"""Every screen with the demo round in it: it draws, on a laptop and on a phone, and asks nobody outside."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .conftest import Server, sign_in

pytestmark = pytest.mark.browser
SCREENS = {
    "prepare": "minutes planned",
    "interview": "to conduct|You have no interview yet",
    "submit": "to conduct|You have no interview yet",
    "debrief": "submitted",
    "compare": "can be compared on enough evidence",
    "library": "of 10 questions",
    "sign_in": "You work as",
}


def add_demo(page: Page) -> str:
    page.get_by_role("button", name="Try the demo round").click()
    expect(page.get_by_text("A demo round of invented people")).to_be_visible()
    page.wait_for_url(re.compile(r"round="))
    return page.url


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)], ids=["laptop", "phone"])
def test_every_screen_draws_without_a_fault(
    server: Server, browser: Browser, width: int, height: int
) -> None:
    """No traceback, no error box, and no request to another host."""
    context = browser.new_context(viewport={"width": width, "height": height})
    asked: set[str] = set()
    context.on("request", lambda request: asked.add(urlsplit(request.url).hostname or ""))
    page = sign_in(context, server.url, "Ana First")
    address = add_demo(page)
    for screen, words in SCREENS.items():
        page.goto(address.replace("/?", f"/{screen}?"))
        expect(page.get_by_text(re.compile(words)).first).to_be_visible()
        page.wait_for_timeout(500)
        assert page.locator('[data-testid="stException"]').count() == 0, screen
        assert page.locator('[data-testid="stAlertContentError"]').count() == 0, screen
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (
            f"{screen} is wider than the screen"
        )
    assert asked <= {"127.0.0.1", ""}
    context.close()


def test_a_cell_of_the_comparison_opens_the_words_behind_it(server: Server, context: BrowserContext) -> None:
    page = sign_in(context, server.url, "Ana First")
    address = add_demo(page)
    page.goto(address.replace("/?", "/compare?"))
    page.get_by_role("button", name="×").first.click()
    expect(page.get_by_role("dialog").get_by_text("Heard:").first).to_be_visible()


def test_the_demo_round_can_be_removed(server: Server, context: BrowserContext) -> None:
    page = sign_in(context, server.url, "Ana First")
    add_demo(page)
    page.get_by_role("tab", name="Settings").click()
    page.get_by_role("button", name="Remove this round").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("button", name="Try the demo round")).to_be_visible()


def begin_interview(server: Server, context: BrowserContext, opening: str) -> Page:
    """A round of one candidate, and the live screen of its first interview."""
    page = sign_in(context, server.url, "Ana First")
    page.get_by_role("button", name="Create a round").click()
    page.get_by_label("Opening").fill(opening)
    page.get_by_label("Candidates").fill("Cara One")
    page.get_by_label("Candidates").press("Control+Enter")
    expect(page.get_by_text("1 candidate can be taken")).to_be_visible()
    page.get_by_role("button", name="Create the round").click()
    page.get_by_role("button", name="Interview: Founder screen").click()
    return page


def test_words_come_back_after_a_reload(server: Server, context: BrowserContext) -> None:
    """Typed, reloaded at once: the tab still holds what the server had not confirmed."""
    page = begin_interview(server, context, "Reload")
    box = page.get_by_label("Evidence: what was said or done")
    box.press_sequentially("typed in the last moment", delay=5)
    page.reload()
    expect(box).to_have_value("typed in the last moment")
    expect(page.get_by_text("✓ saved").first).to_be_visible()


def test_a_second_window_does_not_overwrite_newer_words(server: Server, context: BrowserContext) -> None:
    """A stale write is refused, both texts are shown, and both can be kept."""
    page = begin_interview(server, context, "Two windows")
    first = page.get_by_label("Evidence: what was said or done")
    expect(first).to_be_visible()
    other = context.new_page()
    other.goto(page.url)
    second = other.get_by_label("Evidence: what was said or done")
    expect(second).to_be_visible()
    first.press_sequentially("from the first window", delay=5)
    expect(page.get_by_text("✓ saved").first).to_be_visible()
    second.press_sequentially("from the second", delay=5)
    expect(other.get_by_text("Another window of yours changed this question")).to_be_visible()
    other.get_by_role("button", name="Keep both texts").click()
    expect(second).to_have_value("from the first window\nfrom the second")
