"""What ships may be shipped: every package of the lock has a licence that asks for nothing but its own notice."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
SHIPPED = sorted(set(re.findall(r"^([A-Za-z0-9._-]+)==", LOCK, re.MULTILINE)))
# MPL asks only for its own files; certifi is data.
GOOD = re.compile(
    r"\b(MIT|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|Zlib|CC0|MIT-0|MIT-CMU|MPL|Mozilla Public License)",
)
BAD = re.compile(r"\b[AL]?GPL|GNU|Proprietary|SSPL|BUSL|Commons Clause", re.IGNORECASE)
# Only on systems on which these tests do not run.
ELSEWHERE = {"colorama"}


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
    assert re.findall(r"https?://\S+|--(?:extra-)?index-url", (ROOT / lock).read_text("utf-8")) == []
