"""Signing in through the proxy: one session for all replicas, whichever of them is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser import provider
from tests.browser.conftest import Server
from tests.browser.test_sign_in import SECRET, at_the_provider, issuer

from .conftest import BROWSER_COOKIE, Proxy, Team, empty_database

__all__ = ["issuer"]
pytestmark = pytest.mark.browser


@pytest.fixture
def signing_in(
    postgres: Callable[[str], str],
    run_on_postgres: Callable[[str], None],
    issuer: Callable[[str], str],
    tmp_path: Path,
) -> Iterator[Team]:
    """Two replicas on which people sign in, with the same settings."""
    address = empty_database(postgres, run_on_postgres)
    replicas = [Server(address), Server(address)]
    proxy = Proxy(tmp_path, replicas)
    settings = {
        "INTERVIEW_KIT_PUBLIC_URL": proxy.url,
        "INTERVIEW_KIT_OIDC_METADATA_URL": issuer(proxy.url),
        "INTERVIEW_KIT_OIDC_CLIENT_ID": provider.CLIENT,
        "INTERVIEW_KIT_OIDC_CLIENT_SECRET": provider.SECRET,
        "INTERVIEW_KIT_OIDC_TRUST_EMAIL": "true",
        "INTERVIEW_KIT_COOKIE_SECRET": SECRET,
    }
    for replica in replicas:
        replica.more = settings
        replica.launch()
    for replica in replicas:
        replica.wait()
    proxy.start()
    yield Team(replicas, proxy)
    proxy.stop()
    for replica in replicas:
        replica.kill()


@pytest.fixture
def context(signing_in: Team, browser: Browser) -> Iterator[BrowserContext]:
    """A browser that is led to the first replica."""
    opened = browser.new_context()
    cookie = signing_in.proxy.browser_on(0)
    opened.add_cookies([{"name": BROWSER_COOKIE, "value": cookie, "url": signing_in.proxy.url}])
    yield opened
    opened.close()


def test_whoever_signed_in_at_a_replica_that_is_lost_stays_signed_in(
    signing_in: Team, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(signing_in.proxy.url)
    at_the_provider(page, "ana")
    expect(page.get_by_text("Ana Provided")).to_be_visible()
    signing_in.replicas[0].kill()
    page.reload()
    expect(page.get_by_text("Ana Provided")).to_be_visible()


def test_a_sign_in_comes_to_its_end_although_its_replica_is_lost_on_the_way(
    signing_in: Team, context: BrowserContext
) -> None:
    """The replica dies while one is at the provider: the other one takes over what is under way."""
    page = context.new_page()
    page.goto(signing_in.proxy.url)
    page.get_by_role("button", name="Sign in").click()
    page.locator("#login").wait_for()
    signing_in.replicas[0].kill()
    page.locator("#login").fill("ana")
    page.get_by_role("button", name="Continue").click()
    page.locator("#password").fill(provider.PASSWORD)
    page.locator("button[type=submit]").last.click()
    expect(page.get_by_role("link", name="Rounds")).to_be_visible()
