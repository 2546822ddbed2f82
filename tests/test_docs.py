"""The docs say what the code does: screens, settings, words, columns, labels and links."""

import json
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
import yaml

from interview_kit.terminal import main
from question_bank import model as questions
from rubrics import load_rubrics
from scorecards.documents.tables import RATING_COLUMNS
from scorecards.outside.settings import Settings

from .doc_pages import DOCS, tables, text

ROOT = Path(__file__).parent.parent
PAGES = sorted(DOCS.rglob("*.md"))
LINKED = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *PAGES]
# Pages that lead through screens: what is bold there stands on a screen.
LABELLED = [
    "run-a-round.md",
    "conduct-an-interview.md",
    "write-questions.md",
    "set-an-exercise.md",
    "deploy.md",
    "screens.md",
    "export.md",
    "api.md",
    "work-without-a-server.md",
    "sign-in.md",
    "candidates-with-assistants.md",
]
JOBS = [*LABELLED, "read-a-comparison.md", "settings.md"]
# Of a question, and in no file of one: how it is kept, and what is measured beside it.
NOT_WRITTEN = ("format", "assistant")
WORDS = [
    "Round", "Profile", "Candidate", "Interviewer", "Panel", "Interview", "Competency", "Sub-skill",
    "Scale", "Level", "Anchor", "Rubric", "Question", "Family", "Probe", "Hint",
    "Signal", "Decoy", "Check", "Exhibit", "Plan", "Evidence", "Rating", "Score",
    "Scorecard", "Recommendation", "Blind", "Debrief", "Decision", "Severity", "Digest",
]  # fmt: skip


def id_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# Pages, links, commands


@pytest.mark.parametrize("page", LINKED, ids=id_of)
def test_every_relative_link_leads_to_a_file(page: Path) -> None:
    words = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\(\s*<?([^)\s>]+)", words) + re.findall(r'(?:src|href)="([^"]+)"', words)
    near = [link.partition("#")[0] for link in links if not re.match(r"[a-z]+:|#", link)]
    assert [link for link in near if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", JOBS)
def test_a_page_says_once_what_to_do_when_it_goes_wrong(page: str) -> None:
    assert text(page).count("\n## What if\n") == 1
    assert tables(text(page).partition("\n## What if\n")[2])[0][0] == ["What happens", "What to do"]


def test_every_command_of_the_terminal_stands_in_the_docs() -> None:
    names = {
        command.name or (command.callback.__name__ if command.callback else "")
        for command in main.app.registered_commands
    } | {
        f"{group.name} {command.name or command.callback.__name__}"
        for group in main.app.registered_groups
        for command in group.typer_instance.registered_commands
    }
    told = "\n".join(page.read_text("utf-8") for page in PAGES)
    assert names
    assert [name for name in sorted(names) if f"interview-kit {name}" not in told] == []


def test_the_docs_name_no_command_that_does_not_exist() -> None:
    known = {command.name or command.callback.__name__ for command in main.app.registered_commands}
    known |= {group.name for group in main.app.registered_groups}
    told = "\n".join(page.read_text("utf-8") for page in PAGES)
    assert set(re.findall(r"interview-kit ([a-z-]+)\b", told)) <= known


# Screens and settings


def test_every_screen_has_its_paragraph() -> None:
    files = {path.stem for path in (ROOT / "interview_kit/screens").glob("*.py")} - {
        "main",
        "places",
        "sight",
        "signed_in",
        "__init__",
    }
    heads = set(re.findall(r"^## (\w+)$", text("screens.md"), re.MULTILINE))
    assert files == heads


@cache
def on_screen() -> str:
    """All source that puts words on a screen, and the scale's labels as they are put together."""
    doors = [ROOT / "interview_kit/screens", ROOT / "interview_kit/web", ROOT / "scorecards/interviewing"]
    paths = [path for ending in ("py", "js", "html") for door in doors for path in door.rglob(f"*.{ending}")]
    names = ("rounds", "scorecards", "debriefs", "recommendations", "states")
    paths += [ROOT / f"scorecards/record/{name}.py" for name in names]
    paths += [ROOT / f"question_bank/{name}.py" for name in ("question", "signal", "condition")]
    paths += [ROOT / "scorecards/documents/formats.py"]
    scale = load_rubrics().scale
    labels = [
        *(f"{step.level} {step.name}" for step in scale.levels),
        *(state.name for state in scale.states),
    ]
    return "\n".join([*(path.read_text("utf-8") for path in paths), *labels])


@pytest.mark.parametrize("page", LABELLED)
def test_what_is_bold_stands_on_a_screen(page: str) -> None:
    labels = {label.removesuffix(".") for label in re.findall(r"\*\*(.+?)\*\*", text(page))}
    assert labels
    assert sorted(label for label in labels if label not in on_screen()) == []


def test_every_setting_stands_in_the_docs_with_all_its_names_and_its_default() -> None:
    rows = {row[0]: row for row in tables(text("settings.md"))[0][1:]}
    assert rows.keys() == Settings.model_fields.keys()
    for name, field in Settings.model_fields.items():
        variables = list(dict.fromkeys(str(alias).upper() for alias in field.validation_alias.choices))
        assert re.findall(r"`([^`]+)`", rows[name][1]) == variables, name
        default = "none" if field.default is None else f"`{field.default}`"
        assert rows[name][2].startswith(default), name
        assert rows[name][3], name


def test_the_streamlit_settings_named_have_the_values_named() -> None:
    config = tomllib.loads((ROOT / "interview_kit/screens/.streamlit/config.toml").read_text("utf-8"))
    rows = tables(text("settings.md").partition("\n## Settings of Streamlit that matter\n")[2])[0][1:]
    assert rows
    for what, value, why in rows:
        section, keys = re.findall(r"\[(\w+)\]", what), re.findall(r"(\w+)`", what)
        found = [json.dumps(config[section[0]][key]).strip('"') for key in keys]
        assert found == [told.strip('"') for told in re.findall(r"`([^`]+)`", value)], what
        assert why, what


# Words, fields, columns


@pytest.mark.parametrize("word", WORDS)
def test_every_public_word_is_explained(word: str) -> None:
    rows = [row for row in tables(text("glossary.md"))[0][1:] if row[0] == word]
    assert len(rows) == 1
    assert rows[0][1].endswith(".")


def test_no_word_is_explained_twice() -> None:
    words = [row[0].casefold() for row in tables(text("glossary.md"))[0]]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    "model",
    [
        questions.Question,
        questions.Minutes,
        questions.Signal,
        questions.Way,
        questions.Probe,
        questions.RedFlag,
        questions.Anchors,
        questions.Clause,
        questions.Route,
        questions.Number,
        questions.Turn,
        questions.Limit,
        questions.Trace,
        questions.Reveal,
        questions.Exhibit,
        questions.Defect,
        questions.FalseTrail,
        questions.Rival,
        questions.Stage,
        questions.ExerciseTask,
        questions.Fact,
        questions.Practice,
        questions.Baseline,
        questions.AssistantRun,
        questions.Profile,
        questions.Target,
        questions.LoopTemplate,
        questions.Slot,
        questions.LoopItem,
        questions.Glossary,
        questions.Term,
    ],
    ids=lambda model: model.__name__,
)
def test_every_field_that_an_author_writes_is_explained(model) -> None:
    page = text("write-questions.md").replace(
        "`level_1` to `level_4`", "`level_1` `level_2` `level_3` `level_4`"
    )
    assert [name for name in model.model_fields if f"`{name}`" not in page and name not in NOT_WRITTEN] == []


def test_the_fields_of_a_question_are_told_in_the_order_of_the_file() -> None:
    told = next(table for table in tables(text("write-questions.md")) if table[0][0] == "Field")
    written = [name for name in questions.Question.model_fields if name not in NOT_WRITTEN]
    assert [row[0].strip("`") for row in told[1:]] == written


def test_every_column_of_the_csv_is_explained_in_its_order() -> None:
    told = next(table for table in tables(text("export.md")) if table[0][0] == "Column")
    assert re.findall(r"`(\w+)`", " ".join(row[0] for row in told[1:])) == list(RATING_COLUMNS)


def test_every_sheet_of_the_workbook_is_explained_in_its_order() -> None:
    told = next(table for table in tables(text("export.md")) if table[0][0] == "Sheet")
    source = (ROOT / "scorecards/documents/xlsx.py").read_text("utf-8")
    assert [row[0] for row in told[1:]] == re.findall(r'sheet\.add\("(\w+)"', source)


def test_the_levels_are_named_as_the_scale_names_them() -> None:
    scale = yaml.safe_load((ROOT / "rubrics/library/scale.yaml").read_text("utf-8"))
    named = ", ".join(f"{step['level']} {step['name']}" for step in scale["levels"])
    assert named in text("read-a-comparison.md")
    assert named in text("glossary.md")
