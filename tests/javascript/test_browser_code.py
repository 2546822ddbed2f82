"""The browser code does what it says, fits its types and the messages of the kit, and is as short as the Python."""

from __future__ import annotations

import json
import os
import random
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from interview_kit.web import types
from interview_kit.web.browser_code import ASSETS, loader, version
from scorecards.record.model import Moment
from scorecards.record.timeline import stretches
from tests.javascript_install import PACKAGES, ROOT, find_node, missing
from tests.scorecards.small_round import BEGAN

HERE = Path(__file__).parent
SCRIPTS = sorted(ASSETS.rglob("*.js"))
QUESTIONS = ["DRF-01", "SEC-01", "SYS-05"]
needs_node = pytest.mark.skipif(bool(missing()), reason=missing() or "-")


def node(*words: str | Path, **more: str) -> str:
    """What node prints; a failure shows all of it."""
    command = [find_node() or "node", *map(str, words)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **more}, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]
    return done.stdout


def some_moments(draw: random.Random) -> list[Moment]:
    """Moments in any order that a window could send, with some that make no sense."""
    found, minute = [], 0.0
    for number in range(draw.randint(1, 14)):
        minute += draw.choice([0, 0.25, 1, 4])
        kind = draw.choice(["begun", "opened", "opened", "opened", "paused", "resumed", "probed", "ended"])
        question = draw.choice(QUESTIONS) if kind == "opened" else None
        at = BEGAN + timedelta(minutes=minute)
        found.append(Moment(id=f"m-{number:02d}", at=at, kind=kind, question_id=question))
    return found


def counted(moments: list[Moment]) -> dict[str, Any]:
    """The moments as a page has them, and the minutes that the scorecard counts."""
    until = moments[-1].at + timedelta(minutes=2)
    wanted: dict[str, float] = {}
    for stretch in stretches(moments, until):
        if stretch.question_id:
            wanted[stretch.question_id] = wanted.get(stretch.question_id, 0) + stretch.minutes
    told = [{"t": m.at.timestamp() * 1000, "kind": m.kind, "question_id": m.question_id} for m in moments]
    return {"moments": told, "until": until.timestamp() * 1000, "wanted": wanted}


def put_loaders(folder: Path) -> None:
    """The kit's own loader for each of three versions; the module of the last one is missing."""
    for name in ("old", "new", "late"):
        (folder / f"{name}.js").write_text(loader("kept_text").replace(version(), name), "utf-8")
        (folder / "live/assets" / name).mkdir(parents=True)
    for name in ("old", "new"):
        module = f"export default ({{ drawn }}) => drawn.push('{name}')\n"
        (folder / "live/assets" / name / "kept_text.js").write_text(module, "utf-8")
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")


@needs_node
@pytest.mark.parametrize("test", sorted(HERE.glob("*.test.js")), ids=lambda path: path.name)
def test_the_modules_do_what_they_say(test: Path, tmp_path: Path) -> None:
    """300 random interviews are handed over, with the minutes that the scorecard counts for each question."""
    draw = random.Random(3)
    times = tmp_path / "times.json"
    times.write_text(json.dumps([counted(some_moments(draw)) for _ in range(300)]), "utf-8")
    put_loaders(tmp_path)
    given = {"INTERVIEW_KIT_TIMES": str(times), "INTERVIEW_KIT_LOADERS": str(tmp_path)}
    said = node("--test", "--test-reporter=tap", test, **given)
    assert "\n# fail 0\n" in said
    assert "\n# skipped 0\n" in said
    assert "\n# pass 0\n" not in said


@needs_node
def test_the_modules_fit_their_types() -> None:
    node(PACKAGES / "typescript/bin/tsc", "--project", ROOT)


@needs_node
def test_a_message_that_the_kit_would_refuse_does_not_fit(tmp_path: Path) -> None:
    """The types are looked at: a field that the kit does not know is an error."""
    wrong = tmp_path / "wrong.ts"
    messages = ASSETS / "messages.d.ts"
    wrong.write_text(
        f"import type {{ Told }} from '{messages}'\nexport const told: Told = {{ tab: 'a', hurry: 1 }}\n"
    )
    with pytest.raises(AssertionError, match="'hurry' does not exist in type 'Told'"):
        node(PACKAGES / "typescript/bin/tsc", "--noEmit", "--allowImportingTsExtensions", wrong)


@needs_node
def test_the_modules_are_formatted() -> None:
    node(
        PACKAGES / "prettier/bin/prettier.cjs",
        "--check",
        "interview_kit/web/assets/**/*.{js,ts}",
        "tests/javascript/*.js",
    )


@pytest.mark.parametrize(
    ("name", "made"),
    [("messages.d.ts", types.type_text), ("constants.js", types.value_text)],
    ids=["types", "values"],
)
def test_what_is_made_from_the_kits_types_is_current(name: str, made: Any) -> None:
    assert (ASSETS / name).read_text("utf-8") == made(), "python -m interview_kit.web.types"


@needs_node
def test_functions_are_short() -> None:
    """Nine in ten have 20 lines at most, and none has more than 50: a class's methods count, and not the class."""
    found = json.loads(node(HERE / "functions.js", *SCRIPTS))
    lines = sorted(one["lines"] for one in found)
    assert len(lines) > 200
    assert lines[len(lines) * 9 // 10] <= 20
    assert [one for one in found if one["lines"] > 50] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_files_and_lines_are_short(script: Path) -> None:
    lines = script.read_text("utf-8").splitlines()
    assert len(lines) <= 400
    assert [line for line in lines if len(line) > 120] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_module_makes_markup_or_code_of_text(script: Path) -> None:
    text = script.read_text("utf-8")
    strange = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function")
    assert [word for word in strange if word in text] == []
