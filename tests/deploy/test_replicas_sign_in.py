"""One signs in once, whichever replica one is led to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Server
from tests.browser.signing_in import come_in, providers, sign_in_settings

from .conftest import BROWSER_COOKIE, Proxy, empty_database

pytestmark = pytest.mark.browser


@pytest.fixture
def signed_proxy(
    postgres: Callable[[str], str], run_on_postgres: Callable[[str], None], tmp_path: Path
) -> Iterator[Proxy]:
    """Two replicas on which people sign in, with the proxy before them."""
    address = empty_database(postgres, run_on_postgres)
    replicas = [Server(address), Server(address)]
    proxy = Proxy(tmp_path / "proxy", replicas)
    with providers(tmp_path / "provider.log") as start:
        settings = sign_in_settings(proxy.url, start(proxy.url))
        for replica in replicas:
            replica.settings = settings
            replica.start()
        proxy.start()
        yield proxy
        proxy.stop()
        for replica in replicas:
            replica.kill()


def test_a_sign_in_holds_on_both_replicas_and_ends_on_both(signed_proxy: Proxy, browser: Browser) -> None:
    context = browser.new_context()

    def led_to(replica: int) -> None:
        cookie = signed_proxy.browser_on(replica)
        context.add_cookies([{"name": BROWSER_COOKIE, "value": cookie, "url": signed_proxy.url}])

    led_to(0)
    come_in(context, signed_proxy, "ana")
    led_to(1)
    page = context.new_page()
    page.goto(f"{signed_proxy.url}/sign_in")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    led_to(0)
    page.goto(signed_proxy.url)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    context.close()
