"""What an assistant alone got: the ticks that people made in its answers earn what the bank tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from interview_kit.terminal.assistants import baseline_of
from question_bank import load_bank
from question_bank.model import Transcripts
from rubrics.files import read_model

FOLDER = Path(__file__).parent / "assistant"
BANK = load_bank()
TRIED = sorted(FOLDER.glob("*.yaml"))
MEASURED = [question for question in BANK.questions if question.assistant is not None]
# Kinds that an assistant answers from the card; a story or an exercise is held another way.
ANSWERED = [question for question in MEASURED if question.kind not in ("behavioural", "exercise")]


def transcripts(path: Path) -> Transcripts:
    return read_model(path, FOLDER, Transcripts)


@pytest.mark.parametrize("path", TRIED, ids=lambda path: path.stem)
def test_the_ticks_in_the_answers_earn_the_levels_that_the_bank_tells(path: Path) -> None:
    question = BANK.by_id[path.stem]
    assert baseline_of(question, transcripts(path)) == question.assistant


def test_every_baseline_of_the_bank_has_its_answers_word_for_word() -> None:
    assert [path.stem for path in TRIED] == sorted(question.id for question in MEASURED)


@pytest.mark.parametrize("path", TRIED, ids=lambda path: path.stem)
def test_a_question_was_tried_three_times_on_its_card(path: Path) -> None:
    assert len(transcripts(path).card) >= 3


@pytest.mark.parametrize("question", MEASURED, ids=lambda question: question.id)
def test_the_sample_of_an_assistant_is_one_of_its_answers(question) -> None:
    said = [" ".join(run.answer.split()) for run in transcripts(FOLDER / f"{question.id}.yaml").card]
    samples = [sample for sample in question.practice if sample.source == "assistant"]
    assert [sample for sample in samples if " ".join(sample.answer.split()) not in said] == []


def test_from_the_card_an_assistant_passes_one_question_in_twenty_at_most() -> None:
    passed = [question.id for question in ANSWERED if question.assistant.passes("card")]
    assert len(passed) <= 0.05 * len(ANSWERED), passed


def test_when_probed_an_assistant_passes_one_question_in_five_at_most() -> None:
    passed = [question.id for question in ANSWERED if question.assistant.passes("probed")]
    assert len(passed) <= 0.2 * len(ANSWERED), passed
