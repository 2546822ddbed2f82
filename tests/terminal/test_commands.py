"""The terminal: what each command prints, writes and refuses."""

import csv
import io
import json
import shutil
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from interview_kit.terminal.main import app
from question_bank import BANK, load_bank
from rubrics import LIBRARY
from scorecards.record.model import Rating, Verdict
from scorecards.record.setup import new_round
from scorecards.store import Store, new_id, open_database
from tests.scorecards.small_round import rate

STORY = "questions/shipped/after-launch.yaml"
# What Ada wrote; Bo, who still owes his scorecard, must not read it anywhere.
SECRET = "Switched the ranking off within the hour and told support first."
PASSWORD = "correct-horse-battery"


class Kept(NamedTuple):
    """A database with one round: Ada has submitted her scorecard for Zed, Bo owes his."""

    database: str
    round_id: str
    ada: str
    bo: str


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch, tmp_path) -> None:
    """No .env file and no variable of the person who runs the tests."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for name in ("INTERVIEW_KIT_DATABASE", "INTERVIEW_KIT_BANK_PATH", "INTERVIEW_KIT_RUBRICS_PATH"):
        monkeypatch.delenv(name, raising=False)
    for name in ("DATABASE", "BANK_PATH", "RUBRICS_PATH"):
        monkeypatch.delenv(name, raising=False)


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def refused(result: Result, *says: str) -> None:
    """Exit code 1, the reason on stderr, nothing on stdout, and no traceback."""
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.stdout == ""
    for words in says:
        assert words in result.stderr


def submitted(store: Store, author: str, round_id: str) -> None:
    card = next(s for s in store.rounds.statuses(author, round_id) if s.interviewer_id == author)
    interview = store.interviews.get(author, card.interview_id)
    for planned in interview.plan.items:
        rating = Rating(
            question_id=planned.question.id,
            level=3,
            evidence=SECRET,
            ticks=tuple(sorted(planned.question.musts)),
        )
        rate(store, author, card.card_id, rating)
    store.cards.save_verdict(author, card.card_id, Verdict(recommendation="yes"))
    store.cards.submit(author, card.card_id)


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    database = str(tmp_path / "kept.db")
    opened = open_database(database)
    store = Store(opened)
    ada, bo = store.people.add("Ada"), store.people.add("Bo")
    round_ = new_round(
        new_id(), "Senior\tengineer", ada.id, load_bank(), "generalist", ["founder-screen"], [ada.id, bo.id]
    )
    both = tuple(slot.model_copy(update={"interviewer_ids": (ada.id, bo.id)}) for slot in round_.slots)
    store.rounds.create(ada.id, round_.model_copy(update={"slots": both}))
    store.candidates.add(ada.id, round_.id, ["Zed"])
    submitted(store, ada.id, round_.id)
    opened.close()
    return Kept(database, round_.id, ada.id, bo.id)


def exported(kept: Kept, out: Path, *words: object) -> bytes:
    result = run("export", kept.round_id, "--out", out, "--database", kept.database, *words)
    assert result.exit_code == 0, result.output
    return out.read_bytes()


# check


def test_check_prints_counts_by_competency_and_kind() -> None:
    result = run("check")
    assert result.exit_code == 0, result.output
    head, *rows, last = result.stdout.splitlines()
    assert head.split()[0] == "competency"
    assert head.split()[-1] == "sum"
    assert len(rows) == 9
    assert sum(int(row.split()[-1]) for row in rows) == len(load_bank().questions)
    assert last.startswith(f"{len(load_bank().questions)} questions, 9 competencies, 5 profiles, ")
    assert ": 0 errors, 0 warnings, " in last


def test_check_tells_every_fault_of_a_bad_bank(tmp_path) -> None:
    bank = tmp_path / "bank"
    shutil.copytree(BANK / "questions", bank / "questions")
    (bank / STORY).write_text("- nothing\n", "utf-8")
    (bank / "questions/drift/quiet-weeks.yaml").write_text("id: [\n", "utf-8")
    text = (bank / "questions/mlops/future-leak.yaml").read_text("utf-8")
    (bank / "questions/mlops/future-leak.yaml").write_text(text.replace("kind:", "kin:", 1), "utf-8")
    result = run("check", "--bank", bank)
    refused(result, STORY, "questions/drift/quiet-weeks.yaml", "error S01a form · kin: ")
    *lines, last = result.stderr.splitlines()
    assert last == "4 faults in the content."
    found = [line for line in lines if line.startswith("  error ")]
    assert len(found) == 4
    assert all("→" in line for line in found)
    assert [line for line in lines if line not in found] == [
        "questions/drift/quiet-weeks.yaml", "questions/mlops/future-leak.yaml", STORY,
    ]  # fmt: skip


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """The file of the one question of a private bank in the folder `bank`."""
    (tmp_path / "bank" / STORY).parent.mkdir(parents=True)
    shutil.copy(BANK / STORY, tmp_path / "bank" / STORY)
    return tmp_path / "bank" / STORY


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_check_prints_findings_below_their_file_and_fails_on_an_error(story, tmp_path) -> None:
    rewrite(story, "Tell me what happened", "Did it fail? What did you do? Tell me what happened")
    result = run("check", "--bank", tmp_path / "bank")
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{STORY}\n  error P07a one-question · prompt: it asks 2 questions → ")
    assert ": 1 error, 0 warnings, 0 accepted." in result.stdout.splitlines()[-1]


def test_check_fails_on_a_warning_where_it_is_strict(story, tmp_path) -> None:
    rewrite(story, "names no failure of it", "often names no failure of it")
    assert run("check", "--bank", tmp_path / "bank").exit_code == 0
    result = run("check", "--bank", tmp_path / "bank", "--strict")
    assert result.exit_code == 1
    assert "  warning A18 frequency · anchors.level_1: 'often'" in result.stdout


def test_a_released_question_cannot_change_without_a_new_version(story, tmp_path) -> None:
    bank = ("check", "--bank", tmp_path / "bank")
    rewrite(story, "status: pilot", "status: live")
    assert "1 live questions noted" in run(*bank, "--release").stderr
    assert run(*bank).exit_code == 0
    rewrite(story, "A polished story", "A smooth story")
    result = run(*bank)
    assert result.exit_code == 1
    assert "error S05a version · version: the text differs from the released version 1" in result.stdout
    rewrite(story, "version: 1", "version: 2")
    assert run(*bank).exit_code == 0


def test_nothing_is_released_while_there_is_an_error(story, tmp_path) -> None:
    rewrite(story, "Tell me what happened", "Why? Tell me: what happened?")
    assert run("check", "--bank", tmp_path / "bank", "--release").exit_code == 1
    assert not (tmp_path / "bank/released.yaml").exists()


def test_check_finds_words_copied_from_a_text(story, tmp_path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/essay.txt").write_text("Anything that has run for real has misbehaved. So.", "utf-8")
    result = run("check", "--bank", tmp_path / "bank", "--compare-with", tmp_path / "texts")
    assert (
        "warning X33 copied-words · for_you: 'anything that has run for real has misbehaved'" in result.stdout
    )


def test_check_tells_every_fault_of_bad_rubrics(tmp_path) -> None:
    rubrics = tmp_path / "rubrics"
    shutil.copytree(LIBRARY, rubrics)
    (rubrics / "drift.yaml").write_text("", "utf-8")
    (rubrics / "scale.yaml").unlink()
    refused(run("check", "--rubrics", rubrics), "drift.yaml", "scale.yaml", "2 faults in the content.")


def test_check_takes_the_folders_from_the_settings(tmp_path, monkeypatch) -> None:
    (tmp_path / "bank" / STORY).parent.mkdir(parents=True)
    shutil.copy(BANK / STORY, tmp_path / "bank" / STORY)
    monkeypatch.setenv("INTERVIEW_KIT_BANK_PATH", str(tmp_path / "bank"))
    assert "1 question," in run("check").stdout


def test_check_names_a_folder_that_is_not_there(tmp_path) -> None:
    refused(run("check", "--bank", tmp_path / "nowhere"), "nowhere: there is no such folder")
    refused(run("check", "--rubrics", tmp_path / "nowhere"), "nowhere: there is no such folder")


# demo and rounds


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


# export


def test_json_is_the_default_and_holds_everything(kept, tmp_path) -> None:
    content = json.loads(exported(kept, tmp_path / "round.json"))["content"]
    assert content["round"]["id"] == kept.round_id
    assert [card["state"] for card in content["cards"]].count("draft") == 1
    assert (
        exported(kept, tmp_path / "again.json", "--format", "json") == (tmp_path / "round.json").read_bytes()
    )


def test_csv_has_a_row_for_each_submitted_rating(kept, tmp_path) -> None:
    text = exported(kept, tmp_path / "round.csv", "--format", "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["interviewer"] for row in rows} == {"Ada"}
    assert {row["evidence"] for row in rows} == {SECRET}


def test_xlsx_can_be_opened(kept, tmp_path) -> None:
    data = exported(kept, tmp_path / "round.xlsx", "--format", "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "Zed" in cells


def test_markdown_begins_with_the_rounds_name(kept, tmp_path) -> None:
    text = exported(kept, tmp_path / "round.md", "--format", "md").decode()
    assert text.startswith("# Round packet: Senior engineer\n")
    assert "Zed" in text


def test_a_candidates_packet_is_written_by_code_or_id(kept, tmp_path) -> None:
    content = json.loads(exported(kept, tmp_path / "round.json"))["content"]
    (candidate,) = content["candidates"]
    for name in (candidate["code"], candidate["id"]):
        data = exported(kept, tmp_path / "zed.md", "--format", "md", "--candidate", name)
        assert data.decode().startswith("# Debrief packet: C\\-01 Zed\n")
    assert exported(kept, tmp_path / "zed.pdf", "--format", "pdf", "--candidate", "C-01").startswith(b"%PDF-")


def test_one_scorecard_is_written_by_its_id(kept, tmp_path) -> None:
    content = json.loads(exported(kept, tmp_path / "round.json"))["content"]
    mine = next(card["id"] for card in content["cards"] if card["state"] == "submitted")
    text = exported(kept, tmp_path / "card.md", "--format", "md", "--scorecard", mine).decode()
    assert text.startswith("# Scorecard: C\\-01 Zed\n")
    assert SECRET in text
    assert exported(kept, tmp_path / "card.pdf", "--format", "pdf", "--scorecard", mine).startswith(b"%PDF-")
    told = json.loads(exported(kept, tmp_path / "card.json", "--format", "json", "--scorecard", mine))
    assert told["schema"] == "interview-kit/scorecard"


def test_a_scorecard_that_somebody_may_not_read_is_not_written_for_them(kept, tmp_path) -> None:
    content = json.loads(exported(kept, tmp_path / "round.json"))["content"]
    hidden = next(card["id"] for card in content["cards"] if card["state"] == "submitted")
    out = tmp_path / "card.pdf"
    command = ["export", kept.round_id, "--out", out, "--database", kept.database, "--format", "pdf"]
    refused(run(*command, "--scorecard", hidden, "--as", "Bo"), hidden, "no such scorecard that may be read")
    assert not out.exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--candidate", "C-99", "--format", "pdf"], "C-99: 0 candidates"),
        (["--candidate", "C-01", "--format", "csv"], "--format md or --format pdf"),
        (["--scorecard", "x", "--candidate", "C-01"], "not both"),
    ],
)
def test_what_cannot_be_written_is_told(kept, tmp_path, words, says) -> None:
    out = tmp_path / "out"
    refused(run("export", kept.round_id, "--out", out, "--database", kept.database, *words), says)
    assert not out.exists()


@pytest.mark.parametrize("format", ["json", "csv", "xlsx", "md"])
def test_as_an_interviewer_the_export_is_blind(kept, tmp_path, format) -> None:
    """Bo still owes his scorecard: nothing that Ada wrote or chose is in his file."""
    data = exported(kept, tmp_path / "bo", "--format", format, "--as", "Bo")
    if format == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        data = repr([c.value for sheet in book for row in sheet.iter_rows() for c in row]).encode()
    assert b"Switched" not in data
    assert b"off within the hour" not in data
    if format == "json":
        cards = json.loads(data)["content"]["cards"]
        assert [card["interviewer_id"] for card in cards] == [kept.bo]


def test_the_json_of_somebody_who_owes_a_scorecard_holds_the_round_as_it_is(kept, tmp_path) -> None:
    """Documents with computed numbers wait for them; the round's own settings do not change in a copy."""
    whole = json.loads(exported(kept, tmp_path / "all.json"))["content"]["round"]
    assert json.loads(exported(kept, tmp_path / "bo.json", "--as", "Bo"))["content"]["round"] == whole


@pytest.mark.parametrize("name", ["Ada", "id"])
def test_as_takes_a_name_or_an_id(kept, tmp_path, name) -> None:
    who = kept.ada if name == "id" else name
    assert SECRET.encode() in exported(kept, tmp_path / "ada.json", "--as", who)


def test_as_somebody_unknown_is_refused_and_nothing_is_written(kept, tmp_path) -> None:
    out = tmp_path / "out.json"
    result = run("export", kept.round_id, "--out", out, "--as", "Eve", "--database", kept.database)
    refused(result, "Eve: 0 people")
    assert not out.exists()


def test_as_somebody_who_is_not_on_the_panel_the_round_does_not_exist(kept, tmp_path) -> None:
    opened = open_database(kept.database)
    Store(opened).people.add("Eve")
    opened.close()
    out = tmp_path / "out.json"
    result = run("export", kept.round_id, "--out", out, "--as", "Eve", "--database", kept.database)
    refused(result, kept.round_id, "no such round")
    assert not out.exists()


def test_an_unknown_round_is_refused(kept, tmp_path) -> None:
    result = run("export", "nothing", "--out", tmp_path / "out.json", "--database", kept.database)
    refused(result, "nothing: There is no such round", "interview-kit rounds")


def test_a_folder_that_is_not_there_is_refused(kept, tmp_path) -> None:
    out = tmp_path / "nowhere" / "out.json"
    result = run("export", kept.round_id, "--out", out, "--database", kept.database)
    refused(result, str(out), "Choose a folder that exists")


def test_a_file_in_the_place_of_a_folder_is_refused(kept, tmp_path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    result = run("export", kept.round_id, "--out", tmp_path / "file" / "out", "--database", kept.database)
    refused(result, "Choose a folder")


def test_a_folder_in_the_place_of_the_file_is_refused_and_leaves_nothing_behind(kept, tmp_path) -> None:
    out = tmp_path / "folder"
    (out / "kept").mkdir(parents=True)
    refused(run("export", kept.round_id, "--out", out, "--database", kept.database), str(out))
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_a_format_nobody_knows_is_refused(kept, tmp_path) -> None:
    out = tmp_path / "out.pdf"
    result = run("export", kept.round_id, "--out", out, "--format", "docx", "--database", kept.database)
    assert result.exit_code == 2
    assert not out.exists()


# import


def test_a_round_goes_through_another_database_without_a_byte_changed(kept, tmp_path) -> None:
    first = exported(kept, tmp_path / "first.json")
    other = kept._replace(database=str(tmp_path / "other.db"))
    result = run("import", tmp_path / "first.json", "--database", other.database)
    assert (result.exit_code, result.stdout) == (0, f"{kept.round_id}\n")
    assert exported(other, tmp_path / "second.json") == first
    # The documents differ in nothing but the mark of the import.
    before, after = (
        [line.rpartition(b",")[0] for line in exported(one, tmp_path / "a", "--format", "csv").splitlines()]
        for one in (kept, other)
    )
    assert before == after
    assert b"Imported from a file" in exported(other, tmp_path / "b", "--format", "md")


def test_a_round_that_is_there_already_is_refused_and_stays(kept, tmp_path) -> None:
    first = exported(kept, tmp_path / "first.json")
    result = run("import", tmp_path / "first.json", "--database", kept.database)
    refused(result, kept.round_id, "already in this database; nothing was changed")
    assert exported(kept, tmp_path / "second.json") == first


def test_two_people_of_one_name_are_told_apart_by_their_ids(kept, tmp_path) -> None:
    exported(kept, tmp_path / "round.json")
    other = kept._replace(database=str(tmp_path / "other.db"))
    opened = open_database(other.database)
    Store(opened).people.add("Ada")
    opened.close()
    into = ("import", tmp_path / "round.json", "--database", other.database)
    refused(run(*into), "say whether they are the same", f"--person {kept.ada}=ID, or =new")
    assert run(*into, "--person", f"{kept.ada}=new").exit_code == 0
    words = ("export", kept.round_id, "--out", tmp_path / "out.json", "--database", other.database, "--as")
    assert run(*words, "Ada (imported)").exit_code == 0
    assert run(*words, kept.ada).exit_code == 0


def edited(kept: Kept, tmp_path: Path, **values: object) -> Path:
    """An export with other values in its envelope."""
    envelope = json.loads(exported(kept, tmp_path / "good.json")) | values
    (tmp_path / "edited.json").write_text(json.dumps(envelope), "utf-8")
    return tmp_path / "edited.json"


def test_a_newer_bundle_is_refused_and_nothing_is_imported(kept, tmp_path) -> None:
    result = run("import", edited(kept, tmp_path, schema_version=99), "--database", tmp_path / "new.db")
    refused(result, "schema version 99", "update the kit")
    assert run("rounds", "--database", tmp_path / "new.db").stdout == ""


def test_a_changed_bundle_is_refused(kept, tmp_path) -> None:
    content = json.loads(exported(kept, tmp_path / "good.json"))["content"]
    content["round"]["name"] = "Another name"
    result = run("import", edited(kept, tmp_path, content=content), "--database", tmp_path / "new.db")
    refused(result, "changed or damaged")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b"[]", "no bundle"),
        (b'{"schema": "something/else"}', "no bundle"),
        (b"[" * 200_000, "nested too deep"),
        (b'{"schema": "interview-kit/round", "schema_version": true}', "bundle"),
        (b'{"schema": "interview-kit/round", "schema_version": 1, "content": {}}', "digest"),
    ],
)
def test_a_file_that_is_no_bundle_is_refused(tmp_path, data, says) -> None:
    (tmp_path / "x.json").write_bytes(data)
    refused(run("import", tmp_path / "x.json", "--database", tmp_path / "new.db"), "x.json", says)


def test_a_file_that_is_not_there_is_refused(tmp_path) -> None:
    result = run("import", tmp_path / "nowhere.json", "--database", tmp_path / "new.db")
    refused(result, "nowhere.json: No such file")


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


def test_the_help_names_the_commands() -> None:
    result = run("--help")
    for command in ("serve", "check", "demo", "rounds", "export", "import", "upgrade"):
        assert command in result.output


# exercises


def test_exercises_are_listed_with_their_titles() -> None:
    lines = [line.split("\t") for line in run("exercises").stdout.splitlines()]
    assert ["tool-agent", "A payment desk that obeys mails"] in lines
    assert all(len(line) == 2 for line in lines)


def test_an_exercise_is_laid_out_and_its_reference_solution_passes(tmp_path: Path) -> None:
    """A drawn seed lies in the sheet alone; untouched files fail with 3, the reference passes with 0."""
    folder, report = tmp_path / "zed", tmp_path / "report.json"
    assert run("exercise", "tool-agent", "--out", folder).exit_code == 0
    seed = json.loads((tmp_path / "zed.interviewer.json").read_text("utf-8"))["seed"]
    assert not [path for path in folder.rglob("*") if path.is_file() and str(seed) in path.read_text("utf-8")]
    assert run("check-exercise", "tool-agent", folder).exit_code == 3
    shutil.copytree(BANK / "exhibits/tool_agent/solutions/reference", folder, dirs_exist_ok=True)
    checked = run("check-exercise", "tool-agent", folder, "--json", report)
    assert checked.exit_code == 0
    assert checked.stdout.splitlines()[-1] == "100.0 %"
    held = json.loads(report.read_text("utf-8"))
    assert held["score"] == 100
    assert checked.stdout.splitlines()[0] == f"Jail: {held['jail']}"
    assert held["jail"] in ("bubblewrap", "podman")


def test_the_same_seed_lays_out_the_same_files(tmp_path: Path) -> None:
    def files(name: str) -> dict[str, bytes]:
        assert run("exercise", "tool-agent", "--seed", 5, "--out", tmp_path / name).exit_code == 0
        held = (tmp_path / name).rglob("*")
        return {path.name: path.read_bytes() for path in held if path.is_file()}

    assert files("one") == files("two")


def test_an_exercise_that_cannot_be_laid_out_or_scored_says_why(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/notes.txt").write_text("mine", "utf-8")
    refused(run("exercise", "tool-agent", "--out", tmp_path / "full"), "is not empty; name a new folder")
    refused(run("exercise", "nope", "--out", tmp_path / "new"), "there is no exercise 'nope'")
    refused(
        run("check-exercise", "tool-agent", tmp_path / "full"),
        "put it back beside the folder, or give --seed",
    )
    refused(run("check-exercise", "tool-agent", tmp_path / "absent"), "there is no such folder")
