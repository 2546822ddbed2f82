"""The exercise on a release gate: lay it out, and score a gate on pairs that nobody has seen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from question_bank.exercise import Part
from question_bank.jail import CandidateError, Limits, Session, serving

from ..bench import scripts
from .generate import BLOCK, BROKEN, SHIP, Case, hidden, shown

NEEDS = ("sklearn",)
TITLE = "A gate that blocks the right release"
HERE = Path(__file__).parent

README = """# A gate that blocks the right release

A model sorts messages to a city's repair service into urgent (1) and not urgent (0). Messages come by seven
channels: app, web form, e-mail, phone, partner, kiosk, letter. Before a new version ships, old and new are run
on the same labeled messages. A pair of models is one table: `message` (a number of its own for each message),
`channel`, `label` (what is right), `old` and `new` (what the two versions say).

Write `gate.py` with one function:

    def decide(pair: pandas.DataFrame) -> dict:
        return {"decision": "block", "channels": ["phone"], "why": "..."}

What the service's owners want:

1. Block a version that sorts truly worse on the whole, or truly worse by five points or more in any channel,
   also when the rest makes up for it. Name these channels in `channels` (none where it is worse everywhere
   alike).
2. Ship (`"decision": "ship"`) what is not worse. A gate that stops every second release will be switched off.
3. A table that is not fit to judge by is not shipped. One channel or another always has few messages; that
   alone is no reason to block.

`pairs/` holds six pairs, `answers.csv` says what is right for them. `python run_gate.py pairs` shows what your
gate says. Scoring uses about forty other pairs, made in the same way; the share of bad ones blocked and the share
of fine ones shipped count alike. Python, NumPy, pandas and scikit-learn are there; no network is needed. You
have 45 minutes. Afterwards we talk about it, and change it together.
"""

RUN_GATE = '''"""Shows what gate.py says about every table of a folder: `python run_gate.py pairs`."""

import json
import sys
from pathlib import Path

import pandas as pd

from gate import decide


def said(path: Path) -> dict:
    try:
        return decide(pd.read_csv(path))
    except Exception as error:
        return {"decision": "error", "why": f"{type(error).__name__}: {error}"}


def main(folder: str) -> None:
    found = {path.stem: said(path) for path in sorted(Path(folder).glob("*.csv"))}
    for name, answer in found.items():
        print(name, answer)
    Path("decisions.json").write_text(json.dumps(found, default=str), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
'''


def lay_out(folder: Path, seed: int) -> None:
    """Writes the task, six pairs with their answers, and the script that runs a gate."""
    (folder / "README.md").write_text(README, encoding="utf-8")
    (folder / "run_gate.py").write_text(RUN_GATE, encoding="utf-8")
    cases = shown(seed)
    _write(cases, folder / "pairs")
    answers = [(name, "block" if it.block else "ship", " ".join(it.lost)) for name, it in cases.items()]
    table = pd.DataFrame(answers, columns=["pair", "decision", "channels"])
    table.to_csv(folder / "answers.csv", index=False)


def _write(cases: Mapping[str, Case], folder: Path) -> None:
    folder.mkdir()
    for name, it in cases.items():
        it.rows.to_csv(folder / f"{name}.csv", index=False)


def truth(folder: Path, seed: int, secret: int | None = None) -> dict[str, Any]:
    """What each hidden pair is."""
    return {
        name: {"kind": it.kind, "lost": list(it.lost)}
        for name, it in hidden(seed if secret is None else secret).items()
    }


def check(folder: Path, seed: int, secret: int | None = None) -> list[Part]:
    """Runs the gate over the hidden pairs; its own tables and script take no part."""
    cases = hidden(seed if secret is None else secret)
    try:
        # Tables come one after the other, each when the one before is decided; what they are stays out here.
        with serving(scripts(folder), HERE / "drive.py", limits=Limits(seconds=40)) as session:
            said = {name: _said(session, it) for name, it in cases.items()}
    except CandidateError as error:
        return _parts(cases, {}, f"gate.py gave nothing: {error}")
    return _parts(cases, said, "")


def _said(session: Session, asked: Case) -> dict[str, Any]:
    try:
        answer = session.do(asked.rows.to_csv(index=False))
    except CandidateError as error:
        return {"decision": "error", "why": str(error)}
    return answer if isinstance(answer, dict) else {}


def _parts(cases: Mapping[str, Case], said: Mapping[str, dict[str, Any]], trouble: str) -> list[Part]:
    def right(kinds: Any, decision: str) -> list[str]:
        return [
            name
            for name, it in cases.items()
            if it.kind in kinds and said.get(name, {}).get("decision") == decision
        ]

    blocked, shipped = right(BLOCK, "block"), right(SHIP, "ship")
    bad, fine = sum(BLOCK.values()), sum(SHIP.values())
    balanced = (len(blocked) / bad + len(shipped) / fine) / 2
    sliced = [name for name, it in cases.items() if it.lost and it.kind != "everywhere"]
    named = [name for name in sliced if name in blocked and _channels(said[name]) == set(cases[name].lost)]
    closed = right(BROKEN, "block")
    # A gate that ships nothing names every channel and refuses every broken table for free.
    awake = len(shipped) / fine
    seen = f"{len(blocked)} of {bad} blocked, {len(shipped)} of {fine} shipped"
    return [
        _part("Bad pairs blocked and fine ones shipped; a coin earns nothing", 36, max(0.0, 2 * balanced - 1),
              trouble or seen),
        _part("The channels that lost, exactly, times the share of fine pairs shipped", 14,
              awake * len(named) / len(sliced), f"{len(named)} of {len(sliced)}"),
        _part("Tables unfit to judge by are blocked, times the share of fine pairs shipped", 10,
              awake * len(closed) / len(BROKEN), f"{len(closed)} of {len(BROKEN)}"),
    ]  # fmt: skip


def _channels(answer: Mapping[str, Any]) -> set[str]:
    found = answer.get("channels")
    return {str(name) for name in found} if isinstance(found, list) else set()


def _part(what: str, points: int, share: float, note: str) -> Part:
    return Part(what=what, points=points, got=round(points * share, 2), note=note)
