"""A loader of model files that trusts their source; the candidate makes it refuse by format and digest."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from question_bank.exercise import Part

from ..bench import part, run_cases
from . import artefacts, judge

TITLE = "A loader that trusts the hub"
HERE = Path(__file__).parent
CODE_ATTACKS = (
    "attack_known_to_the_scanner",
    "attack_missed_by_the_scanner",
    "attack_renamed",
    "attack_object_inside",
)
SWAP_ATTACKS = (
    "attack_swapped_after_approval",
    "attack_second_fetch_differs",
    "attack_newer_name",
    "attack_swapped_on_our_disk",
)
HONEST = ("honest_arrays", "honest_text", "honest_older_version", "honest_refusal_names_the_file")
README = """# A loader that trusts the hub

`loader.py` fetches model files from a public hub and loads them inside the serving program. Anyone who has an
account at the hub can upload files and change them; the hub computes the digests that it publishes itself.
`approved.json` is ours: two people looked at exactly these bytes and wrote down SHA-256 and format.

Repair `loader.py`. Keep `load(hub, approved, name)` and `load_latest(hub, approved, family)`; both return an
object with `score(row)`. Leave `hub.py` and `scan.py` as they are; they are laid over yours for scoring.

What the loader has to do:

1. Load exactly the approved bytes and nothing else. What is checked is what is loaded, also from our own disk.
2. Never run code from a file, whatever the file is called and even if it stands on the list by mistake.
3. Load `npz` (arrays `weights` and `bias`) and `json` (the same two keys). Further formats are not needed.
4. `load_latest` loads the highest-numbered approved name of a family; older approved names can still be loaded.
5. Refuse with an exception whose text names the file.

`python try_it.py` goes through the files in `hub/`. Two of them run code when they are loaded; all that this
code does is to create an empty file or folder MARKER in the current folder. Scoring uses eight attacks and
four honest loads. An attack counts as stopped only if an approved file beside it still loads; honest loads
count only if at least three attacks are stopped.

You have 30 minutes and may use any documentation. Afterwards, talk us through what you changed.
"""
TRY_IT = '''"""Load everything that the hub offers, and say what happened."""

import json
import os
from pathlib import Path

import loader
import numpy as np
from hub import Hub

approved = json.loads(Path("approved.json").read_text())
hub = Hub(Path("hub"))
for name in hub.names():
    try:
        print(name, "score", loader.load(hub, approved, name).score(np.ones(6)))
    except Exception as error:
        print(name, type(error).__name__, error)
    print("  MARKER is there:", os.path.exists("MARKER"))
'''


def lay_out(folder: Path, seed: int) -> None:
    """The loader to repair, its surroundings, the task, five files of the hub and our list."""
    for path in sorted((HERE / "given").glob("*.py")):
        (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "loader.py").write_text((HERE / "reviewed.py").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "README.md").write_text(README, encoding="utf-8")
    (folder / "try_it.py").write_text(TRY_IT, encoding="utf-8")
    (folder / "hub").mkdir(exist_ok=True)
    good = {
        "ranker-1.npz": artefacts.npz(*artefacts.weights(seed, "ranker-1")),
        "tagger-1.json": artefacts.as_json(*artefacts.weights(seed, "tagger-1")),
        "ranker-3.npz": artefacts.npz(*artefacts.weights(seed, "ranker-3")),
    }
    swapped = artefacts.npz(*artefacts.weights(seed, "swapped"))
    offered = {
        **good,
        "ranker-2.npz": artefacts.pickled(False),
        "ranker-3.npz": swapped,
        "legacy.pkl": artefacts.pickled(True),
    }
    for name, data in sorted(offered.items()):
        (folder / "hub" / name).write_bytes(data)
    listed = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "format": name.rpartition(".")[2]}
        for name, data in sorted(good.items())
    }
    (folder / "approved.json").write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")


def truth(folder: Path, seed: int, secret: int | None = None) -> dict[str, list[str]]:
    """What the files in the hub are, and the cases that are tried."""
    return {
        "good": ["ranker-1.npz", "tagger-1.json"],
        "runs code": ["legacy.pkl", "ranker-2.npz"],
        "swapped after approval": ["ranker-3.npz"],
        "attacks": [*CODE_ATTACKS, *SWAP_ATTACKS],
        "honest": list(HONEST),
    }


def check(folder: Path, seed: int, secret: int | None = None) -> list[Part]:
    """Eight attacks and four honest loads against the candidate's loader.py."""
    attacks = (*CODE_ATTACKS, *SWAP_ATTACKS)
    seen = run_cases(judge, (*attacks, *HONEST), folder, seed if secret is None else secret)
    earned = len(seen.passed(attacks)) >= 3
    return [
        part("Four files that carry code run nothing, approved ones load", 20, seen, CODE_ATTACKS),
        part("Four swapped or unapproved files are refused, approved ones load", 28, seen, SWAP_ATTACKS),
        part("Four honest loads work, while at least three attacks are stopped", 12, seen, HONEST, earned),
    ]
