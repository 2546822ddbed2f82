"""A team's promises in a browser: administrators, observers, codes, erasure, and who read before all were in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scorecards.store import OPERATOR

from .conftest import PERSON_COOKIE, Server, Sitting, choose, form, quiet
from .test_accessibility import faults
from .test_before_and_after import page_of, rate, submit

pytestmark = pytest.mark.browser


def settings_of(sitting: Sitting, context: BrowserContext) -> Page:
    page = page_of(sitting, context, f"?round={sitting.round.id}")
    page.get_by_role("tab", name="Settings").click()
    return page


def changed(sitting: Sitting, **changes: object) -> None:
    lead = sitting.people[0].id
    stored = sitting.store.rounds.get(lead, sitting.round.id)
    sitting.store.rounds.change(lead, stored.model_copy(update=changes))


def test_an_administrator_reads_the_log_and_has_it_checked(server: Server, context: BrowserContext) -> None:
    sitting = Sitting(server)
    sitting.store.office.set_admin(OPERATOR, sitting.people[0].id, True)
    page = page_of(sitting, context, "administration")
    expect(page.get_by_text("nothing of what is in it")).to_be_visible()
    page.get_by_role("tab", name="Audit log").click()
    page.get_by_role("button", name="Check the chain").click()
    expect(page.get_by_text("none altered or removed")).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_everybody_can_use_the_administration(server: Server, browser: Browser, scheme, width) -> None:
    sitting = Sitting(server)
    sitting.store.office.set_admin(OPERATOR, sitting.people[0].id, True)
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    page = page_of(sitting, context, "administration")
    for tab in ("Rounds", "Past their end", "Audit log", "Administrators"):
        page.get_by_role("tab", name=tab).click()
        quiet(page)
        assert faults(page, tab) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, tab
    context.close()


def test_a_person_who_is_no_administrator_sees_neither_the_screen_nor_its_name(
    server: Server, context: BrowserContext
) -> None:
    sitting = Sitting(server)
    page = page_of(sitting, context, "")
    expect(page.get_by_role("link", name="Rounds")).to_be_visible()
    expect(page.get_by_role("link", name="Administration")).to_have_count(0)
    page.goto(f"{server.url}/administration")
    expect(page.get_by_role("tab", name="Audit log")).to_have_count(0)


def test_a_round_of_codes_shows_no_name_and_points_out_one_in_the_notes(
    server: Server, context: BrowserContext
) -> None:
    sitting = Sitting(server)
    name = sitting.candidate.name
    changed(sitting, anonymous=True)
    rate(sitting, 0, evidence=f"{name.split()[0]} named the flag and who may press it.")
    card = sitting.cards[sitting.people[0].id]
    page = page_of(sitting, context, f"submit?card={card}")
    expect(page.get_by_role("heading", name=f"Close {sitting.candidate.code}", exact=True)).to_be_visible()
    expect(page.get_by_text("Words to look at: 1")).to_be_visible()
    for path, words in ((f"?round={sitting.round.id}", sitting.candidate.code), ("debrief", "due")):
        page.goto(f"{server.url}/{path}")
        expect(page.get_by_text(words).first).to_be_visible()
        assert name not in page.content()


def test_the_lead_gives_a_candidate_what_is_held_and_erases_them(
    server: Server, context: BrowserContext
) -> None:
    sitting = Sitting(server)
    submit(sitting)
    page = settings_of(sitting, context)
    page.get_by_text("A candidate's request").click()
    choose(page, "Candidate", sitting.candidate.code)
    page.get_by_role("button", name="Make the access pack").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="All data (JSON)").click()
    told = waiting.value.path().read_text("utf-8")
    assert sitting.candidate.name in told
    assert sitting.people[0].name not in told
    page.get_by_role("tab", name="Erase").click()
    form(page, "Erase for good").get_by_label("Its name").fill(sitting.candidate.code)
    page.get_by_role("button", name="Erase for good").click()
    expect(page.get_by_text("1 candidate erased on request")).to_be_visible()
    left = sitting.store.rounds.record(OPERATOR, sitting.round.id).candidates
    assert sitting.candidate.id not in {one.id for one in left}


def unfolded(page: Page, expander: str, words: str) -> None:
    """The words can be read, after unfolding their expander where a press closed it."""
    said = page.get_by_text(words)
    expect(said).to_be_attached()
    quiet(page)
    if not said.is_visible():
        page.get_by_text(expander).click()
    expect(said).to_be_visible()


def test_a_legal_hold_is_set_and_keeps_the_round(server: Server, context: BrowserContext) -> None:
    sitting = Sitting(server)
    page = settings_of(sitting, context)
    page.get_by_text("End date and legal hold").click()
    page.get_by_label("Why it must be kept").fill("A claim is pending.")
    page.get_by_role("button", name="Set a legal hold").click()
    unfolded(page, "End date and legal hold", "On hold: A claim is pending.")
    page.get_by_text("Remove this round").click()
    form(page, "Delete for good").get_by_label("Its name").fill(sitting.round.name)
    page.get_by_role("button", name="Delete for good").click()
    unfolded(page, "Remove this round", "A legal hold keeps this round as it is: A claim is pending.")


def test_an_observer_reads_the_debrief_once_all_are_in(server: Server, context: BrowserContext) -> None:
    sitting = Sitting(server, interviewers=2)
    observer = sitting.store.people.add("Olga Observer")
    changed(sitting, observer_ids=(observer.id,))
    submit(sitting)
    context.add_cookies([{"name": PERSON_COOKIE, "value": observer.id, "url": server.url}])
    page = context.new_page()
    address = f"{server.url}/debrief?round={sitting.round.id}&candidate={sitting.candidate.id}"
    page.goto(address)
    expect(page.get_by_text("submitted").first).to_be_visible()
    words = "Named the flag and who may press it."
    expect(page.get_by_text(words)).to_have_count(0)
    submit(sitting, 1)
    page.goto(address)
    expect(page.get_by_text(words).first).to_be_visible()
    expect(page.get_by_role("button", name="Seal my vote")).to_have_count(0)


def test_a_lead_who_reads_before_all_are_in_says_why_and_is_named(
    server: Server, context: BrowserContext
) -> None:
    sitting = Sitting(server, interviewers=2)
    changed(sitting, blindness="all")
    submit(sitting)
    page = page_of(sitting, context, f"debrief?round={sitting.round.id}&candidate={sitting.candidate.id}")
    page.get_by_text("Read before all are in").click()
    page.get_by_label("Why you do not wait for all").fill("Bo is on leave.")
    page.get_by_role("button", name="Read now").click()
    expect(page.get_by_text("read before all scorecards were in")).to_be_visible()
    expect(page.get_by_text("Bo is on leave.")).to_be_visible()
