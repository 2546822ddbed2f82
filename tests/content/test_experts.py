"""The other side of the line: what experts got who had not seen the key, each talk held as an interview."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from question_bank import load_bank, propose_level

from .test_assistant import ANSWERED, BANK, MEASURED

FOLDER = Path(__file__).parent / "experts"
TALKS = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}
PAGE = Path(__file__).parents[2] / "docs/candidates-with-assistants.md"


@pytest.mark.parametrize("question_id", TALKS)
def test_the_ticks_in_a_talk_earn_the_level_that_it_tells(question_id: str) -> None:
    talk: dict[str, Any] = TALKS[question_id]
    question = BANK.by_id[question_id]
    assert talk["version"] == question.version
    earned = propose_level(question, talk["ticks"], (), talk.get("red_flags", ()))
    assert earned.level == talk["level"]


@pytest.mark.parametrize("question_id", TALKS)
def test_in_a_talk_the_interviewer_and_the_candidate_take_turns(question_id: str) -> None:
    said = [turn["who"] for turn in TALKS[question_id]["talk"]]
    assert said[::2] == ["candidate"] * len(said[::2])
    assert said[1::2] == ["interviewer"] * len(said[1::2])
    assert said[-1] == "candidate"
    assert len(said) >= 5


def test_no_question_was_tried_on_nobody() -> None:
    """An exercise is done on a computer; what is of the kind *assisted* was tried on assistants alone."""
    talked = [question for question in load_bank().questions if question.kind not in ("exercise", "assisted")]
    assert sorted(TALKS) == sorted(question.id for question in talked)


# What the page tells


def told(row: str, tried: int, passed: int) -> str:
    return f"| {row} | {tried} | {passed} | {passed / tried:.0%} |"


@pytest.mark.parametrize("part", ["card", "probed", "relayed"])
def test_the_page_tells_what_an_assistant_got(part: str) -> None:
    tried = [question for question in ANSWERED if question.assistant.runs(part)]
    passed = sum(question.assistant.passes(part) for question in tried)
    assert told(part.capitalize(), len(tried), passed) in PAGE.read_text("utf-8")


def test_the_page_tells_what_experts_got() -> None:
    levels = [talk["level"] for talk in TALKS.values()]
    row = told("Experts, held as an interview", len(levels), sum(level >= 3 for level in levels))
    assert row in PAGE.read_text("utf-8")


def test_the_page_tells_what_an_invented_story_got() -> None:
    stories = [question for question in MEASURED if question.kind == "behavioural"]
    passed = sum(question.assistant.passes("card") for question in stories)
    assert told("Stories that an assistant invented", len(stories), passed) in PAGE.read_text("utf-8")
