"""What is typed on the live screen in a real browser: refused parts, odd text, limits, and two tabs."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from .conftest import Sitting, without_stamps
from .live_page import notes, settled

pytestmark = pytest.mark.browser


def insert(page: Page, text: str) -> None:
    """Put text into the notes at once, as a paste does."""
    page.locator("#evidence").evaluate(
        "(area, text) => { area.focus(); area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');"
        " area.dispatchEvent(new InputEvent('input', { bubbles: true })) }",
        text,
    )


# A message is a list of parts


def test_a_probe_of_another_question_is_never_asked(sitting: Sitting, page: Page) -> None:
    """Question 2's probes used up, then question 1's; H with nothing left does nothing and blocks nothing."""
    page.locator("#begin").click()
    for place in (1, 0):
        page.locator(f"#agenda-{place}").click()
        for tick in page.locator(".listen input[type=checkbox][id^=tick-]").all():
            tick.check()
        while page.locator("#asked").count():
            page.locator("#asked").click()
    page.keyboard.press("Escape")
    for key in "nhh":
        page.keyboard.press(key)
    notes(page).press_sequentially("words afterwards")
    settled(page)
    assert sitting.stored(lambda: without_stamps(sitting.rating(1).evidence) == "words afterwards")
    card = sitting.card()
    for place in (0, 1):
        probed = [
            m.detail
            for m in card.moments
            if m.kind == "probed" and m.question_id == sitting.questions[place].id
        ]
        assert sorted(probed) == sorted(map(str, sitting.rating(place).probes))


def test_what_is_refused_is_shown_with_its_words_and_blocks_nothing(sitting: Sitting, page: Page) -> None:
    """As if a question had gone from the plan: its words stay to be copied, also after a reload; others are stored."""

    def strange(route: Route) -> None:
        told: Any = json.loads(route.request.post_data or "{}")
        for entry in told["told"]["entries"]:
            if entry["question_id"] == sitting.questions[0].id:
                entry["question_id"] = "OPS-99"
        route.continue_(post_data=json.dumps(told))

    page.route("**/live/tell", strange)
    notes(page).press_sequentially("words that nobody takes")
    notice = page.locator(".notice.clash", has_text="is not in this interview's plan")
    expect(notice).to_contain_text("words that nobody takes")
    page.unroute("**/live/tell")
    page.locator("#next").click()
    notes(page).press_sequentially("the next question")
    assert sitting.stored(lambda: without_stamps(sitting.rating(1).evidence) == "the next question")
    page.reload()
    expect(notice).to_contain_text("words that nobody takes")
    notice.get_by_role("button", name="Dismiss").click()
    expect(notice).to_be_hidden()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("half \ud83d here", "half \ufffd here"),
        ("nul \x00 here", "nul  here"),
        ("whole \U0001f600", "whole \U0001f600"),
    ],
)
def test_odd_text_is_stored_and_blocks_nothing(sitting: Sitting, page: Page, typed: str, stored: str) -> None:
    page.evaluate("words => { window.odd = JSON.parse(words) }", json.dumps(typed))
    page.locator("#evidence").evaluate(
        "area => { area.focus(); area.value = window.odd; area.dispatchEvent(new InputEvent('input')) }"
    )
    settled(page)
    assert sitting.stored(lambda: sitting.rating().evidence == stored)
    page.locator("#next").click()
    notes(page).press_sequentially("goes on")
    assert sitting.stored(lambda: without_stamps(sitting.rating(1).evidence) == "goes on")


def test_how_much_of_a_large_paste_was_left_out_is_said(sitting: Sitting, page: Page) -> None:
    """What stood there before stays; an emoji is not cut in two."""
    insert(page, "stood there")
    page.locator("#evidence").evaluate("area => area.setSelectionRange(0, 0)")
    insert(page, "\U0001f600" * 500_000)
    expect(page.locator(".notice.warn")).to_contain_text(
        "900,012 characters were left out: this box holds 100,000."
    )
    settled(page)
    assert sitting.stored(lambda: sitting.rating().evidence.endswith("\U0001f600stood there"))
    assert "\ufffd" not in sitting.rating().evidence
    assert page.locator("#evidence").evaluate("area => area.value.length") == 99_999


def test_a_clock_set_right_while_the_page_is_away_changes_no_duration(
    sitting: Sitting, context: BrowserContext, page: Page
) -> None:
    """Five years behind, then right: everything is stored, and the interview lasted as long as it did."""
    page.evaluate(
        "() => { const real = Date.now; window.behind = 5 * 365 * 86400000; Date.now = () => real() - window.behind }"
    )
    page.wait_for_timeout(1500)
    context.set_offline(True)
    page.locator("#begin").click()
    notes(page).press_sequentially("typed offline")
    page.evaluate("() => { window.behind = 0 }")
    expect(page.locator(".clock")).to_contain_text(re.compile(r"^0:0\d of"))
    context.set_offline(False)
    settled(page)
    assert without_stamps(sitting.rating().evidence) == "typed offline"
    moments = sitting.card().moments
    assert (moments[-1].at - moments[0].at).total_seconds() < 60


def test_more_than_one_message_holds_goes_in_several(
    sitting: Sitting, context: BrowserContext, page: Page
) -> None:
    context.set_offline(True)
    page.locator("#begin").click()
    for place in range(len(sitting.questions)):
        page.locator(f"#agenda-{place}").click()
        insert(page, f"{place} " + "\u4e16" * 99_000)
    page.locator("#agenda-0").click()
    for _ in range(600):
        page.locator("#pause").evaluate("press => press.click()")
    context.set_offline(False)
    settled(page)
    assert len(sitting.card().moments) > 600
    for place in range(len(sitting.questions)):
        assert len(sitting.rating(place).evidence) > 99_000


def test_lines_typed_with_an_input_method_get_their_time(sitting: Sitting, page: Page) -> None:
    notes(page).focus()
    method = page.context.new_cdp_session(page)
    for letters in ("k", "ka", "\u304b"):
        method.send(
            "Input.imeSetComposition",
            {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)},
        )
    method.send("Input.insertText", {"text": "\u304b"})
    expect(notes(page)).to_have_value(re.compile("^0:0\\d \u304b$"))
    method.send("Input.imeSetComposition", {"text": "n", "selectionStart": 1, "selectionEnd": 1})
    method.send("Input.insertText", {"text": "\u3093"})
    expect(notes(page)).to_have_value(re.compile("^0:0\\d \u304b\u3093$"))
    settled(page)


def test_closing_the_page_warns_whenever_something_waits(sitting: Sitting, page: Page) -> None:
    """Also in the moment before a save is answered."""
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.route("**/live/tell", lambda route: None)
    notes(page).press_sequentially("waits")
    page.reload()
    assert asked == ["beforeunload"]
    page.unroute("**/live/tell")
    settled(page)
    page.reload()
    expect(page.locator("#prompt")).to_be_visible()
    assert asked == ["beforeunload"]


# Windows


def test_a_copied_tab_reads_and_takes_nothing_over(
    sitting: Sitting, context: BrowserContext, page: Page
) -> None:
    """Duplicating a tab copies what it keeps, its name and its counts too."""
    notes(page).press_sequentially("the first tab")
    settled(page)
    kept = page.evaluate("() => JSON.stringify({ ...sessionStorage })")
    copied = context.new_page()
    copied.add_init_script(
        f"if (!window.name) {{ window.name = 'copied'; Object.assign(sessionStorage, JSON.parse({json.dumps(kept)})) }}"
    )
    copied.goto(page.url)
    expect(copied.get_by_text("Another window of yours writes this interview")).to_be_visible()
    notes(page).press_sequentially(" goes on")
    settled(page)
    expect(notes(copied)).to_have_value(re.compile("the first tab goes on$"))
    assert without_stamps(sitting.rating().evidence) == "the first tab goes on"


def test_a_reload_can_write_at_once(sitting: Sitting, page: Page) -> None:
    notes(page).press_sequentially("before")
    settled(page)
    page.reload()
    expect(notes(page)).to_be_enabled()
    notes(page).press("Control+End")
    notes(page).press_sequentially(" after")
    settled(page)
    expect(page.get_by_text("Another window of yours")).to_have_count(0)
    assert without_stamps(sitting.rating().evidence) == "before after"


def test_a_message_that_arrives_after_newer_ones_changes_nothing(sitting: Sitting, page: Page) -> None:
    """The very message of a moment ago, delivered once more when all is stored and nobody types any more."""
    told: list[str] = []
    page.on(
        "request",
        lambda request: told.append(request.post_data or "") if "live/tell" in request.url else None,
    )
    notes(page).press_sequentially("one two three", delay=120)
    settled(page)
    assert len(told) > 2
    for body in told:
        page.request.post(
            f"{sitting.server.url}/live/tell", data=body, headers={"Content-Type": "application/json"}
        )
        assert without_stamps(sitting.rating().evidence) == "one two three"
    page.reload()
    expect(notes(page)).to_have_value(re.compile("one two three$"))


def test_a_browser_that_keeps_nothing_conducts_an_interview(
    sitting: Sitting, context: BrowserContext
) -> None:
    context.add_init_script(
        "for (const name of ['sessionStorage', 'localStorage']) Object.defineProperty(window, name,"
        " { get() { throw new DOMException('The operation is insecure.', 'SecurityError') } })"
    )
    page = sitting.open(context)
    expect(page.get_by_text("your words are kept on the server only")).to_be_visible()
    notes(page).press_sequentially("kept on the server")
    page.locator("#checks").click()
    settled(page)
    assert without_stamps(sitting.rating().evidence) == "kept on the server"
