"""Every screen with the demo round in it: it draws, on a laptop and on a phone, and asks nobody outside."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .conftest import Server, form, quiet, sign_in

pytestmark = pytest.mark.browser
SCREENS = {
    "prepare": "minutes planned",
    "interview": "not begun|You have no interview yet",
    "submit": "not begun|You have no interview yet",
    "debrief": "submitted",
    "compare": "on this evidence",
    "library": r"of \d+ questions",
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
        quiet(page)
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
    page.locator(".face:not(.empty)").first.click()
    expect(page.get_by_role("dialog").get_by_text("Heard:").first).to_be_visible()


def test_the_demo_round_can_be_removed(server: Server, context: BrowserContext) -> None:
    page = sign_in(context, server.url, "Ana First")
    add_demo(page)
    page.get_by_role("tab", name="Settings").click()
    page.get_by_text("Remove this round").click()
    form(page, "Delete for good").get_by_label("Its name").fill("Senior Python AI engineer, demo")
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("button", name="Try the demo round")).to_be_visible()
