"""Signing in at a real provider in a real browser: coming in, going, running out, and what stays typed."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Download, Locator, Page, expect
from sqlalchemy import update

from interview_kit.screens.signed_in import PERSON_COOKIE
from scorecards.store import OPERATOR, Store, open_database
from scorecards.store.tables import sessions
from tests.scorecards.small_round import card, keep

from .conftest import Server, Sitting, choose, without_stamps
from .signing_in import (
    CLIENT_SECRET,
    COOKIE_SECRET,
    PASSWORD,
    PEOPLE,
    at_the_provider,
    come_in,
    providers,
    sign_in_settings,
)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    with providers(tmp_path_factory.mktemp("provider") / "log") as start:
        yield start


class Kit(Server):
    """A server on which people sign in."""

    def __init__(self, database: Path, issuer: Callable[[str], str], **more: str):
        super().__init__(database)
        self.settings = sign_in_settings(self.url, issuer(self.url)) | more
        self.start()

    @property
    def store(self) -> Store:
        return Store(open_database(str(self.database)))

    def in_an_interview(self) -> Sitting:
        """An interview of Ana's and Bo's, who are awaited at their addresses."""
        accounts = self.store.accounts
        return Sitting(self, people=[accounts.invite(*[PEOPLE[name]] * 2) for name in ("ana", "bo")])


@pytest.fixture(scope="module")
def kit(issuer: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    running = Kit(tmp_path_factory.mktemp("kit") / "interviews.db", issuer)
    yield running
    running.kill()


def written(sitting: Sitting) -> str:
    return without_stamps(sitting.rating().evidence)


def test_a_person_who_signs_in_is_known_by_their_name_and_an_administrator_by_their_address(
    context, kit
) -> None:
    page = come_in(context, kit, "ana")
    expect(page.get_by_text("Ana Provided")).to_be_visible()
    expect(page.get_by_role("link", name="Administration")).to_be_visible()
    expect(page.get_by_text("Who are you?")).to_have_count(0)


def test_a_name_in_the_local_cookie_opens_nothing(context, kit) -> None:
    somebody = kit.store.people.add("Somebody Known")
    context.add_cookies([{"name": PERSON_COOKIE, "value": somebody.id, "url": kit.url}])
    page = context.new_page()
    page.goto(kit.url)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.get_by_text("Somebody Known")).to_have_count(0)


def test_a_forged_cookie_of_a_sign_in_opens_nothing(context, kit) -> None:
    come_in(context, kit, "ana")
    signed = next(one for one in context.cookies() if one["name"] == "_streamlit_user")
    forged = signed["value"][:30] + ("A" if signed["value"][30] != "A" else "B") + signed["value"][31:]
    context.add_cookies([{"name": "_streamlit_user", "value": forged, "url": kit.url}])
    page = context.new_page()
    page.goto(kit.url)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_another_domain_is_refused_with_the_reason_and_leaves_no_person(context, kit) -> None:
    page = context.new_page()
    page.goto(kit.url)
    at_the_provider(page, "eve")
    expect(page.get_by_text("eve@elsewhere.example is not of firm.example")).to_be_visible()
    assert "Eve Provided" not in {one.name for one in kit.store.people.all()}


def test_after_signing_in_one_is_back_at_the_interview_that_one_came_for(context, kit) -> None:
    sitting = kit.in_an_interview()
    page = come_in(context, kit, "ana", f"interview?card={sitting.cards[sitting.people[0].id]}")
    expect(page.locator("#prompt")).to_be_visible()


def test_somebody_elses_interview_stays_closed_after_signing_in(context, kit) -> None:
    sitting = kit.in_an_interview()
    page = come_in(context, kit, "bo", f"interview?card={sitting.cards[sitting.people[0].id]}")
    expect(page.get_by_text("There is no scorecard at this address that you can see.")).to_be_visible()
    expect(page.locator("#prompt")).to_have_count(0)


def test_signing_out_ends_every_tab_of_the_browser_and_every_copy_of_its_cookie(
    browser: Browser, context: BrowserContext, kit: Kit
) -> None:
    page = come_in(context, kit, "ana")
    other_tab = context.new_page()
    other_tab.goto(f"{kit.url}/library")
    expect(other_tab.get_by_text("Ana Provided")).to_be_visible()
    copied = [one for one in context.cookies() if one["name"].startswith("_streamlit")]
    page.goto(f"{kit.url}/sign_in")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    other_tab.get_by_role("link", name="Rounds").click()
    expect(other_tab.get_by_role("button", name="Sign in")).to_be_visible()
    thief = browser.new_context()
    thief.add_cookies(copied)
    stolen = thief.new_page()
    stolen.goto(kit.url)
    expect(stolen.get_by_text("You signed out.")).to_be_visible()
    thief.close()


def test_words_typed_after_signing_out_elsewhere_wait_in_the_tab_until_one_signs_in_again(
    context, kit
) -> None:
    sitting = kit.in_an_interview()
    card = sitting.cards[sitting.people[0].id]
    page = come_in(context, kit, "ana", f"interview?card={card}")
    page.locator("#evidence").fill("Before.")
    assert sitting.stored(lambda: written(sitting) == "Before.")
    elsewhere = context.new_page()
    elsewhere.goto(f"{kit.url}/sign_in")
    elsewhere.get_by_role("button", name="Sign out").click()
    expect(elsewhere.get_by_role("button", name="Sign in")).to_be_visible()
    page.locator("#evidence").fill("Before. And after.")
    expect(page.get_by_text("pass for this interview is no longer good")).to_be_visible()
    assert written(sitting) == "Before."
    page.reload()
    at_the_provider(page, "ana")
    expect(page.locator("#evidence")).to_have_value(re.compile("Before. And after.$"))
    assert sitting.stored(lambda: written(sitting) == "Before. And after.")


def test_a_session_runs_out_while_the_interview_goes_on_and_one_signs_in_again(
    context: BrowserContext, issuer: Callable[[str], str], tmp_path: Path
) -> None:
    short = Kit(tmp_path / "interviews.db", issuer, INTERVIEW_KIT_SESSION_HOURS="0.01")
    try:
        sitting = short.in_an_interview()
        page = come_in(context, short, "ana", f"interview?card={sitting.cards[sitting.people[0].id]}")
        expect(page.locator("#prompt")).to_be_visible()
        page.wait_for_timeout(37_000)
        page.locator("#evidence").fill("Typed when the hours were over.")
        assert sitting.stored(lambda: written(sitting) == "Typed when the hours were over.")
        page.goto(f"{short.url}/rounds")
        expect(page.get_by_text("more than 0.01 hours ago")).to_be_visible()
        at_the_provider(page, "ana")
        expect(page.get_by_text("Rounds").first).to_be_visible()
    finally:
        short.kill()


def test_somebody_invited_by_address_is_on_the_panel_when_they_sign_in(
    browser: Browser, context: BrowserContext, kit: Kit
) -> None:
    page = come_in(context, kit, "ana", "?round=new")
    page.get_by_label("Opening").fill("Invited by address")
    page.get_by_label("Interviewers not known here yet").fill("Bo without an address")
    page.get_by_role("button", name="Create the round").click()
    expect(page.get_by_text("enter the e-mail address")).to_be_visible()
    page.get_by_label("Interviewers not known here yet").fill("bo@firm.example")
    page.get_by_role("button", name="Create the round").click()
    expect(page.get_by_role("heading", name="Invited by address")).to_be_visible()
    another = browser.new_context()
    bos = come_in(another, kit, "bo")
    expect(bos.get_by_text("Invited by address")).to_be_visible()
    another.close()


@pytest.fixture
def led(issuer: Callable[[str], str], tmp_path: Path) -> Iterator[Kit]:
    """A kit on which Ana leads a round with scorecards that are in."""
    running = Kit(tmp_path / "interviews.db", issuer)
    keep(running.store, card("ada", {"DRF-01": 3}), card("bo", {"DRF-01": 2}))
    running.store.accounts.link(OPERATOR, "lea", PEOPLE["ana"])
    yield running
    running.kill()


def ready_to_export(page: Page, kit: Kit) -> Locator:
    """The button that makes a file, on a page that is drawn and then left alone."""
    page.goto(f"{kit.url}/compare?round=r1")
    page.get_by_role("button", name="Export").click()
    return page.get_by_role("button", name="Ratings (CSV)")


def saved(page: Page, button: Locator) -> Download:
    with page.expect_download() as download:
        button.click()
    return download.value


@pytest.mark.parametrize("by", ["herself", "an administrator", "time"])
def test_a_page_that_outlives_its_session_neither_makes_nor_serves_files(
    context: BrowserContext, led: Kit, by: str
) -> None:
    page = come_in(context, led, "ana")
    button = ready_to_export(page, led)
    made = saved(page, button).url
    assert context.request.get(made).status == 200
    exports = len(led.store.audit.entries(OPERATOR, action="exported"))
    if by == "herself":
        other = context.new_page()
        other.goto(f"{led.url}/sign_in")
        other.get_by_role("button", name="Sign out").click()
        expect(other.get_by_role("button", name="Sign in")).to_be_visible()
    elif by == "an administrator":
        assert led.store.accounts.end_sessions(OPERATOR, "lea") == 1
    else:
        with open_database(str(led.database)).writing() as connection:
            connection.execute(update(sessions).values(began_at="2026-01-01T00:00:00.000000Z"))
    downloads: list[Download] = []
    page.on("download", lambda one: downloads.append(one))
    button.click()
    expect(page.get_by_text("Failed to generate file for download")).to_be_visible()
    assert downloads == []
    assert len(led.store.audit.entries(OPERATOR, action="exported")) == exports
    assert context.request.get(made).status == 404


def test_a_signed_in_colleague_gets_nothing_from_a_files_address(
    browser: Browser, context: BrowserContext, led: Kit
) -> None:
    page = come_in(context, led, "ana")
    made = saved(page, ready_to_export(page, led)).url
    another = browser.new_context()
    come_in(another, led, "bo")
    assert another.request.get(made).status == 404
    assert context.request.get(made).headers["cache-control"] == "no-store"
    another.close()


def test_without_a_session_no_upload_is_accepted(context: BrowserContext, kit: Kit) -> None:
    """Streamlit's own check is of the page's number alone."""
    context.new_page().goto(kit.url)
    assert context.request.put(f"{kit.url}/_stcore/upload_file/a/b", data=b"x").status == 404


def test_an_administrator_ends_somebodys_sessions_on_the_screen(
    browser: Browser, context: BrowserContext, kit: Kit
) -> None:
    another = browser.new_context()
    bos = come_in(another, kit, "bo")
    page = come_in(context, kit, "ana", "administration")
    page.get_by_role("tab", name="Administrators").click()
    page.get_by_text("End somebody's sessions").click()
    choose(page, "Whose sessions", "Bo Prov")
    page.get_by_role("button", name="End sessions", exact=True).click()
    page.get_by_role("button", name="Yes, end sessions").click()
    expect(page.get_by_text(re.compile(r"^\d+ sessions? ended\.$"))).to_be_visible()
    bos.reload()
    expect(bos.get_by_text("You signed out.")).to_be_visible()
    another.close()


def test_another_name_for_this_machine_is_not_answered(kit) -> None:
    ours = urllib.request.Request(f"{kit.url}/healthz", headers={"Host": "rebound.example"})
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(ours)


def test_no_secret_stands_in_what_the_kit_writes(
    context: BrowserContext, issuer: Callable[[str], str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    spoken = Kit(tmp_path / "interviews.db", issuer, STREAMLIT_LOGGER_LEVEL="debug")
    try:
        sitting = spoken.in_an_interview()
        page = come_in(context, spoken, "ana", f"interview?card={sitting.cards[sitting.people[0].id]}")
        page.locator("#evidence").fill("Words about a person.")
        assert sitting.stored(lambda: written(sitting) == "Words about a person.")
        cookies = [one["value"] for one in context.cookies(spoken.url) if len(one["value"]) > 20]
    finally:
        spoken.kill()
    told = "".join(capfd.readouterr())
    assert "open at" in told
    for secret in (CLIENT_SECRET, COOKIE_SECRET, PASSWORD, "Words about a person", "ana@firm", *cookies):
        assert secret not in told
