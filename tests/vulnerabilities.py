"""Whether a version that ships has a known vulnerability, as far as a database of them can be had here."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parent.parent / "requirements.lock"
NOT_CHECKED = (
    "known vulnerabilities were NOT CHECKED: no database of them can be had here. "
    "Run `python -m tests.vulnerabilities` where one can before you release."
)


def looked_up() -> list[dict[str, Any]]:
    """What a database says of every package of the lock; empty where none answers."""
    words = ["-m", "pip_audit", "-r", str(LOCK), "--require-hashes", "--disable-pip", "--format", "json", "--timeout", "10"]  # fmt: skip # noqa: E501
    try:
        done = subprocess.run(
            [sys.executable, *words], capture_output=True, text=True, timeout=300, check=False
        )
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError, OSError, subprocess.TimeoutExpired):
        return []
    return [one for one in found if "vulns" in one]


def warn(text: str) -> None:
    """Loud wherever it runs: a line that a code host shows next to the run, and one for readers of the log."""
    if os.environ.get("GITHUB_ACTIONS"):
        print(f"::warning title=Vulnerabilities::{text}", flush=True)
    print(f"WARNING: {text}", file=sys.stderr, flush=True)


def main(look_up: Callable[[], list[dict[str, Any]]] = looked_up) -> int:
    """Exit code 1 where one is known, 0 where none is. Where nobody could look that is said loudly, with 0."""
    looked_at = look_up()
    if not looked_at:
        warn(NOT_CHECKED)
        return 0
    bad = [(one["name"], one["version"], fault) for one in looked_at for fault in one["vulns"]]
    for name, version, fault in bad:
        print(
            f"{name} {version}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version yet'}"
        )
    pinned = len(re.findall(r"^[A-Za-z0-9._-]+==", LOCK.read_text("utf-8"), re.MULTILINE))
    if len(looked_at) < pinned:
        warn(f"known vulnerabilities were checked for {len(looked_at)} of {pinned} packages only.")
    print(f"Known vulnerabilities: {len(bad)} in {len(looked_at)} packages.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
