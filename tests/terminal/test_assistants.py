"""`interview-kit questions`, `assistant-card` and `assistant-score`: trying an assistant on a question."""

import json
import shutil
from pathlib import Path

import pytest
import yaml

from question_bank import BANK, load_bank
from question_bank.opening import opening_text
from tests.content.test_assistant import FOLDER

from .running import refused, run

pytestmark = pytest.mark.usefixtures("no_settings_of_this_machine")

QUESTION = "DRF-01"


@pytest.fixture
def own_bank(tmp_path: Path) -> Path:
    """A bank of one question that nobody has tried on an assistant."""
    question = load_bank().by_id[QUESTION]
    shipped = next(
        path for path in BANK.rglob("*.yaml") if f"\nid: {QUESTION}\n" in "\n" + path.read_text("utf-8")
    )
    target = tmp_path / "bank" / shipped.relative_to(BANK)
    target.parent.mkdir(parents=True)
    shutil.copy(shipped, target)
    assert question.assistant is not None
    return tmp_path / "bank"


# questions


def test_questions_prints_a_line_for_each() -> None:
    lines = run("questions").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [question.id for question in load_bank().questions]


def test_questions_as_json_tells_what_a_tool_needs_of_each() -> None:
    told = {one["id"]: one for one in json.loads(run("questions", "--format", "json").stdout)}
    question = load_bank().by_id[QUESTION]
    assert told.keys() == load_bank().by_id.keys()
    one = told[QUESTION]
    assert list(one) == [
        "id", "path", "title", "topic", "competency", "subskill", "kind", "track", "family", "status",
        "minutes", "musts", "signals", "samples", "routes", "assistant",
    ]  # fmt: skip
    assert Path(one["path"]).name.endswith(".yaml")
    assert one["minutes"] == question.minutes.total
    assert one["musts"] == sorted(question.musts)
    assert one["signals"] == [{"id": s.id, "level": s.level, "must": s.must} for s in question.signals]
    assert one["samples"] == [{"level": sample.level} for sample in question.practice]
    assert one["assistant"]["card"] == [run.level for run in question.assistant.card]
    assert one["assistant"].keys() == {"tried_on", "card", "probed", "relayed"}


def test_a_question_that_was_not_tried_tells_so(own_bank) -> None:
    assert "(not tried on an assistant)" in run("questions", "--bank", own_bank).stdout
    assert json.loads(run("questions", "--bank", own_bank, "--format", "json").stdout)[0]["assistant"] is None


# assistant-card


def test_the_card_is_what_the_candidate_sees_at_the_start_and_nothing_else() -> None:
    question = load_bank().by_id[QUESTION]
    card = run("assistant-card", QUESTION).stdout
    assert card.startswith(question.prompt)
    assert question.card in card
    hidden = [
        *(number.give for number in question.numbers),
        *(turn.say for turn in question.turns),
        *(signal.listen_for for signal in question.signals),
        *(probe.ask for probe in question.probes),
    ]
    assert [text for text in hidden if text in card] == []


def test_an_exhibit_that_comes_later_is_not_on_the_card() -> None:
    bank = load_bank()
    later = [(q, e) for q in bank.questions for e in q.exhibits if e.when != "start"]
    assert later
    assert [q.id for q, exhibit in later if f"{exhibit.title}:\n" in opening_text(q)] == []


def test_a_card_is_found_in_small_letters_too() -> None:
    assert run("assistant-card", "drf-01").stdout == run("assistant-card", "DRF-01").stdout


def test_a_question_that_is_not_there_is_named() -> None:
    refused(run("assistant-card", "DRF-99"), "There is no question 'DRF-99'")


# assistant-score


def test_ticks_become_a_baseline_in_an_own_bank(own_bank) -> None:
    result = run("assistant-score", QUESTION, FOLDER / f"{QUESTION}.yaml", "--bank", own_bank)
    assert result.exit_code == 0, result.output
    baseline = load_bank(own_bank).by_id[QUESTION].assistant
    assert baseline == load_bank().by_id[QUESTION].assistant
    assert f"assistant alone: card {', '.join(str(run.level) for run in baseline.card)}" in result.stderr
    assert "not tried" not in run("questions", "--bank", own_bank).stdout


def changed(tmp_path: Path, **values: object) -> Path:
    told = yaml.safe_load((FOLDER / f"{QUESTION}.yaml").read_text("utf-8"))
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump({**told, **values}), "utf-8")
    return tmp_path / "mine.yaml"


def test_a_tick_that_the_question_does_not_have_is_refused(own_bank, tmp_path) -> None:
    mine = changed(tmp_path, card=[{"answer": "We wait.", "ticks": ["z"]}])
    refused(run("assistant-score", QUESTION, mine, "--bank", own_bank), "card.0: 'z' is neither a signal")
    assert not (own_bank / "assistant").exists()


def test_another_version_of_the_question_is_refused(own_bank, tmp_path) -> None:
    mine = changed(tmp_path, version=1)
    refused(run("assistant-score", QUESTION, mine, "--bank", own_bank), "Version 1 was tried")


def test_a_file_without_answers_is_refused(own_bank, tmp_path) -> None:
    mine = changed(tmp_path, card=[])
    refused(run("assistant-score", QUESTION, mine, "--bank", own_bank), "card")


def test_the_bank_that_comes_with_the_kit_is_not_written_to(tmp_path) -> None:
    refused(run("assistant-score", QUESTION, FOLDER / f"{QUESTION}.yaml"), "Say which bank is yours")
