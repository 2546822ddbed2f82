"""`interview-kit analyse`: anybody's ratings in, a page of plain words and numbers out."""

import json

import pytest
from typer.testing import CliRunner

from interview_kit.terminal import main

run = CliRunner()
HEAD = "candidate,interviewer,competency,rating\n"


@pytest.fixture
def ratings(tmp_path):
    """Seven candidates, five interviewers, three competencies; everybody met everybody."""
    lines = [
        f"c{c},i{r},k{k},{1 + (3 * c + 5 * r + 2 * k + c * r) % 4}"
        for c in range(7)
        for r in range(5)
        for k in range(3)
    ]
    path = tmp_path / "ratings.csv"
    path.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    return path


def test_it_prints_a_page_and_writes_the_numbers(ratings, tmp_path) -> None:
    done = run.invoke(
        main.app, ["analyse", str(ratings), "--scale", "1-4", "--json", str(tmp_path / "out.json")]
    )
    assert done.exit_code == 0
    assert done.stdout.startswith(
        "7 candidates, 5 interviewers, 35 scorecards, 105 ratings on 3 competencies.\n"
    )
    told = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert told["method"] == "bayes"
    assert told["n"] == {"candidates": 7, "interviewers": 5, "scorecards": 35, "ratings": 105}


def test_the_method_may_be_reml(ratings, tmp_path) -> None:
    out = tmp_path / "out.json"
    assert (
        run.invoke(main.app, ["analyse", str(ratings), "--method", "reml", "--json", str(out)]).exit_code == 0
    )
    assert json.loads(out.read_text("utf-8"))["method"] == "reml"


def test_without_a_scale_it_says_which_ratings_it_saw(ratings) -> None:
    assert (
        "No scale was given; the ratings lie between 1 and 4."
        in run.invoke(main.app, ["analyse", str(ratings)]).stdout
    )


def test_faults_end_it_and_nothing_is_written(tmp_path) -> None:
    path, out = tmp_path / "ratings.csv", tmp_path / "out.json"
    path.write_text(HEAD + "ana,sam,drift,7\nana,,drift,2\n", "utf-8")
    done = run.invoke(main.app, ["analyse", str(path), "--scale", "1-4", "--json", str(out)])
    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "line 2: the rating 7 is outside of 1-4.",
        "line 3: no interviewer.",
        f"{path}: 2 faults. Nothing was compared.",
    ]
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.csv"], "No such file"),
        (["."], "Is a directory"),
        (["{ratings}", "--scale", "4-1"], "has its lowest rating first"),
        (["{ratings}", "--json", "{folder}"], "this is a folder"),
        (["{ratings}", "--json", "{folder}/missing/out.json"], "Choose a folder that exists"),
        (["{ratings}", "--json", "{ratings}"], "these are the ratings"),
    ],
    ids=["no file", "a folder", "scale", "out is a folder", "out in no folder", "out is the file"],
)
def test_what_cannot_be_done_is_said_in_a_line(ratings, tmp_path, arguments, words) -> None:
    before = ratings.read_bytes()
    given = [one.format(ratings=ratings, folder=tmp_path) for one in arguments]
    done = run.invoke(main.app, ["analyse", *given])
    assert done.exit_code == 1
    assert words in done.stderr
    assert "Traceback" not in done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert ratings.read_bytes() == before


def test_two_panels_are_told_apart(tmp_path) -> None:
    path = tmp_path / "ratings.csv"
    lines = [
        f"{side}{c},{side}i{r},k{k},{1 + (c + r + k) % 4}"
        for side in "ab"
        for c in range(4)
        for r in range(3)
        for k in range(2)
    ]
    path.write_text(HEAD + "\n".join(lines), "utf-8")
    done = run.invoke(main.app, ["analyse", str(path), "--scale", "1-4"])
    assert done.exit_code == 0
    assert "The round falls into 2 parts that share nobody" in done.stdout
    assert "candidates of different parts against each other" in done.stdout
