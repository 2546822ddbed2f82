"""The numbers and the code of the question on a training table that looks into the future."""

from __future__ import annotations

import ast
from pathlib import Path

import joblib
import pandas as pd
import pytest

from question_bank.exhibits.future_leak import generate, reviewed
from question_bank.load import BANK
from question_bank.model import Question
from rubrics.files import read_model

QUESTION = read_model(BANK / "questions/mlops/future-leak.yaml", BANK, Question)
CODE = QUESTION.exhibit("script").code or ""
LINES = CODE.splitlines()


@pytest.fixture(scope="module")
def data() -> tuple[pd.DataFrame, pd.DataFrame]:
    return generate.make_data()


def test_the_code_on_the_page_is_the_code_that_was_run() -> None:
    """The exhibit equals the file, parses, and is short enough for a page."""
    assert Path(reviewed.__file__).read_text(encoding="utf-8") == CODE
    ast.parse(CODE)
    assert 25 <= len(LINES) <= 60
    assert max(map(len, LINES)) <= 100
    assert f"{len(LINES)} lines" in QUESTION.exhibit("script").text_alternative


@pytest.mark.parametrize(
    ("defect", "parts"),
    [
        ("D1", ['tickets.groupby("user").size()']),
        ("D2", ['groupby("city")["y"].transform("mean")']),
        ("D3", ["train_test_split("]),
        ("D4", ['drop_duplicates("user", keep="last")']),
        ("D5", ["StandardScaler().fit_transform", "joblib.dump(model"]),
        ("D6", ["fillna(0)"]),
        ("D7", ["roc_auc_score(", "print("]),
        ("D8", ["tickets/latest.parquet", "cancel_labels.parquet"]),
    ],
)
def test_every_fault_stands_on_the_line_that_the_key_names(defect: str, parts: list[str]) -> None:
    """The numbered lines of a defect hold the code that it talks about."""
    lines = next(found.lines for found in QUESTION.defects if found.id == defect)
    assert [part in LINES[line - 1] for line, part in zip(lines, parts, strict=True)] == [True] * len(parts)


def test_lines_named_in_the_prose_are_the_right_ones() -> None:
    """Line 22 counts tickets, 29 scales, 30 and 31 are seeded, 39 saves; the parts lie where it is said."""
    assert "tickets.groupby" in LINES[21]
    assert "StandardScaler" in LINES[28]
    assert "random_state=0" in LINES[29]
    assert "random_state=0" in LINES[30]
    assert "joblib.dump" in LINES[38]
    assert [n + 1 for n, line in enumerate(LINES) if line.startswith(("def ", "if "))] == [13, 21, 28, 37]


def test_printed_scores_are_the_regenerated_ones() -> None:
    """0.84 offline, 0.55 live and 0.53 honest come out of the generator."""
    scores = {name: f"{auc:.2f}" for name, auc in generate.scores().items()}
    assert scores == {"offline": "0.84", "live": "0.55", "honest": "0.53"}
    assert [row[1] for row in QUESTION.exhibit("scores").rows] == list(scores.values())
    for text in (QUESTION.ground_truth, QUESTION.exhibit("scores").text_alternative):
        assert all(score in str(text) for score in scores.values())
    assert any("0.84" in probe.ask and "0.55" in probe.ask for probe in QUESTION.probes)


def test_the_script_prints_the_score_that_the_page_promises(
    data: tuple[pd.DataFrame, pd.DataFrame],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Run as it stands on the made-up data, the reviewed script reports an AUC of 0.84."""
    tables = {"lake/tickets/latest.parquet": data[0], "lake/cancel_labels.parquet": data[1]}
    monkeypatch.setattr(pd, "read_parquet", lambda path: tables[path])
    monkeypatch.setattr(joblib, "dump", lambda model, path: None)
    exec(compile(CODE, "reviewed.py", "exec"), {"__name__": "__main__"})
    assert capsys.readouterr().out.startswith("AUC 0.84")
    assert len(data[1]) == 12_000


def test_later_tickets_change_the_reviewed_table_and_not_the_repaired_one(
    data: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    """A ticket planted after each cut-off moves the reviewed count; counted as of the cut-off, none does."""
    tickets, labels = data
    planted = pd.DataFrame({"user": labels["user"], "opened_at": labels["cutoff"] + pd.Timedelta(days=3)})
    more = pd.concat([tickets, planted], ignore_index=True)
    before, after = (reviewed.build_table(events, labels)["tickets"] for events in (tickets, more))
    assert (after == before + 1).all()
    before, after = (
        reviewed.build_table(generate.known_at_cutoff(events, labels), labels)["tickets"]
        for events in (tickets, more)
    )
    assert (after == before).all()
