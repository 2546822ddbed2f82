"""Where the kit's data lie where no setting says so."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path

NAME = "interview-kit"


def checkout() -> Path | None:
    """The folder of the project if the kit runs from there; None if it is installed like any other package."""
    return project(Path(__file__).resolve().parents[2])


def project(above: Path) -> Path | None:
    # Some packages install an app.py or a pyproject.toml by mistake, so their folder's name counts too.
    installed = above.name in ("site-packages", "dist-packages")
    whole = all((above / name).is_file() for name in ("app.py", "pyproject.toml"))
    return above if whole and not installed else None


def default_database() -> str:
    """A file: `data/interviews.db` in the project's folder, or `interviews.db` in the user's folder for this kit's data."""
    beside = checkout()
    folder = beside / "data" if beside else user_data_path(NAME, appauthor=False)
    return str(folder / "interviews.db")
