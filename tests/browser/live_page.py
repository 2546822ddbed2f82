"""What tests do on the live screen, whatever they are about."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

SAVED = re.compile("^✓ saved")


def notes(page: Page) -> Locator:
    """The box of the evidence."""
    return page.locator("#evidence")


def settled(page: Page) -> None:
    """Wait until everything typed is stored."""
    expect(page.locator(".saved")).to_have_text(SAVED)


def ask(page: Page, place: int) -> None:
    """Go to a question and show it to the candidate."""
    page.locator(f"#agenda-{place}").click()
    expect(page.locator(f"#agenda-{place}")).to_have_attribute("aria-current", "step")
    if page.locator("#show-candidate").is_visible():
        page.locator("#show-candidate").click()
