"""The very `deploy/nginx.conf` before two replicas, which share one PostgreSQL."""

from __future__ import annotations

import re
import secrets
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import ROOT, Server, browser, free_port

from .install import HOW, find_nginx

__all__ = ["browser"]

DEPLOY = ROOT / "deploy"
BROWSER_COOKIE = "interview_kit_browser"
# What surrounds the file on a machine: nginx's own nginx.conf, here with everything in one folder.
AROUND = """
daemon off;
worker_processes 2;
pid {folder}/pid;
error_log {folder}/start.log;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/interview-kit.conf;
}}
"""


class Logged(NamedTuple):
    """A line of the proxy's log: what was asked, the answer's status, and the replicas that were asked, in order."""

    method: str
    path: str
    status: int
    replicas: tuple[int, ...]


def filled(template: str, values: Mapping[str, str]) -> str:
    """What `envsubst` makes of the file: names in ${...} are put in, nginx's own $names stay."""
    return re.sub(r"\$\{(\w+)\}", lambda found: values[found[1]], template)


class Proxy:
    """nginx with `deploy/nginx.conf`, in a folder and on a port of its own."""

    def __init__(self, folder: Path, replicas: list[Server], *, tls: bool = False):
        self.folder, self.replicas, self.tls = folder, replicas, tls
        self.port, self.tls_port = free_port(), free_port()
        self.database = replicas[0].database
        self.process: subprocess.Popen[bytes] | None = None
        values = {
            "LISTEN": f"127.0.0.1:{self.port}",
            "LISTEN_TLS": f"127.0.0.1:{self.tls_port}",
            "ACCESS_LOG": str(folder / "interview-kit.log"),
            "ERROR_LOG": str(folder / "interview-kit-error.log"),
            "REPLICA_1": f"127.0.0.1:{replicas[0].port}",
            "REPLICA_2": f"127.0.0.1:{replicas[1].port}",
        }
        text = (DEPLOY / "nginx.conf").read_text("utf-8")
        text = text.replace("#tls ", "") if tls else text
        folder.mkdir(parents=True, exist_ok=True)
        for ours, here in (("/etc/interview-kit/tls", str(folder)),):
            text = text.replace(ours, here)
        (folder / "interview-kit.conf").write_text(filled(text, values), "utf-8")
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder), "utf-8")

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.tls_port}" if self.tls else f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        nginx = find_nginx()
        if nginx is None:
            pytest.fail(HOW)
        words = [nginx, "-e", str(self.folder / "start.log"), "-c", str(self.folder / "nginx.conf")]
        checked = subprocess.run([*words, "-t"], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr + (self.folder / "start.log").read_text("utf-8")
        self.process = subprocess.Popen(words)
        for _ in range(100):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.1)
        raise RuntimeError("The proxy did not answer within ten seconds.")

    def stop(self) -> None:
        """At once: open connections are cut."""
        assert self.process is not None
        self.process.terminate()
        self.process.wait()

    def asked(self) -> list[Logged]:
        """Everything that went through so far; an open socket stands here once it is closed."""
        ports = {str(replica.port): place for place, replica in enumerate(self.replicas)}
        found = []
        for line in (self.folder / "interview-kit.log").read_text("utf-8").splitlines():
            parts = re.match(r'\S+ \S+ "(\S+) (\S+)" (\d+) \d+ \S+ (.*)', line)
            assert parts, line
            replicas = tuple(ports[port] for port in re.findall(r":(\d+)", parts[4]))
            found.append(Logged(parts[1], parts[2], int(parts[3]), replicas))
        return found

    def replica_of(self, cookie: str) -> int:
        """The replica that a browser with this cookie is led to."""
        mark = f"/api/{secrets.token_hex(8)}"
        asked = urllib.request.Request(f"{self.url}{mark}", headers={"Cookie": f"{BROWSER_COOKIE}={cookie}"})
        with suppress(HTTPError):  # there is no such page
            urllib.request.urlopen(asked, timeout=5).read()
        for _ in range(100):
            if found := [one for one in self.asked() if one.path == mark]:
                return found[0].replicas[-1]
            time.sleep(0.01)
        raise RuntimeError("The proxy's log does not have the request.")

    def browser_on(self, replica: int) -> str:
        """A browser's cookie that leads to this replica."""
        for _ in range(64):
            cookie = secrets.token_hex(16)
            if self.replica_of(cookie) == replica:
                return cookie
        raise RuntimeError(f"No browser is led to replica {replica}.")


class Team(NamedTuple):
    """Two replicas, and the proxy before them."""

    replicas: list[Server]
    proxy: Proxy


def empty_database(postgres: Callable[[str], str], run: Callable[[str], None]) -> str:
    name = f"replicas_{secrets.token_hex(6)}"
    run(f"CREATE DATABASE {name}")
    return postgres(name)


@pytest.fixture(scope="module")
def _team(
    postgres: Callable[[str], str],
    run_on_postgres: Callable[[str], None],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Team]:
    address = empty_database(postgres, run_on_postgres)
    replicas = [Server(address), Server(address)]
    proxy = Proxy(tmp_path_factory.mktemp("proxy"), replicas)
    with running(Team(replicas, proxy)) as team:
        yield team


@contextmanager
def running(team: Team) -> Iterator[Team]:
    """Both replicas, started together as a machine starts them, and the proxy."""
    for replica in team.replicas:
        replica.launch()
    for replica in team.replicas:
        replica.wait()
    team.proxy.start()
    yield team
    team.proxy.stop()
    for replica in team.replicas:
        replica.kill()


@pytest.fixture
def team(_team: Team) -> Team:
    """Both replicas run and the proxy holds nothing against either."""
    for replica in _team.replicas:
        if replica.process is None or replica.process.poll() is not None:
            replica.start()
    _team.proxy.stop()
    (_team.proxy.folder / "interview-kit.log").unlink()
    _team.proxy.start()
    return _team


@pytest.fixture
def on_replica(team: Team, browser: Browser) -> Iterator[Callable[[int], BrowserContext]]:
    """Makes a browser of its own that is led to this replica."""
    opened = []

    def make(replica: int) -> BrowserContext:
        cookie = team.proxy.browser_on(replica)
        opened.append(browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True))
        opened[-1].add_cookies([{"name": BROWSER_COOKIE, "value": cookie, "url": team.proxy.url}])
        return opened[-1]

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A folder with a certificate that nobody else trusts."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.fail("The tests of TLS need openssl (Debian: apt-get install openssl).")
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", "privkey.pem", "-out", "fullchain.pem"],
        cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    return tmp_path
