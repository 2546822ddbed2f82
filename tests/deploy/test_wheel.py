"""The kit as a wheel, in an environment that knows no checkout: all is in it, and its one command serves."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from scorecards.store import OPERATOR, Store, open_database
from tests.browser.conftest import ROOT, Server, browser, sign_in

__all__ = ["browser"]

PACKAGES = ("rubrics", "question_bank", "scorecards", "interview_kit")
NOT_OURS = shutil.ignore_patterns("__pycache__", "*.egg-info", ".*_cache")
# Of another Streamlit project, in whose folder somebody starts the kit.
ANOTHERS = """
[runner]
postScriptGC = true
[client]
toolbarMode = "developer"
[browser]
gatherUsageStats = true
[server]
baseUrlPath = "elsewhere"
[theme]
base = "dark"
[theme.light]
backgroundColor = "#ff0000"
"""
SHOWN = """
import json
import interview_kit.serving
from streamlit import config
names = ("runner.postScriptGC", "client.toolbarMode", "browser.gatherUsageStats", "server.baseUrlPath",
         "theme.light.backgroundColor", "server.headless")
print(json.dumps({name: config.get_option(name) for name in names}))
"""


def files_of(folder: Path) -> set[str]:
    """Every file below the folder but those that Python makes of its sources."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in found if "__pycache__" not in path.parts}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a wheel is made of, without what earlier builds left in the checkout."""
    folder = tmp_path_factory.mktemp("source")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, folder / name, ignore=NOT_OURS)
    for name in ("pyproject.toml", "README.md", "LICENSE", "app.py"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "tests/deploy", folder / "tests/deploy", ignore=NOT_OURS)
    return folder


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as every installer builds it, without a network."""
    out = tmp_path_factory.mktemp("wheel")
    build = f"from setuptools import build_meta; print(build_meta.build_wheel({str(out)!r}))"
    done = subprocess.run([sys.executable, "-c", build], cwd=source, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return out / done.stdout.splitlines()[-1]


class Installed(Server):
    """The wheel in an environment of its own, started by its one command in an empty folder, by a user with a screen."""

    def __init__(self, wheel: Path, folder: Path):
        self.folder, self.home, self.here = folder, folder / "home", folder / "here"
        self.opened = folder / "opened"
        super().__init__(self.home / "share/interview-kit/interviews.db")
        for path in (self.home, self.here):
            path.mkdir()
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
        self.python = next((folder / "venv").glob("*/python"))
        self.packages = Path(self.ask("import sysconfig; print(sysconfig.get_path('purelib'))"))
        self._install(wheel)
        self._write_browser()
        self.files = files_of(self.packages)

    def _install(self, wheel: Path) -> None:
        words = ["--no-deps", "--no-index", "--no-compile", "--quiet", str(wheel)]
        pip = [sys.executable, "-m", "pip", "--python", str(self.python), "install"]
        subprocess.run([*pip, *words], check=True, capture_output=True)
        # What the lock names is seen as it is here; files in those folders that lead elsewhere are not followed.
        seen = [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
        (self.packages / "seen.pth").write_text("\n".join(seen), "utf-8")

    def _write_browser(self) -> None:
        """A browser that writes down what it was to open."""
        script = self.folder / "browser"
        script.write_text(f'#!/bin/sh\necho "$1" >> "{self.opened}"\n', "utf-8")
        script.chmod(0o755)

    @property
    def environment(self) -> dict[str, str]:
        ours = ("INTERVIEW_KIT_", "XDG_", "PYTHON", "STREAMLIT_", "DISPLAY", "WAYLAND")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return kept | {
            "HOME": str(self.home),
            "XDG_DATA_HOME": str(self.home / "share"),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "DISPLAY": ":0",
            "BROWSER": f"{self.folder / 'browser'} %s",
        }

    def ask(self, code: str, here: Path | None = None) -> str:
        """What this prints in the environment."""
        words = [self.python, "-c", code]
        done = subprocess.run(
            words, cwd=here or self.here, env=self.environment, capture_output=True, text=True
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.strip()

    def launch(self, *words: str) -> None:
        command = [self.python.with_name("interview-kit"), "--port", str(self.port), *words]
        self.told, self.warned = self.folder / "told", self.folder / "warned"
        with self.told.open("wb") as told, self.warned.open("wb") as warned:
            self.process = subprocess.Popen(
                command, cwd=self.here, env=self.environment, stdout=told, stderr=warned
            )

    def interrupt(self) -> int:
        """Ctrl+C; the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=60)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(wheel, tmp_path_factory.mktemp("installed"))


# What is in it


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_every_file_of_the_packages_and_no_other(source: Path, wheel: Path) -> None:
    about = "senior_interview_kit-"
    held = {name for name in names_in(wheel) if not name.startswith(about)}
    assert held == {name for name in files_of(source) if name.split("/")[0] in PACKAGES}


@pytest.mark.parametrize(
    "name",
    [
        "interview_kit/screens/.streamlit/config.toml",
        "scorecards/store/migrations/script.py.mako",
        "scorecards/documents/typst/blocks.typ",
        "question_bank/glossary.yaml",
        "question_bank/assistant/DRF-01.yaml",
    ],
)
def test_the_wheel_holds_what_is_no_code(wheel: Path, name: str) -> None:
    assert name in names_in(wheel)


def test_both_names_of_the_command_are_one(wheel: Path) -> None:
    """`uvx senior-interview-kit` starts the script of the distribution's name."""
    with zipfile.ZipFile(wheel) as archive:
        (points,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
        found = ConfigParser()
        found.read_string(archive.read(points).decode())
    scripts = dict(found["console_scripts"])
    assert scripts.keys() == {"interview-kit", "senior-interview-kit"}
    assert len(set(scripts.values())) == 1


# How it runs


def test_the_environment_knows_no_checkout(installed: Installed) -> None:
    ask = "import interview_kit, rubrics, question_bank, scorecards as s; print(interview_kit.__file__, s.__file__)"
    assert [Path(name).is_relative_to(installed.packages) for name in installed.ask(ask).split()] == [
        True
    ] * 2


def shown(installed: Installed, here: Path) -> dict[str, object]:
    """Streamlit's settings as they are once the kit is loaded there."""
    return dict(json.loads(installed.ask(SHOWN, here).splitlines()[-1]))


def test_streamlits_settings_come_with_the_package(installed: Installed) -> None:
    assert shown(installed, installed.here) == {
        "runner.postScriptGC": False,
        "client.toolbarMode": "minimal",
        "browser.gatherUsageStats": False,
        "server.baseUrlPath": "",
        "theme.light.backgroundColor": "#fbfaf7",
        "server.headless": True,
    }


def test_what_the_package_sets_wins_over_the_folder_where_it_starts(
    installed: Installed, tmp_path: Path
) -> None:
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit/config.toml").write_text(ANOTHERS, "utf-8")
    assert shown(installed, tmp_path) == shown(installed, installed.here)


@pytest.fixture
def serving(installed: Installed) -> Iterator[Installed]:
    installed.opened.unlink(missing_ok=True)
    installed.start()
    yield installed
    installed.kill()


def written(path: Path) -> str:
    """What the file holds once there is something in it."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if path.exists() and (text := path.read_text("utf-8")):
            return text
        time.sleep(0.05)
    raise AssertionError(f"{path.name} was never written.")


def with_demo_round(page: Page) -> None:
    page.get_by_role("button", name="Try the demo round").click()
    expect(page.get_by_text("A demo round of invented people")).to_be_visible()


def test_one_command_serves_is_used_and_stops(serving: Installed, browser: Browser) -> None:
    context = browser.new_context(color_scheme="light")
    page = sign_in(context, serving.url, "Ana Example")
    with_demo_round(page)
    background = page.get_by_test_id("stApp").evaluate("it => getComputedStyle(it).backgroundColor")
    # #fbfaf7: the kit's own theme.
    assert background == "rgb(251, 250, 247)"
    assert page.get_by_text("Deploy", exact=True).count() == 0
    assert written(serving.opened) == f"{serving.url}\n"
    assert serving.interrupt() == 0
    assert serving.warned.read_text("utf-8") == ""
    assert f"open at {serving.url}" in serving.told.read_text("utf-8")
    assert f"Its data: {serving.database}\n" in serving.told.read_text("utf-8")
    context.close()
    store = Store(open_database(str(serving.database)))
    assert len(store.rounds.all(OPERATOR)) == 1
    assert files_of(serving.home) <= {
        f"share/interview-kit/interviews.db{ending}" for ending in ("", "-wal", "-shm")
    }
    assert files_of(serving.here) == set()
    assert files_of(serving.packages) == serving.files


def test_on_a_taken_port_it_says_so_and_opens_nothing(serving: Installed) -> None:
    written(serving.opened)
    serving.opened.unlink()
    words = [serving.python.with_name("interview-kit"), "--port", str(serving.port)]
    done = subprocess.run(
        words, cwd=serving.here, env=serving.environment, capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"interview-kit: Port {serving.port} of 127.0.0.1 cannot be used")
    assert "Traceback" not in done.stderr
    assert not serving.opened.exists()
