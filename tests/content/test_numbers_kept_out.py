"""What the question on a part that wasn't let in says about files, and how its samples agree with the ledger."""

from __future__ import annotations

import io
import pickletools
import zipfile
from pathlib import Path

import pytest

from question_bank.exhibits.model_file_loader import artefacts

from .material import question

QUESTION = question("kept-out")


def test_a_pickle_is_listed_without_running_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list names what the file would call, and nothing was called."""
    monkeypatch.chdir(tmp_path)
    listed = io.StringIO()
    pickletools.dis(artefacts.pickled(False, "ran"), listed)
    assert "touch" in listed.getvalue()
    assert "REDUCE" in listed.getvalue()
    assert not Path("ran").exists()
    assert "a pickle can't be opened without running it" in " ".join(str(QUESTION.signal("b").decoy).split())


def test_a_wheel_is_unpacked_without_running_it(tmp_path: Path) -> None:
    """A zip archive: what is in it lies in the folder, and nothing was imported."""
    wheel = tmp_path / "helper-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("helper/__init__.py", "raise SystemExit('ran')\n")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "seen")
    assert (tmp_path / "seen/helper/__init__.py").is_file()


def test_the_second_sample_gives_the_wrong_reason_and_is_not_ticked_for_it() -> None:
    """Not opening a pickle because that would run it is no look."""
    second = QUESTION.practice[1]
    assert "I'd have run" in second.answer
    assert "b" not in second.ticks
    assert "without running it" in second.why


def test_numbers_of_the_route_without_experience() -> None:
    """Three weeks of conversion against two weeks wished for: one week more, $4,000."""
    route = " ".join(str(QUESTION.no_experience_route).split())
    assert (3 - 2) * 4_000 == 4_000
    assert all(part in route for part in ("two weeks", "three weeks", "$4,000 a week", "two laptops"))
    assert "$4,000 for the third week" in route
