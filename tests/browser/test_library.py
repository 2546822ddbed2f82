"""The library in a browser: finding, reading, and rehearsing a question on the live screen."""

from __future__ import annotations

import sqlite3

import pytest
from playwright.sync_api import BrowserContext, expect

from question_bank import load_bank

from .conftest import Server, sign_in

pytestmark = pytest.mark.browser
BANK = load_bank()
STICKER = BANK.by_id["SEC-16"]


def test_a_question_is_found_by_its_words_and_filters_stay_while_it_is_read(
    server: Server, context: BrowserContext
) -> None:
    page = sign_in(context, server.url, "Ana First")
    page.goto(f"{server.url}/library")
    page.get_by_label("Search", exact=True).fill("sticker crates")
    page.get_by_label("Search", exact=True).press("Enter")
    expect(page.get_by_text(f"1 of {len(BANK.questions)} questions")).to_be_visible()
    page.get_by_role("button", name=STICKER.topic).click()
    expect(page.get_by_text("Rehearsal")).to_be_visible()
    page.wait_for_url("**question=SEC-16**")
    page.get_by_role("button", name="All questions").click()
    expect(page.get_by_text(f"1 of {len(BANK.questions)} questions")).to_be_visible()
    expect(page.get_by_label("Search", exact=True)).to_have_value("sticker crates")


def test_a_rehearsal_proposes_a_level_and_keeps_nothing(server: Server, context: BrowserContext) -> None:
    """Ticking all musts proposes a level at once; the database holds no rating and no moment."""
    page = sign_in(context, server.url, "Ana First")
    page.goto(f"{server.url}/library?question=SEC-16")
    page.locator(f"#tick-{min(STICKER.musts)}").check()
    expect(page.get_by_text("So far 2")).to_be_visible()
    for signal in STICKER.signals:
        if signal.level <= 3:
            page.locator(f"#tick-{signal.id}").check()
    expect(page.get_by_text("So far 3")).to_be_visible()
    page.get_by_label("Evidence: what was said or done").press_sequentially("nobody keeps this")
    page.wait_for_timeout(1000)
    with sqlite3.connect(server.database) as connection:
        for table in ("ratings", "moments"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_the_candidates_view_names_no_signal_and_no_level(server: Server, context: BrowserContext) -> None:
    page = sign_in(context, server.url, "Ana First")
    page.goto(f"{server.url}/library?question=SEC-16")
    page.get_by_text("As the candidate", exact=True).click()
    expect(page.get_by_role("heading", name=STICKER.prompt[:40])).to_be_visible()
    shown = page.locator('[data-testid="stMain"]').inner_text()
    assert not [signal.label for signal in STICKER.signals if signal.label in shown]
    assert not [level for level in (1, 2, 3, 4) if STICKER.anchors[level] in shown]


def test_a_question_says_where_it_stands(server: Server, context: BrowserContext) -> None:
    """An exercise's question gives the two commands, and the points of the coverage that it holds."""
    page = sign_in(context, server.url, "Ana First")
    page.goto(f"{server.url}/library?question=SEC-04")
    page.get_by_text("In the bank", exact=True).click()
    expect(page.get_by_text("interview-kit exercise tool-agent --out FOLDER")).to_be_visible()
    expect(page.get_by_text("Treats text that a model reads")).to_be_visible()


def test_the_fullest_questions_targets_fit_a_laptops_height(server: Server, context: BrowserContext) -> None:
    """Signals and red flags of the questions with most of them stand on 900 pixels without scrolling."""
    page = sign_in(context, server.url, "Ana First")
    most = max(len(question.signals) + len(question.red_flags) for question in BANK.questions)
    fullest = [q for q in BANK.questions if len(q.signals) + len(q.red_flags) == most]
    for question in fullest[:4]:
        page.goto(f"{server.url}/library?question={question.id}")
        column = page.locator(".live .right")
        expect(column.get_by_text(question.signals[-1].label)).to_be_attached()
        assert column.evaluate("column => column.scrollHeight - column.clientHeight") <= 2, question.id
