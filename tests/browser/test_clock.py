"""The clock in the page counts as the scorecard does, and what it proposes to leave out is never a must."""

from __future__ import annotations

import json
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from scorecards.record.model import Moment
from scorecards.record.timeline import stretches
from tests.scorecards.small_round import BEGAN

pytestmark = pytest.mark.browser
SCRIPT = Path(__file__).parents[2] / "interview_kit" / "screens" / "parts" / "live" / "c_time.js"
QUESTIONS = ["DRF-01", "SEC-01", "SYS-05"]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    opened = browser.new_page()
    opened.add_script_tag(content=SCRIPT.read_text("utf-8"))
    return opened


def some_moments(draw: random.Random) -> list[Moment]:
    """Moments in any order that a window could send, with some that make no sense."""
    found, minute = [], 0.0
    for number in range(draw.randint(1, 14)):
        minute += draw.choice([0, 0.25, 1, 4])
        kind = draw.choice(["begun", "opened", "opened", "opened", "paused", "resumed", "probed", "ended"])
        question = draw.choice(QUESTIONS) if kind == "opened" else None
        at = BEGAN + timedelta(minutes=minute)
        found.append(Moment(id=f"m-{number:02d}", at=at, kind=kind, question_id=question))
    return found


def test_the_page_counts_minutes_as_the_scorecard_does(page: Page) -> None:
    """300 random interviews: the same minutes for every question, to the thousandth."""
    draw = random.Random(3)
    for _ in range(300):
        moments = some_moments(draw)
        until = moments[-1].at + timedelta(minutes=2)
        told = [{"t": m.at.timestamp() * 1000, "kind": m.kind, "question_id": m.question_id} for m in moments]
        counted = page.evaluate(
            "([moments, until]) => timeOf(moments, until)", [told, until.timestamp() * 1000]
        )
        wanted: dict[str, float] = {}
        for stretch in stretches(moments, until):
            if stretch.question_id:
                wanted[stretch.question_id] = wanted.get(stretch.question_id, 0) + stretch.minutes
        shown = {key: minutes for key, minutes in counted["used"].items() if minutes}
        assert shown == pytest.approx(wanted, abs=0.001), json.dumps(told)


def budget(
    page: Page, items: list[dict[str, Any]], *, minutes_gone: float, decided: tuple[str, ...] = ()
) -> Any:
    ratings = {item["id"]: {"level": 3 if item["id"] in decided else None, "state": None} for item in items}
    time = {"begun": True, "seconds": minutes_gone * 60, "used": {}}
    return page.evaluate(
        "([items, ratings, time]) => budget(items, ratings, time, 60, 5)", [items, ratings, time]
    )


def item(key: str, minutes: int, *, must: bool) -> dict[str, Any]:
    return {"id": key, "minutes": minutes, "must": must, "optional": not must, "title": key}


PLAN = [item("a", 20, must=True), item("b", 15, must=False), item("c", 15, must=True)]


def test_with_enough_time_nothing_is_proposed_to_be_left_out(page: Page) -> None:
    # 50 planned, 60 - 5 around - 3 gone = 52 left
    assert budget(page, PLAN, minutes_gone=3)["drop"] is None


def test_when_time_runs_short_an_optional_question_is_proposed(page: Page) -> None:
    # 50 planned, 60 - 5 - 15 = 40 left: short by 10
    found = budget(page, PLAN, minutes_gone=15)
    assert (found["drop"]["id"], found["short"], found["musts"], found["left"]) == ("b", 10, 35, 40)


def test_a_must_is_never_proposed(page: Page) -> None:
    musts = [one for one in PLAN if one["must"]]
    assert budget(page, musts, minutes_gone=50)["drop"] is None


def test_what_is_decided_needs_no_time_any_more(page: Page) -> None:
    # only c is open: 15 needed, 60 - 5 - 35 = 20 left
    found = budget(page, PLAN, minutes_gone=35, decided=("a", "b"))
    assert (found["drop"], found["musts"], found["left"]) == (None, 15, 20)
