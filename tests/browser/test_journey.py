"""The main job from end to end, as two interviewers do it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .conftest import ROOT, Server, quiet, sign_in

pytestmark = pytest.mark.browser
EVIDENCE = "Evidence: what was said or done"


def create_round(page: Page) -> None:
    """A round with one interview, two candidates and two interviewers who both sit in it."""
    page.get_by_role("button", name="Create a round").click()
    page.get_by_label("Opening").fill('Senior "Python", =AI engineer')
    page.get_by_label("Interviewers not known here yet").fill("Bo Second")
    page.get_by_label("Candidates").fill('Cara O\'Neil\n=Dev, "Two" 🎈')
    page.get_by_label("Candidates").press("Control+Enter")
    expect(page.get_by_text("2 candidates can be added")).to_be_visible()
    page.get_by_label("Remove Core loop").or_(
        page.locator('[data-baseweb="tag"]', has_text="Core loop").locator("svg")
    ).first.click()
    page.get_by_role("button", name="Create the round").click()
    expect(page.get_by_text("C-02")).to_be_visible()


def add_interviewer(page: Page, name: str) -> None:
    page.get_by_role("tab", name="Coverage").click()
    page.get_by_role("button", name="Add an interview").scroll_into_view_if_needed()
    page.get_by_label("Interviewers", exact=True).click()
    page.get_by_role("option", name=name).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Apply").click()
    page.get_by_role("tab", name="Candidates").click()
    expect(page.get_by_text("0 of 2 scorecards").first).to_be_visible()


def open_interview(page: Page, candidate: str) -> None:
    box = page.locator(
        '[data-testid="stVerticalBlock"] > [data-testid="stLayoutWrapper"]', has_text=candidate
    )
    box.get_by_role("button", name="Interview:").last.click()
    expect(page.get_by_label(EVIDENCE)).to_be_visible()


def type_words(page: Page, words: str) -> None:
    page.get_by_label(EVIDENCE).press_sequentially(words, delay=12)


def rate(page: Page, level: int, words: str) -> None:
    """Evidence, two ticks, a level; and why, where the ticks propose another one."""
    type_words(page, words)
    page.locator("[id^=tick-]").nth(0).check()
    page.locator("[id^=tick-]").nth(1).check()
    page.locator(f"#rate-{level}").click()
    expect(page.locator(f"#rate-{level}")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("Ticks propose")).to_be_visible()
    why = page.locator("#why")
    quiet(page)
    if why.is_visible():
        why.press_sequentially("I heard more than the ticks say.", delay=5)
    expect(page.get_by_text("✓ saved").first).to_be_visible()


def conduct(page: Page, level: int, words: str, recommendation: str) -> None:
    """All questions of the interview, then the submit page up to the end."""
    questions = page.locator("[id^=agenda-]").count()
    for place in range(questions):
        rate(page, level, f"{words} {place}")
        page.locator("#next").click()
        if place + 1 < questions:
            expect(page.locator(f"#agenda-{place + 1}")).to_have_attribute("aria-current", "step")
            expect(page.get_by_label(EVIDENCE)).to_have_value("")
    submit(page, recommendation)


def submit(page: Page, recommendation: str) -> None:
    expect(page.get_by_text("Would you hire this person")).to_be_visible()
    page.get_by_text(recommendation, exact=True).click()
    explain = page.get_by_label("Explain it in one sentence")
    button = page.get_by_role("button", name="Submit the scorecard")
    quiet(page)
    if explain.is_visible():
        explain.press_sequentially("The role needs other strengths as well.", delay=5)
    expect(button).to_be_enabled()
    button.click()
    expect(page.get_by_text("Amend your scorecard")).to_be_visible()


def stored_evidence(server: Server) -> str:
    with sqlite3.connect(server.database) as connection:
        return " ".join(body for (body,) in connection.execute("SELECT body FROM ratings"))


def until_stored(server: Server, words: str) -> None:
    """Until these words are on the disk; two minutes at the most."""
    until = time.monotonic() + 120
    while words not in (stored := stored_evidence(server)):
        assert time.monotonic() < until, f"{words!r} is not among {stored!r}"
        time.sleep(0.1)


def test_two_interviewers_take_a_round_from_its_creation_to_its_files(
    server: Server, browser: Browser, context: BrowserContext, tmp_path: Path
) -> None:
    """Round, interviews, a killed server, blindness, comparison, XLSX and JSON: nothing lost, nothing leaked."""
    ana = sign_in(context, server.url, "Ana First")
    create_round(ana)
    add_interviewer(ana, "Bo Second")
    round_url = ana.url
    open_interview(ana, "Cara O'Neil")

    the_server_dies_while_somebody_types(server, ana)
    conduct(ana, 3, "anaword", "Yes")
    expect(ana.get_by_text("anaword").first).to_be_visible()

    # Bo owes the same candidate a scorecard: no page shows him a word, a level or a recommendation of Ana's.
    other = browser.new_context(viewport={"width": 1440, "height": 900})
    bo = sign_in(other, server.url, "Bo Second")
    nothing_of_ana_is_shown(bo, round_url)
    expect(bo.get_by_text("You still owe 2 scorecards")).to_be_visible()
    bo.goto(round_url.replace("/?", "/debrief?"))
    expect(bo.get_by_text("1 submitted scorecard hidden from you")).to_be_visible()
    bo.goto(round_url)
    open_interview(bo, "Cara O'Neil")
    assert "anaword" not in bo.content()
    conduct(bo, 1, "boword", "No")
    bo.get_by_role("radiogroup", name="Vote").get_by_text("No", exact=True).click()
    bo.get_by_role("button", name="Seal my vote").click()
    expect(bo.get_by_text("anaword").first).to_be_visible()

    for page, word in ((ana, "anatwo"), (bo, "botwo")):
        page.goto(round_url)
        open_interview(page, "Dev")
        conduct(page, 2, word, "No")
    ana.goto(round_url.replace("/?", "/compare?"))
    expect(ana.get_by_text("Nobody is put in an order yet")).to_be_visible()

    the_workbook_holds_evidence_and_no_formula(ana, tmp_path / "round.xlsx")
    the_bundle_comes_back_byte_for_byte(ana, tmp_path)
    other.close()


def the_server_dies_while_somebody_types(server: Server, page: Page) -> None:
    """It comes back, and what was said to be saved is on the disk."""
    type_words(page, "anaword they name the flag and who may press it, ")
    expect(page.get_by_text("✓ saved")).to_be_visible()
    until_stored(server, "anaword they name the flag and who may press it")
    server.kill()
    assert "anaword they name the flag and who may press it" in stored_evidence(server)
    type_words(page, "typed while the server was away, ")
    server.start()
    type_words(page, "typed afterwards. ")
    expect(page.get_by_text("✓ saved")).to_be_visible()
    until_stored(server, "typed while the server was away, typed afterwards.")


def nothing_of_ana_is_shown(bo: Page, round_url: str) -> None:
    for address in (round_url, round_url.replace("/?", "/debrief?"), round_url.replace("/?", "/compare?")):
        bo.goto(address)
        expect(bo.get_by_text("Bo Second").first).to_be_visible()
        quiet(bo)
        assert "anaword" not in bo.content()
        assert "Heard:" not in bo.content()


def the_workbook_holds_evidence_and_no_formula(page: Page, path: Path) -> None:
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as xlsx:
        page.get_by_role("button", name="Workbook (XLSX)").click()
    xlsx.value.save_as(path)
    book = openpyxl.load_workbook(path)
    assert {"Summary", "Ratings", "Evidence", "Method"} <= set(book.sheetnames)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any("anaword" in str(cell.value) for cell in cells)


def the_bundle_comes_back_byte_for_byte(page: Page, tmp_path: Path) -> None:
    with page.expect_download() as bundle:
        page.get_by_role("button", name="Everything (JSON)").click()
    bundle.value.save_as(tmp_path / "round.json")
    round_id = terminal("import", str(tmp_path / "round.json"), "--database", str(tmp_path / "empty.db"))
    again = tmp_path / "again.json"
    terminal(
        "export", round_id, "--format", "json", "--out", str(again), "--database", str(tmp_path / "empty.db")
    )
    assert again.read_bytes() == (tmp_path / "round.json").read_bytes()


def terminal(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "interview_kit.terminal", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()
