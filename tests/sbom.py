"""What ships, as a software bill of materials: CycloneDX 1.6 in JSON, made from the lock and nothing else."""

from __future__ import annotations

import json
import re
import sys
import tomllib
import uuid
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.lock"
# What is installed on systems other than this one, and so cannot be asked here.
ELSEWHERE = {"colorama": "BSD-3-Clause", "httpx2-jsfetch": "BSD-3-Clause"}
# Words in which packages name their licence, and the word that the lists of licences have for it.
_SPDX = (
    (r"apache", "Apache-2.0"),
    (r"mpl|mozilla public license", "MPL-2.0"),
    (r"0bsd|zero-clause bsd", "0BSD"),
    (r"bsd[- ]2|2-clause", "BSD-2-Clause"),
    (r"bsd", "BSD-3-Clause"),
    (r"isc", "ISC"),
    (r"psf|python software foundation", "PSF-2.0"),
    (r"mit", "MIT"),
)


def pins(lock: str) -> list[tuple[str, str, list[str]]]:
    """Name, version and digests of every package that a lock has."""
    found = []
    for part in re.split(r"^(?=[A-Za-z0-9._-]+==)", lock, flags=re.MULTILINE)[1:]:
        name, version = re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", part).groups()  # type: ignore[union-attr]
        found.append((normal(name), version, sorted(set(re.findall(r"--hash=sha256:([0-9a-f]{64})", part)))))
    return found


def normal(name: str) -> str:
    """The one spelling of a package's name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(name: str) -> dict[str, Any]:
    """A package's licence as it says it itself."""
    if name in ELSEWHERE:
        return {"license": {"id": ELSEWHERE[name]}}
    about = metadata.metadata(name)
    if expression := about.get("License-Expression"):
        return {"expression": expression}
    kinds = [
        kind.rpartition(" :: ")[2]
        for kind in about.get_all("Classifier") or []
        if kind.startswith("License ::")
    ]
    told = " ".join([*kinds, (about.get("License") or "").strip().split("\n")[0]]).strip()
    spdx = next((word for pattern, word in _SPDX if re.search(pattern, told, re.IGNORECASE)), None)
    return {"license": {"id": spdx}} if spdx else {"license": {"name": told[:200] or "not said"}}


def component(name: str, version: str, digests: list[str]) -> dict[str, Any]:
    purl = f"pkg:pypi/{name}@{version}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        "scope": "required",
        # Of every file that may be installed; which one it is depends on the system.
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in digests],
        "licenses": [licence(name)],
    }


def bill() -> dict[str, Any]:
    """The same for the same lock: no time and no chance is in it."""
    lock = LOCK.read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    root = f"pkg:pypi/{project['name']}@{project['version']}"
    parts = [component(*pin) for pin in pins(lock)]
    direct = {normal(re.match(r"[A-Za-z0-9._-]+", one)[0]) for one in project["dependencies"]}  # type: ignore[index]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, lock)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": project["name"],
                "version": project["version"],
                "purl": root,
                "licenses": [{"license": {"id": project["license"]}}],
            },
            "lifecycles": [{"phase": "build"}],
        },
        "components": parts,
        "dependencies": [
            {"ref": root, "dependsOn": [one["bom-ref"] for one in parts if one["name"] in direct]},
            *needs(parts),
        ],
    }


def needs(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Which package asks for which of the others, as far as they are installed here."""
    # Some have one version for older Pythons and another for newer ones.
    refs: dict[str, list[str]] = {}
    for one in parts:
        refs.setdefault(one["name"], []).append(one["bom-ref"])
    found = []
    for name, own in refs.items():
        asked = [] if name in ELSEWHERE else metadata.requires(name) or []
        wanted = {
            normal(re.match(r"[A-Za-z0-9._-]+", line)[0])  # type: ignore[index]
            for line in asked
            if "extra ==" not in line
        }
        needed = sorted(ref for other in wanted for ref in refs.get(other, ()))
        found += [{"ref": ref, "dependsOn": needed} for ref in own]
    return found


def main(out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    told = bill()
    out.write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    print(f"{out}: {len(told['components'])} packages.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
