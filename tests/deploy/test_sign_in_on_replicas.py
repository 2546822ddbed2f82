"""Signing in through the proxy: one session for all replicas, whichever of them is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.conftest import Server
from tests.browser.signing_in import PASSWORD, come_in, providers, sign_in_settings

from .conftest import BROWSER_COOKIE, Proxy, Team, empty_database, running

pytestmark = pytest.mark.browser


@pytest.fixture
def signing_in(
    postgres: Callable[[str], str], run_on_postgres: Callable[[str], None], tmp_path: Path
) -> Iterator[Team]:
    """Two replicas on which people sign in, with the same settings."""
    address = empty_database(postgres, run_on_postgres)
    replicas = [Server(address), Server(address)]
    proxy = Proxy(tmp_path, replicas)
    with providers(tmp_path / "provider.log") as start:
        settings = sign_in_settings(proxy.url, start(proxy.url))
        for replica in replicas:
            replica.settings = settings
        with running(Team(replicas, proxy)) as team:
            yield team


def led_to(context: BrowserContext, proxy: Proxy, replica: int) -> None:
    """From now on this browser comes to this replica."""
    context.add_cookies([{"name": BROWSER_COOKIE, "value": proxy.browser_on(replica), "url": proxy.url}])


def test_a_person_who_signed_in_at_a_replica_that_is_lost_stays_signed_in(
    signing_in: Team, browser: Browser
) -> None:
    context = browser.new_context()
    led_to(context, signing_in.proxy, 0)
    page = come_in(context, signing_in.proxy, "ana")
    signing_in.replicas[0].kill()
    page.reload()
    expect(page.get_by_text("Ana Provided")).to_be_visible()
    context.close()


def test_a_person_who_signs_out_at_one_replica_is_signed_out_at_the_other(
    signing_in: Team, browser: Browser
) -> None:
    context = browser.new_context()
    led_to(context, signing_in.proxy, 0)
    come_in(context, signing_in.proxy, "ana")
    led_to(context, signing_in.proxy, 1)
    page = context.new_page()
    page.goto(f"{signing_in.proxy.url}/sign_in")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    led_to(context, signing_in.proxy, 0)
    page.goto(signing_in.proxy.url)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    context.close()


def test_a_sign_in_comes_to_its_end_although_its_replica_is_lost_on_the_way(
    signing_in: Team, browser: Browser
) -> None:
    """The replica dies while one is at the provider: the other one takes over what is under way."""
    context = browser.new_context()
    led_to(context, signing_in.proxy, 0)
    page = context.new_page()
    page.goto(signing_in.proxy.url)
    page.get_by_role("button", name="Sign in").click()
    page.locator("#login").wait_for()
    signing_in.replicas[0].kill()
    page.locator("#login").fill("ana")
    page.get_by_role("button", name="Continue").click()
    page.locator("#password").fill(PASSWORD)
    page.locator("button[type=submit]").last.click()
    expect(page.get_by_role("link", name="Rounds")).to_be_visible()
    context.close()
