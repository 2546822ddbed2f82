"""The live screen in two windows, by two people, and as the candidate sees it."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.scorecards.interviewing.test_candidate_view import hidden_words

from .conftest import Server, Sitting, without_stamps
from .live_page import ask, notes, settled

pytestmark = pytest.mark.browser


COVERED = """([x, y]) => {
  let found = document.elementFromPoint(x, y)
  while (found?.shadowRoot) found = found.shadowRoot.elementFromPoint(x, y)
  return Boolean(found?.closest('.safe'))
}"""


# Two windows, two people


def test_a_second_window_only_reads_until_it_takes_over(server: Server, context: BrowserContext) -> None:
    """It follows what the first one writes; after taking over, the first one reads."""
    sitting = Sitting(server)
    first = sitting.open(context)
    notes(first).press_sequentially("from the first window")
    settled(first)
    second = sitting.open(context)
    expect(second.get_by_text("Another window of yours writes this interview")).to_be_visible()
    expect(notes(second)).to_be_disabled()
    expect(notes(second)).to_have_value(re.compile("from the first window$"))
    second.locator("#take").click()
    expect(notes(second)).to_be_enabled()
    notes(second).press("Control+End")
    notes(second).press_sequentially(" and the second")
    settled(second)
    expect(notes(first)).to_be_disabled()
    expect(notes(first)).to_have_value(re.compile("from the first window and the second$"))


def test_words_typed_offline_meet_newer_ones_and_both_are_kept(server: Server, browser: Browser) -> None:
    """One laptop is offline while the other takes over and writes: nothing is overwritten, one decides."""
    sitting = Sitting(server)
    away, here = browser.new_context(), browser.new_context()
    first = sitting.open(away)
    notes(first).press_sequentially("shared ")
    settled(first)
    away.set_offline(True)
    notes(first).press_sequentially("typed offline")
    second = sitting.open(here)
    second.locator("#take").click()
    expect(notes(second)).to_be_enabled()
    notes(second).press("Control+End")
    notes(second).press_sequentially("typed elsewhere")
    settled(second)
    away.set_offline(False)
    expect(first.get_by_text("What you typed here is not stored yet")).to_be_visible()
    first.locator("#take").click()
    expect(first.get_by_text("was changed in another window. Nothing was overwritten")).to_be_visible()
    first.get_by_role("button", name="Keep both texts").click()
    settled(first)
    stored = without_stamps(sitting.rating().evidence)
    assert "shared typed elsewhere" in stored
    assert "shared typed offline" in stored
    away.close()
    here.close()


def test_two_interviewers_have_a_card_each_and_see_nothing_of_the_others(
    server: Server, browser: Browser
) -> None:
    """Who leads is shown to both; no message to one holds a word or a tick of the other."""
    sitting = Sitting(server, interviewers=2)
    ana_context, bo_context = browser.new_context(), browser.new_context()
    told: list[str] = []
    ana = sitting.open(ana_context)
    ana.locator("#begin").click()
    expect(ana.get_by_text("You lead")).to_be_visible()
    notes(ana).press_sequentially("anasword")
    settled(ana)
    bo_context.on(
        "response", lambda response: told.append(response.text()) if "live/tell" in response.url else None
    )
    bo = sitting.open(bo_context, 1)
    expect(bo.get_by_text("Ana First leads · you take notes")).to_be_visible()
    notes(bo).press_sequentially("bosword")
    settled(bo)
    bo.locator("#lead").click()
    expect(bo.get_by_text("You lead")).to_be_visible()
    assert told
    assert "anasword" not in bo.content() + "".join(told)
    assert (without_stamps(sitting.rating(0, 0).evidence), without_stamps(sitting.rating(0, 1).evidence)) == (
        "anasword", "bosword",
    )  # fmt: skip
    ana_context.close()
    bo_context.close()


# The candidate's window


def test_the_candidates_window_follows_and_is_told_nothing_else(server: Server, browser: Browser) -> None:
    """Every frame of its WebSocket and every answer is searched for words that are not the candidate's."""
    sitting = Sitting(server, loop="core-loop")
    inside, outside = browser.new_context(), browser.new_context(viewport={"width": 390, "height": 844})
    page = sitting.open(inside)
    page.locator("#begin").click()
    page.locator("#panel-window").click()
    page.locator("#window-open").click()
    address = page.get_by_label("Address of the candidate’s window").input_value()
    page.keyboard.press("Escape")

    received: list[str] = []
    window = outside.new_page()
    window.on(
        "websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(str(frame)))
    )
    window.on("response", lambda response: received.append(response.text()))
    window.goto(address)
    card = window.locator("#card")
    for place, question in enumerate(sitting.questions):
        ask(page, place)
        expect(card).to_contain_text((question.card or question.prompt).split("\n")[0][:60])
        page.locator("[id^=tick-]").first.check()
        page.locator("#rate-3").click()
        page.locator("#why").or_(page.locator("#evidence")).last.press_sequentially("secretnote")
        late = [exhibit for exhibit in question.exhibits if exhibit.when != "start"]
        if late:
            expect(window.get_by_text(late[0].title)).to_be_hidden()
            page.locator("#panel-card").click()
            page.locator(f"#give-exhibit-{late[0].id}").click()
            expect(window.get_by_text(late[0].title).first).to_be_visible()
            page.keyboard.press("Escape")
        settled(page)
    sent = "".join(json.dumps(one, ensure_ascii=False) for one in received)
    assert len(received) > len(sitting.questions)
    secret = [words for question in sitting.questions for words in hidden_words(question)]
    escaped = [json.dumps(json.dumps(words)[1:-1])[1:-1] for words in secret]
    assert [words for words, form in zip(secret, escaped, strict=True) if words in sent or form in sent] == []
    for word in ("secretnote", "Cara Candidate", "Dev Notseen", "Ana First", "A round", sitting.interview.id):
        assert word not in sent

    page.locator("#panel-window").click()
    page.locator("#window-close").click()
    expect(card).to_contain_text("This page has ended")
    window.reload()
    expect(card).to_contain_text("This page has ended")
    inside.close()
    outside.close()


def test_a_guessed_address_tells_nothing(server: Server, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{server.url}/c/0123456789abcdef.0123456789abcdef0123456789abcdef01234567")
    expect(page.locator("#card")).to_contain_text("This page has ended")


def test_share_safe_hides_everything_but_the_card(server: Server, context: BrowserContext) -> None:
    """What a screen share would show: the card, over the whole page, until it is left."""
    sitting = Sitting(server)
    page = sitting.open(context)
    page.locator("#share").click()
    safe = page.get_by_role("dialog", name="Share-safe")
    expect(safe).to_contain_text((sitting.questions[0].card or sitting.questions[0].prompt)[:40])
    assert safe.bounding_box() == {"x": 0, "y": 0, "width": 1440, "height": 900}
    for x, y in ((200, 20), (100, 300), (1200, 400), (700, 870)):
        assert page.evaluate(COVERED, [x, y])
    page.keyboard.press("Escape")
    expect(safe).to_be_hidden()


def test_a_press_counts_although_a_save_is_answered_meanwhile(
    server: Server, context: BrowserContext
) -> None:
    """The page draws itself anew with each answer; a finger or the space bar that is down then still ticks."""
    sitting = Sitting(server)
    page = sitting.open(context)
    ticks = page.locator("[id^=tick-]")
    page.keyboard.press("/")
    page.keyboard.type("words that are saved")
    ticks.nth(0).hover()
    page.mouse.down()
    page.wait_for_timeout(1200)
    page.mouse.up()
    expect(ticks.nth(0)).to_be_checked()
    page.keyboard.press("h")
    page.keyboard.press("l")
    page.keyboard.press("ArrowDown")
    page.keyboard.down("Space")
    page.wait_for_timeout(1200)
    page.keyboard.up("Space")
    expect(ticks.nth(1)).to_be_checked()
