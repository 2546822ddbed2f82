"""`interview-kit export`: each format, for the operator and as somebody, and what is refused."""

import csv
import io
import json

import openpyxl
import pytest

from scorecards.store import Store, open_database

from .running import SECRET, exported, refused, run

pytestmark = pytest.mark.usefixtures("no_settings_of_this_machine")


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
    assert SECRET.encode() not in data
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
