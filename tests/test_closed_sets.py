"""Tables over a closed set of words are complete: a word that is missing would be a `KeyError` on someone's screen."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

from scorecards.record.model import RatingState, SkipReason
from scorecards.record.states import STATES

ROOT = Path(__file__).parent.parent
FOLDERS = ("rubrics", "question_bank", "scorecards", "interview_kit")
FILES = sorted(
    [
        *(
            path
            for folder in FOLDERS
            for path in (ROOT / folder).rglob("*.py")
            if "exhibits" not in path.parts
        ),
        ROOT / "app.py",
    ]
)
Word = str | int


class Table(NamedTuple):
    """A dict whose keys are written out, and what its annotation says that they are."""

    place: str
    keys: frozenset[Word]
    annotated: frozenset[Word] | None


def _literal(node: ast.AST | None) -> frozenset[Word] | None:
    """The words of `Literal[...]`."""
    if not (
        isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Literal"
    ):
        return None
    inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    words = [one.value for one in inner if isinstance(one, ast.Constant)]
    return frozenset(words)


def _trees() -> dict[str, ast.Module]:
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8")) for path in FILES}


TREES = _trees()


def _sets() -> tuple[dict[str, dict[str, frozenset[Word]]], set[frozenset[Word]]]:
    """Closed sets by their name and file, and all of them, those without a name too."""
    named: dict[str, dict[str, frozenset[Word]]] = {}
    every: set[frozenset[Word]] = set()
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if (found := _literal(node)) is not None and len(found) > 1:
                every.add(found)
            if isinstance(node, ast.Assign) and (words := _literal(node.value)) is not None:
                for one in node.targets:
                    if isinstance(one, ast.Name):
                        named.setdefault(one.id, {})[name] = words
    return named, every


NAMED, EVERY = _sets()


def _annotated(node: ast.AST | None, file: str) -> frozenset[Word] | None:
    """The closed set in `dict[ThatSet, …]`."""
    if not (isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple)):
        return None
    key = node.slice.elts[0]
    if not isinstance(key, ast.Name):
        return _literal(key)
    known = NAMED.get(key.id, {})
    return known.get(_home(file, key.id), next(iter(known.values()), None))


def _home(file: str, name: str) -> str:
    """The file that a name comes from: this one, or the one that it is imported from."""
    for node in ast.walk(TREES[file]):
        if isinstance(node, ast.ImportFrom) and name in {one.asname or one.name for one in node.names}:
            folder = file.split("/")[: -node.level] if node.level else []
            return "/".join([*folder, *(node.module or "").split(".")]) + ".py"
    return file


def _tables() -> Iterator[Table]:
    for name, tree in TREES.items():
        annotations = {
            id(node.value): node.annotation
            for node in ast.walk(tree)
            if isinstance(node, ast.AnnAssign) and node.value is not None
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Dict) or not node.keys:
                continue
            if not all(isinstance(key, ast.Constant) for key in node.keys):
                continue
            keys = frozenset(key.value for key in node.keys)  # type: ignore[union-attr]
            yield Table(f"{name}:{node.lineno}", keys, _annotated(annotations.get(id(node)), name))


TABLES = list(_tables())


def _missing(table: Table) -> frozenset[Word]:
    """The words that a table lacks of the set that its keys are of."""
    if table.annotated is not None:
        return table.annotated - table.keys
    homes = [one for one in EVERY if table.keys <= one]
    # One key alone is a change or an argument: nobody looks a word up in it.
    if not homes or table.keys in EVERY or len(table.keys) == 1:
        return frozenset()
    return min(homes, key=len) - table.keys


@pytest.mark.parametrize("table", TABLES, ids=lambda one: one.place)
def test_a_table_over_a_closed_set_has_every_word_of_it(table: Table) -> None:
    assert sorted(map(str, _missing(table))) == []


SCRIPTS = "\n".join(
    path.read_text("utf-8") for path in sorted((ROOT / "interview_kit/web/assets").rglob("*.js"))
)


@pytest.mark.parametrize("words", [RatingState, SkipReason], ids=["states", "reasons"])
def test_the_scripts_look_up_no_word_that_is_not_one(words: object) -> None:
    name = {RatingState: "states", SkipReason: "skips"}[words]
    assert set(re.findall(rf"\bc\.{name}\.(\w+)", SCRIPTS)) <= set(get_args(words))


def test_every_state_is_given_by_a_key_of_its_own() -> None:
    keys = (ROOT / "interview_kit/web/assets/keys.js").read_text("utf-8")
    acts = re.findall(r"^  (?:(\w)|'(.)'): ", keys, re.MULTILINE)
    taken = [*(a or b for a, b in acts), *"12345"]
    given = [STATES[state].key for state in get_args(RatingState)]
    assert len(taken) > 10
    assert len({*taken, *given}) == len(taken) + len(given)
