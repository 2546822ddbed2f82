"""What holds for the code as a whole: who imports whom, what is pinned, what is named, what is told."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scorecards.outside.settings import Settings

ROOT = Path(__file__).parent.parent
LOCKS = [ROOT / "requirements.lock", ROOT / "requirements-dev.lock"]
# Spelled backwards: this file is searched too.
INDEX_NAMES = [name[::-1] for name in ("gro.ipyp", "detsohnohtyp", "lru-xedni", "sjmpn", "yrotcafitra")]
SLOW = ("typst", "fontTools", "scipy", "sklearn", "statsmodels", "xlsxwriter", "openpyxl", "alembic", "typer")


def in_git() -> list[Path]:
    """The files that git keeps, and new ones that it would."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def imported_by(path: Path) -> Iterator[str]:
    """The root package of every import in the file, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield (node.module or "").partition(".")[0]


def loaded_after(statement: str) -> set[str]:
    """The root packages that a new Python has loaded after the statement."""
    code = f"import sys\n{statement}\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_the_import_contracts_hold() -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    assert ", 0 broken" in done.stdout


HELP = """
sys.argv = ["interview-kit", "--help"]
from interview_kit.terminal.main import main
try:
    main()
except SystemExit:
    pass
"""
OF_THE_KIT = {"rubrics", "question_bank", "scorecards"}
FOR_COMMANDS = {"sqlalchemy", "pandas", "numpy", "streamlit", "pydantic", "yaml", "rich"}


def test_the_help_of_the_terminal_is_there_at_once() -> None:
    """What a command needs is loaded when it runs."""
    assert not (OF_THE_KIT | FOR_COMMANDS) & loaded_after(HELP)


def test_the_terminal_needs_no_streamlit_to_list_rounds(tmp_path) -> None:
    rounds = HELP.replace('"--help"', f'"rounds", "--database", {str(tmp_path / "new.db")!r}')
    loaded = loaded_after(rounds)
    assert "sqlalchemy" in loaded
    assert "streamlit" not in loaded


def test_the_web_entry_leaves_sql_to_the_store() -> None:
    assert not {"sqlalchemy"} & set(imported_by(ROOT / "app.py"))


# What stands before Streamlit's pages has to patch them.
PATCHES = {"middleware.py", "own_files.py"}


@pytest.mark.parametrize("package", ["rubrics", "question_bank", "scorecards", "interview_kit/terminal"])
def test_streamlit_stays_in_the_screens(package) -> None:
    found = [path.name for path in (ROOT / package).rglob("*.py") if "streamlit" in imported_by(path)]
    assert found == []


def test_of_the_web_only_what_patches_streamlit_knows_it() -> None:
    paths = (ROOT / "interview_kit/web").rglob("*.py")
    assert {path.name for path in paths if "streamlit" in imported_by(path)} == PATCHES


@pytest.mark.parametrize("package", ["rubrics", "question_bank", "interview_kit"])
def test_sql_stays_in_the_store(package) -> None:
    found = [path.name for path in (ROOT / package).rglob("*.py") if "sqlalchemy" in imported_by(path)]
    assert found == []


@pytest.mark.parametrize(
    "module",
    ["app", "interview_kit.wiring", "interview_kit.screens.signed_in", "interview_kit.screens.sight"],
)
def test_the_first_page_waits_for_nothing_heavy(module) -> None:
    """Statistics, spreadsheets and migrations are loaded where they are used."""
    assert not set(SLOW) & loaded_after(f"import {module}")


def test_naming_the_exports_loads_nothing_heavy() -> None:
    """Typesetting, fonts and statistics are loaded when a document is made."""
    heavy = {"typst", "fontTools", "numpy", "scipy", "pandas"}
    assert not heavy & loaded_after("import scorecards.documents")


def test_reading_content_needs_no_database_and_no_tables() -> None:
    heavy = {*SLOW, "sqlalchemy", "pandas", "numpy", "streamlit", "scorecards"}
    assert not heavy & loaded_after("import question_bank; question_bank.load_bank()")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_requirement_is_pinned_with_a_hash(lock) -> None:
    requirements = lock.read_text("utf-8").replace("\\\n", " ").splitlines()
    loose = [
        line
        for line in requirements
        if line.strip()
        and not line.startswith("#")
        and not re.match(r"[A-Za-z0-9._\[\]-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)
    ]
    assert loose == []
    assert len(requirements) > 20


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_file_names_no_host(lock) -> None:
    text = lock.read_text("utf-8")
    assert "://" not in text
    assert not re.findall(r"^\s*-(?!-hash)", text, re.MULTILINE)


def test_what_runs_the_kit_is_pinned_alike_in_both_lock_files() -> None:
    pins = [set(re.findall(r"^\S+==\S+", lock.read_text("utf-8"), re.MULTILINE)) for lock in LOCKS]
    assert pins[0] <= pins[1]


def test_no_file_names_a_package_index() -> None:
    names = re.compile("|".join(map(re.escape, INDEX_NAMES)), re.IGNORECASE)
    found = [
        path.relative_to(ROOT).as_posix()
        for path in in_git()
        if names.search(path.read_bytes().decode("utf-8", "replace"))
    ]
    assert found == []


def test_every_setting_stands_in_the_docs() -> None:
    docs = (ROOT / "docs/settings.md").read_text("utf-8")
    for name, field in Settings.model_fields.items():
        variable = field.validation_alias.choices[0]
        assert f"`{variable}`" in docs, name


def test_every_setting_has_a_description_and_a_variable_of_the_kit() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert str(field.validation_alias.choices[0]) == f"INTERVIEW_KIT_{name.upper()}"


def test_the_docs_name_no_setting_that_does_not_exist() -> None:
    docs = (ROOT / "docs/settings.md").read_text("utf-8")
    named = set(re.findall(r"\bINTERVIEW_KIT_[A-Z_]+\b", docs))
    assert named == {f"INTERVIEW_KIT_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("package", ["rubrics", "question_bank", "interview_kit"])
def test_a_package_is_a_list_of_its_public_words(package) -> None:
    """__init__.py holds a docstring, imports and __all__, and nothing else."""
    body = ast.parse((ROOT / package / "__init__.py").read_text("utf-8")).body
    kinds = {type(node).__name__ for node in body}
    assert kinds <= {"Expr", "Import", "ImportFrom", "Assign"}


@pytest.mark.parametrize("package", ["rubrics", "question_bank", "scorecards.store", "scorecards.documents"])
def test_every_public_word_exists(package) -> None:
    module = __import__(package, fromlist=["__all__"])
    assert [word for word in module.__all__ if not hasattr(module, word)] == []
    assert len(set(module.__all__)) == len(module.__all__)
