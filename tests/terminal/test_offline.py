"""Working without a server on the terminal: assign, take, hand in, merge."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from interview_kit.terminal.main import app
from scorecards.store import Store, open_database
from tests.scorecards.small_round import PLAN, draft, keep, rate, rating, submit

CARD = "zed-first-ada"
LABEL = f"C-01, {PLAN.name}"


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """The lead's database, with a round, and that of Ada's laptop, which has taken her assignment in."""
    server, laptop = tmp_path / "server.db", tmp_path / "laptop.db"
    keep(Store(open_database(str(server))), draft("ada"), draft("bo"))
    out = run("assign", "r1", "--to", "Ada", "--out", tmp_path / "assignment.json", "--database", server)
    assert out.exit_code == 0, out.output
    assert "can hand in as Ada" in out.stderr
    assert run("take", tmp_path / "assignment.json", "--database", laptop).stdout == "r1\n"
    return server, laptop


def handed_in(places: tuple[Path, Path], tmp_path: Path) -> Result:
    """What merging says of what the laptop hands in now."""
    server, laptop = places
    assert run("hand-in", "r1", "--out", tmp_path / "work.json", "--database", laptop).exit_code == 0
    return run("merge", tmp_path / "work.json", "--database", server)


def test_a_scorecard_goes_out_and_comes_back(places: tuple[Path, Path], tmp_path: Path) -> None:
    there = submit(Store(open_database(str(places[1]))), "ada", CARD)
    assert handed_in(places, tmp_path).stdout == f"taken\t{LABEL}\n"
    assert Store(open_database(str(places[0]))).cards.get("ada", CARD) == there
    assert handed_in(places, tmp_path).stdout == f"same\t{LABEL}\n"


def test_a_conflict_is_listed_and_ends_with_3(places: tuple[Path, Path], tmp_path: Path) -> None:
    submit(Store(open_database(str(places[1]))), "ada", CARD)
    rate(Store(open_database(str(places[0]))), "ada", CARD, rating("DRF-01", 1), writer="v")
    merged = handed_in(places, tmp_path)
    assert merged.exit_code == 3
    assert merged.stdout == f"conflict\t{LABEL}\t{PLAN.question('DRF-01').title}\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["assign", "none", "--to", "Ada", "--out", "x"], "There is no such round"),
        (["assign", "r1", "--to", "Nobody", "--out", "x"], "0 people are called so"),
        (["hand-in", "r1", "--out", "x"], "no assignment of this round here"),
        (["merge", "nowhere.json"], "No such file"),
        (["take", "nowhere.json"], "No such file"),
        (["merge", "{assignment}"], "another kind"),
        (["take", "{assignment}"], "for another machine"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_reason(
    places: tuple[Path, Path], tmp_path: Path, words: list[str], says: str
) -> None:
    told = [word.format(assignment=tmp_path / "assignment.json") for word in words]
    refused = run(*told, "--database", places[0])
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert says in refused.stderr
