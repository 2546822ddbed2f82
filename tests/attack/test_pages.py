"""60 payloads in every text that a person can write, seen on every screen in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from scorecards.interviewing.message import Entry, Told
from tests.attack.conftest import Attacked
from tests.attack.payloads import SCRIPTS
from tests.attack.poisoned import CHOSEN
from tests.attack.watched import Watched

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def opened(attacked: Attacked, browser: Browser) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield Watched(context, attacked.server.url, attacked.lead)
    context.close()


@pytest.fixture
def watched(opened: Watched) -> Watched:
    """The lead's page, which has seen nothing yet."""
    opened.forget()
    return opened


def harmless(watched: Watched, readable: int = 60) -> None:
    """Nothing happened, and so many of the payloads can be read as they were typed."""
    assert watched.faults == []
    missing = [one for one in SCRIPTS if one not in watched.seen]
    assert len(SCRIPTS) - len(missing) >= readable, missing


@pytest.mark.parametrize("markup", [SCRIPTS[2], SCRIPTS[12], SCRIPTS[14], "<a href='//evil.test'>press</a>"])
def test_the_watch_notices_what_runs_or_loads(attacked: Attacked, browser: Browser, markup: str) -> None:
    """Without this the tests below would pass on a page that is not looked at."""
    context = browser.new_context()
    watched = Watched(context, attacked.server.url)
    watched.page.goto(f"{attacked.server.url}/healthz")
    watched.page.evaluate("(markup) => { document.body.innerHTML = markup }", markup)
    watched.page.wait_for_timeout(100)
    watched.look("a page")
    assert watched.faults
    context.close()


def test_the_sign_in_form_lists_60_names(attacked: Attacked, browser: Browser) -> None:
    context = browser.new_context()
    watched = Watched(context, attacked.server.url)
    watched.open("/", "Who are you?")
    watched.page.get_by_role("combobox").first.click()
    watched.look("sign-in")
    harmless(watched, 5)
    context.close()


def test_the_list_of_rounds(watched: Watched) -> None:
    watched.open("/", "Create a round")
    watched.look("rounds")
    # A name of 300 signs is cut.
    harmless(watched, 59)


@pytest.mark.parametrize("round_id", ["wide", "own", "told", "empty-3"])
def test_a_round(watched: Watched, round_id: str) -> None:
    watched.open(f"/?round={round_id}", "All rounds")
    for tab in ("Candidates", "Coverage", "Settings"):
        watched.page.get_by_role("tab", name=tab).click()
        watched.unfold()
        watched.look(f"{round_id} {tab}")
    harmless(watched, 59)


def test_a_new_round(watched: Watched) -> None:
    watched.open("/?round=new", "Create the round")
    watched.look("a new round")
    harmless(watched, 1)


def test_preparing_an_interview(watched: Watched) -> None:
    watched.open("/prepare?round=own&interview=own-i0", "minutes planned")
    for tab in ("Read through", "The plan"):
        watched.page.get_by_role("tab", name=tab).click()
        watched.unfold()
        watched.look(f"prepare {tab}")
    watched.open("/prepare?round=told", "Did not take place")
    watched.unfold()
    watched.look("what did not take place")
    harmless(watched)


def test_conducting_an_interview(watched: Watched) -> None:
    watched.open("/interview?card=own-card-0", re.compile("saved|Not saved"))
    page = watched.page
    page.locator("#prompt").wait_for()
    for place in range(5):
        page.locator(f"#agenda-{place}").click()
        watched.look(f"live {place}")
        for panel in ("panel-window", "panel-overview", "panel-you", "panel-levels"):
            page.locator(f"#{panel}").click()
            watched.look(f"live {place} {panel}")
            page.keyboard.press("Escape")
    harmless(watched)


def test_the_candidates_window(attacked: Attacked, browser: Browser) -> None:
    """Where the words of a private bank are shown to somebody outside."""
    store, card = attacked.store, "own-card-0"
    asked = store.cards.get(attacked.lead, card).content.ratings
    context = browser.new_context()
    watched = Watched(context, attacked.server.url)
    address = store.live.open_window(attacked.lead, card)
    watched.page.goto(f"{attacked.server.url}/c/{address}")
    for rating in asked:
        everything = tuple(f"reveal-{n}" for n in range(9)) + tuple(
            f"exhibit-{one.id}"
            for one in store.interviews.get(attacked.lead, "own-i0")
            .plan.question(rating.question_id)
            .exhibits
        )
        entry = Entry(
            question_id=rating.question_id, base=rating.version, given=everything, evidence=rating.evidence
        )
        store.live.tell(
            attacked.lead, card, Told(tab="t", wish="take", focus=rating.question_id, entries=(entry,))
        )
        watched.page.wait_for_timeout(600)
        watched.look(f"window {rating.question_id}")
    store.live.close_windows(attacked.lead, card)
    harmless(watched)
    context.close()


def test_what_is_typed_into_the_forms(attacked: Attacked, browser: Browser) -> None:
    """The same by hand: a name, a round, its candidates, notes."""
    context = browser.new_context()
    watched = Watched(context, attacked.server.url)
    page, (script, image) = watched.page, (SCRIPTS[2], "![a](http://evil.test/a.png) $x$ :red[b]")
    watched.open("/", "Who are you?")
    page.get_by_label("Or enter your name").fill(script)
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Create a round").click()
    page.get_by_label("Opening").fill(image)
    page.get_by_label("Interviewers not known here yet").fill(f"{script} x")
    page.get_by_label("Candidates").fill(f"{script}\n{image}")
    page.keyboard.press("Tab")
    page.get_by_text("2 candidates can be added").wait_for()
    watched.look("the form")
    page.get_by_role("button", name="Create the round").click()
    page.get_by_role("tab", name="Candidates").wait_for()
    watched.settle()
    watched.look("the round")
    assert page.get_by_text(image).count() >= 2
    page.get_by_role("button", name="Interview: ").first.click()
    page.locator("#evidence").fill(f"{script}\n{image}")
    page.locator(".saved").get_by_text("saved").wait_for()
    watched.look("the notes")
    assert watched.faults == []
    context.close()


def test_closing_an_interview(watched: Watched) -> None:
    watched.open("/submit?card=own-card-0", "Read out before you say goodbye")
    watched.unfold()
    watched.look("submit")
    harmless(watched, 20)


@pytest.mark.parametrize("round_id", ["told", "wide"])
def test_a_debrief(watched: Watched, round_id: str) -> None:
    watched.open(f"/debrief?round={round_id}&candidate={round_id}-c0", "Keep as a file")
    watched.unfold()
    watched.look(f"debrief {round_id}")
    harmless(watched)


def test_a_debrief_as_an_author_of_a_scorecard_sees_it(attacked: Attacked, browser: Browser) -> None:
    """With the form in which a scorecard is amended."""
    context = browser.new_context()
    watched = Watched(context, attacked.server.url, "person-43")
    watched.open("/debrief?round=told&candidate=told-c0", "Amend your scorecard")
    watched.unfold()
    watched.look("amending")
    watched.page.get_by_text("The recommendation", exact=True).click()
    watched.settle()
    watched.look("amending the recommendation")
    harmless(watched)
    context.close()


def test_every_view_of_the_comparison(watched: Watched) -> None:
    watched.open("/compare?round=wide", "Picture")
    page = watched.page
    page.locator(".face:not(.empty)").first.wait_for()
    watched.look("picture")
    page.locator(".face:not(.empty)").first.click()
    page.get_by_role("dialog").wait_for()
    watched.settle()
    watched.look("words")
    page.keyboard.press("Escape")
    for view in ("Side by side", "What if", "Interviewers", "Not said"):
        page.get_by_text(view, exact=True).first.click()
        watched.settle()
        watched.look(view)
    harmless(watched)


def test_the_library_of_a_private_bank(watched: Watched) -> None:
    watched.open("/library", re.compile(r"of \d+ questions"))
    for tab in ("Questions", "Competencies", "Coverage", "Scale and terms"):
        watched.page.get_by_role("tab", name=tab).click()
        watched.unfold()
        watched.look(f"library {tab}")
    harmless(watched)


# A chart and a list of defects; preparing shows the others.
@pytest.mark.parametrize("question", CHOSEN[:2])
def test_a_question_of_a_private_bank(watched: Watched, question: str) -> None:
    watched.open(f"/library?question={question}", "All questions")
    for view in ("As the candidate", "To practise", "In the bank"):
        watched.page.get_by_text(view, exact=True).click()
        watched.settle()
        watched.unfold()
        watched.look(f"{question} {view}")
    harmless(watched)


def test_the_administration(watched: Watched) -> None:
    watched.open("/administration", "An administrator sees")
    for tab in ("Rounds", "Past their end", "Audit log", "Administrators"):
        watched.page.get_by_role("tab", name=tab).click()
        watched.unfold()
        watched.look(f"administration {tab}")
    harmless(watched, 58)
