"""The numbers and the code of the question on a training table that looks into the future."""

from __future__ import annotations

import ast
from pathlib import Path

import joblib
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

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
        ("D4", ["StandardScaler().fit_transform", "joblib.dump(model"]),
        ("D5", ["fillna(0)"]),
        ("D6", ["roc_auc_score(", "print("]),
        ("D7", ["tickets/latest.parquet", "cancel_labels.parquet"]),
    ],
)
def test_every_fault_stands_on_the_line_that_the_key_names(defect: str, parts: list[str]) -> None:
    """The numbered lines of a defect hold the code that it talks about."""
    lines = next(found.lines for found in QUESTION.defects if found.id == defect)
    assert [part in LINES[line - 1] for line, part in zip(lines, parts, strict=True)] == [True] * len(parts)


def test_lines_named_in_the_prose_are_the_right_ones() -> None:
    """Line 22 counts tickets, 25 drops, 29 scales, 30 and 31 are seeded, 39 saves; the parts lie where it is said."""
    assert "tickets.groupby" in LINES[21]
    assert "drop_duplicates" in LINES[24]
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


def missing(*figures: str) -> list[str]:
    words = QUESTION.model_dump_json(ensure_ascii=False)
    return [figure for figure in figures if figure not in words]


def test_line_25_drops_nothing_with_one_cutoff_a_customer(data: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    assert data[1]["user"].is_unique
    assert len(reviewed.build_table(*data)) == len(data[1])


def test_what_the_honest_score_is_worth(data: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    """5,090 later customers with 1,091 cancelled: ±0.02; sorting by known tickets alone scores 0.54."""
    tickets, labels = data
    later = labels["cutoff"] >= generate.SPLIT_DAY
    yes, no = int(labels["y"][later].sum()), int((1 - labels["y"][later]).sum())
    assert (yes + no, yes, no, round(100 * labels["y"].mean())) == (5_090, 1_091, 3_999, 21)
    assert round(1.96 * ((yes + no + 1) / (12 * yes * no)) ** 0.5, 2) == 0.02
    known = reviewed.build_table(generate.known_at_cutoff(tickets, labels), labels)["tickets"]
    assert f"{roc_auc_score(labels['y'][later], known[later]):.2f}" == "0.54"
    assert missing("5,090 customers", "1,091 of them canceled", "±0.02", "AUC 0.54", "21 % cancel") == []


def test_who_cancels_among_the_top_tenth() -> None:
    """80 % as promised, 29 % live, 24 % repaired."""
    assert generate.shares_at_the_top() == {"offline": 80, "live": 29, "honest": 24}
    assert missing("On its own test part 80 %. The same model live 29 %.", "cut-offs 24 %") == []


def test_what_the_calls_bring() -> None:
    """A call brings 12 EUR for each who would have cancelled and costs 5, so it pays from 42 % on."""
    worth = 120 / 10
    assert round(100 * 5 / worth) == 42
    assert [round(1_200 * (share * worth / 100 - 5)) for share in (80, 29, 24)] == [5_520, -1_824, -2_544]
    assert round(0.24 * worth, 2) == 2.88
    assert missing("42 %", "5,520", "1,824", "2,544", "about 1,800 EUR lost a month", "brings 2.88") == []


def test_one_customer_in_fifty_has_a_ticket_on_the_last_day(data: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    tickets, labels = data
    known = generate.known_at_cutoff(tickets, labels).merge(labels[["user", "cutoff"]], on="user")
    last = known[known["opened_at"] > known["cutoff"] - pd.Timedelta(days=1)]
    assert round(len(labels) / last["user"].nunique(), -1) == 50
    assert missing("one customer in fifty") == []


def test_the_calls_come_only_on_request() -> None:
    shown = QUESTION.prompt + (QUESTION.card or "") + CODE
    assert [words for words in ("EUR", "0.84", "call costs") if words in shown] == []
