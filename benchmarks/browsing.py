"""What the benchmarks share in a real browser: the browser, and a page of it on which somebody is signed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from interview_kit.screens.signed_in import PERSON_COOKIE
from tests.browser.install import ARGUMENTS, find_browser


@contextmanager
def a_browser() -> Iterator[Browser]:
    """A browser of its own, closed afterwards."""
    path = find_browser()
    if path is None:
        raise SystemExit("No browser: run `python -m tests.browser.install`.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@contextmanager
def page_of(browser: Browser, port: int, person: str) -> Iterator[Page]:
    """An empty page on which this person is signed in at the server on this port; nothing is cached yet."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": PERSON_COOKIE, "value": person, "url": f"http://127.0.0.1:{port}"}])
    yield context.new_page()
    context.close()
