"""The live screen in a real browser: by keyboard, on a phone, through outages, in two windows, by two people."""

from __future__ import annotations

import json
import random
import re
import sqlite3
import time

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from .conftest import Server, Sitting, without_stamps
from .live_page import notes, settled

pytestmark = pytest.mark.browser


FOCUSED = """() => {
  let found = document.activeElement
  while (found?.shadowRoot) found = found.shadowRoot.activeElement
  return found?.id
}"""


# Conducting


def test_a_whole_plan_is_conducted_by_keyboard_alone(server: Server, context: BrowserContext) -> None:
    """Notes, ticks, probes, levels, a skip with its reason and every move, without a mouse."""
    sitting = Sitting(server, loop="core-loop")
    page = sitting.open(context)
    last = len(sitting.questions) - 1
    for place, question in enumerate(sitting.questions):
        page.keyboard.press("/")
        page.keyboard.type(f"12snp?. words on {question.id}")
        page.keyboard.press("Escape")
        if place < last:
            page.keyboard.press("l")
            page.keyboard.press("Space")
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Space")
            page.keyboard.press("h")
            page.keyboard.press("2")
        else:
            page.keyboard.press("s")
            page.keyboard.press("2")
        settled(page)
        page.keyboard.press("n")
    expect(page.get_by_text("Would you hire this person")).to_be_visible()
    for place, question in enumerate(sitting.questions):
        rating = sitting.rating(place)
        assert without_stamps(rating.evidence) == f"12snp?. words on {question.id}"
        if place < last:
            assert (rating.level, len(rating.ticks), len(rating.probes)) == (2, 2, 1)
        else:
            assert (rating.state, rating.skip_reason) == ("skipped", "covered_elsewhere")
    assert [m.kind for m in sitting.card().moments if m.kind != "probed"] == [
        "begun", *["opened"] * len(sitting.questions), "ended",
    ]  # fmt: skip


def test_every_action_is_reached_by_tab_and_enter(server: Server, context: BrowserContext) -> None:
    """A person who cannot press a key chord or a mouse goes through the whole screen with Tab."""
    page = Sitting(server).open(context)
    wanted = {
        "begin",
        "panel-window",
        "share",
        "panel-overview",
        "agenda-0",
        "panel-you",
        "panel-levels",
        "evidence",
    }
    wanted |= {"rate-1", "rate-no_evidence", "rate-not_asked", "rate-skipped"}
    wanted |= {"next", "asked", "tick-a", "why-tick-a"}
    reached = set()
    page.locator("#begin").focus()
    for _ in range(90):
        reached.add(page.evaluate(FOCUSED))
        page.keyboard.press("Tab")
    assert wanted <= reached


def test_an_interview_is_conducted_on_a_phone(server: Server, browser: Browser) -> None:
    """390 pixels wide: nothing overflows, and question, ticks, notes, level and next are reached by tapping."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    sitting = Sitting(server)
    page = sitting.open(context)
    assert page.locator("#prompt").bounding_box()["y"] < 420
    page.locator("[id^=tick-]").first.tap()
    page.locator("#to-notes").tap()
    page.keyboard.type("short note")
    page.locator("#rate-2").tap()
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    rating = sitting.rating()
    assert (rating.level, len(rating.ticks), without_stamps(rating.evidence)) == (2, 1, "short note")
    context.close()


def test_what_is_needed_while_the_candidate_talks_needs_no_scrolling(
    server: Server, context: BrowserContext
) -> None:
    """At 1440 × 900: question, probe, every signal's line, notes, level and next lie above the fold."""
    sitting = Sitting(server, loop="core-loop")
    page = sitting.open(context)
    for place in range(len(sitting.questions)):
        page.locator(f"#agenda-{place}").click()
        for name in ("#prompt", ".probe", "#evidence", "#rate-4", "#next", "[id^=tick-] >> nth=-1"):
            box = page.locator(name).bounding_box()
            assert box["y"] + box["height"] <= 900, name


def test_a_level_apart_from_the_proposal_asks_for_a_reason(server: Server, context: BrowserContext) -> None:
    """The proposal names the ticks behind it and what is missing; another level opens a box for one sentence."""
    sitting = Sitting(server)
    page = sitting.open(context)
    page.locator("[id^=tick-]").first.check()
    expect(page.locator("#proposal")).to_contain_text("So far 2 Partial")
    expect(page.locator("#proposal")).to_contain_text("For 3 still:")
    expect(page.locator("#why")).to_be_hidden()
    page.locator("#rate-3").click()
    page.locator("#why").press_sequentially("Showed it in the code.")
    settled(page)
    assert sitting.rating().override_reason == "Showed it in the code."


def test_a_new_line_gets_its_time_and_a_quote_its_mark(server: Server, context: BrowserContext) -> None:
    sitting = Sitting(server)
    page = sitting.open(context)
    notes(page).press_sequentially("first\nsecond")
    page.locator("#said").click()
    page.keyboard.type("we went back a version")
    expect(notes(page)).to_have_value(
        re.compile(r"^0:0\d first\n0:0\d second\n0:0\d > we went back a version$")
    )


def test_a_red_flag_takes_a_quote(server: Server, context: BrowserContext) -> None:
    sitting = Sitting(server)
    page = sitting.open(context)
    page.locator("[id^=flag-]").first.check()
    page.locator("[id^=quote-]").press_sequentially("it just broke", delay=30)
    assert sitting.stored(
        lambda: sitting.rating().flag_quotes == {sitting.questions[0].red_flags[0].id: "it just broke"}
    )


def test_pauses_and_minutes_are_kept(server: Server, context: BrowserContext) -> None:
    """The clock runs in the page; what it counted is in the scorecard."""
    sitting = Sitting(server)
    page = sitting.open(context)
    page.locator("#begin").click()
    expect(page.locator(".clock")).to_contain_text(re.compile(r"0:0[1-9] of"))
    page.locator("#pause").click()
    expect(page.locator(".clock")).to_contain_text("paused")
    page.locator("#pause").click()
    assert sitting.stored(
        lambda: [m.kind for m in sitting.card().moments] == ["begun", "opened", "paused", "resumed"]
    )


def test_no_running_total_average_or_verdict_is_shown(server: Server, context: BrowserContext) -> None:
    page = Sitting(server).open(context)
    page.locator("[id^=tick-]").first.check()
    page.locator("#rate-3").click()
    settled(page)
    words = page.locator(".live").inner_text().lower()
    assert not [word for word in ("average", "total", "mean score", "recommend", "overall") if word in words]


# Outages


def test_words_come_back_after_a_reload(server: Server, context: BrowserContext) -> None:
    """Typed, reloaded at once: the tab still holds what the server had not confirmed."""
    sitting = Sitting(server)
    page = sitting.open(context)
    notes(page).press_sequentially("typed in the last moment", delay=5)
    page.reload()
    expect(notes(page)).to_have_value(re.compile("typed in the last moment$"))
    settled(page)
    assert without_stamps(sitting.rating().evidence) == "typed in the last moment"


def test_without_a_network_the_interview_goes_on(server: Server, context: BrowserContext) -> None:
    """Typing, ticking, rating and moving on wait in the tab; the screen says so, and all is stored afterwards."""
    sitting = Sitting(server)
    page = sitting.open(context)
    notes(page).press_sequentially("before ")
    settled(page)
    context.set_offline(True)
    notes(page).press_sequentially("during", delay=80)
    expect(page.get_by_text("No connection since")).to_be_visible()
    page.locator("[id^=tick-]").first.check()
    page.locator("#rate-2").click()
    page.locator("#next").click()
    notes(page).press_sequentially("on the second question")
    expect(page.locator(".saved")).to_contain_text("waiting")
    context.set_offline(False)
    settled(page)
    expect(page.get_by_text("No connection since")).to_be_hidden()
    first, second = sitting.rating(0), sitting.rating(1)
    assert (without_stamps(first.evidence), first.level, len(first.ticks)) == ("before during", 2, 1)
    assert without_stamps(second.evidence) == "on the second question"


def test_a_killed_server_loses_nothing_older_than_a_second(server: Server, context: BrowserContext) -> None:
    """SIGKILL while somebody types: what is on the disk lags by less than a second, and the rest follows."""
    sitting = Sitting(server)
    page = sitting.open(context)
    typed, at = "", [("", 0.0)]
    draw = random.Random(7)
    notes(page).focus()
    for kill in range(2):
        for _ in range(draw.randint(25, 60)):
            typed += draw.choice("abcdefgh ")
            page.keyboard.type(typed[-1])
            at.append((typed, time.monotonic()))
            page.wait_for_timeout(30)
        killed = time.monotonic()
        server.kill()
        stored = without_stamps(evidence_on_disk(server))
        due = [words for words, when in at if when < killed - 1][-1]
        assert stored.startswith(due), (
            f"kill {kill}: {due!r} was typed over a second ago, {stored!r} is stored"
        )
        page.keyboard.type("+")
        typed += "+"
        server.start()
    settled(page)
    assert sitting.stored(lambda: without_stamps(sitting.rating().evidence) == typed)


def evidence_on_disk(server: Server) -> str:
    with sqlite3.connect(server.database) as connection:
        found = connection.execute("SELECT body FROM ratings").fetchone()
    return str(json.loads(found[0])["evidence"]) if found else ""


def test_a_failed_save_stays_on_the_screen_until_it_is_saved(server: Server, context: BrowserContext) -> None:
    sitting = Sitting(server)
    page = sitting.open(context)
    notes(page).press_sequentially("one ")
    settled(page)
    with sqlite3.connect(server.database) as connection:
        connection.execute("ALTER TABLE ratings RENAME TO ratings_away")
    notes(page).press_sequentially("two")
    expect(page.get_by_text("Not saved: Nothing of it was stored")).to_be_visible()
    expect(page.locator(".saved")).to_have_text("NOT SAVED")
    with sqlite3.connect(server.database) as connection:
        connection.execute("ALTER TABLE ratings_away RENAME TO ratings")
    settled(page)
    expect(page.get_by_text("Not saved:")).to_be_hidden()
    assert without_stamps(sitting.rating().evidence) == "one two"
