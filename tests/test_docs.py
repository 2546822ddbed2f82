"""The docs say what the code does: screens, settings, words, columns, labels, links and sums."""

import json
import re
import tomllib
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from interview_kit.terminal import main
from question_bank import BANK, Target, load_bank, make_plan
from question_bank import Slot as InterviewSlot
from question_bank import model as questions
from rubrics import load_rubrics
from scorecards.comparison import compare_round, round_sentences
from scorecards.documents.tables import RATING_COLUMNS, status_words
from scorecards.outside.settings import Settings
from scorecards.record.demo import demo_record
from scorecards.record.model import (
    Candidate,
    CardContent,
    CardStatus,
    Interview,
    Person,
    Rating,
    Round,
    RoundRecord,
    RoundSlot,
    Scorecard,
    now,
)
from scorecards.record.score import CandidateScore, candidate_score, percent, shown

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
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
]
JOBS = [*LABELLED, "read-a-comparison.md", "settings.md"]
WORDS = [
    "Round", "Profile", "Candidate", "Interviewer", "Panel", "Interview", "Competency", "Sub-skill",
    "Scale", "Level", "Anchor", "Rubric", "Question", "Family", "Probe", "Hint",
    "Signal", "Decoy", "Check", "Exhibit", "Plan", "Evidence", "Rating", "Score",
    "Scorecard", "Recommendation", "Blind", "Debrief", "Decision", "Severity", "Digest",
]  # fmt: skip
STATES = {"Not asked": "not_asked", "No evidence": "no_evidence", "Skipped": "skipped"}


def text(page: str) -> str:
    return (DOCS / page).read_text("utf-8")


def tables(words: str) -> list[list[list[str]]]:
    """Every Markdown table as rows of cells, its head first."""
    found: list[list[list[str]]] = []
    before = ""
    for line in words.splitlines():
        if line.startswith("|"):
            if not before.startswith("|"):
                found.append([])
            if not re.fullmatch(r"[|\-: ]+", line):
                found[-1].append([cell.strip() for cell in line.strip("|").split("|")])
        before = line
    return found


def table_after(page: str, mark: str) -> list[list[str]]:
    """The table below the comment `mark`, without its head."""
    return tables(text(page).partition(f"<!-- {mark} -->")[2])[0][1:]


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
        "session",
        "__init__",
    }
    heads = set(re.findall(r"^## (\w+)$", text("screens.md"), re.MULTILINE))
    assert files == heads


@cache
def on_screen() -> str:
    """All source that puts words on a screen, and the scale's labels as they are put together."""
    doors = [ROOT / "interview_kit/screens", ROOT / "interview_kit/web", ROOT / "scorecards/interviewing"]
    paths = [path for ending in ("py", "js", "html") for door in doors for path in door.rglob(f"*.{ending}")]
    paths += [ROOT / "scorecards/record/model.py", ROOT / "question_bank/model.py"]
    paths += [ROOT / "scorecards/record/recommendations.py", ROOT / "scorecards/record/states.py"]
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
        questions.Probe,
        questions.RedFlag,
        questions.Anchors,
        questions.Number,
        questions.Twist,
        questions.Reveal,
        questions.Exhibit,
        questions.Defect,
        questions.FalseTrail,
        questions.Rival,
        questions.Stage,
        questions.ExerciseTask,
        questions.Fact,
        questions.Practice,
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
    assert [name for name in model.model_fields if f"`{name}`" not in page] == []


def test_the_fields_of_a_question_are_told_in_the_order_of_the_file() -> None:
    told = next(table for table in tables(text("write-questions.md")) if table[0][0] == "Field")
    assert [row[0].strip("`") for row in told[1:]] == list(questions.Question.model_fields)


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


# The worked round and the worked example


def test_the_worked_round_says_what_the_demo_round_says() -> None:
    bank = load_bank()
    names = {one.id: one.name for one in bank.rubrics.competencies}
    record = demo_record(bank)
    told = text("read-a-comparison.md").partition("<!-- sentences -->")[2].strip().splitlines()
    quoted = [line.removeprefix("> ") for line in told if line.startswith("> ")]
    assert quoted == round_sentences(compare_round(record, record.round.lead_id, names))


class Given(NamedTuple):
    """A line of the example: what the round wants of a competency, and what two interviewers gave."""

    competency: str
    target: Target
    cells: tuple[str, str]


@cache
def competency_ids() -> dict[str, str]:
    return {competency.name: competency.id for competency in load_rubrics().competencies}


def given_lines() -> list[Given]:
    lines = []
    for name, weight, floor, ana, bo in table_after("read-a-comparison.md", "given"):
        values = {"must_have": True, "floor": float(floor)} if floor else {}
        key = competency_ids()[name]
        lines.append(Given(key, Target(competency=key, weight=float(weight), **values), (ana, bo)))
    return lines


def ratings(lines: list[Given], who: int) -> dict[str, list[Rating]]:
    """By competency, the ratings of the first or the second interviewer."""
    found = {}
    for place, line in enumerate(lines):
        given = [part.strip() for part in line.cells[who].split(",")]
        found[line.competency] = [
            Rating(question_id=f"EX-{10 * place + n:02d}", state=STATES[one])
            if one in STATES
            else Rating(question_id=f"EX-{10 * place + n:02d}", level=int(one))
            for n, one in enumerate(given)
        ]
    return found


def example(lines: list[Given]) -> CandidateScore:
    """The example's candidate as the kit scores them, from two submitted scorecards."""
    bank = load_bank(BANK)
    profile = bank.profiles[0]
    sittings, slots, cards = [], [], []
    for who, person in enumerate(("ana", "bo")):
        own = ratings(lines, who)
        asked = [
            bank.questions[0].model_copy(update={"id": one.question_id, "competency": competency})
            for competency, several in own.items()
            for one in several
        ]
        slot = InterviewSlot(id=f"{person}-slot", name=person, minutes=60, items=())
        plan = make_plan(bank, slot, asked, (), profile)
        slots.append(RoundSlot(id=slot.id, plan=plan, interviewer_ids=(person,)))
        sittings.append(
            Interview(
                id=f"{person}-1", round_id="r", candidate_id="c", slot_id=slot.id, plan=plan, created_at=now()
            )
        )
        cards.append(
            Scorecard(
                id=f"card-{person}",
                round_id="r",
                interview_id=f"{person}-1",
                candidate_id="c",
                interviewer_id=person,
                state="submitted",
                content=CardContent(ratings=tuple(one for several in own.values() for one in several)),
                submitted_at=now(),
            )
        )
    record = RoundRecord(
        round=Round(
            id="r",
            name="Example",
            profile_id=profile.id,
            lead_id="ana",
            panel_ids=("ana", "bo"),
            targets=tuple(line.target for line in lines),
            weights_reason="Systems thinking counts twice.",
            slots=tuple(slots),
            created_at=now(),
        ),
        people=(Person(id="ana", name="Ana"), Person(id="bo", name="Bo")),
        candidates=(Candidate(id="c", round_id="r", code="C-01", name="Example"),),
        interviews=tuple(sittings),
        cards=tuple(cards),
        statuses=tuple(
            CardStatus(
                card_id=card.id,
                interview_id=card.interview_id,
                candidate_id="c",
                interviewer_id=card.interviewer_id,
                state="submitted",
                submitted_at=card.submitted_at,
                dismissed_reason=None,
            )
            for card in cards
        ),
    )
    return candidate_score(record, "c")


def test_the_worked_example_has_the_scores_that_the_kit_computes() -> None:
    found = example(given_lines()).competencies
    for name, *told, cell in table_after("read-a-comparison.md", "scores"):
        score = found.get(competency_ids()[name])
        if score is None:
            assert told == ["–"] * 5, name
            assert cell == "`no score`", name
            continue
        each = [shown(score.by_interviewer.get(who)) for who in ("ana", "bo")]
        assert told == [*each, shown(score.mean), shown(score.median), shown(score.spread)], name
        mark = "⚡ " if score.disputed else ""
        assert cell == f"`{shown(score.mean)} {mark}×{score.interviewers}`", name


def overall(score: CandidateScore) -> list[str]:
    return [
        shown(score.overall),
        percent(score.coverage),
        f"{score.submitted} of {score.expected}",
        status_words(score, load_rubrics()),
    ]


def test_the_worked_example_has_the_overall_score_that_the_kit_computes() -> None:
    as_given, without_drift = table_after("read-a-comparison.md", "overall")
    lines = given_lines()
    score = example(lines)
    assert overall(score) == as_given[1:]
    # (2 × 2.75 + 1 × 2 + 1 × 3) / (2 + 1 + 1)
    assert score.overall == Fraction(21, 8)
    assert not score.incomplete
    unasked = [
        line._replace(cells=("Not asked", "Not asked")) if line.competency == "drift" else line
        for line in lines
    ]
    assert overall(example(unasked)) == without_drift[1:]
