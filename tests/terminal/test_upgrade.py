"""`interview-kit upgrade`, and addresses at which there is no database of the kit."""

import pytest

from .running import exported, refused, run

pytestmark = pytest.mark.usefixtures("no_settings_of_this_machine")

PASSWORD = "correct-horse-battery"


# upgrade and addresses


def test_upgrade_makes_a_database_and_can_be_repeated(tmp_path) -> None:
    for _ in range(2):
        result = run("upgrade", "--database", tmp_path / "folder" / "new.db")
        assert result.exit_code == 0, result.output
        assert result.stdout.startswith("sqlite at revision ")


def test_upgrade_leaves_what_is_kept(kept, tmp_path) -> None:
    before = exported(kept, tmp_path / "before.json")
    assert run("upgrade", "--database", f"sqlite:///{kept.database}").exit_code == 0
    assert exported(kept, tmp_path / "after.json") == before


def test_a_database_of_a_newer_kit_is_left_alone(kept) -> None:
    import sqlite3

    with sqlite3.connect(kept.database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    refused(run("upgrade", "--database", kept.database), "newer version", "9999")


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path) -> None:
    (tmp_path / "letter.txt").write_text("Dear candidate, " * 100, "utf-8")
    refused(run("upgrade", "--database", tmp_path / "letter.txt"), "letter.txt")
    assert (tmp_path / "letter.txt").read_text("utf-8") == "Dear candidate, " * 100


def test_a_database_below_a_file_is_refused(tmp_path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    refused(run("upgrade", "--database", tmp_path / "file" / "new.db"), "Check the folder")


@pytest.mark.parametrize("command", ["rounds", "upgrade", "demo"])
@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://kit:{PASSWORD}@127.0.0.1:1/kit",
        f"postgresql+pg8000://kit:{PASSWORD}@127.0.0.1:1/kit",
        f"postgresql://kit:{PASSWORD}@127.0.0.1:notaport/kit",
        f"postgresql+unknown://kit:{PASSWORD}@127.0.0.1:1/kit",
        f"mysql://kit:{PASSWORD}@127.0.0.1/kit",
        f"://kit:{PASSWORD}@127.0.0.1",
        f"nothing://kit:{PASSWORD}@[::1/kit",
    ],
)
def test_a_bad_address_is_refused_without_its_password(command, address) -> None:
    result = run(command, "--database", address)
    refused(result)
    assert PASSWORD not in result.output
    assert result.stderr.strip()
