"""nginx before two replicas on one PostgreSQL: what one browser does survives the loss of a replica or of the proxy."""

from __future__ import annotations

import http.client
import random
import re
import secrets
import signal
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import create_engine, text

from tests.browser.conftest import Server, Sitting, choose, without_stamps
from tests.browser.live_page import ask, notes, settled
from tests.browser.test_journey import conduct

from .conftest import BROWSER_COOKIE, Proxy, Team, empty_database

pytestmark = pytest.mark.browser
OnReplica = Callable[[int], BrowserContext]
STREAM = "/_stcore/stream"


def type_meanwhile(page: Page, seed: int, seconds: float) -> str:
    """Types one word after another for so long, each of them once; returns what was typed."""
    draw, typed, until = random.Random(seed), "", time.monotonic() + seconds
    while time.monotonic() < until:
        word = f"{len(typed)}{draw.choice('abcdefgh')} "
        page.keyboard.type(word, delay=15)
        typed += word
    return typed


def stored_as_typed(sitting: Sitting, typed: str) -> None:
    """Everything that was typed is stored, once and in its order."""
    sitting.stored(lambda: stored_words(sitting) == typed)
    assert stored_words(sitting) == typed


def stored_words(sitting: Sitting, place: int = 0) -> str:
    return without_stamps(sitting.rating(place=place).evidence)


# Which replica


def test_a_browser_stays_on_one_replica(team: Team, on_replica: OnReplica) -> None:
    """Page, scripts, socket and everything that is typed go to the same one."""
    for replica in (0, 1):
        sitting = Sitting(team.proxy)
        context = on_replica(replica)
        before = len(team.proxy.asked())
        page = sitting.open(context)
        notes(page).press_sequentially("on one replica")
        settled(page)
        page.close()
        assert sitting.stored(lambda: any(one.path == STREAM for one in team.proxy.asked()[before:]))  # noqa: B023
        asked = team.proxy.asked()[before:]
        assert {one.replicas for one in asked} == {(replica,)}
        assert {STREAM, "/live/tell"} <= {one.path for one in asked}


def test_browsers_are_spread_over_the_replicas(team: Team) -> None:
    """Of 60 browsers from one address neither replica gets fewer than 15: by chance once in 10,000 times."""
    found = [team.proxy.replica_of(secrets.token_hex(16)) for _ in range(60)]
    assert min(found.count(0), found.count(1)) >= 15


def test_a_browser_is_told_its_cookie_once(team: Team) -> None:
    with urllib.request.urlopen(f"{team.proxy.url}/") as first:
        told = first.headers["Set-Cookie"]
    assert re.fullmatch(rf"{BROWSER_COOKIE}=[0-9a-f]{{32}}; Path=/; HttpOnly; SameSite=Lax", told)
    again = urllib.request.Request(f"{team.proxy.url}/", headers={"Cookie": told.partition(";")[0]})
    with urllib.request.urlopen(again) as second:
        assert second.headers["Set-Cookie"] is None


# Losing a replica


def test_a_killed_replica_loses_and_doubles_nothing(team: Team, on_replica: OnReplica) -> None:
    """SIGKILL while somebody types: every word comes to the database by the other replica, once and in order."""
    sitting = Sitting(team.proxy)
    page = sitting.open(on_replica(0))
    page.locator("#begin").click()
    notes(page).focus()
    typed = type_meanwhile(page, 1, 2)
    team.replicas[0].kill()
    typed += type_meanwhile(page, 2, 4)
    page.locator("#rate-3").click()
    settled(page)
    stored_as_typed(sitting, typed)
    assert sitting.rating().level == 3
    assert [moment.kind for moment in sitting.card().moments].count("begun") == 1
    assert any(one.path == "/live/tell" and one.replicas[-1] == 1 for one in team.proxy.asked())


def test_the_page_goes_on_at_the_other_replica(team: Team, on_replica: OnReplica) -> None:
    """Not only what is typed: the other screens open too, and the browser is led back once its replica is there."""
    sitting = Sitting(team.proxy)
    context = on_replica(0)
    page = sitting.open(context)
    team.replicas[0].kill()
    page.goto(f"{team.proxy.url}/?round={sitting.round.id}")
    expect(page.get_by_text("Cara Candidate").first).to_be_visible()
    team.replicas[0].start()
    page.reload()
    expect(page.get_by_text("Cara Candidate").first).to_be_visible()


def test_files_go_both_ways_although_their_page_is_at_the_other_replica(
    team: Team, on_replica: OnReplica, tmp_path: Path
) -> None:
    """The browser's replica is back, its open pages still at the one that took over: files find their way there."""
    sitting = Sitting(team.proxy, interviewers=2)
    context = on_replica(0)
    sitting.open(context).close()
    team.replicas[0].kill()
    down, up = context.new_page(), context.new_page()
    down.goto(f"{team.proxy.url}/?round={sitting.round.id}")
    down.get_by_role("tab", name="Settings").click()
    down.get_by_text("Let somebody work without this server").click()
    up.goto(team.proxy.url)
    up.get_by_text("Import a round from its JSON export, or an assignment").click()
    team.replicas[0].start()
    cookie = next(one["value"] for one in context.cookies() if one["name"] == BROWSER_COOKIE)
    assert sitting.stored(lambda: team.proxy.replica_of(cookie) == 0)

    choose(down, "Whose assignment", "Bo Sec")
    with down.expect_download() as download:
        down.get_by_role("button", name="Save the assignment").click()
    download.value.save_as(tmp_path / "assignment.json")
    assert "Cara Candidate" in (tmp_path / "assignment.json").read_text("utf-8")
    assert went(team, "GET", "/media/") == (0, 1)

    up.locator("input[type=file]").first.set_input_files(tmp_path / "assignment.json")
    up.get_by_role("button", name="Import", exact=True).click()
    expect(up.get_by_text("The assignment is Bo Second's")).to_be_visible()
    assert went(team, "PUT", "/_stcore/upload_file/") == (0, 1)


def went(team: Team, method: str, path: str) -> tuple[int, ...]:
    """The replicas that were asked, one after the other, for the last such thing."""
    asked = [one for one in team.proxy.asked() if one.method == method and one.path.startswith(path)]
    return asked[-1].replicas


def test_a_hanging_replica_is_passed_over(team: Team, on_replica: OnReplica) -> None:
    """It takes connections and answers nothing. What it was told before and does later changes nothing."""
    sitting = Sitting(team.proxy)
    page = sitting.open(on_replica(0))
    notes(page).press_sequentially("before ")
    settled(page)
    hanging = team.replicas[0].process
    assert hanging is not None
    hanging.send_signal(signal.SIGSTOP)
    try:
        notes(page).press_sequentially("during", delay=50)
        assert sitting.stored(lambda: stored_words(sitting) == "before during")
    finally:
        hanging.send_signal(signal.SIGCONT)
    notes(page).press_sequentially(" after")
    settled(page)
    stored_as_typed(sitting, "before during after")


def test_what_a_paused_replica_received_earlier_never_replaces_newer_words(
    team: Team, on_replica: OnReplica
) -> None:
    """Typed while the browser's replica is stopped, stored by the other one; then the first goes on. Nobody types
    afterwards: the last words stay, also after a reload."""
    sitting = Sitting(team.proxy)
    page = sitting.open(on_replica(0))
    notes(page).press_sequentially("before ")
    settled(page)
    paused = team.replicas[0].process
    assert paused is not None
    paused.send_signal(signal.SIGSTOP)
    try:
        # Each message of the first seconds lies unread at the stopped replica, too.
        typed = "before " + type_meanwhile(page, 11, 3)
        expect(page.locator(".saved")).to_have_text(re.compile("^✓ saved"))
        assert stored_words(sitting) == typed
    finally:
        paused.send_signal(signal.SIGCONT)
    # Whatever lay there has been read by now: the same process answered what came after it.
    for _ in range(20):
        assert health(team.replicas[0].url) == 200
        assert stored_words(sitting) == typed
    page.reload()
    expect(page.locator("#prompt")).to_be_visible()
    settled(page)
    assert without_stamps(notes(page).input_value()) == typed
    assert stored_words(sitting) == typed


def test_replicas_are_renewed_one_after_the_other(team: Team, on_replica: OnReplica) -> None:
    """SIGTERM with pages open, as for an update: each ends within seconds, and the one who types sees nothing of it."""
    sitting = Sitting(team.proxy)
    page = sitting.open(on_replica(0))
    notes(page).focus()
    typed = type_meanwhile(page, 3, 1)
    for place, replica in enumerate(team.replicas):
        assert replica.process is not None
        replica.process.terminate()
        typed += type_meanwhile(page, 4 + place, 1)
        replica.process.wait(timeout=15)
        replica.start()
    settled(page)
    stored_as_typed(sitting, typed)


# Losing the proxy


def test_a_restarted_proxy_loses_and_doubles_nothing(team: Team, on_replica: OnReplica) -> None:
    sitting = Sitting(team.proxy)
    page = sitting.open(on_replica(1))
    notes(page).focus()
    typed = type_meanwhile(page, 5, 1)
    team.proxy.stop()
    typed += type_meanwhile(page, 6, 2)
    expect(page.get_by_text("No connection since")).to_be_visible()
    team.proxy.start()
    typed += type_meanwhile(page, 7, 1)
    settled(page)
    expect(page.get_by_text("No connection since")).to_be_hidden()
    stored_as_typed(sitting, typed)


# Two people, two replicas


def test_two_interviewers_on_two_replicas_see_who_leads_and_who_has_handed_in(
    team: Team, on_replica: OnReplica
) -> None:
    sitting = Sitting(team.proxy, interviewers=2)
    ana, bo = sitting.open(on_replica(0), 0), sitting.open(on_replica(1), 1)
    ana.locator("#begin").click()
    expect(ana.get_by_text("You lead")).to_be_visible()
    expect(bo.get_by_text("Ana First leads · you take notes")).to_be_visible()
    bo.locator("#lead").click()
    expect(ana.get_by_text("Bo Second leads · you take notes")).to_be_visible()
    for place, page in enumerate((ana, bo)):
        notes(page).press_sequentially(f"words of {place}")
        settled(page)
    assert [stored_words(sitting, place) for place in (0, 1)] == ["words of 0", "words of 1"]
    conduct(ana, 3, "and more", "Yes")
    bo.goto(f"{team.proxy.url}/debrief?round={sitting.round.id}&candidate={sitting.candidate.id}")
    expect(bo.get_by_text("1 submitted scorecard hidden from you")).to_be_visible()


def test_the_candidates_window_on_another_replica_follows_the_interviewer(
    team: Team, on_replica: OnReplica
) -> None:
    """Also when its replica is killed: it comes back by itself with the card of the moment."""
    sitting = Sitting(team.proxy, loop="core-loop")
    page = sitting.open(on_replica(0))
    page.locator("#begin").click()
    page.locator("#panel-window").click()
    page.locator("#window-open").click()
    address = page.get_by_label("Address of the candidate’s window").input_value()
    page.keyboard.press("Escape")
    window = on_replica(1).new_page()
    window.goto(address)
    card = window.locator("#card")
    for place, question in enumerate(sitting.questions):
        ask(page, place)
        shown = (question.card or question.prompt).split("\n")[0][:60]
        expect(card).to_contain_text(shown)
    team.replicas[1].kill()
    ask(page, 0)
    first = (sitting.questions[0].card or sitting.questions[0].prompt).split("\n")[0][:60]
    expect(card).to_contain_text(first)


# Starting, health, logs, TLS


def test_replicas_that_start_together_make_the_tables_once(
    postgres: Callable[[str], str], run_on_postgres: Callable[[str], None]
) -> None:
    address = empty_database(postgres, run_on_postgres)
    replicas = [Server(address), Server(address)]
    try:
        for replica in replicas:
            replica.launch()
        for replica in replicas:
            replica.wait()
        engine = create_engine(address.replace("postgresql://", "postgresql+pg8000://"))
        with engine.connect() as connection:
            assert len(connection.execute(text("SELECT * FROM alembic_version")).all()) == 1
        engine.dispose()
    finally:
        for replica in replicas:
            replica.kill()


def health(url: str) -> int:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=120) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


def test_the_health_path_is_well_as_long_as_one_replica_is(team: Team) -> None:
    assert [health(team.proxy.url) for _ in range(10)] == [200] * 10
    team.replicas[0].kill()
    assert [health(team.proxy.url) for _ in range(10)] == [200] * 10
    team.replicas[1].kill()
    assert health(team.proxy.url) == 502


def test_the_proxys_logs_open_no_window(team: Team) -> None:
    """Neither a window's address nor what stands behind a question mark, also where nobody answers."""
    team.replicas[0].kill()
    for path in ("/c/0123.secretwindow", "/c/0123.secretwindow/live", "/?code=secretcode"):
        for _ in range(4):
            urllib.request.urlopen(f"{team.proxy.url}{path}", timeout=120).read()
    written = [path.read_text("utf-8") for path in team.proxy.folder.glob("*.log")]
    assert any("/c/..." in words for words in written)
    assert not any("secret" in words for words in written)


def test_with_its_marked_lines_the_proxy_speaks_tls(team: Team, certificate: Path, browser: Browser) -> None:
    """Who comes by http is sent on; the cookie is for https alone; what is typed is stored."""
    proxy = Proxy(certificate, team.replicas, tls=True)
    proxy.start()
    context = browser.new_context(ignore_https_errors=True)
    try:
        asked = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=5)
        asked.request("GET", "/?round=one", headers={"Host": "kit.example"})
        assert asked.getresponse().headers["Location"] == "https://kit.example/?round=one"
        sitting = Sitting(proxy)
        page = sitting.open(context)
        notes(page).press_sequentially("over TLS")
        settled(page)
        stored_as_typed(sitting, "over TLS")
        assert next(one for one in context.cookies() if one["name"] == BROWSER_COOKIE)["secure"]
    finally:
        context.close()
        proxy.stop()
