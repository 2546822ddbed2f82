"""Every generator of a shipped exhibit prints the same bytes under three hash seeds and orders of files."""

from __future__ import annotations

from pathlib import Path

import pytest

from question_bank.lint.generators import generator_faults, generators

# They measure milliseconds of the machine they run on; their exhibits say so, and other tests hold the order.
MEASURED = {"blocked_loop", "rewrite_proposal"}


@pytest.mark.parametrize("script", generators(), ids=lambda script: script.parent.name)
def test_its_bytes_hang_on_its_seed_alone(script: Path) -> None:
    if script.parent.name in MEASURED:
        pytest.skip("prints milliseconds of this machine")
    assert [str(fault.message) for fault in generator_faults(script)] == []


def test_what_is_let_off_exists() -> None:
    assert {script.parent.name for script in generators()} >= MEASURED
