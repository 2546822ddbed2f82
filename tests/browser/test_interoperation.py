"""What comes in from other systems, on the screens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scorecards.record.model import Rating, Verdict
from scorecards.store import Store, open_database
from tests.scorecards.small_round import rate

from .conftest import Server, Sitting, choose, quiet, sign_in

pytestmark = pytest.mark.browser

EXPORT = """Candidate ID,First name,Last name,Email,Gender
1,Zoë,Müller,zoe@example.org,x
2,Cara,Candidate,cara@example.org,x
3,Zoë,Müller,zoe@example.org,x
4,=Eve,Example,eve@example.org,x
"""


def test_an_export_is_shown_before_it_is_stored_and_only_names_are_taken(
    server: Server, context: BrowserContext
) -> None:
    sitting = Sitting(server)
    page = sign_in(context, server.url, "Ana First")
    page.goto(f"{server.url}/?round={sitting.round.id}")
    page.get_by_text("Add candidates").click()
    page.locator("input[type=file]").first.set_input_files(
        {"name": "export.csv", "mimeType": "text/csv", "buffer": EXPORT.encode("cp1252")}
    )
    expect(page.get_by_text("2 candidates can be added, 2 lines can't.")).to_be_visible()
    expect(page.get_by_role("combobox", name="Encoding")).to_have_value("Windows-1252")
    lead = sitting.people[0].id
    assert len(sitting.store.rounds.record(lead, sitting.round.id).candidates) == 2
    page.get_by_text("Skip lines with a problem").click()
    expect(page.get_by_role("checkbox", name="Skip lines with a problem")).to_be_checked()
    quiet(page)
    page.get_by_role("button", name="Add", exact=True).first.click()
    expect(page.get_by_text("Zoë Müller").first).to_be_visible()
    record = sitting.store.rounds.record(lead, sitting.round.id)
    assert [one.name for one in record.by_code] == [
        "Cara Candidate",
        "Dev Notseen",
        "Zoë Müller",
        "=Eve Example",
    ]
    assert "example.org" not in record.model_dump_json()


def test_a_lead_sets_a_webhook_and_sees_its_secret_once(server: Server, context: BrowserContext) -> None:
    sitting = Sitting(server)
    lead = sitting.people[0].id
    page = sign_in(context, server.url, "Ana First")
    page.goto(f"{server.url}/?round={sitting.round.id}")
    page.get_by_role("tab", name="Settings").click()
    page.get_by_text("Tell another system of each submission").click()
    page.get_by_label("Address").fill("https://169.254.169.254/latest")
    page.get_by_role("button", name="Tell this address").click()
    expect(page.get_by_text("is not public")).to_be_visible()
    page.get_by_label("Address").fill("https://example.org/hook")
    page.get_by_role("button", name="Tell this address").click()
    taken = page.get_by_role("button", name="I have taken it down")
    expect(taken).to_be_visible()
    hook = sitting.store.hooks.of(lead, sitting.round.id)
    assert hook is not None
    assert hook.url == "https://example.org/hook"
    taken.click()
    expect(taken).to_be_hidden()


def test_a_token_made_on_the_screen_reads_the_round_until_it_is_revoked(
    server: Server, context: BrowserContext
) -> None:
    sitting = Sitting(server)
    page = sign_in(context, server.url, "Ana First")
    page.goto(f"{server.url}/?round={sitting.round.id}")
    page.get_by_role("tab", name="Settings").click()
    page.get_by_text("Let another system read this round").click()
    page.get_by_label("Who reads with it").fill("Our **ATS** <b>")
    page.get_by_role("button", name="Make a token").click()
    expect(page.get_by_role("button", name="I have taken it down")).to_be_visible()
    token = page.locator("code", has_text="ik_").first.inner_text()
    expect(page.get_by_text("Our **ATS** <b>")).to_be_visible()
    url = f"{server.url}/api/rounds/{sitting.round.id}/candidates"
    headers = {"Authorization": f"Bearer {token}"}
    got = context.request.get(url, headers=headers)
    assert got.status == 200
    assert {one["name"] for one in got.json()["items"]} == {"Cara Candidate", "Dev Notseen"}
    assert context.request.get(f"{server.url}/api/openapi.json").json()["openapi"] == "3.1.0"
    page.get_by_role("button", name="Revoke", exact=True).click()
    page.get_by_role("button", name="Yes, revoke").click()
    expect(page.get_by_text("revoked")).to_be_visible()
    assert context.request.get(url, headers=headers).status == 401


def test_an_interviewer_works_on_a_laptop_and_the_lead_merges(
    server: Server, context: BrowserContext, browser: Browser, tmp_path: Path
) -> None:
    """Two servers with a database each: the assignment goes over as a file, and the scorecards come back as one."""
    sitting = Sitting(server, interviewers=2)
    bo = sitting.people[1].id
    page = sign_in(context, server.url, "Ana First")

    def settings() -> None:
        page.goto(f"{server.url}/?round={sitting.round.id}")
        page.get_by_role("tab", name="Settings").click()
        page.get_by_text("Let somebody work without this server").click()

    settings()
    choose(page, "Whose assignment", "Bo Sec")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the assignment").click()
    download.value.save_as(tmp_path / "assignment.json")

    laptop = Server(tmp_path / "laptop.db")
    laptop.start()
    away = browser.new_context(accept_downloads=True)
    try:
        other = sign_in(away, laptop.url, "Somebody Else")
        other.get_by_text("Import a round from its JSON export, or an assignment").click()
        other.locator("input[type=file]").first.set_input_files(tmp_path / "assignment.json")
        other.get_by_role("button", name="Import", exact=True).click()
        expect(other.get_by_text("It was taken in, and only they see it.")).to_be_visible()
        store = Store(open_database(str(laptop.database)))
        card_id = sitting.cards[bo]
        for question in sitting.questions:
            told = Rating(question_id=question.id, state="not_asked")
            rate(store, bo, card_id, told)
        store.cards.save_verdict(bo, card_id, Verdict(recommendation="no_decision", reason="Time ran out."))
        store.cards.submit(bo, card_id)
        away.clear_cookies()
        hands_in(away.new_page(), laptop, tmp_path / "work.json")
    finally:
        away.close()
        laptop.kill()

    the_lead_merges(page, settings, sitting, tmp_path / "work.json")


def hands_in(mine: Page, laptop: Server, work: Path) -> None:
    """Bo signs in on the laptop and takes their finished work along as a file."""
    mine.goto(laptop.url)
    mine.get_by_role("combobox").first.press_sequentially("Bo Sec", delay=40)
    mine.get_by_role("combobox").first.press("Enter")
    mine.get_by_role("button", name="Start").click()
    expect(mine.get_by_text("2 candidates · 1 scorecard due")).to_be_visible()
    mine.get_by_role("button", name="Open", exact=True).click()
    with mine.expect_download() as download:
        mine.get_by_role("button", name="Hand in my scorecards").click()
    download.value.save_as(work)


def the_lead_merges(page: Page, settings: Callable[[], None], sitting: Sitting, work: Path) -> None:
    """Once; the same file again changes nothing, and a changed one is refused."""
    for told in ("Taken: C-01", "2 scorecards with nothing new"):
        settings()
        page.locator("input[type=file]").last.set_input_files(work)
        page.get_by_role("button", name="Merge it").click()
        expect(page.get_by_text(told)).to_be_visible()
    assert sitting.card(1).state == "submitted"
    work.write_text(work.read_text().replace("Time ran", "Luck ran"))
    settings()
    page.locator("input[type=file]").last.set_input_files(work)
    page.get_by_role("button", name="Merge it").click()
    expect(page.get_by_text("its digest does not match")).to_be_visible()
