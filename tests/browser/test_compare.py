"""The comparison in a browser: the picture, people side by side, what is private, and rounds of evidence only."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from benchmarks.rounds import big_round
from interview_kit.screens.signed_in import PERSON_COOKIE
from question_bank import load_bank
from scorecards.record.model import RoundRecord
from scorecards.store import Store, open_database

from .conftest import Server, quiet

pytestmark = pytest.mark.browser


@pytest.fixture
def whole(server: Server) -> RoundRecord:
    """Eight candidates, all scorecards submitted; the first interviewer leads."""
    record = big_round(load_bank(), 8, panel=6)
    Store(open_database(str(server.database))).imports.add(record)
    return record


def compare_as(server: Server, context: BrowserContext, record: RoundRecord, place: int = 0) -> Page:
    person = record.round.panel_ids[place]
    context.add_cookies([{"name": PERSON_COOKIE, "value": person, "url": server.url}])
    page = context.new_page()
    page.goto(f"{server.url}/compare?round={record.round.id}")
    expect(page.locator(".picture")).to_be_visible()
    return page


def view(page: Page, name: str) -> None:
    page.get_by_role("radiogroup", name="View").get_by_text(name, exact=True).click()


def test_the_picture_has_a_cell_for_every_candidate_and_competency(server, context, whole) -> None:
    page = compare_as(server, context, whole)
    assert page.locator(".picture tbody .face").count() == 8 * len(whole.round.targets)
    assert page.locator(".picture tbody .plot .bar").count() == 8
    expect(page.get_by_text("on this evidence").first).to_be_visible()


def test_candidates_stand_by_code_until_somebody_asks_for_groups(server, context, whole) -> None:
    page = compare_as(server, context, whole)
    codes = page.locator(".picture tbody .code").all_inner_texts()
    assert codes == sorted(codes)
    assert page.locator(".groupline").count() == 0
    page.get_by_role("combobox", name="Order").click()
    page.get_by_role("option", name="By group").click()
    expect(page.locator(".groupline").first).to_contain_text("Leading group: cannot be told apart")


def test_a_cell_opens_the_words_behind_it_from_the_keyboard(server, context, whole) -> None:
    page = compare_as(server, context, whole)
    page.locator(".face:not(.empty)").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_text("Heard:").first).to_be_visible()


def test_two_candidates_are_marked_and_stand_side_by_side(server, context, whole) -> None:
    page = compare_as(server, context, whole)
    for place in (1, 4):
        page.locator(".picture tbody input").nth(place).check()
        quiet(page)
    view(page, "Side by side")
    for code in ("C-02", "C-05"):
        expect(page.get_by_role("heading", name=re.compile(code))).to_be_visible()
    expect(page.get_by_text(re.compile("ahead of|may be ahead")).first).to_be_visible()


def test_other_weights_are_tried_and_nothing_of_it_is_stored(server, context, whole) -> None:
    page = compare_as(server, context, whole)
    view(page, "What if")
    expect(page.get_by_text("These are the weights as set")).to_be_visible()
    box = page.get_by_role("spinbutton").first
    box.fill("9")
    box.press("Enter")
    expect(page.get_by_text(re.compile("The leading group (stays as it is|would be)"))).to_be_visible()
    stored = Store(open_database(str(server.database))).rounds.get(whole.round.lead_id, whole.round.id)
    assert stored == whole.round


def test_an_interviewer_sees_their_own_strictness_and_nobody_elses(server, context, whole) -> None:
    page = compare_as(server, context, whole, place=1)
    view(page, "Interviewers")
    expect(page.get_by_text("Your strictness on the same people")).to_be_visible()
    shown = page.locator("section.stMain, [data-testid=stMain]").inner_text()
    assert whole.people[1].name in shown
    assert [one.name for one in whole.people if one.name in shown] == [whole.people[1].name]


def test_the_lead_sees_everybodys_strictness(server, context, whole) -> None:
    page = compare_as(server, context, whole)
    view(page, "Interviewers")
    expect(page.get_by_text("Strictness on the same people").first).to_be_visible()
    shown = page.locator("[data-testid=stMain]").inner_text()
    assert all(one.name in shown for one in whole.people)


def test_a_round_of_evidence_only_shows_levels_and_nothing_computed(server, context, whole) -> None:
    store = Store(open_database(str(server.database)))
    store.rounds.show_evidence_only(whole.round.lead_id, whole.round.id, True, "Counsel asked for it.")
    page = compare_as(server, context, whole)
    expect(page.get_by_text("This round shows evidence only")).to_be_visible()
    assert page.locator(".plot, .score, .badge, .groupline").count() == 0
    assert page.get_by_text("What if", exact=True).count() == 0
    assert page.get_by_role("combobox", name="Order").count() == 1
    levels = page.locator(".face b").first.inner_text()
    assert re.fullmatch(r"[1-4]( · [1-4])*", levels)
    assert not re.search(r"\b[1-4]\.\d\b", page.locator(".picture").inner_text())


def test_the_lead_sets_a_round_to_evidence_only_with_a_reason(server, context, whole) -> None:
    page = compare_as(server, context, whole)
    page.goto(f"{server.url}/?round={whole.round.id}")
    page.get_by_role("tab", name="Settings").click()
    page.locator("summary", has_text="Show evidence only").click()
    confirm = page.get_by_role("button", name="Show evidence only")
    confirm.click()
    expect(page.get_by_text("Say why")).to_be_visible()
    page.get_by_label("Why (kept with the round)").fill("Counsel asked for it.")
    confirm.click()
    expect(page.get_by_text("Evidence only since")).to_be_visible()
