"""`interview-kit demo` and `rounds`, and the help that names all commands."""

import pytest

from .running import run

pytestmark = pytest.mark.usefixtures("no_settings_of_this_machine")


def test_demo_prints_the_rounds_id_alone_on_the_last_line(tmp_path) -> None:
    database = tmp_path / "demo.db"
    result = run("demo", "--database", database)
    assert result.exit_code == 0, result.output
    round_id = result.stdout.splitlines()[-1]
    assert [line.split("\t")[0] for line in run("rounds", "--database", database).stdout.splitlines()] == [
        round_id
    ]


def test_the_demo_can_be_added_twice(tmp_path) -> None:
    ids = {run("demo", "--database", tmp_path / "demo.db").stdout for _ in range(2)}
    assert len(ids) == 2


def test_the_demo_comes_through_every_export(tmp_path) -> None:
    database = tmp_path / "demo.db"
    round_id = run("demo", "--database", database).stdout.splitlines()[-1]
    for format in ("json", "csv", "xlsx", "md", "pdf"):
        out = tmp_path / f"demo.{format}"
        result = run("export", round_id, "--out", out, "--format", format, "--database", database)
        assert result.exit_code == 0, result.output
        assert out.stat().st_size > 1000


def test_rounds_are_one_a_line_with_tabs_between(kept) -> None:
    """A tab in a round's name becomes a space, so that a line always has three parts."""
    assert run("rounds", "--database", kept.database).stdout == f"{kept.round_id}\tSenior engineer\topen\n"


def test_rounds_of_a_new_database_are_none(tmp_path) -> None:
    result = run("rounds", "--database", tmp_path / "new.db")
    assert (result.exit_code, result.stdout) == (0, "")


def test_the_database_is_taken_from_the_settings(kept, monkeypatch) -> None:
    monkeypatch.setenv("INTERVIEW_KIT_DATABASE", kept.database)
    assert run("rounds").stdout.startswith(kept.round_id)


def test_the_help_names_the_commands() -> None:
    result = run("--help")
    for command in ("serve", "check", "demo", "rounds", "export", "import", "upgrade"):
        assert command in result.output
