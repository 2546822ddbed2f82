"""Signing in at a real provider: how it is started, how a kit is set up for it, and how a person comes in."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from .conftest import ROOT, Served, free_port

CLIENT, CLIENT_SECRET, PASSWORD = "interview-kit", "a-secret-of-the-kit", "correct horse battery"
COOKIE_SECRET = "for the tests alone, and nowhere else"
PEOPLE = {"ana": "ana@firm.example", "bo": "bo@firm.example", "eve": "eve@elsewhere.example"}


@contextmanager
def providers(log: Path) -> Iterator[Callable[[str], str]]:
    """Starts a provider for the kit at an address; answers with where it describes itself."""
    running = []

    def start(kit: str) -> str:
        port = free_port()
        words = [sys.executable, "-m", "tests.browser.provider", str(port), kit]
        running.append(subprocess.Popen(words, cwd=ROOT, stdout=log.open("a"), stderr=subprocess.STDOUT))
        about = f"http://127.0.0.1:{port}/.well-known/openid-configuration"
        while running[-1].poll() is None:
            try:
                urllib.request.urlopen(about, timeout=5).read()
                return about
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"The provider ended with {running[-1].returncode} before it answered.")

    yield start
    for process in running:
        process.kill()


def sign_in_settings(public_url: str, about: str) -> dict[str, str]:
    """The environment of a kit on which people sign in there."""
    return {
        "INTERVIEW_KIT_PUBLIC_URL": public_url,
        "INTERVIEW_KIT_OIDC_METADATA_URL": about,
        "INTERVIEW_KIT_OIDC_CLIENT_ID": CLIENT,
        "INTERVIEW_KIT_OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "INTERVIEW_KIT_OIDC_TRUST_EMAIL": "true",
        "INTERVIEW_KIT_OIDC_DOMAINS": "firm.example",
        "INTERVIEW_KIT_ADMINS": "ana@firm.example",
        "INTERVIEW_KIT_COOKIE_SECRET": COOKIE_SECRET,
    }


def at_the_provider(page: Page, name: str) -> None:
    """Press 'Sign in', and give name and password there; in a browser that knows them the provider asks nothing."""
    page.get_by_role("button", name="Sign in").click()
    login = page.locator("#login")
    login.or_(page.get_by_role("link", name="Rounds")).first.wait_for()
    if login.is_visible():
        login.fill(name)
        page.get_by_role("button", name="Continue").click()
        password = page.locator("#password")
        password.or_(page.get_by_role("link", name="Rounds")).first.wait_for()
        if password.is_visible():
            password.fill(PASSWORD)
            page.locator("button[type=submit]").last.click()


def come_in(context: BrowserContext, kit: Served, name: str, path: str = "") -> Page:
    page = context.new_page()
    page.goto(f"{kit.url}/{path}")
    at_the_provider(page, name)
    expect(page.get_by_role("link", name="Rounds")).to_be_visible()
    return page
