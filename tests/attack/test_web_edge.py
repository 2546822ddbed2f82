"""The web's edge in a real browser: pages of other ports, files of other people, and words of a fault."""

from __future__ import annotations

import http.client
import shutil
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Download, Page, expect

from interview_kit.screens.signed_in import PERSON_COOKIE
from tests.browser.conftest import ROOT, Server, free_port

from .test_other_people import NOTE, PATH, Theirs, theirs  # noqa: F401

pytestmark = pytest.mark.browser


def as_person(browser: Browser, theirs: Theirs, person: str) -> BrowserContext:  # noqa: F811
    context = browser.new_context(accept_downloads=True)
    context.add_cookies([{"name": PERSON_COOKIE, "value": person, "url": theirs.server.url}])
    return context


# Another port of this machine


@pytest.fixture(scope="module")
def another_port() -> Iterator[str]:
    """A web application on this machine, a candidate's for example."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<title>Another port</title>")

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_port}"
        served.shutdown()


OPENS = """([url, protocols]) => new Promise(done => {
    const socket = new WebSocket(url, protocols);
    socket.onopen = () => done("opened");
    socket.onerror = () => done("refused");
})"""
READS = """([url, method]) => fetch(url, {method, credentials: "include", body: method == "GET" ? undefined : "{}"})
    .then(answer => answer.text()).catch(() => "refused")"""


@pytest.fixture
def foreign_page(browser: Browser, theirs: Theirs, another_port: str) -> Iterator[Page]:  # noqa: F811
    """In Ada's browser, with her cookies: they go to every port."""
    context = as_person(browser, theirs, "ada")
    context.new_page().goto(theirs.server.url)
    page = context.new_page()
    page.goto(another_port)
    yield page
    context.close()


@pytest.mark.parametrize("path", [PATH, "/c/x/live"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_page_on_another_port_of_this_machine_opens_no_socket(
    foreign_page: Page,
    theirs: Theirs,  # noqa: F811
    host: str,
    path: str,
) -> None:
    url = f"ws://{host}:{theirs.server.port}{path}"
    assert foreign_page.evaluate(OPENS, [url, ["streamlit"]]) == "refused"


def test_the_kits_own_page_opens_the_same_socket(browser: Browser, theirs: Theirs) -> None:  # noqa: F811
    context = as_person(browser, theirs, "ada")
    page = context.new_page()
    page.goto(theirs.server.url)
    url = f"ws://127.0.0.1:{theirs.server.port}{PATH}"
    assert page.evaluate(OPENS, [url, ["streamlit"]]) == "opened"
    context.close()


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/live/tell"), ("POST", "/live/window"), ("GET", "/"), ("GET", "/_stcore/health"), ("GET", "/healthz"),
     ("GET", "/api/openapi.json")],
)  # fmt: skip
def test_a_page_on_another_port_reads_nothing(
    foreign_page: Page,
    theirs: Theirs,  # noqa: F811
    method: str,
    path: str,
) -> None:
    assert foreign_page.evaluate(READS, [theirs.server.url + path, method]) == "refused"


# Files


def exported(page: Page, url: str) -> Download:
    """The round's ratings as a file, as a browser saves it."""
    page.goto(f"{url}/compare?round=theirs")
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Ratings (CSV)").click()
    return download.value


@pytest.fixture(scope="module")
def adas(browser: Browser, theirs: Theirs) -> Iterator[BrowserContext]:  # noqa: F811
    context = as_person(browser, theirs, "ada")
    yield context
    context.close()


@pytest.fixture(scope="module")
def address(adas: BrowserContext, theirs: Theirs, tmp_path_factory: pytest.TempPathFactory) -> str:  # noqa: F811
    """Where Ada's export lies; her page stays open, and so does the file."""
    download = exported(adas.new_page(), theirs.server.url)
    saved = tmp_path_factory.mktemp("saved") / "ratings.csv"
    download.save_as(saved)
    assert NOTE in saved.read_text("utf-8")
    return download.url


def test_a_file_is_there_for_the_browser_that_made_it_and_for_no_cache(
    adas: BrowserContext, address: str
) -> None:
    answer = adas.request.get(address)
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    assert NOTE in answer.text()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("more", [{}, {"Range": "bytes=0-9"}, {"Cookie": f"{PERSON_COOKIE}=ada"}])
def test_knowing_a_files_address_gives_neither_the_file_nor_its_size(
    address: str, method: str, more: dict[str, str]
) -> None:
    host = address.split("/")[2]
    connection = http.client.HTTPConnection(host, timeout=120)
    connection.request(method, address.partition(host)[2], headers=more)
    answer = connection.getresponse()
    assert answer.status == 404
    assert int(answer.getheader("Content-Length") or 0) < 100
    assert NOTE.encode() not in answer.read()
    connection.close()


def test_a_colleague_in_a_browser_of_their_own_gets_nothing_by_the_address(
    browser: Browser,
    theirs: Theirs,  # noqa: F811
    address: str,
) -> None:
    context = as_person(browser, theirs, "bo")
    context.new_page().goto(theirs.server.url)
    assert context.request.get(address).status == 404
    context.close()


def test_signing_out_removes_the_files(browser: Browser, theirs: Theirs) -> None:  # noqa: F811
    """The next person to use the browser finds nothing in its history."""
    context = as_person(browser, theirs, "ada")
    page = context.new_page()
    left = exported(page, theirs.server.url).url
    assert context.request.get(left).status == 200
    page.get_by_role("link", name="Who you are").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(page.get_by_label("enter your name")).to_be_visible()
    assert context.request.get(left).status == 404
    context.close()


@pytest.mark.parametrize(
    "path", ["metrics", "metrics?families=cache_memory_bytes", "agent/mcp", "script-health-check"]
)
def test_no_one_learns_how_much_is_made_for_others(theirs: Theirs, address: str, path: str) -> None:  # noqa: F811
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{theirs.server.url}/_stcore/{path}")


# Words of a fault


def test_an_error_box_offers_its_words_to_no_one_else(context_of_fault: Page) -> None:
    """As Streamlit makes it, it has links that hand the words to a search engine and to a chat."""
    expect(context_of_fault.get_by_test_id("stException")).to_be_visible()
    links = context_of_fault.get_by_test_id("stException").get_by_role("link")
    assert [one.get_attribute("href") for one in links.all()] == []
    for words in ("Ask ChatGPT", "Ask Google", "Search"):
        assert context_of_fault.get_by_text(words).count() == 0


@pytest.fixture
def context_of_fault(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A screen that fails, with the kit's settings of Streamlit; with details, so that there are words."""
    (tmp_path / "fails.py").write_text("raise ValueError('words about a person')\n")
    shutil.copytree(ROOT / "interview_kit" / "screens" / ".streamlit", tmp_path / ".streamlit")
    port = free_port()
    words = [sys.executable, "-m", "streamlit", "run", str(tmp_path / "fails.py"), f"--server.port={port}",
             "--client.showErrorDetails=full"]  # fmt: skip
    process = subprocess.Popen(words, cwd=ROOT)
    server = Server(tmp_path / "none.db")
    server.port = port
    context = browser.new_context()
    page = context.new_page()
    while process.poll() is None:
        try:
            urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=5).read()
            break
        except OSError:
            page.wait_for_timeout(100)
    page.goto(server.url)
    yield page
    context.close()
    process.kill()
    process.wait()
