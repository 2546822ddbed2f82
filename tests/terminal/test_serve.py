"""`interview-kit` alone: what it opens, and where it opens nothing. tests/deploy/test_wheel.py serves for real."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from interview_kit.port import why_not_free
from interview_kit.terminal.main import app
from interview_kit.terminal.serve import answers, has_screen, url
from scorecards.outside import places
from scorecards.outside.settings import load_settings
from scorecards.store import open_database

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("host", "opened"),
    [
        ("127.0.0.1", "http://127.0.0.1:8501"),
        ("0.0.0.0", "http://127.0.0.1:8501"),
        ("::", "http://[::1]:8501"),
        ("localhost", "http://localhost:8501"),
    ],
)
def test_the_browser_opens_an_address_of_this_machine(host, opened) -> None:
    assert url(host, 8501) == opened


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="a screen is always there")
@pytest.mark.parametrize("screen", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_a_browser_is_for_machines_with_a_screen(monkeypatch, screen) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not has_screen()
    monkeypatch.setenv(screen, ":0")
    assert has_screen()


@pytest.mark.parametrize("option", [["--port", "8600"], ["--host", "127.0.0.1"], ["--no-browser"]])
def test_options_of_serving_are_refused_before_another_command(option) -> None:
    result = CliRunner().invoke(app, [*option, "exercises"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "for serving, not for `exercises`" in result.stderr


class Unwell(BaseHTTPRequestHandler):
    """Answers that it is not well."""

    def do_GET(self) -> None:
        self.send_error(503)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def unwell() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Unwell)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_kit_that_is_not_well_is_opened_too(unwell) -> None:
    """Its page says what is wrong."""
    assert answers(unwell)


def test_a_proxy_of_the_environment_is_not_asked_for_this_machine(unwell, monkeypatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert answers(unwell)


def test_where_nothing_listens_there_is_nothing_to_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    assert not answers(f"http://127.0.0.1:{port}")


def test_a_taken_port_is_refused_with_its_cure() -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        assert "--port, or INTERVIEW_KIT_PORT" in (why_not_free("127.0.0.1", port) or "")
    assert why_not_free("127.0.0.1", port) is None


# Where the data lie


def test_a_checkout_keeps_its_data_beside_it(monkeypatch, tmp_path) -> None:
    """From whatever folder a command is started."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("INTERVIEW_KIT_DATABASE", raising=False)
    assert load_settings().database == str(ROOT / "data/interviews.db")


def test_an_empty_setting_is_none(monkeypatch) -> None:
    monkeypatch.setenv("INTERVIEW_KIT_DATABASE", "")
    assert load_settings().database == str(ROOT / "data/interviews.db")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="other folders there")
def test_an_installed_kit_keeps_its_data_with_the_user(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(places, "checkout", lambda: None)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert places.default_database() == str(tmp_path / "interview-kit/interviews.db")


@pytest.mark.parametrize("name", ["site-packages", "dist-packages"])
def test_a_stray_file_among_installed_packages_makes_no_checkout(tmp_path, name) -> None:
    folder = tmp_path / name
    folder.mkdir()
    for file in ("app.py", "pyproject.toml"):
        (folder / file).touch()
    assert places.project(folder) is None
    assert places.project(ROOT) == ROOT


@pytest.mark.skipif(sys.platform == "win32", reason="rights work otherwise there")
def test_a_new_folder_for_data_is_its_owners_alone(tmp_path) -> None:
    open_database(str(tmp_path / "new/interviews.db")).close()
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0
