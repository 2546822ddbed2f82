"""A real server in a process of its own, and a real browser."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, TimeoutError, expect, sync_playwright

from interview_kit.screens.signed_in import PERSON_COOKIE
from question_bank import Question, load_bank
from scorecards.record.model import Person, Rating, Scorecard
from scorecards.record.setup import new_round
from scorecards.store import Store, new_id, open_database

from .install import ARGUMENTS, find_browser

ROOT = Path(__file__).parents[2]
# Milliseconds. A test waits for a state; how long that takes on a busy machine says nothing about the kit.
PATIENCE = 120_000
expect.set_options(timeout=PATIENCE)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Served(Protocol):
    """The kit at an address, and where its data lie: one server, or a proxy before several."""

    database: Path | str

    @property
    def url(self) -> str: ...


class Server:
    """`python app.py` on a port and a database of its own; can be killed and started again."""

    def __init__(self, database: Path | str, **settings: str):
        self.database, self.settings, self.port = database, settings, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.launch()
        self.wait()

    def launch(self) -> None:
        environment = os.environ | {
            "INTERVIEW_KIT_DATABASE": str(self.database),
            "INTERVIEW_KIT_PORT": str(self.port),
            **self.settings,
        }
        self.process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment)

    def wait(self) -> None:
        """Until it answers, or is gone."""
        assert self.process is not None
        while self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=5).read()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"The server ended with {self.process.returncode} before it answered.")

    def kill(self) -> None:
        """SIGKILL: no goodbye, nothing flushed."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path / "interviews.db")
    running.start()
    yield running
    running.kill()


# For one file, not longer: while Playwright runs, no other test of this process has an event loop of its own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        pytest.fail("No browser: run `python -m tests.browser.install`, or `make test`, which does it.")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS), timeout=PATIENCE)
        launched.new_context = patient(launched.new_context)  # type: ignore[method-assign]
        yield launched
        launched.close()


def patient(new_context: Callable[..., BrowserContext]) -> Callable[..., BrowserContext]:
    """The same, with pages that wait for what a test asks of them also on a busy machine."""

    def make(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(PATIENCE)
        return context

    return make


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    yield opened
    opened.close()


def sign_in(context: BrowserContext, url: str, name: str) -> Page:
    """A new page on which this person is signed in, at the list of rounds."""
    page = context.new_page()
    page.goto(url)
    page.get_by_label("enter your name").fill(name)
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("Rounds", exact=True).first).to_be_visible()
    for _ in range(2_400):
        if any(cookie.get("name") == PERSON_COOKIE for cookie in context.cookies()):
            return page
        page.wait_for_timeout(50)
    raise AssertionError("The browser was not told to remember who signed in.")


def form(page: Page, button: str) -> Locator:
    """The form that this button sends."""
    return page.get_by_test_id("stForm").filter(has=page.get_by_role("button", name=button))


def quiet(page: Page) -> None:
    """Until no script runs and nothing on the page has changed for a while: then the next press finds what it saw."""
    page.evaluate(
        """() => new Promise((done) => {
          const running = () => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === 'running'
          let last = performance.now()
          const watching = new MutationObserver(() => { last = performance.now() })
          watching.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
          const looking = setInterval(() => {
            if (running() || performance.now() - last < 700) return
            clearInterval(looking)
            watching.disconnect()
            done()
          }, 50)
        })"""
    )


def without_stamps(words: str) -> str:
    """Notes without the times at which their lines were begun."""
    return re.sub(r"^\d+:\d\d ", "", words, flags=re.MULTILINE)


def choose(page: Page, label: str, words: str) -> None:
    """Type into a list until it offers this, and take it; the list closes whenever the page moves below it."""
    box, offered = page.get_by_role("combobox", name=label), page.get_by_role("option").first
    for _ in range(20):
        box.fill("")
        box.press_sequentially(words, delay=20)
        with suppress(TimeoutError):
            offered.wait_for(timeout=5_000)
            box.press("Enter", timeout=5_000)
            offered.wait_for(state="hidden", timeout=5_000)
            if box.input_value() != words:
                return
    raise AssertionError(f"{label} does not offer {words}.")


class Sitting:
    """An interview of a round in the server's database, and how to open it as one of its interviewers."""

    def __init__(
        self,
        server: Served,
        *,
        interviewers: int = 1,
        loop: str = "founder-screen",
        people: Sequence[Person] = (),
    ):
        self.server = server
        self.store = Store(open_database(str(server.database)))
        bank = load_bank()
        names = ("Ana First", "Bo Second")[:interviewers]
        self.people = list(people) or [self.store.people.add(name) for name in names]
        who = tuple(person.id for person in self.people)
        round_ = new_round(new_id(), "A round", who[0], bank, "generalist", [loop], list(who))
        slot = round_.slots[0].model_copy(update={"interviewer_ids": who})
        self.round = self.store.rounds.create(who[0], round_.model_copy(update={"slots": (slot,)}))
        self.store.candidates.add(who[0], self.round.id, ["Cara Candidate", "Dev Notseen"])
        record = self.store.rounds.record(who[0], self.round.id)
        self.candidate = record.by_code[0]
        self.interview = next(i for i in record.interviews if i.candidate_id == self.candidate.id)
        self.cards = {
            status.interviewer_id: status.card_id
            for status in record.statuses
            if status.interview_id == self.interview.id
        }

    @property
    def questions(self) -> list[Question]:
        return [item.question for item in self.interview.plan.items]

    def open(self, context: BrowserContext, place: int = 0) -> Page:
        """The live screen as the interviewer in this place."""
        person = self.people[place]
        context.add_cookies([{"name": PERSON_COOKIE, "value": person.id, "url": self.server.url}])
        page = context.new_page()
        page.goto(f"{self.server.url}/interview?card={self.cards[person.id]}")
        expect(page.locator("#prompt")).to_be_visible()
        return page

    def card(self, place: int = 0) -> Scorecard:
        person = self.people[place]
        return self.store.cards.get(person.id, self.cards[person.id])

    def rating(self, question: int = 0, place: int = 0) -> Rating:
        return self.card(place).rating(self.questions[question].id)

    def stored(self, wanted: Callable[[], bool], seconds: float = 120) -> bool:
        """Whether this becomes true of what is stored, within so many seconds."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if wanted():
                return True
            time.sleep(0.05)
        return wanted()


@pytest.fixture
def sitting(server: Server) -> Sitting:
    return Sitting(server, loop="core-loop")


@pytest.fixture
def page(sitting: Sitting, context: BrowserContext) -> Page:
    """The live screen, as its interviewer has just opened it."""
    return sitting.open(context)
