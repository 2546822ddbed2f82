"""axe-core on every screen and every state of the live screen: nothing serious, nothing critical, light and dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from interview_kit.screens.parts.library_page import VIEWS

from .conftest import Server, Sitting, quiet, sign_in
from .test_screens import SCREENS, add_demo

pytestmark = pytest.mark.browser
PANELS = ("you", "card", "numbers", "reveals", "turns", "levels", "key", "terms", "window", "overview")


def faults(page: Page, where: str) -> list[str]:
    """What axe calls serious or critical, with the element and the reason."""
    found = Axe().run(page).response["violations"]
    return [
        f"{where}: {fault['id']}: {node['html'][:160]}: {node.get('failureSummary', '')[:200]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"][:4]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_can_be_used_by_everybody(server: Server, browser: Browser, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(server.url)
    expect(page.get_by_label("enter your name")).to_be_visible()
    found = faults(page, "sign-in")
    page.close()
    page = sign_in(context, server.url, "Ana First")
    address = add_demo(page)
    quiet(page)
    found += faults(page, "rounds")
    for screen in SCREENS:
        page.goto(address.replace("/?", f"/{screen}?"))
        quiet(page)
        found += faults(page, screen)
    page.goto(address.replace("/?", "/compare?"))
    for name in ("Side by side", "What if", "Interviewers", "Not said"):
        page.get_by_role("radiogroup", name="View").get_by_text(name, exact=True).click()
        quiet(page)
        found += faults(page, f"compare, {name}")
    page.goto(f"{server.url}/library?question=SEC-16")
    for view in VIEWS:
        page.get_by_text(view, exact=True).click()
        quiet(page)
        found += faults(page, f"library, {view}")
    assert found == [], "\n".join(found)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)], ids=["laptop", "phone"])
def test_the_live_screen_can_be_used_by_everybody(
    server: Server, browser: Browser, width: int, height: int, scheme: str
) -> None:
    """With every panel open, with a reason asked for, without a connection, and share-safe."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    sitting = Sitting(server, loop="core-loop")
    page = sitting.open(context)
    found = faults(page, "before the start")
    page.locator("#begin").click()
    for place in range(len(sitting.questions)):
        page.locator(f"#agenda-{place}").click()
        for name in PANELS:
            if page.locator(f"#panel-{name}").is_visible():
                page.locator(f"#panel-{name}").click()
                found += faults(page, f"{place} {name}")
                page.keyboard.press("Escape")
    page.locator("[id^=tick-]").first.check()
    page.locator("[id^=why-tick-]").first.click()
    page.locator("[id^=flag-]").first.check()
    page.locator("#rate-4").click()
    expect(page.locator("#why")).to_be_visible()
    found += faults(page, "a reason is asked for")
    page.locator("#rate-skipped").click()
    found += faults(page, "skipping")
    context.set_offline(True)
    page.locator("#evidence").press_sequentially("x")
    expect(page.get_by_text("No connection since")).to_be_visible()
    found += faults(page, "no connection")
    context.set_offline(False)
    page.locator("#share").click()
    found += faults(page, "share-safe")
    page.keyboard.press("Escape")
    second = sitting.open(context)
    expect(second.locator("#take")).to_be_visible()
    found += faults(second, "second window")
    assert found == [], "\n".join(found)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_candidates_window_can_be_used_by_everybody(
    server: Server, browser: Browser, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    sitting = Sitting(server, loop="core-loop")
    page = sitting.open(context)
    page.locator("#begin").click()
    page.locator("#panel-window").click()
    page.locator("#window-open").click()
    window = context.new_page()
    window.goto(page.get_by_label("Address of the candidate’s window").input_value())
    expect(window.locator("#card .prompt")).to_be_visible()
    found = faults(window, "card")
    page.keyboard.press("Escape")
    page.locator("#agenda-1").click()
    page.locator("#show-candidate").click()
    expect(window.locator("figure").first).to_be_visible()
    assert found + faults(window, "exhibit") == []
    context.close()
