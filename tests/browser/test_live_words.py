"""What is typed on the live screen in a real browser: refused parts, odd text, limits, two tabs, and who sees what."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from scorecards.record.model import Verdict
from tests.scorecards.small_round import rate

from .conftest import Server, Sitting, without_stamps
from .live_page import notes, settled

pytestmark = pytest.mark.browser


@pytest.fixture
def sitting(server: Server) -> Sitting:
    return Sitting(server, loop="core-loop")


@pytest.fixture
def page(sitting: Sitting, context: BrowserContext) -> Iterator[Page]:
    return sitting.open(context)


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


# Panels, and what the candidate sees


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_every_panel_closes_by_its_button(sitting: Sitting, browser: Browser, size: tuple[int, int]) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, has_touch=size[0] < 500)
    page = sitting.open(context)
    for place in range(len(sitting.questions)):
        page.locator(f"#agenda-{place}").click()
        for name in [press.get_attribute("id") for press in page.locator(".tools button").all()]:
            page.locator(f"#{name}").click()
            expect(page.locator("#panel")).to_be_visible()
            page.locator("#panel-close").click(timeout=3_000)
            expect(page.locator("#panel")).to_have_count(0)
    context.close()


def candidates_window(page: Page, browser: Browser) -> Page:
    page.locator("#panel-window").click()
    page.locator("#window-open").click()
    address = page.get_by_label("Address of the candidate’s window").input_value()
    page.locator("#panel-close").click()
    window = browser.new_context().new_page()
    window.goto(address)
    return window


def card_of(sitting: Sitting, place: int) -> str:
    question = sitting.questions[place]
    return (question.card or question.prompt).split("\n")[0][:60]


def test_looking_at_another_question_is_private_until_it_is_shown(
    sitting: Sitting, page: Page, browser: Browser
) -> None:
    """Agenda and Back only look; Next goes on with the candidate; the minutes count for what is shown."""
    page.locator("#begin").click()
    window = candidates_window(page, browser)
    expect(window.locator("#card")).to_contain_text(card_of(sitting, 0))
    seen: list[str] = []
    window.expose_function("changed", lambda words: seen.append(words))
    window.evaluate(
        "() => new MutationObserver(() => window.changed(document.getElementById('card').innerText))"
        ".observe(document.getElementById('card'), { childList: true, subtree: true })"
    )
    page.locator("#agenda-1").click()
    expect(page.get_by_text("Only you see this question")).to_be_visible()
    expect(page.locator(".bar .sees")).to_have_text("Candidate sees 1")
    notes(page).press_sequentially("looked ahead")
    page.locator("#rate-2").click()
    settled(page)
    page.wait_for_timeout(2_500)
    assert seen == []
    box = page.locator("#next").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 900
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(window.locator("#card")).to_contain_text(card_of(sitting, 1))
    expect(page.get_by_text("Only you see this question")).to_be_hidden()
    page.locator("#back").click()
    expect(page.locator(".bar .sees")).to_have_text("Candidate sees 2")
    page.locator("#show-candidate").click()
    expect(window.locator("#card")).to_contain_text(card_of(sitting, 0))
    page.locator("#next").click()
    expect(window.locator("#card")).to_contain_text(card_of(sitting, 1))
    settled(page)
    opened = [m.question_id for m in sitting.card().moments if m.kind == "opened"]
    assert opened == [sitting.questions[place].id for place in (0, 1, 0, 1)]


def test_a_reload_while_looking_ahead_shows_nothing(sitting: Sitting, page: Page, browser: Browser) -> None:
    page.locator("#begin").click()
    window = candidates_window(page, browser)
    page.locator("#agenda-1").click()
    settled(page)
    page.reload()
    expect(page.get_by_text("Only you see this question")).to_be_visible()
    page.wait_for_timeout(1_500)
    expect(window.locator("#card")).to_contain_text(card_of(sitting, 0))


def test_an_address_of_this_machine_says_that_it_works_here_only(page: Page) -> None:
    page.locator("#panel-window").click()
    expect(page.locator("#panel")).to_contain_text("works on this machine only")
    page.locator("#window-open").click()
    expect(page.locator("#panel")).to_contain_text("Share your screen with Share-safe on")


# The words of the recommendation


def at_the_end(sitting: Sitting, context: BrowserContext) -> Page:
    """The Submit screen with every question rated and a recommendation chosen."""
    person = sitting.people[0]
    for question in sitting.questions:
        rating = sitting.rating(sitting.questions.index(question)).model_copy(
            update={"state": "skipped", "skip_reason": "time"}
        )
        rate(sitting.store, person.id, sitting.cards[person.id], rating)
    sitting.store.cards.save_verdict(person.id, sitting.cards[person.id], Verdict(recommendation="yes"))
    page = sitting.open(context)
    page.goto(page.url.replace("/interview", "/submit"))
    expect(page.locator("textarea")).to_be_visible()
    return page


def reason(sitting: Sitting) -> str:
    return sitting.card().content.verdict.reason


@pytest.mark.parametrize("way", ["another screen", "closed"])
def test_last_words_are_stored_although_the_page_is_left_at_once(
    server: Server, context: BrowserContext, way: str
) -> None:
    sitting = Sitting(server)
    page = at_the_end(sitting, context)
    page.locator("textarea").press_sequentially("Asked well. ")
    expect(page.get_by_text("saving …")).to_be_hidden()
    page.locator("textarea").press_sequentially("And answered.", delay=0)
    if way == "closed":
        page.close(run_before_unload=False)
    else:
        page.get_by_role("link", name="Library").click()
        expect(page.get_by_text("Library").first).to_be_visible()
    assert sitting.stored(lambda: reason(sitting) == "Asked well. And answered.")


def test_two_tabs_do_not_overwrite_each_others_last_words(server: Server, context: BrowserContext) -> None:
    """The first tab draws itself anew after the second one wrote; what stood there first is shown, not lost."""
    sitting = Sitting(server)
    first = at_the_end(sitting, context)
    first.locator("textarea").press_sequentially("from the first")
    assert sitting.stored(lambda: reason(sitting) == "from the first")
    second = context.new_page()
    second.goto(first.url)
    expect(second.locator("textarea")).to_have_value("from the first")
    second.locator("textarea").press("End")
    second.locator("textarea").press_sequentially(" and the second")
    assert sitting.stored(lambda: reason(sitting) == "from the first and the second")
    first.get_by_text("All questions as you rated them").click()
    first.get_by_text("Strong yes", exact=True).click()
    assert sitting.stored(lambda: sitting.card().content.verdict.recommendation == "strong_yes")
    assert reason(sitting) == "from the first and the second"
    first.locator("textarea").press("End")
    first.locator("textarea").press_sequentially("!")
    first.locator("textarea").blur()
    second.locator("textarea").press_sequentially("?")
    assert "from the first and the second" in reason(sitting)


def test_what_is_typed_by_one_person_is_never_shown_to_the_next_in_the_same_tab(
    server: Server, context: BrowserContext
) -> None:
    """Sign out, another signs in in the same tab; the first one finds it again."""
    sitting = Sitting(server, interviewers=2)
    for place, person in enumerate(sitting.people):
        for question in sitting.questions:
            rating = sitting.rating(sitting.questions.index(question), place).model_copy(
                update={"state": "skipped", "skip_reason": "time"}
            )
            rate(sitting.store, person.id, sitting.cards[person.id], rating)
        sitting.store.cards.save_verdict(person.id, sitting.cards[person.id], Verdict(recommendation="yes"))
        sitting.store.cards.submit(person.id, sitting.cards[person.id])
    ana, bo = sitting.people
    address = f"{server.url}/debrief?round={sitting.round.id}&candidate={sitting.candidate.id}"
    cookie = {"name": "interview_kit_person", "url": server.url}
    context.add_cookies([{**cookie, "value": ana.id}])
    page = context.new_page()
    page.goto(address)
    page.get_by_label("In one sentence, why").fill("a sealed thought of Ana's")
    expect(page.get_by_text("kept in this tab until you record it")).to_be_visible()
    context.add_cookies([{**cookie, "value": bo.id}])
    page.goto(address)
    expect(page.get_by_text("Bo Second").first).to_be_visible()
    expect(page.get_by_label("In one sentence, why")).to_have_value("")
    context.add_cookies([{**cookie, "value": ana.id}])
    page.goto(address)
    expect(page.get_by_label("In one sentence, why")).to_have_value("a sealed thought of Ana's")
    for key in page.evaluate("() => [...Object.keys(sessionStorage), ...Object.keys(localStorage)]"):
        assert not key.startswith("interview-kit") or ana.id in key or bo.id in key
