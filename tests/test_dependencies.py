"""What ships may be shipped: every package of the lock has a licence that asks for nothing but its own notice."""

from __future__ import annotations

import re
import subprocess
from importlib import metadata
from pathlib import Path

import pytest

from tests import vulnerabilities

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
SHIPPED = sorted(set(re.findall(r"^([A-Za-z0-9._-]+)==", LOCK, re.MULTILINE)))
# MPL asks only for its own files; certifi is data.
GOOD = re.compile(
    r"\b(MIT|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|Zlib|CC0|MIT-0|MIT-CMU|MPL|Mozilla Public License)",
)
BAD = re.compile(r"\b[AL]?GPL|GNU|Proprietary|SSPL|BUSL|Commons Clause", re.IGNORECASE)
# Only on systems on which these tests do not run.
ELSEWHERE = {"colorama", "httpx2-jsfetch"}


def licence(name: str) -> str:
    """What a package says of its licence, in any of the ways in which packages say it."""
    about = metadata.metadata(name)
    kinds = [kind for kind in about.get_all("Classifier") or [] if kind.startswith("License ::")]
    # Some put the whole text there: its first line names it.
    return " ".join(
        [about.get("License-Expression") or "", (about.get("License") or "").split("\n")[0], *kinds]
    )


@pytest.mark.parametrize("name", [name for name in SHIPPED if name not in ELSEWHERE])
def test_a_package_that_ships_has_a_licence_that_lets_it_ship(name: str) -> None:
    told = licence(name)
    assert GOOD.search(told), told
    assert not BAD.search(told), told


def test_every_pin_has_a_hash() -> None:
    pins = re.split(r"^(?=[A-Za-z0-9._-]+==)", LOCK, flags=re.MULTILINE)[1:]
    assert len(pins) >= len(SHIPPED) > 50
    assert [pin.split("==")[0] for pin in pins if "--hash=sha256:" not in pin] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_no_lock_names_an_index(lock: str) -> None:
    assert re.findall(r"https?://\S+", (ROOT / lock).read_text("utf-8")) == []


# Known vulnerabilities


def audited(name: str, *faults: dict[str, object]) -> dict[str, object]:
    return {"name": name, "version": "1", "vulns": list(faults)}


FAULT = {"id": "CVE-2026-0001", "fix_versions": ["2"]}


@pytest.mark.parametrize("on_a_code_host", [True, False])
def test_what_could_not_be_looked_up_is_said_loudly_and_is_no_failure(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, on_a_code_host: bool
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true" if on_a_code_host else "")
    assert vulnerabilities.main(lambda: []) == 0
    told = capsys.readouterr()
    assert told.err.startswith("WARNING: known vulnerabilities were NOT CHECKED")
    assert told.out.startswith("::warning ") == on_a_code_host


def test_a_known_vulnerability_is_a_failure_with_its_number(capsys: pytest.CaptureFixture[str]) -> None:
    assert vulnerabilities.main(lambda: [audited("a", FAULT), audited("b")]) == 1
    assert "a 1: CVE-2026-0001, mended in 2" in capsys.readouterr().out


def test_unknown_packages_are_counted_as_not_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert vulnerabilities.main(lambda: [audited("a")]) == 0
    assert (
        f"checked for 1 of {len(re.findall(r'(?m)^[A-Za-z0-9._-]+==', LOCK))} packages only"
        in capsys.readouterr().err
    )


@pytest.mark.parametrize("answer", ["", "no json", "[]", "{}", "null"])
def test_an_invalid_answer_counts_as_not_checked(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    done = subprocess.CompletedProcess([], 0, answer, "")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    assert vulnerabilities.looked_up() == []


def test_continuous_integration_looks_for_them_last() -> None:
    steps = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    assert steps[-1] == "make audit"
    assert re.search(
        r"^audit:.*\n\t\S+python -m tests\.vulnerabilities$", (ROOT / "Makefile").read_text(), re.MULTILINE
    )
