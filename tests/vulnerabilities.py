"""Whether a version that ships has a known vulnerability, as far as a database of them can be had here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).parent.parent / "requirements.lock"


def main() -> None:
    """Exit code 1 where one is known. Where no database answers, that is said, and nothing is claimed."""
    words = [
        "-m",
        "pip_audit",
        "-r",
        str(LOCK),
        "--require-hashes",
        "--disable-pip",
        "--format",
        "json",
        "--timeout",
        "10",
    ]
    try:
        done = subprocess.run(
            [sys.executable, *words], capture_output=True, text=True, timeout=300, check=False
        )
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, subprocess.TimeoutExpired):
        found = []
    looked_at = [one for one in found if "vulns" in one]
    if not looked_at:
        print("Known vulnerabilities: not checked, no database of them can be had here.")
        return
    bad = [(one["name"], one["version"], fault) for one in looked_at for fault in one["vulns"]]
    for name, version, fault in bad:
        print(
            f"{name} {version}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version yet'}"
        )
    print(
        f"Known vulnerabilities: {len(bad)} in {len(looked_at)} of {len(found)} packages that could be looked up."
    )
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
